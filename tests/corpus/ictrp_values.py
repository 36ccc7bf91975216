#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""WHO ICTRP's exports: what the program says of each record against what xml.etree and csv find in it. Each record has what its
source states, and no word of any element or cell is lost.

usage: ictrp_values.py PROGRAM CORPUS
"""
import csv
import html
import io
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as etree

# Said in another form (dates, ages, counts, vocabularies) or left out on purpose: checked by `values` where it can be.
OTHER_FORM = {
    "internalnumber", "trialprefix", "dayinferred", "dateregistration", "dateregistration3", "dateregistrationformat",
    "dateenrollement", "dateenrolement", "dateenrollment", "dateenrollmentformat", "lastrefreshedon", "lastupdated", "exportdate",
    "recruitmentstatus", "inclusionagemin", "inclusionagemax", "agemin", "agemax", "inclusiongender", "inclusionsex", "gender",
    "targetsize", "studytype", "phase", "typeenrolment", "resultsyesno", "resultsdateposted", "resultsdatecompleted",
    "resultsipdplan", "ethicsreviewapprovaldate", "ethicsapprovaldate"}
# Labels inside of texts that say which field it is.
LABELS = re.compile(r"Main Objective:|Secondary Objective:|(Primary|Secondary) end point\(s\):|Therapeutic area:"
                    r"|Timepoint\(s\) of evaluation of this end point:|(Inclusion|Exclusion) criteria:")
NO_CELL = {"", "NULL"}
faults = []


def key_of(name):
    return re.sub(r"[ _-]", "", name).lower()


def leaves(element):
    """Key and text of every element that holds a text."""
    for item in element.iter():
        if len(item) == 0 and item.text and item.text.strip():
            yield key_of(item.tag), item.text.strip()


def source_records(path):
    data = path.read_bytes()
    if path.suffix == ".xml":
        root = etree.fromstring(data.decode("utf-8-sig").lstrip().encode("utf-8"))
        return [list(leaves(trial)) for trial in root]
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [[(key_of(k), v.strip()) for k, v in row.items() if v.strip() not in NO_CELL | {"NA"}] for row in rows]


def words(text):
    text = re.sub(r"<br */?>", " ", text, flags=re.I)
    return re.findall(r"\w+", html.unescape(text))


def texts(value):
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    else:
        yield str(value)


def expect(where, what, found, wanted):
    if found != wanted:
        faults.append(f"{where}: {what} is {found!r}, the source says {wanted!r}")


def iso(text, day_first=True):
    months = "January February March April May June July August September October November December".split()
    named = re.fullmatch(r"(\w+) (?:(\d{1,2}), )?(\d{4})", text)
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if named and named[1] in months:
        day = f"-{int(named[2]):02}" if named[2] else ""
        return f"{named[3]}-{months.index(named[1]) + 1:02}{day}"
    if slashed and day_first:
        return f"{slashed[3]}-{int(slashed[2]):02}-{int(slashed[1]):02}"
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def values(where, said, record):
    one = dict(reversed(said))
    number = one.get("trialid")
    bare = re.sub(r"^(EUCTR|CTIS|JPRN-)", "", number)
    canonical = bare[:14] if number.startswith(("EUCTR", "CTIS")) else bare
    expect(where, "trial_id", record.get("trial_id"), canonical)
    if not record.get("registry"):
        faults.append(f"{where}: no registry")
    for key, field in (("publictitle", "title"), ("scientifictitle", "official_title"), ("primarysponsor", "lead_sponsor")):
        if key in one:
            expect(where, field, words(record.get(field, "")), words(one[key]))
    settled = one.get("dateregistration3")
    if settled:
        expect(where, "registered_date", record.get("registered_date"), f"{settled[:4]}-{settled[4:6]}-{settled[6:]}")
    elif "dateregistration" in one:
        expect(where, "registered_date", record.get("registered_date"), iso(one["dateregistration"]))
    started = one.get("dateenrollement") or one.get("dateenrollment")
    field = "start_date" if canonical.startswith("NCT") else "recruitment_start_date"
    if started:
        expect(where, field, record.get(field), iso(started))
    sizes = re.findall(r"(?:^|:)\s*(\d+)\s*(?=;|$)", one.get("targetsize", ""))
    if sum(map(int, sizes)):
        expect(where, "enrollment", record.get("enrollment"), sum(map(int, sizes)))
    for key, field in (("inclusionagemin", "minimum_age"), ("agemin", "minimum_age"), ("inclusionagemax", "maximum_age"),
                       ("agemax", "maximum_age")):
        age = re.fullmatch(r"(\d+)( (Month|Day|Year)s?)?", one.get(key, ""))
        if age:
            unit = (age[3] or "Year") + ("" if age[1] == "1" else "s")
            expect(where, field, record.get(field), f"{age[1]} {unit}")
    sex = one.get("inclusiongender") or one.get("gender")
    if sex:
        female, male = re.search(r"both|all|female(?!: no)", sex, re.I), re.search(r"both|all|\bmale(?!: no)", sex, re.I)
        expect(where, "sex", record.get("sex"), "ALL" if female and male else "FEMALE" if female else "MALE")
    expect(where, "countries", sorted({c.get("name") for c in record.get("countries", []) if c.get("name")}),
           sorted(set(filter(None, one.get("countries", "").split(";")))))
    if "studytype" in one and not record.keys() & {"study_type", "primary_purpose"}: # ChiCTR has purposes there
        faults.append(f"{where}: neither type nor purpose, the source says {one['studytype']!r}")
    for key, field in (("recruitmentstatus", "status"), ("inclusioncriteria", "eligibility_text"),
                       ("condition", "conditions"), ("primaryoutcome", "outcomes")):
        if key in one and field not in record:
            faults.append(f"{where}: no {field}, the source says {one[key][:60]!r}")
    phase = one.get("phase", "")
    if re.search(r"[1-4]$|: yes|N/A|Not Applicable", phase) and "phases" not in record:
        faults.append(f"{where}: no phase, the source says {phase!r}")


def nothing_lost(where, said, record):
    # Glued together where the source glues them ("20.0Level:"): runs are compared without what is between words.
    kept = "".join(words(" ".join(texts({k: v for k, v in record.items() if k != "warnings"})))).lower()
    for key, text in said:
        if key in OTHER_FORM:
            continue
        for word in words(LABELS.sub(" ", text)):
            if word.lower() not in kept:
                faults.append(f"{where}: {key}: {word!r} is lost")
                break


def timing(where, said, record):
    """What the dates say; and where the flag says otherwise, that is told."""
    flag = dict(said).get("retrospectiveflag")
    stated = {"Yes": "PROSPECTIVE", "No": "RETROSPECTIVE", "1": "RETROSPECTIVE", "0": "PROSPECTIVE"}.get(flag)
    began = record.get("start_date") or record.get("recruitment_start_date") or ""
    registered = record["registered_date"][:len(began)]
    dates = stated if not began or registered == began[:7] else "RETROSPECTIVE" if registered > began else "PROSPECTIVE"
    expect(where, "timing", record.get("registration_timing"), dates if flag else None)
    told = any(w["code"] == "conflict" and w["field"] == "registration_timing" for w in record.get("warnings", []))
    expect(where, "conflict of timing", told, bool(flag) and dates != stated)


def main(program, corpus):
    count = 0
    for path in sorted((pathlib.Path(corpus) / "ictrp").glob("*")):
        run = subprocess.run([program, path], capture_output=True, timeout=120, check=False)
        records = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
        sources = source_records(path)
        expect(path.name, "the number of records", len(records), len(sources))
        for index, (said, record) in enumerate(zip(sources, records)):
            where = f"{path.name} record {index}"
            if path.name != "ICTRPTrials-2009.xml":
                values(where, said, record)
            nothing_lost(where, said, record)
            timing(where, said, record)
            for warning in record.get("warnings", []):
                known = {("ambiguous-date", "source.exported"), ("conflict", "registration_timing")}
                if (warning["code"], warning.get("field")) not in known:
                    faults.append(f"{where}: unexplained: {warning}")
            count += 1
    for fault in faults[:40]:
        print(fault)
    print(f"{count} records, {len(faults)} faults")
    return 1 if faults or not count else 0


sys.exit(main(sys.argv[1], sys.argv[2]))
