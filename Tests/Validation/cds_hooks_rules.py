"""The rules of CDS Hooks 2.0 that an answer can be held against, each under its requirement id.

A rule looks at the raw JSON of an answer and, where it needs to, at the request that led to it. Nothing here knows the
product's own types: a judge that shares them shares their mistakes.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator
from urllib.parse import urlsplit

from strict_json import plain, strings

# Requirement id, and why a run without a case for it says "not-tested".
CARD_REQUIREMENTS = {
    "GEN-04": "no answer was seen",
    "GEN-05": "no answer was seen",
    "RESP-02": "no answer was seen",
    "RESP-03": "no answer was seen",
    "CARD-01": "no card was seen",
    "CARD-02": "binds the client: it echoes the uuid",
    "CARD-03": "no card was seen",
    "CARD-04": "no card had a detail",
    "CARD-05": "no card had a detail",
    "CARD-06": "binds the client: it may fold the detail",
    "CARD-07": "no card had a detail",
    "CARD-08": "no card was seen",
    "CARD-09": "binds the client: order and colour are its choice",
    "CARD-10": "no card was seen",
    "CARD-11": "no card had suggestions",
    "CARD-12": "no card had suggestions",
    "CARD-13": "no card had a selectionBehavior",
    "CARD-14": "binds the client",
    "CARD-15": "binds the client",
    "CARD-16": "no warning or critical card was seen",
    "CARD-17": "no card had override reasons",
    "CARD-18": "binds the client: it offers the reasons",
    "CARD-19": "binds the client: it may add reasons",
    "CARD-20": "no card had links",
    "CARD-21": "no card was seen",
    "SRC-01": "no card was seen",
    "SRC-02": "no source had a url",
    "SRC-03": "no source had a url",
    "SRC-04": "no source had an icon",
    "SRC-05": "the icon is not fetched",
    "SRC-06": "no source had a topic",
    "SRC-07": "binds the client",
    "SRC-08": "no card was seen",
    "SUG-01": "no card had suggestions",
    "SUG-02": "no card had suggestions",
    "SUG-03": "no suggestion said isRecommended",
    "SUG-04": "no card had suggestions",
    "SUG-05": "no suggestion had actions",
    "SUG-06": "binds the client: all actions or none",
    "SUG-07": "binds the client: it applies actions like a transaction",
    "SUG-08": "no card had suggestions",
    "ACT-01": "no action was seen",
    "ACT-02": "no action was seen",
    "ACT-03": "no create action was seen",
    "ACT-04": "no update action was seen",
    "ACT-05": "no delete action was seen",
    "ACT-06": "no delete action was seen",
    "ACT-07": "binds the client: it may show the description",
    "ACT-08": "binds the client: it may reject conflicts",
    "ACT-09": "no create or update action was seen with its request",
    "ACT-10": "no update or delete action was seen with its request",
    "OVR-01": "binds the client: it may show the text",
    "OVR-02": "no card had override reasons",
    "COD-01": "no coding was seen",
    "COD-02": "no coding was seen",
    "COD-03": "no card had override reasons",
    "LINK-01": "no card had links",
    "LINK-02": "no card had links",
    "LINK-03": "no card had links",
    "LINK-05": "no link had an appContext",
    "LINK-06": "no link had an appContext",
    "LINK-08": "no link said autolaunchable",
    "LINK-11": "no card had links",
    "EXT-02": "no extension was seen",
    "EXT-03": "no extension was seen",
}

CARD_MEMBERS = {
    "uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "links",
    "extension",
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_HTML = re.compile(r"<(?!https?:)[a-z/!][^>\n]*>", re.I)
_SCRIPT = re.compile(r"<script|javascript:|\son[a-z]+\s*=|<[a-z][^>\n]*\n|<(?!https?:)[a-z/][^>\n]*$", re.I | re.M)
_RELATIVE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.\-]+")


@dataclass
class Findings:
    """What was looked at and what failed, by requirement id."""

    checked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    untested: dict[str, str] = field(default_factory=dict)

    def check(self, requirement: str, holds: bool, where: str, message: str) -> bool:
        """Counts one look at a requirement; a look that does not hold is a failure."""
        self.checked[requirement] += 1
        if not holds:
            self.failed[requirement].append(f"{where}: {message}")
        return holds

    def lines(self, requirements: dict[str, str]) -> Iterator[str]:
        """One line a requirement: pass, fail or not-tested, with the reason."""
        for requirement in [*requirements, *sorted(set(self.checked) - set(requirements))]:
            if failures := self.failed.get(requirement):
                more = f" (and {len(failures) - 3} more)" if len(failures) > 3 else ""
                yield f"{requirement} fail: {'; '.join(failures[:3])}{more}"
            elif self.checked.get(requirement):
                yield f"{requirement} pass ({self.checked[requirement]} checked)"
            else:
                yield f"{requirement} not-tested: {self.untested.get(requirement, requirements[requirement])}"


@dataclass
class Request:
    """What a judge needs to know of the request: the patient, the drafts and every resource it carried."""

    patient: str
    drafts: dict[str, dict[str, Any]]
    known: set[str]

    @staticmethod
    def read(value: dict[str, Any]) -> "Request":
        """From a CDS Hooks request or from a record Bundle, read by `exact`."""
        resources = list(every_resource(value))
        drafts = {reference(r): r for r in resources if r.get("status") == "draft"}
        context = value.get("context") or {}
        if "draftOrders" in context:
            drafts = {reference(r): r for r in every_resource(context["draftOrders"])}
        patients = [str(r.get("id")) for r in resources if r.get("resourceType") == "Patient"]
        patient = str(context.get("patientId") or (patients[0] if patients else ""))
        named = {text for place, text in strings(value) if place.endswith((".reference", ".fullUrl"))}
        users = {str(context["userId"])} if "userId" in context else set()
        return Request(patient, drafts, named | users | {reference(r) for r in resources} | {f"Patient/{patient}"})


def every_resource(value: Any) -> Iterator[dict[str, Any]]:
    """The resources anywhere in a value, Bundles opened, contained resources left where they are."""
    if isinstance(value, list):
        for item in value:
            yield from every_resource(item)
    elif isinstance(value, dict):
        kind = value.get("resourceType")
        if isinstance(kind, str) and kind != "Bundle":
            yield value
        else:
            for item in value.values():
                yield from every_resource(item)


def reference(resource: dict[str, Any]) -> str:
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def text(value: Any) -> bool:
    """A string that says something."""
    return isinstance(value, str) and bool(value.strip())


def absolute(value: Any) -> bool:
    """An absolute http or https URL."""
    if not text(value) or any(sign.isspace() for sign in value):
        return False
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def filled(value: Any) -> bool:
    """An array of objects with at least one."""
    return bool(objects(value)) and len(objects(value)) == len(value)


class ResponseRules:
    """Holds answers against the rules. `validate` gives the R4 errors of a resource, `intended` names the members of a
    draft that an update may change, `described` those that it must leave out when it changes the test."""

    def __init__(
        self,
        findings: Findings,
        validate: Callable[[Any], list[str]],
        intended: frozenset[str] = frozenset({"priority", "note", "code", "dispenseRequest"}),
        described: frozenset[str] = frozenset({"orderDetail", "text"}),
    ):
        self.found, self.validate, self.intended, self.described = findings, validate, intended, described

    def response(self, where: str, body: Any, request: Request | None) -> None:
        """One answer of a service, read by `exact`, as the request was."""
        check = self.found.check
        cards = body.get("cards") if isinstance(body, dict) else None
        if not check("RESP-02", isinstance(cards, list), where, "no array of cards"):
            return
        actions = body.get("systemActions")
        check("RESP-03", "systemActions" not in body or filled(actions), where,
              "systemActions is neither left out nor a filled array of objects")
        self.emptiness(where, body)
        self.extensions(where, body)
        check("CARD-10", len(objects(cards)) == len(cards), where, "a card is not an object")
        self.uuids(where, objects(cards))
        for index, card in enumerate(objects(cards)):
            self.card(f"{where} cards[{index}]", card, request)
        for index, action in enumerate(objects(actions)):
            self.action(f"{where} systemActions[{index}]", action, request, {})

    def emptiness(self, where: str, value: Any, place: str = "$") -> None:
        """No null and nothing empty, but for the array of cards. FHIR and extensions follow rules of their own."""
        if place == "$":
            self.found.check("GEN-04", True, where, "")
            self.found.check("GEN-05", True, where, "")
        if value is None:
            self.found.check("GEN-04", False, where, f"{place} is null")
        elif value in ("", [], {}) and place != "$.cards":
            self.found.check("GEN-05", False, where, f"{place} is empty")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self.emptiness(where, item, f"{place}[{index}]")
        elif isinstance(value, dict) and "resourceType" not in value:
            for name, item in value.items():
                if name != "extension":
                    self.emptiness(where, item, f"{place}.{name}")

    def extensions(self, where: str, value: Any) -> None:
        """The member `extension` is an object whose names are globally unique. FHIR resources have their own form."""
        if isinstance(value, list):
            for item in value:
                self.extensions(where, item)
        elif isinstance(value, dict) and "resourceType" not in value:
            for name, item in value.items():
                if name != "extension":
                    self.extensions(where, item)
                elif self.found.check("EXT-02", isinstance(item, dict), where, "extension is not an object"):
                    for key in item:
                        self.found.check("EXT-03", "." in key, where, f"extension name {key!r} is not globally unique")

    def uuids(self, where: str, cards: list[dict[str, Any]]) -> None:
        """Card and suggestion uuids are UUIDs and unique in the answer."""
        seen: set[str] = set()
        for requirement, items in (
            ("CARD-01", cards),
            ("SUG-02", [s for card in cards for s in objects(card.get("suggestions"))]),
        ):
            for item in items:
                uuid = item.get("uuid")
                self.found.check(requirement, isinstance(uuid, str) and bool(_UUID.fullmatch(uuid)), where,
                                 "uuid is missing or no UUID")
                self.found.check(requirement, str(uuid) not in seen, where, "uuid stands twice in one answer")
                seen.add(str(uuid))

    def card(self, where: str, card: dict[str, Any], request: Request | None) -> None:
        check = self.found.check
        check("CARD-10", set(card) <= CARD_MEMBERS, where, f"unknown members {sorted(set(card) - CARD_MEMBERS)}")
        self.summary(where, card.get("summary"))
        if "detail" in card:
            self.detail(where, card["detail"])
        indicator = card.get("indicator")
        check("CARD-08", indicator in ("info", "warning", "critical"), where, "indicator is not one of the three")
        if check("CARD-10", isinstance(card.get("source"), dict), where, "source is not an object"):
            self.source(where, card["source"], request)
        self.suggestions(where, card, request)
        self.reasons(where, card)
        self.links(where, card, request)
        useful = any(name in card for name in ("suggestions", "links", "detail"))
        check("CARD-21", useful, where, "neither detail nor suggestions nor links")

    def summary(self, where: str, summary: Any) -> None:
        if not self.found.check("CARD-03", text(summary), where, "no summary"):
            return
        length = max(len(summary), len(summary.encode("utf-16-le", "surrogatepass")) // 2)
        self.found.check("CARD-03", length < 140, where, f"summary has {length} characters")
        self.found.check("CARD-03", "\n" not in summary and "\r" not in summary, where, "summary has a line break")

    def detail(self, where: str, detail: Any) -> None:
        if not self.found.check("CARD-04", text(detail), where, "detail is not a filled string"):
            return
        self.found.check("CARD-05", not _SCRIPT.search(detail), where, "detail holds script or unclosed HTML")
        self.found.check("CARD-07", not _HTML.search(detail), where, "detail holds HTML")

    def source(self, where: str, source: dict[str, Any], request: Request | None) -> None:
        check = self.found.check
        check("SRC-01", text(source.get("label")), where, "source has no label")
        check("SRC-08", str(source.get("label")).strip().lower() != "spinehook", where,
              "source names the software, not the guideline")
        if "url" in source:
            check("SRC-02", absolute(source["url"]), where, "source.url is not an absolute URL")
            check("SRC-03", not names_patient(source["url"], request), where, "source.url names the patient")
        if "icon" in source:
            check("SRC-04", absolute(source["icon"]), where, "source.icon is not an absolute URL")
        if "topic" in source:
            check("SRC-06", self.coding(f"{where} source.topic", source["topic"]), where, "source.topic is no Coding")

    def coding(self, where: str, coding: Any) -> bool:
        if not isinstance(coding, dict):
            return False
        code = self.found.check("COD-01", text(coding.get("code")), where, "coding has no code")
        system = self.found.check("COD-02", text(coding.get("system")), where, "coding has no system")
        return code and system

    def reasons(self, where: str, card: dict[str, Any]) -> None:
        reasons = card.get("overrideReasons")
        if card.get("indicator") in ("warning", "critical") or "overrideReasons" in card:
            if not self.found.check("CARD-16", isinstance(reasons, list) and bool(reasons), where,
                                    "no override reasons"):
                return
        codes = [reason.get("code") for reason in objects(reasons)]
        for index, reason in enumerate(reasons if isinstance(reasons, list) else []):
            place = f"{where} overrideReasons[{index}]"
            display = isinstance(reason, dict) and text(reason.get("display"))
            self.found.check("CARD-17", display, place, "no display")
            self.found.check("COD-03", display, place, "no display")
            self.found.check("OVR-02", self.coding(place, reason), place, "not a Coding with code and system")
            own = reason.get("code") if isinstance(reason, dict) else None
            self.found.check("OVR-02", codes.count(own) <= 1, place, "the reason stands twice")

    def links(self, where: str, card: dict[str, Any], request: Request | None) -> None:
        if "links" not in card:
            return
        check, links = self.found.check, card["links"]
        check("CARD-20", filled(links), where, "links is no filled array of objects")
        for index, link in enumerate(objects(links)):
            place = f"{where} links[{index}]"
            check("LINK-01", text(link.get("label")), place, "no label")
            check("LINK-02", absolute(link.get("url")), place, "url is not an absolute URL")
            check("LINK-03", link.get("type") in ("absolute", "smart"), place, "type is neither absolute nor smart")
            check("LINK-11", not names_patient(link.get("url"), request), place, "url names the patient")
            if "appContext" in link:
                check("LINK-05", text(link["appContext"]), place, "appContext is not a string")
                check("LINK-06", link.get("type") == "smart", place, "appContext without smart")
            if "autolaunchable" in link:
                check("LINK-08", isinstance(link["autolaunchable"], bool), place, "autolaunchable is not a boolean")

    def suggestions(self, where: str, card: dict[str, Any], request: Request | None) -> None:
        check, behavior = self.found.check, card.get("selectionBehavior")
        if "selectionBehavior" in card:
            check("CARD-13", behavior in ("at-most-one", "any"), where, "unknown selectionBehavior")
            check("CARD-13", "suggestions" in card, where, "selectionBehavior without suggestions")
        if "suggestions" not in card:
            return
        suggestions = card["suggestions"]
        check("CARD-11", filled(suggestions), where, "suggestions is no filled array of objects")
        check("CARD-12", "selectionBehavior" in card, where, "suggestions without selectionBehavior")
        recommended = [s for s in objects(suggestions) if s.get("isRecommended") is True]
        check("SUG-04", behavior != "at-most-one" or len(recommended) <= 1, where,
              "two recommended suggestions that exclude each other")
        for index, suggestion in enumerate(objects(suggestions)):
            self.suggestion(f"{where} suggestions[{index}]", suggestion, request)

    def suggestion(self, where: str, suggestion: dict[str, Any], request: Request | None) -> None:
        check = self.found.check
        check("SUG-01", text(suggestion.get("label")), where, "no label")
        if "isRecommended" in suggestion:
            check("SUG-03", isinstance(suggestion["isRecommended"], bool), where, "isRecommended is not a boolean")
        check("SUG-08", "actionSelectionBehavior" not in suggestion, where,
              "actionSelectionBehavior for a client that did not declare it")
        if "actions" not in suggestion:
            return
        actions = suggestion["actions"]
        check("SUG-05", filled(actions), where, "actions is no filled array of objects")
        created = {
            reference(a["resource"]): a["resource"] for a in objects(actions)
            if a.get("type") == "create" and isinstance(a.get("resource"), dict)
        }
        for index, action in enumerate(objects(actions)):
            self.action(f"{where} actions[{index}]", action, request, created)

    def action(self, where: str, action: dict[str, Any], request: Request | None, created: dict[str, Any]) -> None:
        check, kind = self.found.check, action.get("type")
        check("ACT-01", kind in ("create", "update", "delete"), where, "unknown type")
        check("ACT-02", text(action.get("description")), where, "no description")
        if kind == "delete":
            self.deletion(where, action, request)
        elif kind in ("create", "update"):
            requirement, resource = ("ACT-03" if kind == "create" else "ACT-04"), action.get("resource")
            if not check(requirement, isinstance(resource, dict), where, "no resource"):
                return
            for error in self.validate(plain(resource)):
                check(requirement, False, where, error)
            if kind == "update":
                self.update(where, resource, request)
            if request:
                self.belonging(where, resource, request, created)

    def deletion(self, where: str, action: dict[str, Any], request: Request | None) -> None:
        target = action.get("resourceId")
        relative = isinstance(target, str) and bool(_RELATIVE.fullmatch(target))
        self.found.check("ACT-05", relative, where, "resourceId is not a relative reference")
        self.found.check("ACT-06", "resource" not in action, where, "resource on a delete action")
        if request:
            self.found.check("ACT-10", str(target) in request.drafts, where, "deletes what is not among the drafts")

    def update(self, where: str, resource: dict[str, Any], request: Request | None) -> None:
        """An update carries the whole draft, and differs from it in the intended members only. With the test go the
        details and the narrative of the old one, which would contradict it."""
        self.found.check("ACT-04", text(resource.get("id")), where, "an update without id")
        if not request:
            return
        draft = request.drafts.get(reference(resource))
        if not self.found.check("ACT-10", draft is not None, where, "updates what is not among the drafts"):
            return
        names = sorted(set(draft) | set(resource))
        changed = [name for name in names if draft.get(name) != resource.get(name)]
        dropped = self.described if "code" in changed else frozenset()
        surplus = [name for name in changed if name not in self.intended | dropped]
        self.found.check("ACT-04", not surplus, where, f"changes {surplus} of the draft")
        lost = [name for name in draft if name not in resource and name not in dropped]
        self.found.check("ACT-04", not lost, where, f"loses {lost} of the draft")
        stale = sorted(name for name in dropped if name in resource)
        self.found.check("ACT-04", not stale, where, f"keeps {stale} of the test that it changes")
        self.found.check("ACT-04", bool(changed), where, "changes nothing")

    def belonging(self, where: str, resource: dict[str, Any], request: Request, created: dict[str, Any]) -> None:
        """The resource is about the patient, and what it refers to can be found."""
        about = resource.get("subject") or resource.get("patient")
        subject = about.get("reference") if isinstance(about, dict) else None
        self.found.check("ACT-09", subject == f"Patient/{request.patient}", where, "is not about the patient")
        contained = {f"#{inner.get('id')}" for inner in objects(resource.get("contained"))}
        for place, target in strings(resource):
            if place.endswith(".reference"):
                known = target in request.known or target in created or target in contained
                self.found.check("ACT-09", known, where, f"{place} leads nowhere")


def names_patient(url: Any, request: Request | None) -> bool:
    """Whether a URL carries the patient's id."""
    return bool(request and request.patient and request.patient in re.split(r"[/?&=#:]", str(url)))
