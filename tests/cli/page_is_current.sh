#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/SCHEMA.md is what the program prints.
#   usage: page_is_current.sh PROGRAM
set -eu
cd "$(dirname "$0")/../.."
"$1" schema --markdown | diff -u docs/SCHEMA.md - || {
    echo "docs/SCHEMA.md is stale: trialnorm schema --markdown > docs/SCHEMA.md"
    exit 1
}
