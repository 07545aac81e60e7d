"""The expectations that the corpus states: robustness, the trap document, the problem status of known patients."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any, Iterator

from ccda_conversion import Conversion, codings, resources
from strict_json import Number, exact

Resource = dict[str, Any]
CANARY = b"CANARY-MUST-NOT-APPEAR"
REASONS = {
    "doctype": {"XML-104"},
    "depth": {"XML-106"},
    "limits": {"XML-105", "XML-107", "XML-108", "XML-109"},
    "encoding": {"XML-110", "XML-111"},
    "empty": {"XML-101", "INPUT-103"},
    "not-xml": {"XML-102", "XML-103", "INPUT-115"},
    "not-wellformed": {f"XML-{number}" for number in range(120, 128)},
    "namespace": {"CCDA-102"},
    "not-cda": {"CCDA-101"},
}


def robustness(corpus: Path, conversion: Conversion) -> Iterator[tuple[str, str | None]]:
    """Each row of `robustness/expected.csv` with what is wrong, if anything."""
    with open(corpus / "robustness" / "expected.csv", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row["file"], robustness_problem(row["expected"], f"robustness/{row['file']}", conversion)


def robustness_problem(expected: str, source: str, conversion: Conversion) -> str | None:
    outcomes, _, detail = expected.partition(":")
    issues = [issue for issue in conversion.issues if issue["source"] == source]
    output = conversion.written.get(source, b"") + json.dumps([issues, conversion.losses.get(source)]).encode()
    if CANARY in output:
        return "the canary came out"
    if source in conversion.written:
        if "accept" not in outcomes.split("-or-"):
            return "accepted"
        warned = any(issue["severity"] == "warning" for issue in issues)
        return "no warning" if detail == "warning" and not warned else None
    if "reject" not in outcomes.split("-or-"):
        return f"refused: {issues[0]['code'] if issues else 'without a reason'}"
    found = conversion.refused[source]["code"] if source in conversion.refused else None
    return None if found in REASONS[detail] else f"refused for {found}, expected {detail}"


# The trap document

ACTIVE = frozenset({"active", "recurrence", "relapse"})


def trap(corpus: Path, conversion: Conversion) -> Iterator[tuple[str, str | None]]:
    """Each fact of `traps/lumbar-trap.expected.json` with what is wrong, if anything."""
    expected = json.loads((corpus / "traps" / "lumbar-trap.expected.json").read_text())
    source = "traps/lumbar-trap.xml"
    if source not in conversion.written:
        yield "the trap document", "not converted"
        return
    bundle = exact(conversion.written[source].decode())
    made = Made(resources(bundle))
    patient = made.of("Patient")[0]
    for member, want in (("birthDate", expected["patient"]["birth"]), ("gender", expected["patient"]["gender"])):
        yield member, None if patient.get(member) == want else "another"
    for fact in expected["facts"]:
        label = " ".join(str(fact[key]) for key in ("kind", "code", "text", "section", "state") if key in fact)
        yield label, CHECKS[fact["kind"]](fact, made)


class Made:
    """The resources of a Bundle, to be asked by type and code."""

    def __init__(self, all_: list[Resource]):
        self.all = all_

    def of(self, *types: str) -> list[Resource]:
        return [item for item in self.all if item["resourceType"] in types]

    def about(self, fact: dict[str, Any], *types: str) -> list[Resource]:
        """Of the types, and with the fact's code or text."""
        return [item for item in self.of(*types) if says(item, fact)]


def says(node: Any, fact: dict[str, Any]) -> bool:
    if "code" in fact:
        return fact["code"] in {code for _, code in codings(node)}
    return fact["text"].lower() in json.dumps(plain_texts(node)).lower()


def plain_texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, list | dict):
        return [text for item in (node.values() if isinstance(node, dict) else node) for text in plain_texts(item)]
    return []


def status(resource: Resource, member: str) -> str | None:
    found = [coding.get("code") for coding in resource.get(member, {}).get("coding", [])]
    return found[0] if found else None


def condition(fact: dict[str, Any], made: Made) -> str | None:
    found = made.about(fact, "Condition")
    if len(found) != 1:
        return f"{len(found)} conditions"
    clinical, verification = status(found[0], "clinicalStatus"), status(found[0], "verificationStatus")
    if "also" in fact and fact["also"] not in {code for _, code in codings(found[0])}:
        return f"without the coding {fact['also']}"
    for member in ("onset", "abatement"):
        if member in fact and found[0].get(f"{member}DateTime") != fact[member]:
            return f"{member} {found[0].get(f'{member}DateTime')}"
    if "category" in fact and fact["category"] not in {code for _, code in codings(found[0].get("category"))}:
        return f"without the category {fact['category']}"
    states = {
        "refuted": verification == "refuted" and clinical is None,
        "active": clinical in ACTIVE and verification != "refuted",
        "resolved": clinical == "resolved",
        "inactive": clinical in ("inactive", "resolved", "remission"),
        "active-or-flagged": clinical in ACTIVE and verification != "refuted",
        "resolved-or-inactive": clinical in ("inactive", "resolved"),
        "active-or-unknown": clinical in ACTIVE or clinical is None,
    }
    return None if states[fact["state"]] else f"{clinical} and {verification}"


def family(fact: dict[str, Any], made: Made) -> str | None:
    # The patient's own problem list may hold a code too; the relative's must not be among what is not a relative's.
    found = [item for item in made.of("FamilyMemberHistory") if says(item.get("condition"), fact)]
    if len(found) != 1 or fact["relation"] not in {code for _, code in codings(found[0].get("relationship"))}:
        return f"{len(found)} relatives"
    taken = made.about(fact, "Condition", "Observation", "Procedure", "MedicationRequest")
    return f"as a {taken[0]['resourceType']} of the patient" if taken else None


def medication(fact: dict[str, Any], made: Made) -> str | None:
    found = made.about(fact, "MedicationRequest", "MedicationStatement")
    if len(found) != 1:
        return f"{len(found)} drugs"
    denied, state = found[0].get("doNotPerform") is True, found[0].get("status")
    if fact["state"] == "not-taken":
        return None if denied else f"{state}, not denied"
    wanted = {"active": ("active",), "active-or-flagged": ("active", "unknown"), "stopped": ("stopped",)}
    return None if not denied and state in wanted[fact["state"]] else f"{state}, denied: {denied}"


def done(fact: dict[str, Any], made: Made) -> str | None:
    """Imaging and procedures: what happened and what did not."""
    found = made.about(fact, "Procedure", "DiagnosticReport", "ImagingStudy", "Observation")
    found = [item for item in found if "performedDateTime" in item or "performedPeriod" in item or "status" in item]
    if not found:
        return "nothing"
    states = {item.get("status") for item in found}
    if fact["state"] == "not-done":
        return None if states <= {"not-done", "cancelled"} else f"{states}"
    if not states <= {"completed", "final"}:
        return f"{states}"
    dates = [found_date(item) for item in found]
    return None if "date" not in fact or fact["date"] in dates else f"dates {dates}"


def found_date(resource: Resource) -> str | None:
    period = resource.get("performedPeriod") or resource.get("effectivePeriod")
    if period:
        return f"{period.get('start')}/{period.get('end')}"
    return resource.get("performedDateTime") or resource.get("effectiveDateTime")


def order(fact: dict[str, Any], made: Made) -> str | None:
    found = made.about(fact, "ServiceRequest", "MedicationRequest")
    intents = {"RQO": "order", "INT": "plan"}
    if len(found) != 1:
        return f"{len(found)} orders"
    request = found[0]
    if "mood" in fact and request.get("intent") != intents[fact["mood"]]:
        return f"intent {request.get('intent')}"
    states = {"active": ("active", "draft"), "completed": ("completed",), "planned": ("active", "draft")}
    if request.get("status") not in states[fact["state"]]:
        return f"status {request.get('status')}"
    if fact["state"] == "planned" and request.get("intent") not in ("plan", "order", "proposal"):
        return f"intent {request.get('intent')}"
    taken = [
        item for item in made.about(fact, "Procedure", "Observation", "DiagnosticReport", "MedicationStatement")
        if (found_date(item) or "") >= "2024-02-15"
    ]
    return f"also as {taken[0]['resourceType']}" if taken else None


def observation(fact: dict[str, Any], made: Made) -> str | None:
    values = []
    for item in made.of("Observation"):
        for part in [item, *item.get("component", [])]:
            if says(part.get("code"), fact if "code" in fact else {"text": fact["text"]}):
                values.append(part)
    if len(values) != 1:
        return f"{len(values)} observations"
    part = values[0]
    quantity = part.get("valueQuantity", {})
    said = {
        "value": quantity.get("value").text if isinstance(quantity.get("value"), Number) else None,
        "unit": quantity.get("code"), "comparator": quantity.get("comparator"), "text": part.get("valueString"),
        "unit_text": quantity.get("unit"), "value_code": fact.get("value_code"),
    }
    if "value_code" in fact and fact["value_code"] not in {c for _, c in codings(part.get("valueCodeableConcept"))}:
        said["value_code"] = None
    wrong = {key: said[key] for key in said if key in fact and said[key] != fact[key]}
    if "unit_text" in fact and ("code" in quantity or "system" in quantity):
        wrong["unit_text"] = "with a code that UCUM does not have"
    return None if not wrong else f"{wrong}"


def finding(fact: dict[str, Any], made: Made) -> str | None:
    found = made.about(fact, "Observation", "Condition")
    if len(found) != 1:
        return f"{len(found)} findings"
    if fact["state"] == "absent":
        denied = found[0].get("valueBoolean") is False or status(found[0], "verificationStatus") == "refuted"
        return None if denied else "present"
    return None if says(found[0].get("valueCodeableConcept", found[0].get("code")), fact) else "not as a value"


def allergy(fact: dict[str, Any], made: Made) -> str | None:
    found = made.about(fact, "AllergyIntolerance")
    if len(found) != 1:
        return f"{len(found)} allergies"
    if fact["state"] == "no-known":
        return None
    return None if status(found[0], "clinicalStatus") == "active" else f"{status(found[0], 'clinicalStatus')}"


def device(fact: dict[str, Any], made: Made) -> str | None:
    found = [item for item in made.about(fact, "Device") if "patient" in item]
    return None if len(found) == 1 and found[0].get("status") in ("active", None) else f"{len(found)} devices"


def encounter(fact: dict[str, Any], made: Made) -> str | None:
    found = made.about(fact, "Encounter")
    if len(found) != 1 or found[0].get("status") != "finished":
        return f"{[item.get('status') for item in found]}"
    return None if fact["code"] != found[0].get("class", {}).get("code") else "the visit's code as its class"


def narrative(fact: dict[str, Any], made: Made) -> str | None:
    sections = made.of("Composition")[0].get("section", [])
    sections = [item for item in sections if says(item.get("code"), {"code": fact["section"]})]
    if len(sections) != 1 or "No evidence of cauda equina" not in sections[0].get("text", {}).get("div", ""):
        return "the text is lost"
    return "a fact was made of it" if sections[0].get("entry") else None


CHECKS = {
    "condition": condition, "family": family, "medication": medication, "imaging": done, "procedure": done,
    "order": order, "observation": observation, "vital": observation, "finding": finding, "social": observation,
    "allergy": allergy, "device": device, "encounter": encounter, "narrative": narrative,
}


# The problem status of the test patients


def truth(corpus: Path, conversion: Conversion) -> Iterator[tuple[dict[str, str], str]]:
    """Each row of the truth table with the state that was read: active, not-active, unknown, or missing."""
    with open(corpus / "truth" / "onc-test-patients-problem-status.csv", newline="") as lines:
        for row in csv.DictReader(lines):
            bundle = conversion.bundle(row["file"])
            yield row, problem_state(resources(bundle) if bundle else [], row["snomed"])


def problem_state(made: list[Resource], code: str) -> str:
    """Of the problem with a code, that of the problem list before others; active where two disagree."""
    found = Made(made).about({"code": code}, "Condition")
    listed = [item for item in found if "problem-list-item" in {c for _, c in codings(item.get("category"))}]
    states = {status(item, "clinicalStatus") for item in listed or found}
    if not states:
        return "missing"
    if states & ACTIVE:
        return "active"
    return "unknown" if None in states else "not-active"


def truth_figures(rows: list[tuple[dict[str, str], str]]) -> list[tuple[str, int, int, int]]:
    """All rows and those that the document leaves decidable: how many, how many right, how many active ones missed."""
    figures = []
    decidable = [item for item in rows if item[0]["decidable"] == "yes"]
    for label, chosen in (("all rows", rows), ("decidable rows", decidable)):
        wanted = Counter((row["true_status_in_the_ONC_test_script"], state) for row, state in chosen)
        right = wanted["active", "active"] + wanted["not-active", "not-active"]
        missed = sum(count for (want, state), count in wanted.items() if want == "active" != state)
        figures.append((label, len(chosen), right, missed))
    return figures
