#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing lost: every value of a record of CTIS or DRKS stands in the converted record: in a field, in `extra`, or in
a warning. The DRKS is also asked with a record made from its JSON Schema, with every member filled.

usage: json_values.py PROGRAM CORPUS

Knows nothing of the program's maps: it looks for each leaf's text among all the texts of the record that came out. What a
map leaves out, or says in another way, stands here with the reason.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

# Left out on purpose, or said in the record's own words.
ELSEWHERE = {
    "ctis": (
        (r"(^|\.)id$", "numbers inside of the system at the top"),
        (r"is(Fe)?[mM]aleSubjects$", "sex"),
    ),
    "drks": (
        (r"base64Encoded$", "the bytes of a file"),
    ),
}

# A vocabulary has another word for it, from which the source's word follows.
SAID = {
    "Therapeutic exploratory (Phase II)": ["PHASE2"],
    "Therapeutic use (Phase IV)": ["PHASE4"],
    "18-64 years, 65+ years": ["ADULT", "OLDER_ADULT"],
    "65+ years, 18-64 years": ["OLDER_ADULT", "ADULT"],
    "Male, Female": ["ALL"],
    "Female, Male": ["ALL"],
    "NON_INTERVENTIONAL": ["OBSERVATIONAL"],
    "ICD10": ["ICD-10"],
    "RANDOMIZED_CONTROLLED_TRIAL": ["RANDOMIZED"],
    "SINGLE_ARM_STUDY": ["NA"],
    "PATIENT_SUBJECT": ["PARTICIPANT"],
    "INVESTIGATOR_THERAPIST": ["INVESTIGATOR"],
    "OPEN": ["NONE"],
    "PHASE_III": ["PHASE3"],
    "N_A": ["NA"],
}


def leaves(node, path=""):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, path + "[]")
    elif node is not None:
        yield path, node


def words(text):
    text = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), text)
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[\s\ufeff]+", "", text).casefold()


def day(text):
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text


def stands(value, found, everything):
    if isinstance(value, bool):
        return value in found or str(value).lower() in found or ("YES" if value else "NO").lower() in found
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.isdigit() and int(value) in found:
        return True
    if value in SAID:
        return all(words(word) in found for word in SAID[value])
    if isinstance(value, (int, float)):
        return value in found or words(json.dumps(value)) in found or any(
            isinstance(a, str) and re.search(rf"(^|\D){re.escape(json.dumps(value))}(\D|$)", a) for a in found)
    orpha = re.fullmatch(r"ORPHA:(\d+) (.+)", value)
    if orpha and all(words(word) in found for word in ("ORPHAcode", orpha[1], orpha[2])):
        return True  # a code before a condition in words
    text = words(day(value))
    if text == "" or text in found:
        return True
    # parts: NL:2024-05-06; an address in one line; a word that the vocabulary writes in another way
    parts = [words(day(p.strip())) for p in re.split(r"[:,]\s*(?![^(]*\))", value)]
    return all(p in found or p in everything for p in parts if p) or text in everything


def convert(program, path):
    run = subprocess.run([program, "-q", str(path)], capture_output=True, timeout=120, check=False)
    return [json.loads(line) for line in run.stdout.decode("utf-8").split("\n") if line], run.stderr.decode()


def check(program, reader, path, records):
    lost = checked = 0
    converted, messages = convert(program, path)
    if len(converted) != len(records):
        print(f"{path}: {len(records)} records, {len(converted)} converted; {messages}")
        return 1, 1
    for source, record in zip(records, converted):
        found = {words(v) if isinstance(v, str) else v for _, v in leaves(record)}
        found |= {words(k) for k in record.get("extra", {})}
        everything = "\x00".join(sorted(a for a in found if isinstance(a, str)))
        unmapped = [w for w in record.get("warnings", []) if w["code"] == "unmapped"]
        for warning in unmapped:
            print(f"{record['record_key']}: {warning['message']}")
        lost += len(unmapped)
        for leaf, value in leaves(source):
            checked += 1
            if any(re.search(pattern, leaf) for pattern, _ in ELSEWHERE[reader]):
                continue
            if not stands(value, found, everything):
                lost += 1
                print(f"{record['record_key']}: {leaf}: {value!r} is lost")
    return checked, lost


def instance(schema, definitions, path=""):
    """A value of every member; texts are unlike each other, of a choice the first word is taken."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].split("/")[-1]]
    if "anyOf" in schema:
        schema = next(s for s in schema["anyOf"] if s.get("type") != "null")
    kind = schema.get("type", "string")
    kind = next(k for k in ([kind] if isinstance(kind, str) else kind) if k != "null")
    if kind == "object":
        return {k: instance(v, definitions, f"{path} {k}") for k, v in schema["properties"].items()}
    if kind == "array":
        return [instance(schema["items"], definitions, path)]
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "integer":
        return 1 + len(path)
    if kind == "boolean":
        return True
    if path.endswith("drksId"):
        return "DRKS00011111" if "related" not in path else "DRKS00022222"
    if "pattern" in schema:
        return "en" if "locale" in path else "DE"
    if schema.get("format") == "date":
        return "2024-03-%02d" % (1 + len(path) % 28)
    return f"text of{path}"


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    inputs = []
    for path in sorted((corpus / "ctis").glob("*")):
        lines = path.read_text(encoding="utf-8")
        if path.suffix == ".ndjson":
            inputs.append(("ctis", path, [json.loads(line) for line in lines.split("\n") if line]))
        else:
            inputs.append(("ctis", path, json.loads(lines)["data"]))
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((corpus / "drks").glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            if "$schema" in document:
                records, messages = convert(program, path)
                if records or "JSON Schema" not in messages:
                    print(f"{path}: is not refused as a schema: {messages}")
                    return 1
                document = instance(document, document["$defs"])
                path = pathlib.Path(folder) / "every_member.json"
                path.write_text(json.dumps(document), encoding="utf-8")
            inputs.append(("drks", path, [document]))
        sums = [check(program, *entry) for entry in inputs]
    checked, lost = sum(s[0] for s in sums), sum(s[1] for s in sums)
    print(f"json_values: {checked} values looked for, {lost} lost")
    return 1 if lost or checked < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
