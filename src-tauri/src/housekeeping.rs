//! What is done when nobody is waiting: checkpoints, and a backup every half hour of use.

use std::thread;
use std::time::Duration;

use cairn_store::backup;

use crate::clock;
use crate::shell::Shell;

/// Seconds without a call after which there is time.
const QUIET: u64 = 3;
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Looks between two thoughts of a backup, a minute; the first comes after as many.
const LOOKS_A_BACKUP: u32 = 30;

/// Begins the quiet work, on a thread of its own.
pub fn begin(shell: &Shell) {
    let shell = shell.clone();
    thread::spawn(move || {
        for look in 1u32.. {
            thread::sleep(LOOK_EVERY);
            shell.checkpoint_when_quiet(QUIET);
            if look % LOOKS_A_BACKUP == 0 {
                back_up(&shell);
            }
        }
    });
}

/// Makes the regular backup when it is due, through a connection of its own: answers go on.
fn back_up(shell: &Shell) {
    let path = shell.path();
    if shell.is_importing() || !path.exists() {
        return;
    }
    match backup::regular(&path, clock::now()) {
        Ok(made) => {
            for problem in made.into_iter().flat_map(|made| made.problems) {
                tracing::warn!(?problem, "beside the regular backup");
            }
        }
        Err(error) => tracing::warn!(%error, "regular backup"),
    }
}
