#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A drafted description reads its own page at once, and loses nothing of it.

usage: draft_site.py PROGRAM PAGE...

For every page: the draft is taken by --site as it is, claims the page by its evidence, and every line of a text page stands
somewhere in the record: in a field, in the raw text of one, in `extra`, or as a label of the description. Of a page of HTML what
stands above the first label may be left over.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def run(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, timeout=120, check=False)


def bare(text):
    """Letters and digits only: line ends, markers, escapes and kinds of blanks do not count."""
    return re.sub(r"[\W_]+", "", text.casefold())


def texts(value):
    if isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)
    else:
        yield str(value)


def lost_lines(page, records, description):
    """The lines of a text page that stand nowhere."""
    labels = sorted((label.removesuffix("*").strip() for row in description["rows"] for label in row.get("labels", [])),
                    key=len, reverse=True)
    there = "\0".join(bare(text) for text in texts(records))
    known = {bare(label) for label in labels}
    lost = []
    for line in page.splitlines():
        for label in ["", *labels]:
            if line.strip().casefold().startswith(label.casefold()):
                rest = bare(line.strip()[len(label):])
                if not rest or rest in there or rest in known or bare(line) in known:
                    break
        else:
            if not all(is_there(piece, there) for piece in re.split(r"[,;\t]", line)):
                lost.append(line)
    return lost


def is_there(piece, there):
    """A part of a line: a place, a name and its degrees, a label and its value are several fields. Of `40 participants` the
    number is; what says that there are more, or nothing, is a warning or an absent field."""
    number = re.match(r"\s*(\d+)\+? (participants|patients|years old)\s*$", piece)
    says_nothing = re.match(r"\s*(- \.\.\. and \d+ more|Not reported\s*$)", piece)
    return bool(bare(piece) in there or says_nothing or (number and number[1] in there))


def check(program, page, folder):
    draft = run(program, "explain", "--draft-site", page)
    if draft.returncode:
        return [f"no draft: {draft.stderr.decode()}"]
    path = pathlib.Path(folder, "site.json")
    path.write_bytes(draft.stdout)
    description = json.loads(draft.stdout)
    printed = run(program, "list", "sites", "--site", str(path), "--export", description["reader"])
    faults = [] if printed.stdout == draft.stdout else [f"printed again, it differs: {printed.stderr.decode()}"]
    known = run(program, "detect", "--site", str(path), page)
    if known.returncode and b"claim it; choose with -f" not in known.stderr: # it describes a built-in site again
        faults.append(f"not claimed: {known.stderr.decode()}")
    done = run(program, "--provenance", "--site", str(path), "-f", description["reader"], page)
    if done.returncode:
        return [*faults, f"not read: {done.stderr.decode()}"]
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    repaired = any(warning["code"] == "repaired-text" for record in records for warning in record.get("warnings", []))
    text = pathlib.Path(page).read_bytes().decode("utf-8", "replace")
    if not page.endswith(".html") and not repaired and "\uFFFD" not in text: # of other character sets other tests tell
        faults += [f"lost: {line}" for line in lost_lines(text, records, description)]
    explained = run(program, "explain", "--site", str(path), "-f", description["reader"], page).stdout.decode()
    labels = {bare(label.removesuffix("*")) for row in description["rows"] for label in row.get("labels", [])}
    left = re.findall(r"^  line (\d+): (.*)$", explained, re.M)
    faults += [f"a label is left over: {line}" for _, line in left if bare(line) in labels]
    if not page.endswith(".html") and "Accounted for: 100.0 %" not in explained:
        faults.append("not all of it is accounted for")
    return faults


def main():
    program, pages = sys.argv[1], sys.argv[2:]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            faults = check(program, page, folder)
            bad += bool(faults)
            for fault in faults:
                print(f"{page}: {fault}")
    print(f"{len(pages)} pages, {bad} with faults")
    return 1 if bad or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
