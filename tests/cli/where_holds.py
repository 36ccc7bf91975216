#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--where, --shard, --limit and --unique against the same done here, on the program's own NDJSON.

usage: where_holds.py PROGRAM INPUT...

Expressions are made of the values that stand in the records: for fields and signs of comparison one by one, and random ones,
of a fixed seed. What they select is worked out by trying every day that a date can mean.
"""
import calendar
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata

F, O, T = 0, 1, 2
SIGNS = ["=", "!=", "<", "<=", ">", ">="]


def fold(text):
    return unicodedata.normalize("NFC", text).casefold().encode("utf-8", "surrogatepass")


def days(text):
    parts = [int(part) for part in text.split("-")]
    year, months = parts[0], [parts[1]] if len(parts) > 1 else range(1, 13)
    for month in months:
        for day in [parts[2]] if len(parts) > 2 else range(1, calendar.monthrange(year, month)[1] + 1):
            yield datetime.date(year, month, day)


def ordered(sign, a, b):
    return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def date_truth(sign, text, value):
    if sign == "~":
        said = {value in day.isoformat() for day in days(text)}
    else:
        period = list(days(value))
        first, last = period[0], period[-1]
        said = {ordered(sign, -1 if day < first else 1 if day > last else 0, 0) for day in days(text)}
    return O if len(said) == 2 else T if True in said else F


def one_truth(kind, sign, stated, value):
    if kind == "date":
        return date_truth(sign, stated, value)
    if kind in ("int", "number"):
        return T if ordered(sign, float(stated), float(value)) else F
    if kind == "bool":
        return T if (stated == (value in ("true", "yes"))) == (sign == "=") else F
    if sign == "~":
        return T if fold(value) in fold(stated) else F
    return T if ordered(sign, fold(stated), fold(value)) else F


def values_of(record, path):
    found = [record]
    for name in path:
        found = [below for entry in found if name in entry
                 for below in (entry[name] if isinstance(entry[name], list) else [entry[name]])]
    return found


class Test:
    def __init__(self, path, kind, sign=None, value=None, joint="."):
        self.path, self.kind, self.sign, self.value, self.joint = path, kind, sign, value, joint

    def __str__(self):
        name = self.joint.join(self.path)
        if self.sign is None:
            return f"has({name})"
        value = self.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'{name}{self.sign}"{value}"'

    def truth(self, record):
        values = values_of(record, self.path)
        if self.sign is None:
            return T if values else F
        return max((one_truth(self.kind, self.sign, stated, self.value) for stated in values), default=F)


class Joined:
    def __init__(self, word, parts):
        self.word, self.parts = word, parts

    def __str__(self):
        return f" {self.word} ".join(f"({part})" for part in self.parts) if len(self.parts) > 1 else f"not ({self.parts[0]})"

    def truth(self, record):
        truths = [part.truth(record) for part in self.parts]
        return T - truths[0] if self.word == "not" else min(truths) if self.word == "and" else max(truths)


def run(program, arguments, inputs):
    done = subprocess.run([program, "-q", *arguments, *inputs], capture_output=True, check=False)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{arguments}: exit code {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8").splitlines()


def listed_fields(program):
    """Path, kind and whether it is a word of a vocabulary, of every field and member that `list fields` names."""
    kinds = {}
    for line in subprocess.run([program, "list", "fields"], capture_output=True, check=True, text=True).stdout.splitlines():
        name, kind = line.split()[:2]
        kinds[name] = kind.removesuffix("[]")
    paths = {}
    for name in kinds:
        outer = max((top for top in paths if kinds[top] in ("record", "map") and name.startswith(top + "_")), key=len,
                    default=None)
        paths[name] = (name,) if outer is None else paths[outer] + (name[len(outer) + 1:],)
    return [(paths[name], kind, kind == "enum") for name, kind in kinds.items()
            if paths[name][0] not in ("extra", "provenance")]


def make_test(rng, field, records, sign=None):
    path, kind, is_word = field
    joint = rng.choice("._")
    if kind in ("record", "map") or (sign is None and rng.random() < 0.1):
        return Test(path, kind, joint=joint)
    stated = values_of(rng.choice(records), path) or [v for r in rng.sample(records, min(60, len(records))) for v in values_of(r, path)]
    if not stated:
        return Test(path, kind, joint=joint)
    value = rng.choice(stated)
    if kind == "bool":
        return Test(path, kind, sign if sign in ("=", "!=") else "=", rng.choice(["true", "false", "yes", "no"]), joint)
    if kind in ("int", "number"):
        shown = format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return Test(path, kind, sign if sign in SIGNS else rng.choice(SIGNS), shown, joint)
    if kind == "date":
        value = value[:rng.choice([4, 7, 10])]
        return Test(path, kind, sign or rng.choice(SIGNS + ["~"]), value, joint)
    if is_word or path[-1] in ("minimum_age", "maximum_age"):
        sign = "~"
    sign = sign or rng.choice(SIGNS + ["~", "~", "~"])
    if sign == "~" and len(value) > 3:
        start = rng.randrange(len(value) - 2)
        value = value[start:start + rng.randrange(1, 12)]
    value = rng.choice([str.upper, str.lower, str])(value)
    value = "".join(c for c in value if c >= " " or c in "\n\t")
    return Test(path, kind, sign, value[:300] or "x", joint)


def expression(rng, fields, records, depth):
    if depth == 0 or rng.random() < 0.3:
        return make_test(rng, rng.choice(fields), records)
    word = rng.choice(["not", "and", "or"])
    count = 1 if word == "not" else rng.choice([2, 2, 3])
    return Joined(word, [expression(rng, fields, records, depth - 1) for _ in range(count)])


def check_where(program, inputs, lines):
    records = [json.loads(line) for line in lines]
    rng = random.Random(4)
    fields = listed_fields(program)
    if sum(kind == "date" for _, kind, _ in fields) < 10:
        sys.exit("too few dates are listed")
    expressions = [make_test(rng, field, records, sign) for field in fields for sign in [None, "<", ">=", "~"]]
    expressions = [test for test in expressions if not (test.sign == "~" and test.kind in ("int", "number", "bool"))]
    expressions = rng.sample(expressions, 100)  # unit.test_early asks for every field
    expressions += [expression(rng, fields, records, 4) for _ in range(50)]
    some = 0
    for made in expressions:
        truths = [made.truth(record) for record in records]
        for certain in (False, True):
            expected = [line for line, truth in zip(lines, truths) if truth >= (T if certain else O)]
            found = run(program, ["--where", str(made), *(["--certain"] if certain else [])], inputs)
            if found != expected:
                wrong = set(found) ^ set(expected)
                sys.exit(f"{made}{' --certain' if certain else ''}: {len(found)} trials, expected {len(expected)}\n"
                         + "\n".join(line[:200] for line in list(wrong)[:3]))
            some += 0 < len(found) < len(lines)
    print(f"{len(expressions)} expressions, {some} runs that select some of {len(lines)} trials")
    if some < 50:
        sys.exit("too few of them select anything")


def stamp(record):
    source = record.get("source", {})
    own = record.get("last_update_posted_date") or record.get("last_update_submitted_date")
    return (own is not None, own or source.get("page_updated") or source.get("exported") or source.get("fetched") or "")


def check_unique(program, inputs, lines):
    newest = {}
    for position, line in enumerate(lines):
        record = json.loads(line)
        key = record["record_key"]
        if key not in newest or stamp(record) >= newest[key][0]:
            newest[key] = (stamp(record), position)
    expected = [lines[position] for position in sorted(position for _, position in newest.values())]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = folder
        if run(program, ["--unique"], inputs) != expected or run(program, ["--unique", "--limit=3"], inputs) != expected[:3]:
            sys.exit("--unique keeps others")
        if os.listdir(folder):
            sys.exit(f"--unique leaves {os.listdir(folder)}")
    if len(expected) == len(lines):
        sys.exit("no record comes twice")
    print(f"{len(expected)} newest of {len(lines)} records")


def check_parts(program, inputs, lines):
    for count in (1, 2, 7):
        parts = [run(program, [f"--shard={part}/{count}"], inputs) for part in range(1, count + 1)]
        if sorted(line for part in parts for line in part) != sorted(lines):
            sys.exit(f"--shard: {count} parts are not everything")
        keys = [{json.loads(line)["record_key"] for line in part} for part in parts]
        if sum(map(len, keys)) != len(set().union(*keys)):
            sys.exit("--shard: one trial is in two parts")
    for limit in (0, 1, 5, len(lines), len(lines) + 1):
        if run(program, [f"--limit={limit}"], inputs) != lines[:limit]:
            sys.exit(f"--limit={limit} writes others")


def main():
    program, inputs = sys.argv[1], sys.argv[2:]
    lines = run(program, [], inputs)
    if not lines:
        sys.exit("no trials")
    check_parts(program, inputs, lines)
    check_unique(program, inputs + inputs[:1], lines + run(program, [], inputs[:1]))
    check_where(program, inputs, lines)


main()
