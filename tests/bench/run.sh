#!/bin/sh
# SPDX-License-Identifier: MIT
# How fast, beside other programs, over inputs that are made here. Installs what is missing, builds, measures, and writes docs/PERFORMANCE.md. Some ten
# minutes and 5 GB of room in $TMPDIR.
#
#   sh tests/bench/run.sh                     everything; only this run writes to the page
#   sh tests/bench/run.sh --quick             30 MB instead of 100 MB and 1 GB, 2,000 files instead of 20,000
#   sh tests/bench/run.sh --no-large          without the inputs of 1 GB
#   sh tests/bench/run.sh [OPTION...] PART... only these parts: sides formats archives memory startup same profile web pages
#   --write                                   writes what was measured to the page also when it is not everything
#   --corpus FILE.ndjson                      repeats these real records instead of making some
#   --inputs FOLDER                           keeps the inputs there, or takes those that are there
#
# DuckDB comes from npm, once, into $TRIALNORM_BENCH_CACHE (default: ~/.cache/trialnorm-bench).
set -eu
cd "$(dirname "$0")/../.."
. tests/packages.sh
install_packages "$build_packages"
install_programs "$bench_programs"
for program in python3 hyperfine time; do
    command -v $program > /dev/null || { echo "SKIP bench: no $program"; exit 0; }
done

cache=${TRIALNORM_BENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trialnorm-bench}
mkdir -p "$cache"
if [ ! -d "$cache/node_modules/@duckdb/node-api" ]; then
    (cd "$cache" && npm install --no-fund --no-audit --silent @duckdb/node-api) || echo "SKIP DuckDB: npm has no @duckdb/node-api for us"
fi

cmake -S . -B build-bench -DTRIALNORM_BENCH=ON -DCMAKE_BUILD_TYPE=Release > /dev/null
cmake --build build-bench -j "$(nproc)" --target floor trialnorm_program > /dev/null
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/bench/bench.py build-bench "$cache" "$@"
