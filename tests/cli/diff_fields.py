#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every leaf of a study changed alone: one change is told, and the patch makes the new record of the old one.

usage: diff_fields.py PROGRAM STUDY

STUDY is JSON of ClinicalTrials.gov's API v2: one study, or one on each line (the first six are taken). OLD has it once for every leaf that it has, under a number of its own; NEW
the same with that one leaf changed: another word, another number, the day before. Patches are applied by python3-jsonpatch.
Leaves that say nothing of the trial stand below.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonpatch

# Nothing is told: the version of the registry's data (source.exported) says nothing of the trial, and the abbreviation says again
# what the document's flags say.
SILENT = {"derivedSection.miscInfoModule.versionHolder", "documentSection.largeDocumentModule.largeDocs[].typeAbbrev"}
# What the normal form cannot give back stands in `extra` beside its field: the time of day, a word that becomes a coarser one, a date
# that forms write for none (1899-12-31).
MORE = {"documentSection.largeDocumentModule.largeDocs[].uploadDate", "protocolSection.identificationModule.orgStudyIdInfo.type",
        "protocolSection.statusModule.completionDateStruct.date"}

program, path = sys.argv[1:3]
text = pathlib.Path(path).read_text(encoding="utf-8")
try:
    studies = [json.loads(text)]
except ValueError:
    studies = [json.loads(line) for line in text.splitlines() if line.strip()][:6]


def leaves(value, at=()):
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, at + (key,))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, at + (index,))
    else:
        yield at


def changed(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?(T.*)?", value):
        return str(int(value[:4]) - 1) + value[4:].replace("-29", "-28")
    if re.fullmatch(r"\d+ (Year|Month|Week|Day)s?", value):
        return f"{int(value.split()[0]) + 1} {value.split()[1].rstrip('s')}s"
    return value + " changed"


def copies(study, count, first):
    for number in range(count):
        one = copy.deepcopy(study)
        one["protocolSection"]["identificationModule"]["nctId"] = f"NCT{first + number:08}"
        yield one


def put(study, at):
    where = study
    for key in at[:-1]:
        where = where[key]
    where[at[-1]] = changed(where[at[-1]])


def run(arguments, into=None):
    done = subprocess.run([program, *arguments], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{arguments}: exit code {done.returncode}: {done.stderr.decode()}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def name(at):
    return ".".join("[]" if isinstance(step, int) else step for step in at).replace(".[]", "[]")


def is_results(at):
    return at[0] in ("resultsSection", "annotationSection")  # not read


old, new, meant = [], [], {}
for study in studies:
    paths = [at for at in leaves(study) if at[-1] != "nctId" and not is_results(at)]
    for at, one in zip(paths, copies(study, len(paths), 90000001 + len(old))):
        meant[one["protocolSection"]["identificationModule"]["nctId"]] = at
        old.append(one)
        new.append(copy.deepcopy(one))
        put(new[-1], at)

faults = []
with tempfile.TemporaryDirectory() as folder:
    files = [f"{folder}/old.ndjson", f"{folder}/new.ndjson"]
    for file, records in zip(files, (old, new)):
        pathlib.Path(file).write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    told = {}
    for row in run(["diff", "-t", "ndjson", *files]):
        told.setdefault(row["trial_id"], []).append(row)
    before, now = ({r["trial_id"]: r for r in run(["-q", file])} for file in files)
    patches = {line["trial_id"]: line["patch"] for line in run(["diff", "-t", "json-patch", *files])}
    for trial, at in meant.items():
        rows = told.get(trial, [])
        wanted = 0 if name(at) in SILENT else 1
        raw = name(at) in MORE and any(row["field"] == "extra" for row in rows)
        if len(rows) != wanted and not raw:
            faults.append(f"{name(at)}: {len(rows)} changes: {[(r['op'], r['field']) for r in rows]}")
        if jsonpatch.JsonPatch(patches.get(trial, [])).apply(before[trial]) != now[trial]:
            faults.append(f"{name(at)}: the patch gives another record: {patches.get(trial)}")
for fault in sorted(set(faults)):
    print(fault)
print(f"{len(meant)} leaves of {len(studies)} studies")
sys.exit(bool(faults) or not meant)
