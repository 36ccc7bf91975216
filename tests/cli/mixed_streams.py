#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents of several kinds in one stream: each gives the records that it gives alone, on every number of threads.

usage: mixed_streams.py PROGRAM FIXTURES

Every two documents of JSON or XML among the fixtures, one behind the other and around each other; both many times over, so
that no beginning of the input shows them all; one behind more of the other than detection looks at; in one array.
"""
import itertools
import json
import pathlib
import subprocess
import sys

PROGRAM, FIXTURES = sys.argv[1], pathlib.Path(sys.argv[2])
CASES = ["ctgov-v1/study-fields", "ctgov-v2/api-page", "ctgov-v2/late-protocol", "ctgov-json-fields/flat", "ctgov-xml/full-study",
         "ctis/retrieve", "ctis/search", "drks/full", "ictrp/xml-2009", "ictrp/xml-2024", "isrctn/full-trial", "json/jrct",
         "who-xml/json-single", "who-xml/triall", "who-xml/trials", "xml/umin"]
LARGE = 70000 # bytes: more than detection looks at

faults = []


def read(data, *options):
    """The records, without what depends on the documents before them."""
    run = subprocess.run([PROGRAM, *options], input=data, capture_output=True, timeout=120, check=False)
    records = [json.loads(line) for line in run.stdout.splitlines()]
    for record in records:
        record["source"].pop("record_index")
        for warning in record.get("warnings", []):
            warning.pop("line", None)
    return records, run.stderr.decode()


def check(what, documents, data=None):
    want = [record for name in documents for record in alone[name]]
    data = b"".join(text[name] for name in documents) if data is None else data
    for jobs in ("-j1", "-j3"):
        got, errors = read(data, jobs)
        if got != want:
            faults.append(f"{what} {jobs}: {len(got)} records and not {len(want)}, or others: {errors[:300]}")


text = {case: next((FIXTURES / case).glob("input.*")).read_bytes() for case in CASES}
alone = {case: read(data)[0] for case, data in text.items()}
for case, records in alone.items():
    if not records:
        faults.append(f"{case} gives no record alone")
for a, b in itertools.permutations(CASES, 2):
    check(f"{a} around {b}", [a, b, a])
for a, b in itertools.permutations([case for case in CASES if case in ("drks/full", "ctis/search", "ictrp/xml-2024", "ctgov-xml/full-study")], 2):
    check(f"{a} and {b} many times", [a, b] * (600000 // len(text[a] + text[b]) + 1))
    check(f"much {a}, then {b}", [a] * (LARGE // len(text[a]) + 1) + [b, a])
objects = [case for case in CASES if text[case].lstrip()[:1] == b"{" and b"\n{" not in text[case]]
check("an array", objects, b"[" + b",\n".join(text[case] for case in objects) + b"]")

print(*faults[:20], sep="\n", end="\n" if faults else "")
print(f"mixed streams: {len(CASES)} documents, {len(faults)} faults")
sys.exit(1 if faults else 0)
