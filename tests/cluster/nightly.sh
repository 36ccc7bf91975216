#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the script for cron of docs/CLUSTER.md with the little that cron puts into the environment: on a good night, while the
# run before still goes on, with an input that cannot be read, with a record that is refused, and ended in the middle (see
# common.sh). No crontab is touched.
#
# usage: sh tests/cluster/nightly.sh [TRIALNORM [STUDIES]]
set -eu
. "$(dirname "$0")/common.sh"
need flock util-linux python3 python3

# night: what cron does with the line of the crontab; prints the exit code
night() {
    code=0
    env -i HOME="$work" LOGNAME=cron SHELL=/bin/sh PATH="$work/bin:/usr/bin:/bin" /bin/sh -c "sh $work/data/nightly.sh" \
        > "$work/mail" 2>&1 < /dev/null || code=$?
    echo "$code"
}

sleeper=
stop_daemons() {
    stop $sleeper
}

begin "${1:-$root/build/trialnorm}" "${2:-1000}"
flock --version | sed "s|.*util|util|"
trialnorm -q -o single.ndjson downloads

expect "a good night: exit code" 0 "$(night)"
expect "mail, bytes" 0 "$(wc -c < "$work/mail")"
say_same "trials.ndjson" trials.ndjson single.ndjson

flock --no-fork nightly.lock sleep 60 &
sleeper=$!
wait_until 10 sh -c '! flock -n nightly.lock true'
expect "the run before still goes on: exit code" 75 "$(night)"
cat "$work/mail"
stop $sleeper
say_same "trials.ndjson" trials.ndjson single.ndjson

ln -s nowhere downloads/0000/none.json
expect "an input that cannot be read: exit code" 3 "$(night)"
cat "$work/mail"
say_same "trials.ndjson" trials.ndjson single.ndjson
rm downloads/0000/none.json

echo '{"studies": [{}]}' > downloads/0000/none.json
rm trials.ndjson
expect "an input that nobody reads: exit code" 1 "$(night)"
cat "$work/mail"
say_same "trials.ndjson, without it" trials.ndjson single.ndjson
rm downloads/0000/none.json

# A stand-in, so that the end comes in the middle of the run.
rm "$work/bin/trialnorm"
printf '#!/bin/sh\necho "{" > "$3"\necho $$ > "%s"\nexec sleep 60\n' "$work/pid" > "$work/bin/trialnorm"
chmod 755 "$work/bin/trialnorm"
night > "$work/code" &
sleeper=$!
wait_until 10 [ -s "$work/pid" ]
kill "$(cat "$work/pid")"
wait "$sleeper"
expect "ended in the middle: exit code" 143 "$(cat "$work/code")"
cat "$work/mail"
say_same "trials.ndjson" trials.ndjson single.ndjson
finish
