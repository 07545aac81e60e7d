"""Where the guideline can be broken: thresholds, signs, cells of tables, rows of value sets and roles."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterator

REASONING = "Sources/Reasoning"
RADICULOPATHY = f"{REASONING}/LumbosacralRadiculopathy"
PROFILES = "Profiles"

SIGNS = {
    " >= ": " > ", " > ": " >= ", " <= ": " < ", " < ": " <= ",
    " == ": " != ", " != ": " == ", " && ": " || ", " || ": " && ",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One place of one file, and what stands there instead."""

    name: str
    kind: str
    path: str
    start: int
    end: int
    text: str
    change: str

    @property
    def group(self) -> str:
        return "knowledge" if self.path.startswith(PROFILES) else "logic"

    def applied(self, content: str) -> str:
        return content[: self.start] + self.text + content[self.end :]


def mutants(root: Path) -> Iterator[Mutant]:
    """Every mutant of a checkout, each under a name of its own."""
    seen: dict[str, int] = {}
    for kind in (thresholds, signs, cells, value_sets, roles, imaging_tests):
        for found in kind(root):
            seen[found.name] = seen.get(found.name, 0) + 1
            yield found if seen[found.name] == 1 else replace(found, name=f"{found.name} ({seen[found.name]})")


def change_of(path: str, content: str, start: int, end: int, text: str) -> str:
    """The line before and after, with the file: what stays the same when other lines are moved."""
    first = content.rfind("\n", 0, start) + 1
    last = content.find("\n", end)
    last = len(content) if last < 0 else last
    before, after = content[first:last], content[first:start] + text + content[end:last]
    return f"{path}: {' '.join(before.split())} → {' '.join(after.split())}"


def mutant(kind: str, name: str, path: str, content: str, start: int, end: int, text: str) -> Mutant:
    return Mutant(f"{kind}/{name}", kind, path, start, end, text, change_of(path, content, start, end, text))


def without_words(code: str) -> str:
    """Swift code with comments and literals blanked out, every other character at its place."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"', re.DOTALL)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), code)


# Numbers and switches


def thresholds(root: Path) -> Iterator[Mutant]:
    """Each default one step up and one step down; a switch turned over; no limit turned into one."""
    path = f"{RADICULOPATHY}/Thresholds.swift"
    content = (root / path).read_text()
    for match in re.finditer(r"public var (\w+) = (-?[\d.]+|true|false)$", content, re.MULTILINE):
        for name, value in steps(match[2]):
            yield mutant("threshold", f"{match[1]}{name}", path, content, match.start(2), match.end(2), value)
    for match in re.finditer(r"public var (\w+): Int\?$", content, re.MULTILINE):
        yield mutant("threshold", f"{match[1]}=1", path, content, match.end(), match.end(), " = 1")


def steps(value: str) -> list[tuple[str, str]]:
    if value in ("true", "false"):
        return [("-turned", "false" if value == "true" else "true")]
    if "." not in value:
        return [("+1", str(int(value) + 1)), ("-1", str(int(value) - 1))]
    return [("+0.1", f"{float(value) + 0.1:.1f}"), ("-0.1", f"{float(value) - 0.1:.1f}")]


# Comparisons and connectives


def signs(root: Path) -> Iterator[Mutant]:
    """Each comparison with the other side of its limit, each "and" and "or" exchanged."""
    files = sorted((root / REASONING).rglob("*.swift")) + [root / "Sources/Model/ClinicalFacts/PartialDate.swift"]
    sign = re.compile("|".join(re.escape(text) for text in SIGNS))
    for file in files:
        path = file.relative_to(root).as_posix()
        if file.name in ("ThresholdTable.swift",):
            continue
        content = file.read_text()
        plain = without_words(content)
        found = (match for match in sign.finditer(plain) if not plain[: match.start()].endswith("func"))
        for number, match in enumerate(found, 1):
            text = SIGNS[match.group()]
            name = f"{file.stem}/{number:02} {match.group().strip()} {text.strip()}"
            yield mutant("sign", name, path, content, match.start(), match.end(), text)


# Tables


RATINGS = ("usuallyAppropriate", "mayBeAppropriate", "usuallyNotAppropriate", "insufficientData", "notEvaluated")
FITS = ("preferred", "acceptable", "notPreferred", "noRole", "inadequate", "verify", "device", "pregnancy")
CLASSES = ("undetermined", "noFlag", "emergency", "infectionOrMalignancy", "fracture", "priorSurgery")
INDICATORS = ("info", "warning", "critical")
REASONS = ("indicated", "early", "noTrial", "improving", "notCandidate", "askOnset", "askTrial", "askResponse")
RESULTS = ("met", "notMet", "unknown", "noneOnRecord", "suspected")
THERAPY = (
    "opioidOutOfScope", "opioidWithSedative", "opioidOverLimit", "opioidBelowSeverePain", "opioidNotKnown",
    "opioidWithinLimits", "neuropathicOutOfScope", "gabapentinoidWithOpioid", "neuropathic", "nsaidOutOfScope",
    "nsaidContraindicated", "nsaid", "relaxantOutOfScope", "relaxantInOlderAdult", "relaxant", "restForAReason", "rest",
    "injectionWithRedFlag", "procedureSupported", "procedureEarly", "procedureCourseUnknown",
)  # fmt: skip
CELLS = {
    f"{RADICULOPATHY}/Tables/FitTable.swift": [(r"(?<=: )\.(\w+)(?= *:|$)", FITS), (r"\? \.(\w+)|\breturn \.(\w+)", FITS)],
    f"{RADICULOPATHY}/Tables/CardTable.swift": [
        (r"\.(info|warning|critical)\)", INDICATORS), (r"CardChoice\(\.(k\d\d)", None), (r": \.(k\d\d)$", None),
        (r"(?<!card: )\? \.(k\d\d)", None), (r"priority >= \.(\w+)", ("urgent", "asap", "stat")),
    ],
    f"{RADICULOPATHY}/Tables/IndicationTable.swift": [
        (r"\.(" + "|".join(RATINGS) + r")(?=[,)]|$)", RATINGS), (r"\.(" + "|".join(CLASSES) + r")\)", CLASSES),
        (r"== \.(met|notMet|suspected)", RESULTS), (r"!= \.(met|notMet)", RESULTS),
    ],
    f"{RADICULOPATHY}/Tables/CourseTable.swift": [
        (r"\.(" + "|".join(REASONS) + r"|askCandidate)\b", REASONS), (r"[!=]= \.(met|notMet)", RESULTS),
    ],
    f"{RADICULOPATHY}/Tables/Rule.swift": [(r": \.(" + "|".join(RATINGS) + ")$", RATINGS), (r'"(G\d\d)"', None)],
    f"{RADICULOPATHY}/Tables/TherapyTable.swift": [
        (r"\.(info|warning|critical)\)", INDICATORS), (r"CardChoice\(\.(k\d\d)", None), (r'"(G\d\d)"', None),
        (r"[!=]= \.(met|notMet)", RESULTS), (r"(?:return|\?| :) \.(" + "|".join(THERAPY) + r")\b", THERAPY),
    ],
    f"{RADICULOPATHY}/Tables/Decide.swift": [
        (r"[!=]= \.(\w+)", RESULTS), (r": (false|true)$", ("false", "true")),
        (r"\.(early|noTrial|improving)\)", REASONS),
    ],
    f"{REASONING}/Criteria/CriterionID.swift": [(r"^ +\.(unknown|noneOnRecord)$|: \.(met)$", RESULTS)],
}  # fmt: skip


def cells(root: Path) -> Iterator[Mutant]:
    """Each cell of the decision tables with another value of its kind."""
    for path, patterns in CELLS.items():
        content = (root / path).read_text()
        plain = content if path.endswith(("Rule.swift", "TherapyTable.swift")) else without_words(content)
        for match, others in sorted(
            ((match, others) for pattern, others in patterns for match in re.finditer(pattern, plain, re.MULTILINE)),
            key=lambda found: found[0].start(),
        ):
            group = next(number for number, text in enumerate(match.groups(), 1) if text)
            value = match[group]
            line = plain.count("\n", 0, match.start()) + 1
            text = next_card(value) if others is None else another(value, others)
            name = f"{Path(path).stem}/{nth(plain, match.start(group)):02} {value} {text}"
            if text != value and line:
                yield mutant("cell", name, path, content, match.start(group), match.end(group), text)


def nth(content: str, place: int) -> int:
    """The how manieth name with a dot or quote before it stands at a place: a number that other changes seldom move."""
    return len(re.findall(r'[."]\w', content[: place + 1]))


def another(value: str, others: tuple[str, ...]) -> str:
    return others[(others.index(value) + 1) % len(others)] if value in others else others[0]


def next_card(value: str) -> str:
    """The next card or statement; of cards that one with a neighbouring subject."""
    number = int(value[1:])
    return f"{value[0]}{1 if value == 'k34' else number + 1:02}"


# Codes


def json_files(root: Path, folder: str) -> list[Path]:
    return sorted((root / PROFILES / folder).rglob("*.json"))


def elements(content: str, member: str) -> Iterator[tuple[int, int, dict]]:
    """The objects of every array of a name, each with its place; of two a line only where it stands so."""
    decoder = json.JSONDecoder()
    for match in re.finditer(rf'"{member}"\s*:\s*\[', content):
        place = match.end()
        while True:
            while content[place] in " \n\t,":
                place += 1
            if content[place] != "{":
                break
            element, end = decoder.raw_decode(content, place)
            yield place, end, element
            place = end


def removal(content: str, start: int, end: int) -> tuple[int, int]:
    """The place of an element with the comma that goes with it."""
    after = re.match(r"\s*,\s*", content[end:])
    if after:
        return start, end + after.end()
    before = re.search(r",\s*$", content[:start])
    return (before.start() if before else start), end


def value_sets(root: Path) -> Iterator[Mutant]:
    """Each code and each header of a value set gone."""
    for file in json_files(root, "ValueSets"):
        path, content = file.relative_to(root).as_posix(), file.read_text()
        for member in ("concept", "filter"):
            for start, end, element in elements(content, member):
                code = element.get("code") or element.get("value")
                first, last = removal(content, start, end)
                name = f"{file.stem}/{code}"
                yield Mutant(f"code/{name}", "code", path, first, last, "", f"{path}: without {code}")


def roles(root: Path) -> Iterator[Mutant]:
    """Each row of the role table gone, and with another part or word on standing alone."""
    path = f"{PROFILES}/Guidelines/lumbosacral-radiculopathy/roles.json"
    content = (root / path).read_text()
    for start, end, row in elements(content, "rows"):
        name = f"{row['set']}/{row.get('code') or row.get('criterion') or 'default'}"
        first, last = removal(content, start, end)
        yield Mutant(f"role/{name} gone", "role", path, first, last, "", f"{path}: without {name}")
        for member, others in (("part", ("P", "R", "hint")), ("alone", ("yes", "no"))):
            value = another(row[member], others)
            text = json.dumps({**row, member: value}, ensure_ascii=False)
            change = f"{path}: {name} {member} {row[member]} → {value}"
            yield Mutant(f"role/{name} {member} {value}", "role", path, start, end, text, change)


def imaging_tests(root: Path) -> Iterator[Mutant]:
    """Each imaging code as another test."""
    path = f"{PROFILES}/Guidelines/lumbosacral-radiculopathy/imaging-tests.json"
    content = (root / path).read_text()
    tests = ("MRI-WO", "MRI-WWO", "CT-WO", "CT-MYELO", "XR", "BONE")
    for start, end, row in elements(content, "rows"):
        modality = next((member for member in ("modality", "test") if member in row), None)
        if modality is None:
            continue
        value = another(row[modality], tests)
        text = json.dumps({**row, modality: value}, ensure_ascii=False)
        name = f"{row['code']} {value}"
        change = f"{path}: {row['code']} {row[modality]} → {value}"
        yield Mutant(f"imaging/{name}", "imaging", path, start, end, text, change)
