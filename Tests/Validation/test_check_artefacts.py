"""A folder of artefacts that fits together passes, and each fault made by hand is named."""

import copy
import unittest
from typing import Any, Callable

from check_artefacts import BASE, Folder

PLAN = {
    "resourceType": "PlanDefinition", "id": "plan", "url": BASE + "PlanDefinition/plan",
    "action": [
        {
            "id": "a", "code": [{"coding": [{"system": BASE + "CodeSystem/rules", "code": "A1"}]}],
            "definitionCanonical": BASE + "ActivityDefinition/mri|1.0.0",
        },
        {"id": "b", "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/action-type"}]}},
    ],
}
FOLDER: dict[str, Any] = {
    "PlanDefinitions/plan.json": PLAN,
    "ActivityDefinitions/mri.json": {
        "resourceType": "ActivityDefinition", "id": "mri", "url": BASE + "ActivityDefinition/mri",
        "code": {"coding": [{"system": "http://loinc.org", "code": "30679-5"}]},
    },
    "CodeSystems/rules.json": {
        "resourceType": "CodeSystem", "id": "rules", "url": BASE + "CodeSystem/rules", "content": "complete",
        "concept": [{"code": "A1"}],
    },
    "StructureDefinitions/order.json": {
        "resourceType": "StructureDefinition", "id": "order", "url": BASE + "StructureDefinition/order",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/ServiceRequest",
    },
    "ImplementationGuides/guide.json": {
        "resourceType": "ImplementationGuide", "id": "guide", "url": BASE + "ImplementationGuide/guide",
        "definition": {
            "resource": [
                {"reference": {"reference": reference}}
                for reference in (
                    "PlanDefinition/plan", "ActivityDefinition/mri", "CodeSystem/rules", "StructureDefinition/order",
                )
            ]
        },
    },
    "package/package.json": {
        "files": [
            "ActivityDefinitions/mri.json", "CodeSystems/rules.json", "ImplementationGuides/guide.json",
            "PlanDefinitions/plan.json", "StructureDefinitions/order.json",
        ]
    },
}
KNOWN = {
    "http://hl7.org/fhir/StructureDefinition/ServiceRequest", "http://terminology.hl7.org/CodeSystem/action-type",
}


def action(files: dict[str, Any]) -> dict[str, Any]:
    return files["PlanDefinitions/plan.json"]["action"][0]


def order(files: dict[str, Any]) -> dict[str, Any]:
    return files["StructureDefinitions/order.json"]


FAULTS: list[tuple[str, Callable[[dict[str, Any]], Any], str]] = [
    ("an activity that is not there", lambda files: files.pop("ActivityDefinitions/mri.json"), "nothing is called"),
    (
        "a base that R4 does not have",
        lambda files: order(files).update(baseDefinition="http://hl7.org/fhir/StructureDefinition/Order"),
        "nothing is called http://hl7.org/fhir/StructureDefinition/Order",
    ),
    (
        "an extension that is not defined",
        lambda files: order(files).update(extension=[{"url": BASE + "StructureDefinition/mine"}]),
        "extension[0].url: nothing is called",
    ),
    (
        "a binding to no value set",
        lambda files: order(files).update(
            differential={"element": [{"binding": {"valueSet": BASE + "ValueSet/codes"}}]}),
        "element[0].binding.valueSet: nothing is called",
    ),
    (
        "a code that the code system does not have",
        lambda files: action(files)["code"][0]["coding"][0].update(code="A99"), "has no code A99",
    ),
    ("an action id twice", lambda files: action(files).update(id="b"), "action id b twice"),
    ("a file under another name", lambda files: order(files).update(id="draft"), "do not say where it stands"),
    (
        "an artefact that the package does not list",
        lambda files: files["package/package.json"]["files"].remove("CodeSystems/rules.json"),
        "the package does not list CodeSystems/rules.json",
    ),
    (
        "an artefact that the guide lists and nobody wrote",
        lambda files: files["ImplementationGuides/guide.json"]["definition"]["resource"].append(
            {"reference": {"reference": "ValueSet/old"}}),
        "the guide lists ValueSet/old, which is not there",
    ),
    ("no package", lambda files: files.pop("package/package.json"), "no package/package.json"),
]


class CheckArtefacts(unittest.TestCase):
    def test_sound(self) -> None:
        self.assertEqual(list(Folder(copy.deepcopy(FOLDER)).problems(KNOWN)), [])
        self.assertEqual(list(Folder(copy.deepcopy(FOLDER)).problems(None)), [])

    def test_faults(self) -> None:
        for because, change, expected in FAULTS:
            with self.subTest(because):
                files = copy.deepcopy(FOLDER)
                change(files)
                problems = list(Folder(files).problems(KNOWN))
                self.assertTrue(any(expected in problem for problem in problems), problems)

    def test_shipped(self) -> None:
        from check_artefacts import REPOSITORY

        self.assertEqual(list(Folder.read(REPOSITORY / "Profiles").problems(None)), [])


if __name__ == "__main__":
    unittest.main()
