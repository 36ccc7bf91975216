#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the DuckDB and ClickHouse recipes of docs/CLUSTER.md, and compares their answers with those that jq gives about a single
# run (see common.sh). The ClickHouse server is its own, on the loopback interface, its data in the temporary folder. DuckDB is
# the npm package @duckdb/node-api (70 MB): DUCKDB=NODE_MODULES names a folder that has it; otherwise it is fetched from the npm
# registry into the temporary folder.
#
# usage: sh tests/cluster/databases.sh [TRIALNORM [STUDIES]]
set -eu
. "$(dirname "$0")/common.sh"
need clickhouse-server clickhouse-server clickhouse-client clickhouse-client node nodejs npm npm jq jq python3 python3

daemons=
stop_daemons() {
    stop $daemons
}

fetch_duckdb() {
    [ -z "${DUCKDB:-}" ] || return 0
    echo "fetching @duckdb/node-api with npm into the temporary folder"
    mkdir "$work/npm"
    (cd "$work/npm" && npm install --silent --no-save --no-package-lock --prefix . @duckdb/node-api 2> npm.log) ||
        { cat "$work/npm/npm.log" >&2; echo "npm cannot install @duckdb/node-api" >&2; exit 1; }
    DUCKDB=$work/npm/node_modules
}

duckdb() {
    node "$root/tests/cluster/duckdb.mjs" "$DUCKDB" "$@"
}

start_clickhouse() {
    port=$(free_port)
    mkdir "$work/clickhouse"
    cat > "$work/clickhouse/config.xml" << END
<yandex>
    <logger><level>warning</level><console>1</console></logger>
    <listen_host>127.0.0.1</listen_host>
    <tcp_port>$port</tcp_port>
    <http_port>$(free_port)</http_port>
    <path>$work/clickhouse/data/</path>
    <tmp_path>$work/clickhouse/tmp/</tmp_path>
    <users_config>$work/clickhouse/users.xml</users_config>
    <mark_cache_size>100000000</mark_cache_size>
    <default_profile>default</default_profile>
    <default_database>default</default_database>
</yandex>
END
    cat > "$work/clickhouse/users.xml" << END
<yandex>
    <profiles><default/></profiles>
    <quotas><default/></quotas>
    <users><default><password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
</yandex>
END
    setsid clickhouse-server --config-file="$work/clickhouse/config.xml" > "$work/clickhouse/log" 2>&1 &
    daemons=$!
    printf '#!/bin/sh\nexec %s --host 127.0.0.1 --port %s "$@"\n' "$(command -v clickhouse-client)" "$port" > "$work/bin/clickhouse-client"
    chmod 755 "$work/bin/clickhouse-client"
    wait_until 30 clickhouse-client --query 'SELECT 1' || { cat "$work/clickhouse/log" >&2; echo "ClickHouse does not start" >&2; exit 1; }
}

# What jq makes of the newest records of a single run, as the databases print it.
by_status() {
    jq -r .status single.ndjson | LC_ALL=C sort | uniq -c | awk '{ print $2 "\t" $1 }'
}

sites() {
    jq -r 'select(.status == "RECRUITING" and (.phases | index("PHASE3")) and (.start_date // "") >= "2024") |
        .record_key as $key | .locations[]? | [.country_code, $key] | @tsv' single.ndjson |
        awk -F '\t' '{ sites[$1]++; if (!seen[$0]++) trials[$1]++ } END { for (code in sites) print code "\t" sites[code] "\t" trials[code] }' |
        LC_ALL=C sort
}

begin "${1:-$root/build/trialnorm}" "${2:-4000}"
fetch_duckdb
start_clickhouse
echo 'select version();' > version.sql
echo "DuckDB $(duckdb version.sql), ClickHouse $(clickhouse-client --query 'SELECT version()'), $(jq --version)"

# Parts that were cut by files: the copies of a trial stand in different ones.
mkdir parts
for part in downloads/*; do
    trialnorm -q -o "parts/$(basename "$part" .gz).ndjson" "$part"
done
trialnorm -q studies.ndjson | jq -s -c 'group_by(.record_key)[] | max_by(.last_update_submitted_date)' > single.ndjson
{ by_status; sites; } > expected.txt
echo "$(cat parts/*.ndjson | wc -l) records in $(ls parts | wc -l) parts, $(wc -l < single.ndjson) trials"

duckdb duckdb.sql duckdb-questions.sql > duckdb.txt
say_same "DuckDB" duckdb.txt expected.txt
sh clickhouse.sh > clickhouse.txt
say_same "ClickHouse" clickhouse.txt expected.txt
cat expected.txt
finish
