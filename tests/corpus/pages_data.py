#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages with a registry's record inside of them.

usage: pages_data.py PROGRAM FOLDER

FOLDER holds <reader>/<id>.html and truth/<id>.json, the registry's own record (API v2) of each trial. Each page gets a record
in a script, as browsers' applications do, and is read again:
- with its own record, every field that the record fills is as the reader of records fills it, and nothing of the page's text
  contradicts it;
- with the record of another trial, a page that states its number is read as if the script were not there.
Prints every difference; exit code 1 when there is one.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

NOT_COMPARED = {"source", "warnings", "extra"}
STATE_A_NUMBER = {"meddatax", "clinicaltrialsfinder"}
SCRIPT = '<script id="__NEXT_DATA__" type="application/json">%s</script>'


def read(program, path):
    run = subprocess.run([program, "-q", str(path)], capture_output=True, text=True, check=False)
    return json.loads(run.stdout) if run.returncode == 0 and run.stdout else {}


def with_record(program, page, record, folder):
    data = json.dumps({"props": {"pageProps": {"study": record}}}).replace("</", "<\\/")
    path = pathlib.Path(folder) / "page.html"
    path.write_bytes(page + (SCRIPT % data).encode())
    return read(program, path)


def warned(record, field):
    """The text alone may be in doubt (which sponsor leads); what is looked for is what data and text say."""
    return [w["message"] for w in record.get("warnings", []) if w["code"] == "conflict" and field in w["message"]]


def compare_own(name, got, record):
    differences = 0
    for field, value in record.items():
        if field not in NOT_COMPARED and got.get(field) != value:
            print(f"{name}: {field} is {str(got.get(field))[:120]}, the record has {str(value)[:120]}")
            differences += 1
    for message in warned(got, "the page's data"):
        print(f"{name}: {message}")
        differences += 1
    return differences


def compare_other(name, got, page):
    differences = 0
    for field in sorted((set(got) | set(page)) - {"source", "warnings"}):
        if got.get(field) != page.get(field):
            print(f"{name}: with another trial's record {field} is {str(got.get(field))[:120]}")
            differences += 1
    return differences


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    records = {path.stem: json.loads(path.read_bytes()) for path in sorted(folder.glob("truth/*.json"))}
    pages = differences = 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(folder.glob("*/*.html")):
            if path.stem not in records:
                continue
            pages += 1
            page, name = path.read_bytes(), f"{path.parent.name}/{path.name}"
            own = with_record(program, page, records[path.stem], scratch)
            differences += compare_own(name, own, read(program, folder / "truth" / f"{path.stem}.json"))
            if path.parent.name in STATE_A_NUMBER:
                other = next(record for number, record in records.items() if number != path.stem)
                differences += compare_other(name, with_record(program, page, other, scratch), read(program, path))
    print(f"{pages} pages, {differences} differences")
    return 1 if differences or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
