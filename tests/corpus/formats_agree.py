#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same trial from several formats of ClinicalTrials.gov agrees in every field that both state.

usage: formats_agree.py PROGRAM CORPUS

API v2 is held against the other formats. Only copies of the same state of a record are compared: those with the same date
of the last update. Of lists of records the entries are compared one by one, and of each what both have.
"""
import json
import pathlib
import subprocess
import sys

OTHERS = ("ctgov-v1", "ctgov-csv", "ctgov-xml")
# What the record says of its own reading, and not of the trial.
OWN = {"source", "extra", "warnings", "schema", "provenance", "status_text", "registered_date"}


def records(program, paths):
    run = subprocess.run([program, "-q", "--", *map(str, paths)], capture_output=True, timeout=300, check=False)
    return [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]


def packed(record):
    """Outcomes of a table have measure, description and time frame in one text, and not all can be told apart."""
    return [", ".join(outcome[key] for key in ("measure", "description", "time_frame") if key in outcome)
            for outcome in record.get("outcomes", [])]


def comparable(folder, record):
    copy = {key: value for key, value in record.items() if folder != "ctgov-csv" or key != "outcomes"}
    if folder == "ctgov-csv" and "outcomes" in record:
        copy["outcomes"] = packed(record)
    return copy


def differences(one, other, path=""):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() & other.keys():
            if path or key not in OWN:
                yield from differences(one[key], other[key], f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other)):
            yield from differences(left, right, f"{path}[{index}]")
    elif one != other:
        yield f"{path}: {json.dumps(one, ensure_ascii=False)[:200]} against {json.dumps(other, ensure_ascii=False)[:200]}"


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    paths = [path for path in sorted(corpus.glob("ctgov-v2/**/*.*json")) if path.suffix in (".json", ".ndjson")]
    of_v2 = {record["trial_id"]: record for record in records(program, paths) if "trial_id" in record}
    compared, wrong = 0, []
    for folder in OTHERS:
        for record in records(program, sorted(path for path in (corpus / folder).glob("*") if path.is_file())):
            same = of_v2.get(record.get("trial_id"))
            if not same or same.get("last_update_posted_date") != record.get("last_update_posted_date"):
                continue
            compared += 1
            wrong += [f"{folder} {record['trial_id']}: {line}" for line in differences(comparable(folder, record), comparable(folder, same))]
    print(*wrong, sep="\n")
    print(f"{compared} copies compared, {len(wrong)} differences")
    return 1 if wrong or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
