import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Result Organizer (`.4.1`) → DiagnosticReport; what stands in it becomes its results.
extension DocumentMapper {
    /// A report. Without a code there is none, only its results (section 7.7).
    mutating func resultOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes { return .asText("negated: no results") }
        guard let code = concept(statement.code) else {
            return statement.related.isEmpty ? .asText("an organizer with nothing in it") : .covered
        }
        let results = statement.related.map(\.statement)
        let hasValue = results.contains { stands($0) && $0.values.contains(where: \.isSomething) }
        // An examination of which nothing was reported, or everything taken back, is not shown to have been done.
        let isShown = hasValue || !isImaging(statement, in: around.section)
        let made = sink.add(
            "DiagnosticReport", from: statement.element, key: key(of: statement, statement.code),
            [
                ("identifier", identifiers(of: statement)),
                (
                    "status",
                    .string(
                        isShown || statement.status != .completed
                            ? observationStatus(statement, hasValue: hasValue) : "unknown")
                ),
                ("category", reportCategories(statement, around).nonEmptyArray), ("code", code), ("subject", subject),
                ("encounter", encounter(around)),
            ] + reportTime(of: statement, results) + [
                ("performer", reporters(of: statement, around).nonEmptyArray),
                ("specimen", specimen(of: statement, around).map { [$0] }),
                ("conclusion", isImaging(statement, in: around.section) ? reportText(results) : nil),
            ])
        link(made, in: around)
        return .mapped(made)
    }

    /// Whether a result happened and was not taken back.
    private func stands(_ result: Statement) -> Bool {
        result.mood == .event && result.negation == .no && result.nullFlavor == nil && !result.isNullified
            && !result.isSuperseded && result.status != .cancelled && result.status != .aborted
    }

    /// What the organizer states, and that it is imaging.
    private func reportCategories(_ statement: Statement, _ around: Surroundings) -> [JSONValue] {
        statedCategories(of: statement) + (isImaging(statement, in: around.section) ? [ImagingCategory.report] : [])
    }

    /// Its own time, else the one that all of its results share.
    private func reportTime(of statement: Statement, _ results: [Statement]) -> Members {
        if let time = statement.effectiveTime, !time.isEmpty { return time.members("effective") }
        return sharedTime(of: results)?.members("effective") ?? []
    }

    /// The time of statements that all have the same; nil where they differ or none has one.
    func sharedTime(of statements: [Statement]) -> TimeExpression? {
        let times = statements.compactMap(\.effectiveTime).filter { !$0.isEmpty }
        guard let first = times.first, times.allSatisfy({ $0.isSame(as: first) }) else { return nil }
        return first
    }

    private mutating func reporters(of statement: Statement, _ around: Surroundings) -> [JSONValue] {
        let performers = performers(of: statement)
        guard performers.isEmpty else { return performers }
        let types: Set = ["Practitioner", "PractitionerRole", "Organization"]
        guard let author = ownAuthor(of: statement, around), let reference = author.reference else { return [] }
        return author.type.map(types.contains) ?? true ? [reference] : []
    }

    /// The words of an imaging report, for people; nothing is made of them.
    private func reportText(_ results: [Statement]) -> JSONValue? {
        let texts = results.filter { $0.negation == .no && $0.nullFlavor == nil && !$0.isNullified }.flatMap(\.values)
            .compactMap { value -> String? in
                if case .text(let words, nil) = value { words } else { nil }
            }
        return .when(!texts.isEmpty, .string(texts.joined(separator: "\n")))
    }
}

extension TimeExpression {
    /// Whether point, start and end are the same.
    func isSame(as other: TimeExpression) -> Bool {
        point?.fhir == other.point?.fhir && low.time?.fhir == other.low.time?.fhir
            && high.time?.fhir == other.high.time?.fhir
    }
}
