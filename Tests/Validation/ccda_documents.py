"""CDA documents as an outsider reads them: lxml and rules of its own, none of the product's code."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Iterator

from lxml import etree

Element = etree._Element

V3 = "urn:hl7-org:v3"
STATEMENTS = frozenset(
    "act encounter observation observationMedia organizer procedure regionOfInterest substanceAdministration supply"
    .split()
)
ENTRY = "2.16.840.1.113883.10.20.22.4."
FAMILY_SECTIONS = frozenset({"10157-6", "10157-2"})
FAMILY_TEMPLATES = frozenset(
    {ENTRY + "45", ENTRY + "46", "2.16.840.1.113883.10.20.1.22", "2.16.840.1.113883.10.20.1.23"}
)
PLANS = frozenset("INT RQO PRMS PRP ARQ APT PERM".split())
# Where a statement says what it is about, by template.
_SAID = {
    "value": ("4",), "code": ("2", "12", "13", "14", "27", "39", "41", "44", "49"), "consumable": ("16", "42", "52"),
    "participant": ("7",),
}
_SUBJECTS = {ENTRY + template: step for step, those in _SAID.items() for template in those}
# Codes that say no more than that something is said.
_GENERIC = frozenset("ASSERTION 55607006 64572001 404684003 410942007 71388002 40388003 160245001".split())
_V3 = f"{{{V3}}}"
_WIDE = re.compile(rb"""^(<\?xml[^>]*?)\s+encoding=["']utf-16["']""", re.IGNORECASE)
_STEP = re.compile(r"(?:(\w+):)?([\w.-]+)(?:\[(\d+)\])?")


def parse(data: bytes) -> Element | None:
    """The root; None for what is no well-formed XML or has a document type. Namespace faults alone are passed over."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    data = _WIDE.sub(rb"\1", data)  # that can be read with one byte a letter: the label is wrong
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    parser = etree.XMLParser(**options)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        faults = {fault.domain_name for fault in parser.error_log}
        if faults != {"NAMESPACE"}:
            return None
        root = etree.fromstring(data, etree.XMLParser(recover=True, **options))
    except ValueError:
        return None
    return None if root is None or root.getroottree().docinfo.doctype else root


def name(element: Element) -> str | None:
    """The local name of an element of CDA; None for any other node."""
    tag = element.tag
    return tag.removeprefix(_V3) if isinstance(tag, str) and tag.startswith(_V3) else None


def local_name(element: Element) -> str:
    """Without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """The children of CDA with one of the names."""
    return [child for child in element if name(child) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first child …, by names."""
    for step in path:
        found = children(element, step) if element is not None else []
        element = found[0] if found else None
    return element


def templates(element: Element) -> set[str]:
    return {item.get("root", "") for item in children(element, "templateId")}


def outward(element: Element) -> Iterator[Element]:
    """The element and its ancestors up to, and without, the entry that it stands in."""
    while element is not None and name(element) != "entry":
        yield element
        element = element.getparent()


def resolve(root: Element, path: str) -> Element | None:
    """The one element that a path such as `/ClinicalDocument/component/section[2]` names, else None."""
    steps = [_STEP.fullmatch(step) for step in path.removeprefix("/").split("/")]
    if not path.startswith("/") or None in steps or steps[0][2] != local_name(root) or steps[0][3]:
        return None
    element = root
    for prefix, local, index in (step.groups() for step in steps[1:]):
        found = [item for item in element if isinstance(item.tag, str) and is_named(item, prefix, local)]
        if index is None and len(found) != 1 or len(found) < int(index or 1):
            return None
        element = found[int(index or 1) - 1]
    return element


def is_named(element: Element, prefix: str | None, local: str) -> bool:
    """By local name in CDA's namespace, or with any prefix in another; a prefix that nobody declared is one too."""
    if prefix is None:
        return name(element) == local
    return name(element) is None and element.tag.rpartition("}")[2].rpartition(":")[2] == local


def path(element: Element) -> str:
    """The path to an element, an index only where siblings share its name."""
    steps = []
    while (parent := element.getparent()) is not None:
        local = name(element) or "*"
        same = children(parent, local)
        steps.append(local if len(same) == 1 else f"{local}[{same.index(element) + 1}]")
        element = parent
    return "/".join(["", local_name(element), *reversed(steps)])


@dataclass(frozen=True)
class Statement:
    """One of the nine elements under an entry, and what has to be asked before its code and value."""

    element: Element
    section: Element

    @cached_property
    def around(self) -> list[Element]:
        """The statement and the statements and links that it stands in, inner first."""
        return list(outward(self.element))

    @property
    def mood(self) -> str:
        return self.element.get("moodCode", "").strip().upper()

    @property
    def is_negated(self) -> bool:
        """By its own negationInd or that of a statement or link around it. What is neither true nor false counts."""
        flags = (item.get("negationInd") for item in self.around)
        return any(flag is not None and flag.strip().lower() not in ("false", "0") for flag in flags)

    @property
    def is_nullified(self) -> bool:
        statuses = (child(item, "statusCode") for item in self.around if name(item) in STATEMENTS)
        return any(item is not None and item.get("code", "").strip().lower() == "nullified" for item in statuses)

    @property
    def is_family(self) -> bool:
        """In a section of family history, of a template of it, or with a subject other than the patient."""
        sections = [item for item in self.section.iterancestors() if name(item) == "section"]
        for section in [self.section, *sections]:
            code = child(section, "code")
            if code is not None and code.get("code", "").strip() in FAMILY_SECTIONS or names_other(section):
                return True
        return any(templates(item) & FAMILY_TEMPLATES or names_other(item) for item in self.around)

    @property
    def is_planned(self) -> bool:
        """In a mood other than EVN; an organizer that names none only holds others."""
        return self.mood != "EVN" and not (name(self.element) == "organizer" and not self.mood)

    def codes(self, step: str) -> set[str]:
        """The codes in one of its parts, translations among them."""
        part = child(self.element, step)
        inner = [] if part is None else [item for item in part.iter() if name(item) in ("value", "code", "translation")]
        return {item.get("code").strip() for item in inner if item.get("code")}

    @property
    def subject_codes(self) -> set[str]:
        """The codes of the problem, drug, allergy, procedure, result, vaccine or visit that it is about."""
        steps = [_SUBJECTS[template] for template in templates(self.element) & _SUBJECTS.keys()]
        return self.codes(steps[0]) - _GENERIC if steps else set()

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Why the statement is no plain fact of the patient; empty for one that is."""
        asked = (
            ("family", self.is_family), ("nullified", self.is_nullified), ("negated", self.is_negated),
            ("planned", self.is_planned),
        )
        return tuple(kind for kind, holds in asked if holds)


def names_other(element: Element) -> bool:
    """Whether it has a subject that is not the patient; a relation that is not said is another's."""
    if (subject := child(element, "subject")) is None:
        return False
    code = child(subject, "relatedSubject", "code")
    return code is None or code.get("code", "").strip().upper() not in ("SELF", "ONESELF")


@dataclass(frozen=True)
class Document:
    """A parsed document and its statements in order."""

    source: str
    root: Element

    @classmethod
    def read(cls, file: Path, source: str) -> "Document | None":
        root = parse(file.read_bytes())
        return None if root is None else cls(source, root)

    @property
    def is_clinical(self) -> bool:
        return name(self.root) == "ClinicalDocument"

    @cached_property
    def sections(self) -> list[Element]:
        return [item for item in self.root.iter() if name(item) == "section"]

    @cached_property
    def statements(self) -> list[Statement]:
        return [
            Statement(item, section)
            for section in self.sections for entry in children(section, "entry")
            for item in entry.iterdescendants() if name(item) in STATEMENTS
        ]

    @cached_property
    def by_element(self) -> dict[Element, Statement]:
        return {statement.element: statement for statement in self.statements}
