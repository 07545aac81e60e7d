import CCDA
import JSONTree
import Testing
import XMLTree

@testable import CCDAOnFHIR

/// Period, Quantity, Range, value[x], Identifier, Timing (sections 4.2, 4.3 and 4.9).
@Suite("Values in FHIR")
struct ValueTests {
    @Test(
        "Period",
        arguments: [
            ("<t value='20230531'/>", #"{"start":"2023-05-31","end":"2023-05-31"}"#),
            ("<t><low value='2022'/><high value='202305'/></t>", #"{"start":"2022","end":"2023-05"}"#),
            ("<t><low value='2022'/><high nullFlavor='UNK'/></t>", #"{"start":"2022"}"#),
            ("<t><high value='2022'/></t>", #"{"end":"2022"}"#), ("<t nullFlavor='UNK'/>", nil),
            ("<t><low value='2023'/><high value='2022'/></t>", nil),
            (
                "<t><low value='202305310800-0500'/><high value='202305310900-0500'/></t>",
                #"{"start":"2023-05-31T08:00:00-05:00","end":"2023-05-31T09:00:00-05:00"}"#
            ),
            (
                "<t><low value='202305310900-0500'/><high value='202305310900-0500'/></t>",
                #"{"start":"2023-05-31T09:00:00-05:00","end":"2023-05-31T09:00:00-05:00"}"#
            ),
            (
                "<t><low value='202305310900-0500'/><high value='202305310800-0500'/></t>",
                #"{"start":"2023-05-31","end":"2023-05-31"}"#
            ),
            (
                "<t><low value='202305310800-0500'/><high value='202305310900-0600'/></t>",
                #"{"start":"2023-05-31","end":"2023-05-31"}"#
            ),
            (
                "<t><low value='202305310800-0500'/><high value='20230531'/></t>",
                #"{"start":"2023-05-31","end":"2023-05-31"}"#
            ),
            (
                "<t><low value='202305310800-0500'/><high value='20230601'/></t>",
                #"{"start":"2023-05-31T08:00:00-05:00","end":"2023-06-01"}"#
            ),
        ] as [(String, String?)])
    func period(_ xml: String, _ json: String?) throws {
        let piece = try Piece(xml)
        #expect(TimeExpression(try piece.element, in: piece.context).period?.line == json)
    }

    @Test(
        "value[x]",
        arguments: [
            ("<value xsi:type='CD' code='X'/>", "CodeableConcept", #"{"coding":[{"code":"X"}]}"#),
            (
                "<value xsi:type='PQ' value='5.50' unit='mg/dL'/>", "Quantity",
                #"{"value":5.50,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}"#
            ),
            ("<value xsi:type='PQ' value='180' unit='lb'/>", "Quantity", #"{"value":180,"unit":"lb"}"#),
            (
                "<value xsi:type='PQ' value='7' unit='1'/>", "Quantity",
                #"{"value":7,"system":"http://unitsofmeasure.org","code":"1"}"#
            ),
            (
                "<value xsi:type='PQ' nullFlavor='OTH'><translation value='2' code='415215001' codeSystem='2.16.840.1.113883.6.96' displayName='Puff'/></value>",
                "Quantity", #"{"value":2,"unit":"Puff","system":"http://snomed.info/sct","code":"415215001"}"#
            ),
            (
                "<value xsi:type='IVL_PQ'><high value='2' unit='mg' inclusive='false'/></value>", "Quantity",
                #"{"value":2,"comparator":"<","unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}"#
            ),
            (
                "<value xsi:type='IVL_REAL'><low value='1'/><high value='2'/></value>", "Range",
                #"{"low":{"value":1},"high":{"value":2}}"#
            ),
            ("<value xsi:type='IVL_REAL'><low value='&gt;1'/><high value='2'/></value>", "String", #"">1 to 2""#),
            (
                "<value xsi:type='RTO'><numerator value='1'/><denominator value='128'/></value>", "Ratio",
                #"{"numerator":{"value":1},"denominator":{"value":128}}"#
            ),
            ("<value xsi:type='INT' value='007'/>", "Integer", "7"),
            ("<value xsi:type='ST'>&gt;60</value>", "String", #"">60""#),
            ("<value xsi:type='BL' value='false'/>", "Boolean", "false"),
            ("<value xsi:type='TS' value='202305312205'/>", "DateTime", #""2023-05-31T22:05:00-05:00""#),
            ("<value xsi:type='IVL_TS'><low value='2022'/></value>", "Period", #"{"start":"2022"}"#),
            (
                "<value xsi:type='IVL_TS'><low value='2023'/><high value='2022'/></value>", "String", #""2023 to 2022""#
            ),
            ("<value xsi:type='CD' nullFlavor='UNK'/>", nil, nil), ("<value xsi:type='MO' value='5'/>", nil, nil),
            ("<value xsi:type='ED' representation='B64'>aGk=</value>", nil, nil),
        ] as [(String, String?, String?)])
    func value(_ xml: String, _ type: String?, _ json: String?) throws {
        let piece = try Piece(xml)
        let choice = ObservationValue(try piece.element, in: piece.context).choice(in: piece.context)
        #expect(choice?.type == type)
        #expect(choice?.value.line == json)
        #expect(choice?.value.emptyPlaces ?? [] == [])
    }

    @Test(
        "A range has plain quantities only",
        arguments: [
            (
                "<r><low value='1' unit='mg'/></r>",
                #"{"low":{"value":1,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}"#
            ),
            ("<r><low value='0'/><high value='2'/></r>", #"{"low":{"value":0},"high":{"value":2}}"#),
            ("<r><low value='&lt;1'/><high value='2'/></r>", #"{"high":{"value":2}}"#),
            ("<r><low nullFlavor='NINF'/></r>", nil),
        ] as [(String, String?)])
    func range(_ xml: String, _ json: String?) throws {
        let piece = try Piece(xml)
        #expect(QuantityInterval(try piece.element, in: piece.context).json?.line == json)
    }

    struct IdentifierRow: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        let json: String?
        var testDescription: String { name }
    }
    static let absent =
        #""_value":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}"#
    static let identifierRows = [
        IdentifierRow(
            name: "known system", xml: "root='2.16.840.1.113883.4.6' extension='1234567893'",
            json: #"{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"}"#),
        IdentifierRow(
            name: "other OID", xml: "root='2.16.840.1.113883.19.5' extension=' MRN-1 ' assigningAuthorityName='Clinic'",
            json: #"{"system":"urn:oid:2.16.840.1.113883.19.5","value":"MRN-1","assigner":{"display":"Clinic"}}"#),
        IdentifierRow(
            name: "OID only", xml: "root='1.2.3'", json: #"{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.3"}"#),
        IdentifierRow(
            name: "UUID only", xml: "root='67265ED2-35BB-43F8-B9DE-91C5935625E0'",
            json: #"{"system":"urn:ietf:rfc:3986","value":"urn:uuid:67265ed2-35bb-43f8-b9de-91c5935625e0"}"#),
        IdentifierRow(
            name: "UUID and extension", xml: "root='67265ED2-35BB-43F8-B9DE-91C5935625E0' extension='a'",
            json: #"{"system":"urn:uuid:67265ed2-35bb-43f8-b9de-91c5935625e0","value":"a"}"#),
        IdentifierRow(
            name: "known system without a value", xml: "root='2.16.840.1.113883.4.1'",
            json: #"{"system":"http://hl7.org/fhir/sid/us-ssn",\#(absent)}"#),
        IdentifierRow(
            name: "known system, empty value", xml: "root='2.16.840.1.113883.4.1' extension=''",
            json: #"{"system":"http://hl7.org/fhir/sid/us-ssn",\#(absent)}"#),
        IdentifierRow(
            name: "null of a known system", xml: "root='2.16.840.1.113883.4.1' nullFlavor='UNK' extension='1'",
            json: #"{"system":"http://hl7.org/fhir/sid/us-ssn",\#(absent)}"#),
        IdentifierRow(name: "null of another system", xml: "root='1.2.3' nullFlavor='UNK'", json: nil),
        IdentifierRow(name: "extension only", xml: "extension='Z'", json: #"{"value":"Z"}"#),
        IdentifierRow(name: "nothing", xml: "", json: nil),
        IdentifierRow(
            name: "URL", xml: "root='2.16.840.1.113883.4.873' extension='http://example.org/patient/1'",
            json: #"{"system":"http://example.org/patient","value":"1"}"#),
        IdentifierRow(
            name: "URN", xml: "root='2.16.840.1.113883.4.873' extension='urn:a:b:c'",
            json: #"{"system":"urn:a:b","value":"c"}"#),
        IdentifierRow(
            name: "URL that ends in a slash", xml: "root='2.16.840.1.113883.4.873' extension='http://example.org/'",
            json: #"{"system":"urn:ietf:rfc:3986","value":"http://example.org/"}"#),
        IdentifierRow(
            name: "URL of a host only", xml: "root='2.16.840.1.113883.4.873' extension='http://example.org'",
            json: #"{"system":"urn:ietf:rfc:3986","value":"http://example.org"}"#),
        IdentifierRow(name: "odd root", xml: "root='MRN' extension='12'", json: #"{"value":"12"}"#),
        IdentifierRow(name: "odd root only", xml: "root='MRN'", json: #"{"value":"MRN"}"#),
    ]

    @Test("Identifier", arguments: identifierRows)
    func identifier(_ row: IdentifierRow) throws {
        #expect(InstanceIdentifier(try Piece("<id \(row.xml)/>").element).json?.line == row.json)
    }

    @Test("Every row of the table of identifiers")
    func identifierTable() throws {
        for row in identifierCases() ?? [] {
            func cell(_ name: String) -> String? { row[name].flatMap { $0.isEmpty ? nil : $0 } }
            let identifier = InstanceIdentifier(
                root: cell("root"), extensionText: cell("extension"), assigningAuthority: cell("assigning_authority"),
                nullFlavor: cell("null_flavor").map { NullFlavor(rawValue: $0) })
            let json = identifier.json
            let name = Comment(rawValue: "\(row)")
            #expect(json?.text("system") == cell("fhir_system"), name)
            #expect(json?.text("value") == cell("fhir_value"), name)
            #expect(json?.text("assigner.display") == cell("assigning_authority"), name)
            let absent = json?.text("_value.extension.0.valueCode")
            #expect(absent == (cell("fhir_system") != nil && cell("fhir_value") == nil ? "unknown" : nil), name)
        }
    }

    struct TimingRow: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        let json: String?
        var codes: [String] = []
        var testDescription: String { name }
    }
    static let timingRows = [
        TimingRow(
            name: "every 8 hours", xml: "<t><period value='8' unit='h'/></t>",
            json: #"{"repeat":{"frequency":1,"period":8,"periodUnit":"h"}}"#),
        TimingRow(
            name: "three times a day", xml: "<t institutionSpecified='true'><period value='8.0' unit='h'/></t>",
            json: #"{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}"#),
        TimingRow(
            name: "twice a day in days", xml: "<t institutionSpecified='true'><period value='0.5' unit='d'/></t>",
            json: #"{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}}"#),
        TimingRow(
            name: "a third of a day", xml: "<t institutionSpecified='true'><period value='0.3333' unit='d'/></t>",
            json: #"{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}"#),
        TimingRow(
            name: "every 7 hours, by the day", xml: "<t institutionSpecified='true'><period value='7' unit='h'/></t>",
            json: #"{"repeat":{"frequency":1,"period":7,"periodUnit":"h"}}"#),
        TimingRow(
            name: "every 4 to 6 hours",
            xml:
                "<t institutionSpecified='true'><period><low value='4' unit='h'/><high value='6' unit='h'/></period></t>",
            json: #"{"repeat":{"frequency":1,"period":4,"periodMax":6,"periodUnit":"h"}}"#),
        TimingRow(
            name: "bounds and period",
            xml:
                "<t xsi:type='IVL_TS'><low value='2022'/><high nullFlavor='UNK'/></t><t operator='A'><period value='12' unit='h'/></t>",
            json: #"{"repeat":{"boundsPeriod":{"start":"2022"},"frequency":1,"period":12,"periodUnit":"h"}}"#),
        TimingRow(
            name: "period first, bounds second", xml: "<t><period value='12' unit='h'/></t><t><low value='2022'/></t>",
            json: #"{"repeat":{"boundsPeriod":{"start":"2022"},"frequency":1,"period":12,"periodUnit":"h"}}"#),
        TimingRow(
            name: "bounds that contradict each other", xml: "<t><low value='2023'/><high value='2022'/></t>", json: nil,
            codes: ["CCDA-211"]),
        TimingRow(name: "at bedtime", xml: "<t><event code='HS'/></t>", json: #"{"repeat":{"when":["HS"]}}"#),
        TimingRow(
            name: "half an hour before breakfast",
            xml: "<t><event code='ACM'/><offset><low value='-30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["ACM"],"offset":30}}"#),
        TimingRow(
            name: "with meals, and an offset",
            xml: "<t><event code='C'/><offset><low value='30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["C"]}}"#, codes: ["CCDA-210"]),
        TimingRow(
            name: "before the end of a meal",
            xml: "<t><event code='PC'/><offset><low value='-30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["PC"]}}"#, codes: ["CCDA-210"]),
        TimingRow(
            name: "before sleep", xml: "<t><event code='HS'/><offset><low value='-30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["HS"],"offset":30}}"#),
        TimingRow(
            name: "after falling asleep", xml: "<t><event code='HS'/><offset><low value='30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["HS"]}}"#, codes: ["CCDA-210"]),
        TimingRow(
            name: "after waking", xml: "<t><event code='WAKE'/><offset><low value='30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["WAKE"],"offset":30}}"#),
        TimingRow(
            name: "before waking", xml: "<t><event code='WAKE'/><offset><low value='-30' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["WAKE"]}}"#, codes: ["CCDA-210"]),
        TimingRow(
            name: "no offset in minutes", xml: "<t><event code='PC'/><offset><low value='0' unit='min'/></offset></t>",
            json: #"{"repeat":{"when":["PC"]}}"#),
        TimingRow(
            name: "daily at bedtime",
            xml: "<t xsi:type='SXPR_TS'><comp><period value='1' unit='d'/></comp><comp><event code='HS'/></comp></t>",
            json: #"{"repeat":{"frequency":1,"period":1,"periodUnit":"d","when":["HS"]}}"#),
        TimingRow(name: "between meals", xml: "<t><event code='IC'/></t>", json: nil, codes: ["CCDA-210"]),
        TimingRow(
            name: "two periods",
            xml:
                "<t value='2023'/><t operator='A'><period value='8' unit='h'/></t><t operator='A'><period value='1' unit='wk'/></t>",
            json: """
                {"event":["2023"],"repeat":{"frequency":1,"period":8,"periodUnit":"h"}}, \
                {"repeat":{"frequency":1,"period":1,"periodUnit":"wk"}}
                """),
        TimingRow(
            name: "two periods, one in words",
            xml: "<t><period value='8' unit='h'/></t><t><period value='1' unit='x'/></t>", json: nil,
            codes: ["CCDA-210"]),
        TimingRow(
            name: "the same period from two moments on",
            xml: """
                <t><comp><phase><low value='2023060108'/></phase><period value='1' unit='d'/></comp>\
                <comp><phase><low value='2023060120'/></phase><period value='1' unit='d'/></comp></t>
                """,
            json: """
                {"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}, {"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}
                """, codes: ["CCDA-210", "CCDA-210"]),
        TimingRow(
            name: "the same period twice",
            xml: "<t><period value='8' unit='h'/></t><t><period value='8' unit='h'/></t>",
            json: #"{"repeat":{"frequency":1,"period":8,"periodUnit":"h"}}"#),
        TimingRow(name: "unit in words", xml: "<t><period value='1' unit='day'/></t>", json: nil, codes: ["CCDA-210"]),
        TimingRow(name: "one point", xml: "<t value='20230531'/>", json: #"{"event":["2023-05-31"]}"#),
        TimingRow(
            name: "a point and a period", xml: "<t value='20230531'/><t><period value='8' unit='h'/></t>",
            json: #"{"event":["2023-05-31"],"repeat":{"frequency":1,"period":8,"periodUnit":"h"}}"#),
        TimingRow(name: "nothing", xml: "<t nullFlavor='UNK'/>", json: nil),
    ]

    @Test("Timing", arguments: timingRows)
    func timing(_ row: TimingRow) throws {
        let piece = try Piece(row.xml)
        let expressions = piece.root.elements.map { TimeExpression($0, in: piece.context) }
        let timings = expressions.timings(in: piece.context)
        #expect(timings.isEmpty ? row.json == nil : timings.map(\.line).joined(separator: ", ") == row.json)
        #expect(piece.codes == row.codes)
    }

    @Test(
        "Attachment",
        arguments: [
            (
                "<text mediaType='image/png' representation='B64'> aG\nk= </text>",
                #"{"contentType":"image/png","data":"aGk=","title":"T"}"#, []
            ),
            ("<text mediaType='a b' representation='B64'>aGk=</text>", #"{"data":"aGk=","title":"T"}"#, []),
            ("<text representation='B64'>!</text>", nil, ["CCDA-215"]),
            ("<text representation='B64' compression='GZ'>aGk=</text>", nil, ["CCDA-215"]),
            (
                "<text mediaType='application/pdf'><reference value='http://example.org/a b.pdf'/></text>",
                #"{"contentType":"application/pdf","url":"http://example.org/a%20b.pdf","title":"T"}"#, []
            ),
            ("<text>words</text>", nil, []),
        ] as [(String, String?, [String])])
    func attachment(_ xml: String, _ json: String?, _ codes: [String]) throws {
        let piece = try Piece(xml)
        #expect(EncapsulatedData(try piece.element).attachment(title: "T", in: piece.context)?.line == json)
        #expect(piece.codes == codes)
    }
}
