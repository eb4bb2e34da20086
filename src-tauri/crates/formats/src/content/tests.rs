use rstest::rstest;

use super::*;

/// A deck of choice cards, each given as stem and options; the one that starts with `*` is best.
fn choices(cards: &[(&str, [&str; 4])]) -> String {
    let mut text = String::from("---\nid: d\ntitle: D\nsource s: S\n---\n");
    for (n, (stem, options)) in cards.iter().enumerate() {
        text += &format!("\n## choice: c{n}\narea: AR\nsource: s\n\n{stem}\n\n");
        for (letter, option) in ('a'..).zip(options) {
            let (mark, option) = match option.strip_prefix('*') {
                Some(option) => ('x', option),
                None => (' ', *option),
            };
            text += &format!("- [{mark}] {letter}: {option}\n  Because.\n");
        }
    }
    text
}

fn messages(text: &str) -> Vec<String> {
    let library = Library::read([("d.md", text)]);
    lint(&library).into_iter().map(|f| format!("{}: {}", f.line, f.message)).collect()
}

const FINE: [&str; 4] = ["*one two", "three four", "five six", "seven eight"];

#[test]
fn a_sound_deck_has_no_finding() {
    assert_eq!(messages(&choices(&[("What helps?", FINE)])), Vec::<String>::new());
}

#[rstest]
#[case::two_right("What helps?", ["*one", "*two", "three", "four"], "7: `c0` has 2 right options")]
#[case::twice("What helps?", ["*one", "One.", "three", "four"], "7: `c0` says “One.” twice")]
#[case::catch_all("What helps?", ["*one", "two", "three", "All of the above"], "7: an option of `c0` is “All of the above”")]
#[case::label("Who is an addict?", FINE, "7: card `c0` says “addict”")]
#[case::not_plain("Which does NOT help?", FINE, "7: the NOT of `c0` is not set off")]
#[case::hard(
    "Considering interdisciplinary organizational accountability methodologies, which constitutes appropriate intervention?",
    FINE,
    "7: the stem of `c0` reads at grade"
)]
fn faults_of_a_card_are_found_at_its_line(
    #[case] stem: &str,
    #[case] options: [&str; 4],
    #[case] message: &str,
) {
    let found = messages(&choices(&[(stem, options)]));
    assert!(found.iter().any(|found| found.starts_with(message)), "{found:?}");
}

#[test]
fn a_term_between_quotation_marks_may_be_corrected() {
    assert_eq!(messages(&choices(&[("He says “I am an addict”. What helps?", FINE)])).len(), 0);
}

#[rstest]
#[case::answer("## basic: a\n{f}\nQ\n---\n\\\n", "6: a text of card `a` is empty")]
#[case::reason(
    "## choice: a\n{f}\nQ\n- [x] a: b\n  \\\n- [ ] b: c\n  d\n",
    "6: a text of card `a` is empty"
)]
#[case::faces("## faces: a\n{f}\n## face: t1\nQ\n---\nA\n", "6: card `a` has faces")]
#[case::uuid(
    "## basic: a\nuuid: 018f3a52-5a1e-7c3e-8a55-0c4149524e01\n{f}\nQ\n---\nA\n",
    "6: card `a` has a UUID of its own"
)]
fn what_only_an_export_says_is_found(#[case] card: &str, #[case] message: &str) {
    let card = card.replace("{f}", "area: AR\nsource: s\n");
    let text = format!("---\nid: d\ntitle: D\nsource s: S\n---\n{card}");
    assert_eq!(messages(&text), [message]);
}

#[test]
fn a_long_stem_is_found() {
    let stem = format!("{} What helps?", "He sat. ".repeat(31));
    let found = messages(&choices(&[(&stem, FINE)]));
    assert_eq!(found, ["7: the stem of `c0` has 64 words, more than 60"]);
}

#[test]
fn twins_are_found() {
    let stem = "A man you support has missed two visits. What does the specialist do first?";
    let found = messages(&choices(&[(stem, FINE), (stem, FINE)]));
    assert_eq!(found, ["22: `c1` asks what `c0` asks (d.md:7)"]);
}

/// Forty cards of their own words, with the key at `place` and lengths by `option`.
fn forty(place: impl Fn(usize) -> usize, option: impl Fn(usize, bool) -> String) -> String {
    let mut text = String::from("---\nid: d\ntitle: D\nsource s: S\n---\n");
    for n in 0..40 {
        text += &format!("\n## choice: c{n}\narea: AR\nsource: s\n\nWord{n} a{n} b{n} c{n}?\n\n");
        for at in 0..4 {
            let right = at == place(n);
            let mark = if right { 'x' } else { ' ' };
            text += &format!("- [{mark}] o{at}: {}\n  Because.\n", option(n * 4 + at, right));
        }
    }
    text
}

#[test]
fn a_key_that_stands_too_often_in_one_place_is_found() {
    let found = messages(&forty(|_| 0, |n, _| format!("{n:05}")));
    assert_eq!(found[0], "1: the key stands at A in 40 of 40 cards (100 %)");
    assert_eq!(found.len(), 4);
    assert_eq!(messages(&forty(|n| n % 4, |n, _| format!("{n:05}"))).len(), 0);
}

#[test]
fn a_key_that_is_mostly_the_longest_is_found() {
    let long = |n: usize, right| format!("{n:05}{}", if right { " and more of it" } else { "" });
    let found = messages(&forty(|n| n % 4, long));
    assert!(
        found[0].starts_with("1: the longest option is the key in 40 of 40 cards"),
        "{found:?}"
    );
}

#[test]
fn a_key_that_repeats_a_rare_word_of_its_stem_is_found() {
    let echo = |n: usize, right: bool| {
        if right { format!("a{} {n:05}", n / 4) } else { format!("z{} {n:05}", n / 4) }
    };
    let found: Vec<String> = messages(&forty(|n| n % 4, echo));
    assert!(
        found.iter().all(|f| !f.contains("repeats")),
        "short words give nothing away: {found:?}"
    );
    let echo = |n: usize, right: bool| {
        if right { format!("Word{} {n:05}", n / 4) } else { format!("Wide{} {n:05}", n / 4) }
    };
    let longer = forty(|n| n % 4, echo).replace("Word", "Sparrow").replace("Wide", "Swallow");
    let found = messages(&longer);
    assert!(found[0].starts_with("1: only the key repeats a rare word"), "{found:?}");
}

#[test]
fn sources_must_be_described() {
    let toml =
        "[other]\ntitle = \"O\"\nread_on = \"unknown\"\nhow = \"page\"\nconfidence = \"V\"\n";
    let deck = choices(&[("What helps?", FINE)]);
    let library = Library::read([("d.md", deck.as_str()), ("sources.toml", toml)]);
    let found = lint(&library);
    assert_eq!(found[0].message, "card `c0` names the source `s`");
    let broken = Library::read([("sources.toml", "[x]\ntitle = 5\n")]);
    assert_eq!((broken.faults[0].line, broken.faults[0].file.as_str()), (2, "sources.toml"));
}

#[rstest]
#[case::empty("", 0)]
#[case::short("The cat sat.", -262)]
#[case::usual("The specialist asks what she would like to happen next, and then listens.", 491)]
fn reading_grades_are_those_of_the_formula(#[case] text: &str, #[case] hundredths: i64) {
    let grade = flesch_kincaid(text);
    assert!((grade - hundredths).abs() <= 1, "{grade}");
}

const EXAM: &str = include_str!("../../../../../content/exam.toml");

#[test]
fn the_exam_is_what_is_published_and_says_what_we_assume() {
    let exam = blueprint::Blueprint::read(EXAM).unwrap();
    assert_eq!((exam.items, exam.minutes, exam.break_minutes), (120, 150, 10));
    assert_eq!((exam.break_near_item, exam.areas.len(), exam.competencies.len()), (60, 8, 17));
    assert!(exam.options_assumed);
    assert!(exam.areas.iter().all(|area| area.weight == 1), "weights are not published");
}

#[rstest]
#[case::unknown_line("items = 120", "items = 120\npass_mark = 70", 16, "unknown field `pass_mark`")]
#[case::area_gone("code = \"AR\"", "code = \"BF\"", 1, "area AR is there 0 times")]
#[case::no_such_area("code = \"AR\"", "code = \"XX\"", 32, "unknown variant `XX`")]
#[case::competency_twice("number = 17", "number = 16", 1, "competency 16 should be there once")]
#[case::late_break("break_near_item = 60", "break_near_item = 120", 1, "the break lies outside")]
#[case::no_day("expires = 2027-06-30", "expires = \"soon\"", 12, "")]
fn a_faulty_exam_is_named_with_its_line(
    #[case] from: &str,
    #[case] to: &str,
    #[case] line: u32,
    #[case] message: &str,
) {
    let text = EXAM.replacen(from, to, 1);
    let library = Library::read([("exam.toml", text.as_str())]);
    let found = &lint(&library)[0];
    assert_eq!((found.file.as_str(), found.line), ("exam.toml", line), "{}", found.message);
    assert!(found.message.starts_with(message), "{}", found.message);
}

#[test]
fn a_library_that_does_not_cover_the_exam_is_told_what_is_missing() {
    let deck = choices(&[("What helps?", FINE)]);
    let library = Library::read([("d.md", deck.as_str()), ("exam.toml", EXAM)]);
    let found: Vec<String> = lint(&library).into_iter().map(|f| f.message).collect();
    for message in [
        "1 choice cards, fewer than 300",
        "0 basic and cloze cards, fewer than 250",
        "Administrative Responsibilities has 1 choice cards, fewer than 30",
        "competency 17 (Digital literacy) has 0 choice cards, fewer than 12",
        "0 of 1 choice cards are scenarios",
    ] {
        assert!(found.iter().any(|f| f == message), "{message} is not in {found:?}");
    }
}

#[test]
fn a_fact_that_ages_needs_an_expiry() {
    let toml = "[s]\ntitle = \"S\"\nread_on = \"unknown\"\nhow = \"page\"\nconfidence = \"V\"\nages = true\n";
    let found = |deck: &str| lint(&Library::read([("d.md", deck), ("sources.toml", toml)]));
    let deck = choices(&[("What helps?", FINE)]);
    assert_eq!(found(&deck)[0].message, "card `c0` cites `s` and has no expiry");
    let dated = deck.replace("source: s\n", "source: s\nexpires: 2027-06-30\n");
    assert_eq!(found(&dated), []);
}

/// Two hundred cards whose key starts with "Say" in `said` of them, and a wrong option in the rest.
fn sayings(said: usize) -> String {
    let mut text = String::from("---\nid: d\ntitle: D\nsource s: S\n---\n");
    for n in 0..200 {
        text += &format!("\n## choice: c{n}\narea: AR\nsource: s\n\nX{n} a{n} b{n} c{n}?\n\n");
        for at in 0..4 {
            let mark = if at == n % 4 { 'x' } else { ' ' };
            let says = if n < said { at == n % 4 } else { at == (n + 1 + n / 4 % 3) % 4 };
            let verb = if says { "Say" } else { "Ask" };
            text += &format!("- [{mark}] o{at}: {verb} {n:05}{at}\n  Because.\n");
        }
    }
    text
}

#[test]
fn a_word_that_marks_the_keys_is_found_out() {
    let found = messages(&sayings(200));
    assert_eq!(found, ["1: over all decks, counting words finds 200 of 200 keys, more than 36 %"]);
    assert_eq!(messages(&sayings(50)), Vec::<String>::new(), "a quarter is chance");
}
