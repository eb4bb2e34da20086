//! The program is started while it runs already.

use std::process::{Command, Stdio};

use crate::desk::Desk;
use crate::driver::{app, poll};

#[test]
fn a_second_start_ends_by_itself_and_the_first_goes_on() {
    let desk = Desk::new();
    let window = desk.open_today();
    let mut second = Command::new(app())
        .env("CAIRN_COLLECTION", desk.collection())
        .env("CAIRN_NOW", &desk.now)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let ended = poll(|| second.try_wait().expect("it can be asked"));
    let _ = second.kill();
    let _ = second.wait();
    let status = ended.expect("the second start ends by itself");
    assert!(status.success(), "and says that all is well: {status}");
    window.begin();
    assert_eq!(window.progress(), "0 of 15", "the first window works as before");
}
