#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The fixtures are the project's own words: no run of ten words of theirs stands in the corpus.

usage: nothing_copied.py PROGRAM CORPUS

Not counted is what the layouts themselves say on every page, the sentences that the readers' tables hold, and the names
of the members of structured records.
"""
import collections
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN = 10
# What stands on so many pages of one site is the site's and no trial's.
BOILERPLATE = 4
# What stands so often in one file is its form's: labels, and what is answered to them.
REPEATED = 3
# The EudraCT form's own words and its register's address, which stand in many records.
FORM = """human pharmacology phase i no therapeutic exploratory phase ii yes therapeutic confirmatory phase iii yes
therapeutic use phase iv no https www clinicaltrialsregister eu ctr search search query eudract number
this file contains full details on each clinical trial selected for download where multi state trials have been downloaded full information
for each of the member states countries involved in the trial are included separately"""
# Ends a text inside of a line: a quotation mark that is no apostrophe, an escaped line end, a tabulator, a
# tag, a label.
BREAK = re.compile(r"""<[^<>]*>|\\n|\t|: |"|(?<!\w)'|'(?!\w)""")
# ... and in tables the cell, and the part of a joined cell.
CELL = re.compile(BREAK.pattern + r"""|[,;|]""")
WORD = re.compile(r"[^\W_]+")


def words(text):
    return WORD.findall(text.lower())


def says_something(some):
    """Numbers, entities and small words alone are nobody's."""
    return sum(len(word) >= 4 and word.isalpha() for word in some) >= 4


def runs(text):
    some = words(text)
    all_runs = (some[at : at + RUN] for at in range(len(some) - RUN + 1))
    return {" ".join(run) for run in all_runs if says_something(run)}


def read(path):
    return path.read_bytes().decode("utf-8", "replace")


def texts(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
    elif isinstance(node, str):
        yield node


def own_runs(path):
    """The runs of words of a fixture; in JSON those inside one string."""
    try:
        return set().union(*(runs(text) for text in texts(json.loads(read(path)))))
    except ValueError:
        ends = CELL if path.suffix in (".csv", ".tsv") else BREAK
        return set().union(*(runs(part) for line in read(path).splitlines() for part in ends.split(line)))


def main():
    corpus = pathlib.Path(sys.argv[2])
    if not corpus.is_dir():
        print(f"SKIP nothing_copied: no corpus at {corpus}")
        return 0
    layout = " ".join(words(FORM + " ".join(read(path).replace('"\n', "") for path in (ROOT / "src/readers").rglob("*.[ch]"))))
    own = {}
    for folder in ("fixtures", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix not in (".c", ".h", ".py", ".sh", ".inc"):
                for run in own_runs(path):
                    if run not in layout:
                        own.setdefault(run, path)
    copied, pages, form = {}, {}, set()
    for path in sorted(corpus.rglob("*")):
        if path.is_file() and path.suffix in (".txt", ".json", ".ndjson", ".xml", ".html", ".csv", ".tsv"):
            some = words(read(path))
            seen = collections.Counter(" ".join(some[at : at + RUN]) for at in range(len(some) - RUN + 1))
            for run in seen.keys() & own.keys():
                if seen[run] >= REPEATED:
                    form.add(run)
                copied.setdefault(run, path)
                if path.parts[-3] == "pages":
                    pages.setdefault((run, path.parent), set()).add(path.stem)
    for run in form:
        copied.pop(run, None)
    for (run, _), trials in pages.items():
        if len(trials) >= BOILERPLATE:
            copied.pop(run, None)
    for run, path in sorted(copied.items(), key=lambda item: str(own[item[0]]))[:40]:
        print(f"{own[run].relative_to(ROOT)}: '{run}' stands in {path.relative_to(corpus)}")
    print(f"nothing_copied: {len(own)} runs of {RUN} words looked for, {len(copied)} found")
    return 1 if copied or not own else 0


if __name__ == "__main__":
    sys.exit(main())
