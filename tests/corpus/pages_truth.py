#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages poured from registry records, held against those records.

usage: pages_truth.py PROGRAM FOLDER

FOLDER holds <reader>/<id>.txt and truth/<id>.json, the registry's own record (API v2) of each trial. Two things are
checked for every page: each value that the program gives agrees with the record, and each line of the page that is no
label and no sentence of the site has left its text in the output. A page may print less than the record has: of texts
and lists what it prints must be in the record. Prints every difference; exit code 1 when there is one.
"""
import html
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

READERS = ["meddatax", "clinconnect", "ctv-veeva", "clinicaltrialsfinder"]

# Where the record's values stand: protocolSection.<module>.<path>.
SCALARS = {
    "trial_id": "identificationModule.nctId",
    "title": "identificationModule.briefTitle",
    "status": "statusModule.overallStatus",
    "start_date": "statusModule.startDateStruct.date",
    "completion_date": "statusModule.completionDateStruct.date",
    "last_update_posted_date": "statusModule.lastUpdatePostDateStruct.date",
    "study_type": "designModule.studyType",
    "enrollment": "designModule.enrollmentInfo.count",
    "allocation": "designModule.designInfo.allocation",
    "intervention_model": "designModule.designInfo.interventionModel",
    "primary_purpose": "designModule.designInfo.primaryPurpose",
    "observational_model": "designModule.designInfo.observationalModel",
    "time_perspective": "designModule.designInfo.timePerspective",
    "masking": "designModule.designInfo.maskingInfo.masking",
    "sex": "eligibilityModule.sex",
    "minimum_age": "eligibilityModule.minimumAge",
    "maximum_age": "eligibilityModule.maximumAge",
    "healthy_volunteers": "eligibilityModule.healthyVolunteers",
    "lead_sponsor_class": "sponsorCollaboratorsModule.leadSponsor.class",
}
# Of these a page may drop paragraphs.
TEXTS = {
    "brief_summary": "descriptionModule.briefSummary",
    "detailed_description": "descriptionModule.detailedDescription",
}
RESPONSIBLE = {"name": "investigatorFullName", "title": "investigatorTitle", "affiliation": "investigatorAffiliation"}
# Made from other fields, or of the page and not of the trial.
OURS = {"schema", "record_key", "registry", "source", "warnings", "extra", "minimum_age_years", "maximum_age_years"}
# Lines of pages that hold no value of the trial.
LABELS = set(
    """study results|basic information|brief summary|detailed description|conditions|keywords|study design|study groups
interventions|other intervention names|eligibility criteria|sponsors|responsible party|principal investigators|locations
countries|other identifiers|more related trials|related clinical trials|trial information|clinconnect summary|gender
contacts|patients applied|trial officials|timeline|first submit|trial launched|trial updated|estimated completion
not reported|status and phase|status|treatments|study type|funder types|identifiers|about|full description|enrollment
sex|ages|volunteers|primary purpose|allocation|interventional model|masking|loading...|central trial contact
data sourced from clinicaltrials.gov|clinical trials|research sites|resources|legal|key eligibility criteria""".replace(
        "\n", "|"
    ).split("|")
)
FURNITURE = re.compile(
    r"The study team has not|Get a concise|Review the|Explore|Dive into|See the medical|Understand how|Review each|"
    r"Learn about|Discover alternative|Check the participation|Meet the organizations|Identify the individual|"
    r"Review additional|Additional clinical trials|DISCLAIMER|- \.\.\. and \d+ more|About |Identifier Type: -|"
    r"Identifier Source: (org_study|secondary)_id|Locations \(|<https://"
)
differences = []


def get(record, path):
    for key in path.split("."):
        record = record.get(key, {}) if isinstance(record, dict) else {}
    return None if record == {} else record


def squash(text):
    """Letters and digits only: pages break lines and undo markup in their own way."""
    text = html.unescape(str(text).replace("\\&", "&"))
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text).casefold())


def differ(page, what, got, want):
    differences.append(f"{page}: {what}: {str(got)[:120]!r}, the record has {str(want)[:160]!r}")


def in_order(page, what, got, want, same):
    """Every entry of `got` is one of `want`, in its order where the page keeps it."""
    for entry in got:
        if not any(same(entry, other) for other in want):
            differ(page, what, entry, want)


def members(pairs):
    return lambda got, want: all(squash(got[a]) == squash(want.get(b, "")) for a, b in pairs if a in got)


def check_scalars(page, got, truth):
    for field, path in SCALARS.items():
        if field in got and got[field] != get(truth, path):
            differ(page, field, got[field], get(truth, path))
    for field, path in TEXTS.items():
        if field in got:
            whole = squash(get(truth, path) or "")
            for part in got[field].split("\n\n"):
                if squash(part) not in whole:
                    differ(page, field, part, get(truth, path))


def check_sponsors(page, got, truth):
    module = truth["sponsorCollaboratorsModule"]
    if "lead_sponsor" in got and squash(got["lead_sponsor"]) != squash(module["leadSponsor"]["name"]):
        differ(page, "lead_sponsor", got["lead_sponsor"], module["leadSponsor"]["name"])
    same = members([("name", "name"), ("class", "class")])
    in_order(page, "collaborators", got.get("collaborators", []), module.get("collaborators", []), same)
    party = module.get("responsibleParty", {})
    for member, value in got.get("responsible_party", {}).items():
        if squash(value) != squash(party.get(RESPONSIBLE.get(member, ""), "")):
            differ(page, "responsible_party." + member, value, party)


def check_places(page, got, truth):
    module = truth.get("contactsLocationsModule", {})
    pairs = [(name, name) for name in ("facility", "city", "state", "country")]
    in_order(page, "locations", got.get("locations", []), module.get("locations", []), members(pairs))
    if "location_count" in got and got["location_count"] != len(module.get("locations", [])):
        differ(page, "location_count", got["location_count"], len(module.get("locations", [])))
    known = [{"name": place.get("country")} for place in module.get("locations", [])]
    in_order(page, "countries", got.get("countries", []), known, members([("name", "name")]))

    def same_person(entry, other):
        whole = ", ".join(filter(None, [entry.get("name"), entry.get("degrees")]))
        pairs = [("role", "role"), ("affiliation", "affiliation")]
        return squash(whole) == squash(other["name"]) and members(pairs)(entry, other)

    in_order(page, "officials", got.get("officials", []), module.get("overallOfficials", []), same_person)
    contacts = [{"name": c["name"], "role": "", "affiliation": ""} for c in module.get("centralContacts", [])]
    in_order(page, "contacts", got.get("contacts", []), contacts, same_person)


def check_arms(page, got, truth):
    module = truth.get("armsInterventionsModule", {})
    named = [
        dict(arm, names=[name.split(": ", 1)[1] for name in arm.get("interventionNames", [])])
        for arm in module.get("armGroups", [])
    ]

    def same_arm(arm, other):
        names = [squash(name) for name in arm.get("intervention_names", [])]
        pairs = [("label", "label"), ("description", "description")]
        return members(pairs)(arm, other) and names == [squash(name) for name in other["names"]]

    in_order(page, "arms", got.get("arms", []), named, same_arm)
    pairs = [("name", "name"), ("description", "description")]
    in_order(page, "interventions", got.get("interventions", []), module.get("interventions", []), members(pairs))
    for entry in got.get("interventions", []):
        want = [other for other in module.get("interventions", []) if squash(other["name"]) == squash(entry["name"])]
        for member, key in (("arm_labels", "armGroupLabels"), ("other_names", "otherNames")):
            if want and not set(entry.get(member, [])) <= set(want[0].get(key, [])):
                differ(page, "interventions." + member, entry[member], want[0].get(key))
    if "group_count" in got and got["group_count"] != len(module.get("armGroups", [])):
        differ(page, "group_count", got["group_count"], len(module.get("armGroups", [])))


def check_criteria(page, got, truth):
    whole = squash(truth["eligibilityModule"].get("eligibilityCriteria", ""))
    for field in ("inclusion_criteria", "exclusion_criteria", "other_criteria"):
        for item in got.get(field, []):
            if squash(item["text"]) not in whole:
                differ(page, field, item["text"], "no such text")


def check_rest(page, got, truth, record):
    module = truth["identificationModule"]
    ids = [{"value": module["orgStudyIdInfo"]["id"], "type": "ORG_STUDY_ID"}]
    ids += [{"value": other["id"], "type": other.get("type", "")} for other in module.get("secondaryIdInfos", [])]
    in_order(page, "identifiers", got.get("identifiers", []), ids, members([("value", "value"), ("type", "type")]))
    phases = get(truth, "designModule.phases") or ["NA"]  # printed as `Not Applicable` though the record has none
    if "phases" in got and got["phases"] != phases:
        differ(page, "phases", got["phases"], phases)
    if "has_results" in got and got["has_results"] != record.get("hasResults"):
        differ(page, "has_results", got["has_results"], record.get("hasResults"))
    if "url" in got and module["nctId"] not in got["url"]:
        differ(page, "url", got["url"], module["nctId"])
    if "related_trials" in got:
        differ(page, "related_trials", got["related_trials"], "none on these pages")


CHECKED = set(SCALARS) | set(TEXTS) | set(
    """lead_sponsor collaborators responsible_party locations location_count countries officials contacts arms
interventions group_count inclusion_criteria exclusion_criteria other_criteria eligibility_text inclusion_declared
exclusion_declared eligibility_truncated identifiers phases has_results url related_trials""".split()
)


def strings(value):
    if isinstance(value, dict):
        return [key for key in value] + [text for member in value.values() for text in strings(member)]
    if isinstance(value, list):
        return [text for member in value for text in strings(member)]
    return [str(value)]


def printed(line):
    """What of a line must be found in the output."""
    line = re.sub(r"^(NCT ID|Last Updated|Role|Identifier Type): |^(Launched by|Current as of) ", "", line.strip())
    line = line.split("\t")[-1].split(" \u00b7 ")[0]
    line = re.sub(r"^([\d,]+) participants( in .*)?$", r"\1", line)
    line = {"Not Applicable": "NA", "Yes": "true", "No": "false"}.get(line, line)
    return re.sub(r"^\w+ \d+, (\d{4})$", r"\1", line)


def check_lines(page, text, got):
    kept = {key: value for key, value in got.items() if key != "warnings"}
    whole = squash("".join(strings(kept)))
    parts = {squash(part) for part in strings(kept)}
    for line in text.splitlines():
        clean = line.strip()
        if not clean or clean.casefold().rstrip(":") in LABELS or FURNITURE.match(clean):
            continue
        line = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", printed(clean)))
        short = [squash(word) for word in re.split(r"[,;|]", line)]  # a short line is looked for part by part
        if squash(line) not in whole and not all(any(word in part for part in parts) for word in short):
            differ(page, "lost line", clean, "it on the page")


def check_page(program, path, record):
    page = "/".join(path.parts[-2:])
    run = subprocess.run([program, "-q", str(path)], capture_output=True, timeout=60, check=False)
    lines = run.stdout.decode("utf-8").splitlines()
    if run.returncode or len(lines) != 1:
        differences.append(f"{page}: exit code {run.returncode}, {len(lines)} records: {run.stderr.decode()}")
        return
    got = json.loads(lines[0])
    truth = record["protocolSection"]
    if got["source"]["reader"] != path.parent.name:
        differ(page, "reader", got["source"]["reader"], path.parent.name)
    for field in set(got) - CHECKED - OURS:
        differ(page, field, got[field], "nothing that is held against it")
    check_scalars(page, got, truth)
    check_sponsors(page, got, truth)
    check_places(page, got, truth)
    check_arms(page, got, truth)
    check_criteria(page, got, truth)
    check_rest(page, got, truth, record)
    check_lines(page, path.read_text(encoding="utf-8"), got)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    pages = 0
    for truth in sorted((folder / "truth").glob("*.json")):
        record = json.loads(truth.read_text(encoding="utf-8"))
        for reader in READERS:
            path = folder / reader / (truth.stem + ".txt")
            if path.exists():
                check_page(program, path, record)
                pages += 1
    for difference in differences:
        print(difference)
    print(f"{pages} pages, {len(differences)} differences")
    return 1 if differences or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
