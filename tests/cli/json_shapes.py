#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Values of another shape than a map expects: every leaf of a fixture becomes a list, a list of lists, an object, a
number, a truth value, null or nothing. The program reads on: a record, or an error that says why.

usage: json_shapes.py PROGRAM FIXTURES
"""
import json
import pathlib
import subprocess
import sys
import tempfile

SHAPES = (lambda v: [v], lambda v: [[v]], lambda v: {"x": v}, lambda v: 7, lambda v: True, lambda v: None, lambda v: "")
KEYS = {"ctis": "ctNumber", "drks": "drksId"}


def shaped(node, shape):
    if isinstance(node, dict):
        return {key: shaped(value, shape) for key, value in node.items()}
    if isinstance(node, list):
        return [shaped(value, shape) for value in node]
    return shape(node)


def main():
    program, fixtures = sys.argv[1], pathlib.Path(sys.argv[2])
    checked = faults = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "shaped.json"
        for reader, key in KEYS.items():
            for source in sorted(fixtures.glob(f"{reader}/*/input.json")):
                document = json.loads(source.read_text(encoding="utf-8"))
                for shape in SHAPES:
                    other = shaped(document, shape)
                    other.update({key: document[key]} if key in document else {})
                    path.write_text(json.dumps(other), encoding="utf-8")
                    run = subprocess.run([program, "-q", "-f", reader, "--provenance", str(path)], capture_output=True,
                                         timeout=60, check=False)
                    records = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
                    checked += 1
                    if run.returncode not in (0, 1) or (run.returncode == 0 and not records):
                        faults += 1
                        print(f"{source}: exit code {run.returncode}, {len(records)} records: {run.stderr[-200:]}")
    print(f"json_shapes: {checked} documents, {faults} faults")
    return 1 if faults or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
