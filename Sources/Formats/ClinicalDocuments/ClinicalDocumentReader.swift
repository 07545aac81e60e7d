public import CCDA
import CCDAOnFHIR
public import ClinicalModel
import Diagnostics
public import FHIR
import JSONTree

/// Reads C-CDA documents into patient records.
///
/// There is one mapping to facts: a document is converted to the Bundle that `convert` writes, and that is read like any
/// other. Facts and issues name the elements of the document.
public struct ClinicalDocumentReader: Sendable {
    private let terminology: Terminology

    /// A reader with the code lists in force.
    public init(terminology: Terminology) { self.terminology = terminology }

    /// Whether an input is XML, by its content.
    public static func looksLikeDocument(_ bytes: some Collection<UInt8>) -> Bool {
        DocumentConverter.looksLikeXML(bytes)
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document in any encoding that XML admits.
    ///   - source: The input's name; nil when there is only one.
    ///   - attachment: JSONPath of the attachment that the document stood in: places are then written behind it, as
    ///     `$.entry[1].resource.content[0].attachment#/ClinicalDocument/…`. Nil for a document of its own.
    ///   - asOf: The evaluation day, so that findings dated after it are reported.
    /// - Throws: The issues that say why nothing of it is used.
    public func read(
        _ bytes: [UInt8], source: String? = nil, attachment: String? = nil, asOf: Day? = nil
    ) throws(DocumentRefused) -> PatientRecord {
        let place = AttachmentPlace(path: attachment)
        let converted: ConvertedDocument
        do {
            converted = try DocumentConverter().convert(bytes, source: source)
        } catch {
            throw DocumentRefused(issues: error.issues.map(place.placed))
        }
        let document: JSONDocument
        do {
            document = try JSONDocument(converted.bytes)
        } catch {
            throw DocumentRefused(issues: [error.issue(source: source)])
        }
        var builder = RecordBuilder(terminology: terminology, source: source)
        builder.add(
            document,
            from: SourceElements(
                root: place.placed("/ClinicalDocument"), entries: converted.paths.map { place.placed($0) }))
        var record = builder.finish(asOf: asOf).first ?? PatientRecord(record: ClinicalRecord())
        // The sum of the losses is said section by section.
        let issues = converted.issues.filter { $0.code != .ccdaLoss } + converted.loss.issues(source: source)
        record.issues = issues.map(place.placed) + record.issues
        return record
    }
}

/// Where places of a document are that stood in an attachment.
private struct AttachmentPlace {
    /// JSONPath of the attachment; nil for a document of its own.
    let path: String?

    func placed(_ element: String) -> String { path.map { "\($0)#\(element)" } ?? element }

    /// The issue at its place; lines of a document in an attachment are no lines of the input.
    func placed(_ issue: Issue) -> Issue {
        guard let path else { return issue }
        var place = SourceLocation(source: issue.location.source, path: path)
        if let element = issue.location.path { place.path = placed(element) }
        return Issue(issue.code, issue.severity, at: place, expected: issue.expected, found: issue.found)
    }
}
