#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every form of ClinicalTrials.gov's records says the same of the same trial.

usage: same_trial.py PROGRAM

fixtures/<reader>/same-trial*/ hold one invented trial in each form. Each is held against API version 2, field by field: what
both state must be equal. Of lists of records the entries are compared one by one, and of each what both have.
"""
import json
import pathlib
import subprocess
import sys

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
# What the record says of its own reading, and not of the trial.
OWN = {"schema", "source", "extra", "warnings", "provenance"}

# Lists whose order says nothing, and what tells an entry.
KEYS = {"identifiers": "value", "countries": "name", "condition_mesh": "term"}

PACKED = "measure and description stand in one text, and nothing but a comma is between them"
NOT_THERE = "a row has no alias"
# What a form cannot say as version 2 does: {form: {field: why}}. A field with a row here must differ.
OTHERWISE = {
    "ctgov-csv/same-trial": {"outcomes[0].measure": PACKED, "outcomes[1].measure": PACKED, "identifiers[NCT09700009]": NOT_THERE},
    "ctgov-csv/same-trial-older": {"identifiers[NCT09700009]": NOT_THERE},
    "ctgov-csv/same-trial-tsv": {"identifiers[NCT09700009]": NOT_THERE},
    "ctgov-xml/same-trial": {"condition_mesh[Fatigue]": "terms above the one of the condition are not in the file"},
}


def record(program, path):
    run = subprocess.run([program, "-q", path.name], cwd=path.parent, capture_output=True, timeout=60, check=True)
    return json.loads(run.stdout.decode("utf-8"))


def shown(value):
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


def entries(one, other, path):
    """Pairs of entries, and where they stand."""
    if path in KEYS:
        one, other = ({entry[KEYS[path]]: entry for entry in entries} for entries in (one, other))
        return [(one.get(key), other.get(key), f"{path}[{key}]") for key in {**one, **other}]
    longer = range(max(len(one), len(other)))
    return [(*((some[i] if i < len(some) else None) for some in (one, other)), f"{path}[{i}]") for i in longer]


def differences(one, other, path=""):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in (key for key in one if key in other and (path or key not in OWN)):
            yield from differences(one[key], other[key], f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list):
        for left, right, where in entries(one, other, path):
            yield from differences(left, right, where)
    elif one != other:
        yield path, f"{shown(one)} against {shown(other)}"


def wrong(form, there, same):
    """Lines of what differs without a reason, and of reasons that nothing needs."""
    reasons = dict(OTHERWISE.get(form, {}))
    left = set(reasons)
    for path, what in differences(there, same):
        if path in reasons:
            left.discard(path)
        else:
            yield f"{form}: {path}: {what}"
    for path in left:
        yield f"{form}: {path}: agrees, or is not there; the table has a reason why not"


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    paths = {"/".join(path.parts[-3:-1]): path for path in sorted(FIXTURES.glob("*/same-trial*/input.*"))}
    same = record(program, paths.pop("ctgov-v2/same-trial"))
    lines, compared = [], 0
    for form, path in paths.items():
        there = record(program, path)
        both = [field for field in there if field in same and field not in OWN]
        compared += len(both)
        print(f"{form}: {len(both)} fields are in both")
        lines += wrong(form, there, same)
    print(*lines, sep="\n")
    print(f"{len(paths)} forms, {compared} fields compared, {len(lines)} differences")
    return 1 if lines or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
