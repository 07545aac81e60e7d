"""The folders of Examples/: the requests and records, what they must lead to, and whether an answer agrees."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from cds_hooks_rules import Findings, Request, objects
from strict_json import exact, plain

DECISIONS = "org.spinehook.decisions"
EXPECTED_MEMBERS = ("rule", "rating", "fit", "indicator", "card", "provisional", "removeSuggestionAllowed")
REQUIREMENTS = {
    "DECISION": "no answer was matched with an example",
    "REMOVAL": "no answer was matched with an example",
    "RESP-04": "no example without a card was answered",
    "ANSWERED": "no examples were given",
}


@dataclass
class Case:
    """One example: its input with numbers as written, the same as bytes, and the expected decision."""

    path: Path
    value: dict[str, Any]
    data: bytes
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return self.path.parent.name

    @property
    def request(self) -> Request:
        return Request.read(self.value)


def cases(folder: Path) -> list[Case]:
    """Every example below a folder, in name order. None at all is an error: a check of nothing proves nothing."""
    found = []
    for expected in sorted(folder.rglob("expected.json")):
        for name in ("request.json", "input.json"):
            if (path := expected.with_name(name)).exists():
                data = path.read_bytes()
                found.append(Case(path, exact(data.decode()), data, json.loads(expected.read_text())))
    if not found:
        raise SystemExit(f"{folder}: no examples there")
    return found


def decisions(answer: Any) -> list[dict[str, Any]]:
    """The decisions in the extension of an answer."""
    extension = answer.get("extension") if isinstance(answer, dict) else None
    return objects(plain(extension.get(DECISIONS))) if isinstance(extension, dict) else []


def match(answer: Any, known: list[Case]) -> Case | None:
    """The example that led to an answer, by the patient that its decisions are about."""
    subjects = {str(decision.get("subject")) for decision in decisions(answer)}
    matches = [case for case in known if subjects == {f"Patient/{case.request.patient}"}]
    return matches[0] if len(matches) == 1 else None


def judge(found: Findings, where: str, answer: Any, case: Case) -> None:
    """Holds an answer against the expected decision of its example."""
    expect = case.expected["expect"]
    cards = objects(answer.get("cards")) if isinstance(answer, dict) else []
    imaging = [decision for decision in decisions(answer) if decision.get("slot") == case.expected["slot"]]
    if found.check("DECISION", len(imaging) == 1, where, f"{len(imaging)} decisions of the slot, expected 1"):
        for difference in differences(imaging[0], case.expected):
            found.check("DECISION", False, where, difference)
    if expect["card"] is None:
        found.check("RESP-04", cards == [], where, "a card where silence was expected")
    else:
        topics = [topic(card) for card in cards]
        found.check("DECISION", topics.count(expect["card"]) == 1, where, f"cards {topics}, expected {expect['card']}")
        kinds = [card.get("indicator") for card, code in zip(cards, topics) if code == expect["card"]]
        found.check("DECISION", kinds == [expect["indicator"]], where, f"indicator {kinds}")
    bare = any(removes_only(suggestion) for card in cards for suggestion in objects(card.get("suggestions")))
    found.check("REMOVAL", expect["removeSuggestionAllowed"] or not bare, where,
                "offers to delete an order without another in its place")


def topic(card: dict[str, Any]) -> Any:
    """The code of `source.topic`, which names the card."""
    value: Any = card
    for name in ("source", "topic", "code"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def differences(decision: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    """Where a decision is not the expected one."""
    for name in EXPECTED_MEMBERS:
        if name not in decision or decision[name] != expected["expect"][name]:
            yield f"{name} {decision.get(name, 'missing')!r}, expected {expected['expect'][name]!r}"
    results = {str(item.get("id")): item.get("result") for item in objects(decision.get("criteria"))}
    results["presentingFlags"] = decision.get("presentingFlags")
    for name, value in expected["criteria"].items():
        if results.get(name) != value:
            yield f"{name} {results.get(name)!r}, expected {value!r}"
    if decision.get("asOf") != expected["asOf"]:
        yield f"asOf {decision.get('asOf')!r}, expected {expected['asOf']!r}"
    order = decision.get("order")
    for name, value in (expected["order"] or {}).items():
        if not isinstance(order, dict) or order.get(name) != value:
            yield f"order.{name} is not {value!r}"


def removes_only(suggestion: dict[str, Any]) -> bool:
    """Whether a suggestion deletes an order and creates none."""
    kinds = [action.get("type") for action in objects(suggestion.get("actions"))]
    return "delete" in kinds and "create" not in kinds
