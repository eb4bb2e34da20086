//! A note and its cards, turned into what Cairn keeps.

use cairn_core::note::{Content, Face};

use super::answer::{FRONT_SIDE, only_answer, without_layout};
use super::cloze;
use super::plan::{Plan, Shape};
use super::rows::CardRow;
use super::template::{Cloze, Scene, Side, is_empty};
use super::text::{Found, markdown};
use super::{Error, caps};

/// A note as Anki keeps it.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub fields: Vec<&'a str>,
    /// Separated by blanks.
    pub tags: &'a str,
    /// Full name of its deck.
    pub deck: &'a str,
    /// Its cards, by number.
    pub cards: &'a [CardRow],
}

/// What was made of a note.
#[derive(Debug)]
pub(super) struct Made {
    pub content: Content,
    /// Pictures and sounds in it, and what was left out.
    pub found: Found,
    /// The key of each card that is asked, with its place in the note's cards.
    pub keys: Vec<(usize, String)>,
    /// Whether parts of a picture were covered.
    pub uncovered: bool,
}

/// Why a note was left out, or reading given up.
#[derive(Debug)]
pub(super) enum Refused {
    /// This note alone: why, and what to do.
    Note(String, &'static str),
    All(Error),
}

/// Bytes that templates may still make; and the way to look at the watcher.
pub(super) struct Limits<'a> {
    pub bytes: u64,
    pub look: &'a mut dyn FnMut() -> Result<(), Error>,
}

impl Limits<'_> {
    fn take(&mut self, bytes: usize) -> Result<(), Refused> {
        (self.look)().map_err(Refused::All)?;
        match self.bytes.checked_sub(bytes as u64) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => Err(Refused::All(Error::too_much(
                "the text that the card templates make",
                format!("{} times the text of the notes", caps::FACES_FOR_A_BYTE),
            ))),
        }
    }
}

/// The highest number of a gap here.
const LAST_GAP: u16 = 99;

/// Turns a note into content and card keys.
pub(super) fn make(note: &Note<'_>, plan: &Plan, limits: &mut Limits<'_>) -> Result<Made, Refused> {
    (limits.look)().map_err(Refused::All)?;
    let numbers = if plan.note_type.cloze { gaps(note)? } else { Vec::new() };
    match &plan.shape {
        Shape::Basic { front, back, mirrored } => {
            if let Some(made) = basic(note, plan, (*front, back), *mirrored) {
                return Ok(made);
            }
        }
        Shape::Cloze => {
            if let Some(made) = gapped(note, plan, &numbers, limits)? {
                return Ok(made);
            }
        }
        Shape::Occlusion => return picture(note, &numbers, limits),
        Shape::Own(own) => {
            if let Some(made) = super::own::make(note, *own) {
                return Ok(made);
            }
        }
        Shape::Faces => {}
    }
    faces(note, plan, &numbers, limits)
}

/// The numbers of all gaps of a note.
fn gaps(note: &Note<'_>) -> Result<Vec<u16>, Refused> {
    let mut numbers: Vec<u16> = note
        .fields
        .iter()
        .filter(|field| field.contains("{{c"))
        .flat_map(|field| cloze::numbers(&cloze::parse(field)))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.last() {
        None => Err(Refused::Note(
            "its text has no gap".into(),
            "In Anki, mark what is to be hidden, as in {{c1::hidden}}, or change its note type.",
        )),
        Some(last) if *last > LAST_GAP => Err(Refused::Note(
            format!("it has a gap with the number {last}"),
            "Number its gaps from 1 to 99 in Anki and export again.",
        )),
        Some(_) => Ok(numbers),
    }
}

/// A question and an answer, where the note has just the cards for that. A second card that asks
/// nothing, since the field that it hangs on is empty, is left out.
fn basic(
    note: &Note<'_>,
    plan: &Plan,
    (front, back): (usize, &[usize]),
    mirrored: bool,
) -> Option<Made> {
    let both_ways = match note.cards {
        [only] if only.ord == 0 => false,
        [first, second] if mirrored && first.ord == 0 && second.ord == 1 => {
            asks(note, plan, second)
        }
        _ => return None,
    };
    let mut found = Found::default();
    let mut field = |at: &usize| markdown(note.fields.get(*at).copied().unwrap_or(""), &mut found);
    let front = field(&front);
    let mut answers: Vec<String> = back.iter().map(&mut field).collect();
    answers.retain(|answer| !answer.is_empty());
    let back = answers.join("\n\n");
    if front.is_empty() || (both_ways && back.is_empty()) {
        return None;
    }
    let keys = ["front", "back"].into_iter().map(String::from).enumerate();
    let keys = keys.take(1 + usize::from(both_ways)).collect();
    let content = Content::Basic { front, back, both_ways, note: String::new() };
    Some(Made { content, found, keys, uncovered: false })
}

/// Whether the front of a card says anything.
fn asks(note: &Note<'_>, plan: &Plan, card: &CardRow) -> bool {
    let Some((name, Ok(template))) = plan.template(card.ord) else { return false };
    scene(note, plan, card, name).render(&template.front).is_ok_and(|front| !is_empty(&front))
}

fn scene<'a>(note: &'a Note<'a>, plan: &'a Plan, card: &CardRow, name: &'a str) -> Scene<'a> {
    Scene {
        fields: &note.fields,
        tags: note.tags,
        note_type: &plan.note_type.name,
        deck: note.deck,
        card: name,
        card_id: card.id,
        flag: (card.flags & 7) as u8,
        side: Side::Front,
        cloze: Cloze::Card(u16::try_from(card.ord.saturating_add(1)).unwrap_or(0)),
    }
}

fn too_long() -> Refused {
    let why = format!("a card of it is longer than {} bytes", caps::FACE_BYTES);
    Refused::Note(why, "Shorten it in Anki and export again.")
}

/// A text with gaps; `None` where it can't be put that way.
fn gapped(
    note: &Note<'_>,
    plan: &Plan,
    numbers: &[u16],
    limits: &mut Limits<'_>,
) -> Result<Option<Made>, Refused> {
    let Some((name, Ok(template))) = plan.template(0) else { return Ok(None) };
    let Some(card) = note.cards.first() else { return Ok(None) };
    let scene = Scene { cloze: Cloze::Written, ..scene(note, plan, card, name) };
    let front = scene.render(&template.front).map_err(|_| too_long())?;
    let answer = Scene { side: Side::Back(FRONT_SIDE), ..scene };
    let back = answer.render(&template.back).map_err(|_| too_long())?;
    limits.take(front.len() + back.len())?;
    let question = front.trim();
    let mut rest = without_layout(&back);
    let repeats = rest.strip_prefix(FRONT_SIDE);
    rest = without_layout(repeats.unwrap_or(rest));
    match rest.strip_prefix(question) {
        Some(extra) => rest = without_layout(extra),
        None if repeats.is_some() => {}
        None => return Ok(None),
    }
    if rest.contains(FRONT_SIDE) || !cloze::numbers(&cloze::parse(rest)).is_empty() {
        return Ok(None);
    }
    let mut found = Found::default();
    let text = markdown(question, &mut found);
    let extra = markdown(rest, &mut found);
    let kept = cairn_core::cloze::numbers(&text);
    if !kept.into_iter().map(u16::from).eq(numbers.iter().copied()) {
        return Ok(None);
    }
    let keys = asked(note.cards, numbers, 'c');
    Ok(Some(Made { content: Content::Cloze { text, note: extra }, found, keys, uncovered: false }))
}

/// The cards of a cloze note whose gap is still there, with their keys.
fn asked(cards: &[CardRow], numbers: &[u16], letter: char) -> Vec<(usize, String)> {
    let there = |ord: i64| u16::try_from(ord.saturating_add(1)).is_ok_and(|n| numbers.contains(&n));
    cards
        .iter()
        .enumerate()
        .filter(|(_, card)| there(card.ord))
        .map(|(at, card)| (at, format!("{letter}{}", card.ord + 1)))
        .collect()
}

/// A picture whose covers are not shown: the picture and the words that go with it. Fields are those
/// of Anki's stock type: occlusions, picture, header, extra words for the back.
fn picture(note: &Note<'_>, numbers: &[u16], limits: &mut Limits<'_>) -> Result<Made, Refused> {
    let field = |at: usize| note.fields.get(at).copied().unwrap_or("");
    let mut found = Found::default();
    let front = markdown(&format!("<div>{}</div>{}", field(2), field(1)), &mut found);
    let back = markdown(field(3), &mut found);
    if front.is_empty() {
        return Err(no_question());
    }
    let keys = asked(note.cards, numbers, 't');
    limits.take((front.len() + back.len()).saturating_mul(keys.len()))?;
    let face = |(_, key): &(usize, String)| Face {
        key: key.clone(),
        front: front.clone(),
        back: back.clone(),
    };
    let faces: Vec<Face> = keys.iter().map(face).collect();
    if faces.is_empty() {
        return Err(no_question());
    }
    let content = Content::Faces { faces, note: String::new() };
    Ok(Made { content, found, keys, uncovered: true })
}

fn no_question() -> Refused {
    let why = "none of its cards has a question".into();
    Refused::Note(why, "Fill in the fields that its cards ask for, and export again.")
}

/// Cards as their templates make them.
fn faces(
    note: &Note<'_>,
    plan: &Plan,
    numbers: &[u16],
    limits: &mut Limits<'_>,
) -> Result<Made, Refused> {
    let (mut faces, mut keys, mut found) = (Vec::new(), Vec::new(), Found::default());
    for (at, card) in note.cards.iter().enumerate() {
        let number = u16::try_from(card.ord.saturating_add(1)).unwrap_or(0);
        if plan.note_type.cloze && !numbers.contains(&number) {
            continue;
        }
        let Some((name, template)) = plan.template(card.ord) else { continue };
        let template = template.as_ref().map_err(|fault| {
            let why = format!("its card template `{name}` can't be read: {fault}");
            Refused::Note(why, "Mend the template in Anki (Cards…) and export again.")
        })?;
        let scene = scene(note, plan, card, name);
        let front = scene.render(&template.front).map_err(|_| too_long())?;
        let answer = Scene { side: Side::Back(FRONT_SIDE), ..scene };
        let back = answer.render(&template.back).map_err(|_| too_long())?;
        limits.take(front.len() + back.len())?;
        let mut back = only_answer(&front, &back);
        if template.hints {
            let mut hints = String::new();
            scene.hints(&template.front, &mut hints);
            limits.take(hints.len())?;
            back = hints + &back;
        }
        let front = markdown(&front, &mut found);
        if front.is_empty() {
            continue;
        }
        let back = markdown(&back, &mut found);
        let key = format!("t{number}");
        keys.push((at, key.clone()));
        faces.push(Face { key, front, back });
    }
    if faces.is_empty() {
        return Err(no_question());
    }
    let uncovered = plan.note_type.cloze
        && note.fields.iter().any(|field| cloze::occludes(&cloze::parse(field)));
    let content = Content::Faces { faces, note: String::new() };
    Ok(Made { content, found, keys, uncovered })
}
