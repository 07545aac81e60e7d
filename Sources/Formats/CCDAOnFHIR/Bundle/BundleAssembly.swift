import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension DocumentMapper {
    /// Begins with a document of which nothing is mapped yet.
    init(_ document: ClinicalDocument) {
        self.init(
            document: document, sink: ResourceSink(documentKey: document.key, metaSource: nil),
            ledger: LossLedger(document))
    }

    /// Maps header and body.
    mutating func mapDocument() {
        mapPatient()
        for section in document.sections { mapEntries(of: section) }
        finishFindings()
        finishActivities()
    }

    /// The Bundle and what goes with it.
    func converted() -> ConvertedDocument {
        let entries = sink.entries.map { entry in
            JSONValue.object([
                ("fullUrl", .string("urn:uuid:" + entry.id)), ("resource", sink.resource(entry)),
            ])
        }
        return ConvertedDocument(
            bundle: .object([
                ("resourceType", "Bundle"), ("type", "collection"), ("entry", .array(entries)),
            ]),
            paths: sink.entries.map(\.element.path), loss: ledger.report(for: document), issues: context.issues,
            kind: document.kind.name)
    }
}
