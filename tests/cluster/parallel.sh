#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the GNU parallel recipes of docs/CLUSTER.md over two hosts, and compares with a single run (see common.sh). Both hosts are
# this machine: two sshd of their own on the loopback interface, with keys, configuration and home folders in the temporary
# folder. Nothing in ~/.ssh or ~/.parallel is read or written.
#
# usage: sh tests/cluster/parallel.sh [TRIALNORM [STUDIES]]
set -eu
. "$(dirname "$0")/common.sh"
need parallel parallel sshd openssh-server ssh openssh-client rsync rsync jq jq python3 python3

daemons=
made_run_sshd=
stop_daemons() {
    stop $daemons
    [ -z "$made_run_sshd" ] || rmdir /run/sshd
}

# sshd of root wants an empty folder of its own, which the service makes.
make_run_sshd() {
    [ "$(id -u)" -eq 0 ] && [ ! -d /run/sshd ] || return 0
    mkdir -m 755 /run/sshd
    made_run_sshd=yes
}

make_keys() {
    mkdir -m 700 "$work/ssh"
    ssh-keygen -q -t ed25519 -N '' -C host -f "$work/ssh/host_key"
    ssh-keygen -q -t ed25519 -N '' -C user -f "$work/ssh/user_key"
}

# start_host NAME
start_host() {
    port=$(free_port)
    mkdir "$work/home-$1"
    cat > "$work/ssh/sshd-$1" << END
ListenAddress 127.0.0.1:$port
HostKey $work/ssh/host_key
PidFile none
AuthorizedKeysFile $work/ssh/user_key.pub
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
PrintMotd no
SetEnv HOME=$work/home-$1 PATH=$PATH
ForceCommand cd && eval "\$SSH_ORIGINAL_COMMAND"
END
    cat >> "$work/ssh/config" << END
Host $1
    HostName 127.0.0.1
    Port $port
    User $(id -un)
    IdentityFile $work/ssh/user_key
    IdentitiesOnly yes
    UserKnownHostsFile $work/ssh/known_hosts
    GlobalKnownHostsFile none
    LogLevel ERROR
END
    echo "[127.0.0.1]:$port $(cat "$work/ssh/host_key.pub")" >> "$work/ssh/known_hosts"
    setsid "$(command -v sshd)" -D -e -f "$work/ssh/sshd-$1" 2> "$work/sshd-$1.log" &
    daemons="$daemons $!"
    wait_until 10 ssh "$1" true || { ssh "$1" true || :; cat "$work/sshd-$1.log" >&2; echo "sshd does not start" >&2; exit 1; }
}

# ssh with a configuration of its own, for parallel and rsync too
wrap_ssh() {
    printf '#!/bin/sh\nexec %s -F %s "$@"\n' "$(command -v ssh)" "$work/ssh/config" > "$work/bin/ssh"
    chmod 755 "$work/bin/ssh"
}

begin "${1:-$root/build/trialnorm}" "${2:-4000}"
export PARALLEL_HOME="$work/parallel"
mkdir "$PARALLEL_HOME"
make_run_sshd
make_keys
wrap_ssh
start_host alpha
start_host beta
echo "$(parallel --version | head -n 1), $(ssh -V 2>&1 | cut -d , -f 1), $(rsync --version | head -n 1 | sed 's/  */ /g')"

mv downloads/later.ndjson.gz "downloads/later copies.ndjson.gz"
trialnorm -q -o single.ndjson downloads
trialnorm -q -o single.csv downloads

mv downloads/0000 aside         # one job fails: nothing there that can be read
ln -s nowhere downloads/0000
show "LC_ALL=C ls downloads > list.txt"
show "rm -rf parts && mkdir parts"
show "sh convert.sh"
show "sh failed.sh"
rm downloads/0000
mv aside downloads/0000
show "sh convert.sh --resume-failed"
show "sh failed.sh"
show "sh join.sh"
say_same "files as jobs, joined" trials.ndjson single.ndjson
for host in alpha beta; do
    jobs=$(awk -v host="$host" 'NR > 1 && $2 == host' jobs.log | wc -l)
    echo "$host: $jobs jobs"
    [ "$jobs" -gt 0 ] || failures=$((failures + 1))
    expect "$host: files left behind" 0 "$(find "$work/home-$host" -type f | wc -l)"
done

rm -r parts trials.ndjson && mkdir parts
show "sh convert-shared.sh"
show "sh join.sh"
say_same "files as jobs in a folder that all hosts see, joined" trials.ndjson single.ndjson

show "sh pipe.sh"
jq -c 'del(.source)' trials.ndjson > piped.ndjson
trialnorm -q studies.ndjson | jq -c 'del(.source)' > single.ndjson
say_same "one large file in blocks, without source" piped.ndjson single.ndjson

sed 's/ndjson/csv/g' convert.sh > convert-csv.sh
show "sh convert-csv.sh"
show "sh join-csv.sh"
say_same "CSV, joined" trials.csv single.csv
finish
