#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes studies for the runs of docs/CLUSTER.md, always the same ones: the invented study of fixtures/, with other numbers,
titles, words, dates and up to 300 places. Every 20th comes a second time, changed and updated later, under its own number.

usage: studies.py FOLDER COUNT

Writes FOLDER/studies.ndjson, one study a line, and the same studies as FOLDER/downloads/: a folder for each 250 studies with
a file for each, and the later copies together in one compressed file.
"""
import copy
import gzip
import json
import pathlib
import random
import sys

FULL = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "ctgov-v2" / "full-study" / "input.json"
HERBS = ["Willow Bark", "Nettle", "Camomile", "Sage", "Thyme", "Ginger", "Peppermint", "Elder Flower"]
PARTS = ["Knees", "Shoulders", "Throats", "Feet", "Backs", "Elbows"]
STATES = ["RECRUITING", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED", "WITHDRAWN"]
PHASES = [["NA"], ["EARLY_PHASE1"], ["PHASE1"], ["PHASE1", "PHASE2"], ["PHASE2"], ["PHASE2", "PHASE3"], ["PHASE3"], ["PHASE4"]]
CITIES = [("Osaka", "Japan"), ("Leeds", "United Kingdom"), ("Lyon", "France"), ("Graz", "Austria"), ("Porto", "Portugal")]
IN_A_FOLDER = 250


def date(dice, first, last):
    """As exact as sponsors are: a year, a month, a day."""
    whole = f"{dice.randint(first, last)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    return whole[: dice.choice([4, 7, 10, 10, 10])]


def study(model, number):
    dice = random.Random(number)
    made = copy.deepcopy(model)
    protocol = made["protocolSection"]
    herb, part = dice.choice(HERBS), dice.choice(PARTS)
    names, status = protocol["identificationModule"], protocol["statusModule"]
    names.update(nctId=f"NCT{91000000 + number}", briefTitle=f"{herb} Tea for Sore {part}, Trial {number}")
    names.pop("nctIdAliases", None)
    names["orgStudyIdInfo"] = {"id": f"TEA-{number}"}
    names.pop("secondaryIdInfos", None)
    status.update(overallStatus=dice.choice(STATES), startDateStruct={"date": date(dice, 2005, 2027), "type": "ESTIMATED"},
                  lastUpdateSubmitDate="2024-03-01", lastUpdatePostDateStruct={"date": "2024-03-05", "type": "ACTUAL"})
    for name in ("whyStopped", "primaryCompletionDateStruct", "completionDateStruct"):
        status.pop(name, None)
    protocol["designModule"].update(phases=dice.choice(PHASES),
                                    enrollmentInfo={"count": dice.randrange(2000), "type": "ESTIMATED"})
    protocol["contactsLocationsModule"]["locations"] = [
        {"facility": f"{herb} House {n}", "city": city, "country": country}
        for n in range(min(300, int(dice.lognormvariate(1.5, 1.4)))) for city, country in [dice.choice(CITIES)]]
    protocol["descriptionModule"]["detailedDescription"] = " ".join(
        dice.choice(HERBS + PARTS).lower() for _ in range(dice.randrange(40, 600)))
    return made


def later_copy(old):
    new = copy.deepcopy(old)
    new["protocolSection"]["statusModule"].update(
        overallStatus="COMPLETED", lastUpdateSubmitDate="2025-09-01", lastUpdatePostDateStruct={"date": "2025-09-04", "type": "ACTUAL"})
    return new


def lines(studies):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in studies).encode()


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    model = json.loads(FULL.read_text(encoding="utf-8"))
    studies = [study(model, number) for number in range(count)]
    copies = [later_copy(one) for one in studies[::20]]
    downloads = folder / "downloads"
    for number, one in enumerate(studies):
        place = downloads / f"{number // IN_A_FOLDER:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"NCT{91000000 + number}.json").write_bytes(lines([one]))
    (downloads / "later.ndjson.gz").write_bytes(gzip.compress(lines(copies), 6, mtime=0))
    (folder / "studies.ndjson").write_bytes(lines(studies) + lines(copies))


if __name__ == "__main__":
    main()
