import CCDA
import CDSHooks
import ClinicalDocuments
import ClinicalModel
import DecisionSupport
import Diagnostics
import FHIR
import JSONTree
import KnowledgeBase

/// What an input turned out to hold: the records of its patients, or why it cannot be used.
enum ReadRecord: Sendable {
    /// A file's resources: a record for each patient.
    case records([PatientRecord])
    /// A CDS Hooks request.
    case request(HookRequest)
}

/// Reads the bytes of a record: a FHIR resource, a Bundle, resources a line, a CDS Hooks request, or a C-CDA document.
struct RecordReading: Sendable {
    let terminology: Terminology
    let requests: HookRequestReader
    let documents: ClinicalDocumentReader
    let attachments: AttachedDocuments
    /// The day given by the caller; nil when the records say it themselves.
    let asOf: Day?
    /// Whether evidence names its input: only where a record may come from several.
    let namesSources: Bool

    init(engine: Engine, asOf: Day?, namesSources: Bool) {
        terminology = engine.knowledge.terminology
        requests = HookRequestReader(terminology: terminology, declared: HookService.declaredParts)
        documents = ClinicalDocumentReader(terminology: terminology)
        attachments = AttachedDocuments(terminology: terminology)
        self.asOf = asOf
        self.namesSources = namesSources
    }

    /// - Throws: The issues that say why nothing of it can be used.
    func read(_ input: InputRecord) throws(Refused) -> ReadRecord {
        switch input.content {
        case .refused(let issue): throw Refused(issue)
        case .document(let bytes, let firstLine):
            return try read(try parse(bytes, firstLine: firstLine, source: input.source), source: input.source)
        case .xml(let bytes): return .records(withAttachments([try read(xml: bytes, source: input.source)]))
        case .resources(let lines): return .records(try read(lines, source: input.source))
        }
    }

    private func read(xml bytes: [UInt8], source: String) throws(Refused) -> PatientRecord {
        do {
            return try documents.read(bytes, source: namesSources ? source : nil, asOf: asOf)
        } catch {
            throw Refused(error.issues)
        }
    }

    private func withAttachments(_ records: [PatientRecord]) -> [PatientRecord] {
        records.map { record in
            var record = record
            attachments.read(into: &record, asOf: asOf)
            return record
        }
    }

    private func read(_ document: JSONDocument, source: String) throws(Refused) -> ReadRecord {
        enum Kind { case resource, request, array, other }
        let kind = document.read { root -> Kind in
            if root.isArray { return .array }
            if HookRequestReader.isRequest(root) { return .request }
            return root["resourceType"] == nil ? .other : .resource
        }
        switch kind {
        case .request:
            do {
                return .request(try requests.read(document, source: namesSources ? source : nil, asOf: asOf))
            } catch {
                throw Refused(error.issues)
            }
        case .resource:
            var builder = RecordBuilder(terminology: terminology, source: namesSources ? source : nil)
            builder.add(document)
            return .records(try usable(builder.finish(asOf: asOf), source: source))
        case .array:
            throw Refused(InputCode.array, source, "one resource, Bundle or request, or one a line", "a JSON array")
        case .other:
            throw Refused(InputCode.noRecord, source, "a FHIR resource or a CDS Hooks request", "another JSON object")
        }
    }

    /// Lines that are resources of one patient. A line that cannot be read costs itself; what it held is unknown.
    private func read(_ lines: [InputRecord.Line], source: String) throws(Refused) -> [PatientRecord] {
        var builder = RecordBuilder(terminology: terminology, source: namesSources ? source : nil)
        var readable = 0
        var owners: Set<String> = []
        for line in lines {
            let name = "\(source):\(line.number)"
            do throws(Refused) {
                if !line.isEnded && !JSONShape.isOneBracketedValue(line.bytes) {
                    throw Refused(InputFailure.cutLine(source: name, line: line.number).issue)
                }
                let document = try parse(line.bytes, firstLine: line.number, source: name)
                guard document.read({ $0.isObject }) else {
                    throw Refused(InputCode.unexpectedLine, name, "a resource", "a line that is no object")
                }
                builder.add(document)
                if let owner = document.read(owner) { owners.insert(owner) }
                readable += 1
            } catch {
                error.issues.forEach { builder.add($0) }
                // What stood in the line is not known, so nothing can be taken as absent.
                RecordPart.allCases.forEach { builder.markNotRetrieved($0) }
            }
        }
        guard readable > 0 else {
            throw Refused(InputCode.noRecord, source, "resources, one a line", "no line that can be read")
        }
        let records = try usable(builder.finish(asOf: asOf), source: source)
        let patients = max(records.count, owners.count)
        guard patients == 1 else {
            throw Refused(
                InputCode.severalPatients, source, "resources of one patient, or a Bundle a line",
                "resources of \(patients) patients")
        }
        return records
    }

    /// The patient that a resource names, whether or not the resource is needed; nil when it names none.
    private func owner(_ resource: JSONNode) -> String? {
        if resource["resourceType"]?.string == "Patient" { return resource["id"]?.string }
        let reference = resource["subject"]?["reference"] ?? resource["patient"]?["reference"]
        guard let text = reference?.string, !text.hasPrefix("#") else { return nil }
        let parts = text.split(separator: "/")
        // Of an absolute or versioned reference the id is the part behind the type.
        guard let type = parts.lastIndex(of: "Patient"), type + 1 < parts.count else {
            return parts.count == 1 ? text : nil
        }
        return String(parts[type + 1])
    }

    /// A record of which every resource was refused is no record.
    private func usable(_ records: [PatientRecord], source: String) throws(Refused) -> [PatientRecord] {
        let counts = records.flatMap(\.counts.values)
        if !counts.isEmpty, counts.allSatisfy({ $0.used == 0 && $0.notNeeded == 0 && $0.refused > 0 }) {
            let nothing = Issue(
                InputCode.nothingUsable, .fatal, at: SourceLocation(source: source),
                expected: "resources that can be used", found: "only such as were refused")
            throw Refused([nothing] + records.flatMap(\.issues))
        }
        return withAttachments(records)
    }

    private func parse(_ bytes: [UInt8], firstLine: Int, source: String) throws(Refused) -> JSONDocument {
        do {
            return try JSONDocument(bytes, firstLine: firstLine)
        } catch {
            throw Refused(error.issue(source: source))
        }
    }
}

/// Why nothing of an input can be used.
struct Refused: Error {
    let issues: [Issue]

    init(_ issues: [Issue]) { self.issues = issues }
    init(_ issue: Issue) { issues = [issue] }

    init(_ code: IssueCode, _ source: String, _ expected: String, _ found: String) {
        self.init(Issue(code, .fatal, at: SourceLocation(source: source), expected: expected, found: found))
    }
}
