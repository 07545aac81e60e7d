#!/usr/bin/env python3
"""Holds `spinehook convert` against HL7's mapping tables row by row; exits 1 where a row is not accounted for.

    ccda_mapping_tables.py SPINEHOOK [CORPUS] [--brief]

1. Each row of the ConceptMaps from C-CDA to FHIR becomes a tiny document; the target must stand in its Bundle. Rows
   that are decided otherwise stand in DECISIONS with the reason, and what they give instead is held too.
2. Each line of the working sheets stands in ccda_working_sheets.csv: covered, with a value in the Bundle of
   ccda_probe.xml; or decided otherwise, or not mapped, with the reason.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from lxml import etree

from ccda_conversion import CORPUS, Conversion, Converter, resources
from ccda_probes import PROBES, values

HERE = Path(__file__).resolve().parent
FHIR = "{http://hl7.org/fhir}"
PREFIX, SHEETS = "ConceptMap-CF-", ("CCDA-FHIR_", "FHIR-CDA_Datatypes_-_CDA")
# (table, source code): what stands there instead, and why.
DECISIONS: dict[tuple[str, str], tuple[list[str], str]] = {
    ("EncounterStatus", "active"): (["finished"], "the dates decide: a visit at one past time is over"),
    ("ImmunizationStatus", "obsolete"): ([], "superseded statements are not used, and stand in the loss report"),
    ("EncounterStatus", "held"): (["unknown"], "a visit that is on hold is neither planned nor going on"),
    ("EncounterStatus", "suspended"): (["unknown"], "nothing says that a visit broken off is only interrupted"),
    ("ImmunizationReqStatus", "new"): (["active"], "new is the usual value of an order in R1.1"),
    ("ImmunizationReqStatus", "obsolete"): ([], "superseded statements are not used, and stand in the loss report"),
    ("MaritalStatus", "C"): (["C"], "the code is kept as it was sent, not changed to another status"),
    ("ProcedureStatus", "active"): (["completed"], "what happened at a past time is done; a warning tells"),
    ("ResultStatus with a value", "active"): (["preliminary"], "a value that is there is not merely registered"),
}
# Rows of the working sheets that stand in no ConceptMap.
SHEET_ROWS = {
    "ImmunizationReqStatus": {
        "aborted": "stopped", "active": "active", "cancelled": "cancelled", "completed": "completed", "held": "on-hold",
        "new": "draft", "nullified": "entered-in-error", "obsolete": "entered-in-error", "suspended": "on-hold",
    },
    "MaritalStatus": {"C": "T"},
}
# Rows with two targets, by what tells them apart.
VARIANTS = {
    ("NameUse", "A"): {"NameUse": "nickname", "NameUse with CL": "nickname"},
    ("NameUse", "P"): {"NameUse": "anonymous", "NameUse with CL": "nickname"},
    ("TelecomType", "tel"): {"TelecomType": "phone", "TelecomType with PG": "pager"},
    ("ResultStatus", "active"): {"ResultStatus": "registered", "ResultStatus with a value": "preliminary"},
    ("ImmunizationStatus", "completed"): {"ImmunizationStatus": "completed"},
}


@dataclass(frozen=True)
class Row:
    """One row of a ConceptMap: a source code and the targets it may have."""

    table: str
    code: str
    targets: tuple[str, ...]

    def asked(self) -> Iterator[tuple[str, list[str]]]:
        """The probes of the row and what each must give."""
        for probe, target in VARIANTS.get((self.table, self.code), {self.table: None}).items():
            if (probe, self.code) in DECISIONS:
                yield probe, DECISIONS[probe, self.code][0]
            else:
                yield probe, [target] if target else list(self.targets)


def concept_maps(folder: Path) -> list[Row]:
    """Every row of the maps from C-CDA to FHIR, of XML and JSON, and the rows that only the sheets have."""
    rows = []
    for path in sorted(folder.glob(PREFIX + "*")):
        table = path.stem.removeprefix(PREFIX)
        found = json_rows(path) if path.suffix == ".json" else xml_rows(path)
        rows += [Row(table, code, targets) for code, targets in found]
    return rows + [Row(table, code, (to,)) for table, of in SHEET_ROWS.items() for code, to in of.items()]


def xml_rows(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for element in etree.parse(path).iter(FHIR + "element"):
        found = (target.find(FHIR + "code") for target in element.findall(FHIR + "target"))
        targets = tuple(item.get("value") for item in found if item is not None)
        code = element.find(FHIR + "code")
        # One row, of the scheme sms, has a target alone.
        yield code.get("value") if code is not None else targets[0], targets


def json_rows(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for group in json.loads(path.read_text())["group"]:
        for element in group["element"]:
            yield element["code"], tuple(target["code"] for target in element.get("target", []) if "code" in target)


def file_name(probe: str, code: str) -> str:
    return f"{probe} {code}.xml".replace("/", "_")


def write_probes(rows: list[Row], folder: Path) -> None:
    folder.mkdir(parents=True)
    for row in rows:
        for probe, _ in row.asked():
            (folder / file_name(probe, row.code)).write_text(PROBES[probe].document(row.code))
    (folder / "sheets.xml").write_bytes((HERE / "ccda_probe.xml").read_bytes())


def judge_rows(rows: list[Row], conversion: Conversion) -> Iterator[str]:
    """What is wrong with each row of the ConceptMaps."""
    for row in rows:
        for probe, wanted in row.asked():
            bundle = conversion.bundle(file_name(probe, row.code))
            found = PROBES[probe].read(bundle) if bundle else None
            if found != wanted:
                got = "no Bundle" if found is None else found
                yield f"{probe} {row.code}: {got} at {PROBES[probe].target}, expected {wanted}"
    known = {(probe, row.code) for row in rows for probe, _ in row.asked()}
    for probe, code in DECISIONS.keys() - known:
        yield f"{probe} {code}: decided, and no row of any table"


# The working sheets


def sheet_lines(folder: Path) -> set[tuple[str, int]]:
    """The sheets from C-CDA to FHIR and their lines that say anything; the first is the header."""
    found = set()
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith(SHEETS):
            with open(path, newline="") as text:
                reader = csv.reader(text)
                for row in reader:
                    if any(cell.strip() for cell in row):
                        found.add((path.stem, reader.line_num))
    return {item for item in found if item[1] > 1}


@dataclass(frozen=True)
class Line:
    """What is decided on one line of a working sheet."""

    sheet: str
    number: int
    verdict: str
    target: str
    value: str
    reason: str

    @classmethod
    def read(cls, path: Path) -> list["Line"]:
        with open(path, newline="") as text:
            return [cls(row["sheet"], int(row["line"]), *list(row.values())[2:]) for row in csv.DictReader(text)]


def judge_lines(lines: list[Line], there: set[tuple[str, int]], bundle: dict[str, Any] | None) -> Iterator[str]:
    """What is wrong with the decisions on the sheets, and with the values that are said to be covered."""
    said = Counter((line.sheet, line.number) for line in lines)
    for sheet, number in sorted(there - said.keys()):
        yield f"{sheet} line {number}: not decided"
    for sheet, number in sorted(said.keys() - there):
        yield f"{sheet} line {number}: decided, and not there"
    for line in lines:
        place = f"{line.sheet} line {line.number}"
        if line.verdict not in ("covered", "otherwise", "not mapped", "heading"):
            yield f"{place}: verdict {line.verdict}"
        if line.verdict in ("otherwise", "not mapped") and not line.reason:
            yield f"{place}: no reason"
        if (line.verdict == "covered" or line.target) and (problem := covered_problem(line, bundle)):
            yield f"{place}: {problem}"


def covered_problem(line: Line, bundle: dict[str, Any] | None) -> str | None:
    """Whether the value stands at the target in the Bundle of the probe, or a row of a ConceptMap says the same."""
    if line.target.startswith("ConceptMap "):
        return None if line.target.split()[1] in PROBES else "no such ConceptMap"
    found = at(bundle or {}, line.target)
    wanted = [] if line.value == "-" else [line.value]
    if line.value == "*":
        return None if found else f"nothing at {line.target}"
    ok = not found if not wanted else wanted[0] in [str(item) for item in found]
    return None if ok else f"{found} at {line.target}, expected {line.value}"


def at(bundle: dict[str, Any], target: str) -> list[Any]:
    """What stands at `Condition[problem].code.text`: in the resources of a type, or in that with an identifier."""
    head, _, path = target.partition(".")
    type_, _, identifier = head.rstrip("]").partition("[")
    chosen = [
        item for item in resources(bundle)
        if item["resourceType"] == type_ and (not identifier or identifier in values(item, "identifier.value"))
    ]
    return [value for item in chosen for value in values(item, path)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spinehook", type=Path, help="the executable")
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS, help="the corpus with its mapping-tables")
    parser.add_argument("--brief", action="store_true", help="without the list of what is decided otherwise")
    options = parser.parse_args()
    tables = options.corpus / "mapping-tables"
    if not tables.is_dir():
        print(f"{tables} is not here: no row was checked")
        return 0
    rows, lines = concept_maps(tables / "conceptmaps"), Line.read(HERE / "ccda_working_sheets.csv")
    there = sheet_lines(tables / "working-sheets")
    with tempfile.TemporaryDirectory() as work:
        write_probes(rows, Path(work) / "probes")
        conversion = Converter(options.spinehook, Path(work)).run(Path(work) / "probes")
    problems = conversion.problems + list(judge_rows(rows, conversion))
    problems += judge_lines(lines, there, conversion.bundle("sheets.xml"))
    print(f"{len(rows)} rows of {len({row.table for row in rows})} tables, {len(DECISIONS)} decided otherwise")
    verdicts = Counter(line.verdict for line in lines)
    print(f"{len(there)} lines of working sheets: " + ", ".join(f"{count} {name}" for name, count in verdicts.items()))
    if not options.brief:
        for (table, code), (instead, reason) in DECISIONS.items():
            print(f"  {table} {code}: {', '.join(instead) or 'nothing'}, because {reason}")
        for line in lines:
            if line.verdict in ("otherwise", "not mapped"):
                print(f"  {line.sheet} line {line.number}: {line.verdict}, because {line.reason}")
    print(f"\n{len(problems)} problems")
    print("\n".join(f"  {problem}" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
