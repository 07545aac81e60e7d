import CCDA
public import ClinicalModel
import Diagnostics
public import FHIR

/// Reads the documents that a record carries as attachments of its DocumentReferences, and joins what they say of the same
/// patient.
public struct AttachedDocuments: Sendable {
    private let reader: ClinicalDocumentReader

    /// A reader with the code lists in force.
    public init(terminology: Terminology) { reader = ClinicalDocumentReader(terminology: terminology) }

    /// Reads every document of a record into it. None of their orders comes under review: orders are those of the record.
    ///
    /// A document about somebody else is left out. Of one that cannot be read, or that nothing shows to be about this
    /// patient, nobody knows what it holds: that part of the record is refused. One that was only named leaves the red
    /// flags open.
    public func read(into record: inout PatientRecord, asOf: Day?) {
        let patient = record
        let documents = record.attachments
        record.attachments = []
        for document in documents { read(document, of: patient, into: &record, asOf: asOf) }
    }

    private func read(
        _ document: AttachedDocument, of patient: PatientRecord, into record: inout PatientRecord, asOf: Day?
    ) {
        guard document.isDeclaredXML != false else { return }
        guard let text = document.base64 else {
            if document.isDeclaredXML == true { leaveOpen(document, in: &record) }
            return
        }
        guard let bytes = Base64.decoded(text) else {
            return refuse(document, .documentUnreadable, "base64", "something else", in: &record)
        }
        guard ClinicalDocumentReader.looksLikeDocument(bytes) else {
            // Without a declared type its bytes say what it is.
            if document.isDeclaredXML == nil { return }
            return refuse(document, .documentUnreadable, "an XML document", "something else", in: &record)
        }
        do {
            let source = record.record.patient?.source
            let content = try reader.read(bytes, source: source, attachment: document.at, asOf: asOf)
            join(content, document, of: patient, into: &record)
        } catch {
            record.issues += error.issues
            refuse(document, .documentUnreadable, "a C-CDA document", "one that is refused", in: &record)
        }
    }

    private func join(
        _ content: PatientRecord, _ document: AttachedDocument, of patient: PatientRecord,
        into record: inout PatientRecord
    ) {
        switch content.isSamePerson(as: patient) {
        case .same:
            record = record.joined(with: content, orders: .onRecordOnly)
            if !content.attachments.isEmpty { leaveOpen(document, in: &record) }
        case .other:
            add(.ccdaOtherPatient, .error, document, "a document about this patient", "another patient's", to: &record)
        case .notShown:
            refuse(
                document, .documentPatientNotShown,
                "an identifier in common, or the same birth date, family and given name", "neither", in: &record)
        }
    }

    private func refuse(
        _ document: AttachedDocument, _ code: IssueCode, _ expected: String, _ found: String,
        in record: inout PatientRecord
    ) {
        record.record.refused.insert(.documentReferences)
        add(code, .error, document, expected, found + "; the document is not used", to: &record)
    }

    /// Says that a document is known of and what it holds is not.
    private func leaveOpen(_ document: AttachedDocument, in record: inout PatientRecord) {
        let place = Provenance(
            resource: document.reference ?? "DocumentReference", at: document.at, source: record.record.patient?.source)
        record.record.unreadTexts.append(UnreadText(provenance: place, part: .documentReferences))
        add(.documentNotSent, .warning, document, "the document itself", "only its address", to: &record)
    }

    private func add(
        _ code: IssueCode, _ severity: Severity, _ document: AttachedDocument, _ expected: String, _ found: String,
        to record: inout PatientRecord
    ) {
        let place = SourceLocation(source: record.record.patient?.source, path: document.at)
        record.issues.append(Issue(code, severity, at: place, expected: expected, found: found))
    }
}
