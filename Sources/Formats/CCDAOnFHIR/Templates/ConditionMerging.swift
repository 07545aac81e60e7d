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
        if known != nil { sink.change(reference) { $0 = Self.merged($0, with: resource) } }
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

    /// A Condition with what another adds: members that it lacks, elements that its lists lack, the strongest category first.
    private static func merged(
        _ members: [(String, JSONValue?)], with other: JSONValue
    ) -> [(String, JSONValue?)] {
        let old = JSONValue.object(members)
        // The dates of a problem list say more than those of a visit.
        let isOtherStronger = rank(other["category"]) < rank(old["category"])
        guard case .object(let base) = isOtherStronger ? other : old,
            case .object(let additions) = isOtherStronger ? old : other
        else { return members }
        var result: [(String, JSONValue?)] = base.map { ($0.name, $0.value) }
        for addition in additions {
            guard let index = result.firstIndex(where: { $0.0 == addition.name }) else {
                result.append((addition.name, addition.value))
                continue
            }
            guard case .array(let old)? = result[index].1, case .array(let new) = addition.value else { continue }
            let all = old + new.filter { !old.contains($0) }
            result[index].1 = .array(addition.name == "category" ? all.sorted(by: isStronger) : all)
        }
        return result
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
        let detail: JSONValue = ["detail": [reference(observation)]]
        sink.change(problem) { members in
            if let index = members.firstIndex(where: { $0.0 == "evidence" }), case .array(let old)? = members[index].1 {
                members[index].1 = .array(old + [detail])
            } else {
                members.append(("evidence", [detail]))
            }
        }
    }
}
