#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2034 # machine.sh sets what a case reads, and reads what it sets
# Tests of what `dev` decides: which tools it finds missing, how it installs them, what it says when
# it cannot. Every case runs the real script on a make-believe machine (machine.sh); nothing real is
# installed. The cases are in cases/*.sh. `tests/dev/run.sh WORD` runs the cases whose name holds WORD.
set -euo pipefail

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# shellcheck source=tests/dev/machine.sh
source "$(dirname "${BASH_SOURCE[0]}")/machine.sh"
for file in "$source_root"/tests/dev/cases/*.sh; do
  # shellcheck source=/dev/null
  source "$file"
done

# --- Expectations: each notes what is wrong and goes on ---

wrong() { problems+=("$1"); }
ends_with() { [[ $code == "$1" ]] || wrong "the exit code should be $1, not $code"; }
says() { [[ $output == *"$1"* ]] || wrong "the output should hold: $1"; }
does_not_say() { [[ $output != *"$1"* ]] || wrong "the output should not hold: $1"; }
calls() { grep -qxF -- "$1" "$STATE/calls" || wrong "this should be called: $1"; }
calls_like() { grep -q -- "$1" "$STATE/calls" || wrong "something like this should be called: $1"; }
never_calls() { ! grep -q -- "$1" "$STATE/calls" || wrong "this should not be called: $1"; }
order() {
  local first second
  first=$(grep -n -- "$1" "$STATE/calls" | head -1 | cut -d: -f1)
  second=$(grep -n -- "$2" "$STATE/calls" | head -1 | cut -d: -f1)
  ((${first:-999} < ${second:-0})) || wrong "$1 should come before $2"
}
installs_nothing() { never_calls '^apt-get\|^sudo\|^curl\|^rustup\|^cargo install\|^npm install'; }

# What `dev` calls apt-get with, before the names.
install="apt-get install -y --no-install-recommends"

# --- Running them ---

passed=0 failed=0
for name in $(declare -F | sed -n 's/^declare -f \(case_\)/\1/p'); do
  [[ $name == *"${1:-}"* ]] || continue
  problems=() display=:5 target_dir=
  new_machine
  "$name"
  if ((${#problems[@]} == 0)); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: ${name#case_}"
    printf '  %s\n' "${problems[@]}"
    echo "  calls:" && sed 's/^/    /' "$STATE/calls"
    echo "  output:" && printf '%s\n' "$output" | sed 's/^/    /'
  fi
  rm -rf "$machine"
done
echo "$passed passed, $failed failed"
((failed == 0))
