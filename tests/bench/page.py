# SPDX-License-Identifier: MIT
"""docs/PERFORMANCE.md keeps its figures between marks; what stands around them is written by hand."""
import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "PERFORMANCE.md"


def mark(name):
    return re.compile(rf"(<!-- measured: {re.escape(name)} -->\n)(.*?)(<!-- end -->)", re.S)


def get(name):
    """What stands between the marks of this name."""
    found = mark(name).search(PAGE.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"page.py: {PAGE} has no place for {name}")
    return found[2]


def put(name, text):
    """Replaces what stands between the marks of this name."""
    get(name)
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(mark(name).sub(lambda found: f"{found[1]}{text.strip()}\n{found[3]}", page), encoding="utf-8")
