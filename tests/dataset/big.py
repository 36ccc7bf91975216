#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A dataset of the size of a whole registry, by hand: times and peak memory of its first sync, of one with nothing to do, and of a night in which some trials were
changed. docs/PERFORMANCE.md has what came out.

usage: big.py PROGRAM FOLDER [TRIALS [CHANGED]]      (600,000 and 2,000; FOLDER is made, needs 8 GB, and is removed at the end)
"""
import contextlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time

from common import ROOT, Dataset, check, same

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from study_words import Prose  # noqa: E402

# The generator of tests/bench; common has that of tests/cluster, which has the same name.
described = importlib.util.spec_from_file_location("bench_studies", ROOT / "tests" / "bench" / "studies.py")
studies = importlib.util.module_from_spec(described)
described.loader.exec_module(studies)

IN_A_FILE, DIFFERENT, SEED, LATER = 1000, 8000, 7, "2031-11-21"
NUMBER = re.compile(rb'("nctId":")NCT[0-9]+')


def make(folder, trials):
    """Studies of 5 kB or so, in files of 1000; after some thousands they are repeated under other numbers. Those that have a second id, which would not be theirs
    alone, are left out."""
    folder.mkdir(parents=True)
    prose = Prose(SEED)
    made = (studies.study(prose, SEED, number, studies.SMALL) for number in range(DIFFERENT))
    lines = [studies.compact(one) for one in made if "secondaryIdInfos" not in one["protocolSection"]["identificationModule"]]
    for first in range(0, trials, IN_A_FILE):
        numbered = (NUMBER.sub(b"\\1NCT%08d" % (10000000 + number), lines[number % len(lines)], count=1) for number in range(first, first + IN_A_FILE))
        (folder / f"{first:07}.ndjson").write_bytes(b"".join(one + b"\n" for one in numbered))
    return sum(path.stat().st_size for path in folder.iterdir())


def make_changes(full, delta, changed):
    """Studies from all over the folder, with another status and a later update."""
    delta.mkdir()
    paths = sorted(full.iterdir())
    each = -(-changed // len(paths))
    lines = [line for path in paths for line in path.read_bytes().splitlines()[:each]][:changed]
    found = []
    for line in lines:
        one = json.loads(line)
        status = one["protocolSection"]["statusModule"]
        status["overallStatus"] = "SUSPENDED" if status["overallStatus"] != "SUSPENDED" else "COMPLETED"
        status["lastUpdatePostDateStruct"] = {"date": LATER, "type": "ACTUAL"}
        found.append(studies.compact(one) + b"\n")
    for number in range(0, len(found), IN_A_FILE):
        (delta / f"{number:05}.ndjson").write_bytes(b"".join(found[number:number + IN_A_FILE]))
    same(len(found), changed, "studies of the delta")


def peak_of(running):
    """Most memory that it had, MB; asked for until it ends. What wait4 tells of a child is never less than its parent had."""
    peak = 0
    while running.poll() is None:
        with contextlib.suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{running.pid}/status").read_text(encoding="ascii"))
            peak = max(peak, int(found[1]) if found else 0)
        time.sleep(0.02)
    return peak / 1024


def measured(what, command, environment):
    """Runs it, and tells its time, its CPU time and its peak memory."""
    start, before = time.monotonic(), os.times()
    running = subprocess.Popen([str(word) for word in command], env=environment, stdout=subprocess.DEVNULL)
    peak = peak_of(running)
    taken, after = time.monotonic() - start, os.times()
    same(running.returncode, 0, f"{what}: exit code")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"{what}: {taken:.1f} s, CPU {cpu:.1f} s, peak memory {peak:.0f} MB", flush=True)
    return taken


def main():
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    trials = int(sys.argv[3]) if len(sys.argv) > 3 else 600000
    changed = int(sys.argv[4]) if len(sys.argv) > 4 else 2000
    check(not folder.exists(), f"{folder} is there already")
    try:
        size = make(folder / "full", trials)
        print(f"{trials} trials, {size / 1e6:.0f} MB in {trials // IN_A_FILE} files", flush=True)
        dataset = Dataset(program, folder / "trials.sqlite")
        inputs = [folder / "full"]
        measured("conversion, -j1", [program, "-q", "-j1", "-o", "/dev/null", *inputs], dataset.environment())
        for what in ("first sync", "nothing to do"):
            dataset.nights += 1
            measured(what, dataset.command("-q", *inputs), dataset.environment())
            print(f"  the dataset: {dataset.path.stat().st_size / 1e6:.0f} MB")
        make_changes(folder / "full", folder / "delta", changed)
        inputs.append(folder / "delta")
        dataset.nights += 1
        night = measured(f"a night, {changed} changed", dataset.command("-q", *inputs), dataset.environment())
        with contextlib.closing(sqlite3.connect(dataset.path)) as database:
            same(database.execute("SELECT count(*) FROM trial").fetchone()[0], trials, "trials")
            same(database.execute("SELECT count(DISTINCT trial) FROM change WHERE run = 3").fetchone()[0], changed, "trials that changed")
        measured("changes of that night", [program, "changes", "--db", dataset.path, "--since", "3"], dataset.environment())
        measured("export", [program, "export", "--db", dataset.path], dataset.environment())
        print(f"a night takes {'less' if night < 60 else 'MORE'} than a minute")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
