#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records in WHO's form: the fields of each record against what xml.etree finds, and no value is lost.

usage: who_xml_values.py PROGRAM CORPUS
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as etree

from isrctn_values import faults, look, records, values

UNITS = {"Y": "Year", "M": "Month", "W": "Week", "D": "Day"}
WORDS = {"-": "ALL", "Both": "ALL", "M": "MALE", "F": "FEMALE", "recruiting": "RECRUITING", "Completed": "COMPLETED",
         "not yet recruiting": "NOT_YET_RECRUITING", "actual": "ACTUAL", "anticipated": "ESTIMATED"}


def day(text):
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text or "")
    return "-".join(reversed(found.groups())) if found else text


def age(text):
    found = re.fullmatch(r"(\d+)([YMWD])", text or "")
    return f"{found[1]} {UNITS[found[2]]}{'' if found[1] == '1' else 's'}" if found else None


def size(text):
    parts = re.findall(r":(\d+)(?:;|$)", text or "") or [text or 0]
    return sum(int(part) for part in parts)


def stated(trial):
    def at(path):
        return (trial.findtext(path) or "").strip() or None
    return {
        "trial_id": at("main/trial_id"), "title": at("main/public_title"), "official_title": at("main/scientific_title"),
        "registered_date": day(at("main/date_registration")), "recruitment_start_date": day(at("main/date_enrolment")),
        "recruitment_start_date_type": WORDS.get(at("main/type_enrolment")),
        "enrollment": size(at("main/target_size")), "status": WORDS[at("main/recruitment_status")],
        "lead_sponsor": at("main/primary_sponsor"), "minimum_age": age(at("criteria/agemin")),
        "maximum_age": age(at("criteria/agemax")), "sex": WORDS[at("criteria/gender")],
        "phases": [f"PHASE{at('main/phase')}"] if (at("main/phase") or "").isdigit() else None,
    }


def compare(trial, record):
    texts = [e.text.strip() for e in trial.findall("countries/country2") if (e.text or "").strip()]
    if [c["name"] for c in record.get("countries", [])] != texts:
        faults.append(f"{record['trial_id']}: countries are not {texts}")
    for side in ("inclusion", "exclusion"):
        text = (trial.findtext(f"criteria/{side}_criteria") or "").strip()
        items = record.get(f"{side}_criteria", [])
        words = " ".join(item["text"] for item in items)
        lost = set(re.findall(r"[^\W\d]{4,}", text)) - set(re.findall(r"\w+", words))
        if bool(text) != bool(items) or any(set(word) - set("IVX") for word in lost):
            faults.append(f"{record['trial_id']}: {side} criteria are not those of the source")
    outcomes = [o.text for o in trial.findall("primary_outcome/prim_outcome") if (o.text or "").strip()]
    if len([o for o in record.get("outcomes", []) if o["kind"] == "PRIMARY"]) != len(outcomes):
        faults.append(f"{record['trial_id']}: not {len(outcomes)} primary outcomes")
    if len(record.get("contacts", [])) != len(trial.findall("contacts/contact")):
        faults.append(f"{record['trial_id']}: contacts are missing")


# Words and forms that become others; the fields above hold them.
ELSEWHERE = {"gender", "agemin", "agemax", "type_enrolment", "recruitment_status", "i_code"}


def main(program, corpus):
    seen = 0
    for path in sorted([*(corpus / "rebec").glob("*.xml"), *(corpus / "chictr").glob("*.xml")]):
        root = etree.parse(path).getroot()
        trials = root.findall("trial") + root.findall("Triall")
        found = records(program, path)
        if len(found) != len(trials):
            faults.append(f"{path}: {len(found)} records of {len(trials)}")
        for trial, record in zip(trials, found):
            pairs = [line for name, text in values(trial) if name not in ELSEWHERE for line in lines_of(name, text)]
            look(record["trial_id"], pairs, record, stated(trial))
            compare(trial, record)
            seen += 1
    print("\n".join(faults[:40]))
    print(f"who-xml: {seen} records, {len(faults)} faults")
    return 1 if faults or not seen else 0


def lines_of(name, text):
    """A list is put line by line and, of ChiCTR, part by part; numbers of items are no part of their text."""
    for part in re.split(r"[\n;]", text):
        yield name, re.sub(r"^\s*\(?([IVX]+|\d+)[.)]\s*", "", part)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
