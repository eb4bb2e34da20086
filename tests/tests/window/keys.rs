//! Keys by name, as WebDriver's actions.

use serde_json::{Value, json};

/// The actions of pressing keys one after the other: `Space`, `a`, `?`, `Control+z`, `Shift+Tab`.
pub fn presses(keys: &[&str]) -> Value {
    let steps: Vec<Value> = keys.iter().flat_map(|key| press(key)).collect();
    json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": steps }] })
}

fn press(chord: &str) -> Vec<Value> {
    let held: Vec<&str> = match chord.split_once('+') {
        Some((modifier, key)) if !modifier.is_empty() => vec![code(modifier), code(key)],
        _ => vec![code(chord)],
    };
    let down = held.iter().map(|key| json!({ "type": "keyDown", "value": key }));
    let up = held.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
    down.chain(up).collect()
}

fn code(name: &str) -> &str {
    match name {
        "Space" => " ",
        "Tab" => "\u{e004}",
        "Enter" => "\u{e007}",
        "Shift" => "\u{e008}",
        "Control" => "\u{e009}",
        "Escape" => "\u{e00c}",
        "ArrowUp" => "\u{e013}",
        "ArrowDown" => "\u{e015}",
        "Backspace" => "\u{e003}",
        one if one.chars().count() == 1 => one,
        other => panic!("no key is called {other}"),
    }
}
