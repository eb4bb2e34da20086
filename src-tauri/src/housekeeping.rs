//! What is done when nobody is waiting: checkpoints, and a snapshot a day.

use std::thread;
use std::time::Duration;

use cairn_store::Collection;

use crate::clock;
use crate::shell::Shell;

/// Seconds without a call after which there is time.
const QUIET: u64 = 3;
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Looks between two thoughts of the daily snapshot; the first comes after as many.
const LOOKS_A_SNAPSHOT: u32 = 15;

/// Begins the quiet work, on a thread of its own.
pub fn begin(shell: &Shell) {
    let shell = shell.clone();
    thread::spawn(move || {
        for look in 1u32.. {
            thread::sleep(LOOK_EVERY);
            shell.checkpoint_when_quiet(QUIET);
            if look % LOOKS_A_SNAPSHOT == 0 {
                snapshot(&shell);
            }
        }
    });
}

fn snapshot(shell: &Shell) {
    if shell.path().exists()
        && let Err(error) = Collection::snapshot_daily(shell.path(), clock::now())
    {
        tracing::warn!(%error, "daily snapshot");
    }
}
