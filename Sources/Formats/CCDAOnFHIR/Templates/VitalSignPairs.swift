import CCDA
import JSONTree
import XMLTree

/// Blood pressure as FHIR has it: both halves in one Observation, also where one of them is not known.
enum BloodPressure {
    /// LOINC codes of the systolic and the diastolic half.
    static let codes = ["8480-6", "8462-4"]
    /// Observation.code
    static let panel = JSONValue.concept(
        "http://loinc.org", "85354-9", "Blood pressure panel with all children optional")
    static let shape: ObservationShape = {
        var shape = DocumentMapper.vitalSign
        shape.role = "blood-pressure"
        return shape
    }()

    /// Which half a code measures; nil for other codes.
    static func half(_ code: CodedValue) -> String? { codes.first { code.has($0, CodeSystemOID.loinc) } }

    /// The half that was not measured.
    static func unknown(_ code: String) -> JSONValue {
        .object([
            ("code", .concept("http://loinc.org", code)),
            ("dataAbsentReason", .concept(DocumentMapper.absentReasons, "unknown")),
        ])
    }
}

/// Vital signs that FHIR keeps in one Observation (section 7.8).
extension DocumentMapper {
    /// Oxygen saturation in arterial blood, measured by pulse oximetry or any way.
    private static let saturation: Set = ["59408-5", "2708-6"]
    /// Concentration and flow of inhaled oxygen.
    private static let oxygen: Set = ["3150-6", "3151-8"]

    /// Blood pressure, and oxygen saturation with the oxygen given, where they are of one time.
    mutating func pair(_ signs: [Statement], _ around: Surroundings) {
        let measured = signs.filter { !$0.isNullified && $0.values.contains(where: \.isSomething) }
        func all(_ codes: Set<String>) -> [(moment: String, sign: Statement)] {
            measured.filter { $0.code?.hasAny(codes, CodeSystemOID.loinc) == true }.map { (moment(of: $0), $0) }
        }
        // The last ones first, so that the first is taken from the end.
        var diastolic = Dictionary(grouping: all([BloodPressure.codes[1]]).reversed(), by: \.moment)
        for (moment, systolic) in all([BloodPressure.codes[0]]) {
            guard let other = diastolic[moment]?.popLast() else { continue }
            let parts = [systolic, other.sign].compactMap { component($0) }
            join(
                systolic, [other.sign], around, BloodPressure.shape,
                ObservationContent(code: BloodPressure.panel, components: parts))
        }
        var oxygen = Dictionary(grouping: all(Self.oxygen), by: \.moment)
        for (moment, saturation) in all(Self.saturation) {
            guard let given = oxygen.removeValue(forKey: moment),
                case .content(var content) = content(of: saturation, Self.vitalSign)
            else { continue }
            content.components = given.compactMap { component($0.sign) }
            join(saturation, given.map(\.sign), around, Self.vitalSign, content.asSaturation)
        }
    }

    /// What two measurements have in common that were made together: time and status.
    private func moment(of sign: Statement) -> String {
        let time = sign.effectiveTime
        return [sign.status?.rawValue, time?.point?.fhir, time?.low.time?.fhir, time?.high.time?.fhir]
            .map { $0 ?? "" }.joined(separator: "|")
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
        return component(sign, content)
    }

    /// Observation.component of code and value.
    func component(_ sign: Statement, _ content: ObservationContent) -> JSONValue {
        .object([
            ("code", content.code), (content.value.map { "value" + $0.type } ?? "", content.value?.value),
            (
                "dataAbsentReason",
                .when(content.value == nil, .concept(Self.absentReasons, content.absent ?? "unknown"))
            ),
            ("interpretation", interpretations(sign.allCoded("interpretationCode")).nonEmptyArray),
        ])
    }
}

extension ObservationContent {
    /// Oxygen saturation by pulse oximetry with the code beside it that FHIR's profile of vital signs asks for: oxygen
    /// saturation in arterial blood, which it is a kind of.
    private static let arterial: JSONValue = ["system": "http://loinc.org", "code": "2708-6"]

    /// The same with that code where it is by pulse oximetry; other contents unchanged.
    var asSaturation: ObservationContent {
        let codes = code["coding"]?.elements.compactMap { $0["code"] } ?? []
        guard codes.contains("59408-5") else { return self }
        var content = self
        content.code = code.adding(codings: [Self.arterial])
        return content
    }
}
