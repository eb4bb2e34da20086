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
    #[prost(uint32, tag = "2")]
    pub sort_field: u32,
    #[prost(string, tag = "3")]
    pub css: String,
    #[prost(string, tag = "5")]
    pub latex_pre: String,
    #[prost(string, tag = "6")]
    pub latex_post: String,
    #[prost(bool, tag = "7")]
    pub latex_svg: bool,
    #[prost(message, repeated, tag = "8")]
    pub reqs: Vec<Requirement>,
    /// 6 is image occlusion.
    #[prost(int32, tag = "9")]
    pub original_stock_kind: i32,
    #[prost(int64, optional, tag = "10")]
    pub original_id: Option<i64>,
    /// JSON.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}

/// Which fields a card wants.
#[derive(Message)]
pub(super) struct Requirement {
    #[prost(uint32, tag = "1")]
    pub card_ord: u32,
    /// 0 none, 1 any, 2 all.
    #[prost(int32, tag = "2")]
    pub kind: i32,
    #[prost(uint32, repeated, tag = "3")]
    pub field_ords: Vec<u32>,
}

/// Column `fields.config`.
#[derive(Message)]
pub(super) struct FieldConfig {
    #[prost(bool, tag = "1")]
    pub sticky: bool,
    #[prost(bool, tag = "2")]
    pub rtl: bool,
    #[prost(string, tag = "3")]
    pub font_name: String,
    #[prost(uint32, tag = "4")]
    pub font_size: u32,
    #[prost(string, tag = "5")]
    pub description: String,
    #[prost(bool, tag = "6")]
    pub plain_text: bool,
    #[prost(bool, tag = "7")]
    pub collapsed: bool,
    #[prost(bool, tag = "8")]
    pub exclude_from_search: bool,
    #[prost(int64, optional, tag = "9")]
    pub id: Option<i64>,
    #[prost(uint32, optional, tag = "10")]
    pub tag: Option<u32>,
    #[prost(bool, tag = "11")]
    pub prevent_deletion: bool,
    /// JSON.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}

/// Column `templates.config`.
#[derive(Message)]
pub(super) struct TemplateConfig {
    #[prost(string, tag = "1")]
    pub q_format: String,
    #[prost(string, tag = "2")]
    pub a_format: String,
    #[prost(string, tag = "3")]
    pub q_format_browser: String,
    #[prost(string, tag = "4")]
    pub a_format_browser: String,
    #[prost(int64, tag = "5")]
    pub target_deck: i64,
    #[prost(string, tag = "6")]
    pub browser_font_name: String,
    #[prost(uint32, tag = "7")]
    pub browser_font_size: u32,
    #[prost(int64, optional, tag = "8")]
    pub id: Option<i64>,
    /// JSON.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
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
