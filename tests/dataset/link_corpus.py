# SPDX-License-Identifier: MIT
"""Real pages without an id against real studies: every join is right, nearly all are joined, and what is not in the dataset stays apart.

1. The pages of ClinConnect and Veeva against all of the corpus.
2. The same pages against all of it but their own trials.
3. A page of each layout made of every study of the API (what these sites show of it), against the studies; against older pages; and against only every
   second study.
4. The same pages against sisters of the studies: another title, enrollment and dates, the same texts.

usage: link_corpus.py PROGRAM CORPUS"""
import copy
import json
import pathlib
import random
import re
import sys

from common import Dataset, check, lines, output, scratch

SITES = {"clinconnect", "ctv-veeva"}
NEARLY_ALL = 0.95
MOST = 0.8  # of pages that are older than the record; the others are left undecided
CRITERIA = ("eligibility_text", "inclusion_criteria", "exclusion_criteria", "other_criteria")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def records(program, *paths):
    return lines(output([program, "-q", *paths]))


def some(record, *names):
    return {name: copy.deepcopy(record[name]) for name in names if name in record}


def clinconnect(record):
    page = {"record_key": "page:" + record["trial_id"][3:], **some(record, "schema", "source", "title", "status", "sex", *CRITERIA, "officials", "countries")}
    page["lead_sponsor"] = record.get("lead_sponsor", "").upper()
    page["lay_summary"] = "This study is looking at something that was written anew for people who are not doctors."
    page["locations"] = [some(location, "city", "state", "country", "country_code") for location in record.get("locations", [])]
    day = record.get("first_submitted_date", "")
    if len(day) == 10:
        page["extra"] = {"Launched": f"{MONTHS[int(day[5:7]) - 1]} {int(day[8:])}, {day[:4]}"}
    return page


def veeva(record):
    page = {"record_key": "page:" + record["trial_id"][3:], **some(record, "schema", "source", "enrollment", "brief_summary", "detailed_description", *CRITERIA)}
    if record.get("arms"):
        page["group_count"] = len(record["arms"])
    return page


def older(page, chance):
    """The page as it was before the registry's record was amended."""
    page["status"] = "RECRUITING"
    for name in ("inclusion_criteria", "exclusion_criteria"):
        if len(page.get(name, [])) > 3:
            page[name].pop(chance.randrange(len(page[name])))
            page[name][0]["text"] = "What an older version of this record says in its place"
    page["locations"] = page.get("locations", [])[:3]
    return page


def sister(record, chance):
    """Another trial of the same sponsor from the same template."""
    other = copy.deepcopy(record)
    other["trial_id"] = other["record_key"] = "NCT9" + record["trial_id"][4:]
    other.pop("identifiers", None)
    for name in ("title", "official_title"):
        if name in other:
            other[name] += chance.choice([": an Extension Study", " (20 mg)", " in Adolescents", " in Japan", " - Part 2"])
    if "enrollment" in other:
        other["enrollment"] += chance.randint(1, 60)
    for name in [name for name in other if name.endswith("_date")]:
        other[name] = str(int(other[name][:4]) + 1) + other[name][4:]
    return other


def joins(program, folder, name, trials, pages):
    """(record index, trial) of the pages that are joined."""
    where = folder / name
    where.mkdir()
    for file, these in (("trials.ndjson", trials), ("pages.ndjson", pages)):
        numbered = [{**record, "source": {**record["source"], "record_index": at}} for at, record in enumerate(these)]
        (where / file).write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in numbered), encoding="utf-8")
    dataset = Dataset(program, where / "trials.sqlite")
    dataset.sync(where / "trials.ndjson", where / "pages.ndjson")
    return {line["record_index"]: line["trial_id"] for line in lines(dataset.run("links", "-t", "ndjson"))
            if line["state"] == "joined" and pathlib.Path(line["file"]).name == "pages.ndjson"}


def hold(what, got, wanted, least):
    """`wanted`: the trial of each page, None where none is right."""
    wrong = {at: trial for at, trial in got.items() if trial != wanted[at]}
    check(not wrong, f"{what}: {len(wrong)} of {len(wanted)} pages are joined with the wrong trial: {list(wrong.items())[:5]}, not {[wanted[at] for at in wrong][:5]}")
    there = sum(trial is not None for trial in wanted)
    check(len(got) >= least * there, f"{what}: {len(got)} of {there} pages are joined")
    print(f"{what}: {len(got)} of {len(wanted)} pages joined, {there} could be; none wrongly")


def of_no_file(record):
    """The record as if it came from the file that it is written to."""
    return {**record, "source": {"reader": record["source"]["reader"]}}


def real_pages(program, corpus, folder):
    """Parts 1 and 2."""
    dataset = Dataset(program, folder / "corpus.sqlite")
    dataset.sync(corpus)
    pages = [line for line in lines(dataset.run("links", "-t", "ndjson"))
             if pathlib.Path(line["file"]).parent.name in SITES and line["state"] == "joined"]
    files = sorted(path for site in SITES for path in (corpus / "pages" / site).iterdir())
    named = {line["file"]: line["trial_id"] for line in pages}
    hold("pages of the corpus", {at: named[str(path)] for at, path in enumerate(files) if str(path) in named}, [path.stem for path in files], NEARLY_ALL)
    own = {path.stem for path in files}
    others = [record for record in records(program, corpus) if record.get("trial_id") and not re.search("|".join(own), json.dumps(record))]
    got = joins(program, folder, "absent", map(of_no_file, others), map(of_no_file, records(program, *files)))
    hold("pages whose trials are not there", got, [None] * len(files), 0)


def made_pages(program, corpus, folder):
    """Parts 3 and 4."""
    chance = random.Random(1)
    studies = list({record["trial_id"]: of_no_file(record) for record in records(program, corpus / "ctgov-v2")}.values())
    ids = [study["trial_id"] for study in studies]
    for site in (clinconnect, veeva):
        pages = [site(study) for study in studies]
        name = site.__name__
        hold(f"{name}, the same", joins(program, folder, name, studies, pages), ids, NEARLY_ALL)
        hold(f"{name}, older", joins(program, folder, name + "-older", studies, [older(site(study), chance) for study in studies]), ids, MOST)
        half = joins(program, folder, name + "-half", studies[::2], pages)
        hold(f"{name}, every second", half, [None if at % 2 else trial for at, trial in enumerate(ids)], NEARLY_ALL)
        sisters = [sister(study, chance) for study in studies if "enrollment" in study]
        hold(f"{name}, with sisters", joins(program, folder, name + "-both", studies + sisters, pages), ids, NEARLY_ALL)
        stated = [site(study) for study in studies if "enrollment" in study]
        hold(f"{name}, sisters alone", joins(program, folder, name + "-sisters", sisters, stated), [None] * len(stated), 0)


def main(program, corpus):
    with scratch() as folder:
        real_pages(program, corpus, folder)
        made_pages(program, corpus, folder)


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
