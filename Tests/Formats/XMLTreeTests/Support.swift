import Diagnostics
import Foundation
import Testing
import XMLTree

extension XMLNamespace {
    static let cda = XMLNamespace(uri: "urn:hl7-org:v3", prefix: "cda")
    static let sdtc = XMLNamespace(uri: "urn:hl7-org:sdtc", prefix: "sdtc")
    static let xsi = XMLNamespace(uri: "http://www.w3.org/2001/XMLSchema-instance", prefix: "xsi")
}

/// A document that has to be readable.
func read(_ text: String, limits: XMLLimits = .standard, namespaces: [XMLNamespace] = []) throws -> XMLDocument {
    try XMLDocument(Array(text.utf8), limits: limits, namespaces: namespaces)
}

/// The error of a document that must be refused; nil when it is read.
func refusal(_ bytes: [UInt8], limits: XMLLimits = .standard) -> XMLError? {
    do {
        _ = try XMLDocument(bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

func refusal(_ text: String, limits: XMLLimits = .standard) -> XMLError? { refusal(Array(text.utf8), limits: limits) }

/// Code and line of a refusal, for example `XML-121 2`; `read` when it is none.
func outcome(_ bytes: [UInt8], limits: XMLLimits = .standard) -> String {
    guard let error = refusal(bytes, limits: limits) else { return "read" }
    return error.code.rawValue + (error.line.map { " \($0)" } ?? "")
}

/// Codes and lines of warnings, for example `XML-203 2`.
func warnings(_ document: XMLDocument) -> [String] {
    document.issues.map { issue in issue.code.rawValue + (issue.location.line.map { " \($0)" } ?? "") }
}

/// A text in UTF-16, without byte order mark.
func utf16(_ text: String, littleEndian: Bool = true) -> [UInt8] {
    text.utf16.flatMap { unit in
        littleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
}

/// The C-CDA documents beside the repository, where they are at hand.
enum Corpus {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/corpora/ccda").standardizedFileURL

    static func bytes(of path: String) -> [UInt8]? {
        guard let data = try? Data(contentsOf: folder.appending(path: path)) else {
            print("not tested, no corpus: \(path)")
            return nil
        }
        return [UInt8](data)
    }

    /// Paths of all XML files, in name order; empty without the corpus.
    static func documents() -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        if paths.isEmpty { print("not tested, no corpus in \(folder.path)") }
        return paths.filter { $0.hasSuffix(".xml") }.sorted()
    }
}

/// A generator of the same numbers every time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
