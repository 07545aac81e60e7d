import Testing

@testable import CCDA

/// AD, EN, TEL and II by section 4.9.
@Suite("Names, addresses, telecoms, identifiers")
struct DemographicsTests {
    @Test("Parts of an address")
    func address() throws {
        let fragment = try Fragment(
            """
            <addr use='HP PST'>Near the <delimiter/> mill<streetAddressLine> 1  Main St</streetAddressLine>
            <houseNumber>7</houseNumber><streetName>Oak</streetName><unitID nullFlavor='UNK'/><streetNameType>Lane</streetNameType>
            <additionalLocator>Unit 3</additionalLocator><city>Town</city><county>Shire</county><state>MA</state>
            <postalCode>01234</postalCode><country>US</country><city>Other</city>
            <useablePeriod><low value='2020'/><high nullFlavor='UNK'/></useablePeriod></addr>
            """)
        let address = PostalAddress(try fragment.element)
        #expect(address.uses == ["HP", "PST"])
        #expect(address.lines == ["1 Main St", "7 Oak Lane", "Unit 3"])
        #expect(
            [address.city, address.district, address.state, address.postalCode, address.country]
                == ["Town", "Shire", "MA", "01234", "US"])
        #expect(address.text == "Near the mill")
        #expect(address.period?.start?.fhir == "2020")
        #expect(address.period?.end == nil)
    }

    @Test(
        "An address without any word is empty",
        arguments: [
            ("<addr/>", true), ("<addr nullFlavor='UNK'/>", true),
            ("<addr><city nullFlavor='UNK'/><state> </state></addr>", true),
            ("<addr><useablePeriod><low value='2020'/></useablePeriod></addr>", true), ("<addr>Town</addr>", false),
            ("<addr><country>US</country></addr>", false),
        ])
    func emptyAddress(_ xml: String, _ isEmpty: Bool) throws {
        #expect(PostalAddress(try Fragment(xml).element).isEmpty == isEmpty)
    }

    struct NameRow: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        var given: [String] = []
        var family: [String] = []
        var callMe: [String] = []
        var formerGiven: [String] = []
        var birthFamily: [String] = []
        var display: String?
        var testDescription: String { name }
    }

    static let nameRows = [
        NameRow(
            name: "plain",
            xml: "<prefix>Dr.</prefix><given>Eve</given><given>A.</given><family>Example</family><suffix>Jr</suffix>",
            given: ["Eve", "A."], family: ["Example"], display: "Dr. Eve A. Example Jr"),
        NameRow(
            name: "call-me name behind another",
            xml: "<given>Evelyn</given><given qualifier='CL'>Eve</given><family>Example</family>",
            given: ["Evelyn"], family: ["Example"], callMe: ["Eve"], display: "Evelyn Example"),
        NameRow(
            name: "call-me name alone", xml: "<family>Example</family><given qualifier='CL'>Eve</given>",
            given: ["Eve"],
            family: ["Example"], display: "Eve Example"),
        NameRow(
            name: "call-me name first",
            xml: "<given qualifier='CL'>Eve</given><given>Ann</given><family>Example</family>",
            given: ["Eve", "Ann"], family: ["Example"], display: "Eve Ann Example"),
        NameRow(
            name: "given name from birth behind another",
            xml: "<given>Eve</given><given qualifier='BR'>Eva</given><given>Ann</given><family>Example</family>",
            given: ["Eve", "Ann"], family: ["Example"], formerGiven: ["Eva"], display: "Eve Ann Example"),
        NameRow(
            name: "name from birth",
            xml: "<given qualifier='BR'>Eva</given><given>Ann</given><family qualifier='BR'>Old</family>",
            given: ["Eva", "Ann"], family: ["Old"], display: "Eva Ann Old"),
        NameRow(
            name: "family name from birth beside another",
            xml: "<given>Eve</given><family qualifier='BR'>Old</family><family>Example</family>", given: ["Eve"],
            family: ["Example"], birthFamily: ["Old"], display: "Eve Example"),
        NameRow(name: "null and empty parts", xml: "<given/><given nullFlavor='UNK'/><family> </family>"),
        NameRow(name: "not divided", xml: "Eve  Example", display: "Eve Example"),
    ]

    @Test("Parts of a name", arguments: nameRows)
    func name(_ row: NameRow) throws {
        let name = PersonName(try Fragment("<name>\(row.xml)</name>").element)
        #expect(name.given.map(\.text) == row.given)
        #expect(name.family.map(\.text) == row.family)
        #expect(name.callMe.map(\.text) == row.callMe)
        #expect(name.formerGiven.map(\.text) == row.formerGiven)
        #expect(name.birthFamily.map(\.text) == row.birthFamily)
        #expect(name.display == row.display)
        #expect(name.isEmpty == (row.display == nil))
    }

    @Test(
        "Kind and value of a telecom",
        arguments: [
            ("value='tel:+1(555)123-4567'", Telecom.System.phone, "+1(555)123-4567", false),
            ("value='TEL: (555) 123-4567'", .phone, "(555) 123-4567", false),
            ("value='tel:1' use='PG'", .pager, "1", false),
            ("value='mailto:a@example.org'", .email, "a@example.org", false),
            ("value='email:a@example.org'", .email, "a@example.org", false),
            ("value='fax:1'", .fax, "1", false), ("value='x-text-fax:1'", .fax, "1", false),
            ("value='sms:1'", .sms, "1", false),
            ("value='https://example.org/a'", .url, "https://example.org/a", false),
            ("value='HTTP://example.org'", .url, "HTTP://example.org", false),
            ("value='555-123-4567 x9'", .phone, "555-123-4567 x9", true),
            ("value='a@example.org'", .email, "a@example.org", true),
            ("value='ask at the desk'", .other, "ask at the desk", true), ("value='h323:1'", .other, "h323:1", true),
            ("value='tel:'", .phone, nil, false), ("value='https:'", .url, nil, false),
            ("value=''", .other, nil, false),
            ("nullFlavor='UNK'", .other, nil, false), ("nullFlavor='UNK' value='tel:1'", .other, nil, false),
        ] as [(String, Telecom.System, String?, Bool)])
    func telecom(_ attributes: String, _ system: Telecom.System, _ value: String?, _ lacksScheme: Bool) throws {
        let fragment = try Fragment("<telecom \(attributes)/>")
        let telecom = Telecom(try fragment.element)
        fragment.context.notePlainElements()
        #expect(telecom.system == system)
        #expect(telecom.value == value)
        #expect(telecom.lacksScheme == lacksScheme)
        #expect(fragment.codes == (lacksScheme ? ["CCDA-223"] : []))
    }

    @Test("A period of use whose ends contradict each other is none")
    func period() throws {
        let telecom = Telecom(
            try Fragment(
                "<telecom value='tel:1'><useablePeriod><low value='2021'/><high value='2020'/></useablePeriod></telecom>"
            ).element)
        #expect(telecom.period == nil)
    }

    @Test(
        "Keys of identifiers",
        arguments: [
            ("root='1.2.3' extension='A'", "1.2.3^A"), ("root='1.2.3'", "1.2.3^"),
            ("root=' 1.2.3 ' extension=' A '", "1.2.3^A"),
            (
                "root='67265ED2-35BB-43F8-B9DE-91C5935625E0'", "67265ed2-35bb-43f8-b9de-91c5935625e0^"
            ),
            ("extension='A'", nil), ("root=''", nil), ("nullFlavor='UNK' root='1.2.3'", nil),
        ] as [(String, String?)])
    func key(_ attributes: String, _ key: String?) throws {
        #expect(InstanceIdentifier(try Fragment("<id \(attributes)/>").element).key == key)
    }

    @Test("A root that is neither OID nor UUID is noted")
    func oddRoot() throws {
        let fragment = try Fragment("<act><id root='MRN' extension='1'/><id root='1.2.3'/><id extension='1'/></act>")
        fragment.context.notePlainElements()
        #expect(fragment.codes == ["CCDA-224"])
    }

    @Test(
        "Content in base 64 is checked, not guessed",
        arguments: [
            ("aGk=", "aGk="), (" aG\n k= ", "aGk="), ("aGkh", "aGkh"), ("aA==", "aA=="), ("aGk", nil), ("aG=k", nil),
            ("a===", nil),
            ("", nil), ("aG-_", nil), ("====", nil),
        ] as [(String, String?)])
    func base64(_ text: String, _ expected: String?) throws {
        let data = EncapsulatedData(try Fragment("<value representation='B64'>\(text)</value>").element)
        #expect(data.base64() == expected)
        #expect(data.isAttachment)
        #expect(data.base64(limit: 2) == nil)
    }
}
