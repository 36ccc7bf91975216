# SPDX-License-Identifier: MIT
"""What the tests of the dataset have in common: invented studies, files of them, and runs of the program."""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cluster"))
import studies as made  # noqa: E402  (the generator of tests/cluster)

MODEL = json.loads((ROOT / "fixtures" / "ctgov-v2" / "full-study" / "input.json").read_text(encoding="utf-8"))
# A clock of its own for every run: SOURCE_DATE_EPOCH, 2026-11-22T02:00:00Z and a day later each time.
FIRST_NIGHT, DAY = 1795312800, 86400


def study(number, **status):
    """An invented study, always the same; what is given replaces members of its statusModule."""
    one = made.study(MODEL, number)
    one["protocolSection"]["statusModule"].update(status)
    return one


def identification(one):
    return one["protocolSection"]["identificationModule"]


def write_study(folder, one, name=None):
    path = pathlib.Path(folder, name or f"{identification(one)['nctId']}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    return path


class Dataset:
    """A dataset in a file, and the program."""

    def __init__(self, program, path):
        self.program, self.path, self.nights = str(program), pathlib.Path(path), 0

    def environment(self):
        return {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(FIRST_NIGHT + self.nights * DAY)}

    def command(self, *inputs):
        return [self.program, "sync", "--db", str(self.path), *map(str, inputs)]

    def sync(self, *inputs, code=0, **more):
        """A run of sync, a night after the one before; fails unless it ends with the code."""
        self.nights += 1
        ran = subprocess.run(self.command(*inputs), capture_output=True, env={**self.environment(), **more.pop("env", {})}, check=False, **more)
        check(ran.returncode == code, f"sync {inputs}: exit code {ran.returncode}, not {code}:\n{text(ran.stdout)}{text(ran.stderr)}")
        return text(ran.stdout + ran.stderr)

    def run(self, command, *arguments):
        """Standard output of another command that reads the dataset."""
        return output([self.program, command, "--db", str(self.path), *map(str, arguments)])

    def export(self, *arguments):
        return self.run("export", *arguments)

    def changes(self, *arguments):
        return lines(self.run("changes", "-t", "ndjson", *arguments))

    def runs(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            return database.execute("SELECT count(*) FROM run").fetchone()[0]

    def check_whole(self):
        """Opens, and is in order from SQLite's point of view."""
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            said = database.execute("PRAGMA integrity_check").fetchall()
        check(said == [("ok",)], f"{self.path}: {said[:3]}")


def text(data):
    return data.decode("utf-8", "backslashreplace")


def lines(data):
    return [json.loads(line) for line in data.splitlines()]


def output(command, **more):
    ran = subprocess.run([str(word) for word in command], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}, **more)
    check(ran.returncode == 0, f"{command}: exit code {ran.returncode}:\n{text(ran.stderr)}")
    return ran.stdout


def convert(program, *inputs):
    """What a direct conversion writes, bytes."""
    return output([program, "-q", *inputs])


def check(holds, what):
    if not holds:
        raise SystemExit(f"FAILED: {what}")


def same(got, wanted, what):
    check(got == wanted, f"{what}: {got!r}, not {wanted!r}"[:2000])


def left_behind(folder):
    """Every name in a folder that hidden files are not spared in."""
    return sorted(os.listdir(folder))


@contextlib.contextmanager
def scratch():
    """A folder that is gone afterwards, whatever its rights are then."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="trialnorm-dataset-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
