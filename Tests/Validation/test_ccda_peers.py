"""The comparison with other converters is itself held to account: what is kept, denied and wrong is told right."""

import sys
import unittest

from ccda_documents import Document, parse
from ccda_peers import Score, run

HEAD = '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
PROBLEM = '<templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
VALUE = '<value xsi:type="CD" code="{}" codeSystem="x"><translation code="{}" codeSystem="y"/></value>'
RELATIVE = '<subject><relatedSubject><code code="MTH"/></relatedSubject></subject>'


def document(*entries):
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    body = f"<component><section>{inside}</section></component>"
    return Document("x.xml", parse(f"{HEAD}{body}</ClinicalDocument>".encode()))


def problem(code, attributes='moodCode="EVN"', inside="", translation="T1"):
    return f"<observation {attributes}>{PROBLEM}{inside}{VALUE.format(code, translation)}</observation>"


def score(read, *made):
    result = Score()
    result.add(read, {"entry": [{"resource": resource} for resource in made]})
    return result


def condition(code, **members):
    return {"resourceType": "Condition", "code": {"coding": [{"code": code}]}, **members}


REFUTED = {"verificationStatus": {"coding": [{"code": "refuted"}]}}
NEGATED = document(problem("1", 'moodCode="EVN" negationInd="true"'))
FAMILY = document(problem("1", inside=RELATIVE))
PLANNED = document(problem("1", 'moodCode="INT"'))


class Scores(unittest.TestCase):
    def test_a_statement_is_kept_by_any_code_of_its_own(self):
        read = document(problem("1"))
        for code, kept in (("1", 1), ("T1", 1), ("2", 0)):
            with self.subTest(code):
                found = score(read, condition(code))
                self.assertEqual((found.statements, found.kept), (1, kept))

    def test_nothing_is_kept_without_a_bundle(self):
        found = Score()
        found.add(document(problem("1")), None)
        self.assertEqual((found.statements, found.kept), (1, 0))

    def test_negation(self):
        for why, made, expected in [
            ("refuted", [condition("1", **REFUTED)], (1, 1, 0)), ("stated", [condition("1")], (1, 0, 1)),
            ("both", [condition("1"), condition("1", **REFUTED)], (1, 0, 1)), ("left out", [], (1, 0, 0)),
        ]:
            with self.subTest(why):
                found = score(NEGATED, *made)
                self.assertEqual((found.negated, found.denied, found.wrong), expected)

    def test_relatives_and_plans(self):
        for why, read, made, expected in [
            ("a relative's", FAMILY, {**condition("1"), "resourceType": "FamilyMemberHistory"}, (0, 0)),
            ("of the patient", FAMILY, condition("1"), (1, 0)),
            ("an order", PLANNED, {**condition("1"), "resourceType": "ServiceRequest"}, (0, 0)),
            ("done", PLANNED, {**condition("1"), "resourceType": "Procedure"}, (0, 1)),
        ]:
            with self.subTest(why):
                found = score(read, made)
                self.assertEqual((found.family, found.plans), expected)

    def test_a_code_that_is_also_a_fact_tells_nothing(self):
        read = document(problem("1"), problem("1", 'moodCode="EVN" negationInd="true"'))
        self.assertEqual(score(read, condition("1")).negated, 0)

    def test_generic_codes_are_no_subject(self):
        read = document(problem("64572001", translation="55607006"))
        self.assertEqual(read.statements[0].subject_codes, set())


class Runs(unittest.TestCase):
    def test_time_and_memory_of_a_process(self):
        command = [sys.executable, "-c", "import sys, time; sys.stdin.read(); x = b'x' * 60_000_000; time.sleep(0.1)"]
        seconds, megabytes = run(command, "in")
        self.assertGreater(seconds, 0.1)
        self.assertGreater(megabytes, 60)
        self.assertLess(run([sys.executable, "-c", "pass"])[1], 60)


if __name__ == "__main__":
    unittest.main()
