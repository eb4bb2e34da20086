//! How much of a package is read at most. A file beyond one of these is refused whole.

/// Members of the zip archive.
pub const ENTRIES: usize = 200_000;
/// One member once unpacked, in bytes.
pub const MEMBER_BYTES: u64 = 2 << 30;
/// All that is unpacked from one package, in bytes.
pub const TOTAL_BYTES: u64 = 4 << 30;
/// Unpacked bytes for each packed byte, beyond the first [`RATIO_FREE_BYTES`].
pub const RATIO: u64 = 250;
/// A member this small may be packed as tightly as it likes, in bytes.
pub const RATIO_FREE_BYTES: u64 = 16 << 20;
/// The list of media once unpacked, in bytes.
pub const LIST_BYTES: u64 = 64 << 20;
/// One picture or sound, in bytes.
pub const MEDIA_BYTES: u64 = 256 << 20;
/// Memory that a zstd stream may ask for, as a power of two.
pub const ZSTD_WINDOW_LOG: u32 = 27;
/// Notes.
pub const NOTES: u64 = 500_000;
/// Cards.
pub const CARDS: u64 = 2_000_000;
/// Rows of the review log.
pub const LOG: u64 = 5_000_000;
/// Note types, and decks, and rows of any other table.
pub const SMALL_ROWS: u64 = 50_000;
/// All fields of one note together, in bytes.
pub const NOTE_BYTES: u64 = 1 << 20;
/// Any other value of the database, in bytes.
pub const VALUE_BYTES: u64 = 64 << 20;
/// Fields, and templates, of one note type.
pub const PARTS: usize = 1_000;
/// One card template, in bytes.
pub const TEMPLATE_BYTES: usize = 1 << 20;
/// Conditional sections of a template inside one another.
pub const SECTION_DEPTH: usize = 64;
/// Cloze deletions inside one another, as in Anki.
pub const CLOZE_DEPTH: usize = 10;
/// One face of a card as its template makes it, in bytes.
pub const FACE_BYTES: usize = 1 << 20;
/// All faces together, in bytes, beyond [`FACES_FOR_A_BYTE`] for each byte of all notes.
pub const FACES_FREE_BYTES: u64 = 128 << 20;
/// See [`FACES_FREE_BYTES`].
pub const FACES_FOR_A_BYTE: u64 = 8;
