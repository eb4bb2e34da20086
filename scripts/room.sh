# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # `dev` sets target and reads what a command takes
# Whether the disk holds what will be built.

# What `target` takes on a first run, in MB: measured (1500 and 5300), with some room to spare.
room_to_run=2000
room_to_test=6000

# MB that are free on the disk of `target`; nothing where the system does not say.
free_mb() {
  local dir=$target kb
  while [[ ! -d $dir && $dir == */* ]]; do dir=${dir%/*}; done
  # The name of the disk may hold blanks, so the columns are found from the one with the percent.
  kb=$(df -Pk "${dir:-/}" 2>/dev/null | sed -n '2s/.*[[:space:]]\([0-9][0-9]*\)[[:space:]][[:space:]]*[0-9][0-9]*%.*/\1/p')
  [[ -z $kb ]] || echo $((kb / 1000))
}

# warn_of_room MB WHAT: says so before a first build that the disk may not hold. No more than a
# warning: what was built before is not built again.
warn_of_room() {
  [[ ! -d $target/debug && ! -d $target/release ]] || return 0
  local free
  free=$(free_mb)
  [[ -n $free ]] && ((free < $1)) || return 0
  echo "dev: $free MB are free on the disk of $target; $2 takes up to $1 MB there the first time. Should it fill up: free some, or set CARGO_TARGET_DIR to a folder on another disk" >&2
}

# Says so where a step may have failed for it.
tell_full_disk() {
  local free
  free=$(free_mb)
  [[ -n $free ]] && ((free < 200)) || return 0
  echo "dev: the disk of $target is full ($free MB are free). Free some, or set CARGO_TARGET_DIR to a folder on another disk, then run the same command again" >&2
}
