#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing lost: every value of an API v2 study stands in the converted record, in a field or in `extra`.

usage: v2_values.py PROGRAM CORPUS

Knows nothing of the program's map: it looks for each leaf's text among all the texts of the record that came out.
"""
import html
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

# Left out on purpose: see the map's ignored rows.
IGNORED = ("resultsSection", "documentSection.largeDocumentModule.largeDocs[].typeAbbrev")
# true says that a word stands in a list; false that it does not.
FLAGS = re.compile(r"largeDocs\[\]\.has(Protocol|Sap|Icf)$")


def leaves(node, path=""):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, path + "[]")
    elif node is not None:
        yield path, node


def words(text):
    """A text without what cleaning may change: escapes, entities, tags, blanks, Unicode form."""
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    text = html.unescape(text)
    text = re.sub(r"</?[a-zA-Z][^<>]*>", " ", text)
    text = re.sub(r"\\(leq?|geq?)\b", lambda m: "≤" if m[1][0] == "l" else "≥", text)
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]", "", text)
    return re.sub(r"[\s\ufeff]+", "", text)


def digits(text):
    return re.sub(r"[^0-9]", "", text)


def atoms(record):
    found = set()
    for _, value in leaves({k: v for k, v in record.items() if k not in ("warnings", "source")}):
        found.add(words(value) if isinstance(value, str) else value)
    found.add(record["source"].get("exported"))
    people = [record.get("officials", []), record.get("contacts", [])]
    people += [site.get("contacts", []) for site in record.get("locations", [])]
    for person in (p for group in people for p in group):
        found.add(words(person.get("name", "") + "," + person.get("degrees", "")))
        found.add(words(person.get("name", "") + person.get("degrees", "")))
    return found


def stands(path, value, found):
    if path.startswith(IGNORED) or FLAGS.search(path):
        return True
    if isinstance(value, bool):
        return value in found or str(value).lower() in found
    if isinstance(value, (int, float)):
        whole = isinstance(value, float) and value.is_integer()
        return value in found or words(json.dumps(int(value) if whole else value)) in found
    text = words(value)
    if path.endswith("secondaryIdInfos[].id") and digits(value) in {digits(a) for a in found if isinstance(a, str)}:
        return True  # canonical: without the registry's name before it
    if path.endswith("interventionNames[]"):
        return text in found or words(value.split(": ", 1)[-1]) in found
    return text == "" or text in found or value in ("Yes", "No")


def studies(folder):
    for path in sorted(folder.rglob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        some = data if isinstance(data, list) else data.get("studies", [data])
        yield path, some
    for path in sorted(folder.rglob("*.ndjson")):
        yield path, [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    if not corpus.is_dir():
        print(f"SKIP v2_values: no corpus at {corpus}")
        return 0
    checked = lost = 0
    for path, some in studies(corpus / "ctgov-v2"):
        run = subprocess.run([program, "-q", str(path)], capture_output=True, timeout=120, check=False)
        records = [json.loads(line) for line in run.stdout.decode("utf-8").split("\n") if line]
        if len(records) != len(some):
            print(f"{path}: {len(some)} studies, {len(records)} records; {run.stderr.decode()}")
            lost += 1
            continue
        for study, record in zip(some, records):
            found = atoms(record)
            for leaf, value in leaves(study):
                checked += 1
                if not stands(leaf, value, found):
                    lost += 1
                    if lost < 60:
                        print(f"{record['record_key']}: {leaf}: {value!r} is lost")
    print(f"v2_values: {checked} values looked for, {lost} lost")
    return 1 if lost or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
