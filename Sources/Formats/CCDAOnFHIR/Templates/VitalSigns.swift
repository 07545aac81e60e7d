import CCDA
import JSONTree
import XMLTree

/// Vital Signs Organizer (`.4.26`) and Vital Sign Observation (`.4.27`) → Observations of category vital-signs.
extension DocumentMapper {
    private static let category = JSONValue.concept(
        "http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "Vital Signs")
    static let vitalSign = ObservationShape(category: [category], isMeasurement: true)

    /// The panel, and in it the pairs that FHIR keeps in one Observation; the rest is mapped by itself.
    mutating func vitalSignsOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes { return .asText("negated: no vital signs") }
        let signs = statement.related.map(\.statement).filter { $0.kind == .observation && !ledger.isSettled($0) }
        guard signs.contains(where: { measures($0) }) else {
            return statement.related.isEmpty ? .asText("an organizer with nothing in it") : .covered
        }
        let time = (statement.effectiveTime.flatMap { $0.isEmpty ? nil : $0 } ?? sharedTime(of: signs))?
            .members("effective")
        let panel = JSONValue.concept(
            "http://loinc.org", "85353-1",
            "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel")
        let made = sink.add(
            "Observation", from: statement.element, role: "panel", key: key(of: statement, statement.code),
            [
                ("identifier", identifiers(of: statement)),
                ("status", .string(observationStatus(statement, hasValue: true))), ("category", [Self.category]),
                ("code", panel.adding(codings: concept(statement.code)?["coding"]?.elements ?? [])),
                ("subject", subject), ("encounter", encounter(around)),
            ] + (time ?? []))
        link(made, in: around)
        var inside = around
        inside.parent = made
        inside.around.append(statement)
        // What stands inside a panel entered in error is no measurement.
        if !statement.isNullified { pair(signs.filter { measures($0) }, inside) }
        return .mapped(made)
    }

    /// A vital sign that stands in no pair. A blood pressure of which one half is known is a blood pressure all the same.
    mutating func vitalSign(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let half = statement.code.flatMap { BloodPressure.half($0) }
        guard case .content(let content) = content(of: statement, Self.vitalSign) else {
            return observation(statement, around, Self.vitalSign)
        }
        guard let half else {
            let made = observation(statement, around, Self.vitalSign, content.asSaturation)
            link(made, in: around)
            return .mapped(made)
        }
        let parts = BloodPressure.codes.map { code in
            code == half ? component(statement, content) : BloodPressure.unknown(code)
        }
        let made = observation(
            statement, around, BloodPressure.shape,
            ObservationContent(code: BloodPressure.panel, absent: content.absent, components: parts))
        link(made, in: around)
        return .mapped(made)
    }

    /// Whether a statement holds a measurement that was made.
    private func measures(_ sign: Statement) -> Bool {
        sign.mood == .event && sign.negation == .no && !sign.isSuperseded && sign.nullFlavor == nil
            && !namesOther(sign) && !(sign.code?.isEmpty ?? true)
    }
}
