"""What a Bundle of `spinehook convert` and its loss report owe the document they come from."""

import re
from collections import Counter
from typing import Any, Iterator

from ccda_conversion import resources
from ccda_documents import Document, child, children, name, path, resolve

COUNTS = ("statements", "mapped", "asText", "refused")


def loss_problems(document: Document, loss: dict[str, Any]) -> Iterator[str]:
    """Whether the loss report accounts for each statement of the document and each section once."""
    sections = loss["sections"]
    for where, counts in [("the document", loss), *((f"section {item['code']}", item) for item in sections)]:
        if counts["mapped"] + counts["asText"] + counts["refused"] != counts["statements"]:
            yield f"{where}: the three counts do not add up to the statements"
    for count in COUNTS:
        if sum(section[count] for section in sections) != loss[count]:
            yield f"{count}: the sections do not add up to the document"
    if loss["statements"] != len(document.statements):
        yield f"{loss['statements']} statements counted, {len(document.statements)} there"
    counted = [(section["code"], section["statements"]) for section in sections if section["statements"]]
    if counted != (there := statements_by_section(document)):
        yield f"sections counted {counted}, there {there}"
    yield from item_problems(document, loss)


def statements_by_section(document: Document) -> list[tuple[str | None, int]]:
    """Code and number of statements of each section that has any, in order."""
    counts = Counter(statement.section for statement in document.statements)
    codes = ((child(section, "code"), counts[section]) for section in document.sections if counts[section])
    return [(code.get("code", "").strip() or None if code is not None else None, count) for code, count in codes]


def item_problems(document: Document, loss: dict[str, Any]) -> Iterator[str]:
    """Whether each statement that was not mapped is listed once, with its template and a reason."""
    items = loss["items"]
    found = [document.by_element.get(resolve(document.root, item["at"])) for item in items]
    if None in found:
        yield f"an item is at no statement: {items[found.index(None)]['at']}"
    if len({statement.element for statement in found if statement}) != len(items):
        yield "a statement is listed twice"
    outcomes = Counter(item["outcome"] for item in items)
    if outcomes != Counter({key: loss[key] for key in ("asText", "refused") if loss[key]}):
        yield f"items {dict(outcomes)}, counts {loss['asText']} as text and {loss['refused']} refused"
    for item, statement in zip(items, found):
        if not item.get("reason"):
            yield f"no reason at {item['at']}"
        if statement:
            roots = [template.get("root") for template in children(statement.element, "templateId")]
            if item.get("template") != (roots[0] if roots else None):
                yield f"template {item.get('template')} at {item['at']}"


def silent_losses(document: Document, bundle: dict[str, Any], loss: dict[str, Any]) -> Iterator[str]:
    """What counts as mapped, and none of whose codes stands anywhere in the Bundle."""
    lost = {resolve(document.root, item["at"]) for item in loss["items"]}
    shown = set(texts(bundle))
    for statement in document.statements:
        codes = statement.subject_codes
        if codes and not statement.kinds and statement.element not in lost and not codes & shown:
            yield f"counted as mapped, and nowhere in the Bundle, {path(statement.element)}"


def bundle_problems(bundle: dict[str, Any]) -> Iterator[str]:
    """Whether a Bundle holds together: its kind, its ids, and every reference."""
    entries = bundle.get("entry", [])
    types = [resource["resourceType"] for resource in resources(bundle)]
    if bundle.get("type") not in ("document", "collection"):
        yield f"a Bundle of type {bundle.get('type')}"
    if (bundle.get("type") == "document") != (types[:1] == ["Composition"]):
        yield "a document begins with a Composition, and nothing else does"
    if types.count("Patient") != 1:
        yield f"{types.count('Patient')} patients"
    urls = [entry.get("fullUrl") for entry in entries]
    if len(set(urls)) != len(urls):
        yield "a fullUrl stands twice"
    for entry in entries:
        if entry.get("fullUrl") != f"urn:uuid:{entry['resource'].get('id')}":
            yield f"fullUrl {entry.get('fullUrl')} of {entry['resource'].get('id')}"
    for entry in entries:
        held = {f"#{item.get('id')}" for item in entry["resource"].get("contained", [])}
        for reference in sorted(set(references(entry["resource"]))):
            if reference not in held and reference not in urls:
                yield f"{entry['resource']['resourceType']}: reference to nothing, {reference}"
    yield from subject_problems(bundle)


def subject_problems(bundle: dict[str, Any]) -> Iterator[str]:
    """Whether everything is about the one patient."""
    patients = [entry["fullUrl"] for entry in bundle.get("entry", []) if entry["resource"]["resourceType"] == "Patient"]
    for resource in resources(bundle):
        for member in ("subject", "patient"):
            reference = (resource.get(member) or {}).get("reference")
            if reference is not None and reference not in patients:
                yield f"{resource['resourceType']}.{member} is not the patient"


def references(node: Any) -> Iterator[str]:
    """Every literal reference in a resource."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for item in node.values():
            yield from references(item)


def patient_problems(document: Document, bundle: dict[str, Any]) -> Iterator[str]:
    """Whether the patient keeps names, birth date and death, letter by letter."""
    patient = next((item for item in resources(bundle) if item["resourceType"] == "Patient"), {})
    person = child(document.root, "recordTarget", "patientRole", "patient")
    if person is None:
        return
    said = {text for item in children(person, "name") for part in item if (text := words(part))}
    kept = {text for item in patient.get("name", []) for text in texts(item)}
    for lost in sorted(said - kept):
        yield f"a name part of {len(lost)} letters is lost or changed"
    birth = (child(person, "birthTime").get("value", "") if child(person, "birthTime") is not None else "")[:8]
    if re.fullmatch(r"(19|20)\d{6}", birth) and patient.get("birthDate", "").replace("-", "") != birth:
        yield "the birth date is lost or changed"
    # In C-CDA's extension namespace, or with its prefix undeclared.
    dead = any(
        item.tag in ("{urn:hl7-org:sdtc}deceasedInd", "sdtc:deceasedInd") and item.get("value") == "true"
        for item in person
    )
    if dead and not (patient.get("deceasedBoolean") is True or "deceasedDateTime" in patient):
        yield "the death is lost"


def words(part: Any) -> str:
    """The text of a name part, blanks collapsed."""
    return " ".join("".join(part.itertext()).split()) if name(part) in ("given", "family", "prefix", "suffix") else ""


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield " ".join(node.split())
    elif isinstance(node, list | dict):
        for item in node.values() if isinstance(node, dict) else node:
            yield from texts(item)
