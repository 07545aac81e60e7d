"""The validators are themselves validated: good input passes, and each fault made by hand is caught."""

import copy
import json
import subprocess
import sys
import unittest
from pathlib import Path

from strict_json import documents, exact, plain
from validate_r4 import R4Validator, document_errors

PATIENT = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1980-02-29"}
CONDITION = {
    "resourceType": "Condition",
    "id": "c",
    "clinicalStatus": {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
    },
    "verificationStatus": {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]
    },
    "code": {"text": "sciatica"},
    "subject": {"reference": "Patient/p"},
    "onsetDateTime": "2025-06",
}
ORDER = {
    "resourceType": "ServiceRequest",
    "id": "o",
    "status": "draft",
    "intent": "order",
    "code": {"text": "lumbar MRI"},
    "subject": {"reference": "Patient/p"},
}
COMMUNICATION = {
    "resourceType": "Communication",
    "status": "preparation",
    "subject": {"reference": "Patient/p"},
    "payload": [{"contentString": "Stay active."}],
}
ABSENT = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
ENCOUNTER = {
    "resourceType": "Encounter", "status": "finished",
    "subject": {"reference": "urn:uuid:5b1f3c64-5a6e-4b8f-9d07-0f4c3f9c6f11"},
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
}
PROVENANCE = {
    "resourceType": "Provenance", "target": [{"reference": "Patient/p"}], "_recorded": {"extension": [ABSENT]},
    "agent": [{"who": {"display": "somebody"}}],
}
ADMINISTRATION = {
    "resourceType": "MedicationAdministration", "status": "completed", "subject": {"reference": "Patient/p"},
    "medicationCodeableConcept": {"text": "a drug"}, "_effectiveDateTime": {"extension": [ABSENT]},
}
CODES = {
    "resourceType": "CodeSystem", "status": "draft", "content": "complete",
    "property": [{"code": "a", "type": "string"}],
    "concept": [
        {"code": code, "property": [{"code": "a", "valueString": "x"}, {"code": "a", "valueString": "y"}]}
        for code in ("c1", "c2")
    ],
}
HELP = {
    "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
    "valueCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]},
}
QUESTIONS = {
    "resourceType": "Questionnaire", "status": "draft",
    "item": [
        {
            "linkId": "a", "type": "group", "text": "A",
            "item": [
                {
                    "linkId": "b", "type": "boolean", "text": "B?",
                    "item": [{"linkId": "c", "type": "display", "text": "C", "extension": [HELP]}],
                }
            ],
        }
    ],
}
BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {"fullUrl": "https://ehr.example/fhir/Patient/p", "resource": PATIENT},
        {"fullUrl": "https://ehr.example/fhir/Condition/c", "resource": CONDITION},
        {"fullUrl": "urn:uuid:5b1f3c64-5a6e-4b8f-9d07-0f4c3f9c6f11", "resource": ORDER},
    ],
}
VALIDATOR = R4Validator()
WITH_CORE = VALIDATOR.pyrofile is not None


def changed(resource, *path, to=None):
    """A copy with the member at the path set, or removed when `to` is None."""
    result = copy.deepcopy(resource)
    node = result
    for step in path[:-1]:
        node = node[step]
    if to is None:
        del node[path[-1]]
    else:
        node[path[-1]] = to
    return result


def errors(text):
    data = text if isinstance(text, bytes) else (text if isinstance(text, str) else json.dumps(text)).encode()
    return [error for document in documents("test", data) for error in document_errors(VALIDATOR, document)]


class Good(unittest.TestCase):
    def test_resources_pass(self):
        for resource in (PATIENT, CONDITION, ORDER, COMMUNICATION, BUNDLE):
            with self.subTest(resource["resourceType"]):
                self.assertEqual(errors(resource), [])

    def test_lists_in_lists_pass(self):
        self.assertEqual(errors(CODES), [])
        self.assertEqual(errors(QUESTIONS), [])

    def test_lists_in_lists_are_looked_at(self):
        listed = copy.deepcopy(CODES)
        listed["concept"][0]["property"][0]["code"] = ["a", "b"]
        self.assertTrue(errors(listed))
        misplaced = copy.deepcopy(QUESTIONS)
        misplaced["item"][0]["linkId"] = ["a"]
        self.assertTrue(errors(misplaced))

    def test_other_forms_pass(self):
        rows = {
            "a byte order mark, which is legal to accept": b"\xef\xbb\xbf" + json.dumps(PATIENT).encode(),
            "NDJSON": "\n".join(json.dumps(r) for r in (PATIENT, CONDITION)) + "\n\n",
            "one document over many lines": json.dumps(BUNDLE, indent=2),
            "a request": {"hook": "order-sign", "context": {"draftOrders": BUNDLE}, "prefetch": {"patient": PATIENT}},
            "a request with a null: no such record": {"hook": "x", "prefetch": {"patient": None}},
            "a response": {"cards": [{"suggestions": [{"actions": [{"resource": ORDER}]}]}]},
            "silence": {"cards": []},
            "an unknown display, a listed false alarm": changed(
                CONDITION, "clinicalStatus", "coding", 0, "display", to="Live"),
            "entries without fullUrl, a listed false alarm": changed(BUNDLE, "entry", 0, "fullUrl"),
            "a choice under the name of its type, a listed false alarm": {
                "resourceType": "Medication", "ingredient": [{"itemCodeableConcept": {"text": "x"}}]},
            "an extension of a package that is not loaded, a listed false alarm": changed(
                PATIENT, "extension", to=[{"url": "http://hl7.org/fhir/us/core/x", "valueCode": "a"}]),
            "a patient by urn:uuid, a listed false alarm": ENCOUNTER,
            "an extension in place of a value, a listed false alarm": PROVENANCE,
            "an extension in place of a choice, a listed false alarm": ADMINISTRATION,
        }
        for why, text in rows.items():
            with self.subTest(why):
                self.assertEqual(errors(text), [])

    def test_numbers_keep_their_writing(self):
        self.assertNotEqual(exact("1.0"), exact("1.00"))
        self.assertEqual(plain(exact('{"a":[1.50,true,"x",null]}')), {"a": [1.5, True, "x", None]})


class Faults(unittest.TestCase):
    def assert_caught(self, rows):
        for why, text in rows.items():
            with self.subTest(why):
                self.assertNotEqual(errors(text), [])

    def test_json(self):
        self.assert_caught({
            "nothing": b"",
            "cut short": json.dumps(PATIENT)[:-1],
            "not UTF-8": b'{"resourceType":"Patient","id":"\xff"}',
            "a member twice": '{"resourceType":"Patient","gender":"male","gender":"female"}',
            "a member twice inside a response": '{"cards":[],"cards":[]}',
            "NaN": '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":NaN}}',
            "a lone surrogate": '{"resourceType":"Patient","id":"p","name":[{"family":"\\ud800"}]}',
            "a control character": '{"resourceType":"Patient","id":"p","name":[{"family":"a\\u0001"}]}',
            "one bad line of NDJSON": json.dumps(PATIENT) + "\n{\n" + json.dumps(PATIENT),
            "an array": [PATIENT],
            "no resource": {"a": 1},
        })

    def test_structure(self):
        self.assert_caught({
            "no intent": changed(ORDER, "intent"),
            "an unknown member": changed(ORDER, "reason", to="x"),
            "the code as R5 has it": changed(ORDER, "code", to={"concept": {"text": "x"}}),
            "an object for an array": changed(PATIENT, "name", to={"family": "x"}),
            "two onsets": changed(CONDITION, "onsetString", to="x"),
            "a boolean as a string": changed(ORDER, "doNotPerform", to="true"),
            "an empty array": changed(ORDER, "note", to=[]),
            "a time without offset": changed(ORDER, "authoredOn", to="2025-06-16T09:00:00"),
            "30 February": changed(PATIENT, "birthDate", to="1961-02-30"),
            "30 February in a time of a Bundle": changed(BUNDLE, "timestamp", to="2025-02-30T09:00:00Z"),
            "an unknown type": {"resourceType": "Imaging"},
        })

    def test_bundles(self):
        bad_order = changed(ORDER, "intent")
        self.assert_caught({
            "a bad entry": changed(BUNDLE, "entry", 2, "resource", to=bad_order),
            "a bad entry of a Bundle in a Bundle": changed(
                BUNDLE, "entry", 2, "resource", to=changed(BUNDLE, "entry", 2, "resource", to=bad_order)),
            "a fullUrl of another id": changed(BUNDLE, "entry", 0, "fullUrl", to="https://ehr.example/fhir/Patient/q"),
            "a bad draft in a request": {"hook": "order-sign", "context": {"draftOrders": changed(
                BUNDLE, "entry", 2, "resource", to=bad_order)}},
            "an array as a prefetch value": {"hook": "order-sign", "prefetch": {"conditions": [CONDITION]}},
            "a bad resource in an action": {"cards": [{"suggestions": [{"actions": [{"resource": bad_order}]}]}]},
            "a string as a resource of an action": {"cards": [{"suggestions": [{"actions": [{"resource": "o"}]}]}]},
            "a bad resource in a system action": {"cards": [], "systemActions": [{"resource": bad_order}]},
        })

    @unittest.skipUnless(WITH_CORE, "needs the R4 core package: fhirkit alone sees no codes, invariants or references")
    def test_meaning(self):
        status = ("clinicalStatus", "coding", 0, "code")
        contained, planned = changed(CONDITION, "id", to="inner"), changed(ORDER, "status", to="planned")
        self.assert_caught({
            "a status that does not exist": planned,
            "an intent that does not exist": changed(ORDER, "intent", to="wish"),
            "a clinical status that does not exist": changed(CONDITION, *status, to="alive"),
            "con-4: active with an abatement": changed(CONDITION, "abatementDateTime", to="2025-06-10"),
            "con-5: entered in error with a clinical status": changed(
                CONDITION, "verificationStatus", "coding", 0, "code", to="entered-in-error"),
            "a subject of another type": changed(ORDER, "subject", "reference", to="Practitioner/p"),
            "a contained target that is missing": changed(ORDER, "reasonReference", to=[{"reference": "#none"}]),
            "a bad contained resource": {**ORDER, "reasonReference": [{"reference": "#inner"}],
                                         "contained": [changed(contained, *status, to="alive")]},
            "one fullUrl twice": changed(BUNDLE, "entry", 0, "fullUrl", to="https://ehr.example/fhir/Condition/c"),
            "a bad code in an entry": changed(BUNDLE, "entry", 2, "resource", to=planned),
            "a bad code in an action": {"cards": [{"suggestions": [{"actions": [{"resource": planned}]}]}]},
            "a total on a collection": changed(BUNDLE, "total", to=3),
            "an extension that nobody defines": changed(
                ORDER, "extension", to=[{"url": "https://nobody.example/x", "valueCode": "a"}]),
            "an encounter of nobody": changed(ENCOUNTER, "subject"),
            "a time that is really missing": changed(PROVENANCE, "_recorded"),
            "a choice of time that is really missing": changed(ADMINISTRATION, "_effectiveDateTime"),
            "a choice that is really missing": {"resourceType": "Medication", "ingredient": [{"isActive": True}]},
        })


class CommandLine(unittest.TestCase):
    def run_with(self, text):
        script = Path(__file__).with_name("validate_r4.py")
        return subprocess.run([sys.executable, str(script), "-"], input=text.encode(), capture_output=True)

    def test_exit_codes(self):
        self.assertEqual(self.run_with(json.dumps(BUNDLE)).returncode, 0)
        bad = self.run_with(json.dumps(changed(ORDER, "intent")))
        self.assertEqual(bad.returncode, 1)
        self.assertIn(b"ServiceRequest.intent", bad.stdout)
        self.assertEqual(self.run_with("").returncode, 1)


if __name__ == "__main__":
    unittest.main()
