import CDSServer
import ClinicalModel
import Conversion
import Diagnostics
import Foundation
import Testing

/// Cases that stand as a C-CDA document too: whatever way their facts come, the decision is one.
@Suite("Examples as documents")
struct DocumentExampleTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let document: Example
        let record: Example
        let request: Example?
        var testDescription: String { document.name }
    }

    /// Each document with the FHIR record and the request of the same number.
    static let pairs = Example.documents.compactMap { document -> Pair? in
        let number = document.name.prefix(4)
        guard let record = Example.records.first(where: { $0.name.hasPrefix(number) }) else { return nil }
        return Pair(
            document: document, record: record,
            request: Example.requests.first { $0.name.hasPrefix(number) && $0.expected.hook == "order-sign" })
    }

    @Test("at least six cases stand as documents, each beside its FHIR record")
    func completeness() {
        #expect(Example.documents.count >= 6)
        #expect(Self.pairs.count == Example.documents.count)
        #expect(Example.documents.allSatisfy { $0.name.hasSuffix("-ccda") })
    }

    @Test("a document, read from its file", arguments: Example.documents)
    func document(_ example: Example) async throws {
        try await ExampleTests.evaluate(example).check(against: example)
    }

    @Test("a document and the FHIR record of the same case lead to the same decision", arguments: pairs)
    func pair(_ pair: Pair) async throws {
        let document = try await ExampleTests.evaluate(pair.document)
        let record = try await ExampleTests.evaluate(pair.record)
        document.checkSame(as: record)
        #expect(document.statements == record.statements)
    }

    @Test("a document and the Bundle that convert makes of it lead to the same decision", arguments: Example.documents)
    func converted(_ example: Example) async throws {
        let alone = try await ExampleTests.evaluate(example)
        for includesOriginal in [false, true] {
            let folder = try Scratch()
            try folder.write("bundle.json", try await Self.convert(example, includesOriginal: includesOriginal))
            try await ExampleTests.decision(on: [folder.path], slot: "imaging").checkSame(as: alone)
        }
    }

    @Test("nothing is counted twice: the document, its Bundle and the FHIR record, each beside it", arguments: pairs)
    func joined(_ pair: Pair) async throws {
        let alone = try await ExampleTests.evaluate(pair.document)
        let bundle = try await Self.convert(pair.document, includesOriginal: false)
        let others = [
            try Data(contentsOf: pair.document.input), Data(bundle), try Data(contentsOf: pair.record.input),
        ]
        for other in others {
            for isFirst in [true, false] {
                let folder = try Scratch()
                try folder.write("1", Array(isFirst ? other : others[0]))
                try folder.write("2", Array(isFirst ? others[0] : other))
                try await ExampleTests.decision(on: [folder.path], slot: "imaging", joined: true).checkSame(as: alone)
            }
        }
    }

    @Test("a request that carries the document too gets the answer that it gets without", arguments: pairs)
    func attached(_ pair: Pair) throws {
        guard let request = pair.request else { return }
        let text = String(decoding: try Data(contentsOf: request.input), as: UTF8.self)
        let document = try Data(contentsOf: pair.document.input).base64EncodedString()
        let subject = "Patient/\(pair.record.name.prefix(3))"
        #expect(text.contains(subject))
        let reference = """
            {"resourceType":"DocumentReference","id":"ccda","status":"current","subject":{"reference":"\(subject)"},\
            "content":[{"attachment":{"contentType":"application/xml","data":"\(document)"}}]}
            """
        let carrying = text.replacing("\"prefetch\": {", with: "\"prefetch\": {\"documentReferences\": \(reference),")
        #expect(carrying != text)
        let without = try #require(try ExampleTests.answer(request).extension.decisions.first)
        let answer = try ExampleTests.answer(request, body: Array(carrying.utf8))
        #expect(answer.extension.decisions.count == 1)
        let decision = try #require(answer.extension.decisions.first)
        #expect(decision == without)
        #expect(decision.issues.allSatisfy { $0.severity != "error" }, "\(decision.issues)")
    }

    /// The Bundle that convert makes of an example.
    static func convert(_ example: Example, includesOriginal: Bool) async throws -> [UInt8] {
        var bundles: [[UInt8]] = []
        let run = ConvertRun(jobs: 1, limit: 1 << 24, includesOriginal: includesOriginal)
        let summary = try await run.run(try InputFiles([example.input.path])) { document in
            bundles.append(document.bundle)
            return nil
        } errors: { issues in
            for issue in issues where issue.severity >= .error { Testing.Issue.record("\(issue)") }
        }
        #expect(summary.documents == 1 && summary.statements == summary.mapped + summary.asText)
        return try #require(bundles.first)
    }
}

/// A folder of its own for a test, removed with it.
final class Scratch {
    private let url: URL
    var path: String { url.path }

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "spinehook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: url.appending(path: name))
    }
}
