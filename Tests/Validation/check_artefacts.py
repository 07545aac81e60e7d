#!/usr/bin/env python3
"""Holds that the artefacts of a folder fit together, and exits 1 when they do not.

    check_artefacts.py [--definitions FOLDER] [PROFILES]

Every canonical URL that an artefact uses is that of an artefact of the folder, of R4, of US Core, or of a code system that
is known by name; every code of the product's own code systems is one of their codes; the ids of actions are unique; the
guide and the package list what is there, no more and no less. Without the definitions the URLs of R4 and US Core are not
looked up, and a note says so.
"""

import argparse
import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any, Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
DEFINITIONS = REPOSITORY.parent / "shared" / "definitions"
BASE = "https://spinehook.example/fhir/"
R4 = "http://hl7.org/fhir/"
US_CORE = "http://hl7.org/fhir/us/core/"
ARCHIVES = ("r4-core-4.0.1-structuredefinitions.tar.xz", "r4-core-4.0.1-terminology.tar.xz", "hl7.fhir.us.core-6.1.0.tgz")

# Code systems of other bodies, which no package at hand defines.
EXTERNAL = {
    "http://snomed.info/sct", "http://loinc.org", "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-9-cm", "http://www.ama-assn.org/go/cpt",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "http://unitsofmeasure.org",
    "urn:oid:2.16.840.1.113883.3.26.1.1", "http://dicom.nema.org/resources/ontology/DCM",
}
# Members that hold canonical URLs, alone or in a list.
CANONICAL = {
    "baseDefinition", "valueSet", "profile", "supportedProfile", "definitionCanonical", "implementationGuide", "system",
    "instantiates", "imports", "library", "derivedFrom", "answerValueSet", "valueCanonical", "supplements", "targetProfile",
}


def nodes(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a resource with its place."""
    if isinstance(value, dict):
        yield place, value
        for name, item in value.items():
            yield from nodes(item, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from nodes(item, f"{place}[{index}]")


def canonicals(resource: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The canonical URLs that a resource uses, each with its place."""
    for place, node in nodes(resource):
        for name, value in node.items():
            urls = value if isinstance(value, list) else [value]
            if name in CANONICAL:
                yield from ((f"{place}.{name}".lstrip("."), url) for url in urls if isinstance(url, str))
        is_extension = re.search(r"(^|\.)(modifierE|e)xtension\[\d+\]$", place)
        if is_extension and str(node.get("url", "")).startswith("http"):
            yield f"{place}.url", node["url"]


class Folder:
    """The artefacts of a folder, by path below it."""

    def __init__(self, files: dict[str, Any]):
        self.files = files
        self.resources = {
            path: content for path, content in files.items()
            if "resourceType" in content
        }
        self.by_url = {resource.get("url"): resource for resource in self.resources.values()}

    @staticmethod
    def read(folder: Path) -> "Folder":
        paths = sorted(path for path in folder.rglob("*.json") if "Guidelines" not in path.relative_to(folder).parts)
        return Folder({path.relative_to(folder).as_posix(): json.loads(path.read_bytes()) for path in paths})

    def problems(self, known: set[str] | None) -> Iterator[str]:
        """What does not fit, one line each; `known` are the canonical URLs of R4 and US Core, None when they are not at hand."""
        for path, resource in self.resources.items():
            yield from (f"{path}: {problem}" for problem in self.problems_of(resource, known))
        yield from self.misplaced()
        yield from self.unlisted()

    def problems_of(self, resource: dict[str, Any], known: set[str] | None) -> Iterator[str]:
        for place, url in canonicals(resource):
            if not self.resolves(url.partition("|")[0], known):
                yield f"{place}: nothing is called {url}"
        for place, node in nodes(resource):
            yield from self.unknown_code(place, node)
        if resource["resourceType"] == "PlanDefinition":
            ids = [node["id"] for place, node in nodes(resource) if place and "id" in node]
            yield from (f"action id {id} twice" for id in sorted({id for id in ids if ids.count(id) > 1}))

    def resolves(self, url: str, known: set[str] | None) -> bool:
        if url in self.by_url or url in EXTERNAL:
            return True
        if url.startswith(BASE):
            return False
        if known is None:
            return url.startswith((R4, "http://terminology.hl7.org/"))
        return url in known

    def unknown_code(self, place: str, coding: dict[str, Any]) -> Iterator[str]:
        """A code that the product's own code system, whole in the folder, does not have."""
        system = self.by_url.get(coding.get("system"))
        if not system or system.get("content") != "complete":
            return
        listed = {concept["code"] for concept in system.get("concept", [])}
        codes = [coding] if "code" in coding else coding.get("concept", [])
        for code in codes:
            if isinstance(code, dict) and code.get("code") not in listed:
                yield f"{place}: {system['url']} has no code {code.get('code')}"

    def misplaced(self) -> Iterator[str]:
        for path, resource in self.resources.items():
            name = path.rpartition("/")[2].removesuffix(".json")
            expected = f"{BASE}{resource['resourceType']}/{name}"
            if resource.get("url") != expected or resource.get("id") != name:
                yield f"{path}: id and url do not say where it stands"

    def unlisted(self) -> Iterator[str]:
        """What the guide and the package list beside what is there."""
        guides = [resource for resource in self.resources.values() if resource["resourceType"] == "ImplementationGuide"]
        there = {
            f"{resource['resourceType']}/{resource['id']}" for resource in self.resources.values()
            if resource["resourceType"] != "ImplementationGuide"
        }
        for guide in guides:
            listed = [item["reference"]["reference"] for item in guide["definition"]["resource"]]
            yield from differences("the guide", listed, there)
        package = self.files.get("package/package.json")
        if not guides or package is None:
            yield "no guide, or no package/package.json"
            return
        yield from differences("the package", package["files"], set(self.resources))


def differences(name: str, listed: list[str], there: set[str]) -> Iterator[str]:
    yield from (f"{name} lists {item} twice" for item in sorted({item for item in listed if listed.count(item) > 1}))
    yield from (f"{name} does not list {item}" for item in sorted(there - set(listed)))
    yield from (f"{name} lists {item}, which is not there" for item in sorted(set(listed) - there))


def known_urls(definitions: Path) -> set[str] | None:
    """The canonical URLs of R4 and US Core; None when the definitions are not at hand."""
    if not all((definitions / name).exists() for name in ARCHIVES):
        return None
    urls: set[str] = set()
    for name in ARCHIVES:
        with tarfile.open(definitions / name) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith(".json") and "/example" not in member.name:
                    content = json.load(archive.extractfile(member))  # type: ignore[arg-type]
                    if isinstance(content, dict) and isinstance(content.get("url"), str):
                        urls.add(content["url"])
    return urls


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--definitions", type=Path, default=DEFINITIONS)
    parser.add_argument("folder", type=Path, nargs="?", default=REPOSITORY / "Profiles")
    arguments = parser.parse_args()
    known = known_urls(arguments.definitions)
    if known is None:
        print("the definitions of R4 and US Core are not here: their URLs are not looked up", file=sys.stderr)
    folder = Folder.read(arguments.folder)
    problems = list(folder.problems(known))
    for problem in problems:
        print(problem)
    print(f"{len(folder.resources)} artefacts, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
