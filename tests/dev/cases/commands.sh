# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # machine.sh sets what a case reads, and reads what it sets
# Cases of `dev`: the steps of the tests, and the other commands.

# --- Tests, and the tools only they need ---

case_test_runs_every_step_in_order() {
  dev test
  ends_with 0
  installs_nothing
  order "cargo fmt --all --check" "npm ci"
  order "npm ci" "npm run check"
  order "npm run check" "npm test"
  order "npm test" "npm run build"
  order "npm run build" "cargo clippy --workspace --all-targets --locked -- -D warnings"
  order "cargo clippy" "cargo build --locked --workspace --bins --tests"
  order "cargo build" "Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp"
  order "dbus-run-session --" "cargo nextest run --locked --workspace"
  order "cargo nextest" "cargo test --doc --locked --workspace --exclude cairn"
  says "stub of the tests of dev"
  calls "with DISPLAY=:7 APP=$repo/target/debug/cairn CLI=$repo/target/debug/cairn-cli DRIVER=$bin/tauri-driver SCREENS=$repo/target/screens"
  says "dev: test: all passed in"
  [[ -d $repo/target/screens ]] || wrong "the folder of screens should exist"
  calls "Xvfb ended"
  [[ -z $(ls -A "$machine/tmp") ]] || wrong "no temporary file should be left: $(ls -A "$machine/tmp")"
}

case_a_failing_step_stops_with_its_name_and_code() {
  pretend cargo-fails-on clippy
  dev test
  ends_with 101
  says "dev: lint (clippy): FAILED"
  says "exit code 101"
  never_calls "^cargo build"
}

case_a_small_disk_is_named_before_a_first_build() {
  pretend free-kb 5999999
  dev test
  ends_with 0
  says "5999 MB are free on the disk of $repo/target; \`./dev test\` takes up to 6000 MB there the first time"
}

case_a_small_disk_that_holds_a_build_is_not_named() {
  pretend free-kb 5999999
  mkdir -p "$repo/target/debug"
  dev test
  ends_with 0
  does_not_say "MB are free"
}

case_a_full_disk_is_named_where_a_step_fails() {
  pretend free-kb 999
  mkdir -p "$repo/target/debug"
  pretend cargo-fails-on nextest
  dev test
  ends_with 101
  says "the disk of $repo/target is full (0 MB are free)"
}

case_a_full_disk_is_named_where_the_program_cannot_be_built() {
  pretend free-kb 999
  mkdir -p "$repo/target/debug"
  pretend cargo-fails-on build
  dev run
  ends_with 101
  says "is full (0 MB are free)"
}

case_a_system_without_df_says_nothing() {
  lacks df
  pretend cargo-fails-on clippy
  dev test
  ends_with 101
  does_not_say "MB are free"
}

case_a_failing_ui_step_stops() {
  pretend npm-fails 1
  dev test ui
  ends_with 1
  says "ui: packages (npm ci): FAILED"
  never_calls "^npm run"
}

case_failing_tests_end_xvfb() {
  pretend cargo-fails-on nextest
  dev test window
  ends_with 101
  calls "Xvfb ended"
}

case_xvfb_failing_is_explained() {
  pretend xvfb-fails 1
  dev test window
  ends_with 1
  says "Fatal server error"
  says "did not start"
}

case_test_installs_the_missing_test_tools() {
  lacks_debs webkit2gtk-driver xvfb dbus
  lacks tauri-driver
  pretend nextest ''
  dev test
  ends_with 0
  calls "$install webkit2gtk-driver xvfb dbus"
  calls_like "^cargo install cargo-nextest --locked --version =0.9.143 --root $repo/.tools/cargo"
  calls_like "^cargo install tauri-driver --locked --version =2.1.0 --root $repo/.tools/cargo"
  calls_like "DRIVER=$repo/.tools/cargo/bin/tauri-driver"
}

case_test_rust_needs_no_window() {
  lacks_debs xvfb
  lacks tauri-driver
  dev test rust
  ends_with 0
  installs_nothing
  calls "cargo nextest run --locked --workspace"
  never_calls "^Xvfb"
}

case_test_ui_needs_no_rust() {
  lacks cargo rustup
  lacks_debs libwebkit2gtk-4.1-dev
  dev test ui
  ends_with 0
  installs_nothing
  calls "npm run check"
}

case_a_newer_clippy_fails_nothing() {
  pretend cargo-version 1.99.0
  dev lint
  ends_with 0
  says "warnings will not fail the tests"
  calls "cargo clippy --workspace --all-targets --locked --"
}

case_ci_runs_the_tests() {
  run_on_machine "$repo/.ci/run"
  ends_with 0
  says "dev: test: all passed in"
}

# --- The rest ---

case_doctor_on_a_bare_machine_changes_nothing() {
  printf 'dpkg\nca-certificates\n' >"$STATE/debs"
  lacks cargo rustup node npm curl tauri-driver WebKitWebDriver Xvfb
  local before
  before=$(find "$repo" "$home" | sort)
  dev doctor
  ends_with 1
  says "libwebkit2gtk-4.1-dev"
  says "nodejs npm"
  says "Rust 1.95.0"
  says "Node 24.21.0"
  says "cargo-nextest 0.9.143"
  says "tauri-driver 2.1.0"
  [[ ! -s $STATE/calls ]] || wrong "doctor should call nothing: $(<"$STATE/calls")"
  [[ $(find "$repo" "$home" | sort) == "$before" ]] || wrong "doctor should leave the files as they are"
}

case_doctor_with_everything_is_content() {
  dev doctor
  ends_with 0
  says "nothing is missing"
  [[ ! -s $STATE/calls ]] || wrong "doctor should call nothing"
}

case_doctor_on_macos_says_what_to_install() {
  other_system
  pretend system Darwin
  dev doctor
  ends_with 1
  says "xcode-select --install"
}

case_an_unknown_command_shows_the_usage() {
  dev frobnicate
  ends_with 2
  says "unknown command: frobnicate"
  says "usage: ./dev"
}

case_an_unknown_part_of_the_tests_shows_the_usage() {
  dev test everything
  ends_with 2
  says "unknown part"
}

case_help_is_the_default() {
  dev
  ends_with 0
  says "usage: ./dev"
}

case_a_closed_stdin_works() {
  pretend uid 1000
  lacks_debs file
  # shellcheck disable=SC2016 # for the shell inside
  run_on_machine bash -c 'exec "$0" run 0<&-' "$repo/dev"
  ends_with 0
  calls "$install file (by sudo)"
  calls_like "^cairn-release"
}

case_it_runs_from_any_folder_and_leaves_paths_in_arguments_meaningful() {
  mkdir -p "$machine/some where"
  # shellcheck disable=SC2016
  run_on_machine bash -c 'cd "some where" && "../a clone/dev" run --file x'
  ends_with 0
  calls "cairn-release --file x"
  says "in $machine/some where"
}

case_bench_builds_the_program_only_for_the_window() {
  dev bench --cards 10
  ends_with 0
  calls "cargo run --release --quiet -p cairn-bench -- --cards 10"
  order "cargo build --release --locked -p cairn-cli" "cairn-bench -- --cards 10"
  never_calls "^cargo build --release --locked -p cairn -p"
  dev bench --window
  order "cargo build --release --locked -p cairn" "cairn-bench -- --window"
}

case_bundle_says_what_it_needs() {
  dev bundle
  ends_with 1
  says "@tauri-apps/cli"
}
