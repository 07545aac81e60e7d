import Testing

@testable import CCDA

/// CD and its kin by sections 4.1, 4.4 and 10.
@Suite("Codes")
struct CodedValueTests {
    static let snomed = "codeSystem='2.16.840.1.113883.6.96'"

    static func read(_ xml: String) throws -> (CodedValue, Fragment) {
        let fragment = try Fragment(xml)
        return (CodedValue(try fragment.first("value"), in: fragment.context), fragment)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        /// `code|system` of the root.
        var root: String?
        /// The same of the translations.
        var translations: [String] = []
        var text: String?
        var nullFlavor: String?
        var codes: [String] = []
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "plain", xml: "<value code='22298006' \(snomed) displayName='Myocardial infarction'/>",
            root: "22298006|2.16.840.1.113883.6.96", text: "Myocardial infarction"),
        Row(
            name: "blanks around the code", xml: "<value code=' 22298006 ' \(snomed)/>",
            root: "22298006|2.16.840.1.113883.6.96", codes: ["CCDA-213"]),
        Row(
            name: "blanks inside the code", xml: "<value code='a   b'/>", root: "a b|-", codes: ["CCDA-213"]),
        Row(name: "blank code", xml: "<value code=' ' \(snomed)/>"),
        Row(name: "no code system", xml: "<value code='X1'/>", root: "X1|-"),
        Row(
            name: "code beside a nullFlavor", xml: "<value code='22298006' \(snomed) nullFlavor='OTH'/>",
            root: "22298006|2.16.840.1.113883.6.96", codes: ["CCDA-213"]),
        Row(name: "null", xml: "<value nullFlavor='UNK'/>", nullFlavor: "UNK"),
        Row(name: "null with blanks", xml: "<value nullFlavor=' UNK '/>", nullFlavor: "UNK"),
        Row(name: "unknown nullFlavor", xml: "<value nullFlavor='unk'/>", nullFlavor: "unk", codes: ["CCDA-212"]),
        Row(
            name: "null with translation",
            xml: "<value nullFlavor='OTH'><translation code='22298006' \(snomed) displayName='MI'/></value>",
            translations: ["22298006|2.16.840.1.113883.6.96"], text: "MI", nullFlavor: "OTH"),
        Row(
            name: "null with text", xml: "<value nullFlavor='OTH'><originalText> Back\n pain </originalText></value>",
            text: "Back pain", nullFlavor: "OTH"),
        Row(
            name: "null with a displayName", xml: "<value nullFlavor='UNK' displayName='Unknown'/>", nullFlavor: "UNK",
            codes: ["CCDA-213"]),
        Row(name: "displayName alone", xml: "<value displayName='Back pain'/>", text: "Back pain", codes: ["CCDA-213"]),
        Row(
            name: "text before display",
            xml: "<value code='22298006' \(snomed) displayName='MI'><originalText>Heart attack</originalText></value>",
            root: "22298006|2.16.840.1.113883.6.96", text: "Heart attack"),
        Row(
            name: "text of a translation",
            xml: """
                <value nullFlavor='OTH'><translation code='X' displayName='Y'><originalText>Z</originalText></translation></value>
                """,
            translations: ["X|-"], text: "Z", nullFlavor: "OTH"),
        Row(
            name: "translations of translations, in order, once",
            xml: """
                <value code='A'><translation code='B'><translation code='C'/><translation code='A'/></translation>\
                <translation code='D'/><translation code='B'/><translation nullFlavor='UNK'/></value>
                """,
            root: "A|-", translations: ["B|-", "C|-", "D|-"]),
        Row(
            name: "the same code of another system is another code",
            xml: "<value code='A'><translation code='A' codeSystem='1.2.3'/></value>", root: "A|-",
            translations: ["A|1.2.3"]),
        Row(
            name: "system as name", xml: "<value code='72148' codeSystem='CPT'/>", root: "72148|2.16.840.1.113883.6.12",
            codes: ["CCDA-213"]),
        Row(
            name: "system as name in other letters", xml: "<value code='M54.5' codeSystem='icd-10 cm'/>",
            root: "M54.5|2.16.840.1.113883.6.90", codes: ["CCDA-213"]),
        Row(
            name: "ICD-9 by name", xml: "<value code='724.2' codeSystem='ICD9'/>",
            root: "724.2|2.16.840.1.113883.6.103",
            codes: ["CCDA-213"]),
        Row(name: "unknown name", xml: "<value code='X' codeSystem='Mine'/>", root: "X|-", codes: ["CCDA-213"]),
        Row(
            name: "system as urn:oid", xml: "<value code='22298006' codeSystem='urn:oid:2.16.840.1.113883.6.96'/>",
            root: "22298006|2.16.840.1.113883.6.96", codes: ["CCDA-213"]),
        Row(
            name: "system as URI", xml: "<value code='22298006' codeSystem='http://snomed.info/sct'/>",
            root: "22298006|2.16.840.1.113883.6.96", codes: ["CCDA-213"]),
        Row(
            name: "system as unknown URI", xml: "<value code='X' codeSystem='http://example.org/codes'/>",
            root: "X|http://example.org/codes", codes: ["CCDA-213"]),
        Row(
            name: "system as UUID", xml: "<value code='X' codeSystem='67265ED2-35BB-43F8-B9DE-91C5935625E0'/>",
            root: "X|67265ED2-35BB-43F8-B9DE-91C5935625E0"),
        Row(
            name: "value set for interpretations", xml: "<value code='H' codeSystem='2.16.840.1.113883.1.11.78'/>",
            root: "H|2.16.840.1.113883.5.83", codes: ["CCDA-213"]),
        Row(
            name: "other value set", xml: "<value code='H' codeSystem='2.16.840.1.113883.3.88.12.3221.7.4'/>",
            root: "H|2.16.840.1.113883.3.88.12.3221.7.4", codes: ["CCDA-213"]),
        Row(
            name: "malformed OID", xml: "<value code='X' codeSystem='2.16.840..1'/>", root: "X|-", codes: ["CCDA-213"]),
        Row(
            name: "wrong check digit", xml: "<value code='22298007' \(snomed)/>",
            root: "22298007|2.16.840.1.113883.6.96", codes: ["CCDA-213"]),
    ]

    @Test("A code keeps what was sent", arguments: rows)
    func reads(_ row: Row) throws {
        let (value, fragment) = try Self.read(row.xml)
        func key(_ coding: CodedValue.Coding) -> String { "\(coding.code)|\(coding.system ?? "-")" }
        #expect(value.root.map(key) == row.root)
        #expect(value.translations.map(key) == row.translations)
        #expect(value.text == row.text)
        #expect(value.nullFlavor?.rawValue == row.nullFlavor)
        #expect(fragment.codes == row.codes)
        #expect(value.isEmpty == (row.root == nil && row.translations.isEmpty && row.text == nil))
    }

    @Test("Any coding counts when a code is asked for")
    func matching() throws {
        let (value, _) = try Self.read(
            "<value code='M54.5' codeSystem='2.16.840.1.113883.6.90'><translation code='279039007' \(Self.snomed)/></value>"
        )
        #expect(value.has("M54.5", "2.16.840.1.113883.6.90"))
        #expect(value.has("279039007", CodeSystemOID.snomed))
        #expect(!value.has("M54.5", CodeSystemOID.snomed))
        #expect(value.hasAny(["1", "279039007"], CodeSystemOID.snomed))
        #expect(!value.hasAny(["1", "279039007"], CodeSystemOID.loinc))
    }

    @Test("Qualifiers are kept; one of them may say the side")
    func qualifiers() throws {
        let (value, _) = try Self.read(
            """
            <value code='23056005' \(Self.snomed)>
            <qualifier><name code='246456000' \(Self.snomed)/><value code='288527008' \(Self.snomed)/></qualifier>
            <qualifier><name code='272741003' \(Self.snomed)/><value nullFlavor='OTH'><translation code='7771000' \(Self.snomed)/>\
            </value></qualifier></value>
            """)
        #expect(value.qualifiers.map { $0.value.first?.code } == ["288527008", "7771000"])
        #expect(value.laterality?.code == "7771000")
        #expect(try Self.read("<value code='23056005' \(Self.snomed)/>").0.laterality == nil)
    }

    @Test("A CO without a code has its rank")
    func ordinal() throws {
        #expect(try Self.read("<value xsi:type='CO' value=' 3 '/>").0.ordinal == "3")
        #expect(try Self.read("<value xsi:type='CO' value='3' code='X'/>").0.ordinal == nil)
        #expect(try Self.read("<value xsi:type='CO' value='3' nullFlavor='UNK'/>").0.ordinal == nil)
    }

    @Test(
        "Codes in the shape of their system",
        arguments: [
            ("22298006", CodeSystemOID.snomed, true), ("55607006", CodeSystemOID.snomed, true),
            ("272741003", CodeSystemOID.snomed, true), ("900000000000207008", CodeSystemOID.snomed, true),
            ("22298060", CodeSystemOID.snomed, false), ("22289006", CodeSystemOID.snomed, false),
            ("12344", CodeSystemOID.snomed, false), ("022298006", CodeSystemOID.snomed, false),
            ("2229800a", CodeSystemOID.snomed, false), ("2229800622298006222", CodeSystemOID.snomed, false),
            ("8480-6", CodeSystemOID.loinc, true), ("11450-4", CodeSystemOID.loinc, true),
            ("72148-8", CodeSystemOID.loinc, false),
            ("8480-5", CodeSystemOID.loinc, false), ("84806", CodeSystemOID.loinc, false),
            ("-6", CodeSystemOID.loinc, false),
            ("LA28397-0", CodeSystemOID.loinc, true), ("LP29693-6", CodeSystemOID.loinc, true),
            ("LX29693-6", CodeSystemOID.loinc, false), ("8480_6", CodeSystemOID.loinc, false),
            ("M54.5", "2.16.840.1.113883.6.90", true), ("M54", "2.16.840.1.113883.6.90", true),
            ("S32.010A", "2.16.840.1.113883.6.90", true), ("C7A.1", "2.16.840.1.113883.6.90", true),
            ("M545", "2.16.840.1.113883.6.90", false), ("724.2", "2.16.840.1.113883.6.90", false),
            ("M54.", "2.16.840.1.113883.6.90", false), ("M54.51234", "2.16.840.1.113883.6.90", false),
            ("72148", "2.16.840.1.113883.6.12", true), ("0001F", "2.16.840.1.113883.6.12", true),
            ("7214", "2.16.840.1.113883.6.12", false), ("E0110", "2.16.840.1.113883.6.12", false),
            ("197361", "2.16.840.1.113883.6.88", true), ("197361X", "2.16.840.1.113883.6.88", false),
            ("anything", "1.2.3", true),
        ])
    func shapes(_ code: String, _ system: String, _ fits: Bool) {
        #expect(CodeShape.fits(code, system: system) == fits)
    }

    @Test(
        "OIDs and UUIDs",
        arguments: [
            ("2.16.840.1.113883.6.96", true, false), ("0.9", true, false), ("1.0.5", true, false),
            ("3.1", false, false),
            ("2", false, false), ("2.", false, false), (".2", false, false), ("2..1", false, false),
            ("2.01", false, false),
            ("12.1", false, false), ("2.1a", false, false), ("", false, false), ("2.1 ", false, false),
            ("67265ED2-35BB-43F8-B9DE-91C5935625E0", false, true),
            ("67265ed2-35bb-43f8-b9de-91c5935625e0", false, true),
            ("67265ED2-35BB-43F8-B9DE-91C5935625E", false, false),
            ("67265ED2-35BB-43F8-B9DE-91C5935625EG", false, false),
            ("67265ED2035BB-43F8-B9DE-91C5935625E0", false, false),
        ])
    func identifiers(_ text: String, _ isOID: Bool, _ isUUID: Bool) {
        #expect(UniqueID.isOID(text) == isOID)
        #expect(UniqueID.isUUID(text) == isUUID)
    }
}
