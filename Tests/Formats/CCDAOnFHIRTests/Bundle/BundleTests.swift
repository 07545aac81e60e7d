import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

@Suite("The Bundle")
struct BundleTests {
    struct Kind: CustomTestStringConvertible {
        let because: String
        var id = HeaderDocument.id
        var time = HeaderDocument.time
        let type: String
        let timestamp: String?
        let first: String
        var testDescription: String { because }
    }

    static let kinds = [
        Kind(
            because: "with id and time it is a document", type: "document", timestamp: "2025-06-16T09:30:00-05:00",
            first: "Composition"),
        Kind(
            because: "an id of a root alone is enough", id: "<id root='2.16.840.1.113883.19.9'/>", type: "document",
            timestamp: "2025-06-16T09:30:00-05:00", first: "Composition"),
        Kind(
            because: "without zone it has no timestamp", time: "<effectiveTime value='20250616093000'/>",
            type: "collection", timestamp: nil, first: "Patient"),
        Kind(
            because: "a day is no timestamp", time: "<effectiveTime value='20250616'/>", type: "collection",
            timestamp: nil, first: "Patient"),
        Kind(
            because: "without id it is a collection", id: "", type: "collection",
            timestamp: "2025-06-16T09:30:00-05:00", first: "Patient"),
        Kind(
            because: "a null id is none", id: "<id nullFlavor='NI'/>", type: "collection",
            timestamp: "2025-06-16T09:30:00-05:00", first: "Patient"),
        Kind(
            because: "without any time", time: "", type: "collection", timestamp: nil, first: "Patient"),
    ]

    @Test("is a document where R4 allows it, else a collection, and says so", arguments: kinds)
    func kind(_ row: Kind) throws {
        let converted = try HeaderDocument.convert(id: row.id, time: row.time)
        let bundle = converted.document.bundle
        #expect(bundle.text("type") == row.type)
        #expect(bundle.text("timestamp") == row.timestamp)
        #expect(converted.resources.first?.text("resourceType") == row.first)
        #expect(
            converted.doubts.filter { $0.hasPrefix("CCDA-203") }
                == (row.type == "document" ? [] : ["CCDA-203 information: less; the Bundle is a collection"]))
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("begins with Composition and Patient, and ends with who took part, Provenance and losses")
    func order() throws {
        let entries = [CompositionTests.result, Self.unreadable]
        let converted = try HeaderDocument.convert(
            EncounterTests.encounter(EncounterTests.id),
            sections: [Sample.section("30954-2", entries: entries), Sample.section("11450-4", entries: [Self.problem])])
        #expect(
            converted.resources.map { $0.text("resourceType") } == [
                "Composition", "Patient", "Encounter", "Observation", "Condition", "Practitioner", "Provenance",
                "OperationOutcome",
            ])
        #expect(converted.document.paths[0] == "/ClinicalDocument")
        #expect(converted.document.paths[1] == "/ClinicalDocument/recordTarget/patientRole")
        #expect(
            converted.document.paths[3]
                == "/ClinicalDocument/component/structuredBody/component[1]/section/entry[1]/observation")
        #expect(BundleCheck(converted.document).faults == [])
    }

    static let problem =
        "<observation classCode='OBS' moodCode='EVN'>\(Sample.template("4"))<statusCode code='completed'/><value xsi:type='CD' code='64859006' codeSystem='2.16.840.1.113883.6.96'/></observation>"
    /// A result whose denial cannot be read.
    static let unreadable =
        CompositionTests.result.split(separator: "moodCode='EVN'", maxSplits: 1).joined(
            separator: "moodCode='EVN' negationInd='perhaps'")

    @Test("is the same every time")
    func determinism() throws {
        let sections = [Sample.section("30954-2", entries: [CompositionTests.result, CompositionTests.result])]
        let first = try HeaderDocument.convert(sections: sections)
        #expect(first.document.bytes == (try HeaderDocument.convert(sections: sections)).document.bytes)
        #expect(Set(first.resources.compactMap { $0.text("id") }).count == first.resources.count)
    }

    @Test("gives resources ids by what they are, within one document and all its versions")
    func ids() throws {
        func id(_ header: String, id: String = HeaderDocument.id, before: [String] = []) throws -> String? {
            let entries = before + [CompositionTests.result]
            return try HeaderDocument.convert(
                header, id: id, sections: [Sample.section("30954-2", entries: entries)]
            ).all("Observation").last?.text("id")
        }
        let set = "<setId root='1.2.4' extension='S'/>"
        let other = "<id root='2.16.840.1.113883.19.9' extension='D 2'/>"
        #expect(try id(set) == id(set, id: other), "another version of the document")
        #expect(try id("") != id("", id: other), "another document")
        #expect(try id("") == id("", before: [Self.problem]), "what stands before it does not count")
        #expect(try id("") != id("", before: [CompositionTests.result]), "the second of two equal ones")
        #expect(try id("")?.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    }

    @Test("names the document in meta.source")
    func source() throws {
        func source(_ id: String) throws -> String? {
            try HeaderDocument.convert(id: id).first("Patient")?.text("meta.source")
        }
        #expect(
            try source("<id root='2.16.840.1.113883.19.9' extension='D 1/ü'/>")
                == "urn:oid:2.16.840.1.113883.19.9#D%201/%C3%BC")
        #expect(try source("<id root='2.16.840.1.113883.19.9'/>") == "urn:oid:2.16.840.1.113883.19.9")
        #expect(
            try source("<id root='0A1B2C3D-0000-4000-8000-00000000000F'/>")
                == "urn:uuid:0a1b2c3d-0000-4000-8000-00000000000f")
        #expect(try source("<id nullFlavor='NI'/>") == nil)
        #expect(try source("<id root='no id' extension='1'/>") == nil, "no URI can be made of it")
    }

    @Test("carries the confidentiality of a restricted document in every resource, and says so")
    func security() throws {
        let header = "<confidentialityCode code='R' codeSystem='2.16.840.1.113883.5.25'/>"
        let converted = try HeaderDocument.convert(
            header, sections: [Sample.section("30954-2", entries: [CompositionTests.result])])
        for resource in converted.resources + [converted.document.bundle] {
            #expect(resource.text("meta.security.0.code") == "R")
        }
        #expect(converted.doubts == ["CCDA-204 information: confidentiality R; every resource bears it"])
        #expect(try HeaderDocument.convert().first("Patient")?.at("meta.security") == nil)
    }

    struct Head: CustomTestStringConvertible {
        let because: String
        let bytes: [UInt8]
        let isXML: Bool
        var testDescription: String { because }
    }

    static let heads = [
        Head(because: "XML", bytes: Array("<a/>".utf8), isXML: true),
        Head(because: "blanks before", bytes: Array(" \n\t<a/>".utf8), isXML: true),
        Head(because: "UTF-8 with a mark", bytes: [0xEF, 0xBB, 0xBF, 0x3C], isXML: true),
        Head(because: "UTF-16, small end first", bytes: [0xFF, 0xFE, 0x3C, 0], isXML: true),
        Head(because: "UTF-16, big end first", bytes: [0xFE, 0xFF, 0, 0x3C], isXML: true),
        Head(because: "JSON", bytes: Array(" {\"a\": \"<\"}".utf8), isXML: false),
        Head(because: "a JSON array", bytes: Array("[]".utf8), isXML: false),
        Head(because: "nothing", bytes: [], isXML: false),
        Head(because: "blanks", bytes: [0x20, 0x0A], isXML: false),
    ]

    @Test("is only asked of what looks like XML", arguments: heads)
    func head(_ row: Head) {
        #expect(DocumentConverter.looksLikeXML(row.bytes) == row.isXML)
    }

    @Test("is not made of what is no document: the reason comes with the input's name and a place")
    func refusal() throws {
        func issues(_ text: String) -> [Diagnostics.Issue] {
            do throws(DocumentRefused) {
                _ = try DocumentConverter().convert(Array(text.utf8), source: "x.xml")
                return []
            } catch {
                return error.issues
            }
        }
        #expect(issues("<a>").map(\.code.rawValue).first?.hasPrefix("XML-1") == true)
        #expect(issues("<a/>").map(\.code) == [.ccdaNotCDA])
        #expect(issues("<a/>").first?.location.source == "x.xml")
        #expect(issues("<a/>").first?.location.line == 1)
    }

    @Test("comes with what the XML itself was read with a doubt")
    func xmlIssues() throws {
        let bytes = Array(" \n".utf8) + Array("<?xml version='1.0'?>".utf8) + HeaderDocument.text()
        let issues = try DocumentConverter().convert(bytes, source: "x.xml").issues
        #expect(issues.map(\.location.source) == ["x.xml"])
        #expect(issues.first?.code.rawValue.hasPrefix("XML-2") == true)
    }

    @Test("of a document without sections says that nothing but the header was read")
    func withoutSections() throws {
        for body in ["<structuredBody/>", "<component/>"] {
            let converted = try HeaderDocument.convert(body: body)
            #expect(converted.doubts == ["CCDA-202 warning: none; nothing but the header is read"])
            #expect(BundleCheck(converted.document).faults == [])
        }
    }
}
