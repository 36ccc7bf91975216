#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what the program writes against its JSON Schema, with a validator that shares no code with this project.

usage: schema_check.py PROGRAM INPUT...

Exit code 1 when a record is not valid; the first 20 errors are printed. Inputs that nobody reads are passed over, so a
whole folder may be given.
"""
import json
import os
import subprocess
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    Draft202012Validator = None


def run(program, *arguments):
    done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 3):  # 1 and 3: some inputs or records could not be read
        sys.exit(f"{program} ends with {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8")


def check_schema(validator, schema):
    """A schema that allows anything would pass everything."""
    Draft202012Validator.check_schema(schema)
    for wrong in ({}, {"schema": 1}, {"schema": "trialnorm/1", "record_key": "a", "no_such_field": "b"}):
        if validator.is_valid(wrong):
            sys.exit(f"the schema takes {wrong} for a record")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, *inputs = sys.argv[1:]
    missing = [path for path in inputs if not os.path.exists(path)]
    if Draft202012Validator is None or missing:
        print("SKIP schema_check:", f"no {missing[0]}" if missing else "python3-jsonschema is not installed")
        return 0
    schema = json.loads(run(program, "schema"))
    validator = Draft202012Validator(schema)
    check_schema(validator, schema)
    count = bad = 0
    for options in ([], ["--provenance"]):
        for line in run(program, "-q", *options, *inputs).split("\n"):
            if not line:
                continue
            count += 1
            record = json.loads(line)
            for error in validator.iter_errors(record):
                bad += 1
                if bad <= 20:
                    where = "/".join(str(step) for step in error.absolute_path)
                    print(f"{record.get('record_key')}: {where}: {error.message[:300]}")
    print(f"schema_check: {count} records, {bad} errors")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
