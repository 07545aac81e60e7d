import CCDA
import JSONTree
import Testing

@testable import CCDAOnFHIR

/// HumanName, Address and ContactPoint (section 4.9).
@Suite("Names and addresses in FHIR")
struct ContactTests {
    @Test(
        "Address",
        arguments: [
            (
                "<addr use='HP'><streetAddressLine>1 Main St</streetAddressLine><city>T</city></addr>",
                #"{"use":"home","line":["1 Main St"],"city":"T"}"#
            ),
            ("<addr use='WP'><state>MA</state></addr>", #"{"use":"work","state":"MA"}"#),
            ("<addr use='HV'><county>C</county></addr>", #"{"use":"home","district":"C"}"#),
            ("<addr use='H BAD'><postalCode>1</postalCode></addr>", #"{"use":"old","postalCode":"1"}"#),
            ("<addr use='H TMP'><postalCode>1</postalCode></addr>", #"{"use":"temp","postalCode":"1"}"#),
            ("<addr use='PUB PHYS'><country>US</country></addr>", #"{"use":"work","type":"physical","country":"US"}"#),
            ("<addr use='PST PHYS'><country>US</country></addr>", #"{"type":"both","country":"US"}"#),
            ("<addr use='XX'>Anywhere</addr>", #"{"text":"Anywhere"}"#),
            (
                "<addr>A<useablePeriod><low value='2020'/><high value='202105'/></useablePeriod></addr>",
                #"{"text":"A","period":{"start":"2020","end":"2021-05"}}"#
            ),
            ("<addr use='HP' nullFlavor='UNK'/>", nil), ("<addr use='HP'><city nullFlavor='UNK'/></addr>", nil),
        ] as [(String, String?)])
    func address(_ xml: String, _ json: String?) throws {
        #expect(PostalAddress(try Piece(xml).element).json?.line == json)
    }

    @Test(
        "ContactPoint",
        arguments: [
            ("value='tel:1' use='HP'", #"{"system":"phone","value":"1","use":"home"}"#),
            ("value='tel:1' use='WP'", #"{"system":"phone","value":"1","use":"work"}"#),
            ("value='tel:1' use='MC'", #"{"system":"phone","value":"1","use":"mobile"}"#),
            ("value='tel:1' use='MC WP'", #"{"system":"phone","value":"1","use":"mobile"}"#),
            ("value='tel:1' use='PG'", #"{"system":"pager","value":"1","use":"mobile"}"#),
            ("value='tel:1' use='HP BAD'", #"{"system":"phone","value":"1","use":"old"}"#),
            ("value='tel:1' use='EC'", #"{"system":"phone","value":"1"}"#),
            ("value='mailto:a@example.org'", #"{"system":"email","value":"a@example.org"}"#),
            ("nullFlavor='UNK' use='HP'", nil), ("use='HP'", nil), ("value='tel:'", nil),
        ] as [(String, String?)])
    func contact(_ attributes: String, _ json: String?) throws {
        #expect(Telecom(try Piece("<telecom \(attributes)/>").element).json?.line == json)
    }

    struct NameRow: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        let json: [String]
        var testDescription: String { name }
    }
    static func qualified(_ code: String) -> String {
        #"{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier","valueCode":"\#(code)"}]}"#
    }

    static let nameRows = [
        NameRow(
            name: "plain",
            xml:
                "<name use='L'><prefix>Dr.</prefix><given>Eve</given><given>A.</given><family>Example</family><suffix>Jr</suffix></name>",
            json: [#"{"use":"usual","family":"Example","given":["Eve","A."],"prefix":["Dr."],"suffix":["Jr"]}"#]),
        NameRow(
            name: "official", xml: "<name use='C'><family>Example</family></name>",
            json: [#"{"use":"official","family":"Example"}"#]),
        NameRow(
            name: "pseudonym", xml: "<name use='P'><family>Example</family></name>",
            json: [#"{"use":"anonymous","family":"Example"}"#]),
        NameRow(
            name: "pseudonym by which somebody is called",
            xml: "<name use='P'><given qualifier='CL'>Eve</given></name>",
            json: [#"{"use":"nickname","given":["Eve"],"_given":[\#(qualified("CL"))]}"#]),
        NameRow(
            name: "artist", xml: "<name use='A'><given>Eve</given></name>",
            json: [#"{"use":"nickname","given":["Eve"]}"#]),
        NameRow(name: "search only", xml: "<name use='SRCH'><given>Eve</given></name>", json: [#"{"given":["Eve"]}"#]),
        NameRow(name: "not divided", xml: "<name>Eve Example</name>", json: [#"{"text":"Eve Example"}"#]),
        NameRow(
            name: "call-me name", xml: "<name use='L'><given>Evelyn</given><given qualifier='CL'>Eve</given></name>",
            json: [
                #"{"use":"usual","given":["Evelyn"]}"#,
                #"{"use":"nickname","given":["Eve"],"_given":[\#(qualified("CL"))]}"#,
            ]),
        NameRow(
            name: "names from birth",
            xml:
                "<name><given>Eve</given><given qualifier='BR'>Eva</given><family qualifier='BR'>Old</family><family>New</family></name>",
            json: [
                #"{"family":"New","given":["Eve"]}"#, #"{"use":"old","given":["Eva"],"_given":[\#(qualified("BR"))]}"#,
                #"{"use":"maiden","family":"Old","_family":\#(qualified("BR"))}"#,
            ]),
        NameRow(
            name: "qualifiers of some parts",
            xml:
                "<name><given>Eve</given><given qualifier='IN'>A</given><family qualifier='TITLE'>Example</family></name>",
            json: [#"{"family":"Example","given":["Eve","A"],"_given":[null,\#(qualified("IN"))]}"#]),
        NameRow(
            name: "ended before the document",
            xml: "<name use='L'><given>Eve</given><validTime><high value='202306'/></validTime></name>",
            json: [#"{"use":"old","given":["Eve"],"period":{"end":"2023-06"}}"#]),
        NameRow(
            name: "ends in the month of the document",
            xml: "<name use='L'><given>Eve</given><validTime><high value='202307'/></validTime></name>",
            json: [#"{"use":"usual","given":["Eve"],"period":{"end":"2023-07"}}"#]),
        NameRow(name: "null", xml: "<name nullFlavor='UNK'/>", json: []),
        NameRow(name: "empty", xml: "<name use='L'><given/><family nullFlavor='UNK'/></name>", json: []),
    ]

    @Test("HumanName", arguments: nameRows)
    func name(_ row: NameRow) throws {
        let name = PersonName(try Piece(row.xml).element)
        #expect(name.names(asOf: Timestamp.read("20230715", offset: nil).time).map(\.line) == row.json)
        if !row.name.contains("ended") { #expect(name.json?.line == row.json.first) }
    }
}
