//! A deck file: whatever it holds, reading ends, and what was read prints and reads the same.
#![no_main]

use cairn_formats::deck_markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(package) = deck_markdown::parse_bytes(bytes) {
        for deck in &package.decks {
            let again = deck_markdown::parse(&deck_markdown::print(deck).text);
            assert_eq!(again.as_ref().map(|package| &package.decks[0]), Ok(deck));
        }
    }
});
