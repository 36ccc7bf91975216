#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The built-in sites are written in the terms of --site: each of them, printed as a description and read back, reads
every fixture as the built-in one does.

usage: sites_round_trip.py PROGRAM INPUT...
"""
import os
import pathlib
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from timeless import timeless # noqa: E402


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, timeout=120, check=False)
    return done.stdout, timeless(done.stderr), done.returncode


def sites(program):
    return [line.split()[0].decode() for line in run(program, "list", "sites")[0].splitlines()]


def check(program, name, inputs, folder):
    path = str(pathlib.Path(folder, f"{name}.json"))
    description, complaint, code = run(program, "list", "sites", "--export", name)
    if code:
        return [f"{name}: not printed: {complaint.decode()}"]
    pathlib.Path(path).write_bytes(description)
    faults = []
    if run(program, "list", "sites", "--site", path, "--export", name)[0] != description:
        faults.append(f"{name}: printed again, it differs")
    for how in (["-f", name], []):
        if run(program, "--provenance", *how, *inputs) != run(program, "--provenance", "--site", path, *how, *inputs):
            faults.append(f"{name}: read with {how or 'no option'}, a fixture differs")
    if not run(program, "-f", name, *inputs)[0].count(b"\n"):
        faults.append(f"{name}: reads nothing")
    return faults


def main():
    program, inputs = sys.argv[1], sys.argv[2:]
    names = sites(program)
    with tempfile.TemporaryDirectory() as folder:
        faults = [fault for name in names for fault in check(program, name, inputs, folder)]
    print("\n".join([*faults, f"{len(names)} sites, {len(inputs)} inputs, {len(faults)} faults"]))
    return 1 if faults or len(names) < 4 or not inputs else 0


if __name__ == "__main__":
    sys.exit(main())
