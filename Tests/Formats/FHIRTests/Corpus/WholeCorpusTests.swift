import CDSHooks
import ClinicalModel
import Diagnostics
import FHIR
import Foundation
import JSONTree
import Testing

/// All JSON of the corpus is read: nothing crashes, nothing is lost without a word.
@Suite("Whole corpus", .enabled(if: CorpusFolder.root != nil))
struct WholeCorpusTests {
    static let folders = [
        "bulk-10-patients", "cds-hooks-requests", "clinosim/low-back-pain-60", "clinosim/vertebral-fracture-6", "crd",
        "ehr-like", "grafted", "hl7-r4-examples", "json-torture", "other-versions", "pain-cds", "primitives",
        "pysynthea", "quirks", "server-tests", "synthea-2019", "synthea-2021", "synthea-2023", "us-core-examples",
        "validator-cases",
    ]

    @Test("is read or refused with an issue", arguments: folders)
    func readable(_ folder: String) throws {
        let root = try #require(CorpusFolder.root).appendingPathComponent(folder).path
        let files = CorpusFolder.files(endings: [".json", ".ndjson", ".json.gz", ".ndjson.gz"])
            .filter { $0.path.hasPrefix(root) }
        #expect(!files.isEmpty)
        var used = 0
        var refused = 0
        for file in files {
            guard let bytes = try? CorpusFolder.bytes(of: file) else { continue }
            let result = RecordReader(terminology: CorpusFolder.terminology).read(bytes, source: file.lastPathComponent)
            let isEmptyFile = bytes.allSatisfy { $0 <= 0x20 }
            #expect(!result.records.isEmpty || !result.refused.isEmpty || isEmptyFile, "\(file.lastPathComponent)")
            for issue in result.refused { #expect(!issue.code.rawValue.isEmpty && !issue.expected.isEmpty) }
            used += result.records.count
            refused += result.refused.isEmpty ? 0 : 1
        }
        print("\(folder): \(files.count) files, \(used) records, \(refused) with something refused")
    }

    @Test(
        "other versions are refused, not read by halves",
        arguments: [
            "dstu2-ahrq-pain-mgmt-summary.json", "r5-MedicinalProductDefinition.json",
            "stu3-Condition-For-Patient-f001.json",
        ])
    func otherVersion(_ name: String) throws {
        let file = try #require(CorpusFolder.root).appendingPathComponent("other-versions/\(name)")
        let result = RecordReader(terminology: CorpusFolder.terminology).read(try CorpusFolder.bytes(of: file))
        #expect(result.records.isEmpty)
        #expect(result.refused.contains { $0.code == .fhirOtherVersion })
    }

    @Test("grafted records hold what was inserted", arguments: graftedFiles)
    func grafted(_ name: String) throws {
        let file = try #require(CorpusFolder.root).appendingPathComponent("grafted/\(name)")
        let result = RecordReader(terminology: CorpusFolder.terminology).read(try CorpusFolder.bytes(of: file))
        let record = try #require(result.records.first)
        #expect(result.records.count == 1)
        #expect(record.drafts.count == 1)
        #expect(QuirkFacts(record, asOf: QuirksCorpusTests.asOf).radiculopathy == "active")
        let doubts = record.issues.filter { $0.severity >= .warning && $0.code != .fhirDisplay }
        #expect(doubts.isEmpty, "\(doubts.map(\.description))")
    }

    static let graftedFiles = CorpusFolder.files(endings: [".json.gz"]).map(\.path)
        .filter { $0.contains("/grafted/") }.map { String($0.split(separator: "/").last ?? "") }
}
