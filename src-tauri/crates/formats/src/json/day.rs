//! Days as the document shows them.

use std::borrow::Cow;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day as `2026-11-21`. Most of a document are days: those that are written are not on the heap.
pub(super) enum Day<'a> {
    Digits([u8; 10]),
    Text(Cow<'a, str>),
}

impl Deref for Day<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Digits(digits) => str::from_utf8(digits).unwrap_or_default(),
            Self::Text(text) => text,
        }
    }
}

impl Serialize for Day<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Day<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Lent<'a>(#[serde(borrow)] Cow<'a, str>);
        Ok(Self::Text(Lent::deserialize(from)?.0))
    }
}
