import CCDA
import JSONTree

/// What class an encounter is of, and how far it is (section 7.13).
extension DocumentMapper {
    /// Encounter.class: an ActCode of the code or its translations, else by range of CPT codes, else why there is none.
    ///
    /// A CPT code itself is never the class.
    func encounterClass(_ code: CodedValue?) -> JSONValue {
        let codings = code?.codings ?? []
        let stated = codings.first {
            $0.system == CodeSystemOID.actCode && Self.encounterClasses.contains($0.code.uppercased())
        }
        let visits = codings.lazy.filter { $0.system == Self.cpt }.compactMap { Self.encounterClass(ofCPT: $0.code) }
        guard let name = stated?.code.uppercased() ?? visits.first else { return .absent() }
        return ["system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": .string(name)]
    }

    /// Encounter.status of an encounter that took place, by its dates against the document's.
    func encounterStatus(_ time: TimeExpression?) -> String {
        guard let time, let now = document.effectiveTime?.days else { return "unknown" }
        if let end = time.end {
            if end.days.lowerBound <= now.upperBound { return "finished" }
            return time.start.map { $0.days.lowerBound <= now.upperBound } == true ? "in-progress" : "unknown"
        }
        guard let start = time.start else { return "unknown" }
        let gap = now.lowerBound - start.days.upperBound
        return -1...1 ~= gap && start.precision >= .day ? "in-progress" : "unknown"
    }

    private static func encounterClass(ofCPT code: String) -> String? {
        switch Int(code) {
        case .some(99202...99215), .some(99241...99245): "AMB"
        case .some(99281...99285): "EMER"
        case .some(99221...99239), .some(99251...99255): "IMP"
        default: nil
        }
    }

    /// Codes below ActEncounterCode.
    private static let encounterClasses: Set = [
        "AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR",
    ]
    private static let cpt = "2.16.840.1.113883.6.12"
}
