import CCDA
import Diagnostics
import JSONTree
import XMLTree

@testable import CCDAOnFHIR

/// Invented documents whose header matters.
enum HeaderDocument {
    static let patientRole =
        "<recordTarget><patientRole><id root='2.16.840.1.113883.19.5' extension='P1'/></patientRole></recordTarget>"
    static let id = "<id root='2.16.840.1.113883.19.9' extension='D 1'/>"
    static let time = "<effectiveTime value='20250616093000-0500'/>"
    static let author =
        "<author><time value='20250616'/><assignedAuthor>\(person(id: "100", name: "Ada Author"))</assignedAuthor></author>"

    /// What stands in an assigned role for a person: id, names.
    static func person(id: String?, name: String?, rest: String = "") -> String {
        let id = id.map { "<id root='2.16.840.1.113883.4.6' extension='\($0)'/>" } ?? ""
        let parts = name?.split(separator: " ") ?? []
        let name = parts.isEmpty ? "" : "<name><given>\(parts[0])</given><family>\(parts[1])</family></name>"
        return id + (name.isEmpty ? "" : "<assignedPerson>\(name)</assignedPerson>") + rest
    }

    /// A document of a CCD's templates.
    static func text(
        _ header: String = "", id: String = HeaderDocument.id, time: String = HeaderDocument.time,
        patient: String = HeaderDocument.patientRole, author: String = HeaderDocument.author,
        sections: [String] = [Sample.section("48768-6")],
        body: String? = nil
    ) -> [UInt8] {
        let structured = "<structuredBody>\(sections.joined())</structuredBody>"
        return Array(
            """
            <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
            <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>\(id)\
            <code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/>\(time)\(patient)\(author)\(header)\
            <component>\(body ?? structured)</component></ClinicalDocument>
            """.utf8)
    }

    /// Converts such a document.
    static func convert(
        _ header: String = "", id: String = HeaderDocument.id, time: String = HeaderDocument.time,
        patient: String = HeaderDocument.patientRole, author: String = HeaderDocument.author,
        sections: [String] = [Sample.section("48768-6")],
        body: String? = nil, options: DocumentConverter.Options = .init()
    ) throws -> Converted {
        let bytes = text(
            header, id: id, time: time, patient: patient, author: author, sections: sections, body: body)
        return Converted(try DocumentConverter(options: options).convert(bytes))
    }

    /// A mapper over such a document with nothing mapped but the patient.
    static func mapper(_ bytes: [UInt8]) throws -> DocumentMapper {
        let tree = try XMLDocument(bytes, namespaces: [.cda, .sdtc, .xsi])
        var mapper = DocumentMapper(try ClinicalDocument(tree, source: nil))
        mapper.mapPatient()
        return mapper
    }
}

extension JSONValue {
    /// The text at a path, `…` for an object or list; nil only when there is nothing at all.
    func said(_ path: String) -> String? { at(path).map { $0.text ?? "…" } }
}

extension Converted {
    /// The first resource of a type.
    func first(_ type: String) -> JSONValue? { all(type).first }
    /// The resource behind a reference.
    func target(_ reference: JSONValue?) -> JSONValue? {
        reference?.text("reference").flatMap { url in resources.first { "urn:uuid:" + ($0.text("id") ?? "") == url } }
    }
    /// Codes of the issues, with what was found, in order.
    var doubts: [String] { document.issues.map { "\($0.code.rawValue) \($0.severity.rawValue): \($0.found)" } }
}
