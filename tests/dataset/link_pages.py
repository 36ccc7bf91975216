# SPDX-License-Identifier: MIT
"""Pages that state no id are joined with the right trial, or left apart, with a reason: invented studies and pages in the layouts of two sites.

usage: link_pages.py PROGRAM"""
import pathlib
import sys

from common import Dataset, check, lines, same, scratch, write_study

SPONSOR = "Institute of Warm Drinks"
SUMMARY = ("The purpose of this study is to learn whether a cup of nettle tea before sleep shortens the time that adults with sore knees "
           "need to climb the stairs of the institute on the next morning, compared with a cup of warm water.")
WANTED = ["Pain in one or both knees on at least four days of the week before the visit", "Able to climb two flights of stairs without help",
          "Drinks tea at least once a week and likes it"]
UNWANTED = ["Allergy to nettle, mint or any other leaf in the cup", "Surgery of the knee within six months before the visit",
            "Takes part in another study of warm drinks at the same time"]


def study(number, title, summary=SUMMARY, wanted=WANTED, sex="ALL", enrollment=120, submitted="2024-05-06", sponsor=SPONSOR, city="Graz"):
    return {"protocolSection": {
        "identificationModule": {"nctId": f"NCT{number:08}", "orgStudyIdInfo": {"id": f"TEA-{number}"}, "briefTitle": title},
        "statusModule": {"overallStatus": "RECRUITING", "studyFirstSubmitDate": submitted},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": sponsor, "class": "OTHER"}},
        "descriptionModule": {"briefSummary": summary},
        "designModule": {"studyType": "INTERVENTIONAL", "enrollmentInfo": {"count": enrollment, "type": "ESTIMATED"}},
        "armsInterventionsModule": {"armGroups": [{"label": "Tea"}, {"label": "Water"}]},
        "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n" + "\n".join("* " + line for line in wanted) +
                              "\n\nExclusion Criteria:\n\n" + "\n".join("* " + line for line in UNWANTED), "sex": sex},
        "contactsLocationsModule": {"locations": [{"city": city, "country": "Austria"}]}}}


def clinconnect(title, wanted=WANTED, sex="ALL", launched="May 6, 2024", sponsor=SPONSOR, city="Graz"):
    return "\n".join([title, f"Launched by {sponsor.upper()} · {launched}", "Trial Information", "Current as of August 22, 2025", "Recruiting", "Keywords",
                      "ClinConnect Summary", "In this trial people drink tea, and doctors look whether it helps.", "Gender", sex, "Eligibility criteria",
                      "- Inclusion Criteria:", *("- • " + line for line in wanted), "- Exclusion Criteria:", *("- • " + line for line in UNWANTED),
                      f"About {sponsor}", "The institute studies drinks.", "Contacts", "Locations", f"{city}, Austria", "Patients applied", "Trial Officials",
                      "Timeline", "First submit", "Trial launched", "Trial updated", "Estimated completion", "Not reported", ""])


def veeva(summary=SUMMARY, wanted=WANTED, enrollment=120, groups=2):
    return "\n".join(["Status and phase", "Conditions", "Treatments", "About", summary, "Enrollment", "Sex", "Ages", "Volunteers", "Inclusion criteria", *wanted,
                      "Exclusion criteria", *UNWANTED, "Primary purpose", "Allocation", "Interventional model", "Masking",
                      f"{enrollment} participants in {groups} patient groups", "Loading...", "Data sourced from clinicaltrials.gov", "Clinical trials",
                      "Research sites", "Resources", "Legal", ""])


TITLE = "Nettle Tea 10 mg for Sore Knees in the Evening"
STRANGER = study(90000900, "Sage Oil for Cold Hands", "Whether oil of sage warms the hands of people who swim in winter is looked at.",
                 ["Cold hands in two winters", "Swims in a lake at least once a month"], sponsor="Lake House", city="Linz")


class Case:
    """A dataset of studies and one page."""

    def __init__(self, program, folder, name):
        self.folder = folder / name
        self.folder.mkdir()
        self.dataset = Dataset(program, self.folder / "trials.sqlite")

    def page(self, text, name="page.txt"):
        (self.folder / "in").mkdir(exist_ok=True)
        (self.folder / "in" / name).write_text(text, encoding="utf-8")
        return self

    def sync(self, *studies):
        for one in studies:
            write_study(self.folder / "in", one)
        self.dataset.sync(self.folder / "in")
        return self

    def links(self):
        """Those of pages, by file name."""
        return {pathlib.Path(line["file"]).name: line for line in lines(self.dataset.run("links", "-t", "ndjson"))
                if pathlib.Path(line["file"]).suffix == ".txt"}

    def link(self):
        return self.links().get("page.txt", {})

    def joined(self, number, what):
        link = self.link()
        same((link.get("state"), link.get("trial_id")), ("joined", f"NCT{number:08}"), f"{what}: {link}")
        return self

    def left(self, what, why):
        """Undecided, for a reason."""
        link = self.link()
        check(link.get("state") == "undecided" and why in link["evidence"], f"{what}: {link}")
        return self

    def trials(self):
        return lines(self.dataset.export())


def twins_are_told_apart(program, folder):
    ten, twenty = study(90000001, TITLE), study(90000002, TITLE.replace("10", "20"), submitted="2024-05-06")
    for number, one in ((90000001, ten), (90000002, twenty)):
        title = one["protocolSection"]["identificationModule"]["briefTitle"]
        case = Case(program, folder, f"twin{number}").page(clinconnect(title)).sync(ten, twenty, STRANGER).joined(number, "page of a twin")
        same(len(case.trials()), 3, "a joined page is no trial of its own")
        check("sponsor" in case.link()["evidence"] and "NCT9000000" in case.link()["evidence"], f"evidence: {case.link()}")
    Case(program, folder, "twin-missing").page(clinconnect(TITLE)).sync(twenty, STRANGER).left("the twin of a trial that is not there", "titles differ")
    longer = study(90000003, TITLE + ": an Extension")
    Case(program, folder, "extension").page(clinconnect(TITLE)).sync(longer, STRANGER).left("an extension", "titles differ")


def facts_decide(program, folder):
    one, other = study(90000011, "One Tea", enrollment=120), study(90000012, "Another Tea", enrollment=48)
    Case(program, folder, "counts").page(veeva(enrollment=48)).sync(one, other).joined(90000012, "the enrollment tells which")
    Case(program, folder, "count-off").page(veeva(enrollment=50)).sync(one).left("without a title a fact that differs is too much", "enrollment 50 against 120")
    case = Case(program, folder, "alike").page(veeva()).sync(one, study(90000012, "Another Tea")).left("two trials that say the same", "no clear lead")
    check(abs(case.link()["score"] - case.link()["runner_up"]) < 0.01 and "trial_id" not in case.link(), f"scores: {case.link()}")
    women = study(90000013, TITLE, sex="FEMALE")
    Case(program, folder, "sex").page(clinconnect(TITLE, sex="MALE")).sync(women).left("men and women", "sex MALE against FEMALE")
    # What aggregators have older than the registry is no reason: a site more, a criterion less.
    old = clinconnect(TITLE, wanted=WANTED[:2], city="Graz")
    Case(program, folder, "old").page(old).sync(study(90000014, TITLE), STRANGER).joined(90000014, "an older page")


def strangers_stay_apart(program, folder):
    case = Case(program, folder, "stranger").page(clinconnect(TITLE)).sync(STRANGER)
    link = case.left("a page whose trial is not there", "no trial is near").link()
    check("trial_id" not in link and "candidate" not in link and link["score"] < 0.5 and len(case.trials()) == 2, f"a page whose trial is not there: {link}")
    little = Case(program, folder, "little").page("\n".join([TITLE, "Launched by X", "Trial Information", "ClinConnect Summary", "Gender", "ALL", "Locations", ""]))
    check(little.sync(study(90000021, TITLE)).link().get("state") != "joined", f"a title alone: {little.link()}")


def later_runs(program, folder):
    case = Case(program, folder, "later").page(clinconnect(TITLE)).sync(STRANGER)
    case.sync(study(90000031, TITLE)).joined(90000031, "the trial comes after its page")
    before = case.dataset.export()
    case.sync().joined(90000031, "nothing new")
    same(case.dataset.export(), before, "a run without anything new")
    case.page(clinconnect("Sage Oil for Cold Hands", ["Cold hands in two winters", "Swims in a lake at least once a month"], sponsor="Lake House", city="Linz"))
    case.sync()
    check(case.link().get("trial_id") != "NCT90000031", f"the page became another: {case.link()}")
    # The trial's own text changes: the index knows the new words, and forgets the old ones.
    words = ["Whistles in the dark and counts the lamps of the harbour", "Knows the names of nine sorts of rope by heart"]
    case.page(clinconnect("Ropes and Lamps by Night", words)).sync(study(90000031, "Ropes and Lamps by Night", wanted=words))
    case.joined(90000031, "page and trial both changed")
    case.dataset.check_whole()


def news_of_others(program, folder):
    """What was decided stays when only strangers come, and is decided anew when a trial like it comes or changes."""
    case = Case(program, folder, "news").page(veeva()).sync(study(90000061, "One Tea"), study(90000062, "Another Tea")).left("two alike", "no clear lead")
    same(case.sync(STRANGER).left("a stranger came", "no clear lead").link()["run"], 1, "decided once")
    case.sync(study(90000062, "Another Tea", enrollment=48)).joined(90000061, "the other one has changed")
    fewer = Case(program, folder, "third").page(veeva(enrollment=50)).sync(study(90000061, "One Tea")).left("another enrollment", "enrollment 50 against 120")
    fewer.sync(study(90000063, "Third Tea", enrollment=50)).joined(90000063, "its trial came")


def a_page_follows_its_trial(program, folder):
    """A trial that turns out to be another one moves there, and its pages too."""
    case = Case(program, folder, "follows").page(clinconnect(TITLE))
    other = study(90000040, "Tea")
    case.sync(other, study(90000041, TITLE)).joined(90000041, "before")
    # The sponsor states that NCT90000041 is an alias of NCT90000040.
    other["protocolSection"]["identificationModule"]["nctIdAliases"] = ["NCT90000041"]
    case.sync(other)
    same(sorted(str(trial.get("trial_id")) for trial in case.trials()), ["NCT90000040"], f"the page went with it: {case.links()}")
    case.joined(90000040, "after")


def a_study_goes(program, folder):
    """A study that is missed is gone, and its pages are nobody's until it returns."""
    case = Case(program, folder, "goes").page(clinconnect(TITLE)).page(veeva(), "other.txt")
    case.sync(study(90000070, TITLE), STRANGER).joined(90000070, "before")
    file = case.folder / "in" / "NCT90000070.json"
    kept = file.read_bytes()
    file.unlink()
    case.dataset.sync("--complete", case.folder / "in")
    changes = {(row["trial_id"], row["op"]) for row in case.dataset.changes("--since", "2")}
    check(("NCT90000070", "gone") in changes, f"the study is gone: {changes}")
    check("NCT90000070" in case.dataset.export("--gone").decode() and b"NCT90000070" not in case.dataset.export(), "and not erased")
    for name, link in case.links().items():
        check(link["state"] == "undecided" and "trial_id" not in link, f"{name}: {link}")
    same(len(case.trials()), 3, "the pages are trials of their own")
    file.write_bytes(kept)
    case.sync().joined(90000070, "it returns")
    same(len(case.trials()), 2, "with its pages")


def hostile(program, folder):
    words = ['" OR NEAR("a b", 5) NOT * ^words : {link_index} --', "'; DROP TABLE record; --", "\u0001\u202e \U0001F600 ≥≥≥ ((((", "知情同意书" * 400, "x" * 3_000_000]
    case = Case(program, folder, "hostile").page(clinconnect(TITLE, words)).page(veeva("NEAR(" * 300, words), "other.txt")
    case.sync(study(90000051, TITLE, wanted=words), STRANGER).joined(90000051, "a page full of syntax")
    case.dataset.check_whole()
    many = Case(program, folder, "long").page(clinconnect(TITLE, [f"criterion {i} of many with words {i * 7} and {i * 11}" for i in range(20000)]))
    many.sync(study(90000052, TITLE), STRANGER)
    check(many.link().get("state") != "joined", f"a page of a thousand other criteria: {many.link()}")


def main(program):
    with scratch() as folder:
        for part in (twins_are_told_apart, facts_decide, strangers_stay_apart, later_runs, news_of_others, a_page_follows_its_trial, a_study_goes, hostile):
            part(program, folder)


if __name__ == "__main__":
    main(sys.argv[1])
