//! Short codes that cells hold: areas of the exam and letters of options.

use cairn_core::area::Area;

/// The published names of the areas, in English and Spanish, beside their codes.
const NAMES: [(Area, &str, &str); 8] = [
    (Area::Ar, "administrative responsibilities", "responsabilidades administrativas"),
    (Area::Bf, "behavioral health foundations", "fundamentos de salud conductual"),
    (Area::Is, "interpersonal skills", "habilidades interpersonales"),
    (Area::Rs, "recovery support", "apoyo a la recuperación"),
    (Area::Ad, "advocacy", "abogacía"),
    (Area::Ci, "community inclusion", "inclusión comunitaria"),
    (Area::Rl, "resource linkage", "vinculación con recursos"),
    (Area::Cm, "crisis management", "manejo de crisis"),
];

/// The area of a code or a name, in any case; `AR: Administrative …` counts by its code.
pub(super) fn area(cell: &str) -> Option<Area> {
    let name = cell.trim().to_lowercase();
    let code = name.split([':', '-', ' ']).next().unwrap_or_default();
    let by_code = Area::from_code(&code.to_uppercase())
        .filter(|area| code == name || name.ends_with(english(*area)));
    let is_name =
        |(_, english, spanish): &&(Area, &str, &str)| name == *english || name == *spanish;
    by_code.or_else(|| NAMES.iter().find(is_name).map(|(area, ..)| *area))
}

fn english(area: Area) -> &'static str {
    NAMES.iter().find(|(known, ..)| *known == area).map_or("", |(_, english, _)| english)
}

/// Whether a cell is a code and not a text: an area, a letter of an option, or a number.
pub(super) fn is_mark(cell: &str) -> bool {
    is_letters(cell) || area(cell).is_some() || cell.parse::<f64>().is_ok()
}

/// Whether a cell names options by letters or small numbers: `B`, `2`, `A, C`.
pub(super) fn is_letters(cell: &str) -> bool {
    let is_one = |part: &str| {
        let part = part.trim().trim_end_matches(['.', ')']);
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => matches!(c, 'a'..='h' | 'A'..='H' | '1'..='8'),
            _ => false,
        }
    };
    !cell.is_empty() && cell.split([',', ';', '/', '&']).all(is_one)
}
