#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records of an unknown export whose values stand in sections: all sections are one record, whatever is around the records, and
also where some of them say little.

usage: nested_records.py PROGRAM
"""
import itertools
import json
import subprocess
import sys


def record(number, full):
    said = {"identification": {"registryId": f"PACTR20900365190010{number}", "publicTitle": f"Fig {number}",
                               "scientificTitle": f"Figs for cold feet of adults, part {number}"}}
    if full:
        said["state"] = {"recruitmentStatus": "Recruiting", "startDate": "2030-02-03"}
        said["design"] = {"studyType": "Interventional", "phase": "Phase 2", "targetSampleSize": 30}
        said["eligibility"] = {"gender": "Female", "minAge": "18 Years"}
    return said


def xml(name, value):
    inner = "".join(xml(key, part) for key, part in value.items()) if isinstance(value, dict) else value
    return f"<{name}>{inner}</{name}>"


def documents(outer, one, records):
    elements = f"<{outer}>" + "".join(xml(one, part) for part in records) + f"</{outer}>"
    yield json.dumps({outer: records})
    yield json.dumps(records)
    yield json.dumps({outer: [{one: part} for part in records]})
    yield json.dumps({"page": {"total": 3, outer: records}})
    yield "\n".join(json.dumps(part) for part in records)
    yield elements
    yield f"<x><info><title>All our trials</title><date>2030</date></info>{elements}</x>"


def main():
    program, checked, faults = sys.argv[1], 0, 0
    for outer, one, which in itertools.product(("records", "trials"), ("row", "trial"), ("FF", "SF", "FS", "F", "SSF", "FSS")):
        records = [record(number, full == "F") for number, full in enumerate(which)]
        for document in documents(outer, one, records):
            run = subprocess.run([program, "-q", "-"], input=document.encode(), capture_output=True, timeout=60, check=False)
            found = [json.loads(line) for line in run.stdout.decode().splitlines()]
            phases = ["F" if trial.get("phases") == ["PHASE2"] else "S" for trial in found]
            checked += 1
            if "".join(phases) != which or not all(trial.get("trial_id") for trial in found):
                faults += 1
                print(f"{''.join(phases)} instead of {which}: {document[:200]}")
    print(f"nested_records: {checked} documents, {faults} faults")
    return 1 if faults or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
