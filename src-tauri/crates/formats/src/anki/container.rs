//! The zip archive around a package: which generation it is, and its members under caps.

use std::io::{BufReader, Read, Seek, Write};

use prost::Message;
use zip::ZipArchive;

use super::progress::{Progress, Stretch};
use super::{Error, caps, proto};

/// Bytes copied between two looks at the watcher.
const CHUNK: usize = 256 * 1024;

/// Which generation of packages it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// `collection.anki2` alone.
    Legacy1,
    /// `collection.anki21` beside a dummy.
    Legacy2,
    /// `collection.anki21b`, behind zstd.
    Latest,
}

impl Generation {
    /// The member with the real database.
    fn database(self) -> &'static str {
        match self {
            Self::Legacy1 => "collection.anki2",
            Self::Legacy2 => "collection.anki21",
            Self::Latest => "collection.anki21b",
        }
    }
}

/// An opened package.
pub(super) struct Container<R> {
    zip: ZipArchive<R>,
    pub generation: Generation,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<R: Read + Seek> Container<R> {
    /// Opens it, checks names, sizes and number of its members and finds its generation.
    pub fn open(file: R) -> Result<Self, Error> {
        let mut zip = ZipArchive::new(file).map_err(|e| Error::NotAPackage(e.to_string()))?;
        if zip.len() > caps::ENTRIES {
            return Err(Error::too_much("the number of files", caps::ENTRIES));
        }
        for name in zip.file_names_raw() {
            if !is_safe_member(name) {
                return Err(Error::UnsafeName(String::from_utf8_lossy(name).into_owned()));
            }
        }
        if zip.decompressed_size().is_some_and(|size| size > u128::from(caps::TOTAL_BYTES)) {
            return Err(too_big("the package"));
        }
        if zip.has_overlapping_files().map_err(|e| Error::NotAPackage(e.to_string()))? {
            return Err(Error::damaged("the archive", "its files lie over one another"));
        }
        let mut container = Self { zip, generation: Generation::Legacy1, unpacked: 0 };
        container.generation = container.find_generation()?;
        if !container.has(container.generation.database()) {
            return Err(Error::NoCollection);
        }
        Ok(container)
    }

    fn find_generation(&mut self) -> Result<Generation, Error> {
        if self.has("meta") {
            let mut bytes = Vec::new();
            self.copy("meta", false, 1 << 16, &mut bytes, &mut |_| Ok(()))?;
            let meta = proto::Meta::decode(bytes.as_slice())
                .map_err(|e| Error::damaged("the description (meta)", e))?;
            return match meta.version {
                1 => Ok(Generation::Legacy1),
                2 => Ok(Generation::Legacy2),
                3 => Ok(Generation::Latest),
                other => Err(Error::TooNew(other.into())),
            };
        }
        // Without `meta`, as in old files.
        if self.has(Generation::Latest.database()) {
            return Ok(Generation::Latest);
        }
        let newer = self.has(Generation::Legacy2.database());
        Ok(if newer { Generation::Legacy2 } else { Generation::Legacy1 })
    }

    /// Whether there is a member of that name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Writes the database, unpacked, to `to`.
    pub fn database(
        &mut self,
        to: &mut impl Write,
        progress: &mut Progress<'_>,
    ) -> Result<(), Error> {
        let name = self.generation.database();
        let zstd = self.generation == Generation::Latest;
        let size = self.zip.by_name(name).map_or(0, |member| member.size());
        let expected = if zstd { size.saturating_mul(4) } else { size };
        self.copy(name, zstd, caps::MEMBER_BYTES, to, &mut |done| {
            progress.at(super::progress::UNPACK, done, expected)
        })
    }

    /// The list of media as it stands in the package, unpacked; `None` where there is none.
    pub fn media_list(&mut self) -> Result<Option<Vec<u8>>, Error> {
        if !self.has("media") {
            return Ok(None);
        }
        let zstd = self.generation == Generation::Latest;
        let mut bytes = Vec::new();
        self.copy("media", zstd, caps::LIST_BYTES, &mut bytes, &mut |_| Ok(()))?;
        Ok(Some(bytes))
    }

    /// Writes one media file to `to`; `place` says how far the whole is.
    pub fn media(
        &mut self,
        member: &str,
        to: &mut impl Write,
        place: (Stretch, u64, u64),
        progress: &mut Progress<'_>,
    ) -> Result<(), Error> {
        let zstd = self.generation == Generation::Latest;
        let (stretch, done, of) = place;
        self.copy(member, zstd, caps::MEDIA_BYTES, to, &mut |_| progress.at(stretch, done, of))
    }

    /// Copies a member; sizes that the archive states are not believed.
    fn copy(
        &mut self,
        name: &str,
        zstd: bool,
        cap: u64,
        to: &mut impl Write,
        told: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let damaged =
            |e: &dyn ToString| Error::damaged(&format!("the member {name}"), e.to_string());
        let member = self.zip.by_name(name).map_err(|e| damaged(&e))?;
        let packed = member.compressed_size();
        let mut from: Box<dyn Read + '_> = if zstd {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(BufReader::new(member))
                .map_err(|e| damaged(&e))?;
            decoder.window_log_max(caps::ZSTD_WINDOW_LOG).map_err(|e| damaged(&e))?;
            Box::new(decoder)
        } else {
            Box::new(member)
        };
        let mut chunk = vec![0; CHUNK];
        let mut done = 0u64;
        loop {
            told(done)?;
            let count = from.read(&mut chunk).map_err(|e| damaged(&e))?;
            if count == 0 {
                return Ok(());
            }
            done += count as u64;
            self.unpacked += count as u64;
            let ratio_cap = caps::RATIO_FREE_BYTES.max(packed.saturating_mul(caps::RATIO));
            if done > cap.min(ratio_cap) || self.unpacked > caps::TOTAL_BYTES {
                return Err(too_big(name));
            }
            to.write_all(&chunk[..count]).map_err(Error::io("unpack the package"))?;
        }
    }
}

fn too_big(what: &str) -> Error {
    Error::too_much(
        format!("the unpacked size of {what}"),
        format!(
            "{} bytes in all, {} a file, {} times the packed size",
            caps::TOTAL_BYTES,
            caps::MEMBER_BYTES,
            caps::RATIO
        ),
    )
}

/// Whether a member's name stays in its folder. Anki itself writes none with a folder.
fn is_safe_member(name: &[u8]) -> bool {
    let drive = name.get(1) == Some(&b':');
    let rooted = matches!(name.first(), Some(b'/' | b'\\'));
    let climbs = name.split(|b| matches!(b, b'/' | b'\\')).any(|part| part == b"..");
    !drive && !rooted && !climbs && !name.contains(&0)
}
