import ClinicalModel
import DecisionSupport
import Diagnostics
import Foundation
import Guidelines
import JSONTree
import Testing

@testable import Conversion

@Suite("guideline decide")
struct DecisionLinesTests {
    /// The guideline of a site that does not show the card on bed rest.
    static let guideline = LumbosacralRadiculopathy(
        configuration: "0123456789abcdef0123456789abcdef", suppressedCards: [.k24])
    static let day = Day(20_255)

    struct Row: CustomTestStringConvertible {
        let line: String
        var testDescription: String { line }
    }

    static let rows = [
        Row(line: "{}"),
        Row(line: #"{"slot":"imaging","criteria":{},"order":{"modality":"MRI-WO"}}"#),
        Row(line: #"{"criteria":{"redflag.caudaEquina":"met"},"order":{"modality":"XR","priority":"stat"}}"#),
        Row(
            line: """
                {"criteria":{"adult":"met","radiculopathy":"met","redflag.infection":"met"},\
                "presentingFlags":["redflag.infection"],"order":{"modality":"CT-WO","priority":"routine"}}
                """),
        Row(
            line: """
                {"criteria":{"adult":"met","radiculopathy":"met","course.sixWeeks":"not-met","order.urgentContext":"met"},\
                "order":{"modality":"PET"}}
                """),
        Row(line: #"{"criteria":{"adult":"not-met"},"order":null}"#),
        Row(
            line: #"{"slot":"activity","criteria":{"adult":"met","radiculopathy":"met"},"order":{"class":"bed-rest"}}"#),
        Row(line: #"{"slot":"drug","criteria":{"drug.dose":"met"},"order":{"class":"opioid","priority":"asap"}}"#),
        Row(
            line: #"{"slot":"procedure","presentingFlags":["redflag.fracture"],"order":{"class":"epidural-injection"}}"#
        ),
    ]

    @Test("a line is the one that the encoder of decisions writes", arguments: rows)
    func agreement(_ row: Row) throws {
        let question = try JSONDocument(Array(row.line.utf8)).read { root in try StateReading.question(of: root) }
        let state = question.state
        let outcome = question.orderClass.map { Self.guideline.decide($0, state) } ?? Self.guideline.decide(state)
        let statements =
            question.orderClass.map { Self.guideline.rule(for: $0, state).statements }
            ?? Self.guideline.rule(for: state).statements
        let order =
            question.orderClass.map {
                OrderUnderReview(reference: nil, at: nil, orderClass: $0, priority: question.priority)
            }
            ?? state.order.map {
                OrderUnderReview(reference: nil, at: nil, modality: $0.modality, priority: $0.priority)
            }
        var plain = Decision(
            guideline: LumbosacralRadiculopathy.id, guidelineVersion: LumbosacralRadiculopathy.version, asOf: Self.day,
            source: "-:1", subject: nil,
            order: order, slot: question.orderClass?.slot ?? .imaging, outcome: outcome,
            presentingFlags: CriterionID.presentingFamilies.filter(state.isPresenting),
            criteria: (question.orderClass?.criteria ?? CriterionID.imaging).map { Criterion($0, state[$0]) },
            statements: statements,
            configuration: Self.guideline.configuration)
        plain.cardIsSuppressed = outcome.card == .k24
        var fast: [UInt8] = []
        DecisionLines(guideline: Self.guideline, asOf: Self.day).append(
            question, source: Array(#""-:1""#.utf8), to: &fast)
        #expect(String(decoding: fast, as: UTF8.self) == String(decoding: plain.json.encoded(), as: UTF8.self) + "\n")
    }

    struct Refusal: CustomTestStringConvertible {
        let line: String
        let code: String
        /// What was found, where the row is about that.
        var says: String?
        let because: String
        var testDescription: String { "\(code): \(because)" }
    }

    static let refusals = [
        Refusal(line: "[]", code: "DECIDE-101", because: "a line that is no object"),
        Refusal(line: #"{"slots":"imaging"}"#, code: "DECIDE-102", says: "\"slots\"", because: "an unknown member"),
        Refusal(line: #"{"slot":"diet"}"#, code: "DECIDE-103", because: "no such slot"),
        Refusal(line: #"{"slot":"drug"}"#, code: "DECIDE-107", because: "a drug order of no class"),
        Refusal(
            line: #"{"slot":"drug","order":{"class":"bed-rest"}}"#, code: "DECIDE-107",
            because: "a class of another slot"),
        Refusal(line: #"{"criteria":{"redflag.pain":"met"}}"#, code: "DECIDE-104", because: "an unknown criterion"),
        Refusal(line: #"{"criteria":{"adult":"yes"}}"#, code: "DECIDE-105", because: "a value that is no result"),
        Refusal(line: #"{"criteria":{"adult":true}}"#, code: "DECIDE-105", because: "true is no result"),
        Refusal(line: #"{"presentingFlags":["adult"]}"#, code: "DECIDE-106", because: "no presenting family"),
        Refusal(line: #"{"order":{"modality":"MRI"}}"#, code: "DECIDE-107", because: "an unknown modality"),
        Refusal(
            line: #"{"order":{"modality":"XR","priority":"soon"}}"#, code: "DECIDE-107", because: "an unknown priority"),
        Refusal(
            line: #"{"criteria":{"adult":"met","adult":"not-met"}}"#, code: "DECIDE-108", says: "\"adult\" twice",
            because: "a criterion that stands twice"),
        Refusal(line: #"{"criteria":"#, code: "JSON-111", because: "a broken line"),
    ]

    @Test("a refused line is named; those around it are decided", arguments: refusals)
    func refusal(_ row: Refusal) async throws {
        let found = try await Self.decide("{}\n\(row.line)\n{}\n")
        #expect(found.summary == DecideRun.Summary(decided: 2, refused: 1))
        #expect(found.issues.map(\.code.rawValue) == [row.code])
        #expect(found.issues.first?.location.line == 2)
        if let says = row.says { #expect(found.issues.first?.found == says) }
        #expect(found.lines == 2)
    }

    @Test("lines of many blocks keep their numbers and their order")
    func blocks() async throws {
        let line = #"{"slot":"imaging","criteria":{"adult":"met"},"order":{"modality":"MRI-WO"}}"# + "\n"
        let count = 3 * LineBlockReader.size / line.utf8.count
        let found = try await Self.decide(String(repeating: line, count: count) + "{}", jobs: 4)
        #expect(found.summary == DecideRun.Summary(decided: count + 1, refused: 0))
        let numbers = found.output.matches(of: /"source":"-?[^"]*:(\d+)"/).compactMap { Int($0.1) }
        #expect(numbers == Array(1...(count + 1)))
    }

    @Test("blank lines are counted and passed over")
    func blankLines() async throws {
        let found = try await Self.decide("\n{}\r\n\n{\n")
        #expect(found.summary == DecideRun.Summary(decided: 1, refused: 1))
        #expect(found.issues.first?.location.line == 4)
    }

    static func decide(
        _ text: String, jobs: Int = 2
    ) async throws -> (output: String, issues: [Diagnostics.Issue], lines: Int, summary: DecideRun.Summary) {
        let file = FileManager.default.temporaryDirectory.appending(path: "spinehook-\(UUID().uuidString).ndjson")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let run = DecideRun(guideline: guideline, asOf: day, jobs: jobs, limit: 1 << 20)
        var output: [UInt8] = []
        var issues: [Diagnostics.Issue] = []
        let summary = try await run.run(InputFile(path: file.path, name: "criteria.ndjson")) {
            output += $0
        } errors: {
            issues += $0
        }
        let text = String(decoding: output, as: UTF8.self)
        return (text, issues, text.split(separator: "\n").count, summary)
    }
}
