#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""AACT's tables: folders and zip archives give the same trials in the same order with any number of threads; what has no
study, or no studies.txt, is said.

Each table of a fixture, cut at many lengths, leaves whole trials, errors, or both.

usage: aact.py PROGRAM FIXTURE
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

STUDIES = 3000
failures = []


def check(what, holds, shown=""):
    if not holds:
        failures.append(what)
        print(f"FAILED {what}: {shown}")


def run(program, *args, stdin=None, cwd=None):
    done = subprocess.run([program, *args], input=stdin, cwd=cwd, capture_output=True, timeout=120, check=False)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    for record in records:
        record["source"].pop("file", None)
        record["source"].pop("member", None)
    return records, done.stderr.decode(), done.returncode


def write_tables(folder, count):
    """Studies in an order of their own, rows of the other tables in another."""
    folder.mkdir(parents=True)
    numbers = [f"NCT{90000000 + i:08}" for i in range(count)]
    dice = random.Random(7)
    dice.shuffle(numbers)
    studies = "".join(f"{n}|2020-01-02|Title of {n}|2020-01|RECRUITING|INTERVENTIONAL\n" for n in numbers)
    header = "nct_id|study_first_submitted_date|brief_title|start_month_year|overall_status|study_type\n"
    (folder / "studies.txt").write_text(header + studies)
    rows = [(n, i) for n in numbers for i in range(3)]
    dice.shuffle(rows)
    conditions = "".join(f"{at}|{n}|Disease {i} of {n}|disease\n" for at, (n, i) in enumerate(rows))
    (folder / "conditions.txt").write_text("id|nct_id|name|downcase_name\n" + conditions)
    return numbers, rows


def pack(archive, folder, within):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, f"{within}{path.name}")


def check_joined(program, top):
    numbers, rows = write_tables(top / "all" / "set", STUDIES)
    pack(top / "set.zip", top / "all" / "set", "")
    pack(top / "deep.zip", top / "all" / "set", "a/b/")
    (top / "all" / "set" / "other.json").write_text('{"protocolSection": {"identificationModule": {"nctId": "NCT00000001", '
                                                    '"briefTitle": "Another"}}}')
    (top / "all" / "zzz.json").write_text('{"protocolSection": {"identificationModule": {"nctId": "NCT00000002", '
                                          '"briefTitle": "Last"}}}')
    wanted = {}
    for number, i in rows:
        wanted.setdefault(number, []).append(f"Disease {i} of {number}")
    first, messages, code = run(program, "-j1", str(top / "all"))
    check("exit code", code == 0, messages)
    joined = [r for r in first if r["source"]["reader"] == "aact"]
    check("order", [r["trial_id"] for r in joined] == numbers)
    check("conditions", all(r["conditions"] == wanted[r["trial_id"]] for r in joined))
    check("the folder's end", [r["trial_id"] for r in first][-1] == "NCT00000002")
    for threads in ("-j2", "-j4"):
        again, again_messages, _ = run(program, threads, str(top / "all"))
        check(f"{threads}: the same", again == first, again_messages)
    for archive in ("set.zip", "deep.zip"):
        for threads in ("-j1", "-j3"):
            packed, messages, code = run(program, threads, str(top / archive))
            check(f"{archive} {threads}", packed == joined and code == 0, messages)
    named = [str(top / "all" / "set" / name) for name in ("conditions.txt", "studies.txt")]
    check("named one by one", run(program, *named)[0] == joined)
    few, messages, _ = run(program, "--where", f"trial_id = {numbers[5]}", str(top / "set.zip"))
    check("--where", [r["trial_id"] for r in few] == [numbers[5]], messages)


def check_odd(program, top):
    write_tables(top / "odd", 2)
    odd = top / "odd"
    with (odd / "conditions.txt").open("a") as conditions:
        conditions.write("98|NCT99999999|Nobody's|nobody's\n99||Lost|lost\n100|NCT90000001\n")
    (odd / "reported_events.txt").write_text("id|nct_id|event_type\n1|NCT90000001|serious\n")
    (odd / "keywords.txt").write_text("id|nct_id|name|downcase_name\n")
    records, messages, code = run(program, str(odd))
    check("odd rows", len(records) == 2 and code == 1, messages)
    check("summary", "10 records: 2 written, 1 failed, 7 merged" in messages, messages)
    check("rows of no study", "belong to no study of studies.txt" in messages, messages)
    check("a row without nct_id", "no nct_id" in messages and "1 failed" in messages, messages)
    check("a short row", "the row has 2 cells, and the header 4" in messages, messages)
    (odd / "studies.txt").rename(top / "some.txt")
    records, messages, code = run(program, str(odd))
    check("no studies.txt", not records and code == 1 and "without studies.txt" in messages, messages)
    pack(top / "alone.zip", odd, "")
    for threads in ("-j1", "-j3"):
        messages = run(program, threads, str(top / "alone.zip"), str(top / "alone.zip"))[1]
        check(f"a small archive without studies.txt, {threads}", messages.count("alone.zip:conditions.txt: error: a table") == 2,
              messages)
    records, messages, code = run(program, "-", stdin=(top / "some.txt").read_bytes())
    check("studies alone", len(records) == 2 and code == 0, messages)
    verdict = subprocess.run([program, "detect", str(odd / "conditions.txt")], capture_output=True, text=True, check=False)
    check("detect", "aact" in verdict.stdout, verdict)
    (odd / "links.txt").write_text("These are my links.\n")
    records, messages, code = run(program, str(odd / "links.txt"))
    check("a file of that name that is no table", "without studies.txt" not in messages, messages)


def check_cut(program, top, fixture):
    """The program ends in order, and every study whose row is whole is a trial."""
    whole = {path.name: path.read_bytes() for path in sorted(fixture.iterdir())}
    folder = top / "cut"
    folder.mkdir()
    for name, data in whole.items():
        (folder / name).write_bytes(data)
    all_of_them = len(run(program, str(folder))[0])
    for name, data in whole.items():
        for cut in sorted({0, 1, len(data) // 3, len(data) // 2, len(data) - 2, len(data) - 1, data.find(b"\n"), data.find(b"\n") + 1}):
            (folder / name).write_bytes(data[:cut])
            records, messages, code = run(program, "-j2", str(folder))
            check(f"{name} cut at {cut}", code in (0, 1) and all("record_key" in record for record in records), (code, messages))
            check(f"{name} cut at {cut}: trials", name == "studies.txt" or len(records) == all_of_them, messages)
        (folder / name).write_bytes(data)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        check_joined(program, pathlib.Path(folder))
        check_odd(program, pathlib.Path(folder))
        check_cut(program, pathlib.Path(folder), pathlib.Path(sys.argv[2]))
    print(f"aact: {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
