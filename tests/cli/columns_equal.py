#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A table says the same however its columns are spelled.

usage: columns_equal.py PROGRAM FIXTURES

Each table in FIXTURES (`<reader>/<case>/input.csv`) is converted as it is and with its header spelled as other software
does: with dots (R), underscores, hyphens, without blanks, in capitals. The records must be equal, but for what names
columns: `extra`, provenance and the messages of warnings.
"""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SPELLINGS = {
    "dots": lambda name: re.sub(r"[ _-]", ".", name),
    "underscores": lambda name: re.sub(r"[ .-]", "_", name),
    "hyphens": lambda name: re.sub(r"[ ._]", "-", name),
    # Names of many words are told by their words: "Unique ID issued by UMIN".
    "nothing": lambda name: re.sub(r"[ ._-]", "", name) if name.count(" ") < 4 else name,
    "capitals": str.upper,
}


def read(program, reader, path):
    done = subprocess.run([program, "convert", "-q", "-f", reader, "-t", "ndjson", str(path)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    records = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]
    for record in records:
        record.pop("extra", None)
        record.pop("provenance", None)
        record.pop("source", None)
        record["warnings"] = [(warning["code"], warning.get("field")) for warning in record.get("warnings", [])]
    return records


def respelled(text, spell):
    """The table with another header; None where it is none."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if len(rows) < 2 or len(rows[0]) < 3:
        return None
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([[spell(name) for name in rows[0]]] + rows[1:])
    return out.getvalue()


def main():
    program, wrong, tables = sys.argv[1], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(pathlib.Path(sys.argv[2]).glob("*/*/input.csv")):
            text = path.read_bytes().decode("utf-8-sig")
            plain = pathlib.Path(folder, "plain.csv")
            plain.write_text(respelled(text, lambda name: name) or "", encoding="utf-8", newline="")
            records = read(program, path.parts[-3], plain)
            for name, spell in SPELLINGS.items() if records else ():
                other = pathlib.Path(folder, "other.csv")
                other.write_text(respelled(text, spell), encoding="utf-8", newline="")
                tables += 1
                if read(program, path.parts[-3], other) != records:
                    print("%s: other records with %s in the names" % (path, name))
                    wrong += 1
    if tables < 10:
        print("too few tables: %d" % tables)
    return 1 if wrong or tables < 10 else 0


sys.exit(main())
