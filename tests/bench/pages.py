#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many HTML pages a second: one process, one thread, full normalisation to NDJSON.

usage: pages.py PROGRAM [PAGES]

Makes PAGES (default 3000) pages of about 20 KB out of the HTML fixtures, and out of the pages of the described sites in the corpus: each gets more paragraphs,
and every page is another trial. The saved registry pages of the corpus are read as they are, again and again. Prints the table of docs/PERFORMANCE.md: by CPU
time, the best of five runs.
"""
import os
import pathlib
import re
import sys
import tempfile

from measure import cpu_seconds, peak_megabytes, table

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
SIZE = 20000
MARKED = "Half of all hikers have had <b>blisters</b>, says entry {} of the harbour&#x27;s log, and 10<sup>9</sup> socks were worn. "
PLAIN = "The boots are weighed before the walk and dried behind the stove, and nobody takes part who has not slept the night before. "


def enlarge(html, number):
    """More paragraphs behind the first one of the page's text, so that they belong to a section that the site has."""
    places = [m.end() for m in re.finditer(r"</p>|</li>", html)]
    missing = SIZE - len(html.encode())
    paragraphs = []
    while missing > 0:
        paragraph = "<p>" + MARKED.format(number * 100 + len(paragraphs)) + 3 * PLAIN + "</p>\n"
        paragraphs.append(paragraph)
        missing -= len(paragraph.encode())
    middle = places[len(places) // 2] if places else len(html)
    return html[:middle] + "".join(paragraphs) + html[middle:]


def make(folder, pages, count):
    """So many pages, made up to their size; how many bytes they have."""
    sources, total = [page.read_text(encoding="utf-8", errors="ignore") for page in pages], 0
    for number in range(count):
        html = enlarge(sources[number % len(sources)], number)
        (folder / f"{number:05}.html").write_text(html, encoding="utf-8")
        total += len(html.encode())
    return total


def row(name, program, inputs, total):
    command = [program, "-q", "-j1", *map(str, inputs)]
    best = min(cpu_seconds(command, (0, 1)) for _ in range(5))
    return [name, f"{total / SIZE / best:,.0f}", f"{total / best / 1e6:.0f}", f"{peak_megabytes(command, codes=(0, 1)):.1f}"]


def made_row(name, program, pages, count):
    with tempfile.TemporaryDirectory() as folder:
        total = make(pathlib.Path(folder), pages, count)
        return row(f"{name}, {len(pages)} kinds, made up to 20 KB", program, [folder], total)


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    corpus = pathlib.Path(os.environ.get("TRIALNORM_CORPUS", FIXTURES / "../../shared/corpus"))
    saved, sites = sorted((corpus / "html").glob("**/*.html")), sorted((corpus / "pages").glob("*/*.html"))
    rows = []
    if saved:
        total = sum(page.stat().st_size for page in saved)
        times = max(1, count * SIZE // total)
        rows.append(row("saved pages of registers (the corpus' `html/`)", program, saved * times, total * times))
    if sites:
        rows.append(made_row("pages of the described sites (the corpus' `pages/`)", program, sites, count))
    fixtures = [page for page in sorted(FIXTURES.glob("*/*/input.html")) if page.parent.parent.name != "listing"]
    rows.append(made_row("HTML fixtures, also of sites that nobody has described, with text full of markup", program, fixtures, count))
    print(table(["pages", "20 KB a second of CPU time", "MB/s", "peak memory, MB"], rows))


if __name__ == "__main__":
    main()
