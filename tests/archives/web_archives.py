#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Web archives that another writer made (warc.py, standard library), read by the program.

usage: web_archives.py PROGRAM
"""
import os
import bz2
import gzip
import json
import lzma
import pathlib
import subprocess
import sys
import tempfile
import zlib

from warc import answer, chunked, member_each, one_member, record, record_id, response
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from timeless import timeless # noqa: E402

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
failures = []


def page(number, title="Silence in Lifts"):
    """A page of clinicaltrialsfinder.org, as text."""
    return (f"{title}\nNCT{90000000 + number}\nStatus\tRecruiting\nPhase\tPhase 2\nSponsor\tLift Institute\n"
            f"Enrollment\t{number} participants\nKey Eligibility Criteria\nInclusion (1)\n- Adults ≥ 18 years\n"
            f"Exclusion (1)\n- Fear of lifts\nhttps://clinicaltrials.gov/study/NCT{90000000 + number}\n").encode()


def study(number):
    """A record of the API."""
    return json.dumps({"protocolSection": {"identificationModule": {"nctId": f"NCT{90000000 + number}",
                                                                    "briefTitle": "Silence"},
                                           "statusModule": {"overallStatus": "RECRUITING"}}}).encode()


def check(what, found, expected):
    if found != expected:
        failures.append(what)
        print(f"FAIL {what}\n  expected: {expected!r}\n  found:    {found!r}")


class Run:
    """What the program makes of bytes on standard input."""

    def __init__(self, data, *options):
        run = subprocess.run([PROGRAM, *options], input=data, capture_output=True, timeout=120, check=False)
        self.code = run.returncode
        self.lines = run.stdout.splitlines()
        self.records = [json.loads(line) for line in self.lines]
        self.ids = [int(record["trial_id"][3:]) - 90000000 for record in self.records]
        self.errors = timeless(run.stderr.decode())


def warcinfo():
    return record("warcinfo", b"software: invented\r\n", media="application/warc-fields", number=100)


def crawl():
    """Every kind of record that matters; the pages of trials are 1 to 9."""
    site = "https://clinicaltrialsfinder.org/"
    text = "text/plain; charset=utf-8"
    return [
        warcinfo(),
        response(site + "1", page(1), 1, media=text),
        record("request", b"GET /1 HTTP/1.1\r\n\r\n", site + "1", media="application/http; msgtype=request", number=101),
        record("metadata", b"outlink: x\r\n", site + "1", media="application/warc-fields", number=102),
        response(site + "2", page(2), 2, media=text, encoding="gzip", chunks=77),
        response(site + "3", page(3), 3, media=text, encoding="deflate", version="1.1"),
        response(site + "4", page(4), 4, media=text, encoding="raw", chunks=5),
        response("https://clinicaltrials.gov/api/v2/studies/NCT90000005", study(5), 5, media="application/json"),
        response(site + "gone", b"gone", 103, status="404 Not Found"),
        response(site + "moved", b"", 104, status="301 Moved", more=("Location: /1",)),
        response(site + "logo.png", b"\x89PNG\r\n\x1a\n", 105, media="image/png"),
        response(site + "about", b"<p>About us", 106),
        response(site + "leaflet.pdf", b"%PDF-1.7", 107, media="application/pdf"),
        record("conversion", page(6), site + "6", "2023-01", "text/plain", 6),
        record("resource", study(7), "file:///srv/7.json", "2024-05-17T10:20:30.123Z", "application/json", 7),
        record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", site + "1", media="application/http; msgtype=response", number=108),
        record("response", b"HTTP/1.1 100 Continue\r\n\r\n" + answer(page(8), text), site + "8", "2024", None, 8),
        record("x-unknown", b"WARC/1.0\r\n\r\nnot a record", number=109),
        response(site + "9", page(9, "Été ≥"), 9, media=text),
    ]


def test_every_form():
    records = crawl()
    plain = Run(b"".join(records), "-v")
    check("ids", plain.ids, list(range(1, 10)))
    check("code", plain.code, 0)
    check("summary", plain.errors.splitlines()[-1],
          "trialnorm: 9 records: 9 written, 0 failed; 5 pages passed over")
    passed = [line.split(" passed over: ")[1] for line in plain.errors.splitlines() if " passed over: " in line]
    check("passed over", [line.split("looked for")[0] for line in passed[:5]],
          ["https://clinicaltrialsfinder.org/gone: HTTP status 404",
           "https://clinicaltrialsfinder.org/moved: HTTP status 301",
           "https://clinicaltrialsfinder.org/about: no reader claims this html; ",
           "https://clinicaltrialsfinder.org/leaflet.pdf: a PDF document, which is not read; convert it with pdftotext",
           "https://clinicaltrialsfinder.org/1: a revisit: the page stands in an earlier record"])
    source = plain.records[0]["source"]
    check("source", source, {"reader": "clinicaltrialsfinder", "site": "clinicaltrialsfinder.org", "file": "-",
                             "member": record_id(1), "record_index": 0, "url": "https://clinicaltrialsfinder.org/1",
                             "fetched": "2024-05-17"})
    check("precision", [r["source"]["fetched"] for r in plain.records][5:8], ["2023-01", "2024-05-17", "2024"])
    check("quiet", Run(b"".join(records)).errors, "")
    forms = {"one gzip member": one_member(records), "a gzip member each": member_each(records),
             "padded": member_each(records) + bytes(512), "xz": lzma.compress(b"".join(records)),
             "bzip2": bz2.compress(b"".join(records))}
    for form, data in forms.items():
        run = Run(data)
        check(f"{form}: code and errors", (run.code, run.errors), (0, ""))
        check(f"{form}: output", run.lines, plain.lines)
    head, block = record("conversion", page(1), media="text/plain", number=1).split(b"\r\n\r\n", 1)
    feeds = Run(head.replace(b"\r\n", b"\n") + b"\n\n" + block.rstrip() + b"\n\n\n" + warcinfo())
    check("line feeds alone", (feeds.ids, feeds.code), ([1], 0))


def test_what_headers_say_wrongly():
    text = "text/plain"
    url = "https://clinicaltrialsfinder.org/1"

    def one(body, *headers):
        return Run(record("response", answer(body, text, more=headers), url, media="application/http", number=1))

    for name, body, *headers in [
        ("not chunked", page(1), "Transfer-Encoding: chunked"),
        ("not compressed", page(1), "Content-Encoding: gzip"),
        ("not deflated", page(1), "Content-Encoding: deflate"),
        ("not brotli", page(1), "Content-Encoding: br"),
        ("identity", page(1), "Content-Encoding: identity"),
        ("gzip called deflate", gzip.compress(page(1)), "Content-Encoding: deflate"),
        ("twice", gzip.compress(gzip.compress(page(1))), "Content-Encoding: gzip, gzip"),
        ("as transfer", chunked(gzip.compress(page(1))), "Transfer-Encoding: gzip, chunked"),
        ("last chunk missing", chunked(page(1)).split(b"0\r\nTrailer")[0], "Transfer-Encoding: chunked"),
        ("folded header", page(1), "X-A: b\r\n c: d"),
    ]:
        run = one(body, *headers)
        check(name, (run.ids, run.code, run.errors), ([1], 0, ""))
    latin = one(page(1).replace("≥".encode(), "é".encode("latin-1")))
    check("latin-1", latin.records[0]["inclusion_criteria"][0]["text"], "Adults é 18 years")
    japanese = Run(response(url, page(1).decode().replace("≥", "歳").encode("shift_jis"), 1,
                            media="text/plain; charset=Shift_JIS"))
    check("charset", japanese.records[0]["inclusion_criteria"][0]["text"], "Adults 歳 18 years")


def test_what_is_not_read():
    url = "https://clinicaltrialsfinder.org/1"
    packed = bytes(range(256)) * 4
    brotli = Run(response(url, packed, 1, more=("Content-Encoding: br",)) + response(url, page(2), 2, media="text/plain"))
    check("brotli", (brotli.ids, brotli.code, brotli.errors.splitlines()),
          ([2], 1, [f"-:{record_id(1)}: error: the page is compressed with brotli (br), which is not read [binary]",
                    "trialnorm: 2 records: 1 written, 1 failed"]))
    damaged = gzip.compress(page(1) * 50)
    damaged = damaged[:100] + bytes(20) + damaged[120:]
    bad = Run(response(url, damaged, 1, more=("Content-Encoding: gzip",)) + response(url, page(2), 2, media="text/plain"))
    check("damaged content", (bad.ids, bad.code), ([2], 1))
    large = Run(response(url, page(1) + b"- " * 2000000, 1, media="text/plain", encoding="gzip") +
                response(url, page(2), 2, media="text/plain"), "--max-record=1M")
    check("too large", (large.ids, large.code, "larger than a record may be" in large.errors), ([2], 1, True))
    segments = Run(record("response", answer(page(1)), url, media="application/http", number=1,
                          more=(("WARC-Segment-Number", "1"),)))
    check("segments", (segments.ids, segments.code), ([], 1))
    part = Run(record("response", answer(page(1), "text/plain"), url, media="application/http", number=1,
                      more=(("WARC-Truncated", "length"),)))
    check("part", (part.ids, part.code, [w["code"] for w in part.records[0]["warnings"]]), ([1], 0, ["truncated-text"]))


def pages(count):
    return [response(f"https://clinicaltrialsfinder.org/{n}", page(n, f"Trial number {n}"), n, media="text/plain")
            for n in range(1, count + 1)]


def whole_before(records, cut):
    """How many of the records stand wholly before byte `cut` (the blank lines behind do not count)."""
    at = count = 0
    for data in records:
        if at + len(data) - 4 > cut:
            break
        at += len(data)
        count += 1
    return count


def test_cuts():
    """Whatever is cut off, all pages before the cut come out, and nothing else."""
    records = pages(12)
    lines = Run(b"".join(records)).lines
    packed = [gzip.compress(data, mtime=0) for data in records]
    whole, each = b"".join(records), b"".join(packed)
    ends = {sum(map(len, records[:n])) for n in range(13)}
    for cut in range(1, len(whole), 61):
        run = Run(whole[:cut])
        count = whole_before(records, cut)
        at_end = any(end - 4 <= cut <= end for end in ends)
        check(f"cut at {cut}", (run.lines, run.code), (lines[:count], 0 if at_end else 1))
        check(f"cut at {cut}: place", at_end or " byte " in run.errors or cut < 64, True)
    one = one_member(records)
    for cut in range(20, len(one), 13):
        run = Run(one[:cut])
        count = whole_before(records, len(zlib.decompressobj(31).decompress(one[:cut])))
        check(f"one member cut at {cut}", (run.lines, run.code), (lines[:count], 1))
    for cut in range(30, len(each), 37):
        run = Run(each[:cut])
        least = sum(1 for n in range(13) if sum(map(len, packed[:n])) <= cut) - 1
        good = run.lines == lines[:len(run.lines)] and least <= len(run.lines) <= least + 1
        check(f"member each cut at {cut}", good, True)


def test_damage():
    records = pages(6)
    lines = Run(b"".join(records)).lines
    packed = [gzip.compress(data, mtime=0) for data in records]
    broken = bytearray(packed[2])
    broken[60:70] = bytes(10)
    run = Run(b"".join(packed[:2]) + bytes(broken) + b"".join(packed[3:]))
    check("damaged member", (run.lines, run.code), (lines[:2] + lines[3:], 1))
    check("damaged member: place", "the gzip data are damaged at byte" in run.errors, True)
    run = Run(b"".join(packed[:2]) + b"\x1f\x8c" + packed[2][2:] + b"".join(packed[3:]))
    check("damaged mark", (run.lines, run.code), (lines[:2] + lines[3:], 1))
    run = Run(b"".join(packed) + b"rubbish behind it")
    check("rubbish behind gzip", (run.lines, run.code), (lines, 1))
    run = Run(b"".join(records[:3]) + b"\x00rubbish\r\n\r\n" + b"".join(records[3:]))
    check("rubbish between", (run.lines, run.code), (lines, 1))
    check("rubbish between: place", f"at byte {len(b''.join(records[:3]))}" in run.errors, True)
    short = records[2].replace(b"Content-Length: ", b"Content-Length: -")
    run = Run(b"".join(records[:2]) + short + b"".join(records[3:]))
    check("bad length", (run.lines, run.code), (lines[:2] + lines[3:], 1))
    long = records[2].replace(b"Content-Length: ", b"Content-Length: 99999999999999")
    run = Run(b"".join(records[:2]) + long + b"".join(records[3:]))
    check("length over the end", (run.lines, run.code), (lines[:2], 1))
    endless = b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"y" * 200000 + b"\r\n\r\n"
    run = Run(records[0] + endless + records[1])
    check("endless header", (run.lines, run.code), (lines[:2], 1))


def test_as_files():
    with tempfile.TemporaryDirectory() as folder:
        archive = pathlib.Path(folder, "looks-like.txt")
        archive.write_bytes(member_each(crawl()))
        run = subprocess.run([PROGRAM, "detect", str(archive)], capture_output=True, text=True, check=False)
        check("detect", (run.returncode, len(run.stdout.splitlines())), (0, 9))
        run = subprocess.run([PROGRAM, "explain", str(archive)], capture_output=True, text=True, check=False)
        check("explain", (run.returncode, run.stdout.count("trial_id = ")), (0, 9))


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for test in tests:
        test()
    print(f"{len(tests)} tests, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
