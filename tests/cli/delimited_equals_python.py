#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cells of tables that are hard to read are those that Python's csv module reads.

usage: delimited_equals_python.py PROGRAM [TABLES [SEED]]

Makes tables with each separator, line end and encoding, out of cells with quotation marks, separators and line breaks inside, blanks,
and nothing; the columns have names that no map knows, so that their cells are kept in `extra`. Each must come out as Python's
csv module reads it from the same text, but for what is done to every text: line ends are \\n, blanks around it and
at the ends of its lines go, and of several empty lines one is left.
"""
import csv
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SEPARATORS = ",;\t|"
ENDS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark")
COLUMNS = ("Lamp", "Wick", "Oil", "Shade", "Chain")
PIECES = ("a", "Bee", '"', '""', ",", ";", "\t", "|", "\n", "\r\n", " ", "  ", "7", "é", "試験", "😀", "'", "\\", "#", "=1+1", "-", ".", '","', '"\n"')


def cell(dice):
    kind = dice.random()
    if kind < 0.2:
        return ""
    if kind < 0.3:
        return dice.choice(("plain", "two words", "0", "x" * 5000))
    return "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 12)))


def table(dice, separator, end, quoting):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(("NCT Number", "Study Title", *COLUMNS))
    for row in range(dice.randint(1, 30)):
        writer.writerow((f"NCT{97000000 + row}", "A lamp", *(cell(dice) for _ in COLUMNS)))
    return text.getvalue()


def encoded(text, encoding):
    if encoding.endswith("-mark"):
        return ("\ufeff" + text).encode(encoding[: -len("-mark")])
    return text.encode(encoding)


def cleaned(text):
    """What is done to every text of a record."""
    return re.sub("\n{3,}", "\n\n", re.sub("[ \t]+\n", "\n", text.replace("\r\n", "\n"))).strip()


def expected(text, separator):
    """The rows as Python reads them, without cells that are empty."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    return [{name: cleaned(value) for name, value in zip(rows[0], row) if name in COLUMNS and cleaned(value)} for row in rows[1:]]


def read(program, path):
    run = subprocess.run([program, "-q", "-f", "ctgov-csv", path], capture_output=True, timeout=60, check=False)
    return [{name: value for name, value in json.loads(line).get("extra", {}).items()} for line in run.stdout.decode("utf-8").splitlines()]


def faults(name, want, got):
    if len(want) != len(got):
        yield f"{name}: Python reads {len(want)} rows, the program {len(got)}"
    for number, (row, there) in enumerate(zip(want, got)):
        for column in COLUMNS:
            if row.get(column) != there.get(column):
                yield f"{name}: row {number}, {column}: Python {row.get(column)!r}, the program {there.get(column)!r}"


def main():
    program, tables, seed = sys.argv[1], int((sys.argv[2:] or [80])[0]), int((sys.argv[3:] or [1])[0])
    dice, wrong, cells = random.Random(seed), [], 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(tables):
            separator, end, encoding = SEPARATORS[number % 4], dice.choice(ENDS), dice.choice(ENCODINGS)
            # Where rows end with \r, Python's writer quotes no cell for a \n in it, at which its reader ends a row.
            quoting = csv.QUOTE_ALL if end == "\r" else dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
            text = table(dice, separator, end, quoting)
            path = pathlib.Path(folder, f"{number}.csv")
            path.write_bytes(encoded(text, encoding))
            want = expected(text, separator)
            cells += sum(map(len, want))
            wrong += faults(f"table {number} ({separator!r}, {end!r}, {encoding})", want, read(program, path))
    print(*wrong[:20], f"{tables} tables, {cells} cells, {len(wrong)} differences", sep="\n")
    return 1 if wrong or cells < tables else 0


if __name__ == "__main__":
    sys.exit(main())
