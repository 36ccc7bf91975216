#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ClinicalTrials.gov's legacy XML: what the program says of each study against what xml.etree finds in it, and no word of
the source is lost.

usage: ctgov_xml_values.py PROGRAM CORPUS
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as etree

faults = []


def sources(corpus):
    for path in sorted((corpus / "ctgov-xml").glob("*")):
        if path.suffix == ".xml":
            yield str(path), None, path.read_bytes()
        elif path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.isfile():
                        yield str(path), member.name, archive.extractfile(member).read()


def words(text):
    return re.findall(r"\w+", text)


def first(study, path):
    text = study.findtext(path)
    return " ".join(text.split()) if text and text.strip() else None


def every(study, path):
    return [" ".join((e.text or "").split()) for e in study.findall(path) if (e.text or "").strip()]


def date(text):
    for form, shape in (("%B %d, %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%m/%Y", "%Y-%m")):
        try:
            return datetime.datetime.strptime(text, form).strftime(shape) if text else None
        except ValueError:
            pass
    return text


# The API's words for those of this format.
WORDS = {"U.S. Fed": "FED", "Both": "ALL", "All": "ALL", "Anticipated": "ESTIMATED", "Estimate": "ESTIMATED",
         "N/A": None, "Single Group Assignment": "SINGLE_GROUP", "Parallel Assignment": "PARALLEL",
         "Crossover Assignment": "CROSSOVER"}


def word(text):
    if text in WORDS or text is None:
        return WORDS.get(text)
    return re.sub(r"[^A-Z0-9]+", "_", text.upper()).strip("_")


def truth(text):
    return {"Yes": True, "No": False, "Accepts Healthy Volunteers": True}.get(text)


def age(text):
    return None if text == "N/A" else text


def stated(study):
    """Field: (what the source says, what the record should)."""
    posted = "study_first_submitted", "firstreceived_date"
    results = "results_first_submitted", "firstreceived_results_date"
    changed = "last_update_submitted", "lastchanged_date"

    def of(names):
        return next((first(study, n) for n in names if first(study, n)), None)

    return {
        "trial_id": first(study, "id_info/nct_id"),
        "title": first(study, "brief_title"),
        "official_title": first(study, "official_title"),
        "acronym": first(study, "acronym"),
        "organization": first(study, "source"),
        "lead_sponsor": first(study, "sponsors/lead_sponsor/agency"),
        "lead_sponsor_class": word(first(study, "sponsors/lead_sponsor/agency_class")),
        "status": word(first(study, "overall_status")),
        "start_date": date(first(study, "start_date")),
        "completion_date": date(first(study, "completion_date")),
        "primary_completion_date": date(first(study, "primary_completion_date")),
        "status_verified_date": date(first(study, "verification_date")),
        "first_submitted_date": date(of(posted)),
        "results_first_submitted_date": date(of(results)),
        "last_update_submitted_date": date(of(changed)),
        "enrollment": int(first(study, "enrollment")) if first(study, "enrollment") else None,
        "group_count": int(first(study, "number_of_arms")) if first(study, "number_of_arms") else None,
        "sex": word(first(study, "eligibility/gender")),
        "minimum_age": age(first(study, "eligibility/minimum_age")),
        "maximum_age": age(first(study, "eligibility/maximum_age")),
        "healthy_volunteers": truth(first(study, "eligibility/healthy_volunteers")),
        "has_dmc": truth(first(study, "oversight_info/has_dmc")),
        "has_results": True if study.find("clinical_results") is not None else None,
        "conditions": every(study, "condition") or None,
        "keywords": every(study, "keyword") or None,
        "removed_countries": every(study, "removed_countries/country") or None,
    }


def lists(study):
    return {
        "locations": len(study.findall("location")),
        "outcomes": sum(len(study.findall(f"{kind}_outcome")) for kind in ("primary", "secondary", "other")),
        "arms": len(study.findall("arm_group")),
        "interventions": len(study.findall("intervention")),
        "officials": len(study.findall("overall_official")),
        "publications": len(study.findall("reference")) + len(study.findall("results_reference")),
        "links": len(study.findall("link")),
        "condition_mesh": len(study.findall("condition_browse/mesh_term")),
        "intervention_mesh": len(study.findall("intervention_browse/mesh_term")),
        "collaborators": len(study.findall("sponsors/collaborator")),
    }


def same(found, expected):
    if isinstance(expected, str) and isinstance(found, str):
        return " ".join(found.split()) == expected
    if isinstance(expected, list) and isinstance(found, list):
        return [" ".join(f.split()) for f in found] == expected
    return found == expected


# Words that are there under another name: the API's words for these elements, dates, and what says nothing.
KNOWN = """required_header agency_class overall_status phase study_type gender study_design masking allocation
intervention_model primary_purpose observational_model time_perspective sampling_method arm_group_type intervention_type
role responsible_party_type healthy_volunteers has_expanded_access has_dmc sharing_ipd study_design_info status
org_study_id secondary_id nct_alias""".split()


def texts(element, path=()):
    """(path, text) of everything but results; a date is no text."""
    for child in element:
        here = path + (child.tag,)
        if child.tag == "clinical_results":
            continue
        if child.text and child.text.strip() and not re.search(r"_date$|submitted|posted|_qc$", child.tag):
            yield here, child.text
        yield from texts(child, here)


def leaves(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "warnings":
                yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def check_words(name, study, record):
    known = set(words(" ".join(leaves(record))))
    for path, text in texts(study):
        if set(path) & set(KNOWN):
            continue
        # The number of an item is not the item.
        text = re.sub(r"(?m)^\s*\(?(\d+|[a-zA-Z])[.)]\s", " ", text)
        lost = [w for w in words(text) if w not in known]
        if lost and not (path[-1] in ("number_of_arms", "enrollment") and text.strip().isdigit()):
            faults.append(f"{name}: {'/'.join(path)}: lost {lost[:5]}")


def check(name, study, record):
    for field, expected in stated(study).items():
        if not same(record.get(field), expected):
            faults.append(f"{name}: {field}: {record.get(field)!r}, the source says {expected!r}")
    for field, count in lists(study).items():
        if len(record.get(field, [])) != count:
            faults.append(f"{name}: {field}: {len(record.get(field, []))} of {count}")
    check_words(name, study, record)


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    if not (corpus / "ctgov-xml").is_dir():
        print("SKIP: no ctgov-xml")
        return 0
    run = subprocess.run([program, *sorted(map(str, (corpus / "ctgov-xml").iterdir()))], capture_output=True, check=False)
    if run.returncode or run.stderr.strip():
        faults.append(f"exit code {run.returncode}: {run.stderr.decode()[:500]}")
    records = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        records[record["source"]["file"], record["source"].get("member")] = record
    count = 0
    for path, member, content in sources(corpus):
        count += 1
        record = records.get((path, member))
        if record is None:
            faults.append(f"{path} {member or ''}: no record")
        else:
            check(member or pathlib.Path(path).name, etree.fromstring(content), record)
    print("\n".join(faults))
    print(f"{count} studies, {len(faults)} faults")
    return bool(faults) or count == 0


sys.exit(main())
