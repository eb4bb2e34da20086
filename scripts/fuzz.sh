# shellcheck shell=bash
# shellcheck disable=SC2154 # `dev` sets root
# Fuzzing the readers of files: `dev fuzz SECONDS [TARGET...]`.
#
# Each target under fuzz/fuzz_targets gets so many seconds, from its seeds (committed, and replayed as
# plain tests) and from what earlier runs found (fuzz/corpus, not committed). A finding stays in
# fuzz/artifacts, and the command fails.

fuzz_targets="deck_markdown table json html anki"

# Packages and tables start from the fixtures of their tests.
fuzz_seeds() {
  case $1 in
    anki | table) echo "$root/src-tauri/crates/formats/tests/fixtures/$1" ;;
    *) echo "$root/fuzz/seeds/$1" ;;
  esac
}

dev_fuzz() {
  local seconds=${1:-} target failed=
  [[ $seconds =~ ^[0-9]+$ ]] || wrong_usage "fuzz needs a number of seconds for each target"
  shift
  need rust fuzz
  local targets=${*:-$fuzz_targets}
  for target in $targets; do
    [[ " $fuzz_targets " == *" $target "* ]] || wrong_usage "unknown fuzz target: $target ($fuzz_targets)"
    mkdir -p "$root/fuzz/corpus/$target"
    # The fuzzer's flags belong to the nightly compiler; this lets the stable one take them.
    step "fuzz $target for $seconds s" env RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none \
      --fuzz-dir "$root/fuzz" "$target" "$root/fuzz/corpus/$target" "$(fuzz_seeds "$target")" -- \
      -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 || failed=1
  done
  [[ -z $failed ]] || die "the fuzzer found something: see fuzz/artifacts"
}
