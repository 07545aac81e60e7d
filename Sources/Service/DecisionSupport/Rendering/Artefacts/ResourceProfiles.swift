import ClinicalModel
import Guidelines
import JSONTree

/// Profiles on the resources that the guideline reads: what it needs from a record, and of which codes.
///
/// Nothing in a profile is asked of a record beyond what a decision needs; what is missing makes a criterion unknown. A
/// profile rests on US Core 6.1.0 where that asks for no more than the guideline needs.
struct ResourceProfiles {
    let source: ArtefactSource

    /// A profile before it is written.
    struct Profile {
        let id: String
        let type: String
        let title: String
        let description: String
        /// Id of the US Core profile that it rests on; nil for the resource itself.
        var usCore: String?
        /// Elements that are read.
        let elements: [Element]

        var url: String { ArtefactHead.url("StructureDefinition", id) }
    }

    /// An element that is read.
    struct Element {
        let path: String
        var isRequired = false
        var binding: BindingValueSets.Name?
        /// Types of a choice; empty for those of the base.
        var types: [String] = []
        /// What it is read for.
        let short: String
    }

    /// The versions that the package depends on.
    static let usCoreVersion = "6.1.0"

    var artefacts: [GuidelineArtefact] { Self.all.map(artefact) }

    /// What the rules of a plan read, as its input.
    ///
    /// - Parameter id: The profile of orders that other rules review.
    static func input(without id: String) -> JSONValue {
        .array(
            all.filter { $0.id != id }.map { profile in
                [
                    "type": .string(profile.type), "profile": [.string(profile.url)],
                    "mustSupport": .array(profile.elements.map { .string($0.path) }),
                ]
            })
    }

    private func artefact(_ profile: Profile) -> GuidelineArtefact {
        let base =
            profile.usCore.map { "http://hl7.org/fhir/us/core/StructureDefinition/us-core-\($0)" }
            ?? "http://hl7.org/fhir/StructureDefinition/\(profile.type)"
        let root: JSONValue = [
            "id": .string(profile.type), "path": .string(profile.type), "short": .string(profile.title),
            "definition": .string(profile.description),
        ]
        let elements = profile.elements.map { element(profile.type, $0) }
        return source.head("StructureDefinition", profile.id, profile.title, profile.description).artefact([
            ("fhirVersion", "4.0.1"), ("kind", "resource"), ("abstract", false), ("type", .string(profile.type)),
            ("baseDefinition", .string(base)), ("derivation", "constraint"),
            ("differential", ["element": .array([root] + elements)]),
        ])
    }

    private func element(_ type: String, _ element: Element) -> JSONValue {
        let path = JSONValue.string("\(type).\(element.path)")
        return .object([
            ("id", path), ("path", path), ("short", .string(element.short)), ("min", element.isRequired ? 1 : .none),
            (
                "type",
                element.types.isEmpty ? .none : .array(element.types.map { ["code": .string($0)] })
            ), ("mustSupport", true),
            (
                "binding",
                element.binding.map { ["strength": "required", "valueSet": .string($0.url)] }
            ),
        ])
    }
}

// MARK: - What is read

extension ResourceProfiles {
    static let all: [Profile] = people + findings + answers + measurements + care + orders

    private static let people = [
        Profile(
            id: "guideline-patient", type: "Patient", title: "Patient",
            description: "Age and whether the patient has died. No rule uses sex or gender.",
            elements: [
                Element(path: "birthDate", short: "Adults only; the soft flag of older age; age limits of drugs"),
                Element(path: "deceased[x]", short: "No decision for a patient who has died"),
            ])
    ]

    private static func condition(_ id: String, _ title: String, _ description: String, _ set: BindingValueSets.Name)
        -> Profile
    {
        Profile(
            id: id, type: "Condition", title: title, description: description,
            elements: [
                Element(path: "clinicalStatus", short: "Resolved or in remission is no current finding"),
                Element(path: "verificationStatus", short: "Refuted is a denial; entered in error is nothing at all"),
                Element(path: "code", isRequired: true, binding: set, short: "What was found"),
                Element(path: "bodySite", short: "Where; the lumbar spine or the saddle area"),
                Element(path: "subject", isRequired: true, short: "Whose finding it is"),
                Element(path: "onset[x]", short: "Start of the episode; new or old"),
                Element(path: "abatement[x]", short: "End; a finding that ended before the episode does not count"),
                Element(path: "recordedDate", short: "Stands in where no onset is given"),
            ])
    }

    private static let findings = [
        condition(
            "radiculopathy-condition", "Lumbosacral radiculopathy on record",
            "The diagnosis that the guideline is about; its onset starts the six weeks.", .radiculopathyConditions),
        condition(
            "red-flag-condition", "Finding that bears on a red flag",
            "A recorded finding that sets a red flag or hints at one. Silence is unknown, never no.",
            .redFlagConditions),
    ]

    private static func answer(
        _ id: String, _ title: String, _ description: String, _ set: BindingValueSets.Name, types: [String],
        values: BindingValueSets.Name? = nil
    ) -> Profile {
        Profile(
            id: id, type: "Observation", title: title, description: description,
            elements: [
                Element(path: "status", isRequired: true, short: "Entered in error and cancelled count for nothing"),
                Element(path: "code", isRequired: true, binding: set, short: "The question"),
                Element(path: "subject", isRequired: true, short: "Whose answer it is"),
                Element(path: "effective[x]", isRequired: true, short: "When it was asked; a no holds for a time only"),
                Element(path: "value[x]", binding: values, types: types, short: "The answer; none is unknown"),
            ])
    }

    private static let answers = [
        answer(
            "yes-no-answer", "Answer by yes or no",
            "A clinician's answer to a question of the red-flag screen or the course: it sets or denies a criterion. A "
                + "course of care may be answered by its period.",
            .yesNoQuestions, types: ["boolean", "Period"]),
        answer(
            "graded-answer", "Answer by a number",
            "Strength by muscle and side, of 5; residual volume; bone density. A grade may be text such as 4+.",
            .gradedQuestions, types: ["Quantity", "string"]),
        answer(
            "coded-answer", "Answer by a code", "Sensation, tone, response to care, MR safety.", .codedQuestions,
            types: ["CodeableConcept"], values: .codedAnswers),
        answer(
            "pain-score", "Pain or function score", "Severity of pain, of 10, for response to care and for opioids.",
            .painScores, types: ["Quantity", "integer", "CodeableConcept"]),
    ]

    private static let measurements = [
        Profile(
            id: "guideline-body-temperature", type: "Observation", title: "Body temperature",
            description: "Fever is a presenting feature of infection; what counts as fever is a threshold.",
            usCore: "body-temperature",
            elements: [
                Element(path: "effective[x]", isRequired: true, short: "A fever counts for a time only"),
                Element(path: "value[x]", short: "In Cel or [degF]"),
            ]),
        answer(
            "guideline-measurement", "Measurement that bears on a criterion",
            "Inflammation, blood count, weight, residual volume, kidney function, pregnancy.", .measurements,
            types: ["Quantity", "CodeableConcept", "dateTime", "string"]),
    ]

    private static func procedure(_ id: String, _ title: String, _ description: String, _ set: BindingValueSets.Name)
        -> Profile
    {
        Profile(
            id: id, type: "Procedure", title: title, description: description, usCore: "procedure",
            elements: [
                Element(path: "status", isRequired: true, short: "Only what was done counts; not done is a denial"),
                Element(path: "code", isRequired: true, binding: set, short: "What was done"),
                Element(path: "performed[x]", short: "When; for care from and to"),
            ])
    }

    private static let care = [
        procedure(
            "delivered-care", "Conservative care that was delivered",
            "Counts towards the trial of conservative care. A referral or an order alone does not.", .deliveredCare),
        procedure(
            "prior-lumbar-imaging", "Earlier imaging of the lumbar spine",
            "A completed MRI counts as an earlier one for a new episode.", .lumbarImagingTests),
    ]

    private static func request(_ id: String, _ title: String, _ description: String, _ set: BindingValueSets.Name)
        -> Profile
    {
        Profile(
            id: id, type: "ServiceRequest", title: title, description: description, usCore: "servicerequest",
            elements: [
                Element(path: "status", isRequired: true, short: "A draft is reviewed; an active one is a duplicate"),
                Element(path: "intent", isRequired: true, short: "Order, plan or proposal"),
                Element(path: "priority", short: "Routine where none is given; emergencies need more"),
                Element(path: "doNotPerform", short: "An order not to do something is no order"),
                Element(path: "code", isRequired: true, binding: set, short: "What is ordered"),
                Element(path: "orderDetail", short: "Protocol and contrast"),
                Element(path: "encounter", short: "Emergency or inpatient care is an urgent context"),
                Element(path: "authoredOn", short: "The day that everything is counted against"),
                Element(path: "reasonCode", short: "The indication; text without a code is listed as not read"),
                Element(path: "reasonReference", short: "The indication by reference"),
                Element(path: "bodySite", short: "The region where the code names none"),
            ])
    }

    private static let orders = [
        request(
            "lumbar-imaging-order", "Order of lumbar spine imaging",
            "The order that the imaging rules review: is imaging indicated now, and is this the right test?",
            .lumbarImagingTests),
        request(
            "rest-or-procedure-order", "Order of bed rest, an epidural injection or spine surgery",
            "The order that the activity and procedure rules review.", .restAndProcedures),
        Profile(
            id: "guideline-medication-request", type: "MedicationRequest", title: "Prescription",
            description: "A draft is reviewed by the drug rules; an active one is care, a risk factor or an overlap.",
            usCore: "medicationrequest",
            elements: [
                Element(
                    path: "status", isRequired: true, short: "A draft is reviewed; stopped and error are not taken"),
                Element(path: "intent", isRequired: true, short: "Order, plan or proposal"),
                Element(path: "doNotPerform", short: "An order not to take a drug is no order"),
                Element(
                    path: "medication[x]", isRequired: true, binding: .drugs,
                    short: "Which drug, best as an RxNorm code"),
                Element(path: "authoredOn", short: "Start where the dosage gives none"),
                Element(path: "reasonCode", short: "Another indication for the drug"),
                Element(path: "dosageInstruction", short: "Dose, route, frequency and period"),
                Element(path: "dispenseRequest", short: "Supply in days; quantity and refills"),
            ]),
    ]
}
