#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A record of any JSON source says the same in whatever container it stands: those of search engines, of web services and of
people's own programs.

usage: json_envelopes.py PROGRAM FIXTURES
"""
import json
import pathlib
import subprocess
import sys

ENVELOPES = {
    "data": lambda r: {"data": [r, r]},
    "content": lambda r: {"content": [r, r], "totalPages": 1},
    "result.items": lambda r: {"result": {"items": [r, r]}},
    "hits": lambda r: {"took": 1, "hits": {"total": 2, "hits": [{"_id": "a", "_source": r}, {"_id": "b", "_source": r}]}},
    "results": lambda r: {"count": 2, "results": [r, r]},
    "docs": lambda r: {"response": {"numFound": 2, "docs": [r, r]}},
    "studies": lambda r: {"studies": [r, r]},
    "trials": lambda r: {"trials": [r, r]},
    "data.data": lambda r: {"data": [{"pagination": {}, "data": [r, r]}]},
    "edges": lambda r: {"data": {"trials": {"edges": [{"node": r}, {"node": r}]}}},
    "_source": lambda r: [{"_source": r}, {"_source": r}],
}
# Containers of the sources themselves, down to their records.
OWN = ("FullStudiesResponse", "FullStudies", "Study", "StudyFieldsResponse", "StudyFields", "studies", "data", "trials", "trial",
       "FullStudy")
READERS = ("ctgov-json-fields", "ctgov-v1", "ctgov-v2", "ctis", "drks", "json", "who-xml")


def first_record(document, own):
    while True:
        if isinstance(document, list):
            document = document[0]
            continue
        inside = [key for key in own if key in document and isinstance(document[key], (dict, list))]
        if not inside:
            return document
        document = document[inside[0]]


def read(program, text):
    run = subprocess.run([program, "-q", "-"], input=text.encode(), capture_output=True, timeout=60, check=False)
    records = [json.loads(line) for line in run.stdout.decode().splitlines()]
    for record in records:
        record.pop("source")
        record.pop("warnings", None)
    return records, run.stderr.decode()


def main():
    program, fixtures = sys.argv[1], pathlib.Path(sys.argv[2])
    checked = faults = 0
    for reader in READERS:
        for source in sorted(fixtures.glob(f"{reader}/*/input.json")):
            record = first_record(json.loads(source.read_bytes()), OWN + (("results",) if reader == "json" else ()))
            expected, said = read(program, json.dumps(record))
            if len(expected) != 1:
                faults += 1
                print(f"{source}: {len(expected)} records of one: {said[:200]}")
                continue
            for name, envelope in ENVELOPES.items():
                whole = envelope(record)
                lines = whole if isinstance(whole, list) else [whole]
                for text in (json.dumps(whole, indent=1), "\n".join(json.dumps(line) for line in lines)):
                    found, said = read(program, text)
                    checked += 1
                    if found != expected * 2:
                        faults += 1
                        print(f"{source} in {name}: {len(found)} records, or others: {said[:200]}")
    print(f"json_envelopes: {checked} documents, {faults} faults")
    return 1 if faults or checked < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
