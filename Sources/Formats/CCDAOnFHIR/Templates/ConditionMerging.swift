import CCDA
import JSONTree

/// Conditions by what makes two of them one (section 8).
struct ConditionTable {
    /// What must be equal in any case. Problems in different states are never merged.
    struct Identity: Hashable {
        /// The best code with its system, else the words.
        let name: String
        let status: JSONValue?
        let verification: JSONValue?
        let sites: JSONValue?
    }
    /// What must be equal beside it: when it began and ended, or an id.
    enum Occasion: Hashable {
        case dates(onset: JSONValue, abatement: JSONValue?)
        case id(String)
    }
    private struct Key: Hashable {
        let identity: Identity
        let occasion: Occasion
    }
    private var references: [Key: String] = [:]
    /// What more is said of a Condition, by its reference, as members in the order of the document.
    private(set) var additions: [String: [JSONValue]] = [:]

    /// The Condition of that identity with one of the occasions.
    func reference(_ identity: Identity, _ occasions: [Occasion]) -> String? {
        occasions.lazy.compactMap { references[Key(identity: identity, occasion: $0)] }.first
    }

    /// Keeps a Condition; the first of each occasion stays.
    mutating func keep(_ reference: String, _ identity: Identity, _ occasions: [Occasion]) {
        for occasion in occasions {
            let key = Key(identity: identity, occasion: occasion)
            if references[key] == nil { references[key] = reference }
        }
    }

    /// Keeps what more is said of a Condition until the whole document has been read.
    mutating func add(_ members: JSONValue, to reference: String) { additions[reference, default: []].append(members) }
}

extension DocumentMapper {
    /// Makes a Condition, or adds to the one that says the same already; its reference.
    mutating func condition(_ problem: Problem, _ members: [(String, JSONValue?)]) -> String {
        let resource = JSONValue.object(members)
        guard !problem.evidence.isNullified, let identity = identity(of: problem, resource) else {
            return addCondition(problem, members)
        }
        var occasions = problem.statement.ids.compactMap(\.key).map { ConditionTable.Occasion.id($0) }
        if let onset = resource["onsetDateTime"] {
            occasions.append(.dates(onset: onset, abatement: resource["abatementDateTime"]))
        }
        let known = findingState.conditions.reference(identity, occasions)
        let reference = known ?? addCondition(problem, members)
        if known != nil { findingState.conditions.add(resource, to: reference) }
        findingState.conditions.keep(reference, identity, occasions)
        return reference
    }

    private mutating func addCondition(_ problem: Problem, _ members: [(String, JSONValue?)]) -> String {
        sink.add(
            "Condition", from: problem.statement.element, key: key(of: problem.statement, problem.value), members)
    }

    private func identity(of problem: Problem, _ resource: JSONValue) -> ConditionTable.Identity? {
        let codings = problem.value?.codings ?? []
        let best = Self.systemsByRank.lazy.compactMap { system in codings.first { $0.system == system } }.first
        let coding = best ?? codings.first
        let name = coding.map { "\($0.system ?? "")^\($0.code)" } ?? resource["code"]?["text"]?.plainText?.lowercased()
        return name.map {
            ConditionTable.Identity(
                name: $0, status: resource["clinicalStatus"], verification: resource["verificationStatus"],
                sites: resource["bodySite"])
        }
    }

    /// SNOMED CT, ICD-10-CM, ICD-9-CM (section 4.4).
    private static let systemsByRank = [
        CodeSystemOID.snomed, "2.16.840.1.113883.6.90", "2.16.840.1.113883.6.103",
    ]

    /// Puts together what a document says of each Condition. To be called once, behind the last section.
    mutating func mergeConditions() {
        for (reference, additions) in findingState.conditions.additions {
            sink.change(reference) { $0 = Self.merged([.object($0)] + additions) }
        }
    }

    /// Members that others lack and elements that their lists lack, the strongest category first.
    private static func merged(_ conditions: [JSONValue]) -> [(String, JSONValue?)] {
        // The dates of a problem list say more than those of a visit.
        let ranks = conditions.map { rank($0["category"]) }
        let order = conditions.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
        var names: [String] = []
        var members: [String: MergedMember] = [:]
        for index in order {
            guard case .object(let own) = conditions[index] else { continue }
            for member in own {
                if members[member.name] != nil {
                    members[member.name]?.add(member.value)
                } else {
                    names.append(member.name)
                    members[member.name] = MergedMember(member.value)
                }
            }
        }
        return names.map { name in
            let value = members[name]?.value
            guard name == "category", case .array(let categories)? = value else { return (name, value) }
            return (name, .array(categories.sorted(by: isStronger)))
        }
    }

    /// Whether a category stands before another; what is no category of ours stays behind, in its order.
    private static func isStronger(_ left: JSONValue, _ right: JSONValue) -> Bool { rank([left]) < rank([right]) }

    /// Rank of the strongest among categories.
    private static func rank(_ categories: JSONValue?) -> Int {
        guard case .array(let categories)? = categories else { return ConditionCategory.allCases.count }
        return ConditionCategory.allCases.firstIndex { categories.contains($0.json) }
            ?? ConditionCategory.allCases.count
    }

    /// Links an Observation made inside a problem to the problem that it supports.
    mutating func linkEvidence(_ observation: String, to problem: String?) {
        guard let problem, sink.type(of: observation) == "Observation", sink.type(of: problem) == "Condition" else {
            return
        }
        findingState.conditions.add(["evidence": [["detail": [reference(observation)]]]], to: problem)
    }
}

/// A member of several resources: the first value, or every element that one of their lists has, each once.
private struct MergedMember {
    private let first: JSONValue
    private var elements: [JSONValue] = []
    private var seen: Set<JSONValue> = []

    init(_ value: JSONValue) {
        first = value
        if case .array(let elements) = value {
            self.elements = elements
            seen = Set(elements)
        }
    }

    /// Only a list takes more, and only from a list.
    mutating func add(_ value: JSONValue) {
        guard case .array = first, case .array(let more) = value else { return }
        elements += more.filter { seen.insert($0).inserted }
    }

    var value: JSONValue {
        if case .array = first { .array(elements) } else { first }
    }
}
