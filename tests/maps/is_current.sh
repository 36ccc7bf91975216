#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/MAPS.md is what the readers' tables say.
#   usage: is_current.sh PROGRAM
set -eu
cd "$(dirname "$0")/../.."
"$1" | diff -u docs/MAPS.md - || {
    echo "docs/MAPS.md is stale: BUILD/tests/maps_page > docs/MAPS.md"
    exit 1
}
