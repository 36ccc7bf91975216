#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts how many of the values that a page states are right, missing or wrong.

usage: page_values.py PROGRAM FOLDER...

FOLDER holds <case>/input.html with values.json beside it, an entry as in html_expected.json. A value stated is one line
of `is`, `one_of`, `either` or `lists`. It is right when it holds, missing when the record has nothing there, otherwise
wrong; a field of JUDGED that the page does not state and a text of `never` are wrong too. Exit code 1 when a page has
fewer than nine of ten right, or one wrong; for a listing (`listing` in values.json) when anything differs.
"""
import json
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "corpus"))
import html_truth as truth


def count(got, want):
    """(right, missing, wrong) of one record, wrong ones as lines."""
    right, missing, wrong = 0, [], []
    rows = [("is", field) for field in want.get("is", {})] + [("one_of", field) for field in want.get("one_of", {})]
    rows += [("lists", field) for field in want.get("lists", {})] + [("either", at) for at in range(len(want.get("either", [])))]
    for part, name in rows:
        only = {part: [want[part][name]] if part == "either" else {name: want[part][name]}, "may": truth.JUDGED}
        truth.differences.clear()
        truth.check_record("", got, only)
        fields = [field for choice in want["either"][name] for field in choice] if part == "either" else [name]
        if not truth.differences:
            right += 1
        elif not any(truth.get(got, field) not in (None, [], "") for field in fields):
            missing.append(truth.differences[0])
        else:
            wrong += truth.differences
    truth.differences.clear()
    rest = {key: value for key, value in want.items() if key in ("never", "may")}
    rest["may"] = rest.get("may", []) + [field.split(".")[0] for part in ("is", "one_of", "lists") for field in want.get(part, {})]
    rest["may"] += [field for choices in want.get("either", []) for choice in choices for field in choice]
    truth.check_record("", got, rest)
    return right, missing, wrong + truth.differences


def judge(program, case):
    want = json.loads((case / "values.json").read_text(encoding="utf-8"))
    page = sorted(case.glob("input.*"))[0]
    if "listing" in want:
        truth.differences.clear()
        truth.check_page(program, page, case.name, want)
        for line in truth.differences:
            print("  ", line)
        print(f"{case.name}: {len(want['listing'])} entries, {len(truth.differences)} differences")
        return not truth.differences
    run = subprocess.run([program, "--", str(page)], capture_output=True, timeout=60, check=False)
    records = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    stated = sum(len(want.get(part, [])) for part in ("is", "one_of", "lists", "either"))
    if len(records) != 1:
        print(f"{case.name}: {len(records)} records: {run.stderr.decode('utf-8', 'replace')[:300]}")
        return False
    right, missing, wrong = count(records[0], want)
    truth.differences.clear()
    truth.check_rest("", run.stderr.decode("utf-8", "replace"), records, want)
    wrong += truth.differences
    for word, lines in (("missing", missing), ("wrong", wrong)):
        for line in lines:
            print(f"   {word}{line}")
    print(f"{case.name}: {stated} stated, {right} right, {len(missing)} missing, {len(wrong)} wrong")
    return right * 10 >= stated * 9 and not wrong


def main():
    program, *folders = sys.argv[1:]
    cases = sorted(path.parent for folder in folders for path in pathlib.Path(folder).glob("*/values.json"))
    results = [judge(str(pathlib.Path(program).resolve()), case) for case in cases]
    print(f"{results.count(True)} pages good, {results.count(False)} not")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
