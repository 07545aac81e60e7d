"""Runs of `spinehook convert`: Bundles, losses and refusals by input."""

import json
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus_inputs import crashes

SOURCE_PATH = "https://spinehook.example/fhir/StructureDefinition/source-path"
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "ccda"


@dataclass
class Conversion:
    """One run and what came of it; the inputs are named by their paths below the folder that was given."""

    status: int
    stderr: str
    seconds: float
    written: dict[str, bytes] = field(default_factory=dict)
    losses: dict[str, dict[str, Any]] = field(default_factory=dict)
    issues: list[dict[str, Any]] = field(default_factory=list)

    def bundle(self, source: str) -> dict[str, Any] | None:
        return json.loads(self.written[source]) if source in self.written else None

    @property
    def refused(self) -> dict[str, dict[str, Any]]:
        """The inputs without a Bundle that are listed, with the first issue of each."""
        return {item["source"]: item for item in reversed(self.issues) if item["source"] not in self.written}

    @property
    def problems(self) -> list[str]:
        """What is wrong with the run as a run."""
        found = []
        if self.status not in (0, 1):
            found.append(f"exit status {self.status}" + (" (killed by a signal)" if self.status < 0 else ""))
        elif (self.status == 1) != bool(self.refused):
            found.append(f"exit status {self.status} with {len(self.refused)} refused inputs")
        return found + [f"standard error: {line}" for line in crashes(self.stderr)]


class Converter:
    """Runs the executable over a folder and reads what it wrote."""

    def __init__(self, spinehook: Path, work: Path):
        self.spinehook, self.work = spinehook.resolve(), work

    def run(self, folder: Path) -> Conversion:
        place = self.work / f"conversion-{len(list(self.work.glob('conversion-*')))}"
        bundles, loss, errors = place / "bundles", place / "loss.ndjson", place / "errors.ndjson"
        bundles.mkdir(parents=True)
        command = [self.spinehook, "convert", "--output", bundles, "--loss", loss, "--errors", errors, folder.resolve()]
        start = time.perf_counter()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        result = Conversion(done.returncode, done.stderr.decode(errors="replace"), time.perf_counter() - start)
        result.losses = {line["source"]: line for line in lines(loss)}
        result.issues = lines(errors)
        for path in sorted(item for item in bundles.rglob("*") if item.is_file()):
            result.written[source_of(path.relative_to(bundles).as_posix(), folder)] = path.read_bytes()
        return result


@dataclass
class Evaluation:
    """One run of `spinehook evaluate` over a folder: decisions by source, and what is wrong with the run as a run."""

    decisions: dict[str, list[dict[str, Any]]]
    problems: list[str]
    seconds: float

    @classmethod
    def run(cls, spinehook: Path, folder: Path, work: Path) -> "Evaluation":
        output, errors = work / "decisions.ndjson", work / "decision-errors.ndjson"
        for path in (output, errors):
            path.unlink(missing_ok=True)
        command = [spinehook.resolve(), "evaluate", "--format", "decisions", "--output", output, "--errors", errors]
        start = time.perf_counter()
        done = subprocess.run([*command, folder], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        seconds = time.perf_counter() - start
        problems = crashes(done.stderr.decode(errors="replace"))
        if done.returncode not in (0, 1):
            problems.append(f"exit status {done.returncode}")
        decisions: dict[str, list[dict[str, Any]]] = {}
        for decision in lines(output):
            decisions.setdefault(source_of(decision["source"], folder), []).append(decision)
        return cls(decisions, [f"evaluate {folder.name}: {problem}" for problem in problems], seconds)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def source_of(written: str, folder: Path) -> str:
    """The input that a file was written for: its name, or its name with `.json` behind it or in place of its end."""
    for candidate in (written, written.removesuffix(".json"), re.sub(r"\.json$", ".xml", written)):
        if (folder / candidate).is_file():
            return candidate
    return written


def source_path(resource: dict[str, Any]) -> str | None:
    """The path in the document of the element that a resource was made from."""
    for extension in resource.get("meta", {}).get("extension", []):
        if extension.get("url") == SOURCE_PATH:
            return extension.get("valueString")
    return None


def resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle.get("entry", []) if isinstance(entry.get("resource"), dict)]


def codings(node: Any) -> set[tuple[str, str]]:
    """The system and code of every coding in a resource."""
    if isinstance(node, list):
        return {pair for item in node for pair in codings(item)}
    if not isinstance(node, dict):
        return set()
    own = {(str(node.get("system")), node["code"])} if isinstance(node.get("code"), str) else set()
    return own | {pair for item in node.values() for pair in codings(item)}
