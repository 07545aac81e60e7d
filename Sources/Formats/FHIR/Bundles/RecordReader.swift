public import ClinicalModel
public import Diagnostics
public import JSONTree

/// Reads a whole FHIR input: what it is, is decided by its content.
///
/// One document gives the records of its patients. Of NDJSON, lines that are Bundles are records of their own; lines that
/// are single resources belong together. A line that cannot be read costs no other line.
public struct RecordReader: Sendable {
    /// What came out of an input.
    public struct Result: Sendable {
        /// The records, in input order; empty when the input was refused.
        public var records: [PatientRecord] = []
        /// Why the input, or lines of it, could not be used.
        public var refused: [Issue] = []
        /// 1-based numbers of the lines that could not be read; empty for a single document.
        public var badLines: [Int] = []
        /// How many lines were read.
        public var goodLines = 0
    }

    private let terminology: Terminology

    /// A reader with the code lists in force.
    public init(terminology: Terminology) { self.terminology = terminology }

    /// Reads an input.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 JSON or NDJSON.
    ///   - source: The input's name as given; nil when there is only one.
    ///   - asOf: The evaluation day, so that findings dated after it are reported.
    public func read(_ bytes: [UInt8], source: String? = nil, asOf: Day? = nil) -> Result {
        switch JSONInput(of: bytes) {
        case .lines: return readLines(bytes, source: source, asOf: asOf)
        case .document, .empty:
            do {
                return read(try JSONDocument(bytes), source: source, asOf: asOf)
            } catch {
                return Result(refused: [error.issue(source: source)])
            }
        }
    }

    /// Reads one document; refuses what is no FHIR R4 resource.
    public func read(_ document: JSONDocument, source: String? = nil, asOf: Day? = nil) -> Result {
        if let issue = document.read({ Self.refusal(of: $0, source: source) }) { return Result(refused: [issue]) }
        var builder = RecordBuilder(terminology: terminology, source: source)
        builder.add(document)
        var result = Result(goodLines: 1)
        let records = builder.finish(asOf: asOf)
        if builder.readNothing {
            result.refused = records.flatMap { $0.issues.filter(\.refusesInput) }
            if !result.refused.isEmpty { return result }
        }
        if builder.isMostlyOtherVersion {
            result.refused = [
                Issue(
                    .fhirOtherVersion, .fatal, at: SourceLocation(source: source, path: "$"),
                    expected: "a record in FHIR R4", found: "mostly resources in the shape of another FHIR version")
            ]
            return result
        }
        result.records = records
        return result
    }

    /// Why a document is no FHIR resource at all; nil when it may be one.
    public static func refusal(of root: JSONNode, source: String? = nil) -> Issue? {
        func issue(_ code: IssueCode, _ found: String) -> Issue {
            let position = root.position
            return Issue(
                code, .fatal,
                at: SourceLocation(source: source, path: "$", line: position.line, column: position.column),
                expected: "a FHIR R4 resource", found: found)
        }
        if root.isArray { return issue(.fhirArray, "an array") }
        guard root.isObject else { return issue(.fhirNoResource, root.shape) }
        guard root["resourceType"]?.isString == true else {
            return issue(.fhirNoResource, "an object without resourceType")
        }
        return nil
    }

    // MARK: Lines

    private func readLines(_ bytes: [UInt8], source: String?, asOf: Day?) -> Result {
        var result = Result()
        var builder = RecordBuilder(terminology: terminology, source: source)
        var hasSingles = false
        var placeOfSingles = 0
        for line in JSONLines(bytes) {
            do {
                let document = try JSONDocument(bytes, in: line.range, firstLine: line.number)
                if let issue = document.read({ Self.refusal(of: $0, source: source) }) {
                    result.refuse(issue, line: line.number)
                } else if document.read({ $0["resourceType"]?.stringBytes.map { $0 == "Bundle" } == true }) {
                    let name = source.map { "\($0):\(line.number)" }
                    let inner = read(document, source: name, asOf: asOf)
                    result.records += inner.records
                    for issue in inner.refused { result.refuse(issue, line: line.number) }
                    if inner.refused.isEmpty { result.goodLines += 1 }
                } else {
                    if !hasSingles { placeOfSingles = result.records.count }
                    hasSingles = true
                    builder.add(document)
                    result.goodLines += 1
                }
            } catch {
                result.refuse(error.issue(source: source), line: line.number)
                if !line.isEnded { result.refuse(cut(line, source: source), line: line.number) }
            }
        }
        if hasSingles {
            result.records.insert(contentsOf: builder.finish(asOf: asOf), at: placeOfSingles)
        }
        return result
    }

    /// A last line without an end that cannot be read was cut: the download is not complete.
    private func cut(_ line: JSONLine, source: String?) -> Issue {
        Issue(
            .fhirBadLine, .error, at: SourceLocation(source: source, line: line.number),
            expected: "a last line that is whole", found: "a line cut short; the download is not complete")
    }
}

extension RecordReader.Result {
    fileprivate mutating func refuse(_ issue: Issue, line: Int) {
        refused.append(issue)
        if badLines.last != line { badLines.append(line) }
    }
}

extension Issue {
    /// Whether it says that a lone resource cannot be read at all, not only that it may not be used.
    fileprivate var refusesInput: Bool {
        switch code {
        case .fhirOtherVersion, .fhirUnknownType, .fhirNoType, .fhirNotAnObject: true
        default: severity >= .error && code.rawValue.hasPrefix("JSON-")
        }
    }
}

extension RecordBuilder {
    /// Whether more resources have the shape of another version than of R4: such an input is not read by halves.
    var isMostlyOtherVersion: Bool {
        let understood = counts.reduce(0) { $0 + $1.used + $1.notNeeded }
        return foreignCount > 1 && foreignCount > understood
    }

    /// Whether no resource was used or even understood.
    var readNothing: Bool {
        otherTypesCount.used + otherTypesCount.notNeeded == 0 && counts.allSatisfy { $0.used + $0.notNeeded == 0 }
    }
}
