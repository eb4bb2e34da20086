//! How many years of school a text asks for.
//!
//! Source of the formula: Kincaid, Fishburne, Rogers and Chissom, *Derivation of new readability
//! formulas*, 1975 (Flesch–Kincaid grade level): 0.39 · words/sentences + 11.8 · syllables/words
//! − 15.59. Syllables are counted as groups of vowels, without a silent final e; names and long
//! terms make it an estimate.

use super::words;

/// The grade of a text, in hundredths of a school year, so that it can be compared exactly.
/// An empty text has grade 0.
pub fn flesch_kincaid(text: &str) -> i64 {
    let words = words(text);
    let count = i64::try_from(words.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return 0;
    }
    let syllables: i64 = words.iter().map(|word| syllables(word)).sum();
    let ends =
        text.split(['.', '?', '!', '…']).filter(|part| part.chars().any(char::is_alphanumeric));
    let sentences = i64::try_from(ends.count()).unwrap_or(1).max(1);
    39 * count / sentences + 1180 * syllables / count - 1559
}

fn syllables(word: &str) -> i64 {
    let is_vowel = |c: char| "aeiouyáéíóú".contains(c);
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        let vowel = is_vowel(c);
        groups += i64::from(vowel && !before);
        before = vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - i64::from(silent)).max(1)
}
