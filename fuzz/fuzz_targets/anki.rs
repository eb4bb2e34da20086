//! An Anki package: whatever it holds, reading ends, and every card can be shown.
#![no_main]

use std::io::Cursor;
use std::ops::ControlFlow;

use cairn_core::day::StudyDay;
use cairn_core::face::faces;
use cairn_formats::anki;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let staging = tempfile::tempdir().expect("a folder");
    let options = anki::Options {
        schedules: true,
        today: StudyDay::new(20_000),
        offset_minutes: -480,
        start_hour: 4,
        keep_media: true,
    };
    let mut on = |_, _| ControlFlow::Continue(());
    let Ok(reading) = anki::read(Cursor::new(bytes), &options, staging.path(), &mut on) else {
        return;
    };
    for note in reading.package.decks.iter().flat_map(|deck| &deck.notes) {
        for key in note.content.card_keys() {
            faces(&note.content, &key);
        }
    }
});
