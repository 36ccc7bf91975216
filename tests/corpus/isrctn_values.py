#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ISRCTN registry's XML and CSV: the fields of each record against what xml.etree and csv find, and no value is lost.

usage: isrctn_values.py PROGRAM CORPUS
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as etree

SPACE = "{http://www.67bricks.com/isrctn}"
# What is about the database, joins elements, or says nothing.
LEFT_OUT = {"@id", "@numberType", "@canonicalSecondaryNumber", "@fileId", "funderId", "contactId", "sponsorId"}
faults = []


def records(program, path):
    run = subprocess.run([program, str(path)], capture_output=True, check=False, timeout=120)
    if run.returncode:
        faults.append(f"{path}: exit code {run.returncode}: {run.stderr.decode()}")
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def folded(text):
    """What stays of a text through cleaning: its letters and digits."""
    return "".join(re.findall(r"\w", text)).lower()


def leaves(value):
    if isinstance(value, dict):
        for entry in value.values():
            yield from leaves(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from leaves(entry)
    else:
        yield str(value).lower() if isinstance(value, bool) else str(value)


def values(element):
    for name, text in element.attrib.items():
        yield "@" + name, text
    if (element.text or "").strip():
        yield element.tag.replace(SPACE, ""), element.text
    for child in element:
        yield from values(child)


# Words of the source that become words of the vocabularies.
BECOMES = {"male": "MALE", "female": "FEMALE", "drug": "DRUG", "phaseiii": "PHASE3", "phaseii": "PHASE2", "years": "Years",
           "randomizedcontrolledtrial": "RANDOMIZED"}


def is_there(text, everything, name):
    want = folded(BECOMES.get(folded(text), text))
    digits = re.fullmatch(r"\s*(\d\d)/(\d\d)/(\d{4})\s*", text)
    want = "".join(reversed(digits.groups())) if digits else want
    want = re.sub(r"(\d{8})t0{9}z$", r"\1", want)
    want = re.sub(r"(\d+)0$", r"\1", want) if name == "@value" else want
    return not want or want in everything


def look(where, pairs, record, fields):
    everything = "\n".join(folded(leaf) for leaf in leaves(record))
    for name, text in pairs:
        if name not in LEFT_OUT and not is_there(text, everything, name):
            faults.append(f"{where}: {name} is lost: {text[:80]!r}")
    for field, want in fields.items():
        if want is not None and record.get(field) != want:
            faults.append(f"{where}: {field} is {record.get(field)!r}, the source says {want!r}")


def day(text):
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text or "")
    return "-".join(reversed(found.groups())) if found else (text or "")[:10] or None


def of_xml(trial):
    def at(path):
        return (trial.findtext(".//" + SPACE + path) or "").strip() or None
    final, target = int(at("totalFinalEnrolment") or 0), int(at("targetEnrolment") or 0)
    sponsors = {s.get("id"): s.findtext(SPACE + "organisation") for s in trial.findall(SPACE + "sponsor")}
    low, high = (trial.find(".//" + SPACE + n) for n in ("lowerAgeLimit", "upperAgeLimit"))
    return {
        "trial_id": "ISRCTN" + at("isrctn"), "title": trial.find(SPACE + "trial").findtext(f".//{SPACE}title"),
        "official_title": at("scientificTitle"), "acronym": at("acronym"), "status": None,
        "completion_date": day(at("overallEndDate")), "start_date": day(at("overallStartDate")),
        "recruitment_start_date": day(at("recruitmentStart")), "recruitment_end_date": day(at("recruitmentEnd")),
        "registered_date": day(trial.find(f".//{SPACE}isrctn").get("dateAssigned")),
        "enrollment": final or target, "target_enrollment": target if final else None,
        "lead_sponsor": sponsors[at("sponsorId")],
        "minimum_age_years": float(low.get("value")) if low is not None and low.get("unit") == "years" else None,
        "maximum_age_years": float(high.get("value")) if high is not None and high.get("unit") == "years" else None,
    }


STATUS = {"Completed": "COMPLETED", "Deferred": "DEFERRED", "Recruiting": "RECRUITING",
          "Not yet recruiting": "NOT_YET_RECRUITING", "No longer recruiting": "ACTIVE_NOT_RECRUITING"}


def of_row(row):
    overall = row["Overall trial status"]
    return {
        "trial_id": row["ISRCTN"], "start_date": day(row["Overall trial start"]),
        "completion_date": day(row["Overall trial end"]), "last_update_posted_date": day(row["Record last updated"]),
        "status": STATUS[row["Recruitment status"] if overall == "Ongoing" else overall],
    }


def main(program, corpus):
    seen = 0
    for path in sorted((corpus / "isrctn").glob("*.xml")):
        trials = etree.parse(path).getroot().findall(SPACE + "fullTrial")
        found = records(program, path)
        if len(found) != len(trials):
            faults.append(f"{path}: {len(found)} records of {len(trials)}")
        for trial, record in zip(trials, found):
            look(record["trial_id"], values(trial), record, of_xml(trial))
            overrides = ("overallStatusOverride", "recruitmentStatusOverride")
            if not any((trial.findtext(f".//{SPACE}{o}") or "").strip() for o in overrides) and "status" in record:
                faults.append(f"{record['trial_id']}: a status that nobody states: {record['status']}")
            seen += 1
    for path in sorted((corpus / "isrctn").glob("*.csv")):
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        found = records(program, path)
        if len(found) != len(rows):
            faults.append(f"{path}: {len(found)} records of {len(rows)}")
        for row, record in zip(rows, found):
            pairs = [(k, v) for k, v in row.items() if k not in ("Overall trial status", "Recruitment status")]
            look(record["trial_id"], pairs, record, of_row(row))
            seen += 1
    print("\n".join(faults[:40]))
    print(f"isrctn: {seen} records, {len(faults)} faults")
    return 1 if faults or not seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
