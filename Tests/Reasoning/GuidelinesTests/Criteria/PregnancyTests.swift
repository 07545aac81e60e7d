import ClinicalModel
import Guidelines
import Testing

private let pregnancy = concept("pregnancy", .pregnant)
private let pregnancyStatus = concept(
    "pregnancy-status", .pregnant, nil, .presenting, "measurement", .no, qualifiers: ["measure:pregnancy-status"])
private let pregnantAnswer = concept("pregnancy-status", .pregnant)
private let notPregnantAnswer = concept("pregnancy-status", .pregnant, nil, .exclusion, "denies", .no)

/// A code for the status that does not say which measure it is.
private let anyStatus = concept("pregnancy-status", .pregnant, nil, .presenting, "measurement", .no)

private func status(
    _ value: Observation.Value, _ date: PartialDate? = daysAgo(10), of concept: Concept = pregnancyStatus
) -> Observation {
    Observation(
        provenance: place("Observation/\(date?.literal ?? "undated")"), concepts: [concept], value: value,
        effective: date)
}
private func coded(_ part: CodeUse.Part, _ role: CodeUse.Role) -> Observation {
    status(.concepts([concept("pregnancy-status", .pregnant, nil, part, role)]), of: anyStatus)
}
private func due(_ ago: Int) -> Observation { status(.date(daysAgo(ago)), of: anyStatus) }

@Suite("Pregnancy (R12)")
struct PregnancyTests {
    static let problems = [
        CriterionRow("pregnancy on record", .pregnant, .met, with(condition(pregnancy, onset: daysAgo(100)))),
        CriterionRow(
            "an old entry nobody closed", .pregnant, .noneOnRecord,
            with(condition(pregnancy, onset: daysAgo(302)))),
        CriterionRow(
            "pregnancy over", .pregnant, .noneOnRecord,
            with(condition(pregnancy, onset: daysAgo(100), status: .resolved))),
        CriterionRow(
            "never enough alone", .pregnant, .unknown,
            with(condition(concept("pregnancy", .pregnant, nil, .presenting, "finding", .no)))),
    ]

    static let statuses = [
        CriterionRow("status pregnant", .pregnant, .met, with([status(.concepts([pregnantAnswer]))])),
        CriterionRow(
            "status pregnant, begun and not ended", .pregnant, .met,
            with([
                status(
                    .concepts([pregnantAnswer]),
                    PartialDate(literal: "open", earliest: daysAgo(100).earliest, latest: nil))
            ])),
        CriterionRow(
            "newest status not pregnant", .pregnant, .notMet,
            with([
                status(.concepts([pregnantAnswer])),
                status(.concepts([notPregnantAnswer]), daysAgo(5)),
            ])),
        CriterionRow("status true", .pregnant, .met, with([status(.boolean(true))])),
        CriterionRow(
            "status true, later false", .pregnant, .notMet,
            with([
                status(.boolean(true)),
                status(.boolean(false), daysAgo(9)),
            ])),
        CriterionRow("a status that excludes", .pregnant, .notMet, with([coded(.exclusion, "finding")])),
        CriterionRow("a status that is no finding", .pregnant, .notMet, with([coded(.presenting, "denies")])),
        CriterionRow("a status that is one", .pregnant, .met, with([coded(.presenting, "finding")])),
    ]

    static let dueDates = [
        CriterionRow("due date to come", .pregnant, .met, with([status(.date(daysAgo(-50)))])),
        CriterionRow("due date passed", .pregnant, .noneOnRecord, with([status(.date(daysAgo(1)), daysAgo(100))])),
        CriterionRow("due in 300 days", .pregnant, .met, with([due(-300)])),
        CriterionRow("due in 301 days", .pregnant, .noneOnRecord, with([due(-301)])),
        CriterionRow("due today", .pregnant, .met, with([due(0)])),
        CriterionRow(
            "another date is no due date", .pregnant, .noneOnRecord,
            with([status(.date(daysAgo(-50)), of: .temperature)])),
    ]

    static let rows = problems + statuses + dueDates

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }
}
