import JSONTree

/// What R4 demands of the resources that problems, allergies, drugs, vaccines and family history become.
enum FindingRules {
    /// The rules that a resource breaks; empty for other types.
    static func faults(of resource: JSONValue) -> [String] {
        let type = resource.text("resourceType") ?? ""
        let found: [String?] =
            switch type {
            case "Condition": condition(resource)
            case "AllergyIntolerance": allergy(resource)
            case "MedicationRequest": request(resource)
            case "MedicationAdministration": administration(resource)
            case "MedicationDispense": dispense(resource)
            case "Immunization": immunization(resource)
            case "FamilyMemberHistory": relative(resource)
            default: []
            }
        return found.compactMap(\.self).map { "\(type): \($0)" }
    }

    private static func fault(_ broken: Bool, _ rule: String) -> String? { broken ? rule : nil }

    /// Exactly one of several elements, underscored ones included.
    private static func one(of names: String..., in resource: JSONValue, isRequired: Bool = true) -> String? {
        let count = names.filter { resource[$0] != nil || resource["_" + $0] != nil }.count
        return fault(count > 1 || isRequired && count == 0, "one of \(names)")
    }

    private static func status(_ resource: JSONValue, _ codes: Set<String>) -> String? {
        fault(!codes.contains(resource.text("status") ?? ""), "status \(resource.text("status") ?? "missing")")
    }

    private static func concept(_ resource: JSONValue, _ name: String) -> String? {
        fault(resource.at("\(name).coding.0.code") == nil && resource.at("\(name).text") == nil, "no \(name)")
    }

    private static func condition(_ resource: JSONValue) -> [String?] {
        let clinical = resource.text("clinicalStatus.coding.0.code")
        let verification = resource.text("verificationStatus.coding.0.code")
        let hasEnded = ["inactive", "resolved", "remission"].contains(clinical)
        let categories = ["problem-list-item", "health-concern", "encounter-diagnosis"]
        return [
            concept(resource, "code"), fault(resource["subject"] == nil, "no subject"),
            fault(clinical != nil && verification == "entered-in-error", "con-5"),
            fault(clinical != nil && verification == "refuted", "refuted, and a clinical status"),
            fault(resource["abatementDateTime"] != nil && !hasEnded, "con-4"),
            fault(!categories.contains(resource.text("category.0.coding.0.code") ?? ""), "category"),
            one(of: "onsetDateTime", "onsetAge", in: resource, isRequired: false),
            one(of: "abatementDateTime", "abatementAge", in: resource, isRequired: false),
        ]
    }

    private static func allergy(_ resource: JSONValue) -> [String?] {
        let isInError = resource.text("verificationStatus.coding.0.code") == "entered-in-error"
        let reactions = resource["reaction"]?.items ?? []
        return [
            concept(resource, "code"), fault(resource["patient"] == nil, "no patient"),
            fault((resource["clinicalStatus"] == nil) != isInError, "ait-1, ait-2"),
            fault(reactions.contains { $0.at("manifestation.0") == nil }, "a reaction without manifestation"),
        ]
    }

    private static func request(_ resource: JSONValue) -> [String?] {
        let isReported = resource.text("reportedBoolean") == "true"
        let intent = resource.text("intent")
        let instructions = resource["dosageInstruction"]?.items ?? []
        return [
            status(
                resource,
                ["active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "unknown"]),
            fault(!["plan", "order", "proposal"].contains(intent), "intent"),
            fault(isReported && intent != "plan", "reported, and \(intent ?? "")"),
            one(of: "medicationCodeableConcept", "medicationReference", in: resource),
            resource["medicationCodeableConcept"].flatMap { _ in concept(resource, "medicationCodeableConcept") },
            fault(resource["subject"] == nil, "no subject"),
        ] + instructions.flatMap(dosage)
    }

    private static func dosage(_ dosage: JSONValue) -> [String?] {
        let repetition = dosage.at("timing.repeat")
        return [
            fault(repetition?["offset"] != nil && repetition?["when"] == nil, "tim-9"),
            fault(repetition?["periodMax"] != nil && repetition?["period"] == nil, "tim-6"),
            fault((repetition?["period"] == nil) != (repetition?["periodUnit"] == nil), "tim-2"),
            one(of: "asNeededBoolean", "asNeededCodeableConcept", in: dosage, isRequired: false),
        ]
    }

    private static func administration(_ resource: JSONValue) -> [String?] {
        [
            status(
                resource,
                ["in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown"]),
            one(of: "effectiveDateTime", "effectivePeriod", in: resource),
            one(of: "medicationCodeableConcept", "medicationReference", in: resource),
            fault(resource["subject"] == nil, "no subject"),
            fault(
                resource["dosage"].map { $0["dose"] == nil && $0["rateQuantity"] == nil } ?? false, "mad-1"),
        ]
    }

    private static func dispense(_ resource: JSONValue) -> [String?] {
        [
            status(
                resource,
                ["completed", "in-progress", "stopped", "cancelled", "on-hold", "entered-in-error", "unknown"]),
            concept(resource, "medicationCodeableConcept"),
        ]
    }

    private static func immunization(_ resource: JSONValue) -> [String?] {
        [
            status(resource, ["completed", "not-done", "entered-in-error"]), concept(resource, "vaccineCode"),
            one(of: "occurrenceDateTime", "occurrenceString", in: resource),
            fault(resource["patient"] == nil, "no patient"),
        ]
    }

    private static func relative(_ resource: JSONValue) -> [String?] {
        let conditions = resource["condition"]?.items ?? []
        return [
            status(resource, ["completed", "partial", "entered-in-error"]), concept(resource, "relationship"),
            fault(resource["patient"] == nil, "no patient"),
            one(of: "deceasedDate", "deceasedAge", "deceasedBoolean", in: resource, isRequired: false),
        ] + conditions.map { concept($0, "code") }
    }
}
