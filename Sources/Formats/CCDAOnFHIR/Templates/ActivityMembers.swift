import CCDA
import JSONTree
import XMLTree

/// Members of a resource in order; nil ones are left out.
typealias Members = [(String, JSONValue?)]

/// What many activities have beside the members that every statement may have.
extension DocumentMapper {
    /// A CodeableConcept; of a masked code one that says so, so that it is never taken for "none".
    ///
    /// - Parameters:
    ///   - text: What the statement says in words, for a code without text of its own.
    ///   - placesSides: Whether the caller writes the sides that qualify the code as body sites.
    func concept(_ coded: CodedValue?, text: String? = nil, placesSides: Bool = false) -> JSONValue? {
        let isPlaced = placesSides && coded?.qualifiers.allSatisfy(\.isSide) == true
        let concept =
            coded?.codeableConcept(text: text, mapsQualifiers: isPlaced, in: context) ?? text.map { .text($0) }
        return concept ?? .when(coded?.nullFlavor?.isMasked == true, .absent(coded?.nullFlavor))
    }

    /// `code` of a statement; nil when it has neither code nor text.
    func code(of statement: Statement) -> JSONValue? {
        concept(statement.code, text: words(of: statement), placesSides: true)
    }

    /// Target sites, then the sides that qualify them, the code or the value.
    func bodySites(of statement: Statement) -> [JSONValue] {
        let sites = statement.allCoded("targetSiteCode")
        let coded = [statement.code].compactMap(\.self) + sites + statement.values.compactMap(\.coded)
        return sites.compactMap { concept($0, placesSides: true) } + coded.flatMap(\.sides)
    }

    /// Target site and side in one CodeableConcept, for resources that have one site only.
    func bodySite(of statement: Statement) -> JSONValue? {
        let sites = bodySites(of: statement)
        guard let first = sites.first, sites.count > 1 else { return sites.first }
        return first.adding(codings: sites.dropFirst().flatMap { $0["coding"]?.elements ?? [] })
    }

    /// `note` from comments, which are consumed, and from what R4 has no place for.
    mutating func notes(of statement: Statement, with others: [String] = []) -> JSONValue? {
        (comments(of: statement) + others.map { .text($0) }).nonEmptyArray
    }

    /// Lists a resource in its section that was made beside the one that stands for the statement.
    mutating func list(_ made: String, _ around: Surroundings) {
        listed[around.section.index, default: []].append(made)
    }

    /// What a statement states of its category (C-CDA of 2023 and later).
    func statedCategories(of statement: Statement) -> [JSONValue] {
        statement.element.elements("category", in: .sdtc).compactMap { concept(CodedValue($0, in: context)) }
    }

    /// The words of instructions in a statement, which are consumed.
    mutating func instructions(of statement: Statement) -> [String] {
        var texts: [String] = []
        for related in statement.related where related.statement.isInstruction {
            guard related.statement.negation == .no, !namesOther(related.statement),
                let text = related.statement.text ?? related.statement.code?.text
            else { continue }
            texts.append(text)
            consume([related.statement])
        }
        return texts
    }
}

extension Statement {
    /// Words for the patient or the one who carries something out, not an order.
    var isInstruction: Bool { has(.instruction) || Template.instructionsOf2007.contains { has($0) } }
}

// MARK: Sides

extension CodedValue {
    /// The sides that qualifiers give, as CodeableConcepts.
    var sides: [JSONValue] {
        qualifiers.filter(\.isSide).compactMap { $0.value.map(\.json).nonEmptyArray.map { ["coding": $0] } }
    }
}

extension CodedValue.Qualifier {
    /// SNOMED CT "Laterality"
    fileprivate var isSide: Bool { name.contains { $0.code == "272741003" && $0.system == CodeSystemOID.snomed } }
}

// MARK: Times

extension TimeExpression {
    /// `<name>DateTime` or `<name>Period`; nothing when no time is known.
    func members(_ name: String) -> Members {
        if let point { return [(name + "DateTime", .string(point.fhir))] }
        return period.map { [(name + "Period", $0)] } ?? []
    }
}

extension DocumentMapper {
    /// Whether a time lies wholly before the day of the document; false when either is unknown.
    func isPast(_ time: Timestamp?) -> Bool {
        guard let time, let today = document.effectiveTime?.days else { return false }
        return time.days.upperBound < today.lowerBound
    }

    /// Whether a time lies wholly behind the day of the document; false when either is unknown.
    func isFuture(_ time: Timestamp?) -> Bool {
        guard let time, let today = document.effectiveTime?.days else { return false }
        return time.days.lowerBound > today.upperBound
    }
}

// MARK: JSON

extension JSONValue {
    /// A value where a condition holds. (A plain `nil` would be JSON's null.)
    static func when(_ holds: Bool, _ value: @autoclosure () -> JSONValue) -> JSONValue? {
        holds ? .some(value()) : .none
    }

    /// The elements of an array; empty for anything else.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// A CodeableConcept with further codings behind its own; those that it has already are not repeated.
    func adding(codings: [JSONValue]) -> JSONValue {
        guard case .object(var members) = self else { return self }
        var all = self["coding"]?.elements ?? []
        for coding in codings where !all.contains(where: { $0.isSameCode(as: coding) }) { all.append(coding) }
        guard !all.isEmpty else { return self }
        members.removeAll { $0.name == "coding" }
        return .object([Member("coding", .array(all))] + members)
    }

    private func isSameCode(as other: JSONValue) -> Bool {
        self["system"] == other["system"] && self["code"] == other["code"]
    }
}
