#!/usr/bin/env python3
"""Makes the code lists of Profiles/ from the terminology hand-over (CSV) and the tables beside this script.

Usage: import_terminology.py TERMINOLOGY_FOLDER [PROFILES_FOLDER]

The same input gives the same bytes. What the product reads structurally is worked out here, once, from the columns
and notes of the hand-over; the product itself never reads a note.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

BASE = "https://spinehook.example/fhir"
VERSION = "0.1.0"
DATE = "2026-11-23"
PUBLISHER = "SpineHook"
GUIDELINE = "lumbosacral-radiculopathy"
FINDINGS = f"{BASE}/CodeSystem/lumbosacral-findings"
HL7 = "http://hl7.org/fhir/StructureDefinition"

ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CPT = "http://www.ama-assn.org/go/cpt"
# Code systems whose licence a site may not hold: files of their own, one folder each.
SEPARATE = {CPT: "cpt", SNOMED: "snomed"}

NOTICES = {
    SNOMED: "This material includes SNOMED Clinical Terms (SNOMED CT), used by permission of SNOMED International. "
    "All rights reserved. SNOMED CT was originally created by the College of American Pathologists. "
    "Use outside SNOMED member countries needs a licence of SNOMED International.",
    LOINC: "This material contains content from LOINC (loinc.org). LOINC is copyright Regenstrief Institute, Inc. and "
    "the LOINC Committee, available at no cost under the license at loinc.org/license.",
    RXNORM: "This product uses publicly available data from the U.S. National Library of Medicine (NLM); "
    "NLM is not responsible for the product and does not endorse it.",
    CPT: "CPT is copyright American Medical Association. All rights reserved; a licence is needed to use CPT in a "
    "product. The labels here are the project's own words, not CPT descriptors.",
    ICD10: "ICD-10-CM is in the public domain in the United States (CDC/NCHS, CMS); ICD-10 is copyright World Health "
    "Organization.",
    "http://hl7.org/fhir/sid/icd-9-cm": "ICD-9-CM is in the public domain in the United States.",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "HCPCS Level II is in the public domain in the "
    "United States (CMS).",
    "http://unitsofmeasure.org": "UCUM codes are copyright Regenstrief Institute, Inc., used unchanged under the UCUM "
    "licence (ucum.org).",
    "urn:oid:2.16.840.1.113883.3.26.1.1": "NCI Thesaurus, U.S. National Cancer Institute, CC BY 4.0.",
    "http://dicom.nema.org/resources/ontology/DCM": "DICOM is copyright NEMA; codes as published in FHIR R4.",
}
HL7_NOTICE = "HL7 code systems are copyright HL7 International, published under CC0-1.0."
RELEASES = "Code lists: ICD-10-CM release of April 2026 and others as named by their sources."

TITLES_OF_OWN_SETS = {
    "body-site-lumbar-or-sacral": "Body sites of the lumbar and sacral spine",
    "body-site-saddle": "Perineal, perianal and genital body sites (the saddle area)",
    "side-left": "Left side",
    "side-right": "Right side",
    "side-bilateral": "Both sides",
    "imaging-region-not-stated": "Imaging tests and modalities that name no region",
}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(notes):
    return [word.strip() for word in notes.split(";") if word.strip()]


# --- qualifiers ---------------------------------------------------------------------------------------------------

# What a measurement code measures, by the words of its display; the logic tells CRP from ESR by these.
MEASURES = {
    "vitals-labs": [
        (r"body temperature", "temperature"),
        (r"body weight", "weight"),
        (r"c[ -]reactive protein", "crp"),
        (r"^esr|erythrocyte sedimentation", "esr"),
        (r"leukocytes|white blood cell", "leukocytes"),
        (r"t4 helper", "cd4"),
        (r"t-score", "t-score"),
        (r"^bacteria identified", "blood-culture"),
    ],
    "pain-and-function-scores": [(r"^pain severity", "pain"), (r".", "function")],
    "pregnancy-status": [
        (r"^pregnancy status", "pregnancy-status"),
        (r"^delivery date", "due-date"),
        (r"last menstrual period", "last-menstrual-period"),
        (r"choriogonadotropin", "pregnancy-test"),
    ],
    "post-void-residual": [(r"post void|residual", "post-void-residual")],
    "ckd": [(r"glomerular filtration", "egfr"), (r"^creatinine", "creatinine")],
}
# Whether an infection with HIV counts by itself is a site's choice.
HIV = re.compile(r"\bHIV\b|human immunodeficiency virus", re.IGNORECASE)
# Weeks of a pregnancy by the display of a code; "less than" counts as the week before.
WEEKS = re.compile(r"^(less than |greater than )?(\d+) weeks gestation", re.IGNORECASE)
# The classes of drug that the rules tell apart, by the ingredient in the RxNorm name.
CLASSES = {
    "neuropathic-agents": [
        (r"gabapentin|pregabalin", "gabapentinoid"),
        (r"amitriptyline|nortriptyline|imipramine|desipramine|doxepin", "tricyclic"),
    ],
}
KEYED = {"applies": "applies", "reason": "reason", "population": "population"}
CAUSE_SETS = {"other-cause-bladder-bowel", "other-cause-leg-weakness"}


def qualifiers(set_name, row):
    found = []
    note_words = words(row["notes"])
    for word in note_words:
        key, _, value = word.partition("=")
        if key in KEYED and value:
            found += [f"{KEYED[key]}:{part}" for part in value.split("+")]
        if key == "component" and set_name in CAUSE_SETS:
            found += [f"cause:{part}" for part in value.split("+")]
    if "both sides needed" in note_words:
        found.append("both-sides")
        found += [f"side:{side}" for side in ("left", "right") if side in note_words]
    if set_name == "immunocompromised-state" and HIV.search(row["display"]):
        found.append("state:hiv")
    weeks = WEEKS.match(row["display"]) if set_name == "pregnancy" else None
    if weeks:
        less = (weeks[1] or "").lower().startswith("less")
        found.append(f"weeks:{int(weeks[2]) - less}")
    if row["system"] in (LOINC, SNOMED):
        for pattern, measure in MEASURES.get(set_name, []):
            if row["system"] == SNOMED and measure in ("pregnancy-test", "function"):
                continue
            if re.search(pattern, row["display"], re.IGNORECASE):
                found.append(f"measure:{measure}")
                break
    for pattern, name in CLASSES.get(set_name, []):
        if re.search(pattern, row["display"], re.IGNORECASE):
            found.append(f"applies:{name}")
    return tuple(sorted(set(found)))


# --- value sets ---------------------------------------------------------------------------------------------------


class ValueSet:
    def __init__(self, name, title):
        self.name, self.title = name, title
        self.codes = {}  # (system, code) -> [display, qualifiers, is header]
        self.sources = Counter()

    def add(self, row, found):
        key = (row["system"], row["code"])
        known = self.codes.get(key)
        if known:
            known[1] = tuple(sorted(set(known[1]) | set(found)))
            known[2] = known[2] or row["match"] == "descendants"
        else:
            self.codes[key] = [clean(row["display"]), found, row["match"] == "descendants"]
        for source in (row["source1"], row["source2"]):
            if source:
                self.sources[source.split(":")[0] if not source.startswith("web:") else source] += 1


def clean(display):
    # One source carries a sentence of its author in the name of a product.
    return re.sub(r" as you suggested and .*$", "", display).strip()


def titles(folder):
    found = {}
    text = (folder / "README.md").read_text(encoding="utf-8")
    for line in text.split("## Counts by set")[1].split("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if len(cells) > 2 and re.fullmatch(r"[a-z0-9-]+", cells[0]) and cells[0] != "set":
            found[cells[0]] = re.sub(r"( \(one file, [^)]*notes\)|; the class each applies to is in notes)", "", cells[1])
    return found


NO_SETS = {"roles", "spinehook-findings", "imaging-modality-map", "mme-factors", "prednisone-equivalents"}


def read_sets(folder, tables):
    sets = {}
    named = titles(folder)
    for path in sorted(folder.glob("*.csv")):
        name = path.name.split(".")[0]
        if name in NO_SETS or path.name.endswith(".expanded.csv"):
            continue
        value_set = sets[name] = ValueSet(name, named.get(name) or TITLES.get(name) or name.replace("-", " ").capitalize())
        expanded = folder / f"{name}.expanded.csv"
        for row in rows_of(path) + (rows_of(expanded) if expanded.exists() else []):
            value_set.add(row, qualifiers(name, row))
    for row in rows_of(tables / "body-sites.csv"):
        own(sets, row["set"], row)
    for row in rows_of(tables / "imaging-region-not-stated.csv"):
        own(sets, "imaging-region-not-stated", row)
    return sets


TITLES = {
    "hints": "Hints of a red flag: the family becomes suspected, never met",
    "spinal-procedure": "Spinal injections, punctures, catheters and stimulators",
}


def own(sets, name, row):
    value_set = sets.setdefault(name, ValueSet(name, TITLES_OF_OWN_SETS[name]))
    value_set.add({**row, "match": "exact", "source1": row["source"].replace(":", " "), "source2": ""}, ())


def compose(value_set, systems):
    """Include blocks: one a system and qualifiers, then one a header, whose filter brings in its children."""
    groups, headers = defaultdict(list), []
    for (system, code), (display, found, is_header) in value_set.codes.items():
        if system not in systems:
            continue
        groups[(system, found)].append({"code": code, "display": display})
        if is_header:
            headers.append((system, code, found))
    includes = []
    for (system, found), concepts in groups.items():
        includes.append({**extensions(found), "system": system, "concept": concepts})
    for system, code, found in headers:
        rule = {"property": "concept", "op": "is-a", "value": code}
        includes.append({**extensions(found), "system": system, "filter": [rule]})
    return includes


def extensions(found):
    if not found:
        return {}
    url = f"{BASE}/StructureDefinition/code-qualifier"
    return {"extension": [{"url": url, "valueCode": word} for word in found]}


def notices(systems):
    texts = [NOTICES.get(system) or HL7_NOTICE for system in systems]
    return " ".join(dict.fromkeys(texts))


def value_set_resource(value_set, name, systems, part_of):
    includes = compose(value_set, systems)
    sources = ", ".join(source for source, _ in sorted(value_set.sources.items(), key=lambda item: (-item[1], item[0])))
    suffix = name[len(value_set.name):]
    label = {"": "", "-cpt": " (CPT)", "-snomed": " (SNOMED CT)"}[suffix]
    resource = {"resourceType": "ValueSet", "id": name}
    if part_of:
        url = f"{BASE}/StructureDefinition/value-set-part-of"
        resource["extension"] = [{"url": url, "valueCanonical": f"{BASE}/ValueSet/{value_set.name}"}]
    resource |= {
        "url": f"{BASE}/ValueSet/{name}",
        "version": VERSION,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "title": value_set.title + label,
        "status": "active",
        "experimental": False,
        "date": DATE,
        "publisher": PUBLISHER,
        "description": f"{value_set.title}{label}. {RELEASES}",
        "purpose": f"A grouping of the project, Apache-2.0; the codes keep the terms below. Codes seen in: {sources}.",
    }
    present = list(dict.fromkeys(include["system"] for include in includes))
    if present:
        resource["copyright"] = notices(present)
        resource["compose"] = {"include": includes}
    return resource


# --- drug products ------------------------------------------------------------------------------------------------

ROUTES = [
    (r"inhal|nasal", "inhaled-or-nasal"),
    (r"sublingual|buccal|mucosal|lozenge", "oromucosal"),
    (r"rectal", "rectal"),
    (r"inject|syringe|cartridge", "injected"),
    (r"transdermal", "transdermal"),
    (r"topical|medicated patch", "topical"),
    (r"ophthalmic|otic", "eye-or-ear"),
    (r"implant", "implanted"),
    (r"vaginal|intrauterine|dental|irrigation", "other-local"),
    (r"oral|tablet|capsule|granules|powder", "oral"),
]
UNITS = {"MG": "mg", "MG/ML": "mg/mL", "MG/MG": "mg/mg", "MG/HR": "mg/h", "MG/ACTUAT": "mg/{actuat}"}


def route(name, note_words):
    text = re.sub(r"\[.*?\]", "", name).lower()
    for pattern, found in ROUTES:
        if re.search(pattern, text):
            return found
    if "route=inhaled" in note_words:
        return "inhaled-or-nasal"
    return None


def strength(name, ingredient, alone):
    """Strength of one ingredient as the product's RxNorm name writes it; None for packs and where it is not clear."""
    text = re.sub(r"\[.*?\]", "", name)
    if "{" in text or "pack" in text.lower():
        return None
    parts = [part.strip() for part in text.split(" / ")]
    fitting = parts if alone else [part for part in parts if ingredient.lower() in part.lower()]
    if len(fitting) != 1:
        return None
    found = re.findall(r"(?<![\d.])(\d+(?:\.\d+)?) (MG/ML|MG/MG|MG/HR|MG/ACTUAT|MG)\b", fitting[0])
    if len(found) != 1:
        return None
    value, unit = found[0]
    return value, UNITS[unit]


def read_products(folder):
    """Every RxNorm code of the expanded files: ingredients, strength, route, form; and the ingredients by name."""
    ingredients, products = {}, {}
    for path in sorted(folder.glob("*.csv")):
        if path.name.split(".")[0] in NO_SETS or ".expanded." in path.name:
            continue
        for row in rows_of(path):
            if row["system"] == RXNORM:
                ingredients.setdefault(row["display"].lower(), row["code"])
    names = {code: name for name, code in ingredients.items()}
    for path in sorted(folder.glob("*.expanded.csv")):
        for row in rows_of(path):
            if row["system"] != RXNORM:
                continue
            note_words = words(row["notes"])
            name = clean(row["display"])
            product = products.setdefault(row["code"], {"ingredients": {}})
            combination = "combination product" in note_words
            product["route"] = route(name, note_words)
            product["extended-release"] = "extended release" in name.lower()
            product["combination"] = product.get("combination", False) or combination
            for word in note_words:
                key, _, value = word.partition("=")
                if key != "ingredient":
                    continue
                for part in value.split("+"):
                    code = part if part.isdigit() else ingredients.get(part.lower())
                    if code:
                        product["ingredients"][code] = strength(name, names.get(code, part), not combination)
    return products


def products_resource(products):
    concepts = []
    for code in sorted(products, key=int):
        product = products[code]
        properties = []
        for ingredient, found in product["ingredients"].items():
            properties.append({"code": "ingredient", "valueCode": ingredient})
            if found:
                value, unit = found
                properties.append({"code": "strength", "valueDecimal": Number(value)})
                properties.append({"code": "strength-unit", "valueCode": unit})
        if product["route"]:
            properties.append({"code": "route", "valueCode": product["route"]})
        for flag in ("extended-release", "combination"):
            if product[flag]:
                properties.append({"code": flag, "valueBoolean": True})
        if properties:
            concepts.append({"code": code, "property": properties})
    return code_system(
        "rxnorm-products",
        "Ingredients, strength and form of drug products",
        "Properties of RxNorm products, read from their RxNorm names: ingredient (RxNorm code), then its strength and "
        "unit where the name gives one strength of it, route of the dose form, extended release, combination product.",
        "supplement",
        concepts,
        [
            ("ingredient", "code", "RxNorm code of an active ingredient; its strength, if any, follows it"),
            ("strength", "decimal", "Strength of the ingredient named before, in the unit that follows"),
            ("strength-unit", "code", "UCUM unit of the strength; mg is for one unit of the product"),
            ("route", "code", "Route that the dose form implies"),
            ("extended-release", "boolean", "The name says extended release"),
            ("combination", "boolean", "More than one active ingredient"),
        ],
        supplements=RXNORM,
        copyright=NOTICES[RXNORM],
    )


# --- code systems -------------------------------------------------------------------------------------------------


def code_system(name, title, description, content, concepts, properties, supplements=None, copyright=None):
    resource = {
        "resourceType": "CodeSystem",
        "id": name,
        "url": f"{BASE}/CodeSystem/{name}",
        "version": VERSION,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "title": title,
        "status": "active",
        "experimental": False,
        "date": DATE,
        "publisher": PUBLISHER,
        "description": description,
        "copyright": copyright or "Copyright of the project, Apache-2.0; codes and displays are free to use.",
        "caseSensitive": True,
        "content": content,
    }
    if supplements:
        resource["supplements"] = supplements
    resource["count"] = len(concepts)
    if properties:
        resource["property"] = [{"code": code, "description": text, "type": kind} for code, kind, text in properties]
    resource["concept"] = concepts
    return resource


def validity(notes):
    if "valid on the day and the day before" in notes:
        return 1
    found = re.search(r"valid (14|365) days", notes)
    return int(found.group(1)) if found else None


def part(notes):
    if re.search(r"is a hint", notes):
        return "hint"
    if "true is presenting" in notes or re.search(r"(^|; )presenting", notes) or "retention, presenting" in notes:
        return "P"
    if "risk factor" in notes:
        return "R"
    return None


def rows_of_findings(folder, tables):
    """The hand-over's questions, the project's own (findings.csv), then the coded answers."""
    rows = rows_of(folder / "spinehook-findings.csv")
    questions = [row for row in rows if row["value"] != "answer"]
    return questions + rows_of(tables / "findings.csv") + [row for row in rows if row["value"] == "answer"]


def findings_resource(folder, tables):
    concepts = []
    for row in rows_of_findings(folder, tables):
        properties = [{"code": "value", "valueCode": kind} for kind in row["value"].split("|")]
        if row["value"] == "CodeableConcept":
            properties += [{"code": "answer", "valueCode": answer} for answer in row["values"].split("|")]
        elif row["values"]:
            properties.append({"code": "values", "valueString": row["values"]})
        bounds = re.match(r"(-?\d+)\.\.(-?\d+) (\S+?)(\||$)", row["values"])
        if bounds:
            low, high, unit, _ = bounds.groups()
            properties += [{"code": "low", "valueDecimal": Number(low)}, {"code": "high", "valueDecimal": Number(high)}]
            properties.append({"code": "unit", "valueCode": unit})
        properties += [{"code": "component", "valueCode": target} for target in row["component"].split()]
        if part(row["notes"]):
            properties.append({"code": "part", "valueCode": part(row["notes"])})
        if "screen component (R2)" in row["notes"]:
            properties.append({"code": "screen", "valueBoolean": True})
        days = validity(row["notes"])
        if days is not None:
            properties.append({"code": "validity", "valueInteger": days})
        muscle = re.fullmatch(r"strength-(.+)-(left|right)", row["code"])
        if muscle:
            properties += [
                {"code": "muscle", "valueCode": muscle.group(1)},
                {"code": "side", "valueCode": muscle.group(2)},
            ]
        concept = {"code": row["code"], "display": row["display"], "definition": row["notes"], "property": properties}
        concepts.append(concept)
    return code_system(
        "lumbosacral-findings",
        "Findings and answers of the red-flag screen and the course",
        "The product's own input codes. An Observation with one of them is a clinician's attestation.",
        "complete",
        concepts,
        [
            ("value", "code", "Kind of value the observation may carry; `answer` marks a coded answer"),
            ("answer", "code", "A code of this system that may be the answer"),
            ("values", "string", "Values allowed, for people"),
            ("low", "decimal", "Smallest quantity"),
            ("high", "decimal", "Largest quantity"),
            ("unit", "code", "UCUM unit of the quantity"),
            ("component", "code", "Criterion, or criterion and component joined by a slash, that it speaks to"),
            ("part", "code", "P presenting, R risk factor, hint"),
            ("screen", "boolean", "Whether it is part of the screen whose answers can deny a family"),
            ("validity", "integer", "Days that a denying answer holds after its own day; absent: no limit"),
            ("muscle", "code", "Muscle group of a strength grade"),
            ("side", "code", "Side of a strength grade"),
        ],
    )


# --- questionnaire ------------------------------------------------------------------------------------------------

QUESTIONNAIRE = "red-flags-and-course"
GROUPS = {
    "redflag.caudaEquina": "Cauda equina",
    "redflag.progressiveDeficit": "Severe or progressive weakness of a leg",
    "redflag.infection": "Spinal infection",
    "redflag.malignancy": "Malignancy",
    "redflag.fracture": "Vertebral fracture",
    "course": "Course and treatment",
    "imaging": "Earlier imaging and MRI safety",
}
GRADES = ["0/5", "1/5", "2/5", "3-/5", "3/5", "3+/5", "4-/5", "4/5", "4+/5", "5/5"]


def questionnaire_resource(findings, tables):
    """The questions of questions.csv, each with the type and the answers that its input code allows."""
    concepts = {concept["code"]: concept for concept in findings["concept"]}
    groups = {name: [] for name in GROUPS}
    for row in rows_of(tables / "questions.csv"):
        groups[row["group"]].append(question_item(row, concepts[row["code"]], concepts))
    return {
        "resourceType": "Questionnaire",
        "id": QUESTIONNAIRE,
        "url": f"{BASE}/Questionnaire/{QUESTIONNAIRE}",
        "version": VERSION,
        "name": "RedFlagsAndCourse",
        "title": "Red flags and course of lumbosacral radiculopathy",
        "status": "active",
        "experimental": False,
        "subjectType": ["Patient"],
        "date": DATE,
        "publisher": PUBLISHER,
        "description": "What the guideline asks about red flags, the course and MRI safety. Each linkId is an input code of "
        "the code system lumbosacral-findings; a completed QuestionnaireResponse is read as answers of the day on which it "
        "was authored. Nothing is required: what is left open stays unknown.",
        "purpose": "To record what a decision turns on, also what was asked and denied.",
        "copyright": "Copyright of the project, Apache-2.0; free to use.",
        "item": [
            {"linkId": name, "text": title, "type": "group", "item": groups[name]} for name, title in GROUPS.items()
        ],
    }


def question_item(row, concept, concepts):
    code = {"system": FINDINGS, "code": row["code"], "display": concept["display"]}
    item = {"linkId": row["code"], "code": [code], "text": row["text"], **answers_of(concept, concepts)}
    text = " ".join(part for part in (row["help"], held(concept)) if part)
    if text:
        control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
        extension = {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": control}
        item["item"] = [{"extension": [extension], "linkId": f"{row['code']}.help", "text": text, "type": "display"}]
    return item


def answers_of(concept, concepts):
    """Type, unit and options of a question."""
    kinds = [entry["valueCode"] for entry in concept["property"] if entry["code"] == "value"]
    unit = next((entry["valueCode"] for entry in concept["property"] if entry["code"] == "unit"), None)
    if "boolean" in kinds:
        return {"type": "boolean"}
    if "dateTime" in kinds:
        return {"type": "date"}
    if "string" in kinds:
        return {"type": "choice", "answerOption": [{"valueString": grade} for grade in GRADES]}
    if "Quantity" in kinds:
        coding = {"system": "http://unitsofmeasure.org", "code": unit, "display": unit}
        return {"extension": [{"url": f"{HL7}/questionnaire-unit", "valueCoding": coding}], "type": "quantity"}
    answers = [concepts[entry["valueCode"]] for entry in concept["property"] if entry["code"] == "answer"]
    options = [{"system": FINDINGS, "code": answer["code"], "display": answer["display"]} for answer in answers]
    return {"type": "choice", "answerOption": [{"valueCoding": option} for option in options]}


def held(concept):
    """How long a denying answer holds, in words; nothing where no limit is given or a grade is asked for."""
    kinds = [entry["valueCode"] for entry in concept["property"] if entry["code"] == "value"]
    days = next((entry["valueInteger"] for entry in concept["property"] if entry["code"] == "validity"), None)
    if days is None or kinds not in (["boolean"], ["CodeableConcept"]):
        return ""
    answer = "A no" if kinds == ["boolean"] else "Normal"
    return f"{answer} holds on its day and the day after." if days == 1 else f"{answer} holds for {days} days."


def override_resource(tables):
    concepts = []
    for row in rows_of(tables / "override-reasons.csv"):
        assert len(row["display"]) < 60, row["code"]
        flag = {"code": "adds-fact", "valueBoolean": row["adds-fact"] == "true"}
        concepts.append({"code": row["code"], "display": row["display"], "property": [flag]})
    return code_system(
        "override-reasons",
        "Reasons for setting a card aside",
        "Reasons offered with a card. One that adds a fact asks for that fact to be recorded and counts as a gap in the "
        "data, not as disagreement.",
        "complete",
        concepts,
        [("adds-fact", "boolean", "The reason states a fact that the record lacks")],
    )


def cards_resource(tables):
    concepts = []
    for row in rows_of(tables / "cards.csv"):
        indicator = {"code": "indicator", "valueCode": row["indicator"]}
        concepts.append({"code": row["code"], "display": row["display"], "property": [indicator]})
    return code_system(
        "cards",
        "Cards of the radiculopathy guideline",
        "What a card is about; the topic of its source.",
        "complete",
        concepts,
        [("indicator", "code", "Usual urgency of the card; a decision may raise or lower it")],
    )


def ratings_resource():
    ratings = {
        "UA": "Usually appropriate",
        "MBA": "May be appropriate",
        "UNA": "Usually not appropriate",
        "INS": "Insufficient data for a rating",
        "NA": "Not evaluated",
    }
    return code_system(
        "imaging-rating",
        "Ratings of imaging orders",
        "Whether imaging is indicated now; the first three are the wording of the appropriateness criteria of the American "
        "College of Radiology.",
        "complete",
        [{"code": code, "display": display} for code, display in ratings.items()],
        [],
    )


# --- tables of the guideline --------------------------------------------------------------------------------------

# Words of a role's note that the logic reads, as a condition of the use.
CONDITIONS = [
    (r"with spine surgery within a year: met", "with-spine-surgery"),
    (r"image the level in question", "other-level"),
    (r"only with the code of the other side", "both-sides"),
    (r"^without a date; with a date see", "without-date"),
    (r"^metastatic: presenting", "metastatic"),
    (r"^current fracture \(7th character", "current-fracture"),
    (r"^current use: recorded within 90 days", "current-use"),
    (r"the region of the order decides", "order-region-decides"),
    (r"^supply or use within 90 days", "within-90-days"),
    (r"^procedure within 90 days", "within-90-days"),
    (r"^90 days$", "within-90-days"),
    (r"only for a finding that began before the episode", "before-episode"),
]
OWN_ROLES = [
    {"set": name, "part": "history", "role": "site", "alone": "no"}
    for name in ("body-site-lumbar-or-sacral", "body-site-saddle", "side-left", "side-right", "side-bilateral")
] + [
    {"set": "imaging-region-not-stated", "part": "order", "role": "order", "alone": "no"},
    # What the note of its row in roles.csv says in words.
    {
        "set": "pain-and-function-scores",
        "criterion": "drug.severePain",
        "part": "P",
        "role": "measurement",
        "alone": "no",
        "system": LOINC,
        "code": "72514-3",
        "note": "7 or more within 7 days",
    },
]


def roles_table(folder):
    rows = []
    for row in rows_of(folder / "roles.csv"):
        entry = {key: row[key] for key in ("set", "component", "criterion", "part", "role", "alone", "system", "code")}
        entry = {key: value for key, value in entry.items() if value}
        found = [word for pattern, word in CONDITIONS if re.search(pattern, row["notes"])]
        if found:
            entry["when"] = found
        if row["notes"]:
            entry["note"] = row["notes"]
        rows.append(entry)
    return table(
        "roles",
        "What a set and a code may do",
        "Role table of the guideline: which criterion and component a set speaks to, and with what force. Rows without "
        "a code are the defaults of their set; rows with a code replace them, the longest fitting ICD-10-CM code wins.",
        rows + OWN_ROLES,
        copyright=NOTICES[SNOMED],
    )


def region(row):
    notes = row["notes"]
    if re.search(r"region not stated|level not in the code|two or more regions", notes) or row["modality"] in ("BONE", "PET"):
        return "not-stated"
    return "other" if "not lumbar" in notes else "lumbar"


def imaging_tests_table(folder, tables):
    source = rows_of(folder / "imaging-modality-map.csv")
    best = {}
    # A plain code first; then one whose note speaks of the order's reason or of a second code, not of the test.
    for rank in (r"^$", r"^in scope only with .* staging is A4 \(R15\)$", r"^CT-MYELO when .* stands beside it \(R8\)$"):
        for row in source:
            if re.fullmatch(rank, row["notes"]):
                best.setdefault((row["system"], row["modality"]), row["code"])
    rows = []
    for row in source:
        entry = {"system": row["system"], "code": row["code"], "test": row["modality"], "region": region(row)}
        if "in scope only with back or leg pain" in row["notes"]:
            entry["needsPainReason"] = True
        if best.get((row["system"], row["modality"])) == row["code"] and row["modality"] != "OTHER":
            entry["preferred"] = True
        if row["notes"]:
            entry["note"] = row["notes"]
        rows.append(entry)
    for row in rows_of(tables / "imaging-region-not-stated.csv"):
        rows.append({
            "system": row["system"], "code": row["code"], "test": row["modality"], "region": "not-stated",
            "note": "contrast not stated (R8)" if row["modality"] in ("MRI-WO", "CT-WO") else "modality only",
        })
    return table(
        "imaging-tests",
        "Imaging tests by code",
        "One imaging test of the fit table for each code; OTHER is outside the table. The region says whether the code "
        "alone puts the test on the lumbar spine. `preferred` marks the code of a system that a suggestion uses.",
        rows,
        copyright=" ".join([NOTICES[CPT], NOTICES[SNOMED], NOTICES[LOINC]]),
    )


def factors_table(folder):
    rows = []
    for row in rows_of(folder / "mme-factors.csv"):
        entry = {"ingredient": row["code"], "name": row["ingredient"], "unit": row["unit"], "route": row["route"]}
        if row["factor"]:
            entry["factor"] = Number(row["factor"])
        rows.append(with_sources(entry, row))
    return table(
        "mme-factors",
        "Morphine milligram equivalents",
        "Conversion factors of the CDC Clinical Practice Guideline for Prescribing Opioids, 2022, by RxNorm ingredient. "
        "No factor: the dose is unknown.",
        rows,
        copyright=NOTICES[RXNORM] + " The factors are of the U.S. Centers for Disease Control and Prevention, public domain.",
    )


def equivalents_table(folder):
    rows = []
    for row in rows_of(folder / "prednisone-equivalents.csv"):
        entry = {"ingredient": row["code"], "name": row["ingredient"]}
        entry["milligrams"] = Number(row["mg_equal_to_5_mg_prednisone"])
        rows.append(with_sources(entry, row))
    return table(
        "prednisone-equivalents",
        "Prednisone equivalents",
        "Milligrams of a systemic corticosteroid that equal 5 mg prednisone, by RxNorm ingredient.",
        rows,
        copyright=NOTICES[RXNORM],
    )


def with_sources(entry, row):
    entry["sources"] = [source for source in (row["source1"], row["source2"]) if source]
    if row["notes"]:
        entry["note"] = row["notes"]
    return entry


def table(name, title, description, rows, copyright):
    return {
        "name": name,
        "version": VERSION,
        "date": DATE,
        "title": title,
        "description": description,
        "licence": "Apache-2.0 for the table; the codes keep their own terms.",
        "copyright": copyright,
        "rows": rows,
    }


# --- extensions ---------------------------------------------------------------------------------------------------


def extension_definition(name, title, description, context, kind):
    return {
        "resourceType": "StructureDefinition",
        "id": name,
        "url": f"{BASE}/StructureDefinition/{name}",
        "version": VERSION,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "title": title,
        "status": "active",
        "experimental": False,
        "date": DATE,
        "publisher": PUBLISHER,
        "description": description,
        "copyright": "Copyright of the project, Apache-2.0.",
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": context}],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {
            "element": [
                {"id": "Extension", "path": "Extension", "short": title, "definition": description},
                {"id": "Extension.extension", "path": "Extension.extension", "max": "0"},
                {"id": "Extension.url", "path": "Extension.url", "fixedUri": f"{BASE}/StructureDefinition/{name}"},
                {"id": "Extension.value[x]", "path": "Extension.value[x]", "min": 1, "type": [{"code": kind}]},
            ]
        },
    }


EXTENSIONS = [
    extension_definition(
        "code-qualifier",
        "Qualifier of the codes of an include",
        "A word that narrows what the codes of the include may do, for example applies:tricyclic, reason:diuresis, "
        "measure:crp.",
        "ValueSet.compose.include",
        "code",
    ),
    extension_definition(
        "value-set-part-of",
        "Set that this one completes",
        "The value set whose codes of one licensed code system are kept in a file of their own here.",
        "ValueSet",
        "canonical",
    ),
    extension_definition(
        "imaging-rating",
        "Rating of an imaging order",
        "Whether imaging is indicated now, by the radiculopathy guideline: a code of the code system imaging-rating; its "
        "text names the rule.",
        "ServiceRequest",
        "CodeableConcept",
    ),
    extension_definition(
        "guideline-statement",
        "Guideline statement that a resource carries out",
        "Id of a statement of the radiculopathy guideline, for example G17; as often as there are statements.",
        "DomainResource",
        "code",
    ),
    extension_definition(
        "source-path",
        "Element that a resource was made from",
        "XPath of the element of a C-CDA document that the resource was made from.",
        "Meta",
        "string",
    ),
    extension_definition(
        "inherited-time",
        "Time of the statement around",
        "The time is that of the statement in which this one stands in a C-CDA document; it states none itself.",
        "Element",
        "boolean",
    ),
    extension_definition(
        "possibly-current",
        "Drug that may still be taken",
        "The request is completed as far as the writing goes; nothing in the C-CDA document says that the drug ended.",
        "MedicationRequest",
        "boolean",
    ),
]


# --- writing ------------------------------------------------------------------------------------------------------


class Number:
    """A number with its digits as the source writes them."""

    def __init__(self, text):
        self.text = text


def flat(value):
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{flat(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(flat(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


LINED = {"concept", "include", "rows", "element"}  # members whose items stand one a line


def pretty(resource):
    """One member a line; the items of long lists one a line; everything below flat."""
    lines = []
    for key, value in resource.items():
        lines.append(f"{json.dumps(key)}:{lined(key, value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def lined(key, value):
    if key == "item":
        groups = [
            "{" + ",".join(f"{json.dumps(name)}:{questions(name, item)}" for name, item in group.items()) + "}"
            for group in value
        ]
        return "[\n" + ",\n".join(groups) + "\n]"
    if key in ("compose", "differential"):
        return "{" + ",".join(f"{json.dumps(name)}:{lined(name, item)}" for name, item in value.items()) + "}"
    if key in LINED:
        return "[\n" + ",\n".join(include(item) if key == "include" else flat(item) for item in value) + "\n]"
    return flat(value)


def questions(name, value):
    return "[\n" + ",\n".join(flat(item) for item in value) + "\n]" if name == "item" else flat(value)


def include(item):
    return "{" + ",".join(f"{json.dumps(name)}:{lined(name, value)}" for name, value in item.items()) + "}"


def write(files, profiles):
    """Writes what is made and removes value sets that an earlier run made and this one does not.

    The other artefacts are the program's: `spinehook guideline export` writes them.
    """
    for folder in ("ValueSets", "ValueSets/cpt", "ValueSets/snomed"):
        for path in sorted((profiles / folder).glob("*.json")):
            if path.relative_to(profiles).as_posix() not in files:
                path.unlink()
    for name, resource in files.items():
        path = profiles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pretty(resource), encoding="utf-8")


def make(folder):
    tables = Path(__file__).resolve().parent / "Terminology"
    files = {}
    for name, value_set in sorted(read_sets(folder, tables).items()):
        systems = list(dict.fromkeys(system for system, _ in value_set.codes))
        base = [system for system in systems if system not in SEPARATE]
        files[f"ValueSets/{name}.json"] = value_set_resource(value_set, name, base, None)
        for system in sorted(set(systems) - set(base)):
            part_name = f"{name}-{SEPARATE[system]}"
            path = f"ValueSets/{SEPARATE[system]}/{part_name}.json"
            files[path] = value_set_resource(value_set, part_name, [system], value_set.name)
    for resource in (
        findings_resource(folder, tables),
        override_resource(tables),
        cards_resource(tables),
        ratings_resource(),
        products_resource(read_products(folder)),
    ):
        files[f"CodeSystems/{resource['id']}.json"] = resource
    questionnaire = questionnaire_resource(files["CodeSystems/lumbosacral-findings.json"], tables)
    files[f"Questionnaires/{QUESTIONNAIRE}.json"] = questionnaire
    for resource in EXTENSIONS:
        files[f"StructureDefinitions/{resource['id']}.json"] = resource
    for made in (
        roles_table(folder),
        imaging_tests_table(folder, tables),
        factors_table(folder),
        equivalents_table(folder),
    ):
        files[f"Guidelines/{GUIDELINE}/{made['name']}.json"] = made
    return files


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    profiles = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parents[2] / "Profiles"
    files = make(Path(sys.argv[1]))
    write(files, profiles)
    print(f"{len(files)} files in {profiles}")


if __name__ == "__main__":
    main()
