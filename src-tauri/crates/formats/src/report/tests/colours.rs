//! Contrast as WCAG 2 reckons it, read off the style sheet: text 4.5:1, drawings 3:1.

use std::collections::HashMap;

use rstest::rstest;

/// The colours of the n-th `:root` of the sheet: light, dark, print.
fn palette(number: usize) -> HashMap<&'static str, [u8; 3]> {
    let block = super::super::STYLE.split(":root {").nth(number + 1).unwrap();
    let block = block.split('}').next().unwrap();
    let colours = block.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_suffix(';')?.split_once(": #")?;
        let wide = match value.len() {
            3 => value.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => value.to_owned(),
        };
        let part = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).unwrap();
        Some((name, [part(0), part(2), part(4)]))
    });
    colours.collect()
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[rstest]
fn every_colour_can_be_told_from_its_ground(
    #[values(0, 1, 2)] number: usize,
    #[values("--paper", "--surface")] ground: &str,
    #[values(("--ink", 7.0), ("--soft", 4.5), ("--accent", 4.5), ("--edge", 3.0), ("--stone-1", 3.0))]
    front: (&str, f64),
) {
    let palette = palette(number);
    let found = contrast(palette[front.0], palette[ground]);
    assert!(found >= front.1, "{front:?} on {ground} has {found:.2}");
}

#[test]
fn black_on_white_is_the_most() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert_eq!(palette(2)["--ink"], [0; 3]);
    assert_eq!(palette(2)["--paper"], [255; 3]);
}
