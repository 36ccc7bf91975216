#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the tables of a run against its NDJSON, value by value.

usage: tables_equal_json.py PROGRAM INPUT...

Runs PROGRAM three times (schema, ndjson, tables into a temporary folder), puts the records together again by
`record_no` and the positions, and compares. Ends with 0 when all are equal, 1 when not, 2 when it cannot run.
"""
import csv
import os
import sys
import tempfile

from csv_equals_json import compare, load, members_of, run, value_of


def rows_of(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def put_at(entries, position, value):
    """Entries come in order and without gaps."""
    if position != len(entries):
        raise ValueError("position %d behind %d entries" % (position, len(entries)))
    entries.append(value)


def scalars(row, members):
    return {name: value_of(row[name], field) for name, field in members.items() if row.get(name, "") != ""}


def read_trials(folder, schema):
    trials = []
    for number, row in enumerate(rows_of(folder, "trials")):
        if int(row["record_no"]) != number:
            raise ValueError("record_no %s in row %d" % (row["record_no"], number))
        trial = {}
        for name, field in schema["properties"].items():
            members = members_of(schema, field)
            if field.get("type") in ("array", "object"):
                continue
            if members is None:
                if row[name] != "":
                    trial[name] = value_of(row[name], field)
                continue
            record = {member: value_of(row[name + "_" + member], members[member]) for member in members
                      if row.get(name + "_" + member, "") != ""}
            if record:
                trial[name] = record
        trials.append(trial)
    return trials


def read_list(folder, schema, trials, name, field):
    members = members_of(schema, field)
    for row in rows_of(folder, name):
        entry = row["value"] if members is None else scalars(row, members)
        put_at(trials[int(row["record_no"])].setdefault(name, []), int(row["position"]), entry)
    for member, inner in (members or {}).items():
        if inner.get("type") == "array":
            read_nested(folder, schema, trials, name, field["items"]["$ref"].rsplit("/", 1)[1], member, inner)


def read_nested(folder, schema, trials, name, kind, member, field):
    members = members_of(schema, field)
    for row in rows_of(folder, kind + "_" + member):
        parent = trials[int(row["record_no"])][name][int(row[kind + "_position"])]
        entry = row["value"] if members is None else scalars(row, members)
        put_at(parent.setdefault(member, []), int(row["position"]), entry)


def read_extra(folder, trials):
    for row in rows_of(folder, "extra"):
        values = trials[int(row["record_no"])].setdefault("extra", {}).setdefault(row["label"], [])
        put_at(values, int(row["value_position"]), row["value"])
    for trial in trials:
        for label, values in trial.get("extra", {}).items():
            trial["extra"][label] = values[0] if len(values) == 1 else values


def read_provenance(folder, schema, trials):
    members = schema["$defs"]["origin"]["properties"]
    for row in rows_of(folder, "provenance"):
        trials[int(row["record_no"])].setdefault("provenance", {})[row["field"]] = scalars(row, members)


def read_tables(folder, schema, provenance):
    trials = read_trials(folder, schema)
    for name, field in schema["properties"].items():
        if field.get("type") == "array":
            read_list(folder, schema, trials, name, field)
    read_extra(folder, trials)
    if provenance:
        read_provenance(folder, schema, trials)
    return trials


def check(program, inputs, *options):
    schema, records = load(program, inputs, *options)
    with tempfile.TemporaryDirectory() as parent:
        folder = os.path.join(parent, "tables")
        run(program, "convert", "-t", "tables", "-o", folder, *options, *inputs)
        return compare(records, read_tables(folder, schema, "--provenance" in options))


def main():
    if len(sys.argv) < 3:
        sys.stderr.write(__doc__)
        return 2
    return max(check(sys.argv[1], sys.argv[2:]), check(sys.argv[1], sys.argv[2:], "--provenance"))


if __name__ == "__main__":
    sys.exit(main())
