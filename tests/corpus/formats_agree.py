#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same trial from several files of the corpus agrees in every field that both state.

usage: formats_agree.py PROGRAM CORPUS

Of each trial the first copy, API v2 where it is one, is held against the others. Only copies of the same state of a record are
compared: those whose dates of the last update are not different. Of lists of records the entries are compared one by one, and of each
what both have. Pages have tests of their own, and a country's record of one trial is no copy of another country's.
"""
import collections
import json
import pathlib
import subprocess
import sys

OTHER_TESTS = ("pages", "html", "seeds")
# What the record says of its own reading, and not of the trial.
OWN = {"source", "extra", "warnings", "schema", "provenance", "status_text", "registered_date"}


def records(program, paths):
    run = subprocess.run([program, "-q", "--", *map(str, paths)], capture_output=True, timeout=300, check=False)
    return [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]


def packed(record):
    """Outcomes of a table have measure, description and time frame in one text, and not all can be told apart."""
    return [", ".join(outcome[key] for key in ("measure", "description", "time_frame") if key in outcome)
            for outcome in record.get("outcomes", [])]


def comparable(table, record):
    copy = {key: value for key, value in record.items() if not table or key != "outcomes"}
    if table and "outcomes" in record:
        copy["outcomes"] = packed(record)
    return copy


def paired(path, entries):
    """One export's order of interventions is not the other's."""
    named = path == "interventions" and all("name" in entry for entry in entries)
    return sorted(entries, key=lambda entry: entry["name"]) if named else entries


def differences(one, other, path=""):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() & other.keys():
            if path or key not in OWN:
                yield from differences(one[key], other[key], f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(paired(path, one), paired(path, other))):
            yield from differences(left, right, f"{path}[{index}]")
    elif one != other:
        yield f"{path}: {json.dumps(one, ensure_ascii=False)[:200]} against {json.dumps(other, ensure_ascii=False)[:200]}"


def copies(program, corpus):
    """The records of each trial, one of each file."""
    trials = collections.defaultdict(dict)
    folders = [folder for folder in sorted(corpus.iterdir()) if folder.is_dir() and folder.name not in OTHER_TESTS]
    for record in records(program, sorted(folders, key=lambda folder: folder.name != "ctgov-v2")):
        if "trial_id" in record:
            trials[record["trial_id"]].setdefault((record["source"]["reader"], record["source"]["file"]), record)
    return trials


def main():
    compared, wrong = collections.Counter(), []
    for trial, there in copies(sys.argv[1], pathlib.Path(sys.argv[2])).items():
        (first, one), *others = there.items()
        for second, other in others:
            dates = {record["last_update_posted_date"] for record in (one, other) if "last_update_posted_date" in record}
            if len(dates) > 1:
                continue
            compared[f"{first[0]} and {second[0]}"] += 1
            table = "ctgov-csv" in (first[0], second[0])
            found = differences(comparable(table, one), comparable(table, other))
            wrong += [f"{trial}, {first[1]} and {second[1]}: {line}" for line in found]
    print(*wrong, sep="\n")
    print(*(f"{count} copies of {names} compared" for names, count in compared.items()), f"{len(wrong)} differences", sep="\n")
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
