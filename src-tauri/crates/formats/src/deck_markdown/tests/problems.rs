use super::*;

/// One fault: what the case shows, a file, and where and how the fault is told.
type Case = (&'static str, &'static str, u32, u32, &'static str);

/// The file has exactly this fault.
fn check(name: &str, text: &str, line: u32, column: u32, fragment: &str) {
    let problems = faults(text);
    let told: Vec<_> = problems.iter().map(|p| (p.line, p.column, p.message.as_str())).collect();
    assert_eq!(problems.len(), 1, "{name}: exactly one fault\n{text}\n{told:#?}");
    assert_eq!((problems[0].line, problems[0].column), (line, column), "{name}: place\n{told:#?}");
    let whole = format!("{} / {}", problems[0].message, problems[0].hint);
    assert!(whole.contains(fragment), "{name}: {whole:?} says {fragment:?}");
}

const IN_HEADER: &[Case] = &[
    ("no header", "# T\n\n## basic: x\n\nq\n---\na", 1, 1, "does not open with a header"),
    ("no header, but its lines", "id: a\ntitle: b\n", 1, 1, "does not open with a header"),
    ("empty file", "", 1, 1, "does not open with a header"),
    ("header that goes on", "---\nid: a\ntitle: b\n", 1, 1, "the header is never closed"),
    ("header up to a card", "---\nid: a\ntitle: b\n## basic: x\n\nq\n---\na", 1, 1, "never closed"),
    ("no id", "---\ntitle: b\n---\n", 1, 1, "does not say the id"),
    ("no title", "---\nid: b\n---\n", 1, 1, "does not say the title"),
    ("empty id", "---\nid:\ntitle: b\n---\n", 2, 4, "the id of the deck is empty"),
    ("empty title", "---\nid: b\ntitle: \n---\n", 3, 7, "the title of the deck is empty"),
    ("bad id", "---\nid: My Deck\ntitle: b\n---\n", 2, 5, "`My Deck` is not a deck id"),
    (
        "long id",
        "---\nid: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\ntitle: b\n---",
        2,
        5,
        "at most 64",
    ),
    ("unknown key", "---\nid: a\ntitle: b\nlicense: c\n---\n", 4, 1, "Write `licence`"),
    (
        "unknown key like none",
        "---\nid: a\ntitle: b\nauthor: c\n---\n",
        4,
        1,
        "`about`, `source KEY`",
    ),
    ("no colon", "---\nid: a\ntitle: b\nabout c\n---\n", 4, 1, "`about c` is not `key: value`"),
    (
        "key twice",
        "---\nid: a\ntitle: b\nid: a\n---\n",
        4,
        1,
        "`id` stands twice in the header, first in line 2",
    ),
    (
        "source twice",
        "---\nid: a\ntitle: b\nsource s: c\nsource s: d\n---\n",
        5,
        1,
        "first in line 4",
    ),
    (
        "source without key",
        "---\nid: a\ntitle: b\nsource: c\n---\n",
        4,
        1,
        "a source in the header has no key",
    ),
    (
        "source of two words",
        "---\nid: a\ntitle: b\nsource c d: e\n---\n",
        4,
        8,
        "`c d` cannot be the key",
    ),
    (
        "source without title",
        "---\nid: a\ntitle: b\nsource c: | d\n---\n",
        4,
        11,
        "source `c` has no title",
    ),
    (
        "address not https",
        "---\nid: a\ntitle: b\nsource c: d | | javascript:e\n---\n",
        4,
        17,
        "https://",
    ),
    (
        "language",
        "---\nid: a\ntitle: b\nlanguage: en_GB\n---\n",
        4,
        11,
        "`en_GB` is not a language tag",
    ),
    ("control character", "---\nid: a\ntitle: é\u{1b}b\n---\n", 3, 9, "U+001B"),
    (
        "text before the first card",
        "---\nid: a\ntitle: b\n---\n\nHello\nworld\n",
        6,
        1,
        "text before the first card",
    ),
];

/// Cards below five lines of header: line 6 is the heading.
const IN_CARDS: &[Case] = &[
    ("heading without colon", "## Part two\n", 6, 1, "`Part two` starts no card"),
    ("unknown kind", "## basics: x\n", 6, 4, "Write `basic`"),
    ("unknown kind like none", "##   video: x\n", 6, 6, "`basic`, `cloze`, `faces`, `choice`"),
    ("bad card id", "## basic: X y\n\nq\n---\na", 6, 11, "`X y` is not a card id"),
    ("no card id", "## basic:\n\nq\n---\na", 6, 10, "`` is not a card id"),
    (
        "card id twice",
        "## basic: x\n\nq\n---\na\n## cloze: x\n\n{{c1::a}}",
        11,
        11,
        "`x` is taken: line 6",
    ),
    (
        "text between cards",
        "## basic: x\n\nq\n---\na\n# Part\nb\nc",
        12,
        1,
        "text between two cards",
    ),
    ("unknown fact", "## basic: x\naera: BF\n\nq\n---\na", 7, 1, "Write `area`"),
    ("unknown fact like none", "## basic: x\nfoo: BF\n\nq\n---\na", 7, 1, "`expires`, `both-ways`"),
    (
        "fact twice",
        "## basic: x\ntags: a\n tags: b\n\nq\n---\na",
        8,
        2,
        "`tags` of card `x` stands twice, first in line 7",
    ),
    (
        "fact without value",
        "## basic: x\ntags:\n\nq\n---\na",
        7,
        6,
        "`tags` of card `x` has no value",
    ),
    (
        "unknown area",
        "## basic: x\narea: bf\n\nq\n---\na",
        7,
        7,
        "Use one of AR, BF, IS, RS, AD, CI, RL, CM.",
    ),
    (
        "competency 0",
        "## basic: x\ncompetencies: 1, 0\n\nq\n---\na",
        7,
        18,
        "`0` is not a competency",
    ),
    ("competency 18", "## basic: x\ncompetencies: 18\n\nq\n---\na", 7, 15, "1 to 17"),
    (
        "competency in words",
        "## basic: x\ncompetencies: +3\n\nq\n---\na",
        7,
        15,
        "`+3` is not a competency",
    ),
    ("competency twice", "## basic: x\ncompetencies: 3,3\n\nq\n---\na", 7, 17, "says `3` twice"),
    ("empty place in a list", "## basic: x\ntags: é, , b\n\nq\n---\na", 7, 9, "has an empty place"),
    (
        "source not declared",
        "## basic: x\nsource: nps | page\n\nq\n---\na",
        7,
        9,
        "`nps`, which the header does not",
    ),
    ("source read somehow", "## basic: x\nsource: npg | pages\n\nq\n---\na", 7, 15, "Write `page`"),
    (
        "source without how",
        "## basic: x\nsource: npg | \n\nq\n---\na",
        7,
        14,
        "`` is no way to read",
    ),
    (
        "source date",
        "## basic: x\nsource: npg | page | 2026-13-01\n\nq\n---\na",
        7,
        22,
        "or `unknown`",
    ),
    (
        "expiry date",
        "## basic: x\nexpires: 2026-2-1\n\nq\n---\na",
        7,
        10,
        "`2026-2-1` on card `x` is not a date",
    ),
    ("day that never was", "## basic: x\nexpires: 2026-02-29\n\nq\n---\na", 7, 10, "is not a date"),
    (
        "both ways, perhaps",
        "## basic: x\nboth-ways: maybe\n\nq\n---\na",
        7,
        12,
        "neither yes nor no",
    ),
    (
        "both ways of a cloze card",
        "## cloze: x\nboth-ways: yes\n\n{{c1::a}}",
        7,
        1,
        "cannot be asked both ways",
    ),
    ("text for facts", "## basic: x\nWhat is it?\n---\na", 7, 1, "`What is it?` is not a fact"),
    ("no answer line", "## basic: x\n\nq\n\na", 6, 1, "no line `---` between question and answer"),
    ("nothing at all", "## basic: x\n", 6, 1, "no line `---` between question and answer"),
    ("empty question", "## basic: x\n\n---\na", 6, 1, "the question of card `x` is empty"),
    ("empty answer", "## basic: x\n\nq\n---\n\n> n", 6, 1, "the answer of card `x` is empty"),
    (
        "answer that is a chapter",
        "## basic: x\n\nq\n---\n# a",
        6,
        1,
        "the answer of card `x` is empty",
    ),
    ("second line", "## basic: x\n\nq\n---\na\n---\nb", 11, 1, "a second line `---`"),
    (
        "line in a cloze card",
        "## cloze: x\n\n{{c1::a}}\n---\nb",
        9,
        1,
        "is cloze and has a line `---`",
    ),
    (
        "option in a basic card",
        "## basic: x\n\nq\n---\n- [ ] a",
        10,
        1,
        "is basic and has an option",
    ),
    (
        "text below the note",
        "## basic: x\n\nq\n---\na\n> n\nb\nc",
        12,
        1,
        "text below its corrective note",
    ),
    ("no gap", "## cloze: x\n\na {{c0::b}} {{c1:c}}", 6, 1, "card `x` has no gap"),
    ("empty cloze card", "## cloze: x\n\n> n", 6, 1, "the text of card `x` is empty"),
    (
        "empty stem",
        "## choice: x\n\n- [x] a: b\n  c\n- [ ] d: e\n  f",
        6,
        1,
        "the question of card `x` is empty",
    ),
    ("no options", "## choice: x\n\nq", 6, 1, "fewer than 2 options"),
    ("one option", "## choice: x\n\nq\n- [x] a: b\n  c", 6, 1, "fewer than 2 options"),
    (
        "nothing right",
        "## choice: x\n\nq\n- [ ] a: b\n  c\n- [ ] d: e\n  f",
        6,
        1,
        "no option of card `x` is right",
    ),
    (
        "nothing wrong",
        "## choice: x\n\nq\n- [x] a: b\n  c\n- [x] d: e\n  f",
        6,
        1,
        "no option of card `x` is wrong",
    ),
    (
        "option id twice",
        "## choice: x\n\nq\n- [x] a: b\n  c\n- [ ] a: e\n  f",
        11,
        1,
        "the option id `a` of card `x` is taken: line 9",
    ),
    (
        "option without id",
        "## choice: x\n\nq\n- [x] b\n  c\n- [ ] a: e\n  f",
        9,
        7,
        "the option `b` of card `x` has no id",
    ),
    (
        "option with a bad id",
        "## choice: x\n\nq\n- [x] Say so: b\n  c\n- [ ] a: e\n  f",
        9,
        7,
        "`Say so` is not an option id",
    ),
    (
        "option with a long id",
        "## choice: x\n\nq\n- [x] aaaaaaaaaaaaaaaaa: b\n  c\n- [ ] a: e\n  f",
        9,
        7,
        "at most 16",
    ),
    (
        "option without text",
        "## choice: x\n\nq\n- [x] b:\n  c\n- [ ] a: e\n  f",
        9,
        1,
        "the option `b` of card `x` is empty",
    ),
    (
        "option without reason",
        "## choice: x\n\nq\n- [x] b: c\n\n- [ ] a: e\n  f",
        9,
        1,
        "the option `b` of card `x` has no reason",
    ),
    (
        "reason not indented",
        "## choice: x\n\nq\n- [x] a: b\n  c\n- [ ] d: e\n  f\ng",
        13,
        1,
        "belongs to none",
    ),
    (
        "code block never closed",
        "## basic: x\n\nq\n---\na\n```rust\nb",
        11,
        1,
        "the code block that opens here is never closed",
    ),
    (
        "comment never closed",
        "## basic: x\n\nq\n---\na\n<!-- b",
        11,
        1,
        "the comment that begins here is never closed",
    ),
    (
        "carriage return alone ends a line",
        "## basic: x\r\rq\r---\ra\r---",
        11,
        1,
        "a second line `---`",
    ),
    ("NUL", "## basic: x\n\nq\n---\nab\0c\0", 10, 3, "U+0000"),
];

#[test]
fn every_fault_of_a_header_is_told_in_its_place() {
    for (name, text, line, column, fragment) in IN_HEADER {
        check(name, text, *line, *column, fragment);
    }
}

#[test]
fn every_fault_of_a_card_is_told_in_its_place() {
    for (name, card, line, column, fragment) in IN_CARDS {
        check(name, &format!("{HEADER}{card}"), *line, *column, fragment);
    }
}

#[test]
fn a_ninth_option_is_one_too_many() {
    let options: String =
        (1..=9).map(|n| format!("- [{}] o{n}: t\n  r\n", if n == 1 { "x" } else { " " })).collect();
    check(
        "nine options",
        &format!("{HEADER}## choice: x\n\nq\n{options}"),
        25,
        1,
        "more than 8 options",
    );
}

#[test]
fn bytes_that_are_not_utf_8_are_told_with_their_line() {
    let check = |bytes: &[u8], line: u32, column: u32| {
        let problems = parse_bytes(bytes).unwrap_err();
        assert_eq!((problems[0].line, problems[0].column), (line, column), "{bytes:?}");
        assert!(problems[0].hint.contains("UTF-8"), "{problems:?}");
    };
    check(b"\xff\xfe-\0", 1, 1);
    check(b"---\r\nid: caf\xe9\n", 2, 8);
    check("---\né\u{e9}".as_bytes().strip_suffix(b"\xa9").unwrap(), 2, 2);
    check(b"a\n\xe9", 2, 1);
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let text = "---\nid: A\nsource n: N\n---\n## basic: x\narea: ZZ\n\nq\n## cloze: x\ntags: a,a\n\nb\n## basic: y\n\n---\na";
    let lines: Vec<u32> = faults(text).iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 2, 5, 6, 9, 9, 10, 13]);
}

#[test]
fn a_very_broken_file_is_told_in_a_hundred_lines() {
    let problems = faults(&format!("{HEADER}{}", "## basic: x\n".repeat(80)));
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].message, "59 more faults are not shown");
}

#[test]
fn a_long_line_is_not_repeated_in_full() {
    let problems = faults(&format!("{HEADER}## basic: {}\n", "y".repeat(10_000)));
    assert!(problems.iter().all(|problem| problem.message.len() < 200), "{problems:?}");
}
