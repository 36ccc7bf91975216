#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the CSV of a run against its NDJSON, value by value.

usage: csv_equals_json.py PROGRAM INPUT...

Runs PROGRAM three times (schema, ndjson, csv), reads the CSV with Python's csv module, turns every row back into a
record by the rules of docs/SCHEMA.md, and compares. Ends with 0 when all are equal, 1 when not, 2 when it cannot run.
"""
import csv
import io
import json
import subprocess
import sys

csv.field_size_limit(1 << 30)
JSON_CELLS = ("extra", "warnings", "provenance")


def run(program, *arguments):
    done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):  # 1: some records failed, in all runs alike
        sys.stderr.write(done.stderr.decode("utf-8", "replace"))
        sys.exit(2)
    return done.stdout.decode("utf-8")


def load(program, inputs, *options):
    """The schema and the records as JSON."""
    schema = json.loads(run(program, "schema"))
    text = run(program, "convert", "-t", "ndjson", *options, *inputs)
    return schema, [json.loads(line) for line in text.split("\n") if line]


def split(cell):
    """The parts of a joined cell: `|` apart, `\\|` a bar, `\\\\` a backslash."""
    parts, part, at = [], [], 0
    while at < len(cell):
        if cell[at] == "\\":
            if cell[at + 1] not in "\\|":
                raise ValueError("lone backslash in %r" % cell)
            part.append(cell[at + 1])
            at += 2
        elif cell[at] == "|":
            parts.append("".join(part))
            part = []
            at += 1
        else:
            part.append(cell[at])
            at += 1
    parts.append("".join(part))
    return parts


def members_of(schema, field):
    """The member schemas of a record or of the records of a list; None for anything else."""
    ref = field.get("$ref") or field.get("items", {}).get("$ref")
    return schema["$defs"][ref.rsplit("/", 1)[1]]["properties"] if ref else None


def value_of(text, field):
    """One value that is not absent."""
    kind = field.get("type", "string")
    if kind == "array":
        return json.loads(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    return text


def records_of(columns, members):
    """Records out of joined columns {member: cell}."""
    parts = {name: split(cell) for name, cell in columns.items() if cell != ""}
    lengths = {len(part) for part in parts.values()}
    if len(lengths) > 1:
        raise ValueError("columns are not aligned: %r" % columns)
    count = lengths.pop() if lengths else 0
    return [{name: value_of(part[i], members[name]) for name, part in parts.items() if part[i] != ""}
            for i in range(count)]


def record_of(row, schema):
    """A row of the CSV as a record."""
    record, used = {}, set()
    for name, field in schema["properties"].items():
        members = None if name in JSON_CELLS else members_of(schema, field)
        if members is not None:
            columns = {member: row[name + "_" + member] for member in members}
            used.update(name + "_" + member for member in members)
            if field.get("type") == "array":
                value = records_of(columns, members)
            else:
                value = {member: value_of(cell, members[member]) for member, cell in columns.items() if cell != ""}
            if value:
                record[name] = value
            continue
        cell = row.get(name, "")
        used.add(name)
        if cell == "":
            continue
        if name in JSON_CELLS:
            record[name] = json.loads(cell)
        elif field.get("type") == "array":
            record[name] = split(cell)
        else:
            record[name] = value_of(cell, field)
    if set(row) - used:
        raise ValueError("columns of no field: %s" % sorted(set(row) - used))
    return record


def differences(want, got, where=""):
    """Where two values differ, as lines of text."""
    if isinstance(want, dict) and isinstance(got, dict):
        lines = []
        for key in {**want, **got}:
            lines += differences(want.get(key), got.get(key), "%s.%s" % (where, key) if where else key)
        return lines
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        return [line for i, pair in enumerate(zip(want, got)) for line in differences(*pair, "%s[%d]" % (where, i))]
    same = want == got and isinstance(want, bool) == isinstance(got, bool)
    return [] if same else ["%s: JSON has %r, this has %r" % (where, want, got)]


def compare(records, others):
    """Prints what differs; the exit code."""
    bad = 0
    if len(records) != len(others):
        print("JSON has %d records, this has %d" % (len(records), len(others)))
        bad = 1
    for number, (want, got) in enumerate(zip(records, others)):
        for line in differences(want, got):
            print("record %d: %s" % (number, line))
            bad = 1
    if not bad:
        print("%d records are equal" % len(records))
    return bad


def check(program, inputs, *options):
    schema, records = load(program, inputs, *options)
    text = run(program, "convert", "-t", "csv", *options, *inputs)
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return compare(records, [record_of(row, schema) for row in rows])


def main():
    if len(sys.argv) < 3:
        sys.stderr.write(__doc__)
        return 2
    return max(check(sys.argv[1], sys.argv[2:]), check(sys.argv[1], sys.argv[2:], "--provenance"))


if __name__ == "__main__":
    sys.exit(main())
