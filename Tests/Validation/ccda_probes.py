"""Tiny C-CDA documents, one for each row of a mapping table, and where in the Bundle its target stands."""

from dataclasses import dataclass
from typing import Any, Callable

from ccda_conversion import resources

Resource = dict[str, Any]
SNOMED, LOINC = "2.16.840.1.113883.6.96", "2.16.840.1.113883.6.1"
ENTRY, SECTION = "2.16.840.1.113883.10.20.22.4.", "2.16.840.1.113883.10.20.22.2."
TIME = "20240201120000-0500"


def document(patient: str = "", section: str = "") -> str:
    """A document with a header that has all it needs, more of the patient, and one section."""
    name = "" if "<name" in patient else "<name><given>A</given><family>B</family></name>"
    gender = "" if "administrativeGender" in patient else '<administrativeGenderCode nullFlavor="UNK"/>'
    inside, outside = (patient, "") if "<patient>" not in patient else ("", patient.replace("<patient>", ""))
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<realmCode code="US"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>'
        '<templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/><id root="2.25.1"/>'
        f'<code code="34133-9" codeSystem="{LOINC}"/><title>Probe</title><effectiveTime value="{TIME}"/>'
        '<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="en"/>'
        f'<recordTarget><patientRole><id root="2.25.2"/>{outside}<patient>{name}{gender}{inside}'
        '<birthTime value="19700102"/></patient></patientRole></recordTarget>'
        f'<author><time value="{TIME}"/><assignedAuthor><id root="2.25.3"/><assignedPerson><name>'
        "<family>Author</family></name></assignedPerson></assignedAuthor></author>"
        '<custodian><assignedCustodian><representedCustodianOrganization><id root="2.25.4"/><name>Practice</name>'
        "</representedCustodianOrganization></assignedCustodian></custodian>"
        f"<component><structuredBody>{section}</structuredBody></component></ClinicalDocument>"
    )


def section(loinc: str, root: str, entry: str) -> str:
    """One section with one entry."""
    return (
        f'<component><section><templateId root="{SECTION}{root}"/><code code="{loinc}" codeSystem="{LOINC}"/>'
        f"<title>Probe</title><text>Probe</text><entry>{entry}</entry></section></component>"
    )


def statement(
    kind: str, template: str, inside: str, status: str | None = "completed", mood: str = "EVN", negated: bool = False
) -> str:
    """One statement; a status of None leaves statusCode out."""
    status_code = f'<statusCode code="{status}"/>' if status else ""
    head, _, rest = inside.rpartition("<!--status-->")
    negation = ' negationInd="true"' if negated else ""
    return (
        f'<{kind} moodCode="{mood}"{negation}><templateId root="{ENTRY}{template}"/><id root="2.25.9" '
        f'extension="{template}"/>{head}{status_code}{rest}</{kind}>'
    )


def coded(element: str, code: str, system: str = SNOMED, kind: str = "") -> str:
    return f'<{element}{kind} code="{code}" codeSystem="{system}"/>'


VALUE = ' xsi:type="CD"'
LOW = '<effectiveTime><low value="20240102"/></effectiveTime>'


def related(inner: str, kind: str = "SUBJ") -> str:
    return f'<entryRelationship typeCode="{kind}">{inner}</entryRelationship>'


def problem(inside: str = "") -> str:
    return statement(
        "observation", "4",
        coded("code", "64572001") + "<!--status-->" + LOW + coded("value", "128196005", kind=VALUE) + inside,
    )


def concern(status: str, inside: str = "") -> str:
    code = '<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><!--status-->'
    return statement("act", "3", code + LOW + related(problem(inside)), status)


def allergy(kind: str = "416098002", inside: str = "", agent: str | None = "5640", negated: bool = False) -> str:
    what = coded("code", agent, "2.16.840.1.113883.6.88") if agent else '<code nullFlavor="NA"/>'
    participant = (
        '<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">'
        f"{what}</playingEntity></participantRole></participant>"
    )
    code = '<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><!--status-->'
    seen = statement(
        "observation", "7", code + LOW + coded("value", kind, kind=VALUE) + participant + inside, negated=negated
    )
    act = '<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><!--status-->' + LOW + related(seen)
    return section("48765-2", "6.1", statement("act", "30", act, "active"))


def drug(status: str, mood: str = "EVN") -> str:
    inside = (
        '<!--status--><effectiveTime xsi:type="IVL_TS"><low value="20240102"/></effectiveTime>'
        "<consumable><manufacturedProduct><manufacturedMaterial>"
        + coded("code", "198014", "2.16.840.1.113883.6.88")
        + "</manufacturedMaterial></manufacturedProduct></consumable>"
    )
    return section("10160-0", "1.1", statement("substanceAdministration", "16", inside, status, mood))


def vaccine(status: str, mood: str = "EVN", template: str = "52", negated: bool = False) -> str:
    inside = (
        '<!--status--><effectiveTime value="20240102"/><consumable><manufacturedProduct><manufacturedMaterial>'
        + coded("code", "88", "2.16.840.1.113883.12.292")
        + "</manufacturedMaterial></manufacturedProduct></consumable>"
    )
    entry = statement("substanceAdministration", template, inside, status, mood, negated)
    return section(*(("11369-6", "2.1") if mood == "EVN" else ("18776-5", "10")), entry)


def procedure(status: str) -> str:
    inside = coded("code", "63030", "2.16.840.1.113883.6.12") + '<!--status--><effectiveTime value="20230530"/>'
    return section("47519-4", "7.1", statement("procedure", "14", inside, status))


def result(status: str, value: str, report: str = "completed") -> str:
    seen = statement(
        "observation", "2", coded("code", "1988-5", LOINC) + '<!--status--><effectiveTime value="20240102"/>' + value,
        status,
    )
    code = coded("code", "24323-8", LOINC) + "<!--status-->"
    return section("30954-2", "3.1", statement("organizer", "1", f"{code}<component>{seen}</component>", report))


QUANTITY = '<value xsi:type="PQ" value="4.0" unit="mg/L"/>'


def encounter(status: str) -> str:
    inside = coded("code", "99213", "2.16.840.1.113883.6.12") + '<!--status--><effectiveTime value="20240102"/>'
    return section("46240-8", "22.1", statement("encounter", "49", inside, status))


def category(loinc: str) -> str:
    if loinc == "46240-8":
        act = statement("act", "80", coded("code", "29308-4", LOINC) + "<!--status-->" + related(problem()), None)
        inside = coded("code", "99213", "2.16.840.1.113883.6.12") + '<effectiveTime value="20240102"/>' + related(act)
        return section(loinc, "22.1", statement("encounter", "49", inside, None))
    if loinc == "75310-3":
        act = coded("code", "75310-3", LOINC) + "<!--status-->" + LOW + related(problem(), "REFR")
        return section(loinc, "58", statement("act", "132", act, "active"))
    return section(loinc, "5.1", concern("active"))


def name(use: str, qualifier: str = "") -> str:
    return f'<name use="{use}"><given{qualifier}>A</given><family>B</family></name>'


def telecom(use: str) -> str:
    return f'<patient><telecom use="{use}" value="tel:+15555550100"/>'


def values(node: Any, path: str) -> list[Any]:
    """What stands at `code.coding.code` in a resource, lists opened."""
    nodes = [node]
    for step in path.split("."):
        opened = [item for one in nodes for item in (one if isinstance(one, list) else [one])]
        nodes = [one[step] for one in opened if isinstance(one, dict) and step in one]
    return [item for one in nodes for item in (one if isinstance(one, list) else [one])]


@dataclass(frozen=True)
class Probe:
    """How to ask for one row of a table."""

    document: Callable[[str], str]
    target: str

    def read(self, bundle: Resource) -> list[Any]:
        """What stands at the target, over all resources of its type."""
        type_, _, path = self.target.partition(".")
        return [item for made in resources(bundle) if made["resourceType"] == type_ for item in values(made, path)]


def part(template: str, code: str, value: str) -> str:
    return related(statement("observation", template, code + "<!--status-->" + value))


STATUS = coded("code", "33999-4", LOINC)
CRITICALITY = coded("code", "82606-5", LOINC)
SEVERITY = '<code code="SEV" codeSystem="2.16.840.1.113883.5.4"/>'
OBSERVATION_VALUE = "2.16.840.1.113883.5.1063"


def reaction(severity: str) -> str:
    code = '<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><!--status-->'
    inner = part("8", SEVERITY, coded("value", severity, kind=VALUE))
    return related(statement("observation", "9", code + coded("value", "247472004", kind=VALUE) + inner), "MFST")


PROBES = {
    "AddressUse": Probe(
        lambda code: document(f'<patient><addr use="{code}"><city>X</city></addr>'), "Patient.address.use"),
    "AdministrativeGender": Probe(
        lambda code: document(coded("administrativeGenderCode", code, "2.16.840.1.113883.5.1")), "Patient.gender"),
    "AllergyIntoleranceCategory": Probe(lambda code: document("", allergy(code)), "AllergyIntolerance.category"),
    "AllergyIntoleranceType": Probe(lambda code: document("", allergy(code)), "AllergyIntolerance.type"),
    "AllergyStatus": Probe(
        lambda code: document("", allergy(inside=part("28", STATUS, coded("value", code, kind=VALUE)))),
        "AllergyIntolerance.clinicalStatus.coding.code"),
    "ConditionClinicalStatus": Probe(
        lambda code: document("", section("11450-4", "5.1", concern(code))), "Condition.clinicalStatus.coding.code"),
    "Criticality": Probe(
        lambda code: document(
            "", allergy(inside=part("145", CRITICALITY, coded("value", code, OBSERVATION_VALUE, VALUE)))),
        "AllergyIntolerance.criticality"),
    "EncounterStatus": Probe(lambda code: document("", encounter(code)), "Encounter.status"),
    "ImmunizationStatus": Probe(lambda code: document("", vaccine(code)), "Immunization.status"),
    "ImmunizationReqStatus": Probe(
        lambda code: document("", vaccine(code, "INT", "120")), "MedicationRequest.status"),
    "MaritalStatus": Probe(
        lambda code: document(coded("maritalStatusCode", code, "2.16.840.1.113883.5.2")),
        "Patient.maritalStatus.coding.code"),
    "MedActivityMood": Probe(lambda code: document("", drug("active", code)), "MedicationRequest.intent"),
    "MedicationStatus": Probe(lambda code: document("", drug(code)), "MedicationRequest.status"),
    "NameUse": Probe(lambda code: document(name(code)), "Patient.name.use"),
    "NameUse with CL": Probe(lambda code: document(name(code, ' qualifier="CL"')), "Patient.name.use"),
    "NoKnownAllergies": Probe(
        lambda code: document("", allergy(code, agent=None, negated=True)), "AllergyIntolerance.code.coding.code"),
    "NullFlavorDataAbsentReason": Probe(
        lambda code: document("", result("completed", f'<value xsi:type="PQ" nullFlavor="{code}"/>')),
        "Observation.dataAbsentReason.coding.code"),
    "ProblemCategory": Probe(lambda code: document("", category(code)), "Condition.category.coding.code"),
    "ProblemStatus": Probe(
        lambda code: document("", section(
            "11450-4", "5.1", concern("active", part("6", STATUS, coded("value", code, kind=VALUE))))),
        "Condition.clinicalStatus.coding.code"),
    "ProcedureStatus": Probe(lambda code: document("", procedure(code)), "Procedure.status"),
    "ResultReportStatus": Probe(lambda code: document("", result("active", "", code)), "DiagnosticReport.status"),
    "ResultStatus": Probe(lambda code: document("", result(code, "")), "Observation.status"),
    "ResultStatus with a value": Probe(lambda code: document("", result(code, QUANTITY)), "Observation.status"),
    "Severity": Probe(
        lambda code: document("", allergy(inside=reaction(code))), "AllergyIntolerance.reaction.severity"),
    "TelecomType": Probe(
        lambda code: document(f'<patient><telecom value="{code}:example"/>'), "Patient.telecom.system"),
    "TelecomType with PG": Probe(
        lambda code: document(f'<patient><telecom use="PG" value="{code}:+15555550100"/>'), "Patient.telecom.system"),
    "TelecomUse": Probe(lambda code: document(telecom(code)), "Patient.telecom.use"),
}
