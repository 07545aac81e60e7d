"""The report on the C-CDA corpus is itself held to account: each fault made by hand is caught."""

import copy
import tempfile
import unittest
from pathlib import Path

from ccda_bundles import bundle_problems, loss_problems, patient_problems, silent_losses
from ccda_conversion import Conversion, source_of
from ccda_corpus import as_sent, comparable, difference, top
from ccda_documents import Document, parse
from ccda_expectations import CHECKS, Made, problem_state, robustness_problem, truth_figures
from strict_json import Number

HEAD = '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc">'
PERSON = (
    "<recordTarget><patientRole><patient><name><given>Zoë</given><family>Lum  bar</family></name>"
    '<birthTime value="19680314"/><sdtc:deceasedInd value="true"/></patient></patientRole></recordTarget>'
)
ENTRY = '<entry><act><templateId root="1.2"/><entryRelationship><observation/></entryRelationship></act></entry>'
SECTION = '<component><section><code code="{}"/>{}</section></component>'
SECTIONS = SECTION.format("11450-4", ENTRY) + SECTION.format("8716-3", "")
BODY = f"<component><structuredBody>{SECTIONS}</structuredBody></component>"
DOCUMENT = Document("x.xml", parse((HEAD + PERSON + BODY + "</ClinicalDocument>").encode()))
AT = "/ClinicalDocument/component/structuredBody/component[1]/section/entry/act"
LOSS = {
    "statements": 2, "mapped": 1, "asText": 1, "refused": 0,
    "sections": [
        {"code": "11450-4", "statements": 2, "mapped": 1, "asText": 1, "refused": 0},
        {"code": "8716-3", "statements": 0, "mapped": 0, "asText": 0, "refused": 0},
    ],
    "items": [{"at": AT, "template": "1.2", "outcome": "asText", "reason": "no code"}],
}
PATIENT = {
    "resourceType": "Patient", "id": "p", "name": [{"given": ["Zoë"], "family": "Lum bar"}], "birthDate": "1968-03-14",
    "deceasedBoolean": True,
}
CONDITION = {"resourceType": "Condition", "id": "c", "subject": {"reference": "urn:uuid:p"}}
COMPOSITION = {"resourceType": "Composition", "id": "d", "subject": {"reference": "urn:uuid:p"}}
BUNDLE = {
    "resourceType": "Bundle", "type": "document",
    "entry": [{"fullUrl": f"urn:uuid:{item['id']}", "resource": item} for item in (COMPOSITION, PATIENT, CONDITION)],
}
SNOMED = "http://snomed.info/sct"


def changed(value, *path, to):
    """A copy with one member set."""
    result = copy.deepcopy(value)
    node = result
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return result


def concept(code):
    return {"coding": [{"system": SNOMED, "code": code}]}


def problem(code, clinical=None, category="problem-list-item", **members):
    state = {"clinicalStatus": concept(clinical)} if clinical else {}
    return {"resourceType": "Condition", "code": concept(code), "category": [concept(category)], **state, **members}


class Losses(unittest.TestCase):
    def test_a_report_that_accounts_for_everything(self):
        self.assertEqual(list(loss_problems(DOCUMENT, LOSS)), [])

    def test_each_fault(self):
        item = LOSS["items"][0]
        for why, path, to in [
            ("a statement too few", ("mapped",), 0),
            ("a section that does not add up", ("sections", 0, "mapped"), 2),
            ("a section of another code", ("sections", 0, "code"), "8716-3"),
            ("nothing listed", ("items",), []),
            ("listed twice", ("items",), [item, item]),
            ("listed as something else", ("items", 0, "outcome"), "refused"),
            ("listed nowhere", ("items", 0, "at"), AT + "/code"),
            ("no reason", ("items", 0, "reason"), ""),
            ("another template", ("items", 0, "template"), None),
        ]:
            with self.subTest(why):
                self.assertTrue(list(loss_problems(DOCUMENT, changed(LOSS, *path, to=to))))

    def test_what_counts_as_mapped_is_there(self):
        observation = (
            '<observation moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
            '<value code="279039007"><translation code="M54.5"/></value></observation>'
        )
        body = f"<component><section><entry>{observation}</entry></section></component>"
        read = Document("x.xml", parse(f"{HEAD}{body}</ClinicalDocument>".encode()))
        at = "/ClinicalDocument/component/section/entry/observation"
        for why, bundle, items, problems in [
            ("its code", {"code": "279039007"}, [], 0), ("a translation", {"code": "M54.5"}, [], 0),
            ("listed as lost", {}, [{"at": at}], 0), ("nowhere", {"code": "1"}, [], 1),
        ]:
            with self.subTest(why):
                self.assertEqual(len(list(silent_losses(read, bundle, {"items": items}))), problems)

    def test_a_count_that_adds_up_and_is_wrong(self):
        short = {**LOSS, "statements": 1, "mapped": 0}
        short["sections"] = [{**LOSS["sections"][0], "statements": 1, "mapped": 0}]
        self.assertEqual(len(list(loss_problems(DOCUMENT, short))), 2)


class Bundles(unittest.TestCase):
    def test_a_bundle_that_holds_together(self):
        self.assertEqual(list(bundle_problems(BUNDLE)), [])
        self.assertEqual(list(patient_problems(DOCUMENT, BUNDLE)), [])

    def test_each_fault(self):
        for why, path, to in [
            ("another type", ("type",), "batch"),
            ("a collection with a Composition", ("type",), "collection"),
            ("no patient", ("entry",), BUNDLE["entry"][:1]),
            ("a fullUrl of another", ("entry", 2, "fullUrl"), "urn:uuid:x"),
            ("a fullUrl twice", ("entry", 2), BUNDLE["entry"][1]),
            ("a reference to nothing", ("entry", 2, "resource", "subject", "reference"), "urn:uuid:nobody"),
            ("a relative reference", ("entry", 2, "resource", "subject", "reference"), "Patient/p"),
        ]:
            with self.subTest(why):
                self.assertTrue(list(bundle_problems(changed(BUNDLE, *path, to=to))))

    def test_the_patient_is_kept_letter_by_letter(self):
        for why, member, to in [
            ("another letter", "name", [{"given": ["Zo"], "family": "Lum bar"}]),
            ("no birth date", "birthDate", ""), ("alive", "deceasedBoolean", False),
        ]:
            with self.subTest(why):
                bundle = changed(BUNDLE, "entry", 1, "resource", member, to=to)
                self.assertEqual(len(list(patient_problems(DOCUMENT, bundle))), 1)


class Robustness(unittest.TestCase):
    def conversion(self, written=False, code=None, severity="fatal"):
        issues = [{"source": "robustness/x.xml", "code": code, "severity": severity}] if code else []
        return Conversion(0, "", 0, {"robustness/x.xml": b"{}"} if written else {}, {}, issues)

    def test_rows(self):
        for expected, right, given in [
            ("accept", True, {"written": True}), ("accept", False, {"code": "XML-120"}),
            ("accept:warning", True, {"written": True, "code": "XML-203", "severity": "warning"}),
            ("accept:warning", False, {"written": True}), ("reject:doctype", True, {"code": "XML-104"}),
            ("reject:doctype", False, {"code": "XML-120"}), ("reject:doctype", False, {"written": True}),
            ("reject:doctype", False, {}), ("accept-or-reject:encoding", True, {"written": True}),
            ("accept-or-reject:encoding", True, {"code": "XML-110"}),
            ("accept-or-reject:encoding", False, {"code": "XML-104"}),
        ]:
            with self.subTest(expected, **given):
                found = robustness_problem(expected, "robustness/x.xml", self.conversion(**given))
                self.assertEqual(found is None, right)

    def test_the_canary(self):
        conversion = Conversion(0, "", 0, {"robustness/x.xml": b'{"CANARY-MUST-NOT-APPEAR"'})
        self.assertEqual(robustness_problem("accept", "robustness/x.xml", conversion), "the canary came out")


class Facts(unittest.TestCase):
    FACT = {"kind": "condition", "code": "279039007"}

    def holds(self, kind, fact, *made):
        return CHECKS[kind](fact, Made(list(made))) is None

    def test_a_state_is_read_from_the_resource(self):
        refuted = problem("279039007", verificationStatus=concept("refuted"))
        for state, right, wrong in [
            ("active", problem("279039007", "active"), problem("279039007", "resolved")),
            ("resolved", problem("279039007", "resolved"), problem("279039007", "inactive")),
            ("refuted", refuted, problem("279039007", "active")),
            ("active-or-unknown", problem("279039007"), problem("279039007", "inactive")),
        ]:
            with self.subTest(state):
                fact = {**self.FACT, "state": state}
                self.assertTrue(self.holds("condition", fact, right))
                self.assertFalse(self.holds("condition", fact, wrong))
                self.assertFalse(self.holds("condition", fact))

    def test_a_value_is_compared_as_it_was_written(self):
        fact = {"kind": "observation", "code": "1988-5", "value": "48.20", "unit": "mg/L"}
        for text, right in (("48.20", True), ("48.2", False)):
            quantity = {"value": Number(text), "code": "mg/L", "unit": "mg/L"}
            made = {"resourceType": "Observation", "code": concept("1988-5"), "valueQuantity": quantity}
            self.assertEqual(self.holds("observation", fact, made), right)

    def test_what_a_relative_has_is_not_the_patients(self):
        fact = {"kind": "family", "code": "363346000", "relation": "MTH"}
        condition = [{"code": concept("363346000")}]
        relative = {"resourceType": "FamilyMemberHistory", "relationship": concept("MTH"), "condition": condition}
        self.assertTrue(self.holds("family", fact, relative))
        self.assertFalse(self.holds("family", fact, relative, problem("363346000", "active")))

    def test_an_order_is_not_done(self):
        fact = {"kind": "order", "code": "72148", "state": "active", "mood": "RQO"}
        order = {"resourceType": "ServiceRequest", "status": "active", "intent": "order", "code": concept("72148")}
        done = {"resourceType": "Procedure", "status": "completed", "code": concept("72148")}
        earlier, later = done | {"performedDateTime": "2023-11-20"}, done | {"performedDateTime": "2024-03-01"}
        self.assertTrue(self.holds("order", fact, order, earlier))
        self.assertFalse(self.holds("order", fact, order, later))
        self.assertFalse(self.holds("order", fact, order | {"intent": "plan"}))


class Truth(unittest.TestCase):
    def test_the_state_of_a_problem(self):
        for state, made in [
            ("missing", [problem("1", "active")]), ("active", [problem("2", "active")]),
            ("not-active", [problem("2", "resolved")]), ("unknown", [problem("2")]),
            ("not-active", [problem("2", "active", "encounter-diagnosis"), problem("2", "inactive")]),
            ("active", [problem("2", "inactive"), problem("2", "active")]),
        ]:
            with self.subTest(state):
                self.assertEqual(problem_state(made, "2"), state)

    def test_the_figures(self):
        row = {"true_status_in_the_ONC_test_script": "active", "decidable": "yes"}
        rows = [(row, "active"), (row, "missing"), ({**row, "decidable": "no"}, "not-active")]
        self.assertEqual(truth_figures(rows), [("all rows", 3, 1, 2), ("decidable rows", 2, 1, 1)])


class Decisions(unittest.TestCase):
    EVIDENCE = {"at": "/x", "date": "2025"}
    ONE = {"source": "a", "rule": "A1", "issues": [1], "criteria": [{"id": "adult", "evidence": [EVIDENCE]}]}

    def test_place_and_source_may_differ(self):
        other = {**self.ONE, "source": "b", "issues": []}
        other["criteria"] = [{"id": "adult", "evidence": [{**self.EVIDENCE, "at": "$"}]}]
        self.assertEqual(comparable(self.ONE), comparable(other))

    def test_nothing_else_may(self):
        other = comparable(changed(self.ONE, "criteria", 0, "evidence", 0, "date", to="2024"))
        self.assertEqual(difference([comparable(self.ONE)], [other]), "document and Bundle differ in criteria: adult")
        self.assertEqual(difference([other], []), "1 decisions on the document, 0 on the Bundle")


class Codes(unittest.TestCase):
    ERROR = "entry[0] Patient.gender: Code '{}' is not valid in code system http://x [pyrofile terminology.code-system]"

    def test_a_wrong_code_of_the_document_is_its_own(self):
        self.assertTrue(as_sent(self.ERROR.format("8716-3"), DOCUMENT))
        self.assertFalse(as_sent(self.ERROR.format("made-up"), DOCUMENT))
        self.assertFalse(as_sent("entry[0] Patient.gender: '8716-3' is required [pyrofile cardinality.min]", DOCUMENT))


class Inputs(unittest.TestCase):
    def test_a_bundle_is_known_by_the_name_of_its_document(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for file in ("a.xml", "b.ccda"):
                (root / file).touch()
            names = [source_of(written, root) for written in ("a.xml", "a.xml.json", "a.json", "b.ccda.json", "c.json")]
        self.assertEqual(names, ["a.xml", "a.xml", "a.xml", "b.ccda", "c.json"])

    def test_the_folder_of_a_file(self):
        self.assertEqual([top("README.md"), top("vendors/x/a.xml")], ["./", "vendors/"])

    def test_a_run_that_lies_about_its_refusals(self):
        issue = [{"source": "b.xml", "code": "XML-101"}]
        self.assertEqual(Conversion(1, "", 0, {"a.xml": b""}, {}, issue).problems, [])
        for why, run in [
            ("refused and status 0", Conversion(0, "", 0, {}, {}, issue)),
            ("status 1 for nothing", Conversion(1, "", 0)),
            ("killed", Conversion(-11, "", 0)), ("a trace", Conversion(0, "Fatal error: Index out of range", 0)),
        ]:
            with self.subTest(why):
                self.assertTrue(run.problems)


if __name__ == "__main__":
    unittest.main()
