"""The count of what is no fact is itself held to account: each kind is told, each leak made by hand is caught."""

import unittest

from ccda_conversion import SOURCE_PATH
from ccda_documents import Document, parse, path, resolve
from ccda_negations import Tally, judge, judge_decision

HEAD = '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
CODE = '<code code="{}" codeSystem="2.16.840.1.113883.6.1"/>'
BODY = "/ClinicalDocument/component/structuredBody/component/section"
DISEASE = '<value xsi:type="CD" code="363346000" codeSystem="2.16.840.1.113883.6.96"/>'
SNOMED = "http://snomed.info/sct"


def document(entries, section="11450-4", subject=""):
    inside = CODE.format(section) + subject + "".join(f"<entry>{entry}</entry>" for entry in entries)
    body = f"<structuredBody><component><section>{inside}</section></component></structuredBody>"
    return Document("x.xml", parse(f"{HEAD}<component>{body}</component></ClinicalDocument>".encode()))


def observation(attributes="", inside=DISEASE, mood="EVN", status="completed"):
    return f'<observation moodCode="{mood}" {attributes}><statusCode code="{status}"/>{inside}</observation>'


def concept(code):
    return {"coding": [{"system": SNOMED, "code": code}]}


def made(at, type_, **members):
    return {"resourceType": type_, "meta": {"extension": [{"url": SOURCE_PATH, "valueString": at}]}, **members}


def condition(at, verification="confirmed", code="363346000"):
    return made(at, "Condition", verificationStatus={"coding": [{"code": verification}]}, code=concept(code))


def leaks(read, *made_of, lost=()):
    tally = Tally()
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in made_of]}
    judge(read, bundle, {"items": [{"at": at} for at in lost]}, tally)
    return tally


FIRST = BODY + "/entry/observation"
RELATIVE = '<subject><relatedSubject><code code="MTH" codeSystem="2.16.840.1.113883.5.111"/></relatedSubject></subject>'
NEGATED = document([observation('negationInd="true"')])
FAMILY = document([observation()], section="10157-6")
PLANNED = document([observation(mood="INT")])
GOAL = document([observation(mood="GOL")])
CRITERION = document([observation(mood="EVN.CRT")])
ERROR = document([observation(status="nullified")])


class Kinds(unittest.TestCase):
    def test_each_kind_is_told(self):
        organizer = f"<organizer>{RELATIVE}<component>{observation()}</component></organizer>"
        template = '<templateId root="2.16.840.1.113883.10.20.22.4.46"/>'
        link = f'<act moodCode="EVN"><entryRelationship negationInd="true">{observation()}</entryRelationship></act>'
        act = f'<act moodCode="EVN" negationInd="1"><entryRelationship>{observation()}</entryRelationship></act>'
        error = (
            '<act moodCode="EVN"><statusCode code=" Nullified"/>'
            f"<entryRelationship>{observation()}</entryRelationship></act>"
        )
        for why, read, kinds in [
            ("a plain fact", document([observation()]), ()),
            ("negationInd false", document([observation('negationInd="false"')]), ()),
            ("negationInd true", NEGATED, ("negated",)),
            ("negationInd that is neither", document([observation('negationInd="yes"')]), ("negated",)),
            ("under a negated act", document([act]), ("negated",)),
            ("under a negated link", document([link]), ("negated",)),
            ("a section of family history", FAMILY, ("family",)),
            ("the subject of a section", document([observation()], subject=RELATIVE), ("family",)),
            ("the subject of an organizer", document([organizer]), ("family",)),
            ("the patient as subject", document([organizer.replace("MTH", "SELF")]), ()),
            ("a subject of no relation", document([organizer.replace('code="MTH"', "")]), ("family",)),
            ("a family history template", document([observation(inside=template + DISEASE)]), ("family",)),
            ("an intent", PLANNED, ("planned",)),
            ("no mood", document([observation(mood="")]), ("planned",)),
            ("nullified", ERROR, ("nullified",)),
            ("in a nullified act", document([error]), ("nullified",)),
        ]:
            with self.subTest(why):
                self.assertEqual(read.statements[-1].kinds, kinds)

    def test_statements_are_counted_at_any_depth(self):
        inner = f'<act moodCode="EVN"><entryRelationship>{observation()}</entryRelationship></act>'
        self.assertEqual(len(document([inner, observation()]).statements), 3)


class Paths(unittest.TestCase):
    def test_a_path_leads_back(self):
        read = document([observation(), observation()])
        places = [path(statement.element) for statement in read.statements]
        self.assertEqual(places, [BODY + "/entry[1]/observation", BODY + "/entry[2]/observation"])
        self.assertEqual([resolve(read.root, at) for at in places], [item.element for item in read.statements])

    def test_a_path_to_several_or_none_leads_nowhere(self):
        read = document([observation(), observation()])
        for at in (BODY + "/entry/observation", BODY + "/entry[3]/observation", "/Bundle", "entry"):
            with self.subTest(at):
                self.assertIsNone(resolve(read.root, at))


class Parsing(unittest.TestCase):
    def test_a_namespace_fault_alone_is_passed_over(self):
        read = parse(b'<ClinicalDocument xmlns="urn:hl7-org:v3"><sdtc:deceasedInd value="true"/></ClinicalDocument>')
        self.assertEqual(resolve(read, "/ClinicalDocument/sdtc:deceasedInd").get("value"), "true")

    def test_other_faults_are_not(self):
        for why, data in [
            ("cut short", b"<a><b></b>"), ("empty", b""), ("a document type", b"<!DOCTYPE a><a/>"),
            ("twice the attribute", b'<a b="1" b="2"/>'),
        ]:
            with self.subTest(why):
                self.assertIsNone(parse(data))


class Leaks(unittest.TestCase):
    def test_what_says_so_is_no_leak(self):
        for why, read, resource in [
            ("refuted", NEGATED, condition(FIRST, "refuted")),
            ("nothing known", NEGATED, condition(FIRST, code="160245001")),
            ("false", NEGATED, made(FIRST, "Observation", valueBoolean=False)),
            ("no value", NEGATED, made(FIRST, "Observation", dataAbsentReason=concept("unknown"))),
            ("not to be taken", NEGATED, made(FIRST, "MedicationRequest", doNotPerform=True)),
            ("not done", NEGATED, made(FIRST, "Procedure", status="not-done")),
            ("a relative's", FAMILY, made(FIRST, "FamilyMemberHistory")),
            ("an order", PLANNED, made(FIRST, "ServiceRequest")),
            ("a goal", GOAL, made(FIRST, "Goal")),
            ("in error", ERROR, condition(FIRST, "entered-in-error")),
        ]:
            with self.subTest(why):
                self.assertEqual(leaks(read, resource).problems, [])

    def test_each_leak(self):
        for why, read, resource in [
            ("negated as a problem", NEGATED, condition(FIRST)),
            ("negated beside a code of nothing known", NEGATED, made(
                FIRST, "Condition", code={"coding": concept("160245001")["coding"] + concept("363346000")["coding"]})),
            ("negated with a value", NEGATED, made(FIRST, "Observation", valueCodeableConcept=concept("363346000"))),
            ("negated as true", NEGATED, made(FIRST, "Observation", valueBoolean=True)),
            ("negated without a word", NEGATED, made(FIRST, "Observation")),
            ("negated in a component", NEGATED, made(
                FIRST, "Observation", valueBoolean=False, component=[{"valueBoolean": True}])),
            ("negated drug", NEGATED, made(FIRST, "MedicationRequest", status="active")),
            ("negated procedure", NEGATED, made(FIRST, "Procedure", status="completed")),
            ("negated implant", NEGATED, made(FIRST, "Device", status="active", patient={})),
            ("a relative's as the patient's", FAMILY, condition(FIRST)),
            ("a relative's as an observation", FAMILY, made(FIRST, "Observation", valueBoolean=False)),
            ("a plan as done", PLANNED, made(FIRST, "Procedure", status="completed")),
            ("a plan as an observation", PLANNED, made(FIRST, "Observation")),
            ("a goal as an order", GOAL, made(FIRST, "ServiceRequest")),
            ("a criterion as an order", CRITERION, made(FIRST, "ServiceRequest")),
            ("an error as a problem", ERROR, condition(FIRST)),
            ("from nowhere", PLANNED, made("/ClinicalDocument/component[9]", "Condition")),
        ]:
            with self.subTest(why):
                self.assertEqual(len(leaks(read, resource, lost=[FIRST]).problems), 1)

    def test_a_statement_may_be_part_of_another_and_lend_it_no_code(self):
        reaction = observation('negationInd="true"')
        read = document([observation(inside=f"<entryRelationship>{reaction}</entryRelationship>")])
        self.assertEqual(leaks(read, made(FIRST, "AllergyIntolerance")).problems, [])
        self.assertEqual(leaks(read, made(FIRST, "AllergyIntolerance")).within["negated"], 1)
        shown = made(FIRST, "AllergyIntolerance", reaction=[{"manifestation": [concept("363346000")]}])
        self.assertEqual(len(leaks(read, shown).problems), 1)

    def test_no_medications_is_said_of_the_section(self):
        said = {"resourceType": "Composition", "section": [{"section": [{
            "code": concept("11450-4"), "emptyReason": concept("nilknown")}]}]}
        self.assertEqual(leaks(NEGATED, said).problems, [])
        self.assertEqual(len(leaks(PLANNED, said).problems), 1)
        self.assertEqual(len(leaks(document([observation('negationInd="true"')], "10160-0"), said).problems), 1)

    def test_what_is_within_a_denied_statement_is_denied_with_it(self):
        reaction = f'<entryRelationship>{observation()}</entryRelationship>'
        read = document([observation('negationInd="true"', inside=DISEASE.replace("363346000", "1") + reaction)])
        shown = made(FIRST, "Condition", verificationStatus=concept("refuted"), evidence=[concept("363346000")])
        self.assertEqual(leaks(read, shown).problems, [])

    def test_each_must_be_somewhere(self):
        self.assertEqual(len(leaks(NEGATED).problems), 1)
        self.assertEqual(leaks(NEGATED, lost=[FIRST]).problems, [])


class Evidence(unittest.TestCase):
    def leaks(self, read, criterion, result, *places):
        tally = Tally()
        evidence = [{"at": at} for at in places]
        judge_decision(read, {"criteria": [{"id": criterion, "result": result, "evidence": evidence}]}, tally)
        return tally.problems

    def test_a_criterion_rests_on_a_fact(self):
        both = document([observation('negationInd="true"'), observation()])
        first, second = (path(statement.element) for statement in both.statements)
        for why, problems, given in [
            ("a fact", 0, (both, "redflag.malignancy", "met", second)),
            ("a fact beside a denial", 0, (both, "redflag.malignancy", "met", first, second)),
            ("a denial denies", 0, (both, "redflag.malignancy", "not-met", first)),
            ("a denial affirms", 1, (both, "redflag.malignancy", "met", first)),
            ("a denial raises a suspicion", 1, (both, "redflag.malignancy", "suspected", first)),
            ("a relative's illness", 1, (FAMILY, "redflag.malignancy", "met", FIRST)),
            ("an error", 1, (ERROR, "redflag.fracture", "met", FIRST)),
            ("a plan as history", 1, (PLANNED, "history.priorLumbarMRI", "met", FIRST)),
            ("a plan as a treatment", 1, (PLANNED, "course.trialDocumented", "met", FIRST)),
            ("a referral", 0, (PLANNED, "course.procedureCandidate", "met", FIRST)),
            ("a part of a statement", 1, (ERROR, "redflag.fracture", "met", FIRST + "/value")),
            ("nowhere", 1, (both, "adult", "met", "/ClinicalDocument/nowhere")),
            ("no statement", 0, (both, "adult", "met", "/ClinicalDocument/component")),
        ]:
            with self.subTest(why):
                self.assertEqual(len(self.leaks(*given)), problems)


if __name__ == "__main__":
    unittest.main()
