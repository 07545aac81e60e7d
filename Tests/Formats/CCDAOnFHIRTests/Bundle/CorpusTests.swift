import CCDA
import CCDAOnFHIR
import Diagnostics
import Foundation
import JSONTree
import Testing
import XMLTree

/// The collection of C-CDA documents that stands beside the project; the test over it runs where it is there.
enum CorpusFolder {
    static let files: [URL] = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        let corpus = folder.appendingPathComponent("../shared/corpora/ccda").standardizedFileURL
        guard let walker = FileManager.default.enumerator(at: corpus, includingPropertiesForKeys: nil),
            FileManager.default.fileExists(atPath: corpus.path)
        else {
            print("The C-CDA corpus is not here: its test is passed over.")
            return []
        }
        return walker.compactMap { $0 as? URL }.filter { $0.pathExtension == "xml" }.sorted { $0.path < $1.path }
    }()
}

@Suite("Every document of the corpus")
struct CorpusTests {
    @Test("becomes a Bundle that holds together, or is refused with a reason")
    func conversion() throws {
        var (converted, refused) = (0, 0)
        for file in CorpusFolder.files {
            let bytes = Array(try Data(contentsOf: file))
            let faults: [String]
            do throws(DocumentRefused) {
                let document = try DocumentConverter().convert(bytes, source: "x.xml")
                converted += 1
                faults = BundleCheck(document).faults + accountFaults(document, bytes)
            } catch {
                refused += 1
                faults = refusalFaults(error)
            }
            #expect(faults.isEmpty, "\(file.lastPathComponent): \(Set(faults).sorted().prefix(8))")
        }
        print("corpus: \(converted) documents converted, \(refused) files refused")
    }

    @Test("gives the same bytes every time, with the original and without narrative, too")
    func determinism() throws {
        var options = DocumentConverter.Options()
        options.includesOriginal = true
        options.includesNarrative = false
        for file in CorpusFolder.files where file.path.contains("/traps/") || file.path.contains("/hl7-r11/") {
            let bytes = Array(try Data(contentsOf: file))
            let converter = DocumentConverter(options: options)
            let first = try converter.convert(bytes, source: nil)
            #expect(first.bytes == (try converter.convert(bytes, source: nil)).bytes)
            #expect(BundleCheck(first).faults == [])
        }
    }

    /// The account of losses against a count of its own: the nine elements at any depth under every entry of a section.
    private func accountFaults(_ document: ConvertedDocument, _ bytes: [UInt8]) -> [String] {
        let kinds: Set = [
            "act", "encounter", "observation", "observationMedia", "organizer", "procedure", "regionOfInterest",
            "substanceAdministration", "supply",
        ]
        guard let tree = try? XMLDocument(bytes, namespaces: [.cda, .sdtc, .xsi]) else { return ["not read again"] }
        var statements: Set<Int> = []
        for section in tree.root.descendants() where section.has(name: "section") {
            for entry in section.elements("entry") {
                for element in entry.descendants() where kinds.contains(element.name) && element.isInRootNamespace {
                    statements.insert(element.index)
                }
            }
        }
        let loss = document.loss
        var faults: [String] = []
        if loss.total.statements != statements.count {
            faults.append("\(loss.total.statements) statements counted, \(statements.count) there")
        }
        if loss.items.count != loss.total.asText + loss.total.refused { faults.append("items do not add up") }
        if loss.items.contains(where: { $0.reason.isEmpty || !$0.at.hasPrefix("/ClinicalDocument/") }) {
            faults.append("an item without reason or place")
        }
        return faults
    }

    private func refusalFaults(_ refusal: DocumentRefused) -> [String] {
        guard let issue = refusal.issues.first else { return ["refused without a word"] }
        let isFatal = issue.code.rawValue.hasPrefix("XML-1") || issue.code.rawValue.hasPrefix("CCDA-1")
        return isFatal && issue.severity == .fatal && !issue.found.isEmpty && issue.location.source == "x.xml"
            ? [] : ["refused with \(issue.code.rawValue)"]
    }
}
