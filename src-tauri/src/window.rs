//! The one window.

use tauri::{
    App, AppHandle, DragDropEvent, Manager, Url, WebviewUrl, WebviewWindowBuilder, Window,
    WindowEvent,
};

use crate::{importing, report};

/// Name of the window, in capabilities too.
pub const MAIN: &str = "main";

/// What must be in the environment before the web view starts.
pub fn prepare_environment() {
    // On some graphics cards WebKitGTK's DMABUF renderer shows white windows.
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: first thing in `main`, before any other thread exists that could read it.
        #[allow(unsafe_code)]
        unsafe {
            std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
}

/// Size of the window when there is room, in logical pixels.
const ROOMY: (f64, f64) = (1240.0, 860.0);
/// Smallest size: 320 pixels of page at 100 %.
const LEAST: (f64, f64) = (360.0, 480.0);
/// Part of the screen that is left to the system's bars and frames.
const SPARED: (f64, f64) = (24.0, 96.0);

/// Opens the window. On a small screen, or without a window manager, this size has to be right;
/// elsewhere the last one is restored.
pub fn open(app: &App) -> tauri::Result<()> {
    let (width, height) = that_fits(app.handle(), ROOMY);
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .on_navigation(is_own_page)
        .title("Cairn")
        .inner_size(width, height)
        .min_inner_size(LEAST.0, LEAST.1)
        .build()?;
    Ok(())
}

/// This size in logical pixels, or as much of it as the screen has room for.
pub fn that_fits(app: &AppHandle, (width, height): (f64, f64)) -> (f64, f64) {
    let Ok(Some(monitor)) = app.primary_monitor() else { return (width, height) };
    let screen = monitor.size().to_logical::<f64>(monitor.scale_factor());
    (
        width.min(screen.width - SPARED.0).max(LEAST.0),
        height.min(screen.height - SPARED.1).max(LEAST.1),
    )
}

/// Files that are dropped on the window are offered for import. When it goes, so does the report.
pub fn on_event(window: &Window, event: &WindowEvent) {
    if window.label() != MAIN {
        return;
    }
    if matches!(event, WindowEvent::Destroyed) {
        report::close(window.app_handle());
    }
    if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
        let app = window.app_handle();
        importing::of(app).offer(app, paths.iter().cloned());
    }
}

/// Whether the window may go there: to its own page and nowhere else.
fn is_own_page(url: &Url) -> bool {
    let development = cfg!(debug_assertions) && url.port() == Some(5173);
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => development,
        ("about", _) => true,
        _ => false,
    }
}

/// Shows the window that is already there, when the program is started a second time.
pub fn bring_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = result {
            tracing::warn!(%error, "bring the window to the front");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_to_its_own_page_and_nowhere_else() {
        let may = |url: &str| is_own_page(&Url::parse(url).unwrap());
        assert!(may("tauri://localhost/") && may("http://tauri.localhost/index.html"));
        for url in [
            "https://example.org/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:x",
        ] {
            assert!(!may(url), "{url}");
        }
    }
}
