import CCDA
import JSONTree
import XMLTree

/// Vital Signs Organizer (`.4.26`) and Vital Sign Observation (`.4.27`) → Observations of category vital-signs.
extension DocumentMapper {
    private static let category = JSONValue.concept(
        "http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "Vital Signs")
    private static let vitalSign = ObservationShape(category: [category], isMeasurement: true)

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

    /// A vital sign that stands in no pair.
    mutating func vitalSign(_ statement: Statement, _ around: Surroundings) -> Outcome {
        observation(statement, around, Self.vitalSign)
    }

    /// Whether a statement holds a measurement that was made.
    private func measures(_ sign: Statement) -> Bool {
        sign.mood == .event && sign.negation == .no && !sign.isSuperseded && sign.nullFlavor == nil
            && !namesOther(sign) && !(sign.code?.isEmpty ?? true)
    }

    // MARK: Pairs

    private enum LOINC {
        static let systolic = "8480-6"
        static let diastolic = "8462-4"
        static let saturation: Set = ["59408-5", "2708-6"]
        /// Concentration and flow of inhaled oxygen.
        static let oxygen: Set = ["3150-6", "3151-8"]
    }

    /// Blood pressure, and oxygen saturation with the oxygen given, where they are of one time.
    private mutating func pair(_ signs: [Statement], _ around: Surroundings) {
        let measured = signs.filter { !$0.isNullified && $0.values.contains(where: \.isSomething) }
        func all(_ codes: Set<String>) -> [Statement] {
            measured.filter { $0.code?.hasAny(codes, CodeSystemOID.loinc) == true }
        }
        var diastolic = all([LOINC.diastolic])
        for systolic in all([LOINC.systolic]) {
            guard let index = diastolic.firstIndex(where: { isOfOneTime($0, systolic) }) else { continue }
            bloodPressure(systolic, diastolic.remove(at: index), around)
        }
        var oxygen = all(LOINC.oxygen)
        for saturation in all(LOINC.saturation) {
            let given = oxygen.filter { isOfOneTime($0, saturation) }
            guard !given.isEmpty else { continue }
            oxygen.removeAll { item in given.contains { $0.element == item.element } }
            oxygenSaturation(saturation, given, around)
        }
    }

    /// The same time and the same status.
    private func isOfOneTime(_ left: Statement, _ right: Statement) -> Bool {
        guard left.status == right.status else { return false }
        switch (left.effectiveTime, right.effectiveTime) {
        case (nil, nil): return true
        case (let first?, let second?): return first.isSame(as: second)
        default: return false
        }
    }

    /// Systolic and diastolic pressure as components of 85354-9.
    private mutating func bloodPressure(_ systolic: Statement, _ diastolic: Statement, _ around: Surroundings) {
        let code = JSONValue.concept(
            "http://loinc.org", "85354-9", "Blood pressure panel with all children optional")
        let parts = [systolic, diastolic].compactMap { component($0) }
        let content = ObservationContent(code: code, components: parts)
        var shape = Self.vitalSign
        shape.role = "blood-pressure"
        join(systolic, [diastolic], around, shape, content)
    }

    /// Oxygen saturation with the oxygen given as components.
    private mutating func oxygenSaturation(_ sign: Statement, _ given: [Statement], _ around: Surroundings) {
        guard case .content(var content) = content(of: sign, Self.vitalSign) else { return }
        content.components = given.compactMap { component($0) }
        join(sign, given, around, Self.vitalSign, content)
    }

    /// Makes one Observation of several statements; all of them lead to it.
    private mutating func join(
        _ first: Statement, _ others: [Statement], _ around: Surroundings, _ shape: ObservationShape,
        _ content: ObservationContent
    ) {
        let made = observation(first, around, shape, content)
        link(made, in: around)
        for sign in [first] + others {
            ledger.settle(sign, .mapped)
            links.add(made, for: sign)
        }
        let ids = others.flatMap(\.ids).compactMap(\.json)
        sink.change(made) { members in
            guard let index = members.firstIndex(where: { $0.0 == "identifier" }) else { return }
            members[index].1 = ((members[index].1?.elements ?? []) + ids).nonEmptyArray
        }
        list(made, around)
    }

    /// Observation.component; nil for a statement without code.
    private func component(_ sign: Statement) -> JSONValue? {
        guard case .content(let content) = content(of: sign, Self.vitalSign) else { return nil }
        let interpretations = interpretations(sign.allCoded("interpretationCode")).nonEmptyArray
        return .object([
            ("code", content.code), (content.value.map { "value" + $0.type } ?? "", content.value?.value),
            (
                "dataAbsentReason",
                .when(
                    content.value == nil,
                    .concept(
                        "http://terminology.hl7.org/CodeSystem/data-absent-reason", content.absent ?? "unknown"))
            ),
            ("interpretation", interpretations),
        ])
    }
}
