import Testing
import XMLTree

@testable import CCDA

/// `observation/value` by type and by shape (section 4.3).
@Suite("Values of observations")
struct ObservationValueTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        /// The kind and what it holds, in short.
        let expected: String
        var codes: [String] = []
        var testDescription: String { name }
    }

    /// A value in short.
    static func short(_ value: ObservationValue) -> String {
        func quantity(_ quantity: PhysicalQuantity) -> String {
            [(quantity.comparator ?? "") + quantity.value, quantity.unit, quantity.ucum.map { "[\($0)]" }]
                .compactMap(\.self).joined(separator: " ")
        }
        return switch value {
        case .coded(let value): "coded " + (value.codings.first?.code ?? value.text ?? "")
        case .quantity(let value): "quantity " + quantity(value)
        case .range(let range): "range \(range.low.map(quantity) ?? "") to \(range.high.map(quantity) ?? "")"
        case .ratio(let numerator, let denominator): "ratio \(quantity(numerator)) : \(quantity(denominator))"
        case .integer(let digits): "integer " + digits
        case .text(let text, let number): "text \(text)" + (number.map { " = " + quantity($0) } ?? "")
        case .boolean(let value): "boolean \(value)"
        case .time(let time): "time " + time.fhir
        case .period(let time): "period \(time.start?.fhir ?? "") to \(time.end?.fhir ?? "")"
        case .attachment: "attachment"
        case .null(let flavor): "null " + flavor.rawValue
        case .unread(let type): "unread " + type
        }
    }

    static let rows = [
        Row(name: "CD", xml: "<value xsi:type='CD' code='X'/>", expected: "coded X"),
        Row(name: "CE with a prefix", xml: "<value xsi:type='cda:CE' code='X'/>", expected: "coded X"),
        Row(name: "null CD", xml: "<value xsi:type='CD' nullFlavor='NASK'/>", expected: "null NASK"),
        Row(name: "empty CD", xml: "<value xsi:type='CD'/>", expected: "null NI"),
        Row(
            name: "null CD with text",
            xml: "<value xsi:type='CD' nullFlavor='OTH'><originalText>T</originalText></value>",
            expected: "coded T"),
        Row(name: "CO with a code", xml: "<value xsi:type='CO' code='X' value='2'/>", expected: "coded X"),
        Row(name: "CO with a rank", xml: "<value xsi:type='CO' value='2'/>", expected: "quantity 2"),
        Row(
            name: "PQ", xml: "<value xsi:type='PQ' value='5.50' unit='mg/dL'/>", expected: "quantity 5.50 mg/dL [mg/dL]"
        ),
        Row(name: "null PQ", xml: "<value xsi:type='PQ' nullFlavor='UNK'/>", expected: "null UNK"),
        Row(
            name: "masked PQ with a value", xml: "<value xsi:type='PQ' nullFlavor='MSK' value='5'/>",
            expected: "null MSK"),
        Row(
            name: "PQ of two numbers", xml: "<value xsi:type='PQ' value='120/80' unit='mm[Hg]'/>",
            expected: "text 120/80 mm[Hg]", codes: ["CCDA-214"]),
        Row(
            name: "empty PQ", xml: "<value xsi:type='PQ' value='' unit='mg'/>", expected: "null NI", codes: ["CCDA-214"]
        ),
        Row(
            name: "null PQ with translation",
            xml: """
                <value xsi:type='PQ' nullFlavor='OTH'><translation value='1'><originalText>pack</originalText></translation></value>
                """,
            expected: "quantity 1 pack"),
        Row(
            name: "null PQ with words around a null translation",
            xml: """
                <value xsi:type='PQ' nullFlavor='OTH'><translation nullFlavor='UNK'><originalText>pack</originalText></translation></value>
                """,
            expected: "null OTH"),
        Row(name: "REAL", xml: "<value xsi:type='REAL' value='1.50'/>", expected: "quantity 1.50"),
        Row(name: "INT", xml: "<value xsi:type='INT' value='7'/>", expected: "integer 7"),
        Row(name: "INT below zero", xml: "<value xsi:type='INT' value='-7'/>", expected: "integer -7"),
        Row(name: "INT of 32 bits", xml: "<value xsi:type='INT' value='2147483647'/>", expected: "integer 2147483647"),
        Row(
            name: "INT beyond 32 bits", xml: "<value xsi:type='INT' value='2147483648'/>",
            expected: "quantity 2147483648"),
        Row(name: "INT with a fraction", xml: "<value xsi:type='INT' value='7.0'/>", expected: "quantity 7.0"),
        Row(name: "null INT", xml: "<value xsi:type='INT' nullFlavor='UNK'/>", expected: "null UNK"),
        Row(
            name: "range",
            xml: "<value xsi:type='IVL_PQ'><low value='1' unit='mg'/><high value='2' unit='mg'/></value>",
            expected: "range 1 mg [mg] to 2 mg [mg]"),
        Row(
            name: "low only", xml: "<value xsi:type='IVL_PQ'><low value='1' unit='mg'/></value>",
            expected: "quantity >=1 mg [mg]"),
        Row(
            name: "low only, open",
            xml: "<value xsi:type='IVL_PQ'><low value='1' unit='mg' inclusive='false'/></value>",
            expected: "quantity >1 mg [mg]"),
        Row(
            name: "high only",
            xml: "<value xsi:type='IVL_PQ'><low nullFlavor='UNK'/><high value='2' unit='mg'/></value>",
            expected: "quantity <=2 mg [mg]"),
        Row(
            name: "high only, open",
            xml: "<value xsi:type='IVL_PQ'><high value='2' unit='mg' inclusive='false'/></value>",
            expected: "quantity <2 mg [mg]"),
        Row(
            name: "low of zero",
            xml: "<value xsi:type='IVL_PQ'><low value='0.0' unit='mg'/><high value='2' unit='mg'/></value>",
            expected: "quantity <=2 mg [mg]"),
        Row(
            name: "low of minus infinity",
            xml:
                "<value xsi:type='IVL_PQ'><low nullFlavor='NINF'/><high value='2' unit='mg' inclusive='false'/></value>",
            expected: "quantity <2 mg [mg]"),
        Row(
            name: "high of infinity",
            xml: "<value xsi:type='IVL_PQ'><low value='60' unit='mL/min'/><high nullFlavor='PINF'/></value>",
            expected: "quantity >=60 mL/min [mL/min]"),
        Row(
            name: "range upside down",
            xml: "<value xsi:type='IVL_PQ'><low value='10' unit='mg'/><high value='9' unit='mg'/></value>",
            expected: "text 10 to 9 mg", codes: ["CCDA-211"]),
        Row(
            name: "range without unit", xml: "<value xsi:type='IVL_REAL'><low value='1'/><high value='2'/></value>",
            expected: "range 1 to 2"),
        Row(name: "range as one value", xml: "<value xsi:type='IVL_INT' value='3'/>", expected: "quantity 3"),
        Row(
            name: "center", xml: "<value xsi:type='IVL_PQ'><center value='3' unit='mg'/></value>",
            expected: "quantity 3 mg [mg]"),
        Row(name: "empty range", xml: "<value xsi:type='IVL_PQ'><low nullFlavor='UNK'/></value>", expected: "null NI"),
        Row(
            name: "ratio",
            xml:
                "<value xsi:type='RTO_PQ_PQ'><numerator value='1' unit='mg'/><denominator value='2' unit='mL'/></value>",
            expected: "ratio 1 mg [mg] : 2 mL [mL]"),
        Row(
            name: "titre",
            xml:
                "<value xsi:type='RTO'><numerator xsi:type='INT' value='1'/><denominator xsi:type='INT' value='128'/></value>",
            expected: "ratio 1 : 128"),
        Row(
            name: "half a ratio", xml: "<value xsi:type='RTO'><numerator value='1'/></value>", expected: "null NI",
            codes: ["CCDA-214"]),
        Row(name: "true", xml: "<value xsi:type='BL' value='true'/>", expected: "boolean true"),
        Row(name: "false", xml: "<value xsi:type='BL' value='false'/>", expected: "boolean false"),
        Row(name: "null boolean", xml: "<value xsi:type='BL' nullFlavor='UNK' value='true'/>", expected: "null UNK"),
        Row(name: "no boolean", xml: "<value xsi:type='BL' value='yes'/>", expected: "null NI", codes: ["CCDA-215"]),
        Row(name: "TS", xml: "<value xsi:type='TS' value='20230531'/>", expected: "time 2023-05-31"),
        Row(
            name: "unreadable TS", xml: "<value xsi:type='TS' value='soon'/>", expected: "text soon",
            codes: ["CCDA-210"]),
        Row(
            name: "IVL_TS", xml: "<value xsi:type='IVL_TS'><low value='2022'/><high value='2023'/></value>",
            expected: "period 2022 to 2023"),
        Row(name: "null IVL_TS", xml: "<value xsi:type='IVL_TS' nullFlavor='NA'/>", expected: "null NA"),
        Row(name: "ST", xml: "<value xsi:type='ST'> Lumbar  pain </value>", expected: "text Lumbar pain"),
        Row(name: "ST with a number", xml: "<value xsi:type='ST'>&gt;60</value>", expected: "text >60 = >60"),
        Row(
            name: "ST with a number and unit", xml: "<value xsi:type='ST'>&lt;0.5 mg/dL</value>",
            expected: "text <0.5 mg/dL = <0.5 mg/dL [mg/dL]"),
        Row(name: "empty ST", xml: "<value xsi:type='ST'/>", expected: "null NI"),
        Row(name: "null ST", xml: "<value xsi:type='ST' nullFlavor='NAV'/>", expected: "null NAV"),
        Row(
            name: "ST with text and a nullFlavor", xml: "<value xsi:type='ST' nullFlavor='UNK'>T</value>",
            expected: "text T",
            codes: ["CCDA-212"]),
        Row(name: "ED", xml: "<value xsi:type='ED'>T</value>", expected: "text T"),
        Row(
            name: "ED by reference",
            xml: "<value xsi:type='ED'><reference value='#t'/></value><text><content ID='t'>T</content></text>",
            expected: "text T"),
        Row(
            name: "ED in base 64", xml: "<value xsi:type='ED' representation='B64' mediaType='image/png'>aGk=</value>",
            expected: "attachment"),
        Row(
            name: "ED outside", xml: "<value xsi:type='ED'><reference value='http://example.org/a.png'/></value>",
            expected: "attachment"),
        Row(
            name: "ED in place and outside",
            xml: "<value xsi:type='ED'>T<reference value='http://example.org/a.png'/></value>",
            expected: "text T"),
        Row(name: "II", xml: "<value xsi:type='II' root='1.2.3' extension='4'/>", expected: "text 1.2.3^4"),
        Row(name: "TEL", xml: "<value xsi:type='TEL' value='tel:1'/>", expected: "text tel:1"),
        Row(
            name: "PN", xml: "<value xsi:type='PN'><given>Eve</given> <family>Example</family></value>",
            expected: "text Eve Example"),
        Row(
            name: "MO", xml: "<value xsi:type='MO' value='5' currency='USD'/>", expected: "unread MO",
            codes: ["CCDA-215"]),
        Row(
            name: "type that is no name", xml: "<value xsi:type='Mrs Smith'/>", expected: "unread another type",
            codes: ["CCDA-215"]),
        Row(name: "no type, code", xml: "<value code='X'/>", expected: "coded X", codes: ["CCDA-215"]),
        Row(
            name: "no type, text of a code", xml: "<value nullFlavor='OTH'><originalText>T</originalText></value>",
            expected: "coded T", codes: ["CCDA-215"]),
        Row(
            name: "no type, number and unit", xml: "<value value='5' unit='mg'/>", expected: "quantity 5 mg [mg]",
            codes: ["CCDA-215"]),
        Row(name: "no type, number", xml: "<value value='5'/>", expected: "text 5 = 5", codes: ["CCDA-215"]),
        Row(
            name: "no type, range", xml: "<value><low value='1' unit='mg'/></value>", expected: "quantity >=1 mg [mg]",
            codes: ["CCDA-215"]),
        Row(
            name: "no type, times", xml: "<value><low value='2022'/></value>", expected: "period 2022 to ",
            codes: ["CCDA-215"]),
        Row(
            name: "no type, ratio", xml: "<value><numerator value='1'/><denominator value='2'/></value>",
            expected: "ratio 1 : 2", codes: ["CCDA-215"]),
        Row(name: "no type, text", xml: "<value>T</value>", expected: "text T", codes: ["CCDA-215"]),
        Row(name: "no type, null", xml: "<value nullFlavor='UNK'/>", expected: "null UNK"),
        Row(name: "no type, nothing", xml: "<value/>", expected: "null NI", codes: ["CCDA-215"]),
    ]

    @Test("Each type, and its shape where the type is missing", arguments: rows)
    func reads(_ row: Row) throws {
        let fragment = try Fragment(row.xml)
        #expect(Self.short(ObservationValue(try fragment.element, in: fragment.context)) == row.expected)
        #expect(fragment.codes == row.codes)
    }

    @Test("xsi:type counts also where its prefix is not declared")
    func undeclared() throws {
        let text =
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><value xsi:type='PQ' value='5' unit='mg'/></ClinicalDocument>"
        let tree = try XMLDocument(Array(text.utf8))
        let context = DocumentContext(tree, narrative: NarrativeIndex(tree), offset: nil, source: nil)
        let value = ObservationValue(try #require(tree.root.first("value")), in: context)
        #expect(Self.short(value) == "quantity 5 mg [mg]")
    }

    @Test("Ends of a reference range stay as they are")
    func referenceRange() throws {
        let fragment = try Fragment(
            "<value xsi:type='IVL_PQ'><low value='0' unit='mg'/><high value='2.50' unit='mg'/></value>")
        let range = QuantityInterval(try fragment.element, in: fragment.context)
        #expect(range.low == PhysicalQuantity(value: "0", unit: "mg", ucum: "mg"))
        #expect(range.high == PhysicalQuantity(value: "2.50", unit: "mg", ucum: "mg"))
    }
}
