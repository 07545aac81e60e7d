import Foundation
import Testing

/// Who may import whom. The compiler does not hold this: an import of a sibling that the manifest does not name builds.
@Suite("Imports")
struct ImportTests {
    /// Modules by their folder below `Sources/`, in the order of the data flow, each with all that it may import.
    ///
    /// The core knows no format, no HTTP, no files, no environment and no clock: its rows name no outer module but the
    /// standard library's own.
    static let table: [(folder: String, module: String, mayImport: Set<String>)] = [
        ("Formats/Diagnostics", "Diagnostics", []),
        ("Formats/Digests", "Digests", []),
        ("Formats/JSONTree", "JSONTree", ["CSimdjson", "Diagnostics", "Synchronization"]),
        ("Formats/XMLTree", "XMLTree", ["CLibXML2", "Diagnostics"]),
        ("Formats/CCDA", "CCDA", ["XMLTree", "Diagnostics"]),
        ("Formats/CCDAOnFHIR", "CCDAOnFHIR", ["CCDA", "XMLTree", "JSONTree", "Digests", "Diagnostics"]),
        ("Formats/Gzip", "Gzip", ["CZlib"]),
        ("Formats/FHIR", "FHIR", ["JSONTree", "ClinicalModel", "Diagnostics"]),
        (
            "Formats/ClinicalDocuments", "ClinicalDocuments",
            ["CCDAOnFHIR", "CCDA", "FHIR", "JSONTree", "ClinicalModel", "Diagnostics"]
        ),
        (
            "Formats/CDSHooks", "CDSHooks", ["ClinicalDocuments", "FHIR", "JSONTree", "ClinicalModel", "Diagnostics"]
        ),
        ("Model", "ClinicalModel", ["Diagnostics"]),
        ("Reasoning", "Guidelines", ["ClinicalModel", "Diagnostics"]),
        ("Service/KnowledgeBase", "KnowledgeBase", ["ClinicalModel", "JSONTree", "Diagnostics", "Foundation"]),
        (
            "Service/DecisionSupport", "DecisionSupport",
            [
                "FHIR", "CDSHooks", "KnowledgeBase", "Guidelines", "ClinicalModel", "JSONTree", "Digests",
                "Diagnostics",
            ]
        ),
        ("Service/Settings", "Settings", ["DecisionSupport", "KnowledgeBase", "Guidelines", "Yams"]),
        (
            "Service/CDSServer", "CDSServer",
            [
                "DecisionSupport", "CDSHooks", "Guidelines", "JSONTree", "Diagnostics", "Synchronization", "Foundation",
                "Hummingbird", "HTTPTypes", "NIOCore", "NIOPosix", "UnixSignals", "Logging", "ServiceLifecycle",
            ]
        ),
        (
            "Tools/Conversion", "Conversion",
            [
                "DecisionSupport", "KnowledgeBase", "CCDA", "CCDAOnFHIR", "ClinicalDocuments", "FHIR", "CDSHooks",
                "Guidelines", "ClinicalModel", "Gzip", "JSONTree", "Diagnostics", "Foundation", "Synchronization",
            ]
        ),
        (
            "Tools/spinehook", "spinehook",
            [
                "Conversion", "CDSServer", "DecisionSupport", "KnowledgeBase", "Settings", "Guidelines",
                "ClinicalModel",
                "JSONTree", "Diagnostics", "ArgumentParser", "Foundation", "Logging",
            ]
        ),
    ]

    /// Folders of C headers and shims, which hold no Swift.
    static let withoutSwift: Set = ["Formats/CLibXML2", "Formats/CSimdjson", "Formats/CZlib"]

    @Test("each module imports only what the table allows", arguments: table.map(\.folder))
    func imports(of folder: String) throws {
        let allowed = try #require(Self.table.first { $0.folder == folder }).mayImport
        let files = try Repository.swiftFiles(in: "Sources/\(folder)")
        #expect(!files.isEmpty, "no module in \(folder)")
        for file in files {
            for name in Self.imports(in: try Repository.text(file)) {
                #expect(allowed.contains(name), "\(file) imports \(name)")
            }
        }
    }

    @Test("every Swift file of Sources/ belongs to a module of the table")
    func completeness() throws {
        for file in try Repository.swiftFiles(in: "Sources") {
            #expect(Self.table.contains { file.hasPrefix("Sources/\($0.folder)/") }, "\(file) is in no module")
        }
    }

    @Test("a module stands behind all that it may import")
    func order() {
        let modules = Self.table.map(\.module)
        // Formats come first as folders, but three of them read into the model.
        let ranks = Dictionary(uniqueKeysWithValues: modules.enumerated().map { ($0.element, $0.offset) })
        for row in Self.table where !["FHIR", "ClinicalDocuments", "CDSHooks"].contains(row.module) {
            for name in row.mayImport {
                if let rank = ranks[name] {
                    #expect(rank < ranks[row.module] ?? 0, "\(row.module) may not import \(name)")
                }
            }
        }
    }

    /// The modules named by the import declarations of a file.
    static func imports(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "internal", "package"].contains($0) })
            else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
            let path = kinds.contains(String(words[place + 1])) ? words.dropFirst(place + 2).first : words[place + 1]
            return path?.split(separator: ".").first.map(String.init)
        }
    }

    struct Row: CustomTestStringConvertible {
        let line: String
        let module: String?
        var testDescription: String { line }
    }

    static let lines = [
        Row(line: "import FHIR", module: "FHIR"),
        Row(line: "public import FHIR", module: "FHIR"),
        Row(line: "@testable import FHIR", module: "FHIR"),
        Row(line: "import struct Foundation.Data", module: "Foundation"),
        Row(line: "// import FHIR", module: nil),
        Row(line: "let text = \"import FHIR\"", module: nil),
        Row(line: "    important()", module: nil),
    ]

    @Test("import declarations are told from other lines", arguments: lines)
    func reading(_ row: Row) {
        #expect(Self.imports(in: row.line) == (row.module.map { [$0] } ?? []))
    }
}
