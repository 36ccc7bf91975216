#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The number of threads changes nothing: output, messages, summary and exit code of -j1 are those of -j2 and -j7,
for every writer, from files, a folder, archives, standard input, in one large array and line by line, with damage in between, and
when the output or the input is slow.
usage: jobs_are_equal.py PROGRAM [--only-folders] FOLDER..."""
import contextlib
import glob
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from timeless import timeless # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
ONLY_FOLDERS = "--only-folders" in sys.argv
FOLDERS = [os.path.abspath(folder) for folder in sys.argv[2:] if not folder.startswith("--")]
OTHERS = ["2", "7"]


def run(jobs, args, stdin=None, cwd=None):
    done = subprocess.run([PROGRAM, "-j", jobs] + args, input=stdin, capture_output=True, cwd=cwd, timeout=600)
    return done.stdout, timeless(done.stderr), done.returncode


def read_tree(folder):
    tree = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            tree[name] = file.read()
    return tree


class Checks:
    passed = failed = 0

    def same(self, what, one, other):
        if one == other:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAIL {what}: not the same as with -j1")
        for name, a, b in zip(("output", "messages", "exit code"), one, other):
            if a != b and isinstance(a, bytes):
                at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                print(f"  {name}, byte {at}: {a[max(0, at - 80):at + 80]!r}\n  {b[max(0, at - 80):at + 80]!r}")
            elif a != b:
                print(f"  {name}: {a} and {b}")

    def all_the_same(self, what, args, stdin=None):
        one = run("1", args, stdin)
        for jobs in OTHERS:
            self.same(f"{what}, -j{jobs}", one, run(jobs, args, stdin))
        return one


def tables(checks):
    def write(jobs):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "tables")
            said = run(jobs, ["-t", "tables", "-o", out] + FOLDERS)
            return read_tree(out), said[1], said[2]
    one = write("1")
    for jobs in OTHERS:
        checks.same(f"tables, -j{jobs}", one, write(jobs))


def study(number):
    return {"protocolSection": {"identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Study {number}"},
                                "statusModule": {"overallStatus": "RECRUITING" if number % 7 else "SLEEPING"},
                                "descriptionModule": {"briefSummary": "Word. " * (number % 900)}},
            "hasResults": False}


def made_inputs():
    studies = [study(i + 1) for i in range(3000)]
    lines = [json.dumps(s) for s in studies]
    array = "[" + ",\n".join(lines) + "]"
    pages = json.dumps({"studies": studies[:2000], "nextPageToken": "x"}) + json.dumps({"studies": studies[2000:]})
    damaged = list(lines)
    for i in range(50, 3000, 97):
        damaged[i] = damaged[i][:len(damaged[i]) // 2]
    for i in range(33, 3000, 131):
        damaged[i] = '{"no": "study"}'
    return {"an array": array, "pages": pages, "NDJSON": "\n".join(lines), "damaged NDJSON": "\n".join(damaged),
            "an array without an end": array[:-5000], "nothing": "", "no trial": '{"a": 1}'}


def small_files(checks):
    with tempfile.TemporaryDirectory() as folder:
        for i in range(1200):
            with open(os.path.join(folder, f"{i:04d}.json"), "w", encoding="utf-8") as file:
                file.write(json.dumps(study(i + 1)) if i % 50 else "{")
        checks.all_the_same("small files", ["-v", folder])


def archives(checks):
    with tempfile.TemporaryDirectory() as folder:
        small = os.path.join(folder, "small.zip")
        with zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as archive:
            for i in range(400):
                archive.writestr(f"{i:04d}.json", json.dumps(study(i + 1)) if i % 50 else "{")
        whole = os.path.join(folder, "whole.zip")
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(glob.glob(os.path.join(FOLDERS[0], "**", "*.*"), recursive=True)):
                if os.path.isfile(path):
                    archive.write(path)
            archive.write(small, "inside/small.zip")
        both = os.path.join(folder, "both.tar.gz")
        with tarfile.open(both, "w:gz") as archive:
            archive.add(small, "small.zip")
            archive.add(whole, "whole.zip")
        with open(whole, "rb") as file:
            text = file.read()
        with open(whole, "wb") as file: # damaged in the middle
            file.write(text[:len(text) // 2] + b"\0" * 5000 + text[len(text) // 2 + 5000:])
        for path in (small, whole, both):
            checks.all_the_same(os.path.basename(path), ["-v", path])
            with open(path, "rb") as file:
                checks.all_the_same(os.path.basename(path) + " from standard input", ["-v"], file.read())


def stored(members):
    """A zip archive, not packed, of {name: bytes}."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]


def damaged_archives(checks):
    """What can be read of an archive in a damaged or cut one is the same, from a file too, and nothing is lost in silence."""
    studies = [json.dumps({**study(i + 1), "note": "x" * 2000}).encode() for i in range(40)]
    inner = stored({f"{i}.json": one for i, one in enumerate(studies[:30])})
    packed = gzip.compress(b"\n".join(studies[:30]) + b"\n", 1, mtime=0)
    outer = stored({"first.json": studies[30], "inner.zip": inner, "last.json": studies[31]})
    around = stored({"first.json": studies[30], "a.ndjson.gz": packed, "last.json": studies[31]})
    cut = stored({**{f"o{i}.json": one for i, one in enumerate(studies[30:])}, "inner.zip": inner, "last.json": studies[0]})
    cut = cut[:cut.index(b"last.json")]
    for what, data, least in (("bit in an inner archive", flipped(outer, outer.index(inner) + len(inner) // 2), 31),
                              ("bit in a packed member", flipped(around, around.index(packed) + len(packed) // 2), 2),
                              ("cut behind an inner archive", cut, 40), ("two archives joined", inner + outer, 62)):
        one = checks.all_the_same(what + ", standard input", ["-v"], data)
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(data)
            file.flush()
            checks.all_the_same(what, ["-v", file.name])
            other = run("1", ["-v", file.name])
        checks.same(what + ", from a file and a pipe", (one[0].count(b"\n"), one[2]), (other[0].count(b"\n"), other[2]))
        checks.same(what + ", what is read of it", (True, 0 if "joined" in what else 1), (one[0].count(b"\n") >= least, one[2]))


def slow_output(checks, text):
    """Nobody reads for a while; then all of it is there."""
    expected = run("1", ["-q"], text)[0]
    command = f"'{PROGRAM}' -j2 -q 2> /dev/null | (sleep 0.5; cat)"
    got = subprocess.run(["sh", "-c", command], input=text, capture_output=True, timeout=60).stdout
    checks.same("slow output", (expected,), (got,))
    # And when the reader goes away, the program ends quietly.
    early = subprocess.run(["sh", "-c", f"('{PROGRAM}' -j2 -q; echo $? >&2) | head -n 1"], input=text,
                           capture_output=True, timeout=60)
    checks.same("closed output", (b"0\n",), (early.stderr,))


def slow_input(checks):
    """A pipe that gave a few records and stays open: who wants no more than two of them does not wait for its end."""
    text = b"".join(json.dumps({**study(i + 1), "note": "x" * 20000}).encode() + b"\n" for i in range(5))
    expected = run("1", ["-q", "--limit", "2"], text)[0]
    for jobs in ["1"] + OTHERS:
        with subprocess.Popen([PROGRAM, "-j", jobs, "-q", "--limit", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
            with contextlib.suppress(BrokenPipeError): # it may have enough before it has all
                program.stdin.write(text)
                program.stdin.flush()
            try:
                program.wait(60)
            except subprocess.TimeoutExpired:
                program.kill()
            checks.same(f"slow input, -j{jobs}", (expected,), (program.stdout.read(),))
            with contextlib.suppress(BrokenPipeError):
                program.stdin.close()


def folders(checks):
    for writer in ("ndjson", "csv"):
        checks.all_the_same(f"folders to {writer}", ["-v", "-t", writer] + FOLDERS)
    checks.all_the_same("provenance and redaction", ["--provenance", "--redact"] + FOLDERS)
    tables(checks)


def options_and_inputs(checks):
    checks.all_the_same("folders to json", ["-v", "-t", "json"] + FOLDERS)
    checks.all_the_same("small records", ["--max-record", "20k"] + FOLDERS)
    files = sorted(glob.glob(os.path.join(FOLDERS[0], "**", "*.json"), recursive=True))
    checks.all_the_same("single files", files)
    checks.all_the_same("missing files", files[:3] + ["/no/such/file"] + files[3:5])
    for limit in ("0", "1", "9", "60"):
        checks.all_the_same(f"--limit {limit}", ["-v", "--limit", limit] + FOLDERS)
    checks.all_the_same("--where", ["-v", "--where", "not status=COMPLETED", "--limit", "40"] + FOLDERS)
    checks.all_the_same("--unique", ["-v", "--unique"] + FOLDERS)
    checks.all_the_same("--unique --where", ["-v", "--unique", "--where", "status=COMPLETED", "--limit", "20"] + FOLDERS)
    inputs = made_inputs()
    for what, text in inputs.items():
        checks.all_the_same(f"{what} from standard input", ["-v"], text.encode())
    small_files(checks)
    archives(checks)
    damaged_archives(checks)
    slow_output(checks, inputs["NDJSON"].encode())
    slow_input(checks)


def main():
    checks = Checks()
    folders(checks)
    if not ONLY_FOLDERS:
        options_and_inputs(checks)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
