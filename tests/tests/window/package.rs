//! An Anki package with pictures, opened with Cairn: what it shows, and that its picture is drawn.

use crate::desk::Desk;
use crate::gallery::Gallery;

/// Made by Anki; see `make.py` beside it.
const PACKAGE: &[u8] =
    include_bytes!("../../../src-tauri/crates/formats/tests/fixtures/anki/latest.apkg");

/// One note that sounds for 0.3 s (WAV).
const SOUND: &[u8] =
    include_bytes!("../../../src-tauri/crates/formats/tests/fixtures/anki/sound.apkg");

#[test]
fn an_anki_package_comes_with_its_dates_and_its_pictures() {
    let mut gallery = Gallery::new();
    let desk = Desk::new();
    desk.cli.text(&desk.now, &["create", "--empty", "--new-limit", "200"]);
    let file = desk.file("latest.apkg", PACKAGE);
    let window = desk.open_today_with(&[file]);
    window.until_heading("This is what would happen");
    window.until_shows("Bring dates and history");
    gallery.look(&window, "import-anki");
    let go = window.until(
        "it is ready",
        "const go = [...document.querySelectorAll('main button')].find((one) => /^Import \\d/.test(one.textContent));
         return go && !go.disabled && go.textContent.trim()",
    );
    window.click(go.as_str().unwrap());
    window.until_heading("It is done.");
    window.click("Study now");
    window.until_shows("are ready");
    window.begin();
    let picture = "return document.querySelector('article img')?.naturalWidth";
    while window.has_card() {
        if window.ask("return !!document.querySelector('article img')") == true {
            window.until("the picture is drawn", picture);
            gallery.look(&window, "card-with-picture");
            gallery.leave();
            return;
        }
        window.not_today();
    }
    panic!("no card of the package shows a picture");
}

/// Keeps what the page hands to its player. Whether it can be played hangs on the system's codecs.
const HANDED: &str = "
    window.handed = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        window.handed.push([blob.type, blob.size]);
        return make.call(URL, blob);
    };
    return true;";

#[test]
fn a_sound_reaches_the_player() {
    let desk = Desk::new();
    desk.cli.text(&desk.now, &["create", "--empty", "--new-limit", "200"]);
    let file = desk.file("sound.apkg", SOUND);
    desk.cli.text(&desk.now, &["import", &file]);
    let window = desk.open_today();
    window.ask(HANDED);
    window.begin();
    let handed = window.until("its bytes are there", "return window.handed[0]");
    assert_eq!(handed[0], "audio/x-wav", "{handed}");
    assert!(handed[1].as_u64() > Some(4800), "0.3 s of 8000 samples of 16 bits: {handed}");
}
