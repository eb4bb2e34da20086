//! What makes the page readable for everyone: order of headings, names of drawings, whole tables,
//! nothing loaded.

use std::collections::HashSet;

use cairn_core::progress::{MockDay, Progress, Quoted};
use rstest::rstest;
use scraper::{ElementRef, Html, Selector};

use super::sample::{empty, full, one_day};
use super::{page, said, texts};

fn everything() -> Progress {
    let progress = full();
    let day = MockDay { day: progress.today, items: progress.recall, taken_ms: 1 };
    Progress { mocks: vec![day], quoted: Some(Quoted::default()), ..progress }
}

fn find<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

#[rstest]
#[case::empty(empty())]
#[case::one_day(one_day())]
#[case::everything(everything())]
fn it_can_be_read_by_everyone(#[case] progress: Progress) {
    let html = page(&progress, "Jordan");
    let document = Html::parse_document(&html);
    every_element_ends(&html);
    let headings: Vec<&str> =
        find(&document, "h1, h2, h3, h4").iter().map(|heading| heading.value().name()).collect();
    assert_eq!(headings[0], "h1");
    assert!(headings[1..].iter().all(|heading| *heading == "h2"), "{headings:?}");
    for landmark in ["html[lang=en]", "head > title", "main", "body > header", "body > footer"] {
        assert_eq!(find(&document, landmark).len(), 1, "{landmark}");
    }
    drawings_are_named(&document);
    for table in find(&document, "table") {
        table_is_whole(table);
    }
}

/// A reader mends what is not closed; that must not be needed.
fn every_element_ends(html: &str) {
    let names = "html head body title style header main footer section h1 h2 p span strong bdi dl dt \
                 dd div ul li figure figcaption table caption thead tbody tfoot tr th td svg desc";
    for name in names.split_whitespace() {
        let begun = [">", " "].map(|end| html.matches(&format!("<{name}{end}")).count());
        let ended = html.matches(&format!("</{name}>")).count();
        assert_eq!(begun.iter().sum::<usize>(), ended, "{name}");
    }
}

fn drawings_are_named(document: &Html) {
    let ids: Vec<&str> =
        find(document, "[id]").iter().filter_map(|element| element.value().id()).collect();
    let unique: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    for drawing in find(document, "svg") {
        let named = drawing.attr("aria-labelledby").unwrap_or_default();
        let hidden = drawing.attr("aria-hidden") == Some("true");
        assert!(hidden != (drawing.attr("role") == Some("img")), "{}", drawing.html());
        assert!(hidden || !named.is_empty(), "{}", drawing.html());
        assert!(named.split(' ').filter(|id| !id.is_empty()).all(|id| unique.contains(id)));
    }
}

fn table_is_whole(table: ElementRef<'_>) {
    let count = |row: ElementRef<'_>| row.child_elements().count();
    let rows: Vec<ElementRef<'_>> = table.select(&Selector::parse("tr").unwrap()).collect();
    let wide = count(rows[0]);
    assert!(rows.len() > 1 && rows.iter().all(|row| count(*row) == wide), "{}", table.html());
    for (at, row) in rows.iter().enumerate() {
        let scope = row.child_elements().next().unwrap().attr("scope");
        assert_eq!(scope, Some(if at == 0 { "col" } else { "row" }));
    }
    let caption = table.child_elements().next().unwrap();
    assert_eq!(caption.value().name(), "caption");
    assert!(!caption.text().collect::<String>().is_empty());
}

#[test]
fn it_loads_nothing_and_runs_nothing() {
    let html = page(&everything(), "Jordan");
    let document = Html::parse_document(&html);
    let policy = find(&document, "meta[http-equiv=Content-Security-Policy]");
    let policy = policy[0].attr("content").unwrap();
    assert_eq!(policy, "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    for never in ["script", "link", "iframe", "object", "form", "img", "[src]", "[href]", "a"] {
        assert!(find(&document, never).is_empty(), "{never}");
    }
    for never in ["http:", "https:", "url(", "@import", "javascript", " on"] {
        let within = html.replace("</", "").replace(never, "\u{1}");
        let tags = within.split('<').filter_map(|tag| tag.split('>').next());
        assert!(!tags.into_iter().any(|tag| tag.contains('\u{1}')), "{never} in a tag");
    }
    let style = &texts(&html, "style")[0];
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn it_tells_days_and_no_clock_times() {
    let words = said(&page(&everything(), ""));
    let chars: Vec<char> = words.chars().collect();
    let clock = chars
        .windows(3)
        .find(|three| three[0].is_ascii_digit() && three[1] == ':' && three[2].is_ascii_digit());
    assert_eq!(clock, None);
    for never in ["AM", "PM", "o’clock", "streak", "overdue", "fail"] {
        assert!(!words.contains(never), "{never}");
    }
}

#[test]
fn it_says_what_it_is_not() {
    let words = said(&page(&full(), ""));
    for says in [
        "Does this foretell the exam?No.",
        "what score passes are not published",
        "Not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE.",
        "New cards come on top",
    ] {
        assert!(words.contains(says), "{says}");
    }
}
