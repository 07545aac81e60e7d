import CCDA
import JSONTree
import XMLTree

/// ClinicalDocument → Composition.
extension DocumentMapper {
    /// Makes the Composition. To be called when everything that its sections list is there.
    mutating func mapComposition(encounter: String?, options: DocumentConverter.Options) -> String {
        let root = document.root
        let identifier = [root.first("setId"), root.first("id")].lazy
            .compactMap { $0.flatMap { InstanceIdentifier($0).json } }.first
        let members: [(String, JSONValue?)] = [
            ("language", documentLanguage.map { .string($0) }), ("extension", compositionExtensions),
            ("identifier", identifier), ("status", "final"), ("type", documentType ?? .absent()),
            ("subject", reference(patient)), ("encounter", encounter.map { reference($0) }),
            documentDate, ("author", documentAuthors()), ("title", .string(documentTitle)),
            ("confidentiality", confidentiality.map { .string($0) }), ("attester", attesters()),
            ("custodian", custodian()), ("relatesTo", relatedDocuments()), ("event", compositionEvents()),
            ("section", sections(below: nil, options: options)),
        ]
        return sink.add(
            "Composition", from: root, key: root.instanceIdentifiers.compactMap(\.key), group: .composition, members)
    }

    /// `code` of the document as CodeableConcept; nil when it has none.
    var documentType: JSONValue? { context.concept(document.root.first("code")) }

    /// `title`, else what its code is called.
    var documentTitle: String {
        document.root.first("title")?.words
            ?? document.root.first("code").flatMap { CodedValue($0, in: context).text } ?? document.kind.name
    }

    private var documentLanguage: String? {
        let code = document.root.first("languageCode")?["code"]?.trimmingBlanks()
        return code?.isEmpty == false ? code : nil
    }

    private var documentDate: (String, JSONValue?) {
        guard let time = document.effectiveTime else { return ("_date", .absent()) }
        return ("date", .string(time.fhir))
    }

    /// Codes that FHIR admits.
    private var confidentiality: String? {
        let code = document.root.first("confidentialityCode")?["code"]?.trimmingBlanks()
        return code.flatMap { ["U", "L", "M", "N", "R", "V"].contains($0) ? $0 : nil }
    }

    /// Documents that this one replaces, completes or is made from.
    private func relatedDocuments() -> JSONValue? {
        let codes = ["RPLC": "replaces", "APND": "appends", "XFRM": "transforms"]
        return document.root.elements("relatedDocument").compactMap { related in
            guard let code = related["typeCode"].flatMap({ codes[$0] }), let parent = related.first("parentDocument"),
                let identifier = parent.instanceIdentifiers.lazy.compactMap(\.json).first
                    ?? parent.first("setId").flatMap({ InstanceIdentifier($0).json })
            else { return nil }
            return ["code": .string(code), "targetIdentifier": identifier]
        }.nonEmptyArray
    }
}
