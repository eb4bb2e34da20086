//! The protocol buffer messages of newer packages, as far as they are read here. Unknown fields are
//! skipped. Numbers after Anki's `import_export.proto`, `notetypes.proto` and `decks.proto`.

use prost::Message;

/// Member `meta`.
#[derive(Message)]
pub(super) struct Meta {
    #[prost(int32, tag = "1")]
    pub version: i32,
}

/// Member `media` of the newest packages, behind zstd.
#[derive(Message)]
pub(super) struct MediaEntries {
    #[prost(message, repeated, tag = "1")]
    pub entries: Vec<MediaEntry>,
}

/// One file; the member's name is its place in the list.
#[derive(Message)]
pub(super) struct MediaEntry {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(uint32, tag = "2")]
    pub size: u32,
}

/// Column `notetypes.config`.
#[derive(Message)]
pub(super) struct NoteTypeConfig {
    /// 0 normal, 1 cloze.
    #[prost(int32, tag = "1")]
    pub kind: i32,
    /// 6 is image occlusion.
    #[prost(int32, tag = "9")]
    pub original_stock_kind: i32,
}

/// Column `templates.config`.
#[derive(Message)]
pub(super) struct TemplateConfig {
    #[prost(string, tag = "1")]
    pub q_format: String,
    #[prost(string, tag = "2")]
    pub a_format: String,
}

/// Column `decks.kind`.
#[derive(Message)]
pub(super) struct DeckKind {
    #[prost(message, optional, tag = "1")]
    pub normal: Option<NormalDeck>,
    #[prost(message, optional, tag = "2")]
    pub filtered: Option<FilteredDeck>,
}

/// A deck of its own.
#[derive(Message)]
pub(super) struct NormalDeck {
    #[prost(string, tag = "4")]
    pub description: String,
}

/// A deck that borrows cards of others.
#[derive(Message)]
pub(super) struct FilteredDeck {
    #[prost(bool, tag = "1")]
    pub reschedule: bool,
}
