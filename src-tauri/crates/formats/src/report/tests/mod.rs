mod colours;
mod sample;
mod shape;

use cairn_core::area::Area;
use cairn_core::recall::Recall;
use proptest::prelude::*;
use rstest::rstest;
use scraper::{Html, Selector};

use super::{Options, print};
use crate::content::blueprint::Blueprint;
use cairn_core::progress::{MissedCard, MockDay, Progress, Quoted, Standing};
use sample::{empty, full, one_day};

fn page(progress: &Progress, name: &str) -> String {
    let mut out = Vec::new();
    print(progress, &Options { name: name.into() }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The texts of all elements that a selector finds.
fn texts(html: &str, selector: &str) -> Vec<String> {
    let found = Selector::parse(selector).unwrap();
    let document = Html::parse_document(html);
    document.select(&found).map(|element| element.text().collect()).collect()
}

/// The words of the page, without its style.
fn said(html: &str) -> String {
    texts(html, "title, body").join(" ")
}

#[rstest]
#[case("<script>alert('x')</script>")]
#[case("\"><img src=x onerror=alert(1)>")]
#[case("</title></style><b>")]
#[case("Zoë O’Brien & مريم")]
fn a_name_is_only_text(#[case] name: &str) {
    let mut progress = full();
    progress.deck = Some(name.into());
    progress.decks[0].title = name.into();
    let question =
        MissedCard { question: name.into(), deck: name.into(), recall: Recall::default() };
    progress.quoted =
        Some(Quoted { missed: vec![question], learned: vec![name.into()], learned_more: 3 });
    let html = page(&progress, name);
    assert_eq!(texts(&html, ".name"), [name]);
    assert_eq!(texts(&html, "ul.cards li"), [name]);
    assert_eq!(texts(&html, "title")[0], format!("Progress report: {name}"));
    for never in ["script", "img", "b", "style ~ style"] {
        assert_eq!(texts(&html, never).len(), 0, "{never}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_name_changes_the_page_around_it(name in "\\PC{0,40}") {
        let html = page(&one_day(), &name);
        let trimmed = name.trim();
        let expected: &[&str] = if trimmed.is_empty() { &[] } else { &[trimmed] };
        prop_assert_eq!(texts(&html, ".name"), expected);
        prop_assert_eq!(texts(&html, "h2").len(), 5);
    }
}

#[test]
fn an_empty_collection_is_told_kindly_and_without_zeros() {
    let html = page(&empty(), "");
    assert!(said(&html).contains("There are no cards here yet."));
    assert_eq!(texts(&html, "h2"), ["How to read this"]);
    assert_eq!((texts(&html, "table").len(), texts(&html, "figure").len()), (0, 0));
    assert!(texts(&html, ".tiles").is_empty() && texts(&html, ".name").is_empty());
}

#[test]
fn a_first_day_has_no_chart_of_one_column_and_no_share() {
    let html = page(&one_day(), "");
    assert_eq!(
        texts(&html, "h2"),
        ["At a glance", "Measured recall", "Cards", "The next 30 days", "How to read this"]
    );
    assert_eq!(texts(&html, "#study-t").len(), 0);
    assert!(said(&html).contains("the first look at a card is reading"));
    let tiles = texts(&html, ".tiles dt");
    assert!(!tiles.iter().any(|tile| tile == "Measured recall"), "{tiles:?}");
}

#[test]
fn before_anything_was_answered_there_are_no_columns_of_zeros() {
    let mut progress = one_day();
    let cards = Standing { not_started: 60, ..Standing::default() };
    (progress.days, progress.started, progress.cards) = (Vec::new(), 0, cards);
    (progress.areas[0].cards, progress.decks[0].cards) = (cards, cards);
    let html = page(&progress, "");
    assert_eq!(texts(&html, "h2"), ["At a glance", "Cards", "How to read this"]);
    assert_eq!(texts(&html, "table tr"), ["AreaNot started", "Recovery Support60"]);
    assert!(said(&html).contains("60 cards are here and wait."));
}

#[test]
fn a_table_where_every_row_is_too_few_to_say_is_left_out() {
    let mut progress = full();
    let few = Recall { right: 1, of: 2 };
    progress.recall_by_interval = [few; 4];
    progress.competencies.iter_mut().for_each(|one| one.recall = few);
    let captions = texts(&page(&progress, ""), "caption").join(", ");
    assert!(!captions.contains("competency") && !captions.contains("waited"), "{captions}");
    assert!(captions.contains("Recall by exam area"), "{captions}");
}

#[test]
fn less_than_a_minute_is_not_about_less_than_a_minute() {
    let mut progress = full();
    progress.days.iter_mut().for_each(|day| day.taken_ms = 20_000);
    let tiles = texts(&page(&progress, ""), ".tiles > div");
    assert_eq!(tiles[1], "Time with cards4 minunder a minute on a day of study");
}

#[test]
fn the_glance_says_what_was_counted() {
    let html = page(&full(), "Jordan");
    let tiles: Vec<String> = texts(&html, ".tiles > div");
    assert_eq!(
        tiles,
        [
            "Days of study12of 61 days",
            "Time with cards4 habout 20 min on a day of study",
            "Answers480first looks, reviews and repeats",
            "Measured recall81\u{a0}%81 of 100; 72 to 87\u{a0}%",
            "Cards learned931 started",
            "Cards known today9of 60 cards",
        ]
    );
    assert!(said(&html).contains("Exam in 61 days: January 21, 2027"));
    assert!(said(&html).contains("2 more answers were given in another program"));
    assert!(said(&html).contains("September 22 to November 21, 2026"));
}

#[rstest]
#[case::too_few(Recall { right: 19, of: 19 }, "19 of 19", "too few")]
#[case::enough(Recall { right: 15, of: 20 }, "15 of 20", "75\u{a0}%")]
#[case::none(Recall::default(), "not asked yet", "–")]
fn a_share_is_told_from_twenty_answers_on(
    #[case] recall: Recall,
    #[case] remembered: &str,
    #[case] share: &str,
) {
    let mut progress = full();
    progress.areas[1].recall = recall;
    let html = page(&progress, "");
    let rows = texts(&html, "table:nth-of-type(1) tbody tr");
    let row = rows.iter().find(|row| row.starts_with("Behavioral")).unwrap();
    let start = format!("Behavioral Health Foundations{remembered}{share}");
    assert!(row.starts_with(&start), "{row}");
}

#[test]
fn the_table_of_days_says_what_the_chart_draws() {
    let progress = full();
    let html = page(&progress, "");
    let cells = texts(&html, "figure:has(#study-t) + table tbody td:nth-of-type(2)");
    let answers: u32 = cells.iter().map(|cell| cell.parse::<u32>().unwrap()).sum();
    assert_eq!(answers, progress.answers());
    let drawn = texts(&html, "svg:has(#study-t) rect").len();
    assert_eq!(drawn, cells.len(), "a column a row");
}

#[test]
fn the_calendar_holds_the_thirty_days() {
    let progress = full();
    let html = page(&progress, "");
    let cells = texts(&html, "figure:has(#ahead-t) + table td");
    let ready: Vec<u32> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
    let expected: Vec<u32> = progress.ahead.iter().map(|day| day.ready).collect();
    assert_eq!(ready, expected);
    assert!(cells.len().is_multiple_of(7));
}

#[test]
fn mock_exams_are_told_when_there_are_any() {
    let mut progress = full();
    assert!(!said(&page(&progress, "")).contains("Mock"));
    let items = Recall { right: 90, of: 120 };
    progress.mocks = vec![MockDay { day: progress.today, items, taken_ms: 7_200_000 }];
    let html = page(&progress, "");
    let row =
        texts(&html, "section:has(h2) table tr").into_iter().find(|row| row.contains("90 of"));
    assert_eq!(row.unwrap(), "November 21, 202690 of 12075\u{a0}%67 to 82\u{a0}%2 h");
}

#[test]
fn cards_are_quoted_only_where_the_numbers_hold_quotes() {
    let mut progress = full();
    assert!(!said(&page(&progress, "")).contains("often missed"));
    let recall = Recall { right: 1, of: 4 };
    let missed = MissedCard { question: "What is 988?".into(), deck: "Crisis".into(), recall };
    progress.quoted = Some(Quoted { missed: vec![missed], ..Quoted::default() });
    let html = page(&progress, "");
    assert!(texts(&html, "tr").contains(&"What is 988?Crisis1 of 4".to_owned()));
    assert!(said(&html).contains("No card reached an interval of three weeks"));
}

#[test]
fn the_names_of_areas_and_competencies_are_those_of_the_blueprint() {
    let text = include_str!("../../../../../../content/exam.toml");
    let blueprint = Blueprint::read(text).unwrap();
    let words = &super::ENGLISH;
    for area in &blueprint.areas {
        assert_eq!((words.area_name)(area.code), area.name);
    }
    assert_eq!(blueprint.areas.len(), Area::ALL.len());
    for competency in &blueprint.competencies {
        let name = words.competency_name(competency.number);
        assert_eq!(name, format!("{}. {}", competency.number, competency.name));
    }
    assert_eq!(words.competency_name(0), "Competency 0");
    assert_eq!(words.competency_name(18), "Competency 18");
}
