#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One trial of several sources: who is believed, what stands in conflict, where each field comes from, what is joined and what stays apart.

usage: sources.py PROGRAM

The records are normalized ones, as every reader could have made them.
"""
import json
import pathlib
import re
import sys
import time

from common import ROOT, Dataset, check, lines, output, same, scratch


def record(reader, trial_id, registry, file, **fields):
    one = {"schema": "trialnorm/1", "record_key": trial_id or f"{reader}:{file}"}
    if trial_id:
        one |= {"trial_id": trial_id, "registry": registry}
    return one | fields | {"source": {"reader": reader, "file": file, "record_index": 0}}


# The order of the schema, as far as it is needed.
ORDER = """schema record_key trial_id registry url identifiers title official_title status start_date start_date_type last_update_posted_date enrollment
enrollment_type conditions minimum_age minimum_age_years countries source warnings extra""".split()


def write(folder, name, *records):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("".join(json.dumps({key: one[key] for key in ORDER if key in one}) + "\n" for one in records), encoding="utf-8")
    return path


NCT, EUDRACT = ("NCT01111111", "ClinicalTrials.gov"), ("2011-002222-33", "EUCTR")
OWN = record("ctgov-v2", *NCT, "own.json", title="Own title", status="RECRUITING", start_date="2020-05", start_date_type="ESTIMATED", last_update_posted_date="2021-01-01",
             conditions=["Gout"], identifiers=[{"value": "2011-002222-33", "type": "EUDRACT_NUMBER", "registry": "EUCTR"}], extra={"a": "1"})
COPY = record("ictrp", *NCT, "copy.json", title="own TITLE.", status="COMPLETED", start_date="2020-06-01", last_update_posted_date="2024-01-01", enrollment=50,
              enrollment_type="ACTUAL", minimum_age="18 Years", minimum_age_years=18, extra={"a": "2", "b": "3"})
EU = record("euctr", *EUDRACT, "eu.json", title="A European title", countries=[{"name": "Germany", "code": "DE"}])


def only(dataset):
    trials = [json.loads(line) for line in dataset.export().splitlines()]
    same(len(trials), 1, "one trial")
    return trials[0]


def conflicts(dataset):
    return {(row["field"], json.dumps(row["value"]), json.dumps(row["winning"])) for row in lines(dataset.run("conflicts", "-t", "ndjson"))}


def merged(program, work):
    """The registry before its copy, though that is newer; nothing replaces a value by none; and fields that belong together stay together."""
    write(work / "in", "copy.ndjson", COPY)
    write(work / "in", "own.ndjson", OWN)
    dataset = Dataset(program, work / "merged.sqlite")
    dataset.sync(work / "in")
    trial = only(dataset)
    for field, value in {"title": "Own title", "status": "RECRUITING", "start_date": "2020-05", "start_date_type": "ESTIMATED", "enrollment": 50,
                         "enrollment_type": "ACTUAL", "minimum_age": "18 Years", "conditions": ["Gout"], "extra": {"a": "1", "b": "3"}}.items():
        same(trial.get(field), value, field)
    same(conflicts(dataset), {("status", '"COMPLETED"', '"RECRUITING"'), ("start_date", '"2020-06-01"', '"2020-05"'),
                              ("last_update_posted_date", '"2024-01-01"', '"2021-01-01"')}, "the conflicts: titles differ in case and a point alone")
    same(sorted(one["field"] for one in trial["warnings"]), ["last_update_posted_date", "start_date", "status"], "the warnings")
    sources = json.loads(dataset.export("--provenance"))["provenance"]
    check("ictrp" in json.dumps(sources["enrollment"]) and "ctgov-v2" in json.dumps(sources["title"]), "each field says its record")
    dataset.sync(work / "in")
    same(dataset.changes("--since", "2"), [], "nothing changed")
    return dataset


def preferred(dataset, work):
    """--prefer turns the order, is kept, and goes again."""
    dataset.sync("--prefer", "ictrp", work / "in")
    same((only(dataset)["status"], only(dataset)["title"]), ("COMPLETED", "own TITLE."), "the copy is preferred")
    dataset.sync(work / "in")
    same(only(dataset)["status"], "COMPLETED", "and stays so")
    dataset.sync("--prefer", "", work / "in")
    same(only(dataset)["status"], "RECRUITING", "until it is taken back")
    dataset.sync("--prefer", "nobody", work / "in", code=2)


def newer(program, work):
    """A newer record of the same key replaces the older one, wherever it comes from; an older one does not; and a source that loses a value loses it."""
    dataset = Dataset(program, work / "newer.sqlite")
    first, second = write(work / "n", "a.ndjson", COPY), work / "n"
    dataset.sync(second)
    write(second, "b.ndjson", COPY | {"status": "TERMINATED", "last_update_posted_date": "2023-01-01"})
    dataset.sync(second)
    same(only(dataset)["status"], "COMPLETED", "the older is not taken")
    write(second, "c.ndjson", COPY | {"status": "WITHDRAWN", "last_update_posted_date": "2025-01-01"})
    dataset.sync(second)
    same(only(dataset)["status"], "WITHDRAWN", "the newer is")
    first.unlink()
    (second / "c.ndjson").unlink()
    dataset.sync(second)
    same(only(dataset)["status"], "WITHDRAWN", "what was missed stays")
    dataset.sync("--complete", second)
    same(only(dataset)["status"], "TERMINATED", "unless the inputs are the whole truth: then what is left says")


def linked(program, work):
    """A declared alias joins registries; a second NCT number that declares the same does not come in."""
    folder = work / "l"
    write(folder, "eu.ndjson", EU)
    dataset = Dataset(program, work / "linked.sqlite")
    dataset.sync(folder)
    write(folder, "own.ndjson", OWN)
    dataset.sync(folder)
    trial = only(dataset)
    same((trial["trial_id"], trial["title"], trial["countries"][0]["code"]), ("NCT01111111", "Own title", "DE"), "the trial of two registries")
    check(any(one["value"] == "2011-002222-33" for one in trial["identifiers"]), "and both ids")
    links = lines(dataset.run("links", "-t", "ndjson"))
    check(len(links) == 1 and links[0]["trial_id"] == "NCT01111111" and "2011-002222-33" in links[0]["evidence"], "the link is explained")
    other = OWN | {"trial_id": "NCT02222222", "record_key": "NCT02222222", "title": "Extension"}
    write(folder, "other.ndjson", other)
    dataset.sync(folder)
    check(("2011-002222-33", "parted") in {(row["trial_id"], row["op"]) for row in dataset.changes("--since", "3")}, "that it parted is logged")
    same(len(dataset.export().splitlines()), 3, "now nothing says which of both the European record is: all stay apart")
    refused = [row for row in lines(dataset.run("links", "-t", "ndjson")) if row["state"] == "refused"]
    check(refused and all("2011-002222-33" in row["evidence"] for row in refused), "and that is explained")
    (folder / "other.ndjson").unlink()
    dataset.sync("--complete", folder)
    trial = {one["trial_id"] for one in map(json.loads, dataset.export().splitlines())}
    same(trial, {"NCT01111111"}, "when it goes they are one again")


def ids(dataset):
    return sorted(one["trial_id"] for one in map(json.loads, dataset.export().splitlines()))


def taken_back(program, work):
    """What a newer version does not state any more joins no more, and refuses no more."""
    folder, dataset = work / "t", Dataset(program, work / "taken.sqlite")
    plain = OWN | {"identifiers": [{"value": "P-1", "type": "ORG_STUDY_ID"}], "last_update_posted_date": "2022-01-01"}
    write(folder, "eu.ndjson", EU)
    write(folder, "own.ndjson", OWN)
    dataset.sync(folder)
    same(len(ids(dataset)), 1, "joined by the EudraCT number")
    write(folder, "own.ndjson", plain)
    dataset.sync(folder)
    same(ids(dataset), ["2011-002222-33", "NCT01111111"], "parted when it is not stated any more")
    same(dataset.run("links", "-t", "ndjson"), b"", "and no link is left")
    rival = OWN | {"trial_id": "NCT02222222", "record_key": "NCT02222222"}
    write(folder, "own.ndjson", OWN | {"last_update_posted_date": "2023-01-01"})
    write(folder, "rival.ndjson", rival)
    dataset.sync(folder)
    same(len(ids(dataset)), 3, "two claims")
    write(folder, "rival.ndjson", rival | {"identifiers": [], "last_update_posted_date": "2023-01-01"})
    dataset.sync(folder)
    same(ids(dataset), ["NCT01111111", "NCT02222222"], "the rival has given up")


def crowded(program, work):
    """A number that very many records state joins nothing, and costs nothing."""
    dataset = Dataset(program, work / "crowd.sqlite")
    many = [OWN | {"trial_id": f"NCT04{number:06}", "record_key": f"NCT04{number:06}", "title": f"T {number}",
                   "identifiers": [{"value": "U1111-2045-7781", "type": "UTN"}]} for number in range(3000)]
    began = time.monotonic()
    dataset.sync(write(work / "c", "many.ndjson", *many, EU | {"identifiers": [{"value": "U1111-2045-7781", "type": "UTN"}]}))
    check(time.monotonic() - began < 60, "in time")
    same(len(ids(dataset)), 3001, "none is joined")
    refused = lines(dataset.run("links", "-t", "ndjson"))
    check(len(refused) == 3001 and all(row["state"] == "refused" and "more than 64" in row["evidence"] for row in refused), refused[:2])


def by_country(program, work):
    """WHO's copies of EUCTR: one for each country, and each says something of its own."""
    dataset = Dataset(program, work / "country.sqlite")
    copies = [record("ictrp", *EUDRACT, "x", title="A European title", identifiers=[{"value": f"EUCTR2011-002222-33-{code}", "type": "EUDRACT_NUMBER", "registry": "EUCTR"}, *more])
              for code, more in (("ES", []), ("PL", [{"value": "NCT01111111", "type": "REGISTRY", "registry": "ClinicalTrials.gov"}]), ("PT", []))]
    dataset.sync(write(work / "k", "all.ndjson", *copies), write(work / "k", "own.ndjson", OWN | {"identifiers": []}))
    trial = only(dataset)
    check({f"EUCTR2011-002222-33-{code}" for code in ("ES", "PL", "PT")} <= {one["value"] for one in trial["identifiers"]}, trial["identifiers"])
    same(trial["trial_id"], "NCT01111111", "what one of them declares")


def no_flip(program, work):
    """Of two files with equally new versions of a trial, one that is read again for another trial brings no news."""
    folder, dataset = work / "f", Dataset(program, work / "flip.sqlite")
    other = record("ictrp", "NCT03333333", "ClinicalTrials.gov", "x", title="Other")
    write(folder, "a.ndjson", COPY, other)
    write(folder, "b.ndjson", COPY | {"title": "Beta"})
    dataset.sync(folder)
    for title in ("Other one", "Other two"):
        write(folder, "a.ndjson", COPY, other | {"title": title})
        dataset.sync(folder)
        same([row["trial_id"] for row in dataset.changes("--since", str(dataset.runs()))], ["NCT03333333"], "one change alone")
    write(folder, "a.ndjson", COPY | {"title": "Gamma"}, other)
    dataset.sync(folder)
    check("Gamma" in dataset.export().decode(), "what is news counts")


def narrower(program, work):
    """A download with fewer columns of the same day takes nothing away, whichever comes first; one with more adds."""
    wide, narrow = COPY, {key: COPY[key] for key in COPY if key not in ("enrollment", "enrollment_type", "minimum_age", "minimum_age_years")}
    for number, order in enumerate([(wide, narrow), (narrow, wide)]):
        folder, dataset = work / f"w{number}", Dataset(program, work / f"w{number}.sqlite")
        for name, one in zip("ab", order):
            write(folder, f"{name}.ndjson", one)
            dataset.sync(folder)
        same(only(dataset)["enrollment"], 50, "the wider one counts")


def extension(program, work):
    """A study that names the one before it is another trial."""
    dataset = Dataset(program, work / "extension.sqlite")
    other = OWN | {"trial_id": "NCT02222222", "record_key": "NCT02222222", "identifiers": [{"value": "NCT01111111", "type": "OTHER", "registry": "ClinicalTrials.gov"}]}
    dataset.sync(write(work / "e", "both.ndjson", OWN, other))
    same(len(dataset.export().splitlines()), 2, "two trials")
    check(any("two ids of ClinicalTrials.gov" in row["evidence"] for row in lines(dataset.run("links", "-t", "ndjson"))), "and it is said why")
    former = other | {"identifiers": [{"value": "NCT01111111", "type": "NCT_ALIAS", "registry": "ClinicalTrials.gov"}]}
    dataset.sync(write(work / "e", "both.ndjson", OWN, former))
    same(len(dataset.export().splitlines()), 1, "a former id of the same trial joins")


def bare(program, work):
    """Normalized records that do not say where they come from are told apart by where they were read."""
    dataset = Dataset(program, work / "bare.sqlite")
    path = work / "bare.ndjson"
    path.write_text("".join(json.dumps({"schema": "trialnorm/1", "record_key": f"x:{title}", "title": title}) + "\n" for title in ("One", "Two", "Three")), encoding="utf-8")
    dataset.sync(path)
    same(sorted(json.loads(line)["title"] for line in dataset.export().splitlines()), ["One", "Three", "Two"], "three records")


def silent(program, work):
    """A source that falls silent is told, and with --alarm ends with 5; also where each day's download has a name of its own."""
    dataset = Dataset(program, work / "silent.sqlite")
    many = [record("ctgov-v2", f"NCT0300{number:04}", "ClinicalTrials.gov", "x", title=f"Title {number}", status="COMPLETED") for number in range(40)]
    dataset.sync(write(work / "s", "day1.ndjson", *many))
    said = dataset.sync("--alarm", "20%", write(work / "s", "day2.ndjson", *many[:30]), code=5)
    check("ctgov-v2: 30 records, 40 in run 1" in said, said)
    dataset.sync("--alarm", "30%", work / "s" / "day2.ndjson")
    said = dataset.sync("--alarm", "20%", write(work / "s", "day2.ndjson", *[{key: one[key] for key in one if key != "status"} for one in many[:30]]), code=5)
    check("status is stated by 0.0 % of the records, 100.0 % in run 3" in said, said)
    said = dataset.sync(write(work / "s", "day3.ndjson", *many[:5]))
    check("alarm:" in said, "without --alarm it is told, too")
    same(len(dataset.export().splitlines()), 40, "the data are kept")


def documented(program):
    """docs/DATASET.md has every reader in the row of its kind."""
    page = (ROOT / "docs" / "DATASET.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)`[^|]*\| (.*) \|$", page, re.M))
    for line in output([program, "list", "sources"]).decode().splitlines():
        reader, kind = line.split()[:2]
        check(f"`{reader}`" in rows.get(kind, ""), f"DATASET.md: {reader} stands in the row {kind}")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with scratch() as work:
        documented(program)
        dataset = merged(program, work)
        preferred(dataset, work)
        newer(program, work)
        linked(program, work)
        taken_back(program, work)
        no_flip(program, work)
        by_country(program, work)
        crowded(program, work)
        narrower(program, work)
        extension(program, work)
        bare(program, work)
        silent(program, work)
    print("sources: all as it should be")


if __name__ == "__main__":
    main()
