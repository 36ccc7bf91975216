#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Golden folders: fixtures/<reader>/<case>/ holds input.* (or a folder `input`), expected.json and a NOTE of what it shows.

usage: run.py PROGRAM [--update] [READER/CASE ...]

The program runs inside the folder, so that source.file is the bare name. `args`, where it is there, holds more options,
one on a line. expected.json is the record, or an array where the input holds several. --update rewrites the
expectations: read the diff before you commit it.
"""
import json
import pathlib
import subprocess
import sys

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"


def cases(names):
    found = sorted(p.parent for p in FIXTURES.glob("*/*/input*"))
    return [c for c in dict.fromkeys(found) if not names or "/".join(c.parts[-2:]) in names]


def convert(program, case):
    source = sorted(case.glob("input*"))[0].name
    args = (case / "args").read_text().split("\n") if (case / "args").exists() else []
    command = [program, *filter(None, args), source]
    run = subprocess.run(command, cwd=case, capture_output=True, timeout=60, check=False)
    records = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    return records, run


def shown(records):
    value = records[0] if len(records) == 1 else records
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def check(program, case, update):
    name = "/".join(case.parts[-2:])
    records, run = convert(program, case)
    again = case.parent.name == "normalized"  # whose records name the reader that read them first
    wrong = [r["source"]["reader"] for r in records if not again and r["source"]["reader"] != case.parent.name]
    text = shown(records)
    expected = case / "expected.json"
    if update:
        expected.write_text(text, encoding="utf-8")
    problems = []
    if run.returncode not in (0, 1) or (run.returncode == 1) != (case / "fails").exists():
        problems.append(f"exit code {run.returncode}: {run.stderr.decode('utf-8', 'replace').strip()}")
    if wrong:
        problems.append(f"read by {wrong}")
    if not (case / "NOTE").exists():
        problems.append("no NOTE")
    if not expected.exists():
        problems.append("no expected.json")
    elif json.loads(expected.read_text(encoding="utf-8"), object_pairs_hook=list) != json.loads(
        text, object_pairs_hook=list
    ):
        got = case / "got.json"
        got.write_text(text, encoding="utf-8")
        diff = subprocess.run(["diff", "-u", str(expected), str(got)], capture_output=True, text=True, check=False)
        got.unlink()
        problems.append(diff.stdout)
    for problem in problems:
        print(f"FAILED {name}: {problem}")
    return not problems


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    program, *names = [a for a in arguments if a != "--update"]
    results = [check(str(pathlib.Path(program).resolve()), case, update) for case in cases(names)]
    print(f"golden: {results.count(True)} passed, {results.count(False)} failed")
    sys.exit(0 if results and all(results) else 1)


if __name__ == "__main__":
    main()
