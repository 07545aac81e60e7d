"""A plan that decides as the program passes, and each condition changed by hand is noticed."""

import copy
import json
import unittest
from typing import Any

from check_conditions import REPOSITORY, Plans, differences, followed, states

PROFILES = REPOSITORY / "Profiles"


def changed(plan: dict[str, Any], of: str, to: str) -> dict[str, Any]:
    text = json.dumps(plan)
    assert of in text, of
    return json.loads(text.replace(of, to))


def decisions(lines: list[dict[str, Any]], plans: Plans) -> list[dict[str, Any]]:
    """Decisions as the plans give them, with a fit of which each state has one."""
    made = []
    for line in lines:
        decision: dict[str, Any] = {"fit": "norole" if line["order"] and "modality" in line["order"] else None}
        rule, cards = plans.expected(line, decision)
        card, indicator = cards[0] if cards else (None, None)
        made.append(decision | {"rule": rule or "A9", "card": card, "indicator": indicator})
    return made


class CheckConditions(unittest.TestCase):
    plans = Plans(PROFILES)
    lines = list(states(400, seed=7))

    def test_same(self) -> None:
        made = decisions(self.lines, self.plans)
        self.assertEqual(list(differences(self.lines, made, self.plans)), [])
        self.assertGreater(len({decision["rule"] for decision in made}), 30)

    def test_changes_are_noticed(self) -> None:
        made = decisions(self.lines, self.plans)
        for name, of, to in (
            ("imaging", "%`redflag.caudaEquina` = 'met'", "%`redflag.caudaEquina` = 'suspected'"),
            ("imaging", "%`record.complete` != 'met'", "%`record.complete` = 'met'"),
            ("imaging", "%fit = 'norole'", "%fit = 'pref'"),
            ("red_flags", "%`order.activeAdequate` != 'met'", "%`order.activeAdequate` = 'met'"),
            ("orders", "%`drug.severePain` = 'not-met'", "%`drug.severePain` = 'unknown'"),
            ("orders", "%class = 'gabapentinoid'", "%class = 'tricyclic'"),
        ):
            with self.subTest(of):
                plans = copy.copy(self.plans)
                setattr(plans, name, changed(getattr(plans, name), of, to))
                self.assertTrue(list(differences(self.lines, made, plans)))

    def test_first_rule_decides(self) -> None:
        def rule(prefix: str, expression: str) -> dict[str, Any]:
            return {"prefix": prefix, "condition": [{"expression": {"expression": expression}}]}

        plan = {"action": [{"action": [rule("A", "%x = '1'"), rule("B", "true")]}]}
        self.assertEqual(followed(plan, {"x": "1"}), ("A", []))
        self.assertEqual(followed(plan, {"x": "2"}), ("B", []))
        self.assertEqual(followed(plan, {"x": []}), ("B", []))


if __name__ == "__main__":
    unittest.main()
