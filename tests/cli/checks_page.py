#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""checks_page.py PROGRAM PAGE [--write]: the table of PAGE has the rules that `trialnorm list checks` prints.

--write puts them there."""
import re
import subprocess
import sys

HEAD = "| code | severity | finding |\n|---|---|---|\n"


def rules(program):
    """The rows of the table, from the program's list."""
    listed = subprocess.run([program, "list", "checks"], check=True, capture_output=True, encoding="utf-8").stdout
    rows = [re.split(r" {2,}", line, maxsplit=2) for line in listed.splitlines()]
    if len(rows) < 50 or any(len(row) != 3 for row in rows):
        sys.exit("list checks prints something else")
    codes = [row[0] for row in rows]
    if len(set(codes)) != len(codes):
        sys.exit("a code stands there twice")
    return "".join(f"| `{code}` | {severity} | {meaning} |\n" for code, severity, meaning in rows)


def main():
    program, page = sys.argv[1:3]
    with open(page, encoding="utf-8") as file:
        text = file.read()
    start = text.index(HEAD) + len(HEAD)
    end = start + re.match(r"(?:\|.*\n)*", text[start:]).end()
    wanted = rules(program)
    if sys.argv[3:] == ["--write"]:
        with open(page, "w", encoding="utf-8") as file:
            file.write(text[:start] + wanted + text[end:])
    elif text[start:end] != wanted:
        sys.exit(f"{page} is not what `trialnorm list checks` prints; checks_page.py PROGRAM PAGE --write mends it")


main()
