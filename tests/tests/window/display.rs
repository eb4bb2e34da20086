//! The X server: pictures of the window, keys that are held, the button that closes the window.

use std::path::Path;

use rustix::process::Pid;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, InputFocus,
    KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

pub struct Display {
    conn: RustConnection,
    root: Window,
    window: Window,
}

impl Display {
    /// The window of a process.
    pub fn of(process: Pid) -> Self {
        let (conn, screen) = x11rb::connect(None).expect("DISPLAY names an X server");
        let root = conn.setup().roots[screen].root;
        let mut display = Self { conn, root, window: 0 };
        let pid = u32::try_from(process.as_raw_nonzero().get()).expect("a process");
        let found = crate::driver::poll(|| display.window_of(pid));
        display.window = found.expect("the program has a window");
        display
    }

    /// The other window of the same process.
    pub fn other(&self, process: Pid) -> Self {
        let mut other = Self::of(process);
        let pid = u32::try_from(process.as_raw_nonzero().get()).expect("a process");
        let found = crate::driver::poll(|| {
            other.windows_of(pid).into_iter().find(|window| *window != self.window)
        });
        other.window = found.expect("the program has another window");
        other
    }

    fn atom(&self, name: &str) -> u32 {
        self.conn.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn window_of(&self, pid: u32) -> Option<Window> {
        self.windows_of(pid).into_iter().next()
    }

    /// The windows of a process that are shown.
    fn windows_of(&self, pid: u32) -> Vec<Window> {
        let owner = self.atom("_NET_WM_PID");
        let tree = self.conn.query_tree(self.root).ok().and_then(|tree| tree.reply().ok());
        let windows = tree.map(|tree| tree.children).unwrap_or_default();
        let shown = |&window: &Window| {
            let shown = self.conn.get_window_attributes(window).ok().and_then(|a| a.reply().ok());
            let held = self.conn.get_property(false, window, owner, AtomEnum::CARDINAL, 0, 1);
            let held = held.ok().and_then(|property| property.reply().ok());
            shown.is_some_and(|shown| shown.map_state == MapState::VIEWABLE)
                && held.and_then(|held| held.value32()?.next()) == Some(pid)
        };
        windows.into_iter().filter(shown).collect()
    }

    /// Writes what the window shows as a PNG, once two looks at it see the same. `between` lets the
    /// page draw: it is another process that brings its drawing to the screen, a moment later.
    pub fn picture(&self, file: &Path, between: impl Fn()) {
        let area = self.conn.get_geometry(self.window).unwrap().reply().unwrap();
        let mut seen = Vec::new();
        let image = crate::driver::poll(|| {
            between();
            let now = self.pixels(area.width, area.height);
            let same = now == seen;
            seen = now;
            same.then(|| seen.clone())
        });
        let image = image.expect("the window comes to rest");
        let rgb: Vec<u8> = image.chunks(4).flat_map(|p| [p[2], p[1], p[0]]).collect();
        let file = std::fs::File::create(file).expect("the picture can be written");
        let mut png = png::Encoder::new(file, area.width.into(), area.height.into());
        png.set_color(png::ColorType::Rgb);
        let mut writer = png.write_header().expect("a PNG begins");
        writer.write_image_data(&rgb).expect("a PNG ends");
    }

    /// Blue, green, red and nothing, for every pixel.
    fn pixels(&self, width: u16, height: u16) -> Vec<u8> {
        let all = ImageFormat::Z_PIXMAP;
        let image = self.conn.get_image(all, self.window, 0, 0, width, height, !0).unwrap();
        image.reply().expect("the window can be read").data
    }

    /// Asks the window to close, as the cross in its title bar does.
    pub fn close_window(&self) {
        let data = [self.atom("WM_DELETE_WINDOW"), 0, 0, 0, 0];
        let message = ClientMessageEvent::new(32, self.window, self.atom("WM_PROTOCOLS"), data);
        self.conn.send_event(false, self.window, EventMask::NO_EVENT, message).unwrap();
        self.conn.sync().unwrap();
    }

    /// Holds a key of the keyboard down as long as `until` runs: the X server repeats it.
    pub fn hold<T>(&self, keysym: u32, until: impl FnOnce() -> T) -> T {
        let code = self.keycode(keysym);
        self.conn.set_input_focus(InputFocus::PARENT, self.window, x11rb::CURRENT_TIME).unwrap();
        let fake = |kind: u8| {
            self.conn
                .xtest_fake_input(kind, code, x11rb::CURRENT_TIME, self.root, 0, 0, 0)
                .unwrap();
            self.conn.sync().unwrap();
        };
        fake(KEY_PRESS_EVENT);
        let given = until();
        fake(KEY_RELEASE_EVENT);
        given
    }

    fn keycode(&self, keysym: u32) -> u8 {
        let (low, high) = (self.conn.setup().min_keycode, self.conn.setup().max_keycode);
        let map = self.conn.get_keyboard_mapping(low, high - low + 1).unwrap().reply().unwrap();
        let mut keys = map.keysyms.chunks(map.keysyms_per_keycode.into());
        let at = keys.position(|syms| syms.first() == Some(&keysym)).expect("the key is there");
        low + u8::try_from(at).expect("a key code")
    }
}
