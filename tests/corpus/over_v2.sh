#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test of tests/cli over the corpus of API v2 records.
#   usage: over_v2.sh SCRIPT PROGRAM CORPUS
set -eu
if [ ! -d "$3" ]; then
    echo "SKIP $(basename "$1"): no corpus at $3"
    exit 0
fi
exec python3 "$1" "$2" $(find "$3/ctgov-v2" -name '*.json' -o -name '*.ndjson' | sort)
