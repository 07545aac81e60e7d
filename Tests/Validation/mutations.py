#!/usr/bin/env python3
"""Breaks the guideline one place at a time in a copy, runs the tests, and reports what they do not notice.

    mutations.py [--list] [--only PATTERN] [--limit N] [--results FILE] [--again] [--survived] [--wide]

A mutant is one change of one place: a threshold one step off, a comparison with the other sign, another cell in a table,
a row of a value set or of the role table gone. Its name does not depend on the run, so that a run that was ended goes on
where it stopped: what FILE (default mutations.ndjson beside the copies) already knows is not run again.

A mutant that the tests notice is killed; one that does not compile is invalid and counts for nothing; one that they do
not notice survives: a test row is missing, or nothing that anybody can see differs. The latter stand with their reason in
mutations_equivalent.json. Exit code 0 when no survivor is without a reason, 1 otherwise, 2 for a wrong call.

Only the modules that a mutant concerns are built, without packages from outside. All mutants of the logic go into one
optimised build, each behind a switch (mutation_switches.py), so that trying one is a run of the tests and no build; what
cannot be switched, such as a pattern, is built by itself. The tests of a mutant end with the first that notices it.
--survived tries what survived once more, after tests were added; --wide likewise with the tests of the modules around.
"""

import argparse
import fnmatch
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable, Iterator

import mutation_switches
from mutation_kinds import PROFILES, Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("mutations_equivalent.json")

# The tests that look at each kind of place; everything that they need is built, nothing else.
SUITES = {"logic": ("GuidelinesTests", "ClinicalModelTests"), "knowledge": ("KnowledgeBaseTests",)}
WIDE = ("GuidelinesTests", "ClinicalModelTests", "KnowledgeBaseTests", "FHIRTests", "ClinicalDocumentsTests", "DecisionSupportTests")

# The tests of a copy, all in one, and how they say that one of them failed.
TESTS = ".build/debug/SpineHookPackageTests.xctest"
NOTICED = "recorded an issue"

# Appended to the manifest of a copy.
SLIM = """
func slim(_ package: Package, _ wanted: Set<String>) {
    var kept = wanted
    var hasGrown = true
    while hasGrown {
        hasGrown = false
        for target in package.targets where kept.contains(target.name) {
            for dependency in target.dependencies {
                switch dependency {
                case .targetItem(let name, _), .byNameItem(let name, _):
                    if kept.insert(name).inserted { hasGrown = true }
                default: break
                }
            }
        }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    package.products = []
    let needsOthers = package.targets.contains { target in
        target.dependencies.contains { if case .productItem = $0 { true } else { false } }
    }
    if !needsOthers { package.dependencies = [] }
}
slim(package, [%s])
"""


def slim_manifest(manifest: str, suites: Iterable[str]) -> str:
    """The manifest with only these test targets and what they need."""
    return manifest + SLIM % ", ".join(f'"{name}"' for name in suites)


def tracked_files(root: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return sorted(name for name in listed.split("\0") if name and (root / name).is_file())


def copy_tree(root: Path, place: Path, suites: Iterable[str]) -> None:
    """Brings a copy up to date; a file that has not changed keeps its date, so that little is built again."""
    names = tracked_files(root)
    for name in names:
        content = (root / name).read_bytes()
        if name == "Package.swift":
            content = slim_manifest(manifest(root), suites).encode()
        write(place / name, content)
    for folder in ("Sources", "Tests", "Profiles"):
        for path in (place / folder).rglob("*"):
            if path.is_file() and str(path.relative_to(place)) not in names:
                path.unlink()


def manifest(root: Path) -> str:
    """The committed manifest: a checkout may be at work with one of its own."""
    shown = subprocess.run(["git", "show", "HEAD:Package.swift"], cwd=root, capture_output=True, text=True)
    return shown.stdout if shown.returncode == 0 else (root / "Package.swift").read_text()


def write(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@dataclass
class Ran:
    """How a command ended."""

    code: int | None  # None when it took too long
    output: str


def run(command: list[str], place: Path, seconds: float, mutant: int | None = None) -> Ran:
    """Runs a command; tests with a mutant end where the first of them notices it."""
    environment = {**os.environ, "NO_COLOR": "1"}
    if mutant is not None:
        environment[mutation_switches.VARIABLE] = str(mutant)
    with subprocess.Popen(
        command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        start_new_session=True, env=environment,
    ) as process:  # fmt: skip
        late = threading.Timer(seconds, end, [process])
        late.start()
        lines = []
        for line in process.stdout:
            lines.append(line)
            if NOTICED in line and "✘ Test " in line:
                end(process)
                late.cancel()
                return Ran(1, "".join(lines))
        process.wait()
        is_late = late.finished.is_set()
        late.cancel()
    return Ran(None if is_late else process.returncode, "".join(lines))


def end(process: subprocess.Popen) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Bench:
    """One copy with its build, in which one mutant after the other is tried."""

    def __init__(self, root: Path, place: Path, suites: tuple[str, ...], tried: list[Mutant], runner: Callable = run):
        self.root, self.place, self.suites, self.run = root, place, suites, runner
        self.numbers = {item.name: n for n, item in enumerate(tried) if mutation_switches.can_be_switched(item)}
        self.tried = tried
        # As they are now: the checkout may change while the copy is at work.
        self.contents = {item.path: (root / item.path).read_text() for item in tried}
        self.limit = 3600.0

    def prepare(self) -> None:
        """Builds the copy with its switches and tests it as it is; nothing can be said of mutants where that fails."""
        copy_tree(self.root, self.place, self.suites)
        built = self.build_switches()
        start = time.monotonic()
        tested = self.test() if built.code == 0 else built
        if tested.code != 0:
            errors = [line for line in tested.output.splitlines() if "error:" in line or "✘" in line]
            raise SystemExit("\n".join(["the tests fail without any change:", *errors[:20]]))
        self.limit = 300 + 10 * (time.monotonic() - start)

    def build_switches(self) -> Ran:
        """Leaves out, build by build, what the compiler does not take behind a switch."""
        while True:
            numbered = [(self.numbers[item.name], item) for item in self.tried if item.name in self.numbers]
            # A file whose last switch was refused is as it was.
            files = self.contents | (mutation_switches.switched_files(numbered, self.contents) if numbered else {})
            for path, content in files.items():
                write(self.place / path, content.encode())
            built = self.build()
            refused = mutation_switches.refused(built.output, files) if built.code else set()
            refused &= set(self.numbers.values())
            if not refused:
                return built
            names = [name for name, number in self.numbers.items() if number in refused]
            print(f"{len(names)} mutants cannot be switched", file=sys.stderr, flush=True)
            for name in names:
                del self.numbers[name]

    def build(self) -> Ran:
        return self.run(["swift", "build", "--build-tests", "-Xswiftc", "-O"], self.place, self.limit)

    def test(self, mutant: int | None = None) -> Ran:
        return self.run([TESTS, "--testing-library", "swift-testing"], self.place, self.limit, mutant)

    def outcome(self, mutant: Mutant) -> dict:
        """Tries a mutant: by its switch, or in the file, which is put right again."""
        start = time.monotonic()
        number = self.numbers.get(mutant.name)
        if number is not None:
            result, by = judge(Ran(0, ""), self.test(number))
        else:
            result, by = self.built_outcome(mutant)
        return {
            "name": mutant.name, "kind": mutant.kind, "change": mutant.change, "outcome": result, "by": by,
            "seconds": round(time.monotonic() - start),
        }  # fmt: skip

    def built_outcome(self, mutant: Mutant) -> tuple[str, list[str]]:
        path = self.place / mutant.path
        before = path.read_text()
        path.write_text(mutant.applied(self.contents[mutant.path]))
        try:
            # Data are read when the tests run.
            built = Ran(0, "") if mutant.path.startswith(PROFILES) else self.build()
            return judge(built, self.test() if built.code == 0 else None)
        finally:
            path.write_text(before)


def judge(built: Ran, tested: Ran | None) -> tuple[str, list[str]]:
    """What became of a mutant, and which tests noticed it."""
    if built.code is None:
        return "invalid", ["the build took too long"]
    if tested is None:
        # Killed from outside, it says nothing about the mutant.
        return ("unknown", ["the build was ended"]) if built.code < 0 else ("invalid", [])
    if tested.code is None:
        return "killed", ["the tests took too long"]
    if tested.code == 0:
        return ("survived", []) if "Test run with" in tested.output else ("unknown", ["no tests were run"])
    failed = [line.split("✘ Test ", 1)[1] for line in tested.output.splitlines() if "✘ Test " in line]
    names = [name.split(" recorded an issue")[0].split(" with ")[0].split(" failed")[0] for name in failed]
    if names:
        return "killed", list(dict.fromkeys(name for name in names if not name.startswith("run")))[:3]
    crashed = "Fatal error" in tested.output or "fatal error" in tested.output
    return ("killed", ["the tests crashed"]) if crashed else ("unknown", [f"the tests ended with {tested.code}"])


def spread(all_mutants: list[Mutant], limit: int | None) -> list[Mutant]:
    """At most so many, evenly over the kinds and within each over the list."""
    if limit is None or limit >= len(all_mutants):
        return all_mutants
    kinds: dict[str, list[Mutant]] = {}
    for mutant in all_mutants:
        kinds.setdefault(mutant.kind, []).append(mutant)
    chosen: list[Mutant] = []
    rest = limit
    for left, group in zip(range(len(kinds), 0, -1), sorted(kinds.values(), key=len)):
        share = min(len(group), rest // left)
        chosen += [group[place * len(group) // share] for place in range(share)]
        rest -= share
    return sorted(chosen, key=lambda mutant: mutant.name)


def known(path: Path, chosen: list[Mutant]) -> dict[str, dict]:
    """What earlier runs found of these mutants, by name; a line that was cut off is left out.

    A name counts the places of a file: after an edit it may stand for another change, of which nothing is known.
    """
    changes = {item.name: item.change for item in chosen}
    found: dict[str, dict] = {}
    if path.is_file():
        for line in path.read_text().splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if entry.get("outcome") != "unknown" and changes.get(entry["name"]) == entry["change"]:
                found[entry["name"]] = entry
    return found


def reasons() -> dict[str, str]:
    """Why a change makes no difference, by path and change."""
    if not EQUIVALENT.is_file():
        return {}
    return {f"{entry['path']}: {entry['change']}": entry["why"] for entry in json.loads(EQUIVALENT.read_text())}


def report(entries: list[dict], why: dict[str, str]) -> tuple[str, int]:
    """The table of outcomes, the survivors, and how many of them have no reason."""
    lines = []
    table = Counter((entry["kind"], entry["outcome"]) for entry in entries)
    for kind in sorted({entry["kind"] for entry in entries}):
        killed, survived = table[kind, "killed"], table[kind, "survived"]
        lines.append(f"{kind:12} {killed} killed, {survived} survived, {table[kind, 'invalid']} invalid")
    unexplained = 0
    for entry in entries:
        if entry["outcome"] == "survived":
            reason = why.get(entry["change"])
            unexplained += reason is None
            lines.append(f"survived: {entry['name']}\n    {entry['change']}\n    {reason or 'NO TEST NOTICES IT'}")
        elif entry["outcome"] == "unknown":
            lines.append(f"unknown: {entry['name']} ({', '.join(entry['by'])})")
    killed = sum(entry["outcome"] == "killed" for entry in entries)
    counted = sum(entry["outcome"] in ("killed", "survived") for entry in entries)
    explained = sum(entry["outcome"] == "survived" for entry in entries) - unexplained
    lines.append(f"{killed} of {counted - explained} killed; {explained} more make no difference, {unexplained} to mend")
    return "\n".join(lines), unexplained


def selected(arguments: argparse.Namespace) -> list[Mutant]:
    everything = sorted(mutants(ROOT), key=lambda mutant: mutant.name)
    patterns = arguments.only or ["*"]
    return spread(
        [item for item in everything if any(fnmatch.fnmatch(item.name, pattern) for pattern in patterns)],
        arguments.limit,
    )


def try_all(chosen: list[Mutant], arguments: argparse.Namespace, results: Path) -> Iterator[dict]:
    found = {} if arguments.again else known(results, chosen)
    again: set[str] = set()
    if arguments.survived or arguments.wide:
        again = {name for name, entry in found.items() if entry["outcome"] == "survived" and not entry.get("wide")}
    if arguments.wide:
        chosen = [item for item in chosen if item.name in found]
    yield from (found[mutant.name] for mutant in chosen if mutant.name in found and mutant.name not in again)
    rest = [mutant for mutant in chosen if mutant.name not in found or mutant.name in again]
    groups = {group: [item for item in rest if item.group == group] for group in SUITES}
    for group, tried in groups.items():
        if not tried:
            continue
        place = arguments.scratch / ("wide" if arguments.wide else group)
        bench = Bench(ROOT, place, WIDE if arguments.wide else SUITES[group], tried)
        print(f"building {group} …", file=sys.stderr, flush=True)
        bench.prepare()
        # What has to be built by itself comes last.
        for number, mutant in enumerate(sorted(tried, key=lambda item: item.name not in bench.numbers), 1):
            entry = bench.outcome(mutant) | ({"wide": True} if arguments.wide else {})
            with results.open("a") as file:
                file.write(json.dumps(entry) + "\n")
            said = f"{entry['outcome']} {mutant.name} ({entry['seconds']} s) {'; '.join(entry['by'])}"
            print(f"{number}/{len(tried)} {said}", file=sys.stderr, flush=True)
            yield entry


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="only print the mutants")
    parser.add_argument("--only", action="append", metavar="PATTERN", help="names to take, for example 'threshold/*'")
    parser.add_argument("--limit", type=int, metavar="N", help="at most so many, spread over all kinds")
    parser.add_argument("--scratch", type=Path, default=ROOT / ".build-mutations", help="folder of the copies")
    parser.add_argument("--results", type=Path, help="what was found, a line a mutant")
    parser.add_argument("--again", action="store_true", help="run what is known already, too")
    parser.add_argument("--survived", action="store_true", help="what survived, too")
    parser.add_argument("--wide", action="store_true", help="only what survived, with the tests of modules around")
    parser.add_argument("--remove", action="store_true", help="remove the copies at the end")
    arguments = parser.parse_args()
    chosen = selected(arguments)
    if not chosen:
        print("no mutant has such a name", file=sys.stderr)
        return 2
    if arguments.list:
        for mutant in chosen:
            print(f"{mutant.name}\n    {mutant.change}")
        print(f"{len(chosen)} mutants", file=sys.stderr)
        return 0
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    results = arguments.results or arguments.scratch / "mutations.ndjson"
    text, unexplained = report(list(try_all(chosen, arguments, results)), reasons())
    print(text)
    if arguments.remove:
        shutil.rmtree(arguments.scratch)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
