#!/usr/bin/env python3
"""Holds CDS Hooks answers against the specification, one line a requirement, and exits 1 when one fails.

    check_cds_hooks.py --responses FILE|- [--examples FOLDER]     answers as NDJSON, `{"cards":[…]}` a line
    check_cds_hooks.py --url http://127.0.0.1:8080 --examples FOLDER     a running service

With examples each answer is also held against the request that led to it and the decision that the example expects.
A service answers as of today, so it has to be started with its clock pinned to the day of the examples.
"""

import argparse
import os
import sys
from pathlib import Path

from cds_hooks_examples import REQUIREMENTS as EXAMPLE_REQUIREMENTS
from cds_hooks_examples import Case, cases, judge, match
from cds_hooks_rules import CARD_REQUIREMENTS, Findings, ResponseRules
from cds_hooks_service import SERVICE_REQUIREMENTS, Client, ServiceRules
from strict_json import documents, exact
from validate_r4 import R4Validator


def check_responses(name: str, data: bytes, rules: ResponseRules, examples: list[Case]) -> None:
    """Answers from a file, each matched with its example by the patient it is about."""
    found, answered = rules.found, set()
    for document in documents(name, data):
        if not found.check("RESP-01", not document.problems, document.source, "; ".join(document.problems)):
            continue
        value = exact(document.text)
        case = match(value, examples)
        rules.response(document.source, value, case.request if case else None)
        if examples:
            found.check("ANSWERED", case is not None, document.source, "belongs to no example")
        if case:
            answered.add(case.path)
            judge(found, f"{document.source} {case.name}", value, case)
    for case in examples:
        found.check("ANSWERED", case.path in answered, case.name, "has no answer")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--responses", metavar="FILE", help="answers as NDJSON, - for standard input")
    source.add_argument("--url", help="base URL of a running service")
    parser.add_argument("--examples", type=Path, metavar="FOLDER", help="the examples that led to the answers")
    parser.add_argument("--core", default=os.environ.get("R4_CORE"), help="unpacked R4 core package")
    options = parser.parse_args()
    if options.url and not options.examples:
        parser.error("--url needs --examples")
    examples = cases(options.examples) if options.examples else []
    validator = R4Validator(options.core)
    if validator.pyrofile is None:
        print("note: no R4 core package, so fhirkit alone looked: codes, invariants and references went unchecked")
    found = Findings()
    rules = ResponseRules(found, validator.errors)
    requirements = {**CARD_REQUIREMENTS, **EXAMPLE_REQUIREMENTS}
    if options.url:
        requirements = {**SERVICE_REQUIREMENTS, **requirements}
        try:
            ServiceRules(Client(options.url), found, rules, validator.errors).run(examples)
        except OSError as error:
            found.check("DISC-01", False, options.url, f"not reached: {error}")
    else:
        data = sys.stdin.buffer.read() if options.responses == "-" else Path(options.responses).read_bytes()
        requirements = {"RESP-01": "no answer was seen", **requirements}
        check_responses(options.responses, data, rules, examples)
    lines = list(found.lines(requirements))
    print("\n".join(lines))
    verdicts = [line.split()[1].rstrip(":") for line in lines]
    print(f"{verdicts.count('pass')} pass, {verdicts.count('fail')} fail, {verdicts.count('not-tested')} not tested")
    return 1 if "fail" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
