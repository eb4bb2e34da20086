//! Builds the shim of the power-cut tests (shim/shim.c) with the C compiler that SQLite needs too.
//! It knows Linux with glibc, on x86-64 and ARM64; elsewhere `cfg(power_cuts)` is not set and those
//! tests are left out.

#![allow(clippy::panic, clippy::expect_used)]

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=shim");
    println!("cargo::rerun-if-env-changed=CC");
    println!("cargo::rustc-check-cfg=cfg(power_cuts)");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    let known = ["x86_64", "aarch64"].contains(&target("ARCH").as_str());
    if target("OS") != "linux" || target("ENV") != "gnu" || !known {
        return;
    }
    println!("cargo::rustc-cfg=power_cuts");
    let out = env::var("OUT_DIR").expect("cargo names a folder");
    let library = Path::new(&out).join("cairn_shim.so");
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".into());
    let built = Command::new(&compiler)
        .args([
            "-std=gnu11",
            "-O1",
            "-g",
            "-Wall",
            "-Wextra",
            "-shared",
            "-fPIC",
            "shim/shim.c",
            "-o",
        ])
        .arg(&library)
        .arg("-lpthread")
        .status();
    match built {
        Ok(status) if status.success() => {}
        other => panic!("{compiler} must build tests/shim/shim.c: {other:?}"),
    }
    println!("cargo::rustc-env=CAIRN_SHIM={}", library.display());
}
