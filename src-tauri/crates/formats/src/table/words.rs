//! The words by which spreadsheets name their columns, in English and Spanish.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Column;

/// Longest name of a column, in bytes.
const MAX_NAME_BYTES: usize = 60;

/// What a column of that name is for; `None` for a name that tells nothing.
pub(super) fn column(name: &str) -> Option<Column> {
    let name = plain(name)?;
    let exact = WORDS.iter().find(|(_, words)| words.contains(&name.as_str()));
    exact.map(|(column, _)| *column).or_else(|| numbered(&name))
}

/// The name in lower case without accents, with single spaces for whatever is no letter or digit.
fn plain(name: &str) -> Option<String> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let letters = name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let spaced: String = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    Some(words.join(" ")).filter(|name| !name.is_empty())
}

/// A word and the letter or number of an option: `option a`, `answer 2`, `reason c`.
fn numbered(name: &str) -> Option<Column> {
    let is_mark = |mark: &str| {
        let mut chars = mark.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => c.is_ascii_digit() || ('a'..='h').contains(&c),
            _ => false,
        }
    };
    if is_mark(name) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(Column::Option);
    }
    // `optiona`, `answer1`: the mark may touch the word.
    let (word, mark) = match name.rsplit_once(' ') {
        Some(pair) => pair,
        None => name.split_at_checked(name.len() - 1)?,
    };
    // `a reason`, `1st option`: the mark may come first.
    let word = match (is_mark(mark), name.split_once(' ')) {
        (true, _) => word,
        (false, Some((mark, word))) if is_mark(mark) => word,
        _ => return None,
    };
    NUMBERED.iter().find(|(_, words)| words.contains(&word)).map(|(column, _)| *column)
}

const NUMBERED: [(Column, &[&str]); 4] = [
    (
        Column::Option,
        &[
            "option",
            "choice",
            "answer",
            "answer option",
            "answer choice",
            "alternative",
            "opcion",
            "respuesta",
            "alternativa",
            "possible answer",
        ],
    ),
    (
        Column::Wrong,
        &[
            "wrong",
            "wrong answer",
            "incorrect",
            "incorrect answer",
            "distractor",
            "respuesta incorrecta",
            "incorrecta",
        ],
    ),
    (Column::Right, &["right answer"]),
    (
        Column::Reason,
        &[
            "reason",
            "explanation",
            "rationale",
            "feedback",
            "why",
            "comment",
            "razon",
            "explicacion",
            "justificacion",
            "por que",
            "option reason",
        ],
    ),
];

const WORDS: [(Column, &[&str]); 13] = [
    (
        Column::Question,
        &[
            "question",
            "questions",
            "front",
            "term",
            "terms",
            "prompt",
            "stem",
            "question text",
            "card front",
            "side 1",
            "word",
            "text",
            "pregunta",
            "preguntas",
            "anverso",
            "frente",
            "termino",
            "enunciado",
            "texto",
        ],
    ),
    (
        Column::Answer,
        &[
            "answer",
            "answers",
            "back",
            "definition",
            "definitions",
            "card back",
            "side 2",
            "response",
            "meaning",
            "respuesta",
            "respuestas",
            "reverso",
            "dorso",
            "definicion",
            "significado",
        ],
    ),
    (
        Column::Option,
        &[
            "options",
            "choices",
            "answer options",
            "answer choices",
            "alternatives",
            "opciones",
            "alternativas",
        ],
    ),
    (
        Column::Correct,
        &[
            "correct",
            "correct answer",
            "correct answers",
            "correct option",
            "correct choice",
            "key",
            "answer key",
            "right",
            "right option",
            "correct response",
            "correcta",
            "correcto",
            "respuesta correcta",
            "respuestas correctas",
            "opcion correcta",
            "clave",
        ],
    ),
    (Column::Wrong, &["wrong answers", "incorrect answers", "distractors", "distractores"]),
    (
        Column::Reason,
        &[
            "reason",
            "reasons",
            "explanation",
            "explanations",
            "why",
            "rationale",
            "feedback",
            "razon",
            "razones",
            "explicacion",
            "justificacion",
            "por que",
            "retroalimentacion",
        ],
    ),
    (
        Column::Note,
        &[
            "note",
            "notes",
            "extra",
            "back extra",
            "comment",
            "comments",
            "corrective",
            "for the exam",
            "nota",
            "notas",
            "comentario",
            "comentarios",
        ],
    ),
    (
        Column::Tags,
        &[
            "tags",
            "tag",
            "labels",
            "keywords",
            "topic",
            "topics",
            "etiquetas",
            "etiqueta",
            "tema",
            "temas",
        ],
    ),
    (Column::Area, &["area", "domain", "exam area", "area code", "dominio"]),
    (
        Column::Source,
        &[
            "source",
            "sources",
            "reference",
            "references",
            "citation",
            "fuente",
            "fuentes",
            "referencia",
        ],
    ),
    (Column::Deck, &["deck", "deck name", "set", "mazo", "baraja"]),
    (Column::Guid, &["guid"]),
    (
        Column::Kind,
        &["kind", "type", "card type", "note type", "notetype", "question type", "tipo"],
    ),
];
