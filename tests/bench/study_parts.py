# SPDX-License-Identifier: MIT
"""One made study of ClinicalTrials.gov's API v2: all its modules but the results, each with its share of the bytes."""
from study_words import CITIES, capital

# Of the bytes that are not always there, per mille, as in real studies.
SHARES = {"outcomes": 200, "locations": 190, "eligibility": 165, "description": 150, "derived": 115, "arms": 80, "references": 60, "more": 30}
FIXED = 3050  # bytes of the modules whose size does not change
CENTRES = [(country, city, state, float(lat), float(lon)) for country, city, state, lat, lon in (line.split("|") for line in CITIES)]
CLASSES = ["OTHER", "OTHER", "OTHER", "INDUSTRY", "INDUSTRY", "NIH", "OTHER_GOV", "NETWORK", "FED", "INDIV"]
COMPLETED, RECRUITING, STOPPED, UNKNOWN, PLANNED, ACTIVE = "COMPLETED", "RECRUITING", "TERMINATED", "UNKNOWN", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING"
STATUSES = [COMPLETED] * 11 + [RECRUITING] * 3 + [STOPPED] + [UNKNOWN] * 2 + [PLANNED, ACTIVE, ACTIVE]
KINDS = ["DRUG", "DRUG", "DRUG", "DEVICE", "BEHAVIORAL", "PROCEDURE", "BIOLOGICAL", "OTHER", "DIETARY_SUPPLEMENT", "RADIATION", "DIAGNOSTIC_TEST"]
KIND_NAMES = {kind: capital(kind.lower().replace("_", " ")).replace("supplement", "Supplement").replace("test", "Test") for kind in KINDS}
PHASES = [["PHASE1"], ["PHASE1", "PHASE2"], ["PHASE2"], ["PHASE2"], ["PHASE2", "PHASE3"], ["PHASE3"], ["PHASE4"], ["NA"], ["NA"], ["NA"], ["EARLY_PHASE1"]]
MASKED = ["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"]
MASKING = ["NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"]


class Study:
    """Draws one study; `size` is about what all of it but the results takes."""

    def __init__(self, prose, dice, number, size):
        self.prose, self.dice = prose, dice
        self.nct = f"NCT{80000000 + number * 7654321 % 10000000}"
        self.status = dice.choice(STATUSES)
        self.start = dice.randrange(2003, 2024) if self.status != PLANNED else 2025
        weights = {name: share * (0.4 + 1.2 * dice.random()) for name, share in SHARES.items()}
        # What is large without results is large by its places.
        weights["locations"] += max(0, size - 20000) / 40
        whole = sum(weights.values())
        self.room = {name: max(0, size - FIXED) * weight / whole for name, weight in weights.items()}
        self.sponsor = {"name": dice.choice(prose.houses), "class": dice.choice(CLASSES)}
        self.drugs = dice.sample(prose.drugs, 3)
        self.illnesses = dice.sample(prose.illnesses, dice.randrange(1, 4))

    def day(self, year):
        return f"{year}-{self.dice.randrange(1, 13):02}-{self.dice.randrange(1, 29):02}"

    def dated(self, year, kind="ACTUAL"):
        return {"date": self.day(year), "type": kind}

    def person(self):
        return self.dice.choice(self.prose.names)

    def identification(self):
        title = self.dice.choice(self.prose.titles)
        module = {"nctId": self.nct, "orgStudyIdInfo": {"id": f"{self.drugs[0][:4].upper()}-{self.dice.randrange(1000, 9999)}"}}
        if self.dice.random() < 0.2:
            module["secondaryIdInfos"] = [{"id": f"{self.start}-{self.dice.randrange(10 ** 6):06}-{self.dice.randrange(100):02}", "type": "EUDRACT_NUMBER"}]
        module.update(organization={"fullName": self.sponsor["name"], "class": self.sponsor["class"]}, briefTitle=title,
                      officialTitle=f"A Randomised Comparison of {title}: the “{self.dice.choice(self.prose.houses)}” Study")
        if self.dice.random() < 0.22:
            module["acronym"] = self.drugs[0][:5].upper() + "-2"
        return module

    def status_module(self, has_results):
        ended = self.status in (COMPLETED, STOPPED)
        kind = "ACTUAL" if ended else "ESTIMATED"
        end = self.start + (2 if ended else 3)
        module = {"statusVerifiedDate": f"{end}-06", "overallStatus": self.status}
        if self.status == UNKNOWN:
            module["lastKnownStatus"] = RECRUITING
        if self.status == STOPPED:
            module["whyStopped"] = self.prose.text(self.dice, 60)
        module["expandedAccessInfo"] = {"hasExpandedAccess": False}
        module["startDateStruct"] = {"date": self.day(self.start)[:7 if self.start < 2008 else 10], "type": "ACTUAL" if self.start < 2024 else "ESTIMATED"}
        module["primaryCompletionDateStruct"] = self.dated(self.start + 1, kind)
        module["completionDateStruct"] = self.dated(end, kind)
        module["studyFirstSubmitDate"] = module["studyFirstSubmitQcDate"] = self.day(self.start - 1)
        module["studyFirstPostDateStruct"] = {"date": module["studyFirstSubmitDate"], "type": "ACTUAL"}
        if has_results:
            module["resultsFirstSubmitDate"] = module["resultsFirstSubmitQcDate"] = self.day(end + 1)
            module["resultsFirstPostDateStruct"] = {"date": module["resultsFirstSubmitDate"], "type": "ACTUAL"}
        module["lastUpdateSubmitDate"] = self.day(end + 2)
        module["lastUpdatePostDateStruct"] = {"date": module["lastUpdateSubmitDate"], "type": "ACTUAL"}
        return module

    def sponsors(self):
        person = self.person()
        party = [{"type": "SPONSOR"}, {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": person, "investigatorTitle": "Professor of Medicine",
                                       "investigatorAffiliation": self.sponsor["name"]}][self.dice.randrange(2)]
        module = {"responsibleParty": party, "leadSponsor": self.sponsor}
        if self.dice.random() < 0.33:
            module["collaborators"] = [{"name": name, "class": self.dice.choice(CLASSES)} for name in self.dice.sample(self.prose.houses, 2)]
        return module

    def description(self):
        size = self.room["description"]
        module = {"briefSummary": self.prose.paragraphs(self.dice, min(size, 700) if self.dice.random() < 0.66 else size)}
        if size > 900:
            module["detailedDescription"] = self.prose.paragraphs(self.dice, size - 600)
        return module

    def design(self, observational):
        module = {"studyType": "OBSERVATIONAL" if observational else "INTERVENTIONAL"}
        if observational:
            module["patientRegistry"] = False
            module["designInfo"] = {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"}
            module["bioSpec"] = {"retention": "SAMPLES_WITH_DNA", "description": self.prose.text(self.dice, 60)}
        else:
            masked = self.dice.randrange(5)
            module["phases"] = self.dice.choice(PHASES)
            module["designInfo"] = {"allocation": "RANDOMIZED", "interventionModel": "PARALLEL",
                                    "interventionModelDescription": self.prose.text(self.dice, 120), "primaryPurpose": "TREATMENT",
                                    "maskingInfo": {"masking": MASKING[masked]}}
            if masked:
                module["designInfo"]["maskingInfo"]["whoMasked"] = MASKED[:masked]
        module["enrollmentInfo"] = {"count": self.dice.randrange(10, 2000), "type": "ACTUAL" if self.status in (COMPLETED, STOPPED) else "ESTIMATED"}
        return module

    def arms(self):
        room, count = self.room["arms"], 1 + min(5, int(self.room["arms"] / 700))
        kind, drugs = self.dice.choice(KINDS), self.dice.sample(self.prose.drugs, count)
        each = max(60, room / count / 2 - 130)
        groups = [{"label": f"{capital(drug)} group", "type": "EXPERIMENTAL" if n == 0 else "ACTIVE_COMPARATOR", "description": self.prose.text(self.dice, each),
                   "interventionNames": [f"{KIND_NAMES[kind]}: {capital(drug)}"]} for n, drug in enumerate(drugs)]
        interventions = [{"type": kind, "name": capital(drug), "description": self.prose.text(self.dice, each), "armGroupLabels": [f"{capital(drug)} group"],
                          "otherNames": [f"{drug[:3].upper()}-{len(drug)}01®"]} for drug in drugs]
        return {"armGroups": groups, "interventions": interventions}

    def outcomes(self):
        left, some = self.room["outcomes"], []
        while left > 0 or not some:
            described = self.dice.random() < 0.83
            some.append({"measure": f"Change of {self.dice.choice(self.prose.signs)} and of {self.dice.choice(self.prose.signs)}"})
            if described:
                some[-1]["description"] = self.prose.text(self.dice, 200)
            some[-1]["timeFrame"] = self.dice.choice(self.prose.times)
            left -= 340 if described else 130
        first = 1 + len(some) // 4
        return {"primaryOutcomes": some[:first], **({"secondaryOutcomes": some[first:]} if some[first:] else {})}

    def eligibility(self):
        half, numbered = self.room["eligibility"] / 2, self.dice.random() < 0.4
        ages = [["CHILD", "ADULT"], ["ADULT", "OLDER_ADULT"], ["ADULT"]][self.dice.randrange(3)]
        module = {"eligibilityCriteria": f"Inclusion Criteria:\n\n{self.prose.items(self.dice, half, numbered)}\n\n"
                                         f"Exclusion Criteria:\n\n{self.prose.items(self.dice, half, numbered)}",
                  "healthyVolunteers": self.dice.random() < 0.2, "sex": self.dice.choice(["ALL", "ALL", "ALL", "ALL", "FEMALE", "MALE"]),
                  "minimumAge": "12 Years" if ages[0] == "CHILD" else "18 Years"}
        if "OLDER_ADULT" not in ages:
            module["maximumAge"] = "64 Years"
        module["stdAges"] = ages
        return module

    def location(self):
        country, city, state, lat, lon = self.dice.choice(CENTRES)
        place = {"facility": self.dice.choice(self.prose.houses)}
        if self.status == RECRUITING:
            place["status"] = RECRUITING
        place["city"] = city
        if state:
            place["state"] = state
        place.update(zip=f"{self.dice.randrange(10000, 99999)}", country=country)
        if self.status == RECRUITING and self.dice.random() < 0.6:
            place["contacts"] = [{"name": self.person(), "role": "CONTACT", "phone": "+1 555 0100", "email": "contact@example.org"}]
        place["geoPoint"] = {"lat": lat, "lon": lon}
        return place

    def locations(self):
        module = {}
        if self.status == RECRUITING:
            module["centralContacts"] = [{"name": self.person(), "role": "CONTACT", "phone": "+1 555 0100", "email": "contact@example.org"}]
        module["overallOfficials"] = [{"name": f"{self.person()}, MD", "affiliation": self.sponsor["name"], "role": "PRINCIPAL_INVESTIGATOR"}]
        each = 245 if self.status == RECRUITING else 180
        module["locations"] = [self.location() for _ in range(max(1, round(self.room["locations"] / each)))]
        return module

    def references(self):
        many = round(self.room["references"] / 345)
        return {"references": [{"pmid": f"{self.dice.randrange(10 ** 7, 4 * 10 ** 7)}", "type": "BACKGROUND",
                                "citation": f"{self.person()}, {self.person()}. {self.prose.text(self.dice, 190)} J Inv Med. {self.start - 1};12(3):45-58. "
                                            "doi: 10.0000/example."} for _ in range(many)]} if many else None

    def browse(self, words, size):
        """Descriptors of the words and what stands above them, in the thesaurus' form."""
        def term(word):
            return {"id": f"D{900000 + hash_of(word):06}", "term": capital(word)}

        above = self.dice.sample(self.prose.terms, min(len(self.prose.terms), max(1, int(size / (160 if self.start < 2016 else 70)))))
        module = {"meshes": [term(word) for word in words], "ancestors": [term(word + " disorders") for word in above]}
        if self.start < 2016:
            module["browseLeaves"] = [{"id": f"M{hash_of(word)}", "name": capital(word), "relevance": "LOW"} for word in above]
            module["browseBranches"] = [{"abbrev": "All", "name": "All Conditions"}]
        return module

    def derived(self):
        half = self.room["derived"] / 2
        return {"miscInfoModule": {"versionHolder": "2026-01-16"}, "conditionBrowseModule": self.browse(self.illnesses, half * 1.3),
                "interventionBrowseModule": self.browse(self.drugs[:1], half * 0.7)}

    def protocol(self, has_results):
        observational = self.dice.random() < 0.25
        section = {"identificationModule": self.identification(), "statusModule": self.status_module(has_results), "sponsorCollaboratorsModule": self.sponsors(),
                   "oversightModule": {"oversightHasDmc": True, "isFdaRegulatedDrug": False, "isFdaRegulatedDevice": False},
                   "descriptionModule": self.description(),
                   "conditionsModule": {"conditions": [capital(word) for word in self.illnesses], "keywords": self.dice.sample(self.prose.signs, 3)},
                   "designModule": self.design(observational), "armsInterventionsModule": self.arms(), "outcomesModule": self.outcomes(),
                   "eligibilityModule": self.eligibility(), "contactsLocationsModule": self.locations()}
        if observational:
            section["eligibilityModule"].update(studyPopulation=self.prose.text(self.dice, 140), samplingMethod="NON_PROBABILITY_SAMPLE")
        references = self.references()
        if references:
            section["referencesModule"] = references
        section["ipdSharingStatementModule"] = {"ipdSharing": "NO", "description": self.prose.text(self.dice, self.room["more"])}
        return section


def hash_of(word):
    """A number below 100,000 that is the same in every run."""
    number = 7
    for letter in word:
        number = (number * 31 + ord(letter)) % 100000
    return number
