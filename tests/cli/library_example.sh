#!/bin/sh
# SPDX-License-Identifier: MIT
# The C example of the README compiles against an installed library, and says what the README says.
#   usage: library_example.sh BUILD COMPILER
set -eu
build=$1 compiler=$2
cd "$(dirname "$0")/../.."
command -v pkg-config > /dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cmake --install "$build" --prefix "$folder/usr" > "$folder/log" || { cat "$folder/log"; exit 1; }
pc=$(dirname "$(find "$folder/usr" -name trialnorm.pc)")
# The prefix in the file is the one that the build was configured for.
sed "s|^prefix=.*|prefix=$folder/usr|" "$pc/trialnorm.pc" > "$folder/trialnorm.pc"
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md > "$folder/example.c"
[ -s "$folder/example.c" ] || { echo "README.md has no example in C"; exit 1; }
sanitize=$(sed -n 's/^TRIALNORM_SANITIZE:[A-Z]*=//p' "$build/CMakeCache.txt")
flags=$(PKG_CONFIG_PATH="$folder" pkg-config --cflags --libs --static trialnorm)
"$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror ${sanitize:+-fsanitize=$sanitize} -o "$folder/example" "$folder/example.c" $flags
"$folder/example" < fixtures/ctgov-v2/full-study/input.json > "$folder/got"
cat "$folder/got"
key=$("$folder/usr/bin/trialnorm" -q fixtures/ctgov-v2/full-study/input.json | jq -r .record_key)
grep -q "^$key: " "$folder/got"
echo 'Dear Sir,' | "$folder/example" 2> "$folder/refused" && { echo "a letter is taken for a trial"; exit 1; }
grep -q 'unrecognised' "$folder/refused"
# Nothing but the public headers is installed.
(cd "$folder/usr/include" && find . -type f | sort) > "$folder/headers"
(cd include && find . -type f | sort) | diff - "$folder/headers"
