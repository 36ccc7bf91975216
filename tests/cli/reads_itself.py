#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What trialnorm wrote, read again and written again, is the same bytes.

usage: reads_itself.py PROGRAM FOLDER...

Every record of the folders, with and without provenance and redaction, as NDJSON and as one JSON array.
"""
import pathlib
import subprocess
import sys
import tempfile

program, folders = sys.argv[1], sys.argv[2:]
inputs = [str(p) for folder in folders for p in sorted(pathlib.Path(folder).rglob("*")) if p.is_file() and p.name not in ("NOTE", "args")]


def convert(options, names, into):
    run = subprocess.run([program, "-q", *options, "-o", into, *names], stderr=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"{options}: exit code {run.returncode}: {run.stderr.decode()}")
    return run


with tempfile.TemporaryDirectory() as scratch:
    first, array, second = (f"{scratch}/{name}" for name in ("first.ndjson", "array.json", "second.ndjson"))
    for options in [], ["--provenance"], ["--redact"]:
        convert(options, inputs, first)
        written = pathlib.Path(first).read_bytes()
        if written.count(b"\n") < len(inputs) / 4:
            sys.exit(f"{options}: only {written.count(10)} records of {len(inputs)} files")
        convert(["-t", "json", *options], [first], array)
        for source in first, array:
            told = convert([*options, "-j2"], [source], second)
            if pathlib.Path(second).read_bytes() != written:
                for number, (a, b) in enumerate(zip(written.split(b"\n"), pathlib.Path(second).read_bytes().split(b"\n")), 1):
                    if a != b:
                        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                        sys.exit(f"{options} {source}: record {number}: {a[at - 60:at + 60]} became {b[at - 60:at + 60]}")
                sys.exit(f"{options} {source}: not as many records")
            if told.stderr or told.returncode:
                sys.exit(f"{options} {source}: {told.stderr.decode()}")
print(f"ok: {written.count(10)} records")
