#!/bin/sh
# SPDX-License-Identifier: MIT
# Where the time of one thread goes, by stages: instructions that callgrind counts over the first records of a file.
#   usage: sh tests/bench/profile.sh FILE.ndjson [MB] [-- OPTION...]      (MB: default 10; OPTION: of trialnorm, such as -t csv)
set -eu
file=$1
megabytes=10
shift
case ${1:-} in ''|--) ;; *) megabytes=$1; shift ;; esac
[ "${1:-}" != -- ] || shift
here=$(dirname "$0")
command -v valgrind > /dev/null || { echo "SKIP profile: no valgrind"; exit 0; }
build=$here/../../build-profile
cmake -S "$here/../.." -B "$build" -DTRIALNORM_BENCH=ON -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS="-g" > /dev/null
cmake --build "$build" -j "$(nproc)" --target trialnorm_program floor > /dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk -v most=$((megabytes * 1000000)) '{ print; bytes += length($0) + 1; if (bytes >= most) exit }' "$file" > "$folder/some.ndjson"
count() {
    to=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$folder/$to" "$@" > /dev/null 2> "$folder/log" || { tail -5 "$folder/log" >&2; exit 1; }
}
count own "$build/trialnorm" -q -j1 "$@" "$folder/some.ndjson"
count floor "$build/tests/bench/floor" "$folder/some.ndjson"
python3 "$here/stages.py" "$folder/own" "$folder/floor" "$folder/some.ndjson"
