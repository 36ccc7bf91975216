#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing (Debian, as root or with sudo), builds, and runs all tests.
#
#   sh tests/run.sh                     build/ with the system's compiler
#   CC=clang sh tests/run.sh --sanitize   build-clang-sanitize/ under AddressSanitizer and UBSan
#   sh tests/run.sh --werror            warnings are errors
#
# Ends with the line `N passed, N failed`.
set -eu
cd "$(dirname "$0")/.."
. tests/packages.sh

build=build
options="-DBUILD_TESTING=ON"
for argument in "$@"; do
    case $argument in
        --sanitize) build=$build-sanitize options="$options -DTRIALNORM_SANITIZE=address,undefined -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=-O1" ;;
        --werror) options="$options -DTRIALNORM_WERROR=ON" ;;
        *) echo "run.sh: unknown option $argument" >&2; exit 2 ;;
    esac
done
compiler=${CC:-cc}
[ "$compiler" = cc ] || build=$build-$(basename "$compiler")

install_packages "$build_packages $test_packages"
install_programs "$test_programs"
[ "$compiler" != clang ] || install_packages "clang libclang-rt-14-dev"

cmake -S . -B "$build" $options > "/tmp/trialnorm-cmake.$$" 2>&1 || { cat "/tmp/trialnorm-cmake.$$"; exit 1; }
rm -f "/tmp/trialnorm-cmake.$$"
cmake --build "$build" -j "$(nproc)"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
ctest --test-dir "$build" --output-on-failure -j "$(nproc)" 2>&1 | tee "$log" || status=$?
grep -h '^SKIP' "$build"/Testing/Temporary/LastTest.log 2>/dev/null | sort -u || :
failed=$(sed -n 's/.*tests passed, \([0-9]*\) tests* failed out of .*/\1/p' "$log")
total=$(sed -n 's/.*tests* failed out of \([0-9]*\).*/\1/p' "$log")
if [ -z "$total" ] || [ "$total" -eq 0 ]; then
    echo "run.sh: no test ran" >&2
    exit 1
fi
skipped=$(grep -c '\*\*\*Skipped' "$log" || :)
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$((total - failed - skipped)) passed, $failed failed"
[ "$failed" -eq 0 ]
