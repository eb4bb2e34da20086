//! The progress report in a window of its own, to be read and printed.
//!
//! The window shows one HTML document from `cairn-report:`, may run no script, load nothing, go
//! nowhere, and is in no capability; its calls to commands are refused by its label.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager, Runtime, UriSchemeContext, Url, WebviewUrl, WebviewWindowBuilder};

use crate::exporting::{self, Exporting};
use crate::window::that_fits;

/// The scheme of the document.
pub const SCHEME: &str = "cairn-report";
/// Name of the window.
pub const LABEL: &str = "report";
/// Styles and drawings stand in the document itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";
/// About a sheet of paper, in logical pixels.
const SHEET: (f64, f64) = (900.0, 1000.0);

#[cfg(any(windows, target_os = "android"))]
const ADDRESS: &str = "http://cairn-report.localhost/";
#[cfg(not(any(windows, target_os = "android")))]
const ADDRESS: &str = "cairn-report://localhost/";

/// Shows the report that was made last.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let Ok(address) = Url::parse(ADDRESS) else { return Ok(()) };
    if let Some(window) = app.get_webview_window(LABEL) {
        window.navigate(address)?;
        window.unminimize()?;
        return window.set_focus();
    }
    let (width, height) = that_fits(app, SHEET);
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::CustomProtocol(address))
        .on_navigation(|url| is_report(url) || url.scheme() == "about")
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .on_page_load(|window, load| {
            let whole = load.event() == PageLoadEvent::Finished && is_report(load.url());
            if whole
                && exporting::of(window.app_handle()).print_wanted()
                && let Err(error) = window.print()
            {
                tracing::warn!(%error, "open the dialog for printing");
            }
        })
        .inner_size(width, height)
        .build()?;
    Ok(())
}

/// Closes it with the main window, which is the program.
pub fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(%error, "close the report");
    }
}

fn is_report(url: &Url) -> bool {
    Url::parse(ADDRESS).is_ok_and(|own| own.scheme() == url.scheme() && own.host() == url.host())
}

/// Answers the window's one request.
pub fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    _request: Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    let asked_by_report = context.webview_label() == LABEL;
    let exporting = context.app_handle().state::<Exporting>();
    answer(exporting.report().filter(|_| asked_by_report).as_deref())
}

fn answer(report: Option<&Vec<u8>>) -> Response<Vec<u8>> {
    let Some(html) = report else { return missing() };
    Response::builder()
        .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "no-store")
        .body(html.clone())
        .unwrap_or_else(|_| missing())
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
    fn the_report_may_run_and_load_nothing() {
        let html = b"<!doctype html>".to_vec();
        let response = answer(Some(&html));
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"), "{policy}");
        assert!(!policy.contains("http"), "nothing from outside: {policy}");
        assert_eq!(answer(None).status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn its_window_goes_nowhere_else() {
        let is = |url: &str| is_report(&Url::parse(url).unwrap());
        assert!(is(ADDRESS));
        for url in ["https://example.org/", "tauri://localhost/", "file:///etc/passwd"] {
            assert!(!is(url), "{url}");
        }
    }
}
