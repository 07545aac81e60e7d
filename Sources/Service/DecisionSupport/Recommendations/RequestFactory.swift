import ClinicalModel
import Guidelines
import JSONTree

/// Makes the FHIR R4 resources that suggestions create, from the decision and the order under review.
///
/// New requests are drafts for the clinician to sign: no id, no author's date. Subject, encounter, requester and reasons
/// are those of the order, as written there.
struct RequestFactory {
    let decision: Decision
    /// The order under review; nil in a patient view.
    let draft: DraftOrder?
    /// Codes as far as the site has loaded them.
    let codes: RequestCodes
    /// The numbers in force.
    let thresholds: Thresholds

    /// The patient; nil when neither the order nor the decision names one, and then nothing can be created.
    var subject: JSONValue? {
        if let reference = draft?.text(of: "subject", "reference"), !reference.hasPrefix("#") {
            return draft?["subject"]
        }
        return decision.subject.map { ["reference": .string($0)] }
    }

    // MARK: Imaging

    /// An order for a test.
    ///
    /// - Parameter safetyLine: Whether an MRI carries the note on a device of unknown MR safety.
    func imaging(_ modality: Modality, priority: Priority, safetyLine: Bool) -> JSONValue? {
        request(
            code: code(of: modality), priority: priority, reasons: reasons,
            note: modality.isMRI && safetyLine ? Self.safetyNote : nil)
    }

    /// The code of a test: those of the loaded systems in the order of preference, and its name.
    func code(of modality: Modality) -> JSONValue {
        concept(codes.codes(of: modality), text: "\(modality.name.capitalizedFirst), lumbar spine")
    }

    /// Line on every suggested MRI of a patient with a device of unknown MR safety (ruling R48).
    static let safetyNote = "Device on record whose MR safety is not known: confirm its MR conditions before scanning."

    // MARK: Other requests

    /// Emergency referral to spine surgery.
    var spineSurgeryReferral: JSONValue? {
        request(
            code: concept(codes.surgeon, text: "Emergency referral to spine surgery"), priority: .stat,
            reasons: reasons, note: nil)
    }

    /// Laboratory tests for a suspected spinal infection, named by text.
    var infectionLaboratory: [JSONValue] {
        ["Erythrocyte sedimentation rate (ESR)", "C-reactive protein (CRP)", "Blood cultures, two sets"].compactMap {
            request(code: concept([], text: $0), priority: .urgent, reasons: reasons, note: nil)
        }
    }

    /// An answer of the clinician to one of the product's own questions.
    enum Answer {
        case bool(Bool)
        /// A coded answer of the same code system.
        case choice(String)
        /// Two days, either left out where there is no bound.
        case period(start: String?, end: String?)
    }

    /// An Observation with an input code and its answer, of the day of the decision; nil without a patient.
    func answer(_ code: String, _ answer: Answer) -> JSONValue? {
        guard let subject else { return nil }
        let value: (String, JSONValue) =
            switch answer {
            case .bool(let value): ("valueBoolean", .bool(value))
            case .choice(let code):
                ("valueCodeableConcept", ["coding": .array([codes.finding(code).coding])])
            case .period(let start, let end):
                ("valuePeriod", .object([("start", start.map(JSONValue.string)), ("end", end.map(JSONValue.string))]))
            }
        return .object([
            ("resourceType", "Observation"), ("status", "final"),
            ("code", ["coding": .array([codes.finding(code).coding])]), ("subject", subject),
            ("encounter", unlessContained("encounter")),
            ("effectiveDateTime", .string(decision.asOf.description)), (value.0, value.1),
        ])
    }

    // MARK: Parts

    func request(code: JSONValue, priority: Priority, reasons: [JSONValue], note: String?) -> JSONValue? {
        guard let subject else { return nil }
        return .object([
            ("resourceType", "ServiceRequest"), ("status", "draft"), ("intent", "order"),
            ("priority", .string(priority.rawValue)), ("code", code), ("subject", subject),
            ("encounter", unlessContained("encounter")), ("requester", unlessContained("requester")),
            ("reasonCode", reasons.isEmpty ? nil : .array(reasons)), ("reasonReference", reasonReferences),
            ("note", note.map { .array([["text": .string($0)]]) }),
        ])
    }

    func concept(_ codes: [Code], text: String) -> JSONValue {
        .object([("coding", codes.isEmpty ? nil : .array(codes.map(\.coding))), ("text", .string(text))])
    }

    /// Red flags that are met, in words, then the reasons of the order, else the radiculopathy on record.
    var reasons: [JSONValue] {
        let flags = decision.metFamilies.map { family -> JSONValue in
            ["text": .string(Self.suspicion(of: family))]
        }
        let ordered = draft?.elements(of: "reasonCode") ?? []
        if !ordered.isEmpty || reasonReferences != nil { return flags + ordered }
        return flags + (recordedReason.map { [$0] } ?? [])
    }

    /// The radiculopathy on record; nil where none is established.
    var recordedReason: JSONValue? {
        let recorded = decision.criterion(.radiculopathy)
        guard recorded.result == .met, let code = recorded.evidence.lazy.compactMap(\.code).first else { return nil }
        return ["coding": .array([code.coding])]
    }

    private static func suspicion(of family: CriterionID) -> String {
        switch family {
        case .caudaEquina: "Suspected cauda equina syndrome"
        case .progressiveDeficit: "Severe or progressive leg weakness"
        case .infection: "Suspected spinal infection"
        case .malignancy: "Suspected spinal malignancy"
        default: "Suspected vertebral fracture"
        }
    }

    /// Reasons by reference; those that point into the order itself cannot be taken along.
    private var reasonReferences: JSONValue? {
        guard let draft else { return nil }
        let elements = zip(draft.elements(of: "reasonReference"), draft.references(of: "reasonReference"))
        let kept = elements.filter { $0.1?.hasPrefix("#") != true }.map(\.0)
        return kept.isEmpty ? nil : .array(kept)
    }

    func unlessContained(_ name: String) -> JSONValue? {
        draft?.text(of: name, "reference")?.hasPrefix("#") == true ? nil : draft?[name]
    }
}
