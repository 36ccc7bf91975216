#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Speed and memory over web archives of 1,000 and 10,000 mixed pages, made here: the invented trial pages of fixtures/ as text
and as HTML, studies as JSON, listings, pages that are no trial, pictures, answers that are no page; chunked and compressed as
servers send them.

usage: web_archive.py TRIALNORM [RUNS]

Prints the table of docs/PERFORMANCE.md, and fails when memory grows with the archive.
"""
import gzip
import html
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "archives"))

from measure import cpu_seconds, peak_megabytes, table  # noqa: E402
from warc import record, response  # noqa: E402

SITES = ["clinconnect", "clinicaltrialsfinder", "ctv-veeva", "ignite-sd", "meddatax"]
PAGE_BYTES = 20000


def chrome(size, dice):
    """What stands around the content of a page: styles and programs."""
    rules = "".join(f".c{dice.randrange(10 ** 6)}{{margin:{n % 40}px;color:#{n % 4096:03x}}}\n" for n in range(size // 60))
    return f"<style>{rules}</style><script>var state = {{{','.join(f'k{n}:{n * n}' for n in range(size // 60))}}};</script>"


def as_html(text, dice):
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    around = chrome(max(0, PAGE_BYTES - len(lines)) // 2, dice)
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Page</title>{around}</head><body>"
            f"<nav><a href=/>Home</a></nav><main>{lines}</main><footer>About us</footer></body></html>").encode()


def listing(number):
    rows = "".join(f"<tr><td>NCT{80000000 + number * 10 + n}</td><td><a href=/t/{n}>Trial {n} of moss</a></td>"
                   f"<td>Recruiting</td></tr>" for n in range(10))
    return f"<html><body><h1>Trials</h1><p>10 of 32 results</p><table>{rows}</table></body></html>".encode()


def is_utf8(page):
    try:
        return bool(page.decode())
    except UnicodeDecodeError:
        return False


class Crawl:
    """Record after record; the same for the same number."""

    def __init__(self):
        self.dice = random.Random(1)
        pages = [path.read_bytes() for site in SITES for path in sorted((ROOT / "fixtures" / site).glob("*/input.txt"))]
        self.texts = [page.decode() for page in pages if is_utf8(page)]
        self.studies = [path.read_bytes() for path in sorted((ROOT / "fixtures" / "ctgov-v2").glob("*/input.json"))]

    def content(self, number):
        """Body and media type of a page; none for one that is gone."""
        kinds = [self.page] * 9 + [self.text, self.study, self.listing, self.no_trial, self.no_trial, self.picture, self.gone]
        return kinds[number % len(kinds)](number)

    def page(self, _):
        return as_html(self.dice.choice(self.texts), self.dice), "text/html; charset=utf-8"

    def text(self, _):
        return self.dice.choice(self.texts).encode(), "text/plain; charset=utf-8"

    def study(self, _):
        return self.dice.choice(self.studies), "application/json"

    def listing(self, number):
        return listing(number), "text/html; charset=utf-8"

    def no_trial(self, _):
        words = "garden weather contact imprint about careers news letter cookies team opening hours".split()
        return as_html("\n".join(" ".join(self.dice.choices(words, k=40)) for _ in range(20)), self.dice), "text/html"

    def picture(self, _):
        return b"\x89PNG\r\n\x1a\n" + self.dice.randbytes(8000), "image/png"

    def gone(self, _):
        return b"not here", None

    def record(self, number):
        body, media = self.content(number)
        url = f"https://example.org/{number}"
        if media is None:
            return response(url, body, number, status="404 Not Found")
        how = [{}, {"encoding": "gzip"}, {"encoding": "gzip", "chunks": 4096}, {"chunks": 8192}][number % 4]
        request = record("request", b"GET / HTTP/1.1\r\n\r\n", url, media="application/http; msgtype=request", number=number)
        return request + response(url, body, number, media=media, **how)


def write(path, count, packed):
    """An archive of so many pages; `packed`: with a gzip member for each record."""
    crawl = Crawl()
    with open(path, "wb") as file:
        for number in range(count):
            data = crawl.record(number)
            file.write(gzip.compress(data, 6) if packed else data)


def measure(program, path, count, runs):
    command = [program, "-q", "-j1", str(path)]
    # Some fixtures show what is refused: then the exit code is 1.
    seconds = statistics.median(cpu_seconds(command, (0, 1)) for _ in range(runs))
    return path.stat().st_size / 1e6, count / seconds, seconds, peak_megabytes(command, codes=(0, 1))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    peaks, rows = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for packed in (False, True):
            for count in (1000, 10000):
                path = pathlib.Path(folder, "crawl")
                write(path, count, packed)
                size, speed, seconds, peak = measure(program, path, count, runs)
                peaks[packed, count] = peak
                name = "`.warc.gz`, a member a record" if packed else "`.warc`"
                rows.append([name, f"{count}", f"{size:.0f}", f"{seconds:.2f}", f"{speed:.0f}", f"{peak:.1f}"])
        summary = subprocess.run([program, "-v", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False)
        print(table(["archive", "pages", "MB", "CPU s, median", "pages/s", "peak memory, MB"], rows))
        print("\n" + summary.stderr.splitlines()[-1])
    for packed in (False, True):
        if peaks[packed, 10000] > 1.1 * peaks[packed, 1000] + 1:
            sys.exit("memory grows with the archive")


if __name__ == "__main__":
    main()
