# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by the runs of docs/CLUSTER.md in this folder, which are started by hand from the top of the source tree after the
# README's build:  sh tests/cluster/slurm.sh [TRIALNORM [STUDIES]]
#
# The files and commands that are run are those that the page shows: page_files.py takes them out of it. All is done in one
# temporary folder, which is removed at the end, as the daemons are stopped, however the run ends. Nothing is installed. Daemons
# are started with setsid, so that Ctrl-C ends the run, and the run ends them in their order.
# Exit code: 0 the same as a single run, 1 a difference or a failure, 2 something needed is not there.

root=$(cd "$(dirname "$0")/../.." && pwd)
failures=0

# need COMMAND PACKAGE...: pairs; names the Debian packages of all commands that are missing, and ends
need() {
    missing=
    while [ $# -gt 0 ]; do
        PATH=$PATH:/usr/sbin:/sbin command -v "$1" > /dev/null || missing="$missing $2"
        shift 2
    done
    [ -z "$missing" ] || { echo "needs:$missing (apt-get install --no-install-recommends$missing)" >&2; exit 2; }
}

# Functions of each run, for what must be undone.
stop_daemons() { :; }

clean_up() {
    status=$?
    trap '' HUP INT PIPE TERM
    trap - EXIT
    stop_daemons || :
    cd / && rm -rf "$work"
    exit "$status"
}

# begin TRIALNORM STUDIES: a temporary folder with studies, the page's files, and trialnorm in the PATH
begin() {
    [ -x "$1" ] || { echo "$1: not there; build it first (README.md, \"Two commands\")" >&2; exit 2; }
    program=$(realpath "$1")
    work=$(mktemp -d "${TMPDIR:-/tmp}/trialnorm-cluster.XXXXXX")
    trap clean_up EXIT
    trap 'exit 1' HUP INT PIPE TERM
    chmod 755 "$work"
    mkdir "$work/bin" "$work/data"
    ln -s "$program" "$work/bin/trialnorm"
    PATH=$work/bin:$PATH:/usr/sbin:/sbin
    export PATH
    cd "$work/data"
    python3 "$root/tests/cluster/studies.py" . "$2"
    python3 "$root/tests/cluster/page_files.py" "$root/docs/CLUSTER.md" .
    echo "$(date -u +%Y-%m-%d), $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), $(nproc) processors, $(trialnorm -V | head -n 1)"
    echo "$(grep -c . studies.ndjson) records, $(($(wc -c < studies.ndjson) / 1000000)) MB"
}

# free_port: a TCP port of the loopback interface that nobody listens on
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_until SECONDS COMMAND...: until it succeeds
wait_until() {
    deadline=$(($(date +%s) + $1))
    shift
    until "$@" > /dev/null 2>&1; do
        [ "$(date +%s)" -le "$deadline" ] || return 1
        sleep 0.1
    done
}

# has_ended PID: gone, or a child that nobody has waited for yet
has_ended() {
    ! kill -0 "$1" || grep -q ') Z' "/proc/$1/stat"
}

# stop PID...: ends these processes and waits for that
stop() {
    for pid in "$@"; do
        kill "$pid" 2> /dev/null || continue
        wait_until 10 has_ended "$pid" || kill -9 "$pid" || :
    done
}

# cpu_seconds COMMAND...: the least of three
cpu_seconds() {
    python3 - "$@" << 'END'
import os, subprocess, sys
def once():
    before = os.times()
    subprocess.run(sys.argv[1:], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
print(f"{min(once() for _ in range(3)):.2f}")
END
}

# say_same WHAT FILE FILE: tells whether both have the same bytes
say_same() {
    if cmp -s "$2" "$3"; then
        echo "$1: the same as a single run ($(sha256sum < "$2" | cut -c 1-12))"
    else
        echo "$1: DIFFERENT from a single run"
        failures=$((failures + 1))
    fi
}

# expect WHAT WANTED GOT
expect() {
    if [ "$2" = "$3" ]; then
        echo "$1: $3"
    else
        echo "$1: $3, but should be $2"
        failures=$((failures + 1))
    fi
}

# show COMMAND: runs it, as a session on the page shows it
show() {
    printf '$ %s\n' "$1"
    status=0
    sh -c "$1" 2>&1 || status=$?
    [ "$status" -eq 0 ] || echo "(exit code $status)"
}

# finish: the last line, and the exit code
finish() {
    echo "$failures differences"
    [ "$failures" -eq 0 ]
}
