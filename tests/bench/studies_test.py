#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The made studies are what they are said to be: the promised mix, other numbers for each, the same every time, in all forms; and every one is converted, without
a warning.

usage: studies_test.py PROGRAM
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

STUDIES = pathlib.Path(__file__).resolve().parent / "studies.py"
COUNT, MIX = 150, 1000


def make(*arguments):
    return subprocess.run([sys.executable, STUDIES, *map(str, arguments)], capture_output=True, text=True, check=False)


def convert(program, *inputs):
    """Records and standard error; a record has no place in the second, where only the form differs."""
    ran = subprocess.run([program, "-v", *map(str, inputs)], capture_output=True, text=True, check=False)
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


def bare(records):
    return sorted(json.dumps({name: value for name, value in record.items() if name != "source"}, sort_keys=True) for record in records)


def check_mix():
    """The script itself fails when the mix is not the promised one: 1,000 records are enough for it to look at all of it."""
    ran = make("--count", MIX)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(f"{MIX} records, ") and "largest 10" in ran.stdout, ran.stdout


def make_forms(folder):
    ran = make("--count", COUNT, "--ndjson", folder / "a", "--array", folder / "b.json", "--zip", folder / "c.zip", "--files", folder / "d")
    assert ran.returncode == 0, ran.stderr
    make("--count", COUNT, "--ndjson", folder / "again")
    hashes = {hashlib.sha256((folder / name).read_bytes()).digest() for name in ("a", "again")}
    assert len(hashes) == 1, "not the same every time"
    other = make("--count", 2, "--seed", 8, "--ndjson", folder / "other")
    assert other.returncode == 0 and (folder / "other").read_bytes() != (folder / "a").read_bytes()[: (folder / "other").stat().st_size]
    return [json.loads(line) for line in open(folder / "a", encoding="utf-8")]


def check_records(studies):
    numbers = {study["protocolSection"]["identificationModule"]["nctId"] for study in studies}
    assert len(numbers) == COUNT, "a number stands twice"
    text = json.dumps(studies, ensure_ascii=False)
    for mark in ("Łódź", "µ", '\\"', "\\n", "\\\\[", "≥", "®"):
        assert mark in text, f"no {mark} anywhere"
    results = [study for study in studies if study["hasResults"]]
    assert 0.05 < len(results) / COUNT < 0.25, f"{len(results)} have results"
    assert all(("resultsSection" in study) == study["hasResults"] for study in studies)


def check_forms(folder, studies):
    assert json.loads((folder / "b.json").read_text(encoding="utf-8")) == studies
    with zipfile.ZipFile(folder / "c.zip") as archive:
        assert [json.loads(archive.read(name)) for name in archive.namelist()] == studies
    files = {path.stem: json.loads(path.read_bytes()) for path in (folder / "d").iterdir()}
    assert files == {study["protocolSection"]["identificationModule"]["nctId"]: study for study in studies}
    pretty = make("--count", 3, "--pretty", "--files", folder / "pretty")
    assert pretty.returncode == 0 and all("\n  " in path.read_text(encoding="utf-8") for path in (folder / "pretty").iterdir())


def check_repeated(folder):
    """Real records, again and again, get numbers of their own; here the made ones stand for them."""
    ran = make("--count", 2 * COUNT, "--corpus", folder / "a", "--ndjson", folder / "twice")
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in open(folder / "twice", encoding="utf-8")]
    assert len({line["protocolSection"]["identificationModule"].pop("nctId") for line in lines}) == 2 * COUNT
    assert lines[:COUNT] == lines[COUNT:]


def check_conversion(program, folder):
    expected = None
    for source in ("a", "b.json", "c.zip", "d"):
        code, records, told = convert(program, folder / source)
        assert code == 0 and f"{COUNT} records: {COUNT} written, 0 failed" in told, f"{source}: code {code}: {told[-500:]}"
        assert "warning" not in told, f"{source}: {told[:500]}"
        expected = expected or bare(records)
        assert bare(records) == expected, f"{source}: not the records that the lines are"
    filled = {name for record in map(json.loads, expected) for name, value in record.items() if value not in (None, [], "")}
    for name in ("title", "status", "start_date", "phases", "conditions", "locations", "arms", "interventions", "outcomes", "inclusion_criteria"):
        assert name in filled, f"no record has {name}: {sorted(filled)}"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_mix()
        studies = make_forms(folder)
        check_records(studies)
        check_forms(folder, studies)
        check_repeated(folder)
        check_conversion(sys.argv[1], folder)
    print(f"{COUNT} made studies hold")


if __name__ == "__main__":
    main()
