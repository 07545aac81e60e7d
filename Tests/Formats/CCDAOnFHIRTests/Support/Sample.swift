import CCDA
import CCDAOnFHIR
import JSONTree

/// Small invented documents for tests, and what becomes of them.
enum Sample {
    /// `2.16.840.1.113883.10.20.22.4.` and the end of an entry template's OID.
    static func template(_ end: String) -> String { "<templateId root='2.16.840.1.113883.10.20.22.4.\(end)'/>" }

    /// A CCD of R2.1.
    ///
    /// - Parameters:
    ///   - sections: `component` elements of the structured body, as ``section(_:title:text:attributes:entries:)`` makes them.
    ///   - time: `effectiveTime/@value`.
    ///   - patient: What stands in `patientRole`.
    ///   - header: What stands between `effectiveTime` and `recordTarget`.
    static func document(
        _ sections: [String], time: String = "20250616093000-0500", patient: String = Sample.patient,
        header: String = "<confidentialityCode code='N' codeSystem='2.16.840.1.113883.5.25'/>"
    ) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <realmCode code="US"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
            <templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
            <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
            <id root="2.16.840.1.113883.19.5.99999.1" extension="D1"/>
            <code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title>
            <effectiveTime value="\(time)"/>\(header)
            <recordTarget><patientRole>\(patient)</patientRole></recordTarget>
            <author><time value="\(time)"/><assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1234567893"/>
            <assignedPerson><name><given>Ada</given><family>Author</family></name></assignedPerson></assignedAuthor></author>
            <custodian><assignedCustodian><representedCustodianOrganization>
            <id root="2.16.840.1.113883.19.5"/><name>Invented Clinic</name>
            </representedCustodianOrganization></assignedCustodian></custodian>
            <component><structuredBody>\(sections.joined(separator: "\n"))</structuredBody></component>
            </ClinicalDocument>
            """.utf8)
    }

    /// A woman born in 1970.
    static let patient = """
        <id root="2.16.840.1.113883.19.5" extension="P1"/><patient><name><given>Eve</given><family>Example</family></name>
        <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19700501"/></patient>
        """

    /// A section of the body.
    ///
    /// - Parameters:
    ///   - code: LOINC code; nil for a section without one.
    ///   - text: The narrative; nil for a section without one.
    ///   - attributes: Of the section element, for example ` nullFlavor='NI'`.
    ///   - inside: What stands between the narrative and the entries, or behind them: subject, nested sections.
    ///   - entries: What stands in one `entry` each.
    static func section(
        _ code: String?, title: String = "Section", text: String? = "<paragraph>Words.</paragraph>",
        attributes: String = "", inside: String = "", entries: [String] = []
    ) -> String {
        let code = code.map { "<code code='\($0)' codeSystem='2.16.840.1.113883.6.1'/>" } ?? ""
        let text = text.map { "<text>\($0)</text>" } ?? ""
        let entries = entries.map { "<entry>\($0)</entry>" }.joined()
        return
            "<component><section\(attributes)>\(code)<title>\(title)</title>\(text)\(inside)\(entries)</section></component>"
    }

    /// Converts one section in a document of its own.
    static func convert(
        _ code: String?, _ entries: String..., text: String? = "<paragraph>Words.</paragraph>", attributes: String = "",
        inside: String = "", time: String = "20250616093000-0500"
    ) throws -> Converted {
        let section = section(code, text: text, attributes: attributes, inside: inside, entries: entries)
        return try convert([section], time: time)
    }

    /// Converts a document.
    static func convert(_ sections: [String], time: String = "20250616093000-0500") throws -> Converted {
        Converted(try DocumentConverter().convert(document(sections, time: time)))
    }
}

/// A converted document, with look-ups for tests.
struct Converted {
    let document: ConvertedDocument
    let resources: [JSONValue]

    init(_ document: ConvertedDocument) {
        self.document = document
        resources = document.bundle["entry"]?.items.compactMap { $0["resource"] } ?? []
    }

    /// All resources of a type, in order.
    func all(_ type: String) -> [JSONValue] { resources.filter { $0["resourceType"]?.text == type } }

    /// The outcomes of the loss report by the element's name and rank: `mapped` ones are not listed.
    var losses: [String] { document.loss.items.map { "\($0.outcome.rawValue): \($0.reason)" } }
}

extension JSONValue {
    /// The elements of an array; empty for anything else.
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    /// The text of a string or number, `true` or `false`; nil for anything else.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): String(value)
        default: nil
        }
    }
    /// The value at a path of names and indices, for example `code.coding.0.code`; nil when there is none.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(Optional(self)) { value, step in
            guard let index = Int(step) else { return value?[String(step)] }
            let items = value?.items ?? []
            // A ternary with nil would be the value null.
            guard items.indices.contains(index) else { return nil }
            return items[index]
        }
    }
    /// The text at a path.
    func text(_ path: String) -> String? { at(path)?.text }
}
