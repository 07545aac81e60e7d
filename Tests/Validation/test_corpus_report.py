"""The corpus report is itself held to account: each kind of difference by a row, each fault made by hand is caught."""

import gzip
import json
import tempfile
import unittest
from datetime import date
from pathlib import Path

from corpus_differences import Comparison, Patient
from corpus_inputs import Export, Run, content, exports
from corpus_kinds import KINDS, SAME
from corpus_knowledge import ICD, LOINC, SNOMED, Knowledge
from corpus_report import REPOSITORY, file_of, may_be_silent, meanings

KNOWLEDGE = Knowledge(REPOSITORY / "Profiles")
COMPARISON = Comparison(KNOWLEDGE, date(2026, 11, 20))
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
EMPTY = {name: "" for name in ("back_pain_codes", "back_pain_dates", "red_flags", "imaging", "medicines")}
SUMMARY = "2 inputs, 1 decisions, 1 refused\n"


def fact(criterion, system, code, day=None, result="met", type_="Condition", value=None):
    """A criterion with one evidence item."""
    item = {"resource": f"{type_}/1", "code": {"system": system, "code": code}, "at": "$.entry[0].resource"}
    item |= {"because": "it is there"} | ({"date": day} if day else {}) | ({"value": value} if value else {})
    return {"id": criterion, "result": result, "evidence": [item]}


def patient(row, *criteria, because=None, resource=None):
    """A patient of the index; unless told, the input's one resource has every code of the evidence."""
    codes = [item["code"] for criterion in criteria for item in criterion["evidence"] if "code" in item]
    resource = resource or {"code": {"coding": codes}}
    decision = {"criteria": list(criteria), "because": because}
    return Patient({"file": "f", "patient": "p", **EMPTY, **row}, [decision], {"entry": [{"resource": resource}]})


def kinds(*given, **named):
    return [difference.kind for difference in COMPARISON.differences(patient(*given, **named))]


CANCER = {"red_flags": "cancer(C50.919@2016-10-10)"}
MALIGNANCY = fact("redflag.malignancy", ICD, "C50.919", "2016-10-10")
MRI = {"id": "history.priorLumbarMRI", "result": "met", "evidence": [{"date": "2024-06-15", "because": "lumbar MRI"}]}
LUMBAR = {"imaging": "Di:24968-0(spine)@2024-06-15"}
EXPLAINED = [
    ("counts and is shown", SAME, (CANCER, MALIGNANCY), {}),
    ("the dead get no decision", "deceased", (CANCER,), {"because": "the patient is recorded as deceased"}),
    ("carcinoma in situ is in no set", "keyword", ({"red_flags": "cancer(92691004@2000-03-10)"},), {}),
    ("abuse names no route", "drug-use", ({"red_flags": "opioid_use(5602001@2024-05-31)"},), {}),
    ("fever of the year before", "too-old", ({"red_flags": "unexpl_wtloss_fever(386661006@2025-11-15)"},), {}),
    ("a pregnancy that is over", "ended", ({"red_flags": "pregnancy(72892002@2026-08-01/resolved)"},), {}),
    ("the code names no fracture", "not-a-fracture", ({"red_flags": "path_or_vertebral_fx(M81.0@2016-04-14)"},), {}),
    ("a healed vertebra", "ended", ({"red_flags": "path_or_vertebral_fx(M80.08@2024-06-15/resolved)"},), {}),
    ("back pain alone", "back-pain", ({"back_pain_codes": "M54.50", "back_pain_dates": "2026-10-01"},), {}),
    ("chest film", "other-region", ({"imaging": "Im:36572-6@2026-01-03"},), {}),
    ("radiograph of the spine", "not-mri", ({"imaging": "Di:44203-8(spine)@2024-06-15"},),
     {"resource": {"resourceType": "DiagnosticReport", "code": {"coding": [{"code": "44203-8"}]}}}),
    ("the site, not the test", "body-site", ({"imaging": "Im:421060004(spine)@2026-07-30"},), {}),
    ("a coded order", "order", ({"imaging": "Se:24968-0(spine)@2024-06-15"},), {}),
    ("an order in words", "text-only", ({"imaging": "Se:MRI_Lumbar(spine)@2024-06-15"},), {}),
    ("an MRI that counts", SAME, (LUMBAR, MRI), {}),
    ("an MRI of 61 months ago", "too-old", ({"imaging": "Di:24968-0(spine)@2021-10-01"},), {}),
    ("the index stops", "index-cut", ({"imaging": "+7"},), {}),
    ("a course of years ago", "before-episode", ({"medicines": "nsaidx2[2016-05-03..2016-08-03]"},), {}),
    ("opioids are no trial", "opioid", ({"medicines": "opioidx1[2026-11-01..2026-11-01]"},), {}),
    ("anticoagulant without an onset", "anticoagulant", ({"medicines": "anticoagx2[2026-01-24..2026-08-16]"},), {}),
    ("a hint", "own-hint", ({}, fact("redflag.infection", ICD, "F10.20", "2026-10-01", "suspected")), {}),
    ("a finding", "own-finding", ({}, fact("redflag.fracture", ICD, "M48.50XA", "2026-10-01")), {}),
    ("a value over its limit", "own-measurement",
     ({}, fact("redflag.infection", LOINC, "1988-5", "2026-11-01", "suspected", "Observation", "17.8 mg/L")), {}),
    ("a drug", "own-drug", ({}, fact("redflag.infection", RXNORM, "197388", None, "met", "MedicationRequest")), {}),
    ("code against display", "own-display",
     ({}, fact("redflag.infection", RXNORM, "3002", None, "met", "MedicationRequest")),
     {"resource": {"coding": [{"system": RXNORM, "code": "3002", "display": "Alendronate (Fosamax)"}]}}),
]
FAULTS = [
    ("a cancer that was not read", (CANCER,), {}),
    ("a cancer that is shown and sets nothing", (CANCER, {**MALIGNANCY, "result": "unknown"}), {}),
    ("a code of no set is shown",
     ({"red_flags": "cancer(92691004@2000-03-10)"}, fact("redflag.malignancy", SNOMED, "92691004", "2000-03-10")), {}),
    ("fever of the year before sets the criterion",
     ({"red_flags": "unexpl_wtloss_fever(386661006@2025-11-15)"},
      fact("redflag.infection", SNOMED, "386661006", "2025-11-15")), {}),
    ("a pregnancy that is over sets the criterion",
     ({"red_flags": "pregnancy(72892002@2026-08-01/resolved)"},
      fact("modifier.pregnant", SNOMED, "72892002", "2026-08-01")), {}),
    ("a radiculopathy that was not read", ({"back_pain_codes": "M54.16", "back_pain_dates": "2026-10-01"},), {}),
    ("back pain shown as radiculopathy",
     ({"back_pain_codes": "M54.50", "back_pain_dates": "2026-10-01"}, fact("radiculopathy", ICD, "M54.50")), {}),
    ("a lumbar MRI that was not read", (LUMBAR,), {}),
    ("an MRI from nowhere", ({}, MRI), {}),
    ("an NSAID of the episode that was not read", ({"medicines": "nsaidx1[2026-11-01..2026-11-01]"},), {}),
    ("a steroid of this year that was not read", ({"medicines": "steroidx1[2026-10-01..2026-10-01]"},), {}),
    ("a value within its limit sets the criterion",
     ({}, fact("redflag.infection", LOINC, "1988-5", "2026-11-01", "suspected", "Observation", "0.3 mg/L")), {}),
    ("the resource does not have the code", (CANCER, MALIGNANCY), {"resource": {"code": {"text": "breast"}}}),
    ("nothing at the path", (CANCER, {**MALIGNANCY, "evidence": [
        {**MALIGNANCY["evidence"][0], "at": "$.entry[7].resource"}]}), {}),
]


class Differences(unittest.TestCase):
    def test_each_kind_is_told_by_its_rule(self):
        for why, kind, given, named in EXPLAINED:
            with self.subTest(why):
                self.assertEqual(kinds(*given, **named), [kind])

    def test_each_fault_is_unexplained(self):
        for why, given, named in FAULTS:
            with self.subTest(why):
                self.assertIn(None, kinds(*given, **named))

    def test_every_kind_is_told_by_some_row(self):
        shown = {"own-shown", "not-in-run"}  # they need a second item beside them, below
        self.assertEqual(KINDS.keys() - {kind for _, kind, _, _ in EXPLAINED}, shown)

    def test_what_stands_beside_a_deciding_item(self):
        low = fact("redflag.malignancy", LOINC, "29463-7", "2026-10-11", "met", "Observation", "63 kg")["evidence"]
        high = fact("redflag.malignancy", LOINC, "29463-7", "2026-01-11", "met", "Observation", "64.2 kg")["evidence"]
        both = {**MALIGNANCY, "evidence": MALIGNANCY["evidence"] + low + high}
        self.assertEqual(kinds(CANCER, both), [SAME, "own-shown"])
        run = {"id": "course.trialDocumented", "result": "unknown", "evidence": [{"because": "7 of 42 days"}]}
        self.assertEqual(kinds({"medicines": "nsaidx1[2026-11-01..2026-11-01]"}, run), ["not-in-run"])


class Runs(unittest.TestCase):
    DECISION = {"source": "a.json", "subject": None}
    ISSUE = {"source": "b.json", "code": "INPUT-113"}

    def test_a_good_run_has_no_problem(self):
        self.assertEqual(Run(1, SUMMARY, 0, [self.DECISION], [self.ISSUE]).problems, [])

    def test_each_fault_of_a_run(self):
        for why, run in [
            ("killed", Run(-11, SUMMARY, 0, [self.DECISION], [self.ISSUE])),
            ("wrong call", Run(2, SUMMARY, 0, [self.DECISION], [self.ISSUE])),
            ("a trace", Run(1, "Fatal error: Index out of range\n" + SUMMARY, 0, [self.DECISION], [self.ISSUE])),
            ("no summary", Run(1, "", 0, [self.DECISION], [self.ISSUE])),
            ("a decision lost", Run(1, SUMMARY, 0, [], [self.ISSUE])),
            ("a refusal not listed", Run(1, SUMMARY, 0, [self.DECISION], [])),
            ("status 0 beside a refusal", Run(0, SUMMARY, 0, [self.DECISION], [self.ISSUE])),
        ]:
            with self.subTest(why):
                self.assertTrue(run.problems)

    def test_a_bad_line_of_a_used_file_is_no_refused_input(self):
        run = Run(0, "1 inputs, 1 decisions, 0 refused\n", 0, [self.DECISION], [{"source": "a.json:3"}])
        self.assertEqual((run.refused, run.problems), (set(), []))

    def test_silence_needs_a_reason(self):
        self.assertEqual(may_be_silent(b" \n"), "empty")
        self.assertEqual(may_be_silent(b'{"status": "draft"}'), "drafts")
        self.assertIsNone(may_be_silent(b'{"resourceType":"Patient"}'))

    def test_a_source_may_name_a_line(self):
        self.assertEqual(file_of("x.ndjson:12", {"x.ndjson": b""}), "x.ndjson")
        self.assertEqual(file_of("odd:12", {"odd:12": b""}), "odd:12")


class Inputs(unittest.TestCase):
    def test_an_export_is_regrouped_with_its_lines_as_written(self):
        condition = '{"resourceType":"Condition","subject":{"reference":"Patient/b"},"n":1.00}'
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "Patient.ndjson").write_text(
                '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n')
            (root / "Condition.ndjson.gz").write_bytes(gzip.compress(condition.encode() + b"\n"))
            (root / "Organization.ndjson").write_text('{"resourceType":"Organization","id":"o"}\n')
            self.assertEqual(exports(root), [root])
            export = Export.read("e", root)
        self.assertEqual(sorted(export.patients), ["a", "b"])
        bundle = dict(zip(export.patients, export.lines()))["b"]
        self.assertIn(condition, bundle)
        self.assertEqual(len(json.loads(bundle)["entry"]), 2)
        self.assertEqual(export.without_patient, {"Organization": 1})

    def test_compressed_content_is_unpacked(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(gzip.compress(b"{}"))
            file.flush()
            self.assertEqual(content(Path(file.name)), b"{}")


class Meanings(unittest.TestCase):
    def test_codes_are_explained_where_they_are_declared(self):
        known = meanings()
        for code in ("INPUT-110", "FHIR-112", "HOOK-105", "JSON-118", "JSON-130"):
            with self.subTest(code):
                self.assertTrue(known.get(code))


if __name__ == "__main__":
    unittest.main()
