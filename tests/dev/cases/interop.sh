# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016 # machine.sh sets what a case reads, and reads what it sets
# Cases of `dev`: Anki's engine beside Cairn.

# A Python that can make environments; its pip writes what it is asked for.
has_python() {
  mkdir -p "$repo/tests/interop"
  cp "$source_root/tests/interop/requirements.txt" "$repo/tests/interop/"
  stub python3 'case "$1 ${2:-}" in
      "-c "*) [[ ! -e $STATE/python-too-old ]]; exit ;;
      "-m venv") for folder; do :; done
        mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
      "-m pip") [[ ! -e $STATE/pip-fails ]] || exit 1 ;;
      */run.py*) call "with PROGRAMS=$CAIRN_PROGRAMS" ;;
    esac
    call "python3 $*"'
}

case_interop_installs_ankis_engine_once() {
  has_python
  dev interop --count 3
  ends_with 0
  says "from PyPI into .tools/interop"
  says "  anki=="
  calls "python3 -m venv --clear $repo/.tools/interop"
  calls_like "^python3 -m pip install .*--requirement $repo/tests/interop/requirements.txt$"
  calls "with PROGRAMS=$repo/target/debug"
  calls "python3 $repo/tests/interop/run.py --out $repo/target/interop --count 3"
  order "cargo build --locked -p cairn-cli" "interop/run.py"
  : >"$STATE/calls"
  dev interop
  never_calls "venv\|pip"
}

case_interop_with_other_requirements_installs_anew() {
  has_python
  dev interop
  echo "anki==99" >"$repo/tests/interop/requirements.txt"
  : >"$STATE/calls"
  dev interop
  calls_like "pip install"
}

case_interop_without_python_installs_it() {
  has_python
  keeps_for_later python3
  dev interop
  calls "$install python3 python3-venv"
}

case_interop_with_a_failing_pip_says_what_to_do() {
  has_python
  pretend pip-fails 1
  dev interop
  ends_with 1
  says "check the connection to PyPI"
  never_calls "interop/run.py"
}

case_bench_with_anki_brings_the_engine() {
  has_python
  dev bench --with-anki
  ends_with 0
  calls_like "pip install"
  order "pip install" "cairn-bench -- --with-anki"
}
