import Testing

@testable import CCDAOnFHIR

/// The ten lines of section 7.1, each with the line that must not apply in its place.
@Suite("Status of a problem by its evidence")
struct ProblemStatusRuleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let evidence: ProblemEvidence
        let line: Int
        var status: ProblemEvidence.Reported?
        var hasAbatement = false
        var isAbatementUnknown = false
        var isDoubtful = false
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "1 nullified, whatever else", evidence: .init(isNullified: true, isDenied: true, reported: .active),
            line: 1),
        Row(
            name: "2 denied, whatever else",
            evidence: .init(isDenied: true, reported: .active, end: .reached, concern: .active), line: 2),
        Row(
            name: "3 Problem Status resolved beats an active concern",
            evidence: .init(reported: .resolved, concern: .active), line: 3, status: .resolved),
        Row(
            name: "3 resolved with an end has it",
            evidence: .init(reported: .resolved, end: .reached, concern: .active),
            line: 3, status: .resolved, hasAbatement: true),
        Row(
            name: "3 resolved with an end ahead has none",
            evidence: .init(reported: .resolved, end: .ahead, concern: .ended), line: 3, status: .resolved),
        Row(
            name: "3 remission with an end has it", evidence: .init(reported: .remission, end: .reached), line: 3,
            status: .remission, hasAbatement: true),
        Row(
            name: "3 inactive with an unknown end says so",
            evidence: .init(reported: .inactive, end: .null(isUnknown: true)), line: 3, status: .inactive,
            isAbatementUnknown: true),
        Row(
            name: "3 active beats an end in the past, which is left out (con-4)",
            evidence: .init(reported: .active, end: .reached, concern: .active), line: 3, status: .active,
            isDoubtful: true),
        Row(
            name: "3 active beats a completed concern", evidence: .init(reported: .active, concern: .ended), line: 3,
            status: .active, isDoubtful: true),
        Row(
            name: "3 active beside a completed diagnosis act is no doubt",
            evidence: .init(reported: .active, concern: .ended, setting: .diagnosis), line: 3, status: .active),
        Row(
            name: "3 recurrence", evidence: .init(reported: .recurrence, end: .reached, concern: .ended), line: 3,
            status: .recurrence, isDoubtful: true),
        Row(
            name: "3 relapse", evidence: .init(reported: .relapse, end: .null(isUnknown: true), concern: .active),
            line: 3, status: .relapse),
        Row(
            name: "4 end reached beats an active concern", evidence: .init(end: .reached, concern: .active), line: 4,
            status: .resolved, hasAbatement: true),
        Row(
            name: "4 end reached, no concern", evidence: .init(end: .reached), line: 4, status: .resolved,
            hasAbatement: true),
        Row(
            name: "4 end reached, in a diagnosis", evidence: .init(end: .reached, setting: .diagnosis), line: 4,
            status: .resolved, hasAbatement: true),
        Row(
            name: "5 end ahead beats a completed concern", evidence: .init(end: .ahead, concern: .ended), line: 5,
            status: .active),
        Row(
            name: "6 null end, concern ended", evidence: .init(end: .null(isUnknown: false), concern: .ended), line: 6,
            status: .inactive),
        Row(
            name: "6 UNK end, concern ended", evidence: .init(end: .null(isUnknown: true), concern: .ended), line: 6,
            status: .inactive, isAbatementUnknown: true),
        Row(
            name: "6 in a diagnosis",
            evidence: .init(end: .null(isUnknown: false), concern: .ended, setting: .diagnosis), line: 6,
            status: .inactive),
        Row(
            name: "6 in the past history",
            evidence: .init(end: .null(isUnknown: true), concern: .ended, setting: .history),
            line: 6, status: .inactive, isAbatementUnknown: true),
        Row(
            name: "7 UNK end, concern active: goes on, flagged",
            evidence: .init(end: .null(isUnknown: true), concern: .active), line: 7, status: .active, isDoubtful: true),
        Row(
            name: "7 in a diagnosis says nothing",
            evidence: .init(end: .null(isUnknown: true), concern: .active, setting: .diagnosis), line: 10),
        Row(
            name: "7 in the past history is not known to go on",
            evidence: .init(end: .null(isUnknown: true), concern: .active, setting: .history), line: 7,
            isDoubtful: true),
        Row(name: "8 no end, concern active", evidence: .init(concern: .active), line: 8, status: .active),
        Row(
            name: "8 in a diagnosis: the act says how far the visit is",
            evidence: .init(concern: .active, setting: .diagnosis), line: 10),
        Row(
            name: "8 in the past history is not known to go on", evidence: .init(concern: .active, setting: .history),
            line: 8, isDoubtful: true),
        Row(name: "9 no end, concern ended", evidence: .init(concern: .ended), line: 9, status: .inactive),
        Row(
            name: "9 in a diagnosis", evidence: .init(concern: .ended, setting: .diagnosis), line: 10),
        Row(
            name: "9 in the past history", evidence: .init(concern: .ended, setting: .history), line: 9,
            status: .inactive),
        Row(name: "10 no evidence", evidence: .init(), line: 10, isDoubtful: true),
        Row(
            name: "10 null end without a concern", evidence: .init(end: .null(isUnknown: true)), line: 10,
            isDoubtful: true),
        Row(name: "10 diagnosis without evidence is no doubt", evidence: .init(setting: .diagnosis), line: 10),
    ]

    @Test("the first line that applies", arguments: rows)
    func verdict(_ row: Row) {
        let verdict = row.evidence.verdict
        #expect(verdict.line == row.line)
        #expect(verdict.status == row.status)
        #expect(verdict.hasAbatement == row.hasAbatement)
        #expect(verdict.isAbatementUnknown == row.isAbatementUnknown)
        #expect((verdict.doubt != nil) == row.isDoubtful)
    }
}
