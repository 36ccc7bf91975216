#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Loads the tables of a run into a database engine as `trialnorm schema --sql` says, and holds every cell against the NDJSON.

usage: engines.py ENGINE PROGRAM INPUT...

ENGINE is sqlite (the program sqlite3), postgres (a cluster of its own in a temporary folder, on a Unix socket), duckdb (npm's
@duckdb/node-api, fetched once into $TRIALNORM_BENCH_CACHE, default ~/.cache/trialnorm-bench) or clickhouse (a server of its own on
the loopback interface). Ends with 0 when all is equal, 1 when not; prints SKIP when the engine is not there.
"""
import contextlib
import fcntl
import glob
import json
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import layout

HERE = os.path.dirname(os.path.abspath(__file__))


class Missing(Exception):
    pass


def program_of(name, package):
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if not found:
        raise Missing("%s is not there (package %s)" % (name, package))
    return found


def wait_until(ready, what, process=None, seconds=60):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end or (process and process.poll() is not None):
            raise RuntimeError("%s does not start" % what)
        time.sleep(0.1)


@contextlib.contextmanager
def daemon(command, **options):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **options)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def named(sql):
    """Rows are objects on their way here: each column needs a name of its own."""
    return sql.replace("count(*) FROM", "count(*) AS n FROM")


def json_rows(text):
    return [list(json.loads(line).values()) for line in text.splitlines()]


@contextlib.contextmanager
def sqlite_shell(folder, schema, load):
    shell = program_of("sqlite3", "sqlite3")
    file = os.path.join(folder, "trials.sqlite")

    def run(text):
        return layout.run(shell, "-bail", file, input=text.encode(), cwd=os.path.join(folder, "tables"))

    def answers(statements):
        with contextlib.closing(sqlite3.connect(file)) as database:
            return [[list(row) for row in database.execute(sql)] for sql in statements]

    yield lambda: run(schema + load), answers


@contextlib.contextmanager
def postgres(folder, schema, load):
    homes = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[-2]))
    if not homes:
        raise Missing("PostgreSQL is not there (package postgresql)")
    bin, data = homes[-1], os.path.join(folder, "cluster")
    os.mkdir(data)
    other = {}
    if os.getuid() == 0: # PostgreSQL refuses to run as root
        names = [entry.pw_name for entry in pwd.getpwall()]
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(data, user.pw_uid, user.pw_gid)
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", **other}
    subprocess.run([bin + "/initdb", "-D", data + "/d", "-U", "trialnorm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
                   check=True, **quiet)
    command = [bin + "/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", data, "-U", "trialnorm", "postgres"]
    environment = {**os.environ, "PGCLIENTENCODING": "UTF8"}

    def run(text):
        return layout.run(*command, input=text.encode(), cwd=os.path.join(folder, "tables"), env=environment)

    def answers(statements):
        return [json_rows(run("SELECT row_to_json(t) FROM (%s) t;" % named(sql))) for sql in statements]

    settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "unix_socket_directories=" + data]
    with daemon([bin + "/postgres", "-D", data + "/d", *settings], cwd="/", **other) as server:
        wait_until(lambda: subprocess.run(command + ["-c", "SELECT 1"], capture_output=True).returncode == 0, "PostgreSQL", server)
        yield lambda: run(schema + load), answers


def duckdb_modules():
    """The folder node_modules with DuckDB in it, fetched where it is not there; several tests may want it at once."""
    if os.environ.get("DUCKDB"):
        return os.environ["DUCKDB"]
    npm = program_of("npm", "npm")
    cache = os.environ.get("TRIALNORM_BENCH_CACHE") or os.path.expanduser("~/.cache/trialnorm-bench")
    os.makedirs(cache, exist_ok=True)
    with open(os.path.join(cache, ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(os.path.join(cache, "node_modules", "@duckdb", "node-api")):
            done = subprocess.run([npm, "install", "--no-fund", "--no-audit", "--silent", "@duckdb/node-api"], cwd=cache,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode:
                raise Missing("npm has no @duckdb/node-api for us")
    return os.path.join(cache, "node_modules")


@contextlib.contextmanager
def duckdb(folder, schema, load):
    node, modules = program_of("node", "nodejs"), duckdb_modules()
    tables = os.path.join(folder, "tables")
    command = [node, os.path.join(HERE, "duckdb.mjs"), modules, os.path.join(folder, "trials.duckdb")]

    def run(text):
        return layout.run(*command, input=text.encode(), cwd=tables)

    def answers(statements):
        text = run("".join("SELECT to_json(t) FROM (%s) t;\n" % named(sql) for sql in statements))
        return [[list(json.loads(row).values()) for row in json.loads(line)] for line in text.splitlines()]

    yield lambda: run(schema + load), answers


def free_port():
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


CLICKHOUSE = """<yandex><logger><level>none</level><console>1</console></logger><listen_host>127.0.0.1</listen_host>
<tcp_port>%d</tcp_port><http_port>%d</http_port><path>%s/data/</path><tmp_path>%s/tmp/</tmp_path><users_config>%s</users_config>
<mark_cache_size>100000000</mark_cache_size><default_profile>default</default_profile><default_database>default</default_database>
<profiles><default/></profiles><quotas><default/></quotas><users><default><password/><networks><ip>127.0.0.1</ip></networks>
<profile>default</profile><quota>default</quota></default></users></yandex>"""


@contextlib.contextmanager
def clickhouse(folder, schema, load):
    server = program_of("clickhouse-server", "clickhouse-server")
    client = program_of("clickhouse-client", "clickhouse-client")
    home, port = os.path.join(folder, "clickhouse"), free_port()
    os.makedirs(home + "/bin")
    config = home + "/config.xml"
    with open(config, "w") as file:
        file.write(CLICKHOUSE % (port, free_port(), home, home, config))
    with open(home + "/bin/clickhouse-client", "w") as file:
        file.write('#!/bin/sh\nexec %s --host 127.0.0.1 --port %d "$@"\n' % (client, port))
    os.chmod(home + "/bin/clickhouse-client", 0o755)
    environment = {**os.environ, "PATH": home + "/bin:" + os.environ["PATH"]}
    command = [home + "/bin/clickhouse-client"]

    def fill():
        layout.run(*command, "--multiquery", input=schema.encode(), cwd="/")
        layout.run("sh", "-e", input=load.encode(), cwd=os.path.join(folder, "tables"), env=environment)

    def rounded(value):
        """The version that Debian has reads 3.72 as its neighbour."""
        return float("%.15g" % value) if isinstance(value, float) else value

    def answers(statements):
        texts = [layout.run(*command, "--output_format_json_quote_64bit_integers=0", "--query",
                            named(sql).replace("JOIN", "ALL INNER JOIN") + " FORMAT JSONEachRow") for sql in statements]
        return [[[rounded(value) for value in row] for row in json_rows(text)] for text in texts]

    with daemon([server, "--config-file=" + config], cwd=home) as process:
        wait_until(lambda: subprocess.run(command + ["--query", "SELECT 1"], capture_output=True).returncode == 0, "ClickHouse",
                   process)
        yield fill, answers


ENGINES = {"sqlite": sqlite_shell, "postgres": postgres, "duckdb": duckdb, "clickhouse": clickhouse}


def check(engine, program, inputs):
    with tempfile.TemporaryDirectory(prefix="tn-sql-") as folder:
        os.chmod(folder, 0o755)
        options = ["-q", "--provenance", *inputs]
        layout.run(program, "-t", "tables", "-o", os.path.join(folder, "tables"), *options)
        records = layout.read_records(layout.run(program, *options))
        lines = layout.run(program, "schema", "--sql", engine, "--provenance").splitlines(True)
        load = "".join(line[4:] for line in lines if line.startswith("--> "))
        schema = "".join(line for line in lines if not line.startswith("--> "))
        with ENGINES[engine](folder, schema, load) as (fill, answers):
            fill()
            return layout.ask(engine, "%d inputs" % len(inputs), layout.expected(program, records, True), answers)


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in ENGINES:
        sys.stderr.write(__doc__)
        return 2
    try:
        return check(sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:])
    except Missing as missing:
        print("SKIP %s: %s" % (sys.argv[1], missing))
        return 0


if __name__ == "__main__":
    sys.exit(main())
