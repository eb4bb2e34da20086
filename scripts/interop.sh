# shellcheck shell=bash
# shellcheck disable=SC2154 # `dev` sets root, target and os; tools.sh what it found
# `dev interop` and `dev bench --with-anki`: Anki's own engine, in a Python environment of its own
# under .tools/interop. It is what Cairn is held against; no part of Cairn needs it.

anki_environment=$root/.tools/interop

dev_interop() {
  need rust python
  make_anki_environment
  step "build the command line" cargo build --locked -p cairn-cli -p cairn-store --bin cairn-cli --example faces
  PYTHONDONTWRITEBYTECODE=1 CAIRN_PROGRAMS=$target/debug exec "$(anki_python)" "$root/tests/interop/run.py" --out "$target/interop" "$@"
}

# What PyPI's `anki` asks for: Python 3.10, and `venv` with pip, which Debian packs apart.
survey_python() {
  if ! python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
    missing_packages+=(python3 python3-venv)
  fi
}

anki_python() {
  if [[ $os == windows ]]; then echo "$anki_environment/Scripts/python.exe"; else echo "$anki_environment/bin/python"; fi
}

# Installs what requirements.txt names, unless exactly that is installed already.
make_anki_environment() {
  local wanted=$root/tests/interop/requirements.txt stamp=$anki_environment/.cairn-requirements hash python
  hash=$(hash_of "$wanted")
  python=$(anki_python)
  # One that was copied from another machine no longer starts.
  if [[ -f $stamp && $(<"$stamp") == "$hash" ]] && "$python" -c '' 2>/dev/null; then return; fi
  echo "dev: this will be installed now, from PyPI into .tools/interop:"
  grep '==' "$wanted" | while read -r line; do echo "  $line"; done
  python3 -m venv --clear "$anki_environment" ||
    die "python3 could not make a virtual environment in $anki_environment. Its own message is above"
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted" ||
    die "pip could not install what $wanted names. Its own message is above; if it speaks of the network, check the connection to PyPI and run the same command again"
  echo "$hash" >"$stamp"
}
