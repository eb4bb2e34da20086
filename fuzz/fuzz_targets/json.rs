//! Cairn JSON: whatever it holds, reading ends, and what was read prints and reads the same.
#![no_main]

use cairn_formats::json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(package) = json::parse(bytes) {
        let mut printed = Vec::new();
        json::print(&package, None, &mut printed).expect("memory takes everything");
        assert_eq!(json::parse(&printed), Ok(package));
    }
});
