"""The FHIR corpus as inputs: its files, its archives unpacked, and its exports regrouped by patient."""

import gzip
import json
import re
import subprocess
import tarfile
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Iterator

_GZIP = b"\x1f\x8b"
_PATIENT = re.compile(r"(?:^|/)Patient/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$")
_CRASH = re.compile(
    r"fatal error|crash|stack (dump|trace)|backtrace|segmentation|illegal instruction|precondition|abort|"
    r"\bat .+\.swift:\d+",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"^(\d+) inputs, (\d+) decisions, (\d+) refused", re.MULTILINE)


def crashes(stderr: str) -> list[str]:
    """The lines of standard error that a crash leaves."""
    return [line for line in stderr.splitlines() if _CRASH.search(line)]


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked when it is compressed."""
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(_GZIP) else data


def files(root: Path) -> list[Path]:
    """Every file below a folder, in name order."""
    return sorted(path for path in root.rglob("*") if path.is_file())


def unpack(root: Path, target: Path) -> list[tuple[str, Path]]:
    """Unpacks each archive of the corpus into a folder of its own; gives the archive's relative path and the folder."""
    unpacked = []
    for number, path in enumerate(sorted(root.rglob("*.tar.xz"))):
        folder = target / f"{number}"
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
        unpacked.append((path.relative_to(root).as_posix(), folder))
    return unpacked


def exports(root: Path) -> list[Path]:
    """The folders that are Bulk Data exports: a file a resource type, patients in one called Patient."""
    found = {path.parent for path in root.rglob("Patient.*") if ".ndjson" in path.name}
    return sorted(found)


@dataclass
class Export:
    """One export, regrouped: a Bundle for each patient, made of the lines as they were written."""

    name: str
    bundles: dict[str, list[str]] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)
    without_patient: Counter = field(default_factory=Counter)
    unreadable: int = 0

    @classmethod
    def read(cls, name: str, folder: Path) -> "Export":
        export = cls(name)
        for path in files(folder):
            if ".ndjson" in path.name:
                for line in content(path).decode().splitlines():
                    export.add(line)
        return export

    def add(self, line: str) -> None:
        if not line.strip():
            return
        try:
            resource = json.loads(line)
        except ValueError:
            self.unreadable += 1
            return
        if not isinstance(resource, dict) or "resourceType" not in resource:
            self.without_patient["no resource"] += 1
        elif patient := patient_of(resource):
            self.bundles.setdefault(patient, []).append(line)
        else:
            # A drug is referred to from prescriptions; the rest of what names no patient says nothing of one.
            if resource["resourceType"] == "Medication":
                self.shared.append(line)
            self.without_patient[resource["resourceType"]] += 1

    @property
    def patients(self) -> list[str]:
        return list(self.bundles)

    def lines(self) -> Iterator[str]:
        """A line for each patient, in the order of `patients`."""
        for resources in self.bundles.values():
            entries = ",".join(f'{{"resource":{line}}}' for line in resources + self.shared)
            yield f'{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}\n'


def patient_of(resource: dict[str, Any]) -> str | None:
    """The id of the patient whom a resource is, or is about; None when it names none."""
    if resource["resourceType"] == "Patient":
        return resource.get("id")
    for element in ("subject", "patient", "beneficiary"):
        reference = resource.get(element)
        if isinstance(reference, dict) and (match := _PATIENT.search(str(reference.get("reference", "")))):
            return match[1]
    return None


@dataclass
class Run:
    """One run of `spinehook evaluate` and what came of it."""

    status: int
    stderr: str
    seconds: float
    decisions: list[dict[str, Any]]
    issues: list[dict[str, Any]]

    @property
    def problems(self) -> list[str]:
        """What is wrong with the run as a run: a crash, a trace, a summary that does not agree with what came out."""
        found = []
        if self.status not in (0, 1):
            found.append(f"exit status {self.status}" + (" (killed by a signal)" if self.status < 0 else ""))
        found += [f"standard error: {line}" for line in crashes(self.stderr)]
        summary = _SUMMARY.search(self.stderr)
        if summary is None:
            found.append("no closing summary on standard error")
        else:
            inputs, decisions, refused = map(int, summary.groups())
            if decisions != len(self.decisions):
                found.append(f"the summary counts {decisions} decisions, {len(self.decisions)} came out")
            if refused != len(self.refused):
                found.append(f"the summary counts {refused} refused, {len(self.refused)} are listed")
            if (self.status == 1) != (refused > 0):
                found.append(f"exit status {self.status} with {refused} refused inputs")
            if inputs < refused:
                found.append(f"the summary counts {inputs} inputs and {refused} refused")
        return found

    @property
    def inputs(self) -> int:
        summary = _SUMMARY.search(self.stderr)
        return int(summary[1]) if summary else 0

    @cached_property
    def refused(self) -> set[str]:
        """The inputs that are listed and that no decision came from; a line of a file of single resources is none."""
        decided = {decision["source"] for decision in self.decisions}
        listed = {issue["source"] for issue in self.issues}
        return {source for source in listed - decided if source.rpartition(":")[0] not in decided}

    @property
    def sources(self) -> set[str]:
        """The inputs that the output names."""
        return {decision["source"] for decision in self.decisions} | self.refused


class Evaluator:
    """Runs the executable and keeps its output in files, so that size does not matter."""

    def __init__(self, spinehook: Path, as_of: str, profiles: Path, work: Path):
        self.spinehook, self.as_of, self.profiles, self.work = spinehook, as_of, profiles, work

    def run(self, argument: str, standard_input: Path | None = None) -> Run:
        output, errors = self.work / "decisions.ndjson", self.work / "errors.ndjson"
        command = [self.spinehook, "evaluate", "--as-of", self.as_of, "--format", "decisions"]
        command += ["--profiles", self.profiles]
        command += ["--output", output, "--errors", errors, argument]
        for path in (output, errors):
            path.unlink(missing_ok=True)
        with open(standard_input or "/dev/null", "rb") as stdin:
            start = time.perf_counter()
            done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
            seconds = time.perf_counter() - start
        read = [
            [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
            for path in (output, errors)
        ]
        return Run(done.returncode, done.stderr.decode(errors="replace"), seconds, *read)
