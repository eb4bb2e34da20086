//! Drawings as SVG. Each is named and described in words, and stands beside a table that says the
//! same. Sizes of text are HTML's, so that a drawing that shrinks keeps its words readable.

use std::fmt::Write as _;

use cairn_core::progress::Standing;
use cairn_core::recall::Measured;

use super::html::Text;

/// The mark of the program: three stones.
pub(super) const MARK: &str = "<svg viewBox=\"0 0 26 26\" width=\"26\" height=\"26\" aria-hidden=\"true\">\
     <rect x=\"2\" y=\"18.4\" width=\"22\" height=\"6.4\" rx=\"3.2\"/>\
     <rect x=\"5.2\" y=\"11\" width=\"16\" height=\"6\" rx=\"3\" opacity=\".8\"/>\
     <rect x=\"8.6\" y=\"4\" width=\"9.6\" height=\"5.6\" rx=\"2.8\" opacity=\".6\"/></svg>";

/// Columns side by side, over a scale from 0.
pub(super) struct Columns<'a> {
    /// Unique in the page.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) values: &'a [u32],
    /// What the first and the last column are called.
    pub(super) ends: [&'a str; 2],
    pub(super) number: fn(u64) -> String,
}

/// Width of a column and of its place, and height of the drawing, in its own units.
const COLUMN: (usize, usize, u32) = (7, 10, 100);
/// A column's place is at most so wide, in rem.
const WIDEST: usize = 4;

impl Columns<'_> {
    pub(super) fn svg(&self) -> String {
        let (width, place, height) = COLUMN;
        let top = scale(self.values.iter().copied().max().unwrap_or_default());
        let all = self.values.len() * place;
        let mut drawn = String::new();
        for line in [0, height / 2, height] {
            let _ = write!(drawn, "<path class=\"grid\" d=\"M0 {line}H{all}\"/>");
        }
        for (at, value) in self.values.iter().enumerate().filter(|(_, value)| **value > 0) {
            let x = at as f64 * place as f64 + (place - width) as f64 / 2.0;
            let tall = f64::from(*value) * f64::from(height) / f64::from(top);
            let y = f64::from(height) - tall;
            let _ = write!(
                drawn,
                "<rect class=\"column\" x=\"{x}\" y=\"{y:.2}\" width=\"{width}\" height=\"{tall:.2}\"/>",
            );
        }
        let Self { id, title, description, ends, number, .. } = self;
        let [first, last] = ends.map(Text);
        let (title, description) = (Text(title), Text(description));
        let [top, half] = [top, top / 2].map(|value| number(value.into()));
        let wide = self.values.len() * WIDEST;
        format!(
            "<div class=\"columns\" style=\"max-width:{wide}rem\">\n\
             <div class=\"scale\" aria-hidden=\"true\"><span>{top}</span><span>{half}</span>\
             <span>0</span></div>\n\
             <svg viewBox=\"0 0 {all} {height}\" preserveAspectRatio=\"none\" role=\"img\" \
             aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{title}</title>\
             <desc id=\"{id}-d\">{description}</desc>{drawn}</svg>\n\
             <div class=\"ends\" aria-hidden=\"true\"><span>{first}</span><span>{last}</span></div>\n\
             </div>\n"
        )
    }
}

/// The top of a scale: an even number that holds the highest value and can be read at a glance.
fn scale(highest: u32) -> u32 {
    let mut unit = 1_u32;
    loop {
        for step in [2, 4, 6, 8, 10] {
            let top = unit.saturating_mul(step);
            if top >= highest {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// A share with its interval, on a line from 0 to 100 %.
pub(super) fn interval(measured: Measured, title: &str) -> String {
    const LEFT: f64 = 4.0;
    let at = |share: f64| LEFT + share * 172.0;
    let Measured { share, low, high } = measured;
    let (start, end, dot) = (at(0.0), at(1.0), at(share));
    let (x, wide) = (at(low), at(high) - at(low));
    let drawn = format!(
        "<path class=\"grid\" d=\"M{start} 8H{end}M{start} 4v8M{end} 4v8M90 6v4\"/>\
         <rect class=\"span\" x=\"{x:.1}\" y=\"5\" width=\"{wide:.1}\" height=\"6\" rx=\"3\"/>\
         <circle class=\"dot\" cx=\"{dot:.1}\" cy=\"8\" r=\"4\"/>"
    );
    let title = Text(title);
    format!(
        "<svg viewBox=\"0 0 180 16\" width=\"180\" height=\"16\" aria-hidden=\"true\">\
         <title>{title}</title>{drawn}</svg>"
    )
}

/// The four ways in which cards stand, in the order in which they are drawn.
pub(super) const STANDINGS: [&str; 4] = ["known", "getting", "unstarted", "aside"];

/// The parts of [`STANDINGS`].
pub(super) fn parts(cards: Standing) -> [u32; 4] {
    [cards.known, cards.getting_known, cards.not_started, cards.set_aside]
}

/// A small square in the colour of a standing.
pub(super) fn swatch(class: &str) -> String {
    format!(
        "<svg class=\"swatch\" viewBox=\"0 0 10 10\" width=\"10\" height=\"10\" aria-hidden=\"true\">\
         <rect class=\"{class}\" x=\".5\" y=\".5\" width=\"9\" height=\"9\" rx=\"2\"/></svg>"
    )
}

/// How cards stand, as parts of a bar.
pub(super) fn bar(cards: Standing, title: &str) -> String {
    const WIDTH: f64 = 126.0;
    let total = f64::from(cards.total().max(1));
    let (mut drawn, mut x) = (String::new(), 1.0);
    for (class, part) in STANDINGS.iter().zip(parts(cards)).filter(|(_, part)| *part > 0) {
        let wide = WIDTH * f64::from(part) / total;
        let _ = write!(
            drawn,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"3\" width=\"{wide:.1}\" height=\"10\"/>"
        );
        x += wide;
    }
    let title = Text(title);
    format!(
        "<svg viewBox=\"0 0 128 16\" width=\"128\" height=\"16\" aria-hidden=\"true\">\
         <title>{title}</title>{drawn}\
         <rect class=\"frame\" x=\"1\" y=\"3\" width=\"{WIDTH}\" height=\"10\"/></svg>"
    )
}

/// Stones of a full pile.
const STONES: u32 = 6;
/// Sideways steps and tilts, fixed so that the pile looks laid by hand and never moves.
const LAID: [(f64, f64); STONES as usize] =
    [(0.0, 0.8), (1.6, -1.4), (-1.8, 1.1), (1.2, -1.7), (-0.8, 1.9), (1.4, -0.9)];

/// How many stones stand for a part of the whole: each a sixth, the last one only for all, the first
/// from the first card on.
fn stones(part: u32, whole: u32) -> u32 {
    match (part, whole) {
        (0, _) | (_, 0) => 0,
        (part, whole) if part >= whole => STONES,
        (part, whole) => {
            let sixths = (f64::from(part) * f64::from(STONES) / f64::from(whole)).round() as u32;
            sixths.clamp(1, STONES - 1)
        }
    }
}

/// A cairn that has grown to a part of the whole.
pub(super) fn cairn(id: &str, title: &str, part: u32, whole: u32) -> String {
    let laid = stones(part, whole);
    let (mut drawn, mut floor) = (String::new(), 100.0);
    for (at, (shift, tilt)) in (0u32..).zip(LAID) {
        let up = f64::from(at);
        let (wide, tall) = (96.0 * (0.94 - 0.118 * up), 18.0 - 1.2 * up);
        let (middle, top) = (51.0 + shift, floor - tall);
        let class = if at < laid { format!("stone-{}", at % 3 + 1) } else { "open".to_owned() };
        let _ = write!(
            drawn,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" \
             height=\"{tall:.1}\" rx=\"{:.1}\" transform=\"rotate({tilt} {middle} {floor:.1})\"/>",
            middle - wide / 2.0,
            tall / 2.0,
        );
        floor = top - 1.4;
    }
    format!(
        "<svg viewBox=\"0 0 102 104\" width=\"102\" height=\"104\" role=\"img\" \
         aria-labelledby=\"{id}\"><title id=\"{id}\">{}</title>{drawn}</svg>",
        Text(title)
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, 2)]
    #[case(2, 2)]
    #[case(3, 4)]
    #[case(52, 60)]
    #[case(81, 100)]
    #[case(101, 200)]
    #[case(u32::MAX, u32::MAX)]
    fn a_scale_holds_the_highest(#[case] highest: u32, #[case] top: u32) {
        assert_eq!(scale(highest), top);
    }

    #[rstest]
    #[case::none(0, 41, 0)]
    #[case::nothing_there(0, 0, 0)]
    #[case::the_first(1, 400, 1)]
    #[case::half(20, 40, 3)]
    #[case::nearly(399, 400, 5)]
    #[case::all(400, 400, 6)]
    fn a_pile_is_full_only_when_all_is_known(
        #[case] part: u32,
        #[case] whole: u32,
        #[case] of: u32,
    ) {
        assert_eq!(stones(part, whole), of);
    }

    proptest! {
        #[test]
        fn no_scale_is_exceeded(highest: u32) {
            let top = scale(highest);
            prop_assert!(top >= highest && (top.is_multiple_of(2) || top == u32::MAX));
            prop_assert!(highest < 20 || u64::from(top) <= u64::from(highest) * 2);
        }
    }
}
