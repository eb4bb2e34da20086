//! Ctrl-C during long work: it is called off, and nothing is left of it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use rstest::rstest;

use crate::support::*;

/// As shells have it.
const INTERRUPTED: i32 = 130;

/// A collection that takes a while, and an empty folder for temporary files.
fn large() -> Home {
    let home = Home::with(&basics(20_000, "with some words"));
    fs::create_dir(home.path("tmp")).unwrap();
    home
}

/// The binary with its signals as a terminal has them, however the tests were started.
fn started(home: &Home, args: &[&str]) -> Child {
    let command = home.command(NOW, args);
    let mut fresh = match cfg!(target_os = "linux") {
        true => Command::new("env"),
        false => Command::new(command.get_program()),
    };
    if cfg!(target_os = "linux") {
        fresh.arg("--default-signal").arg(command.get_program());
    }
    fresh.args(command.get_args()).env_remove("CAIRN_COLLECTION");
    fresh.env("TMPDIR", home.path("tmp")).stdin(Stdio::null());
    fresh.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.unwrap().success(), "the signal was sent");
}

/// What a command says that gets a signal as soon as it is at work.
fn interrupted(home: &Home, args: &[&str], signal: &str, at_work: impl Fn(&Child) -> bool) -> Said {
    let mut child = started(home, args);
    while !at_work(&child) {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it was at work");
        thread::yield_now();
    }
    send(&child, signal);
    Said::of(child.wait_with_output().unwrap())
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[rstest]
#[case("json", "-INT")]
#[case("json", "-TERM")]
#[case("apkg", "-INT")]
#[case("csv", "-INT")]
fn an_export_leaves_nothing(#[case] format: &str, #[case] signal: &str) {
    let home = large();
    fs::create_dir(home.path("out")).unwrap();
    let out = home.path("out").join("decks");
    let command = ["export", "--format", format, "--out", text(&out)];
    let begun = |_: &Child| !is_empty(&home.path("out"));
    interrupted(&home, &command, signal, begun)
        .fails(INTERRUPTED, &["the export was called off. Nothing was written."]);
    assert!(is_empty(&home.path("out")), "what was begun is removed");
    assert!(is_empty(&home.path("tmp")), "what was laid aside is removed");
}

/// Only Linux tells of others what they listen to.
#[cfg(target_os = "linux")]
fn listens(child: &Child) -> bool {
    const SIGINT: u64 = 1 << 1;
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & SIGINT != 0
}

#[cfg(target_os = "linux")]
#[rstest]
#[case::check(&["check"], "this was called off. Nothing was changed.")]
#[case::repair(&["check", "--repair"], "this was called off. Nothing was changed.")]
#[case::salvage(&["salvage"], "this was called off. Nothing was changed.")]
#[case::export(&["export", "--format", "md", "--out", "new.md"], "the export was called off. Nothing was written.")]
#[case::import(&["import", "deck.md"], "the import was called off. Nothing was changed.")]
#[case::dry_run(&["import", "deck.md", "--dry-run"], "the import was called off. Nothing was changed.")]
fn work_on_a_collection_leaves_all_as_it_was(#[case] args: &[&str], #[case] says: &str) {
    let home = large();
    home.write("deck.md", basics(20_000, "with other words"));
    let files = ["deck.md", "new.md"].map(|name| home.path(name));
    let place = |arg: &&str| files.iter().find(|file| file.ends_with(arg));
    let args: Vec<&str> =
        args.iter().map(|arg| place(arg).map_or(*arg, |file| text(file))).collect();
    let before = home.files();
    interrupted(&home, &args, "-INT", listens).fails(INTERRUPTED, &[says]);
    assert_eq!(home.files(), before, "nothing was changed, and nothing is beside it");
}

#[cfg(target_os = "linux")]
#[test]
fn programs_are_told_that_it_was_called_off() {
    let home = large();
    let said = interrupted(&home, &["check", "--json"], "-INT", listens);
    assert_eq!(said.json()["code"], "cancelled");
}

/// The work waits for a file that nobody writes, and looks at no watch.
#[cfg(target_os = "linux")]
#[test]
fn a_second_one_ends_what_does_not_listen() {
    let home = Home::empty();
    let pipe = home.path("deck.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = started(&home, &["import", text(&pipe)]);
    while !listens(&child) {
        assert_eq!(child.try_wait().unwrap(), None, "it waits for the file");
    }
    while child.try_wait().unwrap().is_none() {
        send(&child, "-INT");
    }
    assert_eq!(Said::of(child.wait_with_output().unwrap()).code, INTERRUPTED);
}
