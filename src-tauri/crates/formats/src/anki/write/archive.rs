//! The archive around a package: which generation it is, its collection, its media.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use cairn_core::package::{Package, PackageMedia};
use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::WriteError;
use super::names::Names;
use super::progress::{MEDIA, PACK, Progress};

/// Bytes copied between two looks at the watcher.
const CHUNK: usize = 256 * 1024;
/// From this size on, an archive must be told beforehand, in bytes.
const LARGE: u64 = u32::MAX as u64;
/// Says that the collection is `collection.anki21`: version 2 of Anki's message `PackageMetadata`.
const META: [u8; 2] = [0x08, 0x02];

/// Writes the archive; gives how many files went along, and tells of those that could not.
pub(super) fn write(
    out: impl Write + Seek,
    collection: &mut File,
    (package, names): (&Package, &Names),
    find: &dyn Fn(&PackageMedia) -> Option<PathBuf>,
    remarks: &mut Vec<String>,
    progress: &mut Progress<'_>,
) -> Result<usize, WriteError> {
    let draft = || WriteError::io("read the draft of the package");
    let mut zip = ZipWriter::new(OnceFull { out, is_full: false });
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = stored.compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    zip.start_file("meta", stored)?;
    zip.write_all(&META).map_err(WriteError::io("write the package"))?;
    let size = collection.metadata().map_err(draft())?.len();
    zip.start_file("collection.anki21", packed.large_file(size > LARGE))?;
    copy(collection, &mut zip, "read the draft of the package", &mut |done| {
        progress.at(PACK, done, size)
    })?;
    let mut list = Map::new();
    let total = package.media.iter().map(|file| file.size).sum::<u64>();
    let mut sum = 0;
    for media in &package.media {
        progress.at(MEDIA, sum, total)?;
        let opened = find(media).and_then(|path| File::open(path).ok());
        let Some(mut file) = opened else {
            remarks.push(format!(
                "The file {} is missing and was left out; its notes go without it. Run the check of the collection.",
                media.name
            ));
            continue;
        };
        let member = list.len().to_string();
        zip.start_file(&member, stored.large_file(media.size > LARGE))?;
        let what = format!("read the file {}", media.name);
        copy(&mut file, &mut zip, &what, &mut |done| progress.at(MEDIA, sum + done, total))?;
        sum += media.size;
        list.insert(member, names.of(&media.name).name.into());
    }
    zip.start_file("media", packed)?;
    let count = list.len();
    zip.write_all(Value::Object(list).to_string().as_bytes())
        .map_err(WriteError::io("write the package"))?;
    zip.finish()?.flush().map_err(WriteError::io("write the package"))?;
    progress.at(MEDIA, 1, 1)?;
    Ok(count)
}

/// A file that is not written to once that has failed. The archive writes its end also when it is
/// dropped, and would say on stderr what the caller knows already.
struct OnceFull<W> {
    out: W,
    is_full: bool,
}

impl<W: Write> Write for OnceFull<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_full {
            return Ok(bytes.len());
        }
        let done = self.out.write(bytes);
        self.is_full = done.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        done
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_full { Ok(()) } else { self.out.flush() }
    }
}

impl<W: Seek> Seek for OnceFull<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}

fn copy(
    from: &mut File,
    to: &mut impl Write,
    what: &str,
    told: &mut dyn FnMut(u64) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut chunk = vec![0; CHUNK];
    let mut done = 0;
    loop {
        told(done)?;
        let count = match from.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(WriteError::io(what)(error)),
        };
        to.write_all(&chunk[..count]).map_err(WriteError::io("write the package"))?;
        done += count as u64;
    }
}
