//! The bench runs from one end to the other. No figure is judged: a test is no place for a clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const WORKLOADS: [&str; 15] = [
    "open",
    "answer",
    "checkpoint",
    "undo",
    "import",
    "rebuild",
    "export-csv",
    "export-json",
    "backup",
    "check",
    "while-csv",
    "while-json",
    "while-apkg",
    "while-backup",
    "while-check",
];
/// With the command line at hand, which `cargo test -p cairn-bench` alone does not build.
const OF_FILES: [&str; 2] = ["import-csv", "import-csv-mem"];

#[test]
fn a_quick_run_measures_every_workload_beside_its_floor() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("bench.json");
    let run = Command::new(env!("CARGO_BIN_EXE_cairn-bench"))
        .args(["--quick", "--out"])
        .arg(&out)
        .env("CARGO_TARGET_DIR", folder.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let report: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    let found = report["workloads"].as_array().unwrap();
    let names: Vec<&str> = found.iter().filter_map(|one| one["name"].as_str()).collect();
    let cli = Path::new(env!("CARGO_BIN_EXE_cairn-bench"))
        .with_file_name(format!("cairn-cli{}", std::env::consts::EXE_SUFFIX));
    let has_cli = std::env::var_os("CAIRN_CLI").map_or(cli, Into::into).is_file();
    let of_files: &[&str] = if has_cli { &OF_FILES } else { &[] };
    assert_eq!(names, [&WORKLOADS, of_files].concat(), "every workload is in the JSON, in order");
    for one in found.iter().filter(|one| one["unit"] == "ms") {
        // What is done while something else runs has a longest time, and no floor.
        let has_floor = !one["name"].as_str().unwrap().starts_with("while-");
        for figure in
            [Some(&one["subject"]), has_floor.then(|| &one["floor"])].into_iter().flatten()
        {
            for value in ["median", "p99", "n"] {
                assert!(figure[value].as_f64().unwrap() > 0.0, "{value} of {}: {one}", one["name"]);
            }
        }
    }
    assert!(report["machine"]["cores"].as_u64().unwrap() > 0, "the machine is named");
}
