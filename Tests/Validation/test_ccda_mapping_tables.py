"""The check of the mapping tables is itself held to account: a row that is wrong, missing or undecided is caught."""

import json
import tempfile
import unittest
from pathlib import Path

from lxml import etree

from ccda_conversion import Conversion
from ccda_documents import Document, parse
from ccda_mapping_tables import DECISIONS, HERE, Line, Row, concept_maps
from ccda_mapping_tables import judge_lines, judge_rows, sheet_lines, write_probes
from ccda_probes import PROBES, values

MAP = (
    '<ConceptMap xmlns="http://hl7.org/fhir"><group><element><code value="aborted"/><target><code value="stopped"/>'
    '</target></element><element><code value="new"/><target><equivalence value="unmatched"/></target></element>'
    "<element><target><code value='sms'/></target></element></group></ConceptMap>"
)


def converted(name, *made):
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in made]}
    return Conversion(0, "", 0, {name: json.dumps(bundle).encode()})


def wrong(rows, conversion):
    """What is wrong with the rows, the decisions apart that these rows do not reach."""
    return [problem for problem in judge_rows(rows, conversion) if "no row of any table" not in problem]


class ConceptMaps(unittest.TestCase):
    def test_every_row_of_a_map_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "ConceptMap-CF-ProcedureStatus.xml").write_text(MAP)
            (Path(folder) / "ConceptMap-CF-EncounterStatus.json").write_text(
                '{"group":[{"element":[{"code":"held","target":[{"code":"planned"}]}]}]}')
            (Path(folder) / "ConceptMap-FC-ProcedureStatus.xml").write_text("<no/>")
            rows = [row for row in concept_maps(Path(folder)) if row.table in ("ProcedureStatus", "EncounterStatus")]
        self.assertEqual(
            [(row.table, row.code, row.targets) for row in rows],
            [("EncounterStatus", "held", ("planned",)), ("ProcedureStatus", "aborted", ("stopped",)),
             ("ProcedureStatus", "new", ()), ("ProcedureStatus", "sms", ("sms",))])

    def test_a_row_and_each_way_to_miss_it(self):
        row = Row("ProcedureStatus", "aborted", ("stopped",))
        made = {"resourceType": "Procedure", "status": "stopped"}
        for why, given, problems in [
            ("as the table says", [made], 0), ("another status", [made | {"status": "completed"}], 1),
            ("no procedure", [], 1), ("two of them", [made, made], 1),
        ]:
            with self.subTest(why):
                self.assertEqual(len(wrong([row], converted("ProcedureStatus aborted.xml", *given))), problems)
        self.assertEqual(len(wrong([row], Conversion(0, "", 0))), 1)

    def test_a_decision_is_held_too(self):
        row = Row("EncounterStatus", "active", ("in-progress",))
        made = {"resourceType": "Encounter", "status": "finished"}
        self.assertEqual(wrong([row], converted("EncounterStatus active.xml", made)), [])
        self.assertTrue(wrong([row], converted("EncounterStatus active.xml", made | {"status": "in-progress"})))

    def test_a_decision_on_no_row_is_caught(self):
        self.assertEqual(len(list(judge_rows([], Conversion(0, "", 0)))), len(DECISIONS))

    def test_a_row_without_a_target_must_give_nothing(self):
        row = Row("NameUse", "SRCH", ())
        self.assertEqual(wrong([row], converted("NameUse SRCH.xml", {"resourceType": "Patient", "name": [{}]})), [])
        shown = {"resourceType": "Patient", "name": [{"use": "old"}]}
        self.assertTrue(wrong([row], converted("NameUse SRCH.xml", shown)))


class Probes(unittest.TestCase):
    def test_each_is_a_document_with_the_code_once(self):
        for name, probe in PROBES.items():
            with self.subTest(name):
                root = parse(probe.document("X-CODE-X").encode())
                self.assertIsNotNone(root)
                self.assertEqual(etree.tostring(root).count(b"X-CODE-X"), 1)

    def test_all_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            write_probes([Row("NameUse", "P", ())], Path(folder) / "probes")
            names = sorted(path.name for path in (Path(folder) / "probes").iterdir())
        self.assertEqual(names, ["NameUse P.xml", "NameUse with CL P.xml", "sheets.xml"])

    def test_the_probe_of_the_sheets_is_a_document(self):
        self.assertGreater(len(Document.read(HERE / "ccda_probe.xml", "probe").statements), 40)

    def test_values_at_a_path(self):
        node = {"a": [{"b": [{"c": 1}, {"c": 2}]}, {"b": {"c": 3}}, {"d": 4}]}
        self.assertEqual(values(node, "a.b.c"), [1, 2, 3])


class Sheets(unittest.TestCase):
    CONDITION = {"resourceType": "Condition", "identifier": [{"value": "p"}], "onsetDateTime": "2024-01-02"}
    BUNDLE = {"resourceType": "Bundle", "entry": [{"resource": CONDITION}]}

    def line(self, verdict="covered", target="Condition[p].onsetDateTime", value="2024-01-02", reason=""):
        return Line("s", 2, verdict, target, value, reason)

    def problems(self, *lines, there=frozenset({("s", 2)})):
        return list(judge_lines(list(lines), set(there), self.BUNDLE))

    def test_lines_that_are_accounted_for(self):
        for line in [
            self.line(), self.line(value="*"), self.line("heading", "", ""), self.line("not mapped", "", "", "why"),
            self.line("otherwise", "Condition[p].abatementDateTime", "-", "why"),
            self.line(target="ConceptMap NameUse"),
        ]:
            with self.subTest(line):
                self.assertEqual(self.problems(line), [])

    def test_each_fault(self):
        for line in [
            self.line(value="2024-01-03"), self.line(target="Condition[q].onsetDateTime"), self.line("maybe"),
            self.line("covered", "", ""), self.line("not mapped", "", ""), self.line("otherwise", reason=""),
            self.line("otherwise", value="-", reason="why"), self.line(target="ConceptMap Nonsense"),
        ]:
            with self.subTest(line):
                self.assertEqual(len(self.problems(line)), 1)

    def test_a_line_without_a_decision_and_a_decision_without_a_line(self):
        self.assertEqual(len(self.problems()), 1)
        self.assertEqual(len(self.problems(self.line(), there=())), 1)

    def test_only_lines_that_say_anything_count(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "CCDA-FHIR_X.csv").write_text("a,b\n1,2\n,\n3,\n")
            (Path(folder) / "FHIR-CCDA_X.csv").write_text("a,b\n1,2\n")
            self.assertEqual(sheet_lines(Path(folder)), {("CCDA-FHIR_X", 2), ("CCDA-FHIR_X", 4)})

    def test_the_decisions_can_be_read(self):
        lines = Line.read(HERE / "ccda_working_sheets.csv")
        self.assertEqual(len({(line.sheet, line.number) for line in lines}), len(lines))
        there = {(line.sheet, line.number) for line in lines}
        self.assertEqual([item for item in judge_lines(lines, there, None) if ": no reason" in item], [])


if __name__ == "__main__":
    unittest.main()
