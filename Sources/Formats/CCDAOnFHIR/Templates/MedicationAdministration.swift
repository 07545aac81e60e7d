import CCDA
import JSONTree
import XMLTree

extension DocumentMapper {
    /// Maps a drug that was given during the encounter, which makes it no current drug.
    mutating func administration(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let drug = Drug(statement)
        let isDenied = statement.negation == .yes
        if saysNoDrug(drug, isDenied: isDenied) { return noDrugs(statement, around) }
        guard let drug, let concept = drug.concept(words: words(of: statement), in: context) else {
            return .refused("a drug without a code or name", type: "MedicationAdministration")
        }
        let dosage = dosage(of: statement)
        // R4 wants an amount in a dosage (mad-1): words alone are a note.
        let amount = doseAndRate(of: statement)
        let texts = ([dosage.sig].compactMap(\.self) + dosage.instructions).map { JSONValue.text($0) }
        return .mapped(
            sink.add(
                "MedicationAdministration", from: statement.element, key: key(of: statement, drug.code),
                [
                    ("identifier", identifiers(of: statement)),
                    ("status", .string(administrationStatus(statement, isDenied: isDenied))),
                    medication(drug, concept, of: statement), ("subject", subject), ("context", encounter(around)),
                ] + given(dosage.course) + [
                    ("reasonCode", reasons(of: statement)),
                    ("note", (medicationNotes(of: statement) + (amount == nil ? texts : [])).nonEmptyArray),
                    ("dosage", amount.map { administered(dosage, $0, statement) }),
                ]))
    }

    /// `effective[x]`, which R4 demands.
    private func given(_ time: TimeExpression?) -> [(String, JSONValue?)] {
        if let point = time?.point { return [("effectiveDateTime", .string(point.fhir))] }
        if let period = time?.period { return [("effectivePeriod", period)] }
        return [("_effectiveDateTime", NullFlavor.unknown.dataAbsentReasonElement)]
    }

    private func administered(
        _ dosage: Dosage, _ amount: [(String, JSONValue?)], _ statement: Statement
    ) -> JSONValue {
        func value(_ name: String) -> JSONValue? { amount.first { $0.0 == name }?.1 }
        let range = value("doseRange")
        return .object([
            ("text", dosage.sig.map { .string($0) }),
            ("site", statement.coded("approachSiteCode")?.codeableConcept(in: context)),
            ("route", statement.coded("routeCode")?.codeableConcept(in: context)),
            ("dose", value("doseQuantity") ?? range?["high"] ?? range?["low"]),
            ("rateQuantity", value("rateQuantity") ?? value("rateRange")?["high"] ?? value("rateRange")?["low"]),
        ])
    }

    private func administrationStatus(_ statement: Statement, isDenied: Bool) -> String {
        if statement.isNullified { return "entered-in-error" }
        if isDenied { return "not-done" }
        return switch statement.status {
        case .completed: "completed"
        case .active: "in-progress"
        case .aborted: "stopped"
        case .cancelled: "not-done"
        case .held, .suspended: "on-hold"
        case .new, .nullified, .obsolete, .normal, nil: "unknown"
        }
    }
}
