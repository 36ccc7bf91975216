# SPDX-License-Identifier: MIT
"""The results of a made study: participant flow, baseline, outcome measures and adverse events."""

ORGANS = ["Gastrointestinal disorders", "Nervous system disorders", "Infections and infestations", "Skin and subcutaneous tissue disorders",
          "General disorders", "Respiratory, thoracic and mediastinal disorders", "Musculoskeletal and connective tissue disorders", "Eye disorders",
          "Vascular disorders", "Injury, poisoning and procedural complications"]
EVENTS = """Nausea Vomiting Headache Dizziness Fatigue Pyrexia Rash Pruritus Cough Dyspnoea Arthralgia Myalgia Insomnia Constipation Diarrhoea Anaemia Neutropenia
Pneumonia Cellulitis Sepsis Syncope Hypotension Hypertension Oedema Epistaxis Alopecia Anxiety Tremor Cataract Tinnitus""".split()
EXTENTS = ["", " peripheral", " acute", " aggravated", " chronic", " bilateral", " upper", " transient"]
# Bytes of one adverse event and of one of its groups, of one class of an outcome and of one of its groups: to see when the size is reached.
EVENT, EVENT_GROUP, CLASS, CLASS_GROUP = 150, 62, 55, 48


def groups(prose, dice, letter, count):
    return [{"id": f"{letter}G{n:03}", "title": f"{prose.drugs[(n * 5 + count) % len(prose.drugs)].capitalize()} {dice.choice(prose.doses)}",
             "description": prose.text(dice, 230)} for n in range(count)]


def counts(some, numbers):
    return [{"groupId": one["id"], "value": str(number)} for one, number in zip(some, numbers)]


def participant_flow(prose, dice, count, sizes):
    some = groups(prose, dice, "F", count)
    left = [size // 9 for size in sizes]

    def milestone(kind, numbers):
        return {"type": kind, "achievements": [{"groupId": one["id"], "numSubjects": str(n)} for one, n in zip(some, numbers)]}

    reasons = [{"groupId": one["id"], "numSubjects": str(n)} for one, n in zip(some, left)]
    return {"recruitmentDetails": prose.text(dice, 190), "groups": some,
            "periods": [{"title": "Overall Study",
                         "milestones": [milestone("STARTED", sizes), milestone("COMPLETED", [a - b for a, b in zip(sizes, left)]),
                                        milestone("NOT COMPLETED", left)],
                         "dropWithdraws": [{"type": "Withdrawal by Subject", "reasons": reasons}]}]}


def baseline(prose, dice, count, sizes):
    some = groups(prose, dice, "B", count) + [{"id": f"BG{count:03}", "title": "Total", "description": "Total of all reporting groups"}]
    sizes = sizes + [sum(sizes)]

    def measurements(values, **more):
        return [{"groupId": one["id"], "value": str(value), **more} for one, value in zip(some, values)]

    women = [size * dice.randrange(30, 70) // 100 for size in sizes[:-1]]
    women.append(sum(women))
    return {"groups": some, "denoms": [{"units": "Participants", "counts": counts(some, sizes)}],
            "measures": [
                {"title": "Age, Continuous", "paramType": "MEAN", "dispersionType": "STANDARD_DEVIATION", "unitOfMeasure": "years",
                 "classes": [{"categories": [{"measurements": measurements([f"{40 + 30 * dice.random():.1f}" for _ in some], spread="11.37")}]}]},
                {"title": "Sex: Female, Male", "paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants",
                 "classes": [{"categories": [{"title": "Female", "measurements": measurements(women)},
                                             {"title": "Male", "measurements": measurements([a - b for a, b in zip(sizes, women)])}]}]}]}


def outcome_measure(prose, dice, some, sizes, number):
    classes = [{"title": f"Week {4 * week}",
                "categories": [{"measurements": [{"groupId": one["id"], "value": f"{dice.random() * 90:.2f}", "spread": f"{dice.random() * 20:.3f}"}
                                                 for one in some]}]} for week in range(dice.randrange(1, 9))]
    measure = {"type": "PRIMARY" if number == 0 else "SECONDARY", "title": f"Change of {dice.choice(prose.signs)} {dice.choice(prose.times)}",
               "description": prose.text(dice, 270), "populationDescription": prose.text(dice, 95), "reportingStatus": "POSTED", "paramType": "MEAN",
               "dispersionType": "Standard Deviation", "unitOfMeasure": "score on a scale", "timeFrame": dice.choice(prose.times), "groups": some,
               "denoms": [{"units": "Participants", "counts": counts(some, sizes)}], "classes": classes}
    if number % 3 == 0:
        measure["analyses"] = [{"groupIds": [one["id"] for one in some[:2]], "nonInferiorityType": "SUPERIORITY_OR_OTHER", "pValue": "<0.001",
                                "statisticalMethod": "ANCOVA", "statisticalComment": prose.text(dice, 107), "ciPctValue": "95"}]
    return measure, 900 + 320 * len(some) + len(classes) * (CLASS + (CLASS_GROUP + 12) * len(some))


def outcome_measures(prose, dice, count, sizes, size):
    some, measures = groups(prose, dice, "O", count), []
    while size > 0:
        measure, about = outcome_measure(prose, dice, some, sizes, len(measures))
        measures.append(measure)
        size -= about
    return {"outcomeMeasures": measures}


def adverse_events(prose, dice, count, sizes, size):
    some = groups(prose, dice, "E", count)
    ids = [one["id"] for one in some]
    kinds = len(EVENTS) * len(EXTENTS)

    def event(number):
        return {"term": EVENTS[number % len(EVENTS)] + EXTENTS[number // len(EVENTS) % len(EXTENTS)] + (f" ({number // kinds})" if number >= kinds else ""),
                "organSystem": ORGANS[number % len(ORGANS)], "sourceVocabulary": "MedDRA 24.1", "assessmentType": "SYSTEMATIC_ASSESSMENT",
                "stats": [{"groupId": one, "numEvents": (number * 7 + n) % 5, "numAffected": (number * 7 + n) % 4, "numAtRisk": at_risk}
                          for n, (one, at_risk) in enumerate(zip(ids, sizes))]}

    events = [event(number) for number in range(max(2, int(size / (EVENT + EVENT_GROUP * count))))]
    for one, at_risk in zip(some, sizes):
        one.update(deathsNumAffected=0, deathsNumAtRisk=at_risk, seriousNumAffected=1, seriousNumAtRisk=at_risk, otherNumAffected=3, otherNumAtRisk=at_risk)
    return {"frequencyThreshold": "5", "timeFrame": dice.choice(prose.times), "description": prose.text(dice, 217), "eventGroups": some,
            "seriousEvents": events[: len(events) // 4], "otherEvents": events[len(events) // 4:]}


def results_section(prose, dice, size):
    """About so many bytes, at least 5,000: a study with few groups, or one with many when there is much to say."""
    count = dice.randrange(1, 3) if size < 60000 else dice.randrange(2, 6)
    sizes = [dice.randrange(20, 400) for _ in range(count)]
    section = {"participantFlowModule": participant_flow(prose, dice, count, sizes),
               "baselineCharacteristicsModule": baseline(prose, dice, count, sizes)}
    left = size - 3200 - 1800 * count
    section["outcomeMeasuresModule"] = outcome_measures(prose, dice, count, sizes, left * 0.55)
    section["adverseEventsModule"] = adverse_events(prose, dice, count, sizes, left * 0.45)
    section["moreInfoModule"] = {"limitationsAndCaveats": {"description": prose.text(dice, 135)},
                                 "certainAgreement": {"piSponsorEmployee": False, "restrictionType": "GT60", "restrictiveAgreement": True},
                                 "pointOfContact": {"title": "Clinical Trial Manager", "organization": dice.choice(prose.houses),
                                                    "email": "contact@example.org", "phone": "+1 555 0100"}}
    return section
