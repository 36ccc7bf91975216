#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing lost of EUCTR's text downloads: blocks are read here once more, and every value of every block must stand in its
trial's record: in a field, in `extra`, or in a warning. The records' number, and the fields that are the register's own
words, are held against the newest block.

usage: euctr_values.py PROGRAM CORPUS
"""
import itertools
import json
import pathlib
import re
import subprocess
import sys

LABEL = re.compile(r"^(?P<label>(?:[A-H]\.\d[\d.]*(?: (?:and|to) [A-H]\.[\d.]+)*\s|N\. |P\. |D\.IMP|EudraCT Number|Trial Status|Link|"
                   r"Sponsor's Protocol Code Number|National Competent Authority|Clinical Trial Type|"
                   r"Date on which this record).*?)(?::(?=\s|$)|\?(?=\s))(?P<value>.*)$")
# Yes and no that a word of a vocabulary says, and words that have one.
SAID = re.compile(r"^(E\.7\.\d|E\.8\.1\.\d|E\.8\.7|F\.1\.\d|F\.2\.\d|F\.3\.1|D\.IMP|B\.3\.1)\b")
WORDS = {"information not present in eudract", "yes", "no", "ongoing", "completed", "commercial", "non-commercial"}
LANGUAGE = re.compile(r" \([a-z]{2}\)$")


def letters(text):
    return "".join(c for c in text.casefold() if c.isalnum())


def blocks_of(text):
    """Each block as a list of [label, [lines]]."""
    for part in re.split(r"^Summary$", text, flags=re.M)[1:]:
        block = []
        for line in part.splitlines():
            line = line.replace("\t", " ").strip()
            found = LABEL.match(line)
            if found:
                value = re.sub(r"^Reason\(s\) for unfavourable opinion:", "", found["value"].strip())
                block.append([found["label"].strip(), [value.strip()]])
            elif line and block and not re.match(r"^([A-Z]\. |[A-H]\.\d[\d.]* |Sponsor \d|MedDRA Class|E\.6 and)", line):
                block[-1][1].append(line)
        yield block


def first(block, start):
    for label, lines in block:
        if label.startswith(start) and not LANGUAGE.search(label) and lines[0]:
            return lines[0]
    return None


def check(problems, what, got, want):
    if got != want:
        problems.append(f"{what}: {got!r}, but the download says {want!r}")


def check_fields(problems, name, record, blocks):
    newest = max(enumerate(blocks), key=lambda pair: (first(pair[1], "Date on which"), pair[0]))[1]
    check(problems, f"{name} trial_id", record["trial_id"], first(newest, "EudraCT Number"))
    check(problems, f"{name} title", record["title"], first(newest, "A.3.1 ") or first(newest, "A.3 "))
    check(problems, f"{name} official_title", record["official_title"], first(newest, "A.3 "))
    check(problems, f"{name} acronym", record.get("acronym"), first(newest, "A.3.2 "))
    check(problems, f"{name} enrollment", record["enrollment"], int(first(newest, "F.4.2.2 ") or first(newest, "F.4.1 ")))
    phases = [f"PHASE{n}" for n in "1234" if first(newest, f"E.7.{n} ") == "Yes"]
    check(problems, f"{name} phases", record["phases"], phases)
    own = {}
    for block in sorted(blocks, key=lambda b: first(b, "Date on which")):
        own[first(block, "A.1 ").split(" - ")[0]] = int(first(block, "F.4.1 "))
    check(problems, f"{name} sizes of countries", {c["name"]: c["enrollment"] for c in record["countries"] if "enrollment" in c}, own)


def check_values(problems, name, record, values):
    there = letters(json.dumps(record, ensure_ascii=False))
    count = 0
    for label, lines in values:
        for line in filter(None, lines):
            if SAID.match(label) or line.casefold() in WORDS:
                continue
            count += 1
            text = letters(re.sub(r"^(\d+\.|[-•o])\s+", "", line))
            if text not in there:
                problems.append(f"{name}: lost: {label}: {line[:100]!r}")
    return count


def convert(program, path):
    run = subprocess.run([program, "-v", str(path)], capture_output=True, check=False)
    return [json.loads(line) for line in run.stdout.splitlines()], run.stderr.decode()


def full(program, path, problems):
    records, said = convert(program, path)
    blocks = list(blocks_of(path.read_text(encoding="utf-8")))
    groups = [list(g) for _, g in itertools.groupby(blocks, key=lambda b: first(b, "EudraCT Number"))]
    check(problems, "records", len(records), len(groups))
    if f"{len(blocks)} records: {len(groups)} written, 0 failed, {len(blocks) - len(groups)} merged" not in said:
        problems.append(f"counts of {len(blocks)} blocks: {said.splitlines()[-1]}")
    count = 0
    for record, group in zip(records, groups):
        check_fields(problems, record["trial_id"], record, group)
        for block in group:
            count += check_values(problems, record["trial_id"], record, block)
    for line in (n for n, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if text.endswith("JSON_ERROR_HERE")):
        if not any(w["line"] == line and w["code"] == "bad-value" for r in records for w in r["warnings"]):
            problems.append(f"nothing said of line {line}")
    return count


def summary(program, path, problems):
    records, _ = convert(program, path)
    parts = [p for p in re.split(r"(?m)^(?=EudraCT Number:)", path.read_text(encoding="utf-8")) if p.strip()]
    check(problems, "summaries", len(records), len(parts))
    count = 0
    for record, part in zip(records, parts):
        values = []
        for line in part.splitlines():
            found = re.match(r"^([A-Z][A-Za-z ]+):\s*(.*)$", line)
            if found:
                values.append([found[1], [found[2].strip()]])
            elif line.strip():
                values[-1][1].append(line.strip())
        for label, lines in values:
            if label == "Gender":
                check(problems, f"{part[:40]!r} sex", record.get("sex"), {"Male, Female": "ALL", "Male": "MALE", "Female": "FEMALE"}[lines[0]])
            elif label == "Trial protocol":
                codes = re.findall(r"([A-Z]{2})\(", lines[0])
                check(problems, f"{part[:40]!r} countries", [c["code"] for c in record.get("countries", [])], codes)
                count += check_values(problems, part[:40], record, [[label, lines]])
            elif label == "Population Age":
                for band, code in (("Adults", "ADULT"), ("Elderly", "OLDER_ADULT"), ("Under 18", "CHILD")):
                    check(problems, f"{part[:40]!r} {band}", code in record["std_ages"], band in lines[0])
            else:
                count += check_values(problems, part[:40], record, [[label, lines]])
                cut = any(line.endswith("...") for line in lines)
                told = any(w["code"] == "truncated-text" for w in record.get("warnings", []))
                if cut and not told:
                    problems.append(f"{part[:40]!r}: {label} is cut, and nothing is said")
    return count


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2]) / "euctr"
    problems = []
    count = full(program, corpus / "trials-full.txt", problems) + summary(program, corpus / "trials-summary.txt", problems)
    print("\n".join(problems[:40]))
    print(f"{count} values, {len(problems)} problems")
    return bool(problems) or count < 1000


if __name__ == "__main__":
    sys.exit(main())
