"""What Profiles/ says of a code, read without the product: the value sets that hold it and what they may do."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

ICD, SNOMED, LOINC = "http://hl7.org/fhir/sid/icd-10-cm", "http://snomed.info/sct", "http://loinc.org"
_PART_OF = "https://spinehook.example/fhir/StructureDefinition/value-set-part-of"


def system_of(code: str) -> str:
    """The system of a code that stands without one: the shapes of ICD-10-CM, LOINC and SNOMED CT differ."""
    if re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code):
        return ICD
    return LOINC if re.fullmatch(r"\d{1,7}-\d", code) else SNOMED


@dataclass(frozen=True)
class Use:
    """What one value set lets a code do in one criterion."""

    set: str
    criterion: str
    component: str
    part: str
    role: str
    alone: str

    @property
    def decides(self) -> bool:
        """Whether it can set or suspect its criterion; support, context and exclusions cannot."""
        return self.part in ("P", "R", "hint", "history", "treatment") and self.role not in ("support", "context")


class Knowledge:
    """The value sets and the role table of a folder of profiles."""

    def __init__(self, profiles: Path):
        self.sets: dict[tuple[str, str], set[str]] = {}
        self.displays: dict[tuple[str, str], str] = {}
        for path in sorted((profiles / "ValueSets").rglob("*.json")):
            self._read(json.loads(path.read_text()))
        roles = profiles / "Guidelines" / "lumbosacral-radiculopathy" / "roles.json"
        self.rows: dict[str, list[dict[str, str]]] = {}
        for row in json.loads(roles.read_text())["rows"]:
            self.rows.setdefault(row["set"], []).append(row)

        products = json.loads((profiles / "CodeSystems" / "rxnorm-products.json").read_text())
        self.ingredients: dict[str, list[str]] = {
            concept["code"]: [
                item["valueCode"] for item in concept.get("property", []) if item["code"] == "ingredient"
            ]
            for concept in products["concept"]
        }

    def _read(self, value_set: dict) -> None:
        parents = [item["valueCanonical"] for item in value_set.get("extension", []) if item["url"] == _PART_OF]
        name = (parents or [value_set["url"]])[0].rpartition("/")[2]
        for include in value_set.get("compose", {}).get("include", []):
            for concept in include.get("concept", []):
                key = (include["system"], concept["code"])
                self.sets.setdefault(key, set()).add(name)
                self.displays.setdefault(key, concept.get("display", ""))

    def _spellings(self, system: str, code: str) -> list[str]:
        """The code and, of ICD-10-CM, the headers above it, the longest first."""
        if system != ICD:
            return [code]
        return [code[:length].rstrip(".") for length in range(len(code), 2, -1) if code[length - 1] != "."]

    def uses(self, system: str, code: str) -> list[Use]:
        """Everything that the code may do. A row of the role table with the code replaces its set's default rows."""
        spellings, found = self._spellings(system, code), []
        for name in sorted({name for spelling in spellings for name in self.sets.get((system, spelling), ())}):
            rows = self.rows.get(name, [])
            own = next(
                (chosen for spelling in spellings
                 if (chosen := [row for row in rows if row.get("system") == system and row.get("code") == spelling])),
                [row for row in rows if "code" not in row],
            )
            found += [
                Use(name, row.get("criterion", ""), row.get("component", ""), row["part"], row["role"], row["alone"])
                for row in own
            ]
        return found

    def deciding(self, system: str, code: str, criterion: str) -> list[Use]:
        return [use for use in self.uses(system, code) if use.criterion == criterion and use.decides]

    def is_in(self, name: str, system: str, code: str) -> bool:
        return any(name in self.sets.get((system, spelling), ()) for spelling in self._spellings(system, code))

    def display(self, system: str, code: str) -> str:
        """The display that the value sets give a code or, of ICD-10-CM, the header above it; empty without one."""
        for spelling in self._spellings(system, code):
            if shown := self.displays.get((system, spelling)):
                return shown
        return ""
