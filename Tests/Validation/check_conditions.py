#!/usr/bin/env python3
"""Follows the exported plans with a FHIRPath engine by another author and compares with the program, state by state.

    check_conditions.py [--states N] [--seed N] SPINEHOOK [PROFILES]

Random states go through `spinehook guideline decide`; for each, the plan's actions are read from the top, and the first whose
condition holds must be the decision's rule, the one card in it whose condition holds the decision's card. Exits 1 when a
state tells them apart; the first such states are printed.
"""

import argparse
import json
import random
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, Callable, Iterator

from fhirpathpy import compile as compiled

REPOSITORY = Path(__file__).resolve().parents[2]
FAMILIES = [f"redflag.{name}" for name in ("caudaEquina", "progressiveDeficit", "infection", "malignancy", "fracture")]
PRESENTING = FAMILIES[2:]
COURSE = ["course.sixWeeks", "course.trialDocumented", "course.trialFailed", "course.procedureCandidate"]
MODALITIES = ["MRI-WO", "MRI-WWO", "MRI-W", "CT-WO", "CT-W", "CT-MYELO", "BONE", "PET", "XR"]
PRIORITIES = ["routine", "urgent", "asap", "stat"]
CLASSES = {
    "opioid": "drug", "gabapentinoid": "drug", "tricyclic": "drug", "nsaid": "drug", "muscle-relaxant": "drug",
    "bed-rest": "activity", "epidural-injection": "procedure", "spine-surgery": "procedure",
}


@cache
def condition(expression: str) -> Callable[[Any, dict[str, Any]], list[Any]]:
    return compiled(expression)


def holds(action: dict[str, Any], variables: dict[str, Any]) -> bool:
    """Whether every condition of an action holds; one that is not clearly true does not."""
    return all(
        condition(item["expression"]["expression"])({}, variables) == [True] for item in action.get("condition", [])
    )


def followed(plan: dict[str, Any], variables: dict[str, Any]) -> tuple[str | None, list[tuple[str, str]]]:
    """The rule that a plan comes to, and the cards in it that are given, each with its indicator."""
    for group in plan["action"]:
        if not holds(group, variables):
            continue
        rule = next((action for action in group["action"] if holds(action, variables)), None)
        if rule is None:
            return None, []
        cards = [card for card in rule.get("action", []) if holds(card, variables)]
        return rule["prefix"], [(card["prefix"], indicator(card)) for card in cards]
    return None, []


def indicator(card: dict[str, Any]) -> str:
    return re.match(r"Card \w+, (\w+):", card["textEquivalent"]).group(1)  # type: ignore[union-attr]


class Plans:
    """The plans of a folder and the criteria with their defaults."""

    def __init__(self, folder: Path):
        def read(path: str) -> dict[str, Any]:
            return json.loads((folder / path).read_bytes())

        self.imaging = read("PlanDefinitions/lumbar-imaging.json")
        self.red_flags = read("PlanDefinitions/radiculopathy-red-flags.json")
        self.orders = read("PlanDefinitions/radiculopathy-orders.json")
        self.defaults = {
            concept["code"]: concept["property"][0]["valueString"]
            for concept in read("CodeSystems/criteria.json")["concept"]
        }

    def expected(self, line: dict[str, Any], decision: dict[str, Any]) -> tuple[str | None, list[tuple[str, str]]]:
        """What the plans say to a state; the fit is that of the decision, which the plans do not work out."""
        order = line["order"] or {}
        variables = {**self.defaults, **line["criteria"], "presentingFlags": line["presentingFlags"]}
        variables |= {"priority": order.get("priority", "routine"), "class": order.get("class", "")}
        variables["fit"] = decision.get("fit") or []
        if line["slot"] != "imaging":
            return followed(self.orders, variables)
        return followed(self.imaging if order else self.red_flags, variables)


def states(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Random states: most families denied, so that the rules behind them are reached as well."""
    chance = random.Random(seed)

    def one(values: dict[str, int]) -> str:
        return chance.choices(list(values), list(values.values()))[0]

    for _ in range(number):
        criteria = {id: one({"not-met": 30, "unknown": 6, "suspected": 2, "met": 2}) for id in FAMILIES}
        criteria |= {id: one({"met": 20, "not-met": 1, "unknown": 1}) for id in ("adult", "radiculopathy")}
        criteria |= {id: one({"met": 3, "not-met": 2, "unknown": 2}) for id in COURSE}
        for id in ("history.priorLumbarMRI", "history.priorLumbarSurgery", "modifier.ageOver70", "modifier.pregnant",
                   "modifier.mriContraindicated", "modifier.mrDevice", "order.duplicate", "order.urgentContext",
                   "order.activeAdequate"):
            criteria[id] = one({"none-on-record": 6, "not-met": 1, "unknown": 1, "met": 2})
        criteria["record.complete"] = one({"met": 8, "not-met": 1, "unknown": 1})
        kind = chance.choice(["imaging", "imaging", "view", "class"])
        line: dict[str, Any] = {"slot": "imaging", "criteria": criteria, "order": None}
        line["presentingFlags"] = [id for id in PRESENTING if criteria[id] == "met" and chance.random() < 0.5]
        if kind == "imaging":
            line["order"] = {"modality": chance.choice(MODALITIES), "priority": chance.choice(PRIORITIES)}
        elif kind == "class":
            name = chance.choice(list(CLASSES))
            for id in ("drug.otherIndication", "drug.excludedPopulation", "drug.overlappingOpioid",
                       "drug.overlappingSedative", "drug.extendedRelease", "drug.dose", "drug.supply", "drug.severePain",
                       "drug.nsaidContraindicated", "drug.olderAdult", "activity.otherReason",
                       "procedure.trialDocumented"):
                criteria[id] = one({"none-on-record": 1, "not-met": 4, "unknown": 1, "met": 2})
            line |= {"slot": CLASSES[name], "order": {"class": name}}
        yield line


def differences(
    lines: list[dict[str, Any]], decisions: list[dict[str, Any]], plans: Plans
) -> Iterator[tuple[dict[str, Any], str]]:
    for line, decision in zip(lines, decisions, strict=True):
        rule, cards = plans.expected(line, decision)
        decided = re.sub(r"\(.*\)$", "(x)", decision["rule"])
        card = [(decision["card"], decision["indicator"])] if decision["card"] else []
        # A patient view without a card may be decided by a rule that its plan leaves out.
        is_left_out = line["order"] is None and rule is None and not card
        if (rule != decided and not is_left_out) or cards != card:
            yield line, f"decided {decided} {card}, the plan says {rule} {cards}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--states", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("spinehook", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=REPOSITORY / "Profiles")
    arguments = parser.parse_args()
    lines = list(states(arguments.states, arguments.seed))
    run = subprocess.run(
        [arguments.spinehook, "guideline", "decide", "--quiet"], check=True, capture_output=True, text=True,
        input="".join(json.dumps(line) + "\n" for line in lines))
    decisions = [json.loads(line) for line in run.stdout.splitlines()]
    found = list(differences(lines, decisions, Plans(arguments.folder)))
    for line, words in found[:5]:
        print(words, json.dumps(line))
    rules = {re.sub(r"\(.*\)$", "(x)", decision["rule"]) for decision in decisions}
    print(f"{len(lines)} states, {len(rules)} rules reached, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
