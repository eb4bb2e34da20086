//! An enemy's deck in the real window: every vector of the corpus is imported, as HTML and as
//! Markdown, and shown. Nothing runs, nothing is even tried to be loaded.

use std::fmt::Write;

use crate::desk::Desk;

/// One vector a line after the head, as the file says.
const CORPUS: &str = include_str!("../../../src-tauri/crates/formats/tests/fixtures/xss.txt");

/// Everything that would tell of a script or of something loaded.
const WATCH: &str = "
    window.told = [];
    const tell = (what) => window.told.push(what);
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = () => tell(name);
    addEventListener('securitypolicyviolation', (event) =>
        tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`));
    addEventListener('error', (event) => tell(`error ${event.message ?? event.target}`), true);
    return true;";

/// Elements that a card must never hold, and attributes that could run.
const INSIDE: &str = "
    const card = document.querySelector('article');
    const bad = 'script, style, iframe, object, embed, svg:not([aria-hidden]), math, form, input, base, meta, link, video[src^=http], img[src^=http], a:not([href^=\"https://\"])';
    const found = [...card.querySelectorAll(bad)].map((one) => one.outerHTML);
    for (const one of card.querySelectorAll('*'))
        for (const { name, value } of one.attributes)
            if (/^on/i.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value))
                found.push(`${one.tagName} ${name}=${value}`);
    return found;";

/// The vectors; U+0000 can't stand in a table and stays the sign that stands for it.
fn vectors() -> Vec<String> {
    let (_, vectors) = CORPUS.split_once("\n\n").expect("a head and vectors");
    let read = |line: &str| line.replace('\u{2401}', "\u{1}").replace('\u{240C}', "\u{c}");
    vectors.lines().filter(|line| !line.is_empty()).map(read).collect()
}

/// A table of all vectors; each stands on a line of its own, in the question and in the answer.
fn table(head: &str, mark: &str, vectors: &[String]) -> String {
    let mut table = String::from(head);
    for (n, vector) in vectors.iter().enumerate() {
        let cell = vector.replace('"', "\"\"");
        let _ = writeln!(table, "\"{mark}{n}\n\n{cell}\"\t\"Answer\n\n{cell}\"");
    }
    table
}

#[test]
fn no_vector_of_the_corpus_runs_or_loads_anything() {
    let vectors = vectors();
    assert!(vectors.len() >= 100, "{} vectors", vectors.len());
    let html = table("#separator:tab\n#html:true\n", "H", &vectors);
    let markdown = table("#separator:tab\n#html:false\n", "M", &vectors);
    let desk = Desk::new();
    let all = (2 * vectors.len()).to_string();
    desk.cli.text(&desk.now, &["create", "--empty", "--new-limit", &all]);
    for (name, text) in [("html.txt", &html), ("markdown.txt", &markdown)] {
        let file = desk.file(name, text);
        let said = &desk.cli.json(&desk.now, &["import", &file])[0];
        assert_eq!(said["added"], vectors.len(), "{said}");
    }
    let window = desk.open_today();
    window.ask(WATCH);
    window.begin();
    let mut shown = 0;
    while window.has_card() {
        let found = window.ask(INSIDE);
        assert_eq!(found, serde_json::json!([]), "{}", window.front());
        shown += 1;
        window.not_today();
    }
    assert_eq!(shown, 2 * vectors.len(), "every card was shown, front and back");
    assert_eq!(window.ask("return window.told"), serde_json::json!([]));
}
