"""Every mutant of the logic in one build, each behind a switch that the environment turns: one build, then a run a mutant."""

import re
from typing import Iterable

from mutation_kinds import PROFILES, SIGNS, Mutant

# What names the mutant of a run.
VARIABLE = "SPINEHOOK_MUTANT"
# Where the switches of each module are declared.
DECLARATIONS = {"Sources/Model/": "Sources/Model/MutantSwitches.swift", "Sources/": "Sources/Reasoning/MutantSwitches.swift"}
# Digits of a number in the name of an operator.
DIGITS = "⊕⊖⊗⊘⊙⊚⊛⊜⊝⊞"

PRECEDENCE = {"&&": "LogicalConjunctionPrecedence", "||": "LogicalDisjunctionPrecedence"}

HEAD = f"""import Glibc

/// The number of the mutant that this run is about.
private let active: Int32 = unsafe getenv("{VARIABLE}").map {{ unsafe atoi($0) }} ?? -1

func switched<Value>(_ number: Int32, _ original: @autoclosure () -> Value, _ mutant: @autoclosure () -> Value) -> Value {{
    active == number ? mutant() : original()
}}
"""


def can_be_switched(mutant: Mutant) -> bool:
    """Whether a mutant is a value or a sign in an expression: not a row of data, not a number where none stood."""
    return not mutant.path.startswith(PROFILES) and mutant.start < mutant.end


def sign_of(number: int, sign: str) -> str:
    return sign + "".join(DIGITS[int(digit)] for digit in str(number))


def declared(number: int, mutant: Mutant, original: str) -> str:
    """The operator of a mutated sign."""
    name, before, after = sign_of(number, original), original, mutant.text.strip()
    precedence = PRECEDENCE.get(original, "ComparisonPrecedence")
    if original in PRECEDENCE:
        head = f"func {name} (left: Bool, right: @autoclosure () throws -> Bool) rethrows -> Bool"
        body = f"active == {number} ? try left {after} right() : try left {before} right()"
    else:
        protocol = "Equatable" if original in ("==", "!=") else "Comparable"
        head = f"func {name} <Value: {protocol}>(left: Value, right: Value) -> Bool"
        body = f"active == {number} ? left {after} right : left {before} right"
    return f"infix operator {name}: {precedence}\n{head} {{ {body} }}\n"


def switch(number: int, mutant: Mutant, content: str) -> tuple[int, int, str]:
    """The place of a mutant and what stands there with its switch."""
    original = content[mutant.start : mutant.end]
    if original in SIGNS:
        return mutant.start, mutant.end, f" {sign_of(number, original.strip())} "
    start, end = mutant.start, mutant.end
    if content[start - 1] == '"' and content[end] == '"':
        start, end = start - 1, end + 1
    elif content[start - 1] == ".":
        start -= 1
    before, after = content[start : mutant.start], content[mutant.end : end]
    return start, end, f"switched({number}, {content[start:end]}, {before}{mutant.text}{after})"


def switched_files(numbered: Iterable[tuple[int, Mutant]], contents: dict[str, str]) -> dict[str, str]:
    """Every file that a mutant is in with all its switches, and the files that declare them."""
    places: dict[str, list[tuple[int, int, str]]] = {}
    declarations = {path: [HEAD] for path in DECLARATIONS.values()}
    for number, mutant in numbered:
        content = contents[mutant.path]
        places.setdefault(mutant.path, []).append(switch(number, mutant, content))
        original = content[mutant.start : mutant.end]
        if original in SIGNS:
            module = next(prefix for prefix in DECLARATIONS if mutant.path.startswith(prefix))
            declarations[DECLARATIONS[module]].append(declared(number, mutant, original.strip()))
    files = {path: "\n".join(texts) for path, texts in declarations.items()}
    for path, found in places.items():
        text, end = "", 0
        for start, stop, new in nested(sorted(found)):
            text += contents[path][end:start] + new
            end = stop
        files[path] = text + contents[path][end:]
    return files


def nested(places: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Places that are one and the same as one switch within the other: a number one up and one down."""
    merged: list[tuple[int, int, str]] = []
    for start, end, text in places:
        if merged and merged[-1][:2] == (start, end):
            inner = merged.pop()[2]
            first, _, rest = text.partition(", ")
            _, _, last = rest.rpartition(", ")
            text = f"{first}, {inner}, {last}"
        merged.append((start, end, text))
    return merged


def refused(output: str, files: dict[str, str]) -> set[int]:
    """The numbers of the mutants on lines that the compiler has an error in; where none is there, of those files."""
    places = {
        (path, int(line))
        for path, line in re.findall(r"(Sources/[\w/+]+\.swift):(\d+):\d+: error:", output)
        if path in files
    }
    numbers = {number for path, line in places for number in switches_in(files[path].split("\n")[line - 1])}
    return numbers or {number for path, _ in places for number in switches_in(files[path])}


def switches_in(text: str) -> set[int]:
    """The numbers of the switches that a text holds."""
    numbers = {int(number) for number in re.findall(r"switched\((\d+),", text)}
    for digits in re.findall(rf"[=!<>&|]+([{DIGITS}]+)", text):
        numbers.add(int("".join(str(DIGITS.index(digit)) for digit in digits)))
    return numbers
