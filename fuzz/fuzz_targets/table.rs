//! A table: whatever it holds, it is guessed and read, and every card can be shown.
#![no_main]

use cairn_core::face::faces;
use cairn_formats::table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(sheet) = table::sniff(bytes) else { return };
    let layout = sheet.guess();
    let (package, _) = table::read(&sheet, &layout, &table::DeckNames::from_title("Fuzzed"));
    for note in package.decks.iter().flat_map(|deck| &deck.notes) {
        for key in note.content.card_keys() {
            faces(&note.content, &key);
        }
    }
});
