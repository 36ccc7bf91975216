#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many HTML pages of 20 KB a second: one process, one thread, full normalisation to NDJSON.

usage: pages.py PROGRAM [PAGES]

Makes PAGES (default 3000) pages of about 20 KB out of the HTML fixtures: each gets more paragraphs, and every page is another trial. Prints pages a
second of CPU time, the best of five runs, and peak memory.
"""
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

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


def make(folder, count):
    pages = sorted(FIXTURES.glob("*/*/input.html"))
    sources = [page.read_text(encoding="utf-8", errors="ignore") for page in pages if page.parent.parent.name != "listing"]
    total = 0
    for number in range(count):
        html = enlarge(sources[number % len(sources)], number)
        (folder / f"{number:05}.html").write_text(html, encoding="utf-8")
        total += len(html.encode())
    return len(sources), total


def run(program, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "-q", "-o", os.devnull, str(folder)], stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"pages.py: exit code {done.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        kinds, total = make(folder, count)
        runs = [run(program, folder) for _ in range(5)]
    best = min(seconds for seconds, _ in runs)
    print(f"{count} pages of {total / count / 1000:.1f} KB, of {kinds} kinds")
    print(f"{count / best:.0f} pages a second of CPU time, {total / best / 1e6:.0f} MB/s; peak memory {runs[-1][1] / 1024:.1f} MB")


if __name__ == "__main__":
    main()
