//! `cairn-media://localhost/<sha256>`: pictures and sounds of cards, and nothing else.
//!
//! A file is found by the hash that a note of the collection (or of a preview) names, never by a path; it is served
//! with the type that was told from its bytes, may not be sniffed, and may not run or load anything.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::importing::Importing;
use crate::shell::Shell;

/// The scheme, which the CSP names too.
pub const SCHEME: &str = "cairn-media";
/// Types that are served; anything else is a download at most.
const TYPES: [&str; 3] = ["image/", "audio/", "video/"];
/// A picture of this type could hold a script.
const REFUSED: &str = "image/svg+xml";

/// Answers one request, off the main thread.
pub fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let shell = context.app_handle().state::<Shell>().inner().clone();
    let importing = context.app_handle().state::<Importing>().inner().clone();
    std::thread::spawn(move || {
        let hash = request.uri().path().trim_start_matches('/');
        let range = request.headers().get(header::RANGE).and_then(|range| range.to_str().ok());
        responder.respond(answer(&shell, &importing, hash, range));
    });
}

fn answer(
    shell: &Shell,
    importing: &Importing,
    hash: &str,
    range: Option<&str>,
) -> Response<Vec<u8>> {
    let kept = || shell.with(|open| Ok(open.media_file(hash))).ok().flatten();
    let kept = || kept().map(|file| (file.path, file.mime));
    let found = importing.media_file(hash).or_else(kept);
    let Some((path, mime)) = found.filter(|(_, mime)| is_served(mime)) else { return missing() };
    let Ok(bytes) = std::fs::read(path) else { return missing() };
    let whole = bytes.len();
    let part = range.and_then(|range| part(range, whole));
    let response = Response::builder()
        .header(header::CONTENT_TYPE, mime)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        // The page and this scheme are two origins; the page hands sounds to its player itself.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CACHE_CONTROL, "private, max-age=31536000, immutable");
    let response = match part {
        Some((first, last)) => response
            .status(StatusCode::PARTIAL_CONTENT)
            .header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{whole}"))
            .body(bytes.get(first..=last).unwrap_or_default().to_vec()),
        None => response.body(bytes),
    };
    response.unwrap_or_else(|_| missing())
}

fn is_served(mime: &str) -> bool {
    mime != REFUSED && TYPES.iter().any(|kind| mime.starts_with(kind))
}

/// First and last byte of a range, `bytes=a-b`, within a file.
fn part(range: &str, whole: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = whole.checked_sub(1)?;
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) => (first, last.min(end)),
        (Ok(first), Err(_)) => (first, end),
        (Err(_), Ok(length)) => (whole.saturating_sub(length), end),
        _ => return None,
    };
    (first <= last).then_some((first, last))
}

fn missing() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_stays_within_the_file() {
        assert_eq!(part("bytes=0-", 10), Some((0, 9)));
        assert_eq!(part("bytes=2-5", 10), Some((2, 5)));
        assert_eq!(part("bytes=2-50", 10), Some((2, 9)));
        assert_eq!(part("bytes=-3", 10), Some((7, 9)));
        for range in ["bytes=10-", "bytes=5-2", "bytes=x", "items=0-1", "bytes=-", ""] {
            assert_eq!(part(range, 10), None, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), None);
    }

    #[test]
    fn only_pictures_and_sounds_are_served() {
        assert!(is_served("image/png") && is_served("audio/mpeg") && is_served("video/webm"));
        assert!(!is_served("image/svg+xml") && !is_served("text/html") && !is_served(""));
    }
}
