#!/usr/bin/env python3
"""Reads a FHIR corpus with `spinehook evaluate` and says what became of it; exits 1 where something is unexplained.

    corpus_report.py SPINEHOOK CORPUS [--as-of YYYY-MM-DD] [--profiles FOLDER] [--brief]

1. Every file is evaluated, archives unpacked. No run may crash, and every input must be accounted for: a decision, a
   refusal that is listed, or a reason to hold neither. Exports of many patients are regrouped by patient.
2. Each patient of the corpus's index.csv, a keyword match, is compared with the facts of the decision. Each difference
   must be of a kind that a rule explains.
3. How long the runs took, as information.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
import textwrap
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from corpus_differences import Comparison, Difference, Patient
from corpus_inputs import Evaluator, Export, Run, content, exports, files, unpack
from corpus_kinds import KINDS, SAME
from corpus_knowledge import Knowledge

REPOSITORY = Path(__file__).resolve().parents[2]
_CODE = re.compile(
    r'((?:^ *///.*\n)+) *(?:public )?(?:static let|case) \w+ = (?:IssueCode\(rawValue: )?"([A-Z]+-\d+)"', re.MULTILINE
)


def meanings() -> dict[str, str]:
    """What each issue code means: the first sentence of its documentation, where it is declared."""
    found = {}
    for path in sorted((REPOSITORY / "Sources").rglob("*.swift")):
        for comment, code in _CODE.findall(path.read_text()):
            words = " ".join(line.strip().removeprefix("///").strip() for line in comment.splitlines())
            found[code] = re.split(r"(?<=\.) ", words)[0].strip()
    return found


class Account:
    """What became of the files of one folder."""

    def __init__(self) -> None:
        self.inputs = self.decisions = self.without_patient = self.silent = 0
        self.codes: Counter[str] = Counter()

    @property
    def refused(self) -> int:
        return self.codes.total()

    def add(self, decisions: list[dict[str, Any]], issues: list[dict[str, Any]], refused: set[str]) -> None:
        self.decisions += len(decisions)
        self.without_patient += sum(decision["subject"] is None for decision in decisions)
        # The first issue of a refused input says why.
        first = {issue["source"]: issue["code"] for issue in reversed(issues) if issue["source"] in refused}
        self.codes.update(first.values())


class Report:
    """The runs over a corpus, what came of them, and what is wrong."""

    def __init__(self, corpus: Path, evaluator: Evaluator):
        self.corpus, self.evaluator = corpus, evaluator
        self.problems: list[str] = []
        self.accounts: dict[str, Account] = defaultdict(Account)
        self.lost: Counter[str] = Counter()
        self.facts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.documents: dict[tuple[str, str], str] = {}
        self.timing: list[tuple[str, int, float]] = []

    def run(self) -> None:
        work = self.evaluator.work
        self.folder("", self.corpus)
        archives = unpack(self.corpus, work / "unpacked")
        for name, folder in archives:
            self.folder(name, folder)
        for folder in exports(self.corpus):
            self.export(folder.relative_to(self.corpus).as_posix() + "/", folder)
        for name, folder in archives:
            for inner in exports(folder):
                self.export(name, inner)

    def folder(self, name: str, folder: Path) -> None:
        """Evaluates a folder as it is and accounts for each of its files."""
        run = self.evaluator.run(str(folder))
        self.check(name or "the corpus", run)
        read = {path.relative_to(folder).as_posix(): content(path) for path in files(folder)}
        self.timing.append((name or "all files as they are", sum(map(len, read.values())), run.seconds))
        decided, listed = by_file(run.decisions, read), by_file(run.issues, read)
        for stray in sorted((decided.keys() | listed.keys()) - read.keys()):
            self.problems.append(f"{stray}: named by the output, and no file of the folder")
        drafts_only = 0
        for file, data in read.items():
            account = self.accounts[name or folder_of(file)]
            account.inputs += 1
            account.add(decided.get(file, []), listed.get(file, []), run.refused)
            self.lost.update(issue["code"] for issue in listed.get(file, []) if issue["source"] not in run.refused)
            if file not in decided and run.refused.isdisjoint(issue["source"] for issue in listed.get(file, [])):
                reason = may_be_silent(data)
                if reason is None:
                    self.problems.append(f"{file}: no decision, no refusal, and no reason for neither")
                account.silent += 1
                drafts_only += reason != "empty"
        accounted = len(run.sources) + drafts_only
        if run.inputs != accounted:
            self.problems.append(f"{name or 'the corpus'}: {run.inputs} inputs counted, {accounted} accounted for")
        if not name:
            for decision in run.decisions:
                self.facts[decision["source"], str(decision["subject"])].append(decision)

    def check(self, name: str, run: Run) -> None:
        self.problems += [f"{name}: {problem}" for problem in run.problems]

    def export(self, name: str, folder: Path) -> None:
        """Evaluates an export of many patients through standard input, a Bundle a line, and keeps the facts."""
        export = Export.read(name, folder)
        path = self.evaluator.work / "export.ndjson"
        with open(path, "w") as lines:
            lines.writelines(export.lines())
        run = self.evaluator.run("-", path)
        self.check(name, run)
        self.timing.append((f"{name} by patient", path.stat().st_size, run.seconds))
        account = self.accounts[f"{name} by patient"]
        account.inputs = len(export.patients)
        account.add(run.decisions, run.issues, run.refused)
        sources = {f"-:{number}": patient for number, patient in enumerate(export.patients, 1)}
        for decision in run.decisions:
            patient = sources.get(decision["source"])
            if decision["subject"] != f"Patient/{patient}":
                self.problems.append(f"{name} {decision['source']}: a decision on {decision['subject']}, not {patient}")
            self.facts[name, decision["subject"]].append(decision)
        for source in sources.keys() - run.sources:
            self.problems.append(f"{name}: no decision and no refusal for {sources[source]}")
        if export.unreadable:
            self.problems.append(f"{name}: {export.unreadable} lines are no JSON")
        for patient, line in zip(export.patients, export.lines()):
            self.documents[name, patient] = line

    # The index

    def patients(self) -> list[Patient]:
        """The patients of the index, each with its decisions and its input."""
        found = []
        with open(self.corpus / "index.csv", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            decisions = self.facts.get((row["file"], f"Patient/{row['patient']}"))
            if decisions is None:
                self.problems.append(f"{row['file']} {row['patient']}: in the index, and no decision")
                continue
            text = self.documents.get((row["file"], row["patient"])) or content(self.corpus / row["file"])
            found.append(Patient(row, decisions, json.loads(text)))
        if not rows:
            self.problems.append("index.csv lists nobody")
        return found


def file_of(source: str, read: dict[str, bytes]) -> str:
    """The file of a source that may name a line of it."""
    file, _, line = source.rpartition(":")
    return file if line.isdigit() and source not in read else source


def by_file(items: list[dict[str, Any]], read: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for item in items:
        found[file_of(item["source"], read)].append(item)
    return dict(found)


def folder_of(file: str) -> str:
    return (file.rpartition("/")[0] or ".") + "/"


def may_be_silent(data: bytes) -> str | None:
    """Why a readable input may lead to no decision: an export without lines, or drafts that are not decided on."""
    if not data.strip():
        return "empty"
    text = data.decode(errors="replace")
    is_draft = re.search(r'"status"\s*:\s*"draft"', text) or re.search(r'"draftOrders"', text)
    return "drafts" if is_draft else None


def table(rows: list[tuple]) -> str:
    """Columns as wide as they must be; numbers to the right."""
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            str(cell).rjust(width) if isinstance(cell, int | float) else str(cell).ljust(width)
            for cell, width in zip(row, widths)
        ).rstrip()
        for row in rows
    )


def print_accounts(report: Report) -> None:
    rows: list[tuple] = [("folder", "inputs", "decisions", "of nobody", "drafts only", "refused")]
    for name, account in sorted(report.accounts.items()):
        row = (account.inputs, account.decisions, account.without_patient, account.silent, account.refused)
        rows.append((name, *row))
    print("What became of the inputs\n")
    print(table(rows))
    known = meanings()
    codes = Counter(code for account in report.accounts.values() for code in account.codes.elements())
    places = defaultdict(list)
    for name, account in sorted(report.accounts.items()):
        for code, count in account.codes.items():
            places[code].append(f"{name} {count}")
    print("\nRefused inputs, by code\n")
    for code, count in sorted(codes.items()):
        print(f"{count:6} {code}  {known.get(code, '')}\n{'':16} {', '.join(places[code])}")
    print("\nResources refused inside inputs that were used, by code\n")
    for code, count in sorted(report.lost.items()):
        print(f"{count:6} {code}  {known.get(code, '')}")


def print_differences(found: list[tuple[Patient, Difference]], patients: int, brief: bool) -> None:
    same = sum(difference.kind == SAME for _, difference in found)
    different = [(patient, difference) for patient, difference in found if difference.kind != SAME]
    print(f"\nFacts and index: {patients} patients, {same} items the same, {len(different)} differences\n")
    by_kind = defaultdict(list)
    for patient, difference in different:
        by_kind[difference.kind].append((patient, difference))
    for kind, (title, explanation) in KINDS.items():
        items = by_kind[kind]
        print(f"{title}: {len(items)} differences, {len({patient.name for patient, _ in items})} patients")
        print(textwrap.indent(textwrap.fill(explanation, 112), "    "))
        if not brief:
            print_patients(items)
    items = by_kind[None]
    print(f"Unexplained: {len(items)} differences, {len({patient.name for patient, _ in items})} patients")
    print_patients(items)


def print_patients(items: list[tuple[Patient, Difference]]) -> None:
    grouped = defaultdict(list)
    for patient, difference in items:
        grouped[patient.name].append(difference.what + (f" [{difference.why}]" if difference.why else ""))
    for name, what in grouped.items():
        print(f"    - {name}: {'; '.join(what)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spinehook", type=Path, help="the executable")
    parser.add_argument("corpus", type=Path, help="the folder of the corpus, with its index.csv")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20), help="default: 2026-11-20")
    parser.add_argument("--profiles", type=Path, default=REPOSITORY / "Profiles", help="the knowledge in force")
    parser.add_argument("--brief", action="store_true", help="without the lists of patients")
    options = parser.parse_args()
    knowledge = Knowledge(options.profiles)
    with tempfile.TemporaryDirectory() as work:
        evaluator = Evaluator(options.spinehook, options.as_of.isoformat(), options.profiles, Path(work))
        report = Report(options.corpus, evaluator)
        report.run()
    print_accounts(report)
    comparison = Comparison(knowledge, options.as_of)
    patients = report.patients()
    found = [(patient, difference) for patient in patients for difference in comparison.differences(patient)]
    print_differences(found, len(patients), options.brief)
    print("\nTime of the whole process, start and writing included\n")
    for name, size, seconds in report.timing:
        print(f"{seconds:8.2f} s  {size / 1e6:8.1f} MB unpacked  {size / 1e6 / seconds:8.1f} MB/s  {name}")
    unexplained = sum(difference.kind is None for _, difference in found)
    print(f"\n{len(report.problems)} problems, {unexplained} unexplained differences")
    print("\n".join(f"  {problem}" for problem in report.problems))
    return 1 if report.problems or unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
