#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_holds.py PROGRAM FOLDER...: `trialnorm check` over real records gives well-formed findings, few errors among them, and
the same of a file as of its records in trialnorm's own form."""
import json
import subprocess
import sys


def run(program, *arguments, text=None):
    """What it prints."""
    done = subprocess.run([program, *arguments], input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1) or "Sanitizer" in done.stderr:
        sys.exit(f"{arguments}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def findings(program, *arguments, text=None):
    found = [json.loads(line) for line in run(program, "check", "-q", "-t", "ndjson", *arguments, text=text).splitlines()]
    for row in found:
        if set(row) - {"trial_id", "file", "code", "severity", "fields", "message"} or not row["fields"] or "\n" in row["message"]:
            sys.exit(f"a finding of another form: {row}")
    return found


def main():
    program, folders = sys.argv[1], sys.argv[2:]
    records = run(program, "-q", *folders)
    codes = {line.split()[0] for line in run(program, "list", "checks").splitlines()}
    found = findings(program, *folders)
    dated = findings(program, "--as-of", "2026-06-30", *folders)
    count = len(records.splitlines())
    errors = [row for row in found if row["severity"] == "error"]
    print(f"{count} records, {len(found)} findings, {len(errors)} errors, {len(dated)} with a day")
    if count == 0 or {row["code"] for row in dated} - codes:
        sys.exit("no records, or a code that no rule has")
    if len(dated) <= len(found) or [row for row in dated if row in found] != found:
        sys.exit("with a day there are other findings than without one, and not more")
    # Registries hold back what cannot be: more than one in a hundred is a fault of ours.
    if len(errors) * 100 > count or len(found) * 5 > count:
        sys.exit("that is more than registries get wrong")
    if findings(program, "-", text=records) != found:
        sys.exit("records in the program's own form have other findings")


main()
