import CCDA

/// Kinds of allergy (SNOMED CT) and what R4 has for them (ConceptMaps CF-AllergyIntoleranceType, -Category, CF-NoKnownAllergies).
enum AllergyKinds {
    private struct Row {
        var type: String?
        var category: String?
        var noneKnown: (code: String, display: String)?
    }
    private static let rows: [String: Row] = [
        "416098002": Row(type: "allergy", category: "medication", noneKnown: ("409137002", "No known drug allergy")),
        "59037007": Row(type: "intolerance", category: "medication"),
        "414285001": Row(type: "allergy", category: "food", noneKnown: ("429625007", "No known food allergy")),
        "235719002": Row(type: "intolerance", category: "food"),
        "419511003": Row(category: "medication"),
        "418471000": Row(category: "food"),
        "418038007": Row(),
        "419199007": Row(type: "allergy", noneKnown: ("716186003", "No known allergy")),
        "420134006": Row(),
    ]

    private static func row(_ kind: CodedValue) -> Row? {
        kind.codings.lazy.filter { $0.system == CodeSystemOID.snomed }.compactMap { rows[$0.code] }.first
    }

    /// `allergy` or `intolerance`; nil when the kind does not tell.
    static func type(_ kind: CodedValue) -> String? { row(kind)?.type }
    /// `medication` or `food`; nil when the kind does not tell.
    static func category(_ kind: CodedValue) -> String? { row(kind)?.category }
    /// The code that says that none of the kind is known; nil when there is none for it.
    static func noneKnown(_ kind: CodedValue) -> (code: String, display: String)? { row(kind)?.noneKnown }
    /// Whether a value is only a kind, and no allergy to anything.
    static func isKind(_ value: CodedValue) -> Bool { row(value) != nil || value.codings.isEmpty }
}
