# SPDX-License-Identifier: MIT
# Sourced by run.sh and demo.sh: which Debian packages are needed, and installing those that are missing.

build_packages="gcc libc6-dev cmake make pkg-config libcjson-dev libcsv-dev libarchive-dev libdeflate-dev liblzma-dev libutf8proc-dev libxxhash-dev libxml2-dev libsqlite3-dev"
test_packages="libcmocka-dev python3 python3-jsonpatch python3-jsonschema jq curl sqlite3 postgresql"
test_programs="node:nodejs npm:npm"
example_packages="python3-pandas r-base-core r-cran-rsqlite" # the examples of docs/DATASET.md are run where these are
bench_programs="python3:python3 hyperfine:hyperfine time:time jq:jq mlr:miller unzip:unzip bsdtar:libarchive-tools valgrind:valgrind node:nodejs npm:npm"

install_packages() {
    missing=
    for package in $1; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root=sudo
    echo "installing:$missing"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing > /dev/null
}

# Programs that are missing, each `program:package`, from Debian; what cannot be had is told. Node.js has its npm with it, or in a package of its own.
install_programs() {
    for pair in $1; do
        command -v "${pair%%:*}" > /dev/null 2>&1 || ( install_packages "${pair#*:}" ) || echo "SKIP ${pair%%:*}: no package ${pair#*:}"
    done
}
