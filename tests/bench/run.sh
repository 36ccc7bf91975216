#!/bin/sh
# SPDX-License-Identifier: MIT
# How fast: converts at least 60 MB of API v2 records, beside cJSON alone and beside jq. Takes about a minute.
#   usage: sh tests/bench/run.sh [FILE.ndjson]      (default: the corpus' studies.ndjson, repeated)
set -eu
cd "$(dirname "$0")/../.."
records=${1:-${TRIALNORM_CORPUS:-../shared/corpus}/ctgov-v2/studies.ndjson}
if [ ! -f "$records" ]; then
    echo "SKIP bench: no $records"
    exit 0
fi
cmake -S . -B build-bench -DTRIALNORM_BENCH=ON -DCMAKE_BUILD_TYPE=Release > /dev/null
cmake --build build-bench -j "$(nproc)" --target floor trialnorm_program > /dev/null
input=$(mktemp)
trap 'rm -f "$input"' EXIT
while [ "$(wc -c < "$input")" -lt 60000000 ]; do
    cat "$records" >> "$input"
done
python3 tests/bench/measure.py build-bench/tests/bench/floor build-bench/trialnorm "$input"
