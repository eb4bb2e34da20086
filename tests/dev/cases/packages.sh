# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # machine.sh sets what a case reads, and reads what it sets
# Cases of `dev`: the usual run, system packages, systems without apt-get.

# --- Nothing missing ---

case_everything_present_installs_nothing_and_opens_the_program() {
  dev run --with "two words"
  ends_with 0
  installs_nothing
  calls "cargo build --release --locked -p cairn"
  calls "cairn-release --with two words"
}

case_run_debug_opens_the_debug_build() {
  dev run --debug --with
  ends_with 0
  calls "cargo build --locked -p cairn"
  calls "cairn-debug --with"
}

case_run_without_a_screen_builds_and_says_so() {
  display=
  dev run
  ends_with 1
  says "neither DISPLAY nor WAYLAND_DISPLAY is set"
  never_calls "^cairn-release"
}

case_a_failing_build_opens_nothing() {
  pretend cargo-fails-on build
  dev run
  ends_with 101
  never_calls "^cairn-release"
}

case_npm_packages_are_installed_once_per_lock_file() {
  dev run
  dev run
  [[ $(grep -c "^npm ci" "$STATE/calls") == 1 ]] || wrong "the second run should not call npm ci"
  echo '{ "changed": true }' >"$repo/ui/package-lock.json"
  dev run
  [[ $(grep -c "^npm ci" "$STATE/calls") == 2 ]] || wrong "a changed lock file should call npm ci"
}

case_cargo_target_dir_is_respected() {
  target_dir="elsewhere here"
  dev run
  ends_with 0
  [[ -x "$machine/elsewhere here/release/cairn" ]] || wrong "the program should be in CARGO_TARGET_DIR"
  calls_like "^cairn-release"
}

# --- System packages ---

case_one_package_missing_as_root_installs_just_that() {
  lacks_debs librsvg2-dev
  dev run
  ends_with 0
  calls "apt-get update"
  calls "$install librsvg2-dev"
  never_calls "^sudo"
  says "system packages (apt-get): librsvg2-dev"
}

case_run_does_not_install_what_only_tests_need() {
  lacks_debs xvfb webkit2gtk-driver
  lacks tauri-driver
  dev run
  ends_with 0
  installs_nothing
}

case_a_person_with_sudo_installs_by_sudo() {
  pretend uid 1000
  lacks_debs libxdo-dev file
  dev run
  ends_with 0
  calls "$install file libxdo-dev (by sudo)"
  calls_like "^sudo -n "
}

case_a_person_with_everything_needs_no_sudo() {
  pretend uid 1000
  lacks sudo
  dev run
  ends_with 0
}

case_without_sudo_it_names_the_packages_and_the_command() {
  pretend uid 1000
  lacks sudo
  lacks_debs libwebkit2gtk-4.1-dev libxdo-dev
  dev run
  ends_with 1
  says "there is no sudo here"
  says "$install libwebkit2gtk-4.1-dev libxdo-dev"
  installs_nothing
  never_calls "^cargo"
}

case_a_sudo_that_wants_a_password_without_a_terminal_is_explained() {
  pretend uid 1000
  pretend sudo-refuses 1
  lacks_debs file
  dev run
  ends_with 1
  says "sudo did not give the right"
  says "$install file"
  never_calls "^apt-get"
}

case_apt_get_failing_is_explained() {
  lacks_debs file
  pretend apt-fails 1
  dev run
  ends_with 1
  says "apt-get could not install: file"
  says "network"
  never_calls "^cargo"
}

case_apt_get_update_failing_still_tries_to_install() {
  lacks_debs file
  pretend apt-update-fails 1
  dev run
  ends_with 0
  says "apt-get update failed"
  calls "$install file"
}

# --- Other systems ---

other_system() { lacks apt-get dpkg-query; }

case_fedora_is_told_its_own_names() {
  other_system
  stub dnf 'call "dnf $*"'
  dev run
  ends_with 1
  says "sudo dnf install webkit2gtk4.1-devel"
  does_not_say "WebKitWebDriver"
  never_calls "^dnf"
  installs_nothing
}

case_fedora_with_everything_builds() {
  other_system
  stub dnf 'call "dnf $*"'
  local tool
  for tool in cc c++ pkg-config file; do stub "$tool" 'exit 0'; done
  dev run
  ends_with 0
  calls_like "^cairn-release"
}

case_dpkg_on_fedora_does_not_make_it_debian() {
  lacks_debs dpkg
  stub dnf 'call "dnf $*"'
  dev run
  ends_with 1
  says "On Fedora"
}

case_fedora_is_told_what_the_window_tests_need() {
  other_system
  lacks WebKitWebDriver
  stub dnf 'call "dnf $*"'
  dev test
  ends_with 1
  says "/usr/bin/WebKitWebDriver"
}

case_arch_is_told_its_own_names() {
  other_system
  stub pacman 'call "pacman $*"'
  dev run
  ends_with 1
  says "sudo pacman -S --needed webkit2gtk-4.1"
}

case_opensuse_is_told_its_own_names() {
  other_system
  stub zypper 'call "zypper $*"'
  dev run
  ends_with 1
  says "sudo zypper install webkit2gtk3-devel"
}

case_an_unknown_linux_is_told_debians_names() {
  other_system
  dev run
  ends_with 1
  says "libwebkit2gtk-4.1-dev"
  says "package manager is not known"
}

case_macos_without_tools_is_told_what_to_install() {
  other_system
  pretend system Darwin
  lacks node npm
  dev run
  ends_with 1
  says "xcode-select --install"
  says "brew install node"
}

case_macos_with_tools_builds() {
  other_system
  pretend system Darwin
  display=
  stub xcode-select 'exit 0'
  dev run
  ends_with 0
  calls_like "^cairn-release"
}

case_macos_tests_leave_out_the_window() {
  other_system
  pretend system Darwin
  stub xcode-select 'exit 0'
  mkdir -p "$repo/tests/tests"
  touch "$repo/tests/tests/window.rs"
  lacks Xvfb dbus-run-session tauri-driver
  dev test
  ends_with 0
  calls "cargo nextest run --locked --workspace -E not (package(cairn-tests) and binary(window))"
  never_calls "^Xvfb"
}

case_windows_is_told_what_to_install() {
  other_system
  pretend system MINGW64_NT-10.0
  lacks cargo rustup
  dev run
  ends_with 1
  says "winget install Rustlang.Rustup"
  never_calls "^curl"
}
