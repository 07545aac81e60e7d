import CCDA
import JSONTree
import XMLTree

extension DocumentMapper {
    /// The value of `reasonCode` from a statement's indications (`.4.19`, typeCode RSON), which are consumed; nil for none.
    ///
    /// Where an indication has the id of a problem, ``finishFindings()`` turns its code into a `reasonReference`. Denied
    /// and withdrawn indications, and those of somebody else, are left to be mapped by themselves: they are no reasons.
    mutating func reasons(of statement: Statement) -> JSONValue? {
        var concepts: [JSONValue] = []
        for related in statement.related where isReason(related) {
            let reason = related.statement
            let isProblem = reason.has(.problemObservation) && !reason.has(.indication)
            let isPointer = isProblem || reason.has(.entryReference)
            let concept = isPointer ? nil : reasonConcept(reason)
            findingState.openReasons.append(
                FindingState.OpenReason(
                    statement: statement.element.index, ids: reason.ids,
                    problem: isProblem ? reason.element.index : nil, concept: concept))
            if let concept, !concepts.contains(concept) { concepts.append(concept) }
            if !isPointer { consume([reason]) }
        }
        return concepts.nonEmptyArray
    }

    private func isReason(_ related: Statement.Related) -> Bool {
        let reason = related.statement
        guard related.typeCode == "RSON" || reason.has(.indication), reason.kind == .observation || reason.kind == .act,
            reason.negation == .no, !reason.isNullified, !reason.isSuperseded,
            !namesOther(reason),
            // The diagnosis of a visit is a problem, though R1.1 types its act as an indication too.
            !reason.inner.contains(where: { $0.has(.problemObservation) })
        else { return false }
        return reason.mood == .event || reason.mood.isPlan
    }

    private func reasonConcept(_ reason: Statement) -> JSONValue? {
        let words = words(of: reason)
        return reason.coded("value")?.codeableConcept(text: words, in: context) ?? words.map { .text($0) }
    }

    /// An Indication that no statement around it has taken as its reason.
    mutating func loneIndication(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .asText("a reason, not a finding of its own")
    }

    /// Turns reasons that are problems of the document into references to them.
    mutating func linkReasons() {
        for reason in findingState.openReasons {
            guard let resource = findingState.resources[reason.statement], let problem = problem(of: reason) else {
                continue
            }
            sink.change(resource) { members in
                Self.replace(reason.concept, with: reference(problem), in: &members)
            }
        }
        findingState.openReasons = []
    }

    private func problem(of reason: FindingState.OpenReason) -> String? {
        let found = reason.problem.map { findingState.resources[$0] } ?? reason.ids.lazy.compactMap(links.target).first
        return found.flatMap { sink.type(of: $0) == "Condition" ? $0 : nil }
    }

    private static func replace(
        _ concept: JSONValue?, with problem: JSONValue, in members: inout [(String, JSONValue?)]
    ) {
        func list(_ name: String) -> [JSONValue] {
            if case .array(let items)?? = members.first(where: { $0.0 == name })?.1 { items } else { [] }
        }
        let references = list("reasonReference").filter { $0 != problem } + [problem]
        let codes = list("reasonCode").filter { $0 != concept }
        let index = members.firstIndex { $0.0 == "reasonCode" } ?? members.count
        members.removeAll { $0.0 == "reasonCode" || $0.0 == "reasonReference" }
        members.insert(
            contentsOf: [("reasonCode", codes.nonEmptyArray), ("reasonReference", .array(references))],
            at: min(index, members.count))
    }
}
