# SPDX-License-Identifier: MIT
"""docs/PERFORMANCE.md keeps its figures between marks; what stands around them is written by hand."""
import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "PERFORMANCE.md"


def put(name, text):
    """Replaces what stands between the marks of this name."""
    page = PAGE.read_text(encoding="utf-8")
    mark = re.compile(rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)", re.S)
    if not mark.search(page):
        raise SystemExit(f"page.py: {PAGE} has no place for {name}")
    PAGE.write_text(mark.sub(lambda found: f"{found[1]}{text.strip()}\n{found[2]}", page), encoding="utf-8")
