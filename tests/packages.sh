# SPDX-License-Identifier: MIT
# Sourced by run.sh and demo.sh: which Debian packages are needed, and installing those that are missing.

build_packages="gcc libc6-dev cmake make pkg-config libcjson-dev libcsv-dev libarchive-dev libdeflate-dev libutf8proc-dev libxxhash-dev libxml2-dev"
test_packages="libcmocka-dev python3 python3-jsonschema jq"

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
