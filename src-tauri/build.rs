//! Tells Tauri about this crate.

fn main() {
    tauri_build::build();
}
