//! The harness sees what it should see: without flushes, answers are lost.
//!
//! `synchronous=OFF` means that SQLite does not call `fsync`. The shim leaves the call out in the
//! same program instead, so that nothing in the program itself could switch durability off.

use cairn_tests::Home;
use rstest::rstest;

use crate::reviews::{books, judge, three_sittings};

/// What goes wrong in so many cuts when these flushes are left out.
fn faults(swallowed: &str, cuts: usize) -> Vec<String> {
    let trace = three_sittings(1, &[("CAIRN_SHIM_SWALLOW", swallowed)]);
    let books = books(&trace);
    trace.cuts(cuts, 1).filter_map(|cut| judge(&cut, &Home::of(&cut.tree), &books).err()).collect()
}

#[rstest]
#[case::all_of_them_as_with_synchronous_off("all")]
#[case::those_of_the_write_ahead_log("-wal")]
#[case::those_of_the_folder("folders")]
fn without_flushes_an_acknowledged_answer_is_lost(#[case] swallowed: &str) {
    let faults = faults(swallowed, 12);
    let lost = faults.iter().filter(|fault| fault.starts_with("the log holds")).count();
    assert!(lost > 0, "the harness is blind: it saw no answer lost without flushes ({faults:?})");
}

#[test]
fn without_any_flush_nothing_is_certain() {
    let faults = faults("all", 1);
    assert!(
        matches!(faults.as_slice(), [fault] if fault.starts_with("the log holds 0 rows")),
        "all answers were acknowledged, and none was flushed: {faults:?}"
    );
}
