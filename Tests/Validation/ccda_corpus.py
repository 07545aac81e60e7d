#!/usr/bin/env python3
"""Converts a corpus of C-CDA documents with `spinehook convert` and says what became of it; exits 1 on any problem.

    ccda_corpus.py SPINEHOOK [CORPUS] [--brief | --all]

1. Every file gives a Bundle or a refusal with a code and a reason; no run crashes; two runs give the same bytes (not
   looked at with --brief).
2. Each loss report accounts for every statement of its document and of each section, by a count of lxml.
3. Nothing negated, planned, of a relative or in error leaks, as ccda_negations.py counts it.
4. Each Bundle is R4 by fhirkit, and by pyrofile (a sample of them, with --brief a small one, with --all each); its
   references resolve.
5. The decision on a document equals the one on its Bundle, ids and criteria and all, but for source, place and issues.
6. The expectations that the corpus states: robustness, the trap document, the status of known problems.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Iterator

from ccda_bundles import bundle_problems, loss_problems, patient_problems, silent_losses
from ccda_conversion import CORPUS, Conversion, Converter, Evaluation
from ccda_documents import Document
from ccda_negations import Tally, judge, judge_decision, print_tally
from ccda_expectations import robustness, trap, truth, truth_figures
from corpus_inputs import files
from corpus_report import folder_of, meanings, table
from validate_r4 import R4Validator

# The best rule that the corpus knows gets 94.4 % of all rows, 99.6 % of the decidable ones, and misses none of them.
TRUTH_OF_ALL, TRUTH_OF_DECIDABLE = 0.944, 0.996
_NO_SUCH_CODE = re.compile(r"Code '([^']*)' is not valid in code system .* \[pyrofile terminology\.code-system\]")
SAMPLES = {False: 12, True: 3}


class Report:
    """What is wrong, and what there is to tell."""

    def __init__(self, spinehook: Path, corpus: Path, work: Path):
        self.spinehook, self.corpus, self.work = spinehook.resolve(), corpus, work
        self.problems: list[str] = []
        self.seconds: dict[str, float] = {}
        self.rows: dict[str, list[str]] = defaultdict(list)
        self.decided: dict[str, list[dict[str, Any]]] = {}
        self.tally = Tally()
        self.conversion = self.convert("convert")

    def convert(self, label: str) -> Conversion:
        conversion = Converter(self.spinehook, self.work).run(self.corpus)
        self.problems += [f"{label}: {problem}" for problem in conversion.problems]
        self.seconds[label] = conversion.seconds
        return conversion

    def note(self, source: str, found: Iterator[str]) -> None:
        self.problems += [f"{source}: {problem}" for problem in found]

    # What became of the files

    def accounts(self) -> list[tuple]:
        """A row a folder: files, Bundles, refused, statements, and what became of them."""
        rows: dict[str, Counter[str]] = defaultdict(Counter)
        refused = self.conversion.refused
        for path in files(self.corpus):
            source = path.relative_to(self.corpus).as_posix()
            count = rows[top(source)]
            count["files"] += 1
            count["Bundles"] += source in self.conversion.written
            count["refused"] += source in refused
            for kind in ("statements", "mapped", "asText", "refused "):
                count[kind] += self.conversion.losses.get(source, {}).get(kind.strip(), 0)
            if (source in self.conversion.written) == (source in refused):
                self.problems.append(f"{source}: neither a Bundle nor a refusal")
            if source in refused and not (refused[source].get("code") and refused[source].get("expected")):
                self.problems.append(f"{source}: refused without a code or a reason")
        for source in sorted(self.conversion.losses.keys() - self.conversion.written.keys()):
            self.problems.append(f"{source}: a loss report without a Bundle")
        names = ("files", "Bundles", "refused", "statements", "mapped", "asText", "refused ")
        total = sum(rows.values(), Counter())
        return [("folder", *names)] + [
            (folder, *(count[key] for key in names)) for folder, count in [*sorted(rows.items()), ("all", total)]
        ]

    def again(self) -> None:
        second = self.convert("convert again")
        for source in sorted(self.conversion.written.keys() | second.written.keys()):
            if self.conversion.written.get(source) != second.written.get(source):
                self.problems.append(f"{source}: two runs, two Bundles")
        if self.conversion.losses != second.losses or self.conversion.issues != second.issues:
            self.problems.append("two runs, two loss reports or lists of issues")

    # Documents and Bundles

    def bundles(self, step: int) -> int:
        """Holds each Bundle against its document; gives how many resources were validated in full."""
        validator = R4Validator()
        for number, source in enumerate(sorted(self.conversion.written)):
            bundle = json.loads(self.conversion.written[source])
            document = Document.read(self.corpus / source, source)
            self.note(source, bundle_problems(bundle))
            if document is None:
                self.problems.append(f"{source}: converted, and lxml cannot read it")
            elif source not in self.conversion.losses:
                self.problems.append(f"{source}: no loss report")
            else:
                self.note(source, loss_problems(document, self.conversion.losses[source]))
                self.note(source, silent_losses(document, bundle, self.conversion.losses[source]))
                self.note(source, patient_problems(document, bundle))
                judge(document, bundle, self.conversion.losses[source], self.tally)
                for decision in self.decided.get(source, []):
                    judge_decision(document, decision, self.tally)
            text = self.conversion.written[source].decode()
            found = validator.errors(bundle, text) if number % step == 0 else validator.structure(text)
            self.note(source, (error for error in found if document is None or not as_sent(error, document)))
        self.problems += self.tally.problems
        return validator.resources

    # Decisions

    def decisions(self) -> int:
        """Compares the decisions on documents with those on their Bundles; gives how many there are."""
        documents, bundles = self.work / "documents", self.work / "converted"
        for source, data in self.conversion.written.items():
            for folder, content in ((documents, (self.corpus / source).read_bytes()), (bundles, data)):
                (folder / source).parent.mkdir(parents=True, exist_ok=True)
                (folder / source).write_bytes(content)
        self.decided, of_bundles = self.evaluate(documents), self.evaluate(bundles)
        for source in sorted(self.decided.keys() | of_bundles.keys()):
            ours, theirs = ([comparable(item) for item in of.get(source, [])] for of in (self.decided, of_bundles))
            if ours != theirs:
                self.problems.append(f"{source}: {difference(ours, theirs)}")
        for source in sorted(self.conversion.written.keys() - self.decided.keys()):
            self.problems.append(f"{source}: converted, and no decision")
        return sum(map(len, self.decided.values()))

    def evaluate(self, folder: Path) -> dict[str, list[dict[str, Any]]]:
        evaluation = Evaluation.run(self.spinehook, folder, self.work)
        self.seconds[f"evaluate {folder.name}"] = evaluation.seconds
        self.problems += evaluation.problems
        return evaluation.decisions

    # What the corpus expects

    def expected(self) -> None:
        if (self.corpus / "robustness" / "expected.csv").exists():
            self.expect("robustness", robustness(self.corpus, self.conversion))
        if (self.corpus / "traps" / "lumbar-trap.expected.json").exists():
            self.expect("trap document", trap(self.corpus, self.conversion))
        if (self.corpus / "truth" / "onc-test-patients-problem-status.csv").exists():
            self.truth()

    def expect(self, title: str, rows: Iterator[tuple[str, str | None]]) -> None:
        found = list(rows)
        wrong = [(row, problem) for row, problem in found if problem]
        self.rows[title] = [f"{len(found) - len(wrong)} of {len(found)} as expected"]
        self.problems += [f"{title}, {row}: {problem}" for row, problem in wrong]

    def truth(self) -> None:
        rows = list(truth(self.corpus, self.conversion))
        for (label, count, right, missed), least in zip(truth_figures(rows), (TRUTH_OF_ALL, TRUTH_OF_DECIDABLE)):
            figure = f"{label}: {right} of {count} right ({right / count:.1%}), {missed} active missed"
            self.rows["problem status"].append(figure)
            if round(right / count, 3) < least:
                self.problems.append(f"problem status, {label}: {right / count:.1%}, at least {least:.1%} are possible")
        for row, state in rows:
            want = row["true_status_in_the_ONC_test_script"]
            if state != want and row["decidable"] == "yes":
                encoded = row["how_the_document_encodes_it"]
                self.rows["problem status"].append(f"  {row['file']} {row['snomed']}: {state}, not {want} ({encoded})")


def as_sent(error: str, document: Document) -> bool:
    """Whether an error is about a code that no such system has, and that the document itself sends."""
    named = _NO_SUCH_CODE.search(error)
    return named is not None and any(item.get("code", "").strip() == named[1] for item in document.root.iter())


def top(source: str) -> str:
    """The folder of a file, one level deep."""
    return folder_of(source).partition("/")[0] + "/"


def comparable(decision: dict[str, Any]) -> dict[str, Any]:
    """A decision without what may differ between a document and its Bundle."""
    return without(decision, {"source", "at", "issues"})


def without(node: Any, members: set[str]) -> Any:
    if isinstance(node, list):
        return [without(item, members) for item in node]
    if isinstance(node, dict):
        return {name: without(item, members) for name, item in node.items() if name not in members}
    return node


def difference(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> str:
    """Where decisions part, in words."""
    if len(ours) != len(theirs):
        return f"{len(ours)} decisions on the document, {len(theirs)} on the Bundle"
    members = sorted({name for a, b in zip(ours, theirs) for name in a.keys() | b.keys() if a.get(name) != b.get(name)})
    criteria = [
        a["id"] for one, other in zip(ours, theirs) for a, b in zip(one["criteria"], other["criteria"]) if a != b
    ]
    return f"document and Bundle differ in {', '.join(members)}" + (f": {', '.join(criteria)}" if criteria else "")


def print_refusals(conversion: Conversion) -> None:
    known = meanings()
    codes = Counter(issue["code"] for issue in conversion.refused.values())
    print("\nRefused, by code\n")
    for code, count in sorted(codes.items()):
        print(f"{count:6} {code}  {known.get(code, '')}")
    doubts = Counter(issue["code"] for issue in conversion.issues if issue["source"] in conversion.written)
    print("\nRead with a doubt, by code\n")
    for code, count in sorted(doubts.items()):
        print(f"{count:6} {code}  {known.get(code, '')}")


def print_reasons(conversion: Conversion) -> None:
    items = (item for loss in conversion.losses.values() for item in loss["items"])
    reasons = Counter((item["outcome"], item["reason"]) for item in items)
    print("\nNot mapped, by reason\n")
    for (outcome, reason), count in reasons.most_common():
        print(f"{count:6} {outcome:8} {reason}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spinehook", type=Path, help="the executable")
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS, help="a folder of documents")
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--brief", action="store_true", help="one run, a small sample for the slow validator, no lists")
    extent.add_argument("--all", action="store_true", help="every Bundle through the slow validator")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"{options.corpus} is not here: nothing was converted")
        return 0
    with tempfile.TemporaryDirectory() as work:
        report = Report(options.spinehook, options.corpus, Path(work))
        accounts = report.accounts()
        print(table([accounts[0], accounts[-1]] if options.brief else accounts))
        if not options.brief:
            report.again()
        report.expected()
        decided = report.decisions()
        count = len(report.conversion.written)
        start = time.perf_counter()
        validated = report.bundles(1 if options.all else max(1, count // SAMPLES[options.brief]))
        report.seconds["validation"] = time.perf_counter() - start
    print()
    print_tally(report.tally)
    print_refusals(report.conversion)
    if not options.brief:
        print_reasons(report.conversion)
    print(f"\n{count} Bundles, {validated} resources through both validators, {decided} decisions compared\n")
    for title, rows in report.rows.items():
        print("\n".join(f"{title}: {row}" for row in rows[: 2 if options.brief else None]))
    print("\n" + "\n".join(f"{seconds:8.2f} s  {label}" for label, seconds in report.seconds.items()))
    print(f"\n{len(report.problems)} problems")
    print("\n".join(f"  {problem}" for problem in report.problems))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
