#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Saved registry pages, held against what a person read on them.

usage: html_truth.py PROGRAM FOLDER [PAGE ...]

FOLDER holds <site>/<page>.html; html_expected.json beside this script says for each page what stands on it, with the
reason wherever the page leaves a choice. A page's entry:
  is       field -> the value; a dotted name is a member of a record
  one_of   field -> values that are all right; null: the field may be absent
  either   list of choices, each a list of `is`; one of them holds
  lists    field -> count (or [least, most]), top (entries of level 0), first, last, all, has (anywhere)
  kept     texts that stand somewhere in the record
  never    texts that stand nowhere in it
  may      fields that are not judged on this page
A text `begins … ends` says how a value begins and how it ends. Every field of JUDGED that an entry does not name must
be absent. `listing` is an array of entries, one for each record in their order, `warns` what a warning must say,
`silent` the codes that no warning may have.
Prints every difference; exit code 1 when there is one.
"""
import json
import pathlib
import re
import subprocess
import sys

JUDGED = """trial_id registry related_trials title official_title acronym status last_known_status why_stopped
status_verified_date start_date start_date_type primary_completion_date primary_completion_date_type completion_date
completion_date_type recruitment_start_date recruitment_start_date_type recruitment_end_date recruitment_end_date_type
registered_date registration_timing first_submitted_date first_submitted_qc_date first_posted_date
first_posted_date_type results_first_submitted_date results_first_submitted_qc_date results_first_posted_date
disposition_first_submitted_date disposition_first_posted_date last_update_submitted_date last_update_posted_date
last_update_posted_date_type has_expanded_access study_type patient_registry phases allocation intervention_model
masking primary_purpose observational_model time_perspective sampling_method who_masked enrollment enrollment_type
target_enrollment group_count brief_summary detailed_description lay_summary conditions keywords condition_mesh
intervention_mesh condition_codes arms interventions outcomes sex gender_based minimum_age maximum_age std_ages
healthy_volunteers inclusion_criteria exclusion_criteria other_criteria lead_sponsor lead_sponsor_class
lead_sponsor_country organization collaborators funders responsible_party officials contacts locations location_count
countries removed_countries has_dmc ethics has_results ipd_sharing publications""".split()
# The finders' sites, which have readers of their own: none of them is the page's.
ELSEWHERE = "meddatax clinconnect ctv-veeva clinicaltrialsfinder ignite-sd".split()
differences = []


def squash(value):
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def like(got, want):
    """A text may say how it begins and ends, a record may name some of its members."""
    if isinstance(want, dict):
        return isinstance(got, dict) and all(like(got.get(key), value) for key, value in want.items())
    if isinstance(want, list):
        return isinstance(got, list) and len(got) == len(want) and all(map(like, got, want))
    if isinstance(want, str) and isinstance(got, str):
        return re.fullmatch(".*".join(re.escape(part.strip()) for part in squash(want).split("…")), squash(got)) is not None
    return got == want and isinstance(got, bool) == isinstance(want, bool)


def get(record, path):
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def strings(value):
    if isinstance(value, dict):
        return [text for key, member in value.items() for text in [key, *strings(member)]]
    if isinstance(value, list):
        return [text for member in value for text in strings(member)]
    return [str(value)]


def bare(text):
    return re.sub(r"[\W_]+", "", text.casefold())


def differ(page, what, got, want):
    differences.append(f"{page}: {what}: {str(got)[:200]!r}, the page says {str(want)[:300]!r}")


def check_list(page, field, got, want):
    got = got or []
    criteria = field.endswith("_criteria")
    for key, entries in (("count", got), ("top", [entry for entry in got if criteria and entry.get("level", 0) == 0])):
        if key in want:
            least, most = want[key] if isinstance(want[key], list) else (want[key], want[key])
            if not least <= len(entries) <= most:
                differ(page, f"{field} {key}", len(entries), want[key])
    plain = [entry.get("text") for entry in got] if criteria else got
    for key, at in (("first", 0), ("last", -1)):
        if key in want and not (plain and like(plain[at], want[key])):
            differ(page, f"{field} {key}", plain[at] if plain else None, want[key])
    if "all" in want and not like(plain, want["all"]):
        differ(page, field, plain, want["all"])
    for entry in want.get("has", []):
        if not any(like(other, entry) for other in plain):
            differ(page, f"{field} has", plain, entry)


def check_years(page, got):
    for bound in ("minimum_age", "maximum_age"):
        match = re.fullmatch(r"(\d+) Years?", got.get(bound, ""))
        if match and got.get(bound + "_years") != int(match[1]):
            differ(page, bound + "_years", got.get(bound + "_years"), match[1])


def check_texts(page, got, want):
    texts = [bare(text) for text in strings({key: value for key, value in got.items() if key != "warnings"})]
    for text in want.get("kept", []):
        if not all(bare(part) in "".join(texts) for part in text.split("…")):
            differ(page, "kept", "nowhere in the record", text)
    for text in want.get("never", []):
        if any(bare(text) in other for other in texts):
            differ(page, "never", text, "nothing of the sort about this trial")


def check_record(page, got, want):
    for field, value in want.get("is", {}).items():
        if not like(get(got, field), value):
            differ(page, field, get(got, field), value)
    for field, values in want.get("one_of", {}).items():
        if not any(like(get(got, field), value) for value in values):
            differ(page, field, get(got, field), values)
    for choices in want.get("either", []):
        if not any(all(like(get(got, field), value) for field, value in choice.items()) for choice in choices):
            shown = {field: get(got, field) for choice in choices for field in choice}
            differ(page, " or ".join(shown), shown, choices)
    for field, entries in want.get("lists", {}).items():
        check_list(page, field, get(got, field), entries)
    check_years(page, got)
    check_texts(page, got, want)
    named = set(want.get("may", [])) | {field for choices in want.get("either", []) for c in choices for field in c}
    for part in ("is", "one_of", "lists"):
        named |= {field.split(".")[0] for field in want.get(part, {})}
    for field in JUDGED:
        if field in got and field not in named:
            differ(page, field, got[field], "nothing")


def check_page(program, path, page, want):
    run = subprocess.run([program, "--", str(path)], capture_output=True, timeout=60, check=False)
    messages = run.stderr.decode("utf-8", "replace")
    records = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    entries = want.get("listing", [want])
    if run.returncode or len(records) != len(entries):
        differ(page, "records", f"exit code {run.returncode}, {len(records)} records: {messages}", len(entries))
    for number, (got, entry) in enumerate(zip(records, entries)):
        check_record(f"{page}#{number}" if "listing" in want else page, got, entry)
    check_rest(page, messages, records, want)


def check_rest(page, messages, records, want):
    for got in records:
        if got["source"]["reader"] in ELSEWHERE:
            differ(page, "source.reader", got["source"]["reader"], "that it is of another site")
    said = [messages] + [json.dumps(warning) for got in records for warning in got.get("warnings", [])]
    lines = [line for text in said for line in text.splitlines()]
    for words in want.get("warns", []):
        if not any(all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line) for word in words) for line in lines):
            differ(page, "warnings", lines, words)
    for code in want.get("silent", []):
        if any(code in line for line in lines):
            differ(page, "warnings", lines, f"nothing that calls for {code}")


def main():
    program, folder, *only = sys.argv[1:]
    pages = json.loads(pathlib.Path(__file__).with_name("html_expected.json").read_text(encoding="utf-8"))
    read = 0
    for page, want in pages.items():
        path = pathlib.Path(folder) / (page + ".html")
        if (only and page not in only) or page.startswith("_"):
            continue
        if path.exists():
            check_page(str(pathlib.Path(program).resolve()), path, page, want)
            read += 1
        else:
            differences.append(f"{page}: there is no such page in {folder}")
    for difference in differences:
        print(difference)
    print(f"{read} pages, {len(differences)} differences")
    return 1 if differences or not read else 0


if __name__ == "__main__":
    sys.exit(main())
