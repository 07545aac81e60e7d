import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

// The resources of the conservative plan. Each is an instance of its part's definition and names the statements it carries.

extension RequestFactory {
    /// The resource of a part; nil without a patient.
    func resource(of part: CarePlanPart) -> JSONValue? {
        body(of: part)?.adding([
            GuidelineStatements.extension(part.statements),
            ("instantiatesCanonical", [.string(part.definition)]),
        ])
    }

    /// The suggestion that creates a part; nil without a patient.
    func offer(of part: CarePlanPart) -> SuggestionTable.Offer? {
        resource(of: part).map { resource in
            SuggestionTable.Offer(
                label: part.title, actions: [Action(.create(resource), description: Self.description(of: part))])
        }
    }

    private static func description(of part: CarePlanPart) -> String {
        switch part {
        case .rehabilitationReferral: "Create a referral to a rehabilitation programme"
        case .activityAdvice: "Record the advice to stay active instead of resting in bed"
        case .heatOrCold: "Record the advice to use heat or cold as needed"
        case .patientEducation: "Prepare instructions for the patient: outlook, activity, when to return"
        case .nsaid: "Draft an NSAID; the prescriber chooses drug, dose and duration"
        case .sixWeekRecheck: "Create the order of a dated re-check"
        case .returnAdvice: "Prepare the advice when to come back at once"
        }
    }

    private func body(of part: CarePlanPart) -> JSONValue? {
        let text = part.text(thresholds)
        switch part {
        case .rehabilitationReferral:
            return request(
                code: concept(codes.physiotherapy, text: "Rehabilitation for lumbosacral radiculopathy"),
                priority: .routine, reasons: reasons, note: text)
        case .activityAdvice:
            return request(
                code: concept(codes.stayActive, text: "Activity advice: stay active"), priority: .routine,
                reasons: reasons, note: nil)?.adding([("patientInstruction", .string(text))])
        case .heatOrCold:
            return request(
                code: concept([], text: "Heat or cold, as needed"), priority: .routine, reasons: reasons, note: nil)?
                .adding([("asNeededBoolean", true), ("patientInstruction", .string(text))])
        case .sixWeekRecheck:
            let recheck = Recheck(decision, thresholds: thresholds)
            return request(
                code: concept([], text: "Re-check of lumbosacral radiculopathy"), priority: .routine,
                reasons: reasons, note: "\(text) \(recheck.words)")?
                .adding([("occurrenceDateTime", .string(recheck.day.description))])
        case .nsaid: return nonSteroidal(text)
        case .patientEducation: return communication("Sciatica: what to expect and what to do", text)
        case .returnAdvice: return communication("Sciatica: when to come back at once", text)
        }
    }

    /// A prescription that names the class only: which drug and how much is the prescriber's decision.
    private func nonSteroidal(_ text: String) -> JSONValue? {
        guard let subject else { return nil }
        let ordered = draft?.elements(of: "reasonCode") ?? []
        let reasons = ordered.isEmpty ? [recordedReason].compactMap { $0 } : ordered
        return .object([
            ("resourceType", "MedicationRequest"), ("status", "draft"), ("intent", "proposal"),
            ("medicationCodeableConcept", concept([], text: "Non-steroidal anti-inflammatory drug (NSAID)")),
            ("subject", subject), ("encounter", unlessContained("encounter")),
            ("requester", unlessContained("requester")), ("reasonCode", reasons.isEmpty ? nil : .array(reasons)),
            ("note", [["text": .string(text)]]),
        ])
    }

    /// What the patient is told.
    private func communication(_ topic: String, _ text: String) -> JSONValue? {
        guard let subject else { return nil }
        return .object([
            ("resourceType", "Communication"), ("status", "preparation"),
            ("category", .array([concept([RequestCodes.instruction], text: "Patient education")])),
            ("subject", subject), ("topic", ["text": .string(topic)]), ("encounter", unlessContained("encounter")),
            ("recipient", .array([subject])), ("payload", [["contentString": .string(text)]]),
        ])
    }
}

/// The extension by which a resource names the statements that it carries out.
enum GuidelineStatements {
    static let url = "https://spinehook.example/fhir/StructureDefinition/guideline-statement"

    /// The member `extension`, an element for each statement.
    static func `extension`(_ ids: [String]) -> (String, JSONValue) {
        ("extension", .array(ids.map { ["url": .string(url), "valueCode": .string($0)] }))
    }
}

extension JSONValue {
    /// An object with more members behind those it has; any other value as it is.
    fileprivate func adding(_ members: [(String, JSONValue)]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member($0.0, $0.1) })
    }
}
