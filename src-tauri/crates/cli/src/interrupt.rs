//! Ctrl-C, and a polite order to end, during a long piece of work.
//!
//! The work is called off where it next looks at its watch: it leaves nothing behind, and the program
//! ends with [`INTERRUPTED`]. A second one ends the program at once. Where the program was started deaf
//! to such signals (`nohup`), it stays so; where the system does not let us listen, Ctrl-C ends the
//! program as ever, and what is left over is removed by the next run.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit code of a program that was interrupted, as shells have it.
pub const INTERRUPTED: u8 = 130;

static CALLED_OFF: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Only work that looks at [`go_on`] may begin after it.
pub fn listen() {
    let _ = ctrlc::try_set_handler(|| {
        if CALLED_OFF.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED.into());
        }
        let mut err = io::stderr();
        if err.is_terminal() {
            let _ = writeln!(err, "\nStopping. Press Ctrl-C again to end at once.");
        }
    });
}

/// Whether the work goes on: what a watch is to say.
pub fn go_on() -> ControlFlow<()> {
    match CALLED_OFF.load(Ordering::Relaxed) {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    }
}
