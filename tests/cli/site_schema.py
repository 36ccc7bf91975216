#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`trialnorm schema site` accepts every description that --site accepts, and refuses the plain mistakes that it refuses.

usage: site_schema.py PROGRAM DESCRIPTION...
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("SKIP: no python3-jsonschema")
    sys.exit(0)


def ask(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, check=True, timeout=60).stdout


def accepted(program, description):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(description, file)
        file.flush()
        done = subprocess.run([program, "list", "sites", "--site", file.name], capture_output=True, check=False)
    return done.returncode == 0


# What is changed in a good description: a row's member and its new value; None takes it away.
MISTAKES = [("mode", "valu"), ("mode", None), ("mode", 3), ("field", "trial.foo"), ("labels", []), ("labels", "Status"),
            ("labels", ["a|b"]), ("flags", ["lines", "lines"]), ("flags", ["x"]), ("side", "both"), ("colour", "red"),
            ("shapes", [{"shape": "text"}]), ("parts", [{"shape": "text", "field": "name"}] * 5), ("declared", "location_count")]


def mistaken(good):
    for member, value in MISTAKES:
        bad = copy.deepcopy(good)
        row = next(r for r in bad["rows"] if r["mode"] == "list")
        if value is None:
            del row[member]
        else:
            row[member] = value
        yield f"rows[..].{member} = {value!r}", bad
    for member, value in (("few_labels", 0), ("wide_gaps", "yes"), ("colour", "red"), ("rows", []), ("host", "")):
        yield f"{member} = {value!r}", {**good, member: value}


def main():
    program, files = sys.argv[1], sys.argv[2:]
    schema = json.loads(ask(program, "schema", "site"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    names = [line.split()[0].decode() for line in ask(program, "list", "sites").splitlines()]
    good = {name: json.loads(ask(program, "list", "sites", "--export", name)) for name in names}
    good.update({path: json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in files})
    faults = [f"{name}: {error.json_path}: {error.message}" for name, description in good.items()
              for error in validator.iter_errors(description)]
    faults += [f"{name}: --site refuses it" for name, description in good.items() if not accepted(program, description)]
    for what, bad in mistaken(good["clinconnect"]):
        if validator.is_valid(bad):
            faults.append(f"the schema accepts {what}")
        if accepted(program, bad):
            faults.append(f"--site accepts {what}")
    print("\n".join([*faults, f"{len(good)} descriptions, {len(MISTAKES) + 5} mistakes, {len(faults)} faults"]))
    return 1 if faults or len(good) < 4 else 0


if __name__ == "__main__":
    sys.exit(main())
