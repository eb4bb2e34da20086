//! Numbers and values out of bytes that may be anything.

use rusqlite::types::Value;

pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// SQLite's number of one to nine bytes at `at`, and where it ends.
pub(super) fn varint(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut value = 0u64;
    for n in 0..9 {
        let byte = *bytes.get(at + n)?;
        if n == 8 {
            return Some((value << 8 | u64::from(byte), at + 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, at + n + 1));
        }
    }
    None
}

/// Most columns that a table of any version has.
const MOST_COLUMNS: usize = 64;

/// The values of a record. `None` where the bytes are no record, or hold text that is no UTF-8.
pub(super) fn record(bytes: &[u8]) -> Option<Vec<Value>> {
    let (head, mut at) = varint(bytes, 0)?;
    let head = usize::try_from(head).ok().filter(|head| *head <= bytes.len())?;
    let (mut body, mut values) = (head, Vec::new());
    while at < head {
        let (kind, next) = varint(bytes, at)?;
        at = next;
        let length = length(kind)?;
        let end = body.checked_add(length)?;
        values.push(value(kind, bytes.get(body..end)?)?);
        body = end;
        if values.len() > MOST_COLUMNS {
            return None;
        }
    }
    // A record that was cut out of something else seldom ends where it says.
    (at == head && body == bytes.len()).then_some(values)
}

/// How many bytes a value of a serial type takes.
fn length(kind: u64) -> Option<usize> {
    match kind {
        0 | 8 | 9 => Some(0),
        1..=4 => usize::try_from(kind).ok(),
        5 => Some(6),
        6 | 7 => Some(8),
        10 | 11 => None,
        kind => usize::try_from((kind - 12) / 2).ok(),
    }
}

fn value(kind: u64, bytes: &[u8]) -> Option<Value> {
    Some(match kind {
        0 => Value::Null,
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        1..=6 => {
            let negative = bytes.first()? & 0x80 != 0;
            let start = if negative { -1 } else { 0 };
            Value::Integer(bytes.iter().fold(start, |n: i64, byte| n << 8 | i64::from(*byte)))
        }
        7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        kind if kind % 2 == 0 => Value::Blob(bytes.to_owned()),
        _ => Value::Text(String::from_utf8(bytes.to_owned()).ok()?),
    })
}
