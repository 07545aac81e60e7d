import Foundation

/// A small C-CDA document about an invented patient, put together from parts.
public struct SampleDocument: Sendable {
    /// Identifiers of the patient: root and extension.
    public var identifiers: [(root: String, value: String)] = [("2.16.840.1.113883.19.5", "p1")]
    /// Family name.
    public var family = "Roe"
    /// Given name.
    public var given = "Ann"
    /// `birthTime`.
    public var birth = "19700101"
    /// `effectiveTime`.
    public var time = "20250616090000-0500"
    /// `id` of the document.
    public var id = "c83448eb-6e82-5b7c-8cd5-490ae41d1c50"
    /// Sections, each whole.
    public var sections: [String] = []

    /// A document without sections.
    public init() {}

    /// A document with sections.
    public init(_ sections: String...) { self.sections = sections }

    /// The document.
    public var xml: String {
        let ids = identifiers.map { #"<id root="\#($0.root)" extension="\#($0.value)"/>"# }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <realmCode code="US"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
            <templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
            <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
            <id root="\(id)"/>
            <code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title>
            <effectiveTime value="\(time)"/>
            <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="en-US"/>
            <recordTarget><patientRole>\(ids)<patient><name use="L"><given>\(given)</given><family>\(family)</family></name>
            <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="\(birth)"/>
            </patient></patientRole></recordTarget>
            <author><time value="\(time)"/><assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1245319599"/>
            <assignedPerson><name><given>Bruno</given><family>Author</family></name></assignedPerson></assignedAuthor></author>
            <custodian><assignedCustodian><representedCustodianOrganization>
            <id root="2.16.840.1.113883.4.6" extension="1245319599"/><name>Example Clinic</name>
            </representedCustodianOrganization></assignedCustodian></custodian>
            <component><structuredBody>
            \(sections.map { "<component>\($0)</component>" }.joined(separator: "\n"))
            </structuredBody></component>
            </ClinicalDocument>
            """
    }

    /// The document as UTF-8.
    public var bytes: [UInt8] { Array(xml.utf8) }

    /// The document as the `data` of an attachment.
    public var base64: String { Data(bytes).base64EncodedString() }
}

extension SampleDocument {
    /// A problem section; each problem an ICD-10-CM code and `effectiveTime/low`.
    public static func problems(_ problems: (code: String, onset: String)...) -> String {
        let entries = problems.enumerated().map { index, problem in
            """
            <entry><act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.3"/>
            <id root="2.16.840.1.113883.19.7" extension="concern-\(index)"/><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
            <statusCode code="active"/><effectiveTime><low value="\(problem.onset)"/></effectiveTime>
            <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
            <templateId root="2.16.840.1.113883.10.20.22.4.4"/>
            <id root="2.16.840.1.113883.19.7" extension="problem-\(index)"/>
            <code code="55607006" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/>
            <effectiveTime><low value="\(problem.onset)"/></effectiveTime>
            <value xsi:type="CD" code="\(problem.code)" codeSystem="2.16.840.1.113883.6.90"/>
            </observation></entryRelationship></act></entry>
            """
        }
        return section("11450-4", "2.16.840.1.113883.10.20.22.2.5.1", entries)
    }

    /// A plan of treatment; each order a CPT code and the time it was written.
    public static func plan(mood: String = "RQO", _ orders: (code: String, authored: String)...) -> String {
        let entries = orders.enumerated().map { index, order in
            """
            <entry><observation classCode="OBS" moodCode="\(mood)"><templateId root="2.16.840.1.113883.10.20.22.4.44"/>
            <id root="2.16.840.1.113883.19.7" extension="order-\(index)"/>
            <code code="\(order.code)" codeSystem="2.16.840.1.113883.6.12"/><statusCode code="active"/>
            <author><templateId root="2.16.840.1.113883.10.20.22.4.119"/><time value="\(order.authored)"/>
            <assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1245319599"/></assignedAuthor></author>
            </observation></entry>
            """
        }
        return section("18776-5", "2.16.840.1.113883.10.20.22.2.10", entries)
    }

    /// A section with an entry for an observation in the mood of a definition: it is kept as text.
    public static func lossy(_ code: String) -> String {
        let entry = """
            <entry><observation classCode="OBS" moodCode="DEF"><code code="1-8" codeSystem="2.16.840.1.113883.6.1"/>
            </observation></entry>
            """
        return section(code, "2.16.840.1.113883.19.8", [entry])
    }

    private static func section(_ code: String, _ template: String, _ entries: [String]) -> String {
        """
        <section><templateId root="\(template)"/><code code="\(code)" codeSystem="2.16.840.1.113883.6.1"/>
        <title>Section</title><text>Words</text>
        \(entries.joined(separator: "\n"))
        </section>
        """
    }
}
