//! The program is started while it runs already.

use crate::desk::Desk;

#[test]
fn a_second_start_ends_by_itself_and_the_first_goes_on() {
    let desk = Desk::new();
    let window = desk.open_today();
    desk.start_again(&[]);
    window.begin();
    assert_eq!(window.progress(), "0 of 15", "the first window works as before");
}
