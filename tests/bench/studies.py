#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes study records of ClinicalTrials.gov's API v2 with the mix of sizes that real ones have. All is invented, and the same for the same --seed.

usage: studies.py (--count N | --bytes N) [--ndjson FILE] [--array FILE] [--zip FILE] [--files FOLDER] [--small] [--pretty] [--corpus FILE.ndjson] [--seed N]

One pass writes all the forms that are asked for: a record a line, one array, an archive with a member a record, a folder with a file a record. --small makes
small records only; --pretty indents members and files, as the site's own download does; --corpus repeats the real records of FILE, each time with other numbers.
Prints the mix that came out, and fails when it is far from the one that is promised.
"""
import argparse
import json
import math
import pathlib
import random
import re
import sys
import zipfile

from study_parts import Study
from study_results import results_section
from study_words import Prose

# Share of the records -> largest of them in bytes; between two, sizes grow by equal factors.
SIZES = [(0.0, 3600), (0.05, 5500), (0.5, 11000), (0.9, 31000), (0.99, 142000), (0.999, 400000), (1.0, 1000000)]
LARGEST, LARGEST_NUMBER = 1100000, 100  # one record is the largest that there is
SMALL = [(0.0, 3600), (1.0, 5500)]
# Records of at most so many bytes -> how many of them have results, and what part of their bytes those are.
RESULTS = [(11000, 0.0, 0.0), (31000, 0.19, 0.6), (142000, 0.75, 0.75), (math.inf, 1.0, 0.85)]
PROMISED = {"p50": 11000, "p90": 31000, "p99": 142000, "largest": 1100000, "results": 0.333}
GOLDEN, ROOT = 0.6180339887498949, 0.4142135623730951


def size_at(share, sizes):
    """The size below which so many of the records are."""
    for (low, small), (high, large) in zip(sizes, sizes[1:]):
        if share <= high:
            return small * (large / small) ** ((share - low) / (high - low))
    return sizes[-1][1]


def study(prose, seed, number, sizes=None):
    """The record of this number, of which about the promised size comes out."""
    dice = random.Random(seed * 1000003 + number)
    # Steps of an irrational number fill the mix evenly, so that few records have it too.
    size = LARGEST if number == LARGEST_NUMBER and not sizes else size_at((number + 1) * GOLDEN % 1, sizes or SIZES)
    _, likely, part = next(row for row in RESULTS if size <= row[0])
    has_results = (number + 1) * ROOT % 1 < likely
    results = size * part if has_results else 0
    made = Study(prose, dice, number, size - results)
    record = {"protocolSection": made.protocol(has_results)}
    if has_results:
        record["resultsSection"] = results_section(prose, dice, results)
    record["derivedSection"] = made.derived()
    record["hasResults"] = has_results
    return record


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def made_studies(seed, small):
    """Number, bytes and bytes of the results of one record after the other, without end."""
    prose, number = Prose(seed), 0
    while True:
        record = study(prose, seed, number, SMALL if small else None)
        yield record["protocolSection"]["identificationModule"]["nctId"], compact(record), len(compact(record.get("resultsSection", 0)))
        number += 1


def repeated_studies(path):
    """The records of a file, again and again, each with a number of its own."""
    lines = [line.rstrip(b"\r\n") for line in open(path, "rb") if line.strip()]
    results = [len(compact(json.loads(line).get("resultsSection", 0))) for line in lines]
    number = 0
    while True:
        nct = f"NCT{80000000 + number * 7654321 % 10000000}"
        line, size = lines[number % len(lines)], results[number % len(lines)]
        yield nct, re.sub(rb'("nctId": *)"[^"]*"', rb'\1"' + nct.encode() + b'"', line, count=1), size
        number += 1


class Ndjson:
    def __init__(self, path):
        self.file = open(path, "wb", buffering=1 << 20)

    def add(self, _, data):
        self.file.write(data + b"\n")

    def end(self):
        self.file.close()


class Array(Ndjson):
    between = b"[\n"

    def add(self, _, data):
        self.file.write(self.between + data)
        self.between = b",\n"

    def end(self):
        self.file.write(b"\n]\n" if self.between == b",\n" else b"[]\n")
        self.file.close()


class Zip:
    def __init__(self, path, shape):
        self.file, self.shape = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED), shape

    def add(self, nct, data):
        self.file.writestr(f"{nct}.json", self.shape(data))

    def end(self):
        self.file.close()


class Files:
    def __init__(self, path, shape):
        self.folder, self.shape = pathlib.Path(path), shape
        self.folder.mkdir(parents=True, exist_ok=True)

    def add(self, nct, data):
        (self.folder / f"{nct}.json").write_bytes(self.shape(data))

    def end(self):
        pass


def pretty(data):
    return json.dumps(json.loads(data), ensure_ascii=False, indent=2).encode()


def mix(sizes, results):
    """What the promise is about, of what came out."""
    ordered = sorted(sizes)
    return {"p50": ordered[len(ordered) // 2], "p90": ordered[int(len(ordered) * 0.9)], "p99": ordered[int(len(ordered) * 0.99)], "largest": ordered[-1],
            "results": results / sum(ordered)}


def faults(found, count):
    """Which of the promised figures are missed: by more than 15 %, of few records by more than 40 %. Very few have no mix."""
    if count <= LARGEST_NUMBER:
        return []
    allowed = 0.15 if count >= 3000 else 0.4
    missing = {"p99", "results"} if count < 500 else set()
    return [f"{name} is {found[name]:.4g}, not {promised}" for name, promised in PROMISED.items()
            if name not in missing and abs(found[name] / promised - 1) > allowed]


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    for name in ("count", "bytes", "seed"):
        parser.add_argument(f"--{name}", type=int, default=7 if name == "seed" else None)
    for name in ("ndjson", "array", "zip", "files", "corpus"):
        parser.add_argument(f"--{name}")
    for name in ("small", "pretty"):
        parser.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    if (given.count is None) == (given.bytes is None):
        parser.error("--count or --bytes")
    return given


def main():
    given = arguments()
    shape = pretty if given.pretty else bytes
    forms = [kind(path) for kind, path in ((Ndjson, given.ndjson), (Array, given.array)) if path]
    forms += [kind(path, shape) for kind, path in ((Zip, given.zip), (Files, given.files)) if path]
    sizes, results, whole = [], 0, 0
    for nct, data, of_results in repeated_studies(given.corpus) if given.corpus else made_studies(given.seed, given.small):
        if (len(sizes) >= given.count) if given.bytes is None else (whole >= given.bytes):
            break
        for form in forms:
            form.add(nct, data)
        sizes.append(len(data))
        whole += len(data)
        results += of_results
    for form in forms:
        form.end()
    if not sizes:
        return
    found = mix(sizes, results)
    print(f"{len(sizes)} records, {whole / 1e6:.1f} MB: p50 {found['p50']}, p90 {found['p90']}, p99 {found['p99']}, largest {found['largest']} bytes, "
          f"{100 * found['results']:.0f} % of the bytes in results")
    missed = [] if given.small or given.corpus else faults(found, len(sizes))
    if missed:
        sys.exit("studies.py: " + "; ".join(missed))


if __name__ == "__main__":
    main()
