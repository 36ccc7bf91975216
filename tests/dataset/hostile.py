#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Texts made to break whoever writes them into a database, and file names as no one should choose them, are texts and names and change nothing else.

usage: hostile.py PROGRAM
"""
import contextlib
import json
import os
import pathlib
import sqlite3
import sys

from common import Dataset, check, convert, identification, same, scratch, study, write_study

TEXTS = [
    "'); DROP TABLE trial; --", '"; DELETE FROM record; --', "x' OR '1'='1", "%s%n%x", "?1 :name @name $name", "NULL", "''", '"', "\\", "\\'", "`trial`", "[trial]",
    "\u0000", "a\u0000b", "\u0000'); DROP TABLE change; --", "\u0001\u001b[31m", "\r\n", "\u2028\u2029", "\ufeff", "\ufffd", "\U0001f600", "e\u0301",
    "*", "title:*", "NEAR(a b)", '"unclosed', "(((", "AND OR NOT", "^a - b", "{title status}: x", "/*", "*/ --", ";", "\u202eabc", "x" * 300000, "'" * 100000, '"' * 99999,
    '{"$where": 1}', "<script>alert(1)</script>", "0x27", "1e999", "\ud83d",
]
NAMES = [b"it's.json", b'say "x".json', b"new\nline.json", b"bad-\xff\xfe.json", b"'); DROP TABLE input; --.json", b"?*[x].json", b"-rf.json", b"%s%n.json", b"\xc3\xa9.json",
         b"e\xcc\x81.json", b" .json", b"a\\b.json", b"x" * 240 + b".json"]
PLACES = ["title", "summary", "condition", "keyword", "facility", "sponsor", "id"]


def poisoned(number, poison):
    """A study with the text in many places."""
    one = study(number)
    protocol = one["protocolSection"]
    identification(one)["briefTitle"] = poison
    identification(one)["orgStudyIdInfo"] = {"id": poison}
    protocol["descriptionModule"]["briefSummary"] = poison
    protocol["conditionsModule"] = {"conditions": [poison, f"{poison} again"], "keywords": [poison]}
    protocol["contactsLocationsModule"]["locations"] = [{"facility": poison, "city": poison, "country": poison}]
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = poison
    protocol["statusModule"]["overallStatus"] = poison
    protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": poison}
    one[f"unknown {poison[:50]}"] = poison
    return one


def tables(path):
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()


def check_texts(program, work):
    for number, poison in enumerate(TEXTS):
        write_study(work / "texts", study(number))
    dataset, calm = Dataset(program, work / "texts.sqlite"), Dataset(program, work / "calm.sqlite")
    dataset.sync("texts", code=0)
    calm.sync("texts", code=0)
    for number, poison in enumerate(TEXTS):
        path = work / "texts" / f"{identification(study(number))['nctId']}.json"
        path.write_text(json.dumps(poisoned(number, poison)), encoding="utf-8")
    dataset.sync("-q", "texts")
    same(tables(dataset.path), tables(calm.path), "tables")
    same(dataset.export(), convert(program, "texts"), "the export")
    dataset.check_whole()
    of = {identification(study(number))["nctId"]: poison for number, poison in enumerate(TEXTS)}
    titles = {change["trial_id"]: change for change in dataset.changes("--since", "2", "--field", "title")}
    trials = {trial["trial_id"]: trial for trial in map(json.loads, dataset.export().splitlines())}
    same(sorted(trials), sorted(of), "trials")
    for trial_id, change in titles.items():
        same(change.get("new"), trials[trial_id].get("title"), f"the logged title of {trial_id}")
    check(len(titles) > len(TEXTS) * 3 // 4, f"only {len(titles)} titles changed")
    for command in (["changes"], ["conflicts"], ["links"], ["check"], ["changes", "-t", "csv"], ["changes", "-t", "ndjson"]):
        dataset.run(*command)
    for trial_id in of:
        dataset.run("history", trial_id)
    dataset.sync("-q", "texts")
    same(dataset.changes("--since", "3"), [], "once more")


def check_names(program, work):
    folder = work / "names"
    for number, name in enumerate(NAMES):
        path = write_study(folder, study(number))
        os.rename(path, os.path.join(os.fsencode(folder), name))
    dataset = Dataset(program, work / "names'); DROP TABLE trial; --.sqlite")
    dataset.sync("names")
    same(sorted(dataset.export().splitlines()), sorted(convert(program, "names").splitlines()), "the export of odd names")
    same(len(dataset.export().splitlines()), len(NAMES), "trials")
    dataset.sync("names")
    same(dataset.changes("--since", "2"), [], "odd names, again")
    dataset.sync("--complete", "names")
    same(dataset.changes("--since", "3"), [], "odd names, and the inputs are all that there is")
    for name in NAMES[:6]:
        os.unlink(os.path.join(os.fsencode(folder), name))
    dataset.sync("--complete", "names")
    same(len(dataset.changes("--since", "4")), 6, "six odd names less")


def check_identifiers(program, work):
    """Hostile texts where a trial is told by: they are no ids, or ids of their own."""
    for number, poison in enumerate(TEXTS[:20]):
        one = study(number)
        identification(one)["secondaryIdInfos"] = [{"id": poison, "type": "REGISTRY"}, {"id": poison}]
        identification(one)["nctIdAliases"] = [poison]
        write_study(work / "ids", one)
    dataset = Dataset(program, work / "ids.sqlite")
    dataset.sync("-q", "ids")
    same(sorted(dataset.export().splitlines()), sorted(convert(program, "ids").splitlines()), "the export of odd ids")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with scratch() as work:
        os.chdir(work)
        for case in (check_texts, check_names, check_identifiers):
            case(program, pathlib.Path())
    print(f"hostile: {len(TEXTS)} texts, {len(NAMES)} names")


if __name__ == "__main__":
    main()
