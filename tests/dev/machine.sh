# shellcheck shell=bash
# shellcheck disable=SC2016,SC2028,SC2154,SC2034 # the stubs expand their own variables; run.sh shares some
# A make-believe machine for the tests of `dev`: a folder with a copy of the script, a home, and a
# `bin` that is the whole PATH. The commands in it are the real coreutils and stubs of everything
# that installs or builds. The stubs write each call to $STATE/calls and read what to pretend from
# other files of $STATE, which the tests write.

source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
all_debs="dpkg build-essential pkg-config curl ca-certificates file libwebkit2gtk-4.1-dev
  librsvg2-dev libxdo-dev webkit2gtk-driver xvfb dbus nodejs npm"

# new_machine: Debian 12, root, everything installed. Its paths hold a space on purpose.
new_machine() {
  machine=$(mktemp -d "$scratch/machine XXXXXX")
  bin=$machine/bin repo="$machine/a clone" home=$machine/home
  STATE=$machine/state
  mkdir -p "$bin" "$repo/ui" "$repo/tests/dev" "$home" "$STATE" "$machine/tmp"
  cp -R "$source_root/dev" "$source_root/scripts" "$source_root/.ci" "$repo/"
  echo '{}' >"$repo/ui/package-lock.json"
  echo 'echo "stub of the tests of dev"' >"$repo/tests/dev/run.sh"
  : >"$STATE/calls"
  # shellcheck disable=SC2086 # one a line
  printf '%s\n' $all_debs >"$STATE/debs"
  pretend system Linux
  pretend uid 0
  pretend cargo-version 1.95.0
  pretend node-version 20.20.2
  pretend nextest 0.9.140
  local tool
  for tool in bash sh env dirname mkdir mktemp rm cat sed sha256sum sleep touch chmod cp true grep; do
    ln -s "$(command -v "$tool")" "$bin/$tool" 2>/dev/null || true
  done
  # `command -v true` is the builtin; sudo needs the program.
  rm -f "$bin/true" && stub true 'exit 0'
  pretend free-kb 90000000
  for tool in uname id df dpkg-query apt-get sudo curl rustup cargo node npm Xvfb dbus-run-session; do
    stub "$tool" "$("stub_of_${tool//-/_}")"
  done
  stub tauri-driver 'exit 0'
  stub WebKitWebDriver 'exit 0'
}

pretend() { echo "$2" >"$STATE/$1"; }
lacks() { local name; for name; do rm -f "$bin/$name"; done; }
lacks_debs() {
  local name
  for name; do
    grep -vx "$name" "$STATE/debs" >"$STATE/debs.new" || true
    mv "$STATE/debs.new" "$STATE/debs"
  done
}

stub() { stub_at "$bin/$1" "$2"; }
stub_at() {
  printf '#!%s\ncall() { echo "$*" >>"$STATE/calls"; }\n%s\n' "$(command -v bash)" "$2" >"$1"
  chmod +x "$1"
}

# dev ARGS: runs the script on the machine; leaves its exit code in `code`, its words in `output`.
dev() { run_on_machine "$repo/dev" "$@"; }
run_on_machine() {
  code=0
  output=$(cd "$machine" && env -i PATH="$bin" HOME="$home" STATE="$STATE" BIN="$bin" \
    TMPDIR="$machine/tmp" ${display:+DISPLAY="$display"} \
    ${target_dir:+CARGO_TARGET_DIR="$target_dir"} "$@" 2>&1 </dev/null) || code=$?
}

stub_of_uname() { echo 'if [[ ${1:-} == -m ]]; then echo x86_64; else cat "$STATE/system"; fi'; }
stub_of_df() {
  echo 'echo "Filesystem 1024-blocks Used Available Capacity Mounted on"
    echo "a disk 99999999 1 $(cat "$STATE/free-kb") 9% /a place"'
}
stub_of_id() { echo 'cat "$STATE/uid"'; }
stub_of_dpkg_query() {
  echo 'for name; do :; done
    grep -qx "$name" "$STATE/debs" || exit 1
    echo "install ok installed"'
}
stub_of_apt_get() {
  echo 'call "apt-get $*${VIA_SUDO:+ (by sudo)}"
    [[ $(cat "$STATE/uid") == 0 || -n ${VIA_SUDO:-} ]] || { echo "are you root?"; exit 100; }
    if [[ $1 == update ]]; then [[ ! -e $STATE/apt-update-fails ]]; exit; fi
    [[ ! -e $STATE/apt-fails ]] || { echo "E: Unable to fetch"; exit 100; }
    for name; do [[ $name == install || $name == -* ]] || echo "$name" >>"$STATE/debs"; done
    for name in node npm; do
      if [[ " $* " == *" npm "* && -e $STATE/stubs/$name ]]; then cp "$STATE/stubs/$name" "$BIN/$name"; fi
    done; exit 0'
}
stub_of_sudo() {
  echo 'call "sudo $*"
    [[ ! -e $STATE/sudo-refuses ]] || { echo "sudo: a password is required"; exit 1; }
    [[ $1 != -n ]] || shift
    VIA_SUDO=1 exec "$@"'
}
stub_of_curl() {
  # What arrives is the installer of rustup: it brings cargo and rustup into the home.
  echo 'call "curl $*"
    [[ ! -e $STATE/curl-fails ]] || { echo "curl: (6) Could not resolve host"; exit 6; }
    while [[ $1 != -o ]]; do shift; done
    { echo "echo \"rustup-init \$*\" >>\"\$STATE/calls\"; mkdir -p \"\$HOME/.cargo/bin\""
      echo "cp \"\$STATE/stubs/cargo\" \"\$STATE/stubs/rustup\" \"\$HOME/.cargo/bin/\""; } >"$2"'
}
stub_of_rustup() {
  echo 'if [[ "$1 $2" == "toolchain list" ]]; then cat "$STATE/toolchains" 2>/dev/null; exit; fi
    call "rustup $*"
    [[ ! -e $STATE/rustup-fails ]] || exit 1
    if [[ "$1 $2" == "toolchain install" ]]; then echo "$3-x86_64-unknown-linux-gnu" >>"$STATE/toolchains"; fi
    if [[ "$1 $2" == "component add" ]]; then rm -f "$STATE/no-components"; fi'
}
stub_of_cargo() {
  echo 'case "$*" in
      --version)
        if [[ -n ${RUSTUP_TOOLCHAIN:-} ]] && grep -q "^$RUSTUP_TOOLCHAIN" "$STATE/toolchains" 2>/dev/null; then
          echo "cargo $RUSTUP_TOOLCHAIN (stub)"; else echo "cargo $(cat "$STATE/cargo-version") (stub)"; fi; exit ;;
      "clippy --version" | "fmt --version") [[ ! -e $STATE/no-components ]]; exit ;;
      "nextest --version") [[ -s $STATE/nextest ]] && echo "cargo-nextest $(cat "$STATE/nextest")"; exit ;;
    esac
    call "cargo $*"
    [[ ! -s $STATE/cargo-fails-on || $1 != "$(cat "$STATE/cargo-fails-on")" ]] || exit 101
    case $1 in
      build)
        folder=debug; [[ " $* " != *" --release "* ]] || folder=release
        mkdir -p "$CARGO_TARGET_DIR/$folder"
        printf "#!%s\necho \"cairn-%s \$*\" >>\"\$STATE/calls\"\necho \"in \$PWD\"\n" "$BASH" "$folder" >"$CARGO_TARGET_DIR/$folder/cairn"
        chmod +x "$CARGO_TARGET_DIR/$folder/cairn" ;;
      install)
        while [[ $1 != --root ]]; do [[ $1 != cargo-nextest ]] || echo 0.9.143 >"$STATE/nextest"; shift; done
        mkdir -p "$2/bin"; cp "$BIN/true" "$2/bin/tauri-driver" ;;
      nextest) call "with DISPLAY=$DISPLAY APP=$CAIRN_APP CLI=$CAIRN_CLI DRIVER=$TAURI_DRIVER SCREENS=$CAIRN_SCREENS" ;;
    esac
    exit 0'
}
stub_of_node() { echo 'echo "v$(cat "$STATE/node-version")"'; }
stub_of_npm() {
  echo 'if [[ $1 == --version ]]; then echo 9.2.0; exit; fi
    if [[ $1 == config ]]; then echo https://registry.example/; exit; fi
    call "npm $*"
    [[ ! -e $STATE/npm-fails ]] || { echo "npm ERR! network"; exit 1; }
    case "$1 ${2:-}" in
      "ci "*) rm -rf node_modules; mkdir node_modules ;;
      "run build") mkdir -p dist; touch dist/index.html ;;
      "install --prefix")
        dir=$3/node_modules/.bin; mkdir -p "$dir"
        printf "#!%s\necho v24.21.0\n" "$BASH" >"$dir/node"; chmod +x "$dir/node"; cp "$BIN/npm" "$dir/npm" ;;
    esac'
}
stub_of_Xvfb() {
  echo 'call "Xvfb $*"
    [[ ! -e $STATE/xvfb-fails ]] || { echo "Fatal server error" >&2; exit 1; }
    trap "call Xvfb ended; kill \$!; exit" TERM
    echo 7; sleep 60 & wait'
}
stub_of_dbus_run_session() { echo 'call "dbus-run-session $1"; shift; exec "$@"'; }

# keeps_for_later NAME...: takes a command off PATH, for the stub that installs it to bring back.
keeps_for_later() {
  local name
  mkdir -p "$STATE/stubs"
  for name; do mv "$bin/$name" "$STATE/stubs/$name"; done
}
