#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A page saved as HTML and the same page saved as text are one record.

usage: pages_html_equals_text.py PROGRAM PAGES

PAGES/<site>/X.html is held against X.txt beside it, but for what depends on the file: its name, and lines. Prints every
difference; exit code 1 when there is one.
"""
import json
import pathlib
import subprocess
import sys


def record(program, path):
    done = subprocess.run([program, "-q", str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{path}: exit code {done.returncode}: {done.stderr}")
    trial = json.loads(done.stdout)
    del trial["source"]["file"]
    for warning in trial.get("warnings", []):
        warning.pop("line", None)
    return trial


def main():
    program, pages = sys.argv[1], pathlib.Path(sys.argv[2])
    compared = different = 0
    for page in sorted(pages.glob("*/*.html")):
        html, text = record(program, page), record(program, page.with_suffix(".txt"))
        compared += 1
        for field in sorted(html.keys() | text.keys()):
            if html.get(field) != text.get(field):
                different += 1
                print(f"{page}: {field}: {html.get(field)!r} is not {text.get(field)!r}")
    print(f"{compared} pages compared, {different} differences")
    return 1 if different or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
