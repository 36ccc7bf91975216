#!/bin/sh
# SPDX-License-Identifier: MIT
# How fast: reads web archives of 1,000 and 10,000 pages, and converts at least 60 MB of API v2 records, beside cJSON alone and beside jq. Takes some
# minutes.
#   usage: sh tests/bench/run.sh [FILE.ndjson]      (default: the corpus' studies.ndjson, repeated)
set -eu
cd "$(dirname "$0")/../.."
records=${1:-${TRIALNORM_CORPUS:-../shared/corpus}/ctgov-v2/studies.ndjson}
cmake -S . -B build-bench -DTRIALNORM_BENCH=ON -DCMAKE_BUILD_TYPE=Release > /dev/null
cmake --build build-bench -j "$(nproc)" --target floor trialnorm_program > /dev/null
python3 tests/bench/web_archive.py build-bench/trialnorm
if [ ! -f "$records" ]; then
    echo "SKIP bench: no $records"
    exit 0
fi
input=$(mktemp)
trap 'rm -f "$input"' EXIT
while [ "$(wc -c < "$input")" -lt 60000000 ]; do
    cat "$records" >> "$input"
done
python3 tests/bench/measure.py build-bench/tests/bench/floor build-bench/trialnorm "$input"
