"""Where the facts of a decision and the keyword index of the corpus differ, and the rule that explains each case.

The index was made by keyword and code for finding files. For every item that it lists the rules below say, from
Profiles/ and the dates alone, whether the guideline counts it; then the decision must agree. A difference that no rule
explains is a fault: of the product's reading, of the rules, or of Profiles/.
"""

import json
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Iterator

from corpus_kinds import SAME
from corpus_knowledge import Knowledge, Use, system_of

FEVER_DAYS, BACTERAEMIA_DAYS, TRAUMA_DAYS, PREGNANCY_DAYS = 14, 90, 90, 301
MRI_MONTHS, LEAD_DAYS, UNKNOWN_ONSET_DAYS, OPEN_COURSE_DAYS = 60, 14, 90, 30
STEROID_DAYS, HAEMATOMA_DAYS = 365, 14

CRITERIA = {
    "infection": ("redflag.infection",),
    "immunosupp_hiv": ("redflag.infection",),
    "opioid_use": ("redflag.infection",),
    "unexpl_wtloss_fever": ("redflag.infection", "redflag.malignancy"),
    "cancer": ("redflag.malignancy",),
    "osteoporosis": ("redflag.fracture",),
    "path_or_vertebral_fx": ("redflag.fracture",),
    "trauma": ("redflag.fracture",),
    "spinal_injury": ("redflag.progressiveDeficit", "redflag.caudaEquina"),
    "neuro": ("redflag.progressiveDeficit", "redflag.caudaEquina"),
    "pregnancy": ("modifier.pregnant",),
}
LISTED = {criterion for criteria in CRITERIA.values() for criterion in criteria} | {"radiculopathy"}
_ITEM = re.compile(r"(?P<code>[^@/]+)@(?P<day>[\d-]*)(?:/(?P<status>[a-z-]+))?")
_IMAGE = re.compile(r"(?P<type>[A-Z][a-z]):(?P<code>[^@]+?)(?P<spine>\(spine\))?@(?P<date>[\d-]*)")
_DRUG = re.compile(r"(?P<name>[a-z]+)x\d+\[(?P<first>[\d-]*)\.\.(?P<last>[\d-]*)\]")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


@dataclass(frozen=True)
class Difference:
    """One item of the index, or one fact of ours, with the kind that explains how the other side sees it."""

    kind: str | None
    what: str
    why: str = ""


@dataclass
class Patient:
    """One line of the index with the decisions on that patient and the input that they came from.

    The comparison notes the codes that the index lists and the criteria for which something that decides was found.
    """

    row: dict[str, str]
    decisions: list[dict[str, Any]]
    document: Any
    codes: set[str] = field(default_factory=set)
    supported: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"{self.row['file']} {self.row['patient']}"

    @property
    def is_dead(self) -> bool:
        return any("deceased" in (decision.get("because") or "") for decision in self.decisions)

    def criteria(self, name: str) -> list[dict[str, Any]]:
        return [item for decision in self.decisions for item in decision["criteria"] if item["id"] == name]

    def is_set(self, name: str) -> bool:
        return any(item["result"] in ("met", "suspected") for item in self.criteria(name))

    def evidence(self, *names: str) -> list[dict[str, Any]]:
        return [item for name in names for found in self.criteria(name) for item in found.get("evidence", [])]

    def clinical(self, *names: str) -> list[dict[str, Any]]:
        """The evidence that names a code: not the age, not a sum of days."""
        return [item for item in self.evidence(*names) if "code" in item]

    def drugs(self, *names: str) -> list[dict[str, Any]]:
        return [item for item in self.clinical(*names) if str(item.get("resource")).startswith("Medication")]

    def node(self, path: str) -> Any:
        """What stands at a JSONPath of the input; None when nothing does."""
        node = self.document
        for name, index in _STEP.findall(path.removeprefix("$")):
            try:
                node = node[int(index)] if index else node[name]
            except (KeyError, IndexError, TypeError):
                return None
        return node


class Comparison:
    """Compares patients one by one; the rules know Profiles/ and the day, never the product."""

    def __init__(self, knowledge: Knowledge, as_of: date):
        self.knowledge, self.as_of = knowledge, as_of

    def differences(self, patient: Patient) -> Iterator[Difference]:
        yield from self.red_flags(patient)
        yield from self.complaints(patient)
        yield from self.images(patient)
        yield from self.medicines(patient)
        yield from self.own_facts(patient)
        for name in sorted(LISTED - patient.supported):
            if patient.is_set(name):
                yield Difference(None, name, "it is set, and nothing that decides is shown")
        yield from self.untraceable(patient)

    # What the index lists

    def red_flags(self, patient: Patient) -> Iterator[Difference]:
        for group in filter(None, patient.row["red_flags"].split(";")):
            name, _, rest = group.rstrip(")").partition("(")
            for text in rest.split(","):
                match = _ITEM.fullmatch(text)
                patient.codes.add(match["code"])
                what = f"{name} {match['code']} {match['day']}" + (f" {match['status']}" if match["status"] else "")
                yield self._made(what, self.red_flag(patient, name, **match.groupdict()))

    @staticmethod
    def _made(what: str, verdict: tuple[str | None, str]) -> Difference:
        return Difference(verdict[0], what, verdict[1])

    def red_flag(
        self, patient: Patient, name: str, code: str, day: str, status: str | None
    ) -> tuple[str | None, str]:
        if patient.is_dead:
            return "deceased", ""
        criteria = CRITERIA[name]
        evidence = patient.clinical(*criteria)
        shown = [item for item in evidence if item["code"]["code"] == code and str(item.get("date"))[:10] == day]
        uses = [use for criterion in criteria for use in self.knowledge.deciding(system_of(code), code, criterion)]
        if not uses:
            if shown:
                return None, "no value set lets the code speak to the criterion, and the decision shows it"
            return ("drug-use" if name == "opioid_use" else "keyword"), self.knowledge.display(system_of(code), code)
        if name == "path_or_vertebral_fx":
            uses = [use for use in uses if use.component == "suspected"]
            if not uses:
                return "not-a-fracture", ""
        verdicts = {self.verdict(use, day, status) for use in uses}
        if SAME not in verdicts:
            return verdicts.pop(), ""
        if not shown or not any(patient.is_set(criterion) for criterion in criteria):
            return None, "it counts by Profiles/ and its date, and the decision does not show it"
        patient.supported.update(criterion for criterion in criteria if patient.is_set(criterion))
        return SAME, ""

    def verdict(self, use: Use, written: str, status: str | None) -> str:
        """Whether an item counts, is over, or is too old, by its date alone."""
        limit = {"fever": FEVER_DAYS, "bacteraemia": BACTERAEMIA_DAYS, "trauma": TRAUMA_DAYS}.get(use.component)
        if use.criterion == "modifier.pregnant":
            limit = PREGNANCY_DAYS
        has_ended = status in ("resolved", "inactive", "remission")
        if has_ended and (use.component == "suspected" or use.part == "hint" or use.criterion == "modifier.pregnant"):
            return "ended"
        if limit is not None and written and self.age(written) > limit:
            return "too-old"
        return SAME

    def complaints(self, patient: Patient) -> Iterator[Difference]:
        dates = patient.row["back_pain_dates"]
        for code in filter(None, patient.row["back_pain_codes"].split(";")):
            patient.codes.add(code)
            yield self._made(f"back pain {code} {dates}", self.complaint(patient, code, dates))

    def complaint(self, patient: Patient, code: str, dates: str) -> tuple[str | None, str]:
        if patient.is_dead:
            return "deceased", ""
        shown = [item for item in patient.clinical("radiculopathy") if item["code"]["code"] == code]
        uses = self.knowledge.deciding(system_of(code), code, "radiculopathy")
        if not any(use.role == "finding" for use in uses):
            return (None, "a code of back pain alone is shown as radiculopathy") if shown else ("back-pain", "")
        if all("/resolved" in part for part in dates.split(";")):
            return (None, "a complaint that is over is shown as radiculopathy") if shown else ("ended", "")
        if not shown:
            return None, "a radiculopathy that the decision does not show"
        patient.supported.add("radiculopathy")
        return SAME, ""

    def images(self, patient: Patient) -> Iterator[Difference]:
        for text in filter(None, patient.row["imaging"].split(";")):
            if text.startswith("+"):
                yield Difference("index-cut", f"imaging {text}")
            else:
                match = _IMAGE.fullmatch(text)
                yield self._made(f"imaging {text}", self.image(patient, *match.group("type", "code", "spine", "date")))

    def image(self, patient: Patient, kind: str, code: str, spine: str | None, day: str) -> tuple[str | None, str]:
        if patient.is_dead:
            return "deceased", ""
        is_code = re.fullmatch(r"\d[\d-]*", code) is not None
        is_lumbar_mri = is_code and self.knowledge.is_in("mri-lumbar", system_of(code), code)
        if not spine and not is_lumbar_mri:
            return "other-region", ""
        if kind == "Se":
            return ("order" if is_code else "text-only"), ""
        if not is_lumbar_mri:
            return ("not-mri" if code in examination_codes(patient.document) else "body-site"), ""
        if self.as_of > months_after(date.fromisoformat(day), MRI_MONTHS):
            return "too-old", ""
        if patient.is_set("history.priorLumbarMRI"):
            return SAME, ""
        return None, "a lumbar MRI of the last 60 months that the decision does not show"

    def medicines(self, patient: Patient) -> Iterator[Difference]:
        for match in _DRUG.finditer(patient.row["medicines"]):
            verdict = ("deceased", "") if patient.is_dead else self.medicine(patient, match["name"], match["last"])
            yield self._made(f"medicine {match[0]}", verdict)

    def medicine(self, patient: Patient, name: str, last: str) -> tuple[str | None, str]:
        onset = self.onset(patient)
        start = onset - timedelta(LEAD_DAYS) if onset else self.as_of - timedelta(UNKNOWN_ONSET_DAYS)
        end = date.fromisoformat(last)
        if name == "opioid":
            shown = [item for item in patient.drugs("course.trialDocumented") if self.is_opioid(item)]
            return (None, "an opioid is shown as conservative treatment") if shown else ("opioid", "")
        if name == "nsaid":
            shown = [item for item in patient.drugs("course.trialDocumented") if self.is_in("nsaids", item)]
            if shown:
                return SAME, ""
            if end + timedelta(OPEN_COURSE_DAYS) < start:
                return "before-episode", ""
            run = [item for item in patient.evidence("course.trialDocumented") if "code" not in item]
            return ("not-in-run", "") if run or end < start else (None, "an NSAID of the episode is not shown")
        if name == "steroid":
            if patient.drugs("redflag.fracture", "redflag.infection"):
                return SAME, ""
            is_old = end + timedelta(STEROID_DAYS) < self.as_of
            return ("too-old", "") if is_old else (None, "a steroid of the last year is not shown")
        if name == "anticoag":
            if patient.drugs("redflag.caudaEquina"):
                return SAME, ""
            is_early = onset is not None and self.age(onset.isoformat()) <= HAEMATOMA_DAYS
            return (None, "an anticoagulant in the first two weeks is no hint") if is_early else ("anticoagulant", "")
        return None, "a column of the index that no rule knows"

    def onset(self, patient: Patient) -> date | None:
        """The first onset that the index gives for a radiculopathy; dates and codes stand in the same order."""
        codes, dates = patient.row["back_pain_codes"].split(";"), patient.row["back_pain_dates"].split(";")
        found = [
            written for code, written in zip(codes, dates)
            if written and "/" not in written and code
            and any(use.role == "finding" for use in self.knowledge.deciding(system_of(code), code, "radiculopathy"))
        ]
        return min(map(date.fromisoformat, found), default=None)

    # What only the decision holds

    def own_facts(self, patient: Patient) -> Iterator[Difference]:
        """Evidence of a criterion that is set, by codes that the index does not list for the patient."""
        for name in sorted(LISTED):
            found: dict[str, list[Difference]] = {}
            for item in patient.clinical(name) if patient.is_set(name) else ():
                if item["code"]["code"] not in patient.codes:
                    found.setdefault(item["code"]["code"], []).append(self.own_fact(patient, name, item))
            for differences in found.values():
                # One code is one difference: unexplained if any of its items is, else by an item that decides.
                chosen = min(differences, key=lambda found: (found.kind is not None, found.kind == "own-shown"))
                if chosen.kind not in (None, "own-shown"):
                    patient.supported.add(name)
                yield chosen
        dates = {match["date"] for match in _IMAGE.finditer(patient.row["imaging"]) if match["spine"]}
        for item in patient.evidence("history.priorLumbarMRI"):
            if str(item.get("date"))[:10] not in dates:
                what = f"history.priorLumbarMRI {item.get('date')}"
                yield Difference(None, what, "an MRI that the index does not list")

    def own_fact(self, patient: Patient, criterion: str, item: dict[str, Any]) -> Difference:
        code, resource = item["code"], str(item.get("resource"))
        names = list(filter(None, (self.knowledge.display(*spelling) for spelling in self.spellings(code))))
        what = f"{criterion} {resource.partition('/')[0]} {code['code']} {(names or [''])[0]}".rstrip()
        uses = [
            use for system, spelling in self.spellings(code) for use in self.knowledge.uses(system, spelling)
            if use.criterion == criterion and use.part != "exclusion"
        ]
        if not uses:
            return Difference(None, what, "no value set lets the code speak to the criterion")
        display = written_display(patient.node(str(item.get("at"))), code["code"])
        if display and names and not any(share_a_word(display, name) for name in names):
            return Difference("own-display", f"{what}, written as {display}")
        if resource.startswith("Medication"):
            is_listed = "steroid" in patient.row["medicines"] and self.is_in("systemic-corticosteroids", item)
            return Difference(SAME if is_listed else "own-drug", what)
        if any(use.role == "measurement" for use in uses):
            weights = [number(other) for other in patient.clinical(criterion) if other["code"] == code]
            decides = any(decides_by_number(use.component, item, weights) for use in uses)
            return Difference("own-measurement" if decides else "own-shown", f"{what} {item.get('value')}")
        day = str(item.get("date"))[:10]
        if len(day) == 10 and SAME not in {self.verdict(use, day, None) for use in uses}:
            return Difference("own-shown", what)
        return Difference("own-hint" if all(use.part == "hint" for use in uses) else "own-finding", what)

    def untraceable(self, patient: Patient) -> Iterator[Difference]:
        """Evidence must lead back: its path to a resource of the input that has the code."""
        for decision in patient.decisions:
            for criterion in decision["criteria"]:
                for item in criterion.get("evidence", []):
                    if "code" not in item:
                        continue
                    what = f"{criterion['id']} {item['code']['code']} at {item.get('at')}"
                    resource = patient.node(re.split(r"(?<=\.resource)\.", str(item.get("at")))[0])
                    if not isinstance(resource, dict):
                        yield Difference(None, what, "nothing stands there")
                    elif not names_code(resource, item["code"]["code"], patient.document):
                        yield Difference(None, what, "the resource there does not have the code")

    # Helpers

    def age(self, written: str) -> int:
        return (self.as_of - date.fromisoformat(written)).days

    def spellings(self, code: dict[str, str]) -> list[tuple[str, str]]:
        """A code and, of a drug product, its ingredients."""
        own = (code.get("system", ""), code["code"])
        return [own] + [(own[0], ingredient) for ingredient in self.knowledge.ingredients.get(code["code"], ())]

    def is_in(self, value_set: str, item: dict[str, Any]) -> bool:
        return any(self.knowledge.is_in(value_set, *spelling) for spelling in self.spellings(item["code"]))

    def is_opioid(self, item: dict[str, Any]) -> bool:
        return self.is_in("opioids-outpatient", item)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def examination_codes(document: Any) -> set[str]:
    """The codes by which the examinations of a record are named, body sites left out."""
    found = set()
    for entry in document.get("entry", []):
        resource = entry.get("resource") or {}
        if resource.get("resourceType") in ("ImagingStudy", "DiagnosticReport", "Procedure"):
            concepts = [resource.get("code") or {}] + (resource.get("procedureCode") or [])
            found |= {coding.get("code") for concept in concepts for coding in concept.get("coding", [])}
    return found


def names_code(resource: dict[str, Any], code: str, document: Any) -> bool:
    """Whether a resource has a code, itself or in a resource that it refers to."""
    text, quoted = json.dumps(resource), json.dumps(code)
    return quoted in text or ("eference" in text and quoted in json.dumps(document))


def number(item: dict[str, Any]) -> float:
    """The number that an evidence item shows; not a number without one."""
    match = re.search(r"-?\d+(\.\d+)?", str(item.get("value", "")))
    return float(match[0]) if match else float("nan")


def decides_by_number(component: str, item: dict[str, Any], all_values: list[float]) -> bool:
    """Whether a value passes the limit of the guideline for it (sections 2.2 and 9); its unit stands beside it."""
    value, shown = number(item), str(item.get("value", ""))
    match component:
        case "crp-esr":
            return value > (30 if "mm" in shown else 10)
        case "fever":
            return value >= (100.4 if "F" in shown else 38.0)
        case "immunosuppression":
            return value < 200
        case "osteoporosis":
            return value <= -2.5
        case "weight-loss":
            loss = max(all_values) - min(all_values)
            return loss >= 4.5 or loss / max(all_values) >= 0.05
    return False


def written_display(node: Any, code: str) -> str:
    """The display that the source wrote beside a code, anywhere below a node; empty without one."""
    if isinstance(node, dict) and node.get("code") == code:
        return str(node.get("display", ""))
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return next(filter(None, (written_display(item, code) for item in inner)), "")


def share_a_word(left: str, right: str) -> bool:
    """Whether two names have the beginning of a word in common."""
    first, second = ({word[:4] for word in re.findall(r"[a-z]{4,}", name.lower())} for name in (left, right))
    return not first or not second or not first.isdisjoint(second)
