# SPDX-License-Identifier: MIT
"""Ten fields of each study of an NDJSON file, with Python's own json: what the conversion is held against.

usage: ten_fields.py FILE.ndjson
"""
import json
import sys


def fields(study):
    protocol = study.get("protocolSection", {})

    def value(module, *names):
        found = protocol.get(module, {})
        for name in names:
            found = found.get(name) if found else None
        return found

    return {"id": value("identificationModule", "nctId"), "title": value("identificationModule", "briefTitle"), "status": value("statusModule", "overallStatus"),
            "start": value("statusModule", "startDateStruct", "date"), "type": value("designModule", "studyType"), "phases": value("designModule", "phases"),
            "enrollment": value("designModule", "enrollmentInfo", "count"), "conditions": value("conditionsModule", "conditions"),
            "sponsor": value("sponsorCollaboratorsModule", "leadSponsor", "name"), "sex": value("eligibilityModule", "sex")}


with open(sys.argv[1], "rb") as studies:
    for line in studies:
        sys.stdout.write(json.dumps(fields(json.loads(line)), ensure_ascii=False, separators=(",", ":")) + "\n")
