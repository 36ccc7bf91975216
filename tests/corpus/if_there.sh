#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test where its real inputs are, and says SKIP where they are not.
#   usage: if_there.sh FOLDER COMMAND...
set -eu
if [ ! -d "$1" ]; then
    echo "SKIP: no real inputs at $1"
    exit 0
fi
shift
exec "$@"
