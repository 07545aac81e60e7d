#!/usr/bin/env python3
"""Counts, with lxml alone, the statements of C-CDA documents that are no facts of the patient; exits 1 on any leak.

    ccda_negations.py SPINEHOOK [CORPUS] [--brief]

Four kinds: negated (negationInd of the statement or of one around it), family (section, template or subject), planned
(a mood other than EVN) and nullified. Each resource of `spinehook convert` names the element that it was made from; for
each of these elements the resource must say that it is none. From the other side each of these statements must have
such a resource, stand in the loss report, or be part of a statement that does, without lending it a code. Last, no
criterion of `spinehook evaluate` may be met, or suspected, by such statements alone.
"""

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Iterator

from ccda_conversion import CORPUS, Converter, Evaluation, codings, resources, source_path
from ccda_documents import PLANS, STATEMENTS, Document, Element, Statement, child, name, path, resolve

Resource = dict[str, Any]
KINDS = ("negated", "family", "planned", "nullified")
# They say nothing about the patient's health.
BYSTANDERS = frozenset(
    "Composition DocumentReference Location Medication Organization Patient Practitioner PractitionerRole Provenance "
    "RelatedPerson".split()
)
REQUESTS = frozenset(
    "Appointment CarePlan CommunicationRequest DeviceRequest Goal ImmunizationRecommendation MedicationRequest "
    "NutritionOrder RequestGroup ServiceRequest SupplyRequest Task".split()
)
# Criteria about what has happened or is there: a plan does not meet them. Others may rest on an order or its reason.
DONE = ("course.trial", "history.", "modifier.")
NOTHING_KNOWN = frozenset("160245001 716186003 409137002 429625007 428607008 160244002".split())
NOT_DONE = frozenset("cancelled declined entered-in-error not-done not-taken".split())


def code_of(concept: Any) -> str | None:
    """The code of a concept with one coding, as status elements have it."""
    found = [coding.get("code") for coding in (concept or {}).get("coding", [])]
    return found[0] if len(found) == 1 else None


def is_in_error(resource: Resource) -> bool:
    statuses = (resource.get("status"), resource.get("lifecycleStatus"), code_of(resource.get("verificationStatus")))
    return "entered-in-error" in statuses


def is_denied(resource: Resource) -> bool:
    """Whether a resource says that something is not there or was not done."""
    kind = resource["resourceType"]
    if kind in ("Condition", "AllergyIntolerance"):
        known = {code for _, code in codings(resource.get("code"))}
        return code_of(resource.get("verificationStatus")) == "refuted" or bool(known) and known <= NOTHING_KNOWN
    if kind == "Observation":
        values = [resource[member] for member in resource if member.startswith("value")]
        parts = [part for part in resource.get("component", []) if any(member.startswith("value") for member in part)]
        return not parts and (values == [False] or not values and "dataAbsentReason" in resource)
    return resource.get("doNotPerform") is True or resource.get("status") in NOT_DONE


def is_request(resource: Resource, mood: str) -> bool:
    """Whether a resource is what its mood allows; moods of definitions and criteria allow none."""
    kind = resource["resourceType"]
    if mood == "GOL":
        return kind == "Goal"
    if kind == "Encounter":
        return mood in PLANS and resource.get("status") in ("planned", "cancelled")
    return mood in PLANS and kind in REQUESTS - {"Goal"}


ALLOWED: dict[str, Callable[[Resource, Statement], bool]] = {
    "negated": lambda resource, _: is_denied(resource) or is_in_error(resource),
    "family": lambda resource, _: resource["resourceType"] == "FamilyMemberHistory",
    "planned": lambda resource, statement: is_request(resource, statement.mood),
    "nullified": lambda resource, _: is_in_error(resource),
}


def required(statement: Statement) -> list[str]:
    """The kinds that a resource of the statement must show. A relative's illness is the relative's, denied or not."""
    return ["family"] if "family" in statement.kinds else list(statement.kinds)


@dataclass
class Tally:
    """How many statements of each kind, and what became of them."""

    statements: Counter[str] = field(default_factory=Counter)
    mapped: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)
    leaks: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def leak(self, kind: str, problem: str) -> None:
        self.leaks[kind] += 1
        self.problems.append(problem)


def judge(document: Document, bundle: Resource, loss: Resource, tally: Tally) -> None:
    """Holds one Bundle and its loss report against the document."""
    made: dict[Element, list[Resource]] = {}
    for resource in resources(bundle):
        at = source_path(resource)
        element = resolve(document.root, at) if at else None
        if element is None:
            if resource["resourceType"] not in BYSTANDERS:
                tally.leak("no source", f"{document.source}: {resource['resourceType']} from {at or 'nowhere'}")
            continue
        made.setdefault(element, []).append(resource)
        if statement := statement_of(document, element):
            judge_resource(document, statement, resource, tally)
    lost = {resolve(document.root, item["at"]) for item in loss["items"]}
    empty = emptied(bundle)
    for statement in document.statements:
        if statement.kinds:
            account(document, statement, Fates(made, lost, empty), tally)


def statement_of(document: Document, element: Element) -> Statement | None:
    """The statement that an element is, or is a part of."""
    for item in [element, *element.iterancestors()]:
        if name(item) in STATEMENTS:
            return document.by_element.get(item)
    return None


def judge_resource(document: Document, statement: Statement, resource: Resource, tally: Tally) -> None:
    kind_of = resource["resourceType"]
    if kind_of in BYSTANDERS or kind_of == "Device" and "patient" not in resource:
        return
    for kind in required(statement):
        tally.types[kind, kind_of] += 1
        if not ALLOWED[kind](resource, statement):
            at = path(statement.element)
            tally.leak(kind, f"{document.source}: {kind} statement as {kind_of} that does not say so, {at}")


def emptied(bundle: Resource) -> set[str]:
    """Codes and titles of the sections that the Composition calls empty, with its reason."""
    sections = [section for item in resources(bundle) for section in item.get("section", [])]
    for section in sections:
        sections += section.get("section", [])
    empty = [section for section in sections if "emptyReason" in section]
    titles = {section["title"] for section in empty if "title" in section}
    return titles | {code for section in empty for _, code in codings(section.get("code"))}


@dataclass(frozen=True)
class Fates:
    """What became of the statements of a document: resources, lines of the loss report, sections called empty."""

    made: dict[Element, list[Resource]]
    lost: set[Element | None]
    empty: set[str]


def account(document: Document, statement: Statement, fates: Fates, tally: Tally) -> None:
    """Where a statement that is no fact went."""
    tally.statements.update(statement.kinds)
    if statement.element in fates.made:
        tally.mapped.update(statement.kinds)
    elif statement.element in fates.lost:
        tally.lost.update(statement.kinds)
    else:
        tally.within.update(statement.kinds)
        for problem in folded(statement, fates):
            tally.leak(statement.kinds[0], f"{document.source}: {problem}, {path(statement.element)}")


def says_none(statement: Statement, fates: Fates) -> bool:
    """Whether it denies, itself or in what it holds, in a section that is called empty."""
    code, title = child(statement.section, "code"), child(statement.section, "title")
    called = code.get("code", "") if code is not None else "" if title is None else "".join(title.itertext())
    if called.strip() not in fates.empty:
        return False
    held = (Statement(item, statement.section) for item in statement.element.iter() if name(item) in STATEMENTS)
    return any(item.is_negated for item in held)


def folded(statement: Statement, fates: Fates) -> Iterator[str]:
    """What is wrong with a statement that has neither a resource nor a line in the loss report of its own."""
    outer = next((item for item in statement.around[1:] if item in fates.made), None)
    inner = {item for item in statement.element.iterdescendants() if name(item) in STATEMENTS}
    if outer is None:
        if not says_none(statement, fates) and not inner & (fates.made.keys() | fates.lost):
            yield "neither mapped nor in the loss report"
        return
    # What is within a denied or erroneous statement is so with it; what is so by itself must lend nothing.
    for kind in set(statement.kinds) & {"negated", "nullified"} - set(Statement(outer, statement.section).kinds):
        shown = {code for resource in fates.made[outer] for _, code in codings(resource)}
        for code in sorted((own_codes(statement.element) - around_codes(outer, statement.element)) & shown):
            yield f"{kind}, and its code {code} stands in the {fates.made[outer][0]['resourceType']} around it"


def own_codes(element: Element) -> set[str]:
    """What a statement says, in codes: its value, its product or participant, else its code."""
    said = [item for step in ("value", "consumable", "participant") if (item := child(element, step)) is not None]
    said = said or [item for item in [child(element, "code")] if item is not None]
    return {item.get("code").strip() for part in said for item in part.iter() if item.get("code")}


def around_codes(outer: Element, inner: Element) -> set[str]:
    """The codes of a statement without those of one in it."""
    apart = set(inner.iter())
    return {item.get("code").strip() for item in outer.iter() if item.get("code") and item not in apart}


def judge_decision(document: Document, decision: Resource, tally: Tally) -> None:
    """Whether each criterion that is met or suspected rests on some statement that is a fact."""
    for criterion in decision.get("criteria", []):
        if criterion["result"] not in ("met", "suspected"):
            continue
        places = [item["at"] for item in criterion.get("evidence", []) if str(item.get("at")).startswith("/")]
        elements = [element for at in places if (element := resolve(document.root, at)) is not None]
        if len(elements) < len(places):
            tally.leak("no source", f"{document.source}: {criterion['id']} with evidence from nowhere")
        statements = [statement for element in elements if (statement := statement_of(document, element))]
        tally.evidence[criterion["result"]] += bool(statements)
        if statements and all(disqualified(statement, criterion["id"]) for statement in statements):
            kinds = sorted({kind for statement in statements for kind in statement.kinds})
            at = path(statements[0].element)
            problem = f"{criterion['id']} {criterion['result']} by {', '.join(kinds)} statements, {at}"
            tally.leak(kinds[0], f"{document.source}: {problem}")


def disqualified(statement: Statement, criterion: str) -> bool:
    return bool(set(statement.kinds) - {"planned"}) or "planned" in statement.kinds and criterion.startswith(DONE)


def run(spinehook: Path, corpus: Path, work: Path) -> tuple[Tally, int]:
    conversion = Converter(spinehook, work).run(corpus)
    tally, documents = Tally(), 0
    tally.problems += conversion.problems
    decisions = Evaluation.run(spinehook, corpus, work).decisions
    for source in sorted(conversion.written):
        document = Document.read(corpus / source, source)
        bundle, loss = conversion.bundle(source), conversion.losses.get(source)
        if document is None or bundle is None or loss is None:
            tally.problems.append(f"{source}: a Bundle without a readable document or a loss report")
            continue
        documents += 1
        judge(document, bundle, loss, tally)
        for decision in decisions.get(source, []):
            judge_decision(document, decision, tally)
    if not documents:
        tally.problems.append("no document was converted")
    return tally, documents


def print_tally(tally: Tally) -> None:
    print(f"{'':10} {'statements':>10} {'mapped':>8} {'lost':>8} {'within':>8} {'leaks':>8}")
    for kind in KINDS:
        counts = (tally.statements, tally.mapped, tally.lost, tally.within, tally.leaks)
        print(f"{kind:10} {counts[0][kind]:10}" + "".join(f" {count[kind]:8}" for count in counts[1:]))
    print(f"\n{tally.evidence['met']} criteria met and {tally.evidence['suspected']} suspected by statements")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spinehook", type=Path, help="the executable")
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS, help="a folder of documents")
    parser.add_argument("--brief", action="store_true", help="without the table of resource types")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"{options.corpus} is not here: nothing was counted")
        return 0
    with tempfile.TemporaryDirectory() as work:
        tally, documents = run(options.spinehook, options.corpus, Path(work))
    print(f"{documents} documents\n")
    print_tally(tally)
    if not options.brief:
        for (kind, type_), count in sorted(tally.types.items()):
            print(f"{count:6} {kind} statements as {type_}")
    print(f"\n{len(tally.problems)} problems")
    print("\n".join(f"  {problem}" for problem in tally.problems))
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
