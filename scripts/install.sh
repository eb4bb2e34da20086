# shellcheck shell=bash
# shellcheck disable=SC2154 # `dev` sets root, cargo_home and os; tools.sh the versions and plans
# Says what the survey of tools.sh found missing, and installs it.

print_plan() {
  if ((${#missing_packages[@]})); then
    if [[ $os == debian ]]; then
      echo "  system packages (apt-get): ${missing_packages[*]}"
    else
      echo "  system packages (Debian's names): ${missing_packages[*]}"
    fi
  fi
  case $rust_plan in
    rustup) echo "  Rust $rust_version with clippy and rustfmt (rustup, into $cargo_home and ~/.rustup)" ;;
    toolchain) echo "  Rust $rust_version with clippy and rustfmt (rustup; ${rust_found:-no toolchain} is active, the default stays as it is)" ;;
    components) echo "  clippy and rustfmt for the active Rust (rustup)" ;;
    too-old) echo "  Rust $rust_version or newer (found $rust_found, not installed by rustup)" ;;
    no-components) echo "  clippy and rustfmt (this Rust was not installed by rustup)" ;;
  esac
  case $node_plan in
    local) echo "  Node $node_version and npm $npm_version (npm registry, into .tools/node; found Node ${node_found:-none}, Vite needs 20.19 or 22.12)" ;;
    by-hand) echo "  Node 20.19, 22.12 or newer, with npm (found Node ${node_found:-none})" ;;
  esac
  local crate
  for crate in "${missing_crates[@]+"${missing_crates[@]}"}"; do
    echo "  $crate $(crate_version "$crate") (built by cargo, into .tools/cargo; takes some minutes)"
  done
}

crate_version() {
  case $1 in
    cargo-nextest) echo "$nextest_version" ;;
    tauri-driver) echo "$tauri_driver_version" ;;
    cargo-fuzz) echo "$cargo_fuzz_version" ;;
  esac
}

# What to install on a system whose package manager this script does not drive.
print_other_system() {
  local with_window=
  [[ $surveyed == *" window "* ]] && with_window=1
  case $os in
    fedora)
      echo "On Fedora:"
      echo "  sudo dnf install webkit2gtk4.1-devel librsvg2-devel libxdo-devel gcc gcc-c++ make pkgconf-pkg-config curl file nodejs npm"
      [[ -z $with_window ]] || echo "  sudo dnf install /usr/bin/WebKitWebDriver /usr/bin/Xvfb /usr/bin/dbus-run-session    (for the window tests)"
      ;;
    arch)
      echo "On Arch Linux:"
      echo "  sudo pacman -S --needed webkit2gtk-4.1 librsvg xdotool base-devel curl file nodejs npm"
      [[ -z $with_window ]] || echo "  sudo pacman -S --needed xorg-server-xvfb dbus    (for the window tests; \`pacman -F WebKitWebDriver\` names the package of that)"
      ;;
    opensuse)
      echo "On openSUSE:"
      echo "  sudo zypper install webkit2gtk3-devel librsvg-devel xdotool-devel gcc gcc-c++ make pkgconf curl file nodejs npm"
      [[ -z $with_window ]] || echo "  sudo zypper install /usr/bin/WebKitWebDriver /usr/bin/Xvfb /usr/bin/dbus-run-session    (for the window tests)"
      ;;
    macos)
      echo "On macOS:"
      echo "  xcode-select --install    (compiler and linker)"
      echo "  brew install node         (or the installer from https://nodejs.org)"
      ;;
    windows)
      echo "On Windows (PowerShell):"
      echo "  winget install Microsoft.VisualStudio.2022.BuildTools    (choose \"Desktop development with C++\")"
      echo "  winget install Rustlang.Rustup OpenJS.NodeJS.LTS"
      echo "  WebView2 is part of Windows 11; on Windows 10: winget install Microsoft.EdgeWebView2Runtime"
      ;;
    *)
      echo "This system's package manager is not known here. Install what gives these Debian packages' files:"
      echo "  ${packages_shell} ${packages_rust} nodejs npm${with_window:+ $packages_window}"
      ;;
  esac
  if [[ $os != windows && -n $rust_plan ]]; then
    echo "  Rust: this script fetches it with rustup once the packages above are there."
  fi
}

# --- Installing ---

need() {
  survey "$@"
  if nothing_missing; then return; fi
  refuse_what_must_be_done_by_hand
  echo "dev: this is missing and will be installed now:"
  print_plan
  install_packages
  find_installed_tools
  install_rust
  install_node
  install_crates
  survey "$@"
  nothing_missing && return
  { echo "dev: after installing, this is still missing:"; print_plan; } >&2
  die "look for an error further up; \`./dev doctor\` repeats this list"
}

# Ends before anything is installed if one of the missing things cannot be installed from here.
refuse_what_must_be_done_by_hand() {
  if [[ $os != debian ]] && { ((${#missing_packages[@]})) || [[ $node_plan == by-hand || ($os == windows && -n $rust_plan) ]]; }; then
    { echo "dev: this is missing:"; print_plan; print_other_system; } >&2
    die "install these, then run the same command again"
  fi
  case $rust_plan in
    too-old) die "cargo $rust_found ($(command -v cargo)) is too old: Cairn needs $rust_version or newer, and this one was not installed by rustup. Install rustup from https://rustup.rs (it can live beside the old one), then run the same command again" ;;
    no-components) die "cargo $rust_found has no clippy or rustfmt and was not installed by rustup. Install them from where that Rust came from, or install rustup from https://rustup.rs" ;;
  esac
  if [[ $node_plan == by-hand ]]; then
    die "Node ${node_found:-(none)} is too old and there is no ready-made Node for $(uname -s) on $(uname -m) in the npm registry. Install Node 20.19, 22.12 or newer from https://nodejs.org, then run the same command again"
  fi
}

install_packages() {
  ((${#missing_packages[@]})) || return 0
  local list="${missing_packages[*]}" as_root=()
  local by_hand="apt-get update && apt-get install -y --no-install-recommends $list"
  if [[ $(id -u) != 0 ]]; then
    has sudo || die "these system packages are missing: $list
     Installing them needs root, and there is no sudo here. As root, run:
       $by_hand"
    as_root=(sudo)
    # Without a terminal nobody can type a password: fail rather than wait.
    [[ -t 0 ]] || as_root=(sudo -n)
    "${as_root[@]}" true || die "these system packages are missing: $list
     sudo did not give the right to install them (wrong password, or one is wanted and there is no terminal). As root, run:
       $by_hand"
  fi
  "${as_root[@]+"${as_root[@]}"}" apt-get update ||
    echo "dev: apt-get update failed; trying with the package lists that are here" >&2
  # shellcheck disable=SC2086 # names of packages hold no spaces
  "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $list </dev/null || die "apt-get could not install: $list
     Its own message is above. If it speaks of the network, check the connection (and the mirror in /etc/apt), then run the same command again.
     If it cannot find a package: Cairn needs Debian 12, Ubuntu 22.04 or newer."
}

install_rust() {
  case $rust_plan in
    rustup) install_rustup ;;
    toolchain)
      rustup toolchain install "$rust_version" --profile minimal -c clippy -c rustfmt ||
        die "rustup could not install Rust $rust_version. Its own message is above; if it speaks of the network, check the connection to static.rust-lang.org and run the same command again"
      export RUSTUP_TOOLCHAIN=$rust_version
      ;;
    components)
      rustup component add clippy rustfmt ||
        die "rustup could not add clippy and rustfmt. Its own message is above"
      ;;
  esac
}

install_rustup() {
  local script
  script=$(mktemp)
  # The second address is the same script on the server that it then downloads from.
  curl --proto '=https' --tlsv1.2 -sSf --connect-timeout 30 -o "$script" https://sh.rustup.rs ||
    curl --proto '=https' --tlsv1.2 -sSf --connect-timeout 30 -o "$script" https://static.rust-lang.org/rustup/rustup-init.sh || {
    rm -f "$script"
    die "could not download rustup from https://sh.rustup.rs or https://static.rust-lang.org. Check the connection (behind a proxy: set https_proxy), then run the same command again"
  }
  sh "$script" -y --no-modify-path --profile minimal --default-toolchain "$rust_version" -c clippy -c rustfmt || {
    rm -f "$script"
    die "rustup could not install Rust $rust_version. Its own message is above; if it speaks of the network, check the connection to static.rust-lang.org and run the same command again"
  }
  rm -f "$script"
  find_installed_tools
}

install_node() {
  [[ $node_plan == local ]] || return 0
  # Debian's npm brings its own Node: on a newer Debian it is good enough.
  node_found=$(node --version 2>/dev/null | first_version || true)
  if node_is_new_enough; then return; fi
  # Not the package `node`: its install script starts a second npm to fetch this same one.
  # npm too, because Debian's npm finds its modules only under Debian's Node.
  npm install --prefix "$root/.tools/node" --no-save --no-fund --no-audit --loglevel=error \
    "$(node_package)" "npm@$npm_version" </dev/null ||
    die "npm could not fetch Node $node_version. Its own message is above; if it speaks of the network, check the connection to the npm registry ($(npm config get registry 2>/dev/null)) and run the same command again"
  find_installed_tools
}

install_crates() {
  local crate features=()
  for crate in "${missing_crates[@]+"${missing_crates[@]}"}"; do
    # Without its self-updater: that would bring a TLS library along.
    features=()
    [[ $crate == cargo-nextest ]] && features=(--no-default-features --features default-no-update)
    cargo install "$crate" --locked --version "=$(crate_version "$crate")" --root "$root/.tools/cargo" \
      "${features[@]+"${features[@]}"}" ||
      die "cargo could not build $crate. Its own message is above; if it speaks of the network, check the connection to crates.io and run the same command again"
  done
  find_installed_tools
}
