#!/usr/bin/env python3
"""Compares `spinehook convert` with converters by other authors on the same documents in one run; prints a table.

    ccda_peers.py SPINEHOOK [CORPUS] [--ccda-to-fhir PYTHON] [--python-fhir-converter PYTHON]

Each PYTHON is that of an environment in which the converter is installed (`pip install ccda-to-fhir==0.3`,
`pip install python-fhir-converter==0.3.0`); one that is not given is left out. What counts is told from the documents
with lxml and from the Bundles alone, by the same rules for all:

- kept: coded problems, drugs, allergies, procedures, results, vital signs, vaccines and visits with a code of theirs in
  the Bundle;
- denied: negated ones whose code stands in resources that deny it; wrong: those whose code a resource states;
- family, plans: statements of relatives, and plans, whose code a resource states of the patient, or as done.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Iterator

from ccda_conversion import CORPUS, codings, resources, source_of
from ccda_documents import Document
from ccda_negations import BYSTANDERS, REQUESTS, is_denied, is_in_error
from corpus_report import table

Bundle = dict[str, Any]
WORKER = Path(__file__).resolve().with_name("ccda_peer_worker.py")
# Not documents that a converter of C-CDA is for.
APART = frozenset({"robustness", "not-ccda", "mapping-tables", "datatypes"})


@dataclass
class Tool:
    """A converter, what it made of each document, and what that took."""

    title: str
    bundles: list[Bundle | None] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    seconds: float = 0
    megabytes: float = 0


@dataclass
class Score:
    """How a tool kept what the documents say."""

    statements: int = 0
    kept: int = 0
    negated: int = 0
    denied: int = 0
    wrong: int = 0
    family: int = 0
    plans: int = 0

    def add(self, document: Document, bundle: Bundle | None) -> None:
        said = [(statement, codes) for statement in document.statements if (codes := statement.subject_codes)]
        facts = (statement for statement in document.statements if not statement.kinds)
        plain = {code for statement in facts for code in statement.subject_codes | statement.codes("code")}
        made = resources(bundle) if bundle else []
        shown = {code for resource in made for _, code in codings(resource)}
        for statement, codes in said:
            if not statement.kinds:
                self.statements += 1
                self.kept += bool(codes & shown)
            elif not codes & plain:
                self.judge(statement.kinds[0], codes, made)

    def judge(self, kind: str, codes: set[str], made: list[dict[str, Any]]) -> None:
        """Counts one statement that is no fact, and whose code no fact of the document has."""
        about = [item for item in made if item["resourceType"] not in BYSTANDERS and codes & subject_of(item)]
        if kind == "negated":
            self.negated += 1
            stated = [item for item in about if not is_denied(item) and not is_in_error(item)]
            self.wrong += bool(stated)
            self.denied += bool(about) and not stated
        elif kind == "family":
            self.family += any(item["resourceType"] != "FamilyMemberHistory" for item in about)
        elif kind == "planned":
            self.plans += any(item["resourceType"] not in REQUESTS and not is_denied(item) for item in about)


def subject_of(resource: dict[str, Any]) -> set[str]:
    """The codes of what a resource is about."""
    members = ("code", "medicationCodeableConcept", "vaccineCode", "valueCodeableConcept", "type")
    return {code for member in members for _, code in codings(resource.get(member))}


# A small process of its own starts the program: a child's memory is counted from that of its parent.
LAUNCH = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run(command: list[Any], stdin: str = "") -> tuple[float, float]:
    """Runs a program; seconds of the whole process and its largest memory in MB."""
    launch = [sys.executable, "-I", "-S", "-c", LAUNCH, *(str(item) for item in command)]
    start = time.perf_counter()
    done = subprocess.run(launch, input=stdin, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stdout) / 1024


def ours(spinehook: Path, folder: Path, documents: list[Document], work: Path) -> Tool:
    tool, output = Tool("spinehook convert"), work / "bundles"
    output.mkdir()
    tool.seconds, tool.megabytes = run([spinehook.resolve(), "convert", "--output", output, folder])
    written = {
        source_of(path.relative_to(output).as_posix(), folder): path for path in output.rglob("*") if path.is_file()
    }
    for document in documents:
        path = written.get(document.source)
        tool.bundles.append(json.loads(path.read_bytes()) if path else None)
    return tool


def theirs(title: str, python: Path, folder: Path, documents: list[Document], work: Path) -> Tool:
    tool, output = Tool(title), work / f"{title}.ndjson"
    paths = "\n".join(str(folder / document.source) for document in documents)
    tool.seconds, tool.megabytes = run([python.absolute(), WORKER, title, output], paths)
    for line in output.read_text().splitlines() if output.exists() else []:
        made = json.loads(line)
        tool.each.append(made["seconds"])
        tool.bundles.append(made.get("bundle"))
    tool.bundles += [None] * (len(documents) - len(tool.bundles))
    return tool


def chosen(corpus: Path) -> Iterator[Document]:
    """The C-CDA documents of a corpus that lxml can read."""
    for path in sorted(corpus.rglob("*.xml")):
        source = path.relative_to(corpus).as_posix()
        if source.partition("/")[0] not in APART:
            document = Document.read(path, source)
            if document is not None and document.is_clinical:
                yield document


def row(tool: Tool, documents: list[Document]) -> tuple:
    score, ok = Score(), sum(bundle is not None for bundle in tool.bundles)
    for document, bundle in zip(documents, tool.bundles):
        score.add(document, bundle)
    each = f"{median(tool.each) * 1000:.0f}" if tool.each else f"{tool.seconds / len(documents) * 1000:.1f}"
    return (
        tool.title, f"{ok} of {len(documents)}", f"{score.kept} of {score.statements}",
        f"{score.denied} of {score.negated}", score.wrong, score.family, score.plans, f"{tool.seconds:.1f}", each,
        f"{tool.megabytes:.0f}",
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spinehook", type=Path, help="the executable")
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS, help="a folder of documents")
    parser.add_argument("--ccda-to-fhir", type=Path, metavar="PYTHON", help="Python of its environment")
    parser.add_argument("--python-fhir-converter", type=Path, metavar="PYTHON", help="Python of its environment")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"{options.corpus} is not here: nothing was compared")
        return 0
    documents = list(chosen(options.corpus))
    peers = [
        ("ccda-to-fhir", options.ccda_to_fhir), ("ccda-to-fhir-rebuilt", options.ccda_to_fhir),
        ("python-fhir-converter", options.python_fhir_converter),
    ]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folder = work / "documents"
        for document in documents:
            (folder / document.source).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(options.corpus / document.source, folder / document.source)
        tools = [ours(options.spinehook, folder, documents, work)]
        tools += [theirs(title, python, folder, documents, work) for title, python in peers if python]
        megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(f"{len(documents)} documents, {megabytes:.1f} MB\n")
    heads = ("converter", "converted", "kept", "denied", "wrong", "family", "plans", "s", "ms each", "MB")
    print(table([heads] + [row(tool, documents) for tool in tools]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
