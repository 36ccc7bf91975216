# SPDX-License-Identifier: MIT
"""Invented prose, names and places for made studies: sentences of patterns and words, with the marks, letters and escapes that real records have."""
import random

WORDS = {
    "group": """participants|patients|volunteers|adults with long-standing symptoms|people living at altitude|outpatients|residents of care homes
night workers|retired sailors|children of school age|members of walking clubs|first-time mothers|recreational runners|people aged 65 years or older
former miners|kidney transplant recipients|households with young children|students of nursing|drivers of night buses|beekeepers""",
    "drug": """lumavexin|tarsolimab|quellopril|orbatinib|nevrasone|pelagrastim|sundarine|mirtoxaban|calvidipine|brisolol|felmacept|zentorubicin
auralipid|dovatriptan|hexaferol|ivorcillin|kelvimod|palquinone|rontezumab|solvaptide|umbrazole|wendostat|yarrolimus|glenofibrate""",
    "dose": """2.5 mg once daily|40 mg twice daily|1.2 g/m² every 21 days|0.5 µg/kg/min|300 IU per week|10 mL of a 5 % solution|75 mg at bedtime|150 mg/kg over 2 hours
6 sessions of 45 minutes|two capsules with breakfast|8 puffs in four hours|25 mg/day, raised to 100 mg/day""",
    "sign": """evening knee pain|shortness of breath on stairs|morning stiffness|blood pressure|fasting glucose|walking speed|sleep quality|visual acuity|grip strength
forced expiratory volume|urinary albumin|bone mineral density|serum ferritin|fatigue|wound area|tremor|C-reactive protein|platelet count|reaction time
heart rate variability|hemoglobin A1c|left ventricular ejection fraction|quality of life|itch|body weight|tumor diameter|viral load|oxygen saturation""",
    "tool": """the seven-item Harbour Questionnaire|a 100-mm visual analogue scale|a wrist-worn accelerometer|the six-minute walk test|duplex ultrasound|a paper diary
high-performance liquid chromatography|magnetic resonance imaging at 3 T|a handheld dynamometer|the Willow Index of Daily Life|spirometry|a blinded assessor
24-hour urine collection|quantitative polymerase chain reaction|the Lantern Fatigue Inventory|optical coherence tomography|a structured telephone interview""",
    "illness": """moderate osteoarthritis of the knee|type 2 diabetes|seasonal hay fever|chronic lateral epicondylitis|mild cognitive impairment|stage III heart failure
persistent atrial fibrillation|relapsing sinusitis|uncontrolled hypertension|chronic kidney disease|active tuberculosis|major depressive disorder|hepatitis B
iron deficiency anemia|advanced non-small cell tumors|plaque psoriasis|open-angle glaucoma|irritable bowel syndrome|sleep apnea|restless legs|migraine""",
    "time": """at week 12|within 24 hours|over the first six months|at baseline and every four weeks|between day 1 and day 28|at the end of each cycle|30 days after the last dose
before discharge|during the run-in period|up to 52 weeks|at 3, 6, 9 and 12 months|from randomization until progression or death, whichever comes first""",
    "number": """≥ 18|\\<150|\\>2.5 times the upper limit of normal|at least 3|between 20 and 35|no more than 14|< 1.5 × 10\\^9/L|±3|5.0-7.5|above the 90th percentile|12/14|≤ 45""",
    "place": """the outpatient clinic|a regional hospital|the day ward|their own homes|a sports laboratory|a primary care practice|the intensive care unit|a village health post
the sleep laboratory|an academic medical centre|community pharmacies|a rehabilitation unit|the Zürich site|the São Tomé site|the Łódź site|Clinique de l'Étang""",
    "person": """the investigator|a study nurse|an independent statistician|the attending physician|two blinded readers|a licensed physiotherapist|the data monitoring committee
a trained interviewer|the pharmacist|Dr. Ahlström's team|a "peer coach"|the local ethics committee""",
}
PATTERNS = """{Group} with {illness} will be asked about {sign} {time}.
The change of {sign} is measured with {tool} {time}.
{Drug} ({dose}) is compared with placebo in {group} who have {illness}.
Treatment with {drug} has been associated with lower {sign}, but little is known about {group}.
After written informed consent, {person} assigns {group} to {drug} or to usual care.
In an earlier study of {group}, {sign} was {number} in those given {drug} and {number} in the others.
Visits take place in {place} {time}; {person} records {sign} and all adverse events.
{Sign} and {sign} are assessed by {person} using {tool}.
History of {illness} or of {illness}, unless it was treated with {drug} for {number} months.
Use of {drug} or of any other medicine that may influence {sign} {time}.
Known hypersensitivity to {drug}, or to any of its excipients (e.g. lactose, E 171).
A value of {sign} that is {number} as judged by {person}.
Pregnant or breast-feeding women, and women who do not use "highly effective" contraception {time}.
The sample size was planned so that a difference of {number} in {sign} can be found with a power of 90% (α = 0.05, two-sided).
{Person} and {person} do not know who receives {drug}.
Secondary aims are to describe {sign}, {sign} and {sign} in {place}.
Able to walk {number} steps and to visit {place} {time}.
Blood is drawn in {place}; {tool} is used for {sign} & {sign}.
The hypothesis is that {drug} at {dose} improves {sign} in {group} more than exercise alone does.
Those who stop {drug} early remain in the study and are followed {time}.
Scores range from 0 (none) to {number} points; a higher score means worse {sign}.
Missing values of {sign} are imputed; a sensitivity analysis leaves out {group}.
Signed consent by the participant, or by {person} on the participant's behalf, before anything is done.
It is not known whether {group} benefit from {drug}; this study asks them about {sign} {time}.
{Illness} that was diagnosed in {place} and confirmed with {tool}.
Proportion of {group} whose {sign} falls by {number} {time}
Cells were counted per µL; concentrations \\[ng/mL\\] below the limit are set to half of it.
Participation in another study of {drug} {time}, or surgery planned in {place}.
Daily {drug} at {dose} is taken in {place} under the eyes of {person}, and {sign} is noted on a card.""".split("\n")

GIVEN = """Ada Birk Carla Dagny Edmund Fiona Gösta Hanneke Ivo Jolán Käthe Ludovic Maeve Nuria Oskar Petra Quirin Rosalía Søren Tomasz Ulla Viktor Wilma Xenia
Yusuf Zoë Amara Brigid Cosmo Delphine""".split()
FAMILY = """Fenwick Ahlström Brandvold Castañeda Dunmore Eklöf Farquhar Grünewald Holloway Ibsen Jurczyk Keating Lindqvist Marchetti Nørgaard Okonjo Pemberton Quist
Rasmussen Škoda Thackeray Ustinov Vandermeer Whitlock Yilmaz Zapletal Abernathy Bellweather Crowhurst Dalgaard""".split()
HOUSES = "Willow Harbour Lantern Meadow Juniper Larkspur Saltmarsh Foxglove Kingfisher Alder Heron Bramble Cedar Thistle Quarry Lighthouse Orchard Plover Sorrel Tern".split()
KINDS = ["University Hospital", "Medical Center", "Clinic", "Institute of Medicine", "Research Site 0417", "Children's Hospital", "Health System", "General Hospital", "Cancer Centre"]

# Cities are few and well known; a study takes places around them.
CITIES = """United States|Boston|Massachusetts|42.36|-71.06
United States|Houston|Texas|29.76|-95.37
United States|Rochester|Minnesota|44.02|-92.47
United States|Los Angeles|California|34.05|-118.24
United States|Durham|North Carolina|35.99|-78.90
United States|Birmingham|Alabama|33.52|-86.80
United States|Orlando|Florida|28.54|-81.38
Germany|Köln|North Rhine-Westphalia|50.93|6.95
Germany|Tübingen||48.52|9.05
France|Saint-Étienne||45.43|4.39
France|Lyon||45.75|4.85
Spain|Málaga||36.72|-4.42
Italy|Padova|PD|45.41|11.88
Poland|Łódź||51.75|19.47
Japan|Sapporo|Hokkaido|43.06|141.35
China|Chengdu|Sichuan|30.67|104.07
China|Guangzhou|Guangdong|23.12|113.25
South Korea|Seoul||37.57|126.98
Egypt|Asyut||27.18|31.18
Brazil|São Paulo||-23.55|-46.64
Canada|Montréal|Quebec|45.51|-73.59
United Kingdom|Leeds||53.80|-1.55
Denmark|Aarhus||56.16|10.21
Turkey (Türkiye)|İzmir||38.41|27.14
Israel|Haifa||32.82|34.99
India|Pune|Maharashtra|18.52|73.86
Australia|Hobart|Tasmania|-42.88|147.33
Switzerland|Zürich||47.37|8.55
Mexico|Mérida|Yucatán|20.97|-89.62
Netherlands|Utrecht||52.09|5.12""".split("\n")

SENTENCES = 20000
TITLES = 3000


def capital(text):
    return text[:1].upper() + text[1:]


class Prose:
    """Pools of sentences, titles and names, the same for the same seed; `dice` draws from them."""

    def __init__(self, seed):
        dice = random.Random(seed)
        pools = {name: [word for line in text.split("\n") for word in line.split("|")] for name, text in WORDS.items()}
        self.sentences = [self.sentence(dice, pools) for _ in range(SENTENCES)]
        self.titles = [f"{capital(dice.choice(pools['drug']))} for {capital(dice.choice(pools['sign']))} in {capital(dice.choice(pools['group']))} "
                       f"With {capital(dice.choice(pools['illness']))}" for _ in range(TITLES)]
        self.names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
        self.houses = [f"{house} {kind}" for house in HOUSES for kind in KINDS]
        self.times, self.drugs, self.doses, self.signs = pools["time"], pools["drug"], pools["dose"], pools["sign"]
        self.illnesses = pools["illness"]
        self.terms = [*self.signs, *self.illnesses, *pools["group"]]

    @staticmethod
    def sentence(dice, pools):
        text = dice.choice(PATTERNS)
        while "{" in text:
            start = text.index("{")
            name = text[start + 1: text.index("}", start)]
            word = dice.choice(pools[name.lower()])
            text = text[:start] + (word if name.islower() else capital(word)) + text[start + len(name) + 2:]
        return text

    def text(self, dice, size, between=" "):
        """About so many bytes of sentences, at least one."""
        return between.join(dice.choices(self.sentences, k=max(1, round(size / 107))))

    def paragraphs(self, dice, size):
        parts = []
        while size > 0:
            part = min(size, dice.randrange(250, 900))
            parts.append(self.text(dice, part))
            size -= part
        return "\n\n".join(parts)

    def items(self, dice, size, numbered):
        """A list in Markdown, one sentence an item, some with points below them."""
        lines, number = [], 0
        for sentence in dice.choices(self.sentences, k=max(1, round(size / 111))):
            number += 1
            lines.append(f"{number}. {sentence}" if numbered else f"* {sentence}")
            if number % 7 == 0:
                lines[-1] = lines[-1][:-1] + ":\n   1. " + dice.choice(self.signs) + "\n   2. " + dice.choice(self.illnesses)
        return "\n".join(lines)
