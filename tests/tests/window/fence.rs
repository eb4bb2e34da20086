//! The content security policy, seen from inside the page.

use crate::desk::Desk;

/// Tries what a card must never be able to do; answers with what ran and what was reported.
const BREAK_OUT: &str = r#"
    const reported = [];
    addEventListener('securitypolicyviolation', (event) => reported.push(event.effectiveDirective));
    window.ran = [];
    const script = document.createElement('script');
    script.textContent = 'window.ran.push("inline script")';
    document.body.append(script);
    const box = document.createElement('div');
    box.innerHTML = '<button onclick="window.ran.push(\'handler\')"></button><p style="color:red"></p>';
    document.body.append(box);
    box.querySelector('button').click();
    try { window.eval('window.ran.push("eval")'); } catch { reported.push('eval refused'); }
    try { new Function('window.ran.push("Function")')(); } catch { reported.push('Function refused'); }
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(frame);
    const remote = document.createElement('script');
    remote.src = 'https://example.org/x.js';
    document.body.append(remote);
    const image = new Image();
    const loaded = new Promise((done) => {
        image.onload = () => done('image loaded');
        image.onerror = () => done('image refused');
    });
    image.src = 'https://example.org/x.png';
    const fetched = fetch('https://example.org').then(() => 'fetched', () => 'fetch refused');
    Promise.all([loaded, fetched]).then((both) => {
        box.remove(); frame.remove();
        done({ ran: window.ran, reported: [...reported, ...both] });
    });
"#;

#[test]
fn nothing_from_outside_runs_or_loads_and_nothing_leaves() {
    let desk = Desk::new();
    let window = desk.open();
    let came = window.ask_later(BREAK_OUT);
    assert_eq!(came["ran"], serde_json::json!([]), "nothing ran: {came}");
    let reported: Vec<&str> =
        came["reported"].as_array().unwrap().iter().filter_map(|one| one.as_str()).collect();
    for wanted in [
        "script-src-elem",
        "script-src-attr",
        "style-src-attr",
        "img-src",
        "connect-src",
        "frame-src",
        "eval refused",
        "Function refused",
        "image refused",
        "fetch refused",
    ] {
        assert!(reported.contains(&wanted), "{wanted} among {reported:?}");
    }
}

#[test]
fn the_page_reaches_no_command_beyond_its_own() {
    let desk = Desk::new();
    let window = desk.open();
    for command in ["plugin:fs|read_text_file", "plugin:opener|open_path", "plugin:dialog|open"] {
        let answer = window.ask_later(&format!(
            "window.__TAURI_INTERNALS__.invoke('{command}', {{ path: '/etc/passwd' }})
                .then(() => done('allowed'), (why) => done('refused: ' + why))"
        ));
        let answer = answer.as_str().unwrap_or_default();
        assert!(answer.starts_with("refused"), "{command}: {answer}");
    }
}
