#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What another run of sync changes: nothing where nothing changed, and otherwise what changed and nothing else. The export is what a conversion of the inputs writes.

usage: refresh.py PROGRAM [STUDIES [--check-times]]

With --check-times (by hand, with 20,000): the second run is 20 times as fast as the first, and the first takes no longer than three conversions by one thread
and five seconds.
"""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

from common import ROOT, Dataset, check, convert, identification, output, same, scratch, study, write_study


class Case:
    """A folder of a few studies, and their dataset."""

    def __init__(self, program, work, name, count=6):
        self.folder = work / name
        self.paths = [write_study(self.folder, study(number)) for number in range(count)]
        self.dataset = Dataset(program, work / f"{name}.sqlite")
        self.program = program

    def sync(self, *options, inputs=None, code=0):
        """What this run changed."""
        self.dataset.sync(*options, *(inputs or [self.folder]), code=code)
        return self.dataset.changes("--since", str(self.dataset.runs()))

    def trials(self, *options):
        return {trial["trial_id"]: trial for trial in map(json.loads, self.dataset.export(*options).splitlines())}

    def as_converted(self, what):
        same(sorted(self.dataset.export().splitlines()), sorted(convert(self.program, self.folder).splitlines()), f"{what}: the export")

    def run_row(self):
        return read_row(self.dataset.path, "SELECT files, unchanged, records, added, changed, gone, changes FROM run ORDER BY run DESC LIMIT 1")


def read_row(path, sql):
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return dict(database.execute(sql).fetchone())


def nct(number):
    return identification(study(number))["nctId"]


def plain(changes):
    return [(one["trial_id"], one.get("field"), one.get("old"), one.get("new")) for one in changes]


def nothing_new(program, work):
    case = Case(program, work, "nothing")
    same(plain(case.sync()), [(nct(number), None, None, "added") for number in range(6)], "the first run")
    case.as_converted("the first run")
    said = case.dataset.sync(case.folder)
    same(case.dataset.changes("--since", "2"), [], "the second run")
    check("0 changes" in said or "nothing changed" in said or "no changes" in said, f"the second run does not say so:\n{said}")
    row = case.run_row()
    same((row["files"], row["unchanged"], row["changes"]), (6, 6, 0), "files, unchanged, changes")


def touched(program, work):
    """Another time of change, the same content; and the other way round."""
    case = Case(program, work, "touched")
    case.sync()
    for path in case.paths:
        os.utime(path, (1, 1))
    same(case.sync(), [], "touched")
    path, before = case.paths[2], case.paths[2].stat()
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"TEA-2"', b'"TEA-9"'))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    check(path.stat().st_size == before.st_size and path.read_bytes() != data, "the test is wrong")
    changed = case.sync()
    check(changed and {one["trial_id"] for one in changed} == {nct(2)}, f"same size and time, other content: {changed}")
    case.as_converted("touched")


def rewritten(program, work):
    """The same record in other bytes."""
    case = Case(program, work, "rewritten")
    case.sync()
    for number, path in enumerate(case.paths):
        path.write_text(json.dumps(study(number), indent=3), encoding="utf-8")
    same(case.sync(), [], "rewritten")
    case.as_converted("rewritten")


def removed(program, work):
    case = Case(program, work, "removed")
    case.sync()
    data = case.paths[1].read_bytes()
    case.paths[1].unlink()
    same(case.sync(), [], "a file less")
    same(sorted(case.trials()), sorted(map(nct, range(6))), "trials without a file")
    gone = case.sync("--complete")
    same([(one["trial_id"], one.get("field")) for one in gone], [(nct(1), None)], "the inputs are all that there is")
    check("gone" in json.dumps(gone), f"not told as gone: {gone}")
    same(sorted(case.trials()), sorted(map(nct, (0, 2, 3, 4, 5))), "trials that are not gone")
    same(sorted(case.trials("--gone")), sorted(map(nct, range(6))), "all trials")
    check(len(case.dataset.run("history", nct(1), "-t", "ndjson").splitlines()) >= 2, "no history of a trial that is gone")
    same(case.sync("--complete"), [], "gone already")
    case.paths[1].write_bytes(data)
    back = case.sync("--complete")
    check([one["trial_id"] for one in back] == [nct(1)] and "returned" in json.dumps(back), f"returned: {back}")
    same(sorted(case.trials()), sorted(map(nct, range(6))), "it is back")


def record_removed(program, work):
    """A record that is missing in a file that is still there."""
    case = Case(program, work, "fewer", 0)
    case.folder.mkdir()
    path = case.folder / "all.ndjson"
    path.write_text("".join(json.dumps(study(number)) + "\n" for number in range(6)), encoding="utf-8")
    case.sync()
    path.write_text("".join(json.dumps(study(number)) + "\n" for number in range(1, 6)), encoding="utf-8")
    same(case.sync(), [], "a record less")
    same(len(case.trials()), 6, "trials")
    same([one["trial_id"] for one in case.sync("--complete")], [nct(0)], "a record less, and the inputs are all that there is")


def missing_input(program, work):
    """Inputs that cannot be read say nothing of what is gone."""
    case = Case(program, work, "missing")
    other = write_study(work / "missing-other", study(50))
    case.sync(inputs=[case.folder, other])
    other.unlink()
    changed = case.sync("--complete", inputs=[case.folder, other], code=3)
    same(changed, [], "an input that is not there")
    same(len(case.trials()), 7, "trials, when an input is not there")
    write_study(other.parent, study(50))
    case.paths[0].write_text("{ this is no study", encoding="utf-8")
    same(case.sync("--complete", inputs=[case.folder, other], code=1), [], "a file that cannot be read any more")
    same(len(case.trials()), 7, "trials, when a file cannot be read")


def twice(program, work):
    """A trial in two files: the newer one counts, whichever was read later."""
    def dated(day, **more):
        return study(3, lastUpdatePostDateStruct={"date": day, "type": "ACTUAL"}, lastUpdateSubmitDate=day, **more)

    for order in ("ab", "ba"):
        case = Case(program, work, f"twice-{order}", 0)
        write_study(case.folder, dated("2026-05-01", overallStatus="RECRUITING"), f"{order[0]}.json")
        newer = write_study(case.folder, dated("2026-06-01", overallStatus="COMPLETED"), f"{order[1]}.json")
        same(plain(case.sync()), [(nct(3), None, None, "added")], "twice")
        same([trial["status"] for trial in case.trials().values()], ["COMPLETED"], f"{order}: the newer one")
        same(case.sync(), [], "twice, again")
        os.utime(case.folder / f"{order[0]}.json")
        os.utime(newer)
        same(case.sync(), [], "twice, touched")
        # An older download comes again.
        write_study(case.folder, dated("2026-04-01", overallStatus="SUSPENDED"), "c.json")
        same(case.sync(), [], "an older one")
        write_study(case.folder, dated("2026-07-01", overallStatus="TERMINATED"), "c.json")
        status = [one for one in case.sync() if one.get("field") == "status"]
        same([(one["old"], one["new"]) for one in status], [("COMPLETED", "TERMINATED")], "a newer one")


def moved(program, work):
    case = Case(program, work, "moved")
    case.sync()
    (case.folder / "deeper").mkdir()
    for path in case.paths:
        path.rename(case.folder / "deeper" / path.name)
    same(case.sync("--complete"), [], "moved")
    same(len(case.trials()), 6, "moved: trials")
    case.as_converted("moved")


def studies(folder, count):
    """The generator of tests/bench: a file for each."""
    output([sys.executable, ROOT / "tests" / "bench" / "studies.py", "--count", count, "--files", folder])


def seconds(command):
    start = time.monotonic()
    ran = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    check(ran.returncode == 0, f"{command}: {ran.stderr}")
    return time.monotonic() - start


def one_of_many(program, work, count, check_times):
    folder, dataset = work / "many", Dataset(program, work / "many.sqlite")
    studies(folder, count)
    conversion = min(seconds([program, "-q", "-j1", "-o", work / "many.ndjson", folder]) for _ in range(2))
    first = seconds(dataset.command(folder))
    same(dataset.export(), (work / "many.ndjson").read_bytes(), "the export of many")
    same(len(dataset.changes()), count, "changes of the first run")
    second = min(seconds(dataset.command(folder)) for _ in range(3))
    same(len(dataset.changes()), count, "changes of the runs after it")
    path = sorted(folder.iterdir())[count // 3]
    one = json.loads(path.read_bytes())
    identification(one)["briefTitle"] += " in Winter"
    path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    changed = seconds(dataset.command(folder))
    found = dataset.changes()[count:]
    same([(change["trial_id"], change["field"], change["new"]) for change in found],
         [(identification(one)["nctId"], "title", identification(one)["briefTitle"])], "one field of one record")
    same(dataset.export(), convert(program, folder), "the export after it")
    print(f"refresh: {count} studies: conversion {conversion:.2f} s, first sync {first:.2f} s, second {second:.2f} s ({first / second:.0f} x), with one change {changed:.2f} s")
    if check_times:
        check(first >= 20 * second, f"the second run is only {first / second:.1f} times as fast")
        check(first <= 3 * conversion + 5, f"the first run takes {first:.1f} s, a conversion {conversion:.1f} s")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with scratch() as work:
        os.chdir(work)
        for case in (nothing_new, touched, rewritten, removed, record_removed, missing_input, twice, moved):
            case(program, pathlib.Path())
        one_of_many(program, pathlib.Path(), count, "--check-times" in sys.argv)
        shutil.rmtree(work / "many")


if __name__ == "__main__":
    main()
