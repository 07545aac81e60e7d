"""JSON as bytes, read strictly: what a lenient reader lets pass is reported, not repaired."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Iterator

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass
class Document:
    """One JSON value: where it came from, its text, the value, and what a strict reader objects to."""

    source: str
    text: str
    value: Any = None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Number:
    """A number as it was written; `1.0` and `1.00` differ."""

    text: str


def exact(text: str) -> Any:
    """The value with every number as it was written, for comparisons in which nothing may be rewritten."""
    return json.loads(text, parse_int=Number, parse_float=Number)


def plain(value: Any) -> Any:
    """The value of `exact` with its numbers as Python has them."""
    if isinstance(value, Number):
        return json.loads(value.text)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {name: plain(item) for name, item in value.items()} if isinstance(value, dict) else value


def document(source: str, text: str) -> Document:
    """Reads one JSON value. A text that is no JSON gives a document without value and with the reason."""
    found = Document(source, text)

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        for name in sorted({name for name in names if names.count(name) > 1}):
            found.problems.append(f"member {name!r} stands twice in one object")
        return dict(pairs)

    def constant(word: str) -> None:
        found.problems.append(f"{word} is not JSON")

    try:
        found.value = json.loads(text, object_pairs_hook=members, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        found.problems.append(f"not JSON: {error}")
        return found
    for place, string in strings(found.value):
        if _SURROGATE.search(string):
            found.problems.append(f"{place}: lone surrogate")
        if _CONTROL.search(string):
            found.problems.append(f"{place}: control character")
    return found


def strings(value: Any, place: str = "$") -> Iterator[tuple[str, str]]:
    """Every string of a value with the path to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from strings(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, f"{place}.{name}")


def documents(source: str, data: bytes) -> list[Document]:
    """One document for a JSON file, one for each line of an NDJSON file; the content decides which it is."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [Document(source, "", None, [f"not UTF-8: {error.reason} at byte {error.start}"])]
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        return [Document(source, "", None, ["empty input"])]
    whole = document(source, text)
    first = document(f"{source}:{lines[0][0]}", lines[0][1])
    if len(lines) == 1 or whole.value is not None or not isinstance(first.value, dict):
        return [whole]
    return [document(f"{source}:{number}", line) for number, line in lines]
