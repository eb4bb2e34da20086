# shellcheck shell=bash
# shellcheck disable=SC2154 # `dev` sets root, target and os; tools.sh sets what it found
# What `dev test` runs, step by step. A step that fails ends the script with the step's exit code.

# step NAME COMMAND...: runs it in a subshell, so that a step can set variables and traps of its own.
step() {
  local name=$1 start=$SECONDS code
  shift
  echo "dev: $name ..."
  # Not `"$@" || code=$?`: bash would then ignore `set -e` inside the step.
  set +e
  (
    set -e
    "$@"
  )
  code=$?
  set -e
  if ((code != 0)); then
    echo "dev: $name: FAILED after $((SECONDS - start)) s (exit code $code; its own words are above)" >&2
    tell_full_disk
    exit "$code"
  fi
  echo "dev: $name: ok, $((SECONDS - start)) s"
}

test_all() {
  warn_of_room "$room_to_test" "\`./dev test\`"
  announce_need rust lint nextest shell node "${window_part[@]+"${window_part[@]}"}"
  step "format (cargo fmt)" cargo fmt --all --check
  ui_steps
  step "lint (clippy)" run_clippy
  step "build the program and its tests" build_all
  if has_window_tests; then
    step "tests (nextest, with the window)" in_virtual_session cargo nextest run --locked --workspace
  else
    step "tests (nextest, without the window)" nextest_without_window
  fi
  step "doc tests" cargo test --doc --locked --workspace --exclude cairn
  test_dev
}

test_rust() {
  announce_need rust lint nextest shell
  need_page
  step "format (cargo fmt)" cargo fmt --all --check
  step "lint (clippy)" run_clippy
  step "build the program and its tests" build_all
  step "tests (nextest, without the window)" nextest_without_window
  step "doc tests" cargo test --doc --locked --workspace --exclude cairn
}

test_ui() {
  announce_need node
  ui_steps
}

ui_steps() {
  step "ui: packages (npm ci)" npm_packages
  step "ui: types (svelte-check)" in_ui npm run check
  step "ui: tests (vitest)" in_ui npm test
  step "ui: build" in_ui npm run build
}

test_window() {
  has_window_tests || die "the window tests run on Linux only: there is no WebDriver for the web view of this system"
  announce_need rust nextest shell node window
  step "ui: packages (npm ci)" npm_packages
  step "ui: build" in_ui npm run build
  step "build the program and its tests" build_all
  step "tests of the window" in_virtual_session \
    cargo nextest run --locked --workspace -E "$only_window" "$@"
}

test_dev() { step "tests of this script" bash "$root/tests/dev/run.sh"; }

only_window='package(cairn-tests) and binary(window)'

# nextest refuses a filter with the name of a test binary that is not there.
nextest_without_window() {
  export CAIRN_CLI=$target/debug/cairn-cli
  if [[ -e tests/tests/window.rs || -d tests/tests/window ]]; then
    cargo nextest run --locked --workspace -E "not ($only_window)"
  else
    cargo nextest run --locked --workspace
  fi
}

has_window_tests() { [[ $os != macos && $os != windows ]]; }

window_part=()
if has_window_tests; then window_part=(window); fi

announce_need() {
  local start=$SECONDS
  echo "dev: tools ..."
  # Not a step: what it finds (PATH, the Rust toolchain) must reach the next steps.
  need "$@"
  echo "dev: tools: ok, $((SECONDS - start)) s"
}

# The program and the tests in one go: built by themselves, the program's libraries (all of Tauri)
# get other features than the tests ask for, and would be built and kept twice.
build_all() { cargo build --locked --workspace --bins --tests; }

run_clippy() {
  local strict=(-D warnings)
  # A newer clippy knows lints that this code has never met: they are shown, but fail nothing.
  if [[ ${rust_found%.*} != "${rust_version%.*}" ]]; then
    echo "dev: clippy is of Rust $rust_found, this code is kept clean for $rust_version: warnings will not fail the tests"
    strict=()
  fi
  cargo clippy --workspace --all-targets --locked -- "${strict[@]+"${strict[@]}"}"
}

in_ui() { (cd "$root/ui" && "$@"); }

# Installs what package-lock.json names, unless exactly that is installed already.
npm_packages() {
  local stamp=$root/ui/node_modules/.cairn-lock lock
  lock=$(hash_of "$root/ui/package-lock.json")
  [[ -f $stamp && $(<"$stamp") == "$lock" ]] && return
  in_ui npm ci --no-fund --no-audit
  echo "$lock" >"$stamp"
}

hash_of() {
  local sum
  if has sha256sum; then sum=$(sha256sum <"$1"); else sum=$(shasum -a 256 <"$1"); fi
  echo "${sum%% *}"
}

build_page() {
  npm_packages
  in_ui npm run build
}

# The shell embeds the built page, so even its type check needs one.
need_page() {
  [[ -f $root/ui/dist/index.html ]] && return
  need node
  step "ui: build (the program embeds it)" build_page
}

# in_virtual_session COMMAND...: runs it with a display and a message bus of its own, and with the
# paths that the tests of the window read. Call it as a step: it traps the exit of its shell.
in_virtual_session() {
  local dir xvfb display=
  dir=$(mktemp -d)
  # `-displayfd` lets Xvfb choose a free number, so that two runs never share a display.
  Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp >"$dir/display" 2>"$dir/log" </dev/null &
  xvfb=$!
  # shellcheck disable=SC2064 # these are the values to use
  trap "kill $xvfb 2>/dev/null || true; wait $xvfb 2>/dev/null || true; rm -rf '$dir'" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  local deadline=$((SECONDS + 30))
  while [[ -z $display ]]; do
    if ! kill -0 "$xvfb" 2>/dev/null || ((SECONDS > deadline)); then
      cat "$dir/log" >&2
      echo "dev: Xvfb, the display without a screen, did not start; its words are above" >&2
      return 1
    fi
    sleep 0.1
    read -r display <"$dir/display" || display=
  done
  mkdir -p "$target/screens"
  unset WAYLAND_DISPLAY
  export DISPLAY=:$display GDK_BACKEND=x11
  CAIRN_APP=$target/debug/cairn CAIRN_CLI=$target/debug/cairn-cli \
    TAURI_DRIVER=$(command -v tauri-driver) CAIRN_SCREENS=$target/screens \
    dbus-run-session -- "$@"
}
