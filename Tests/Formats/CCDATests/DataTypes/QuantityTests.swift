import Testing

@testable import CCDA

/// PQ, and numbers in texts, by section 4.3.
@Suite("Numbers and units")
struct QuantityTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let value: String
        var unit: String?
        let json: String?
        var comparator: String?
        var text: String?
        var code: String?
        var isSound = false
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "digits kept", value: "5.50", unit: "mg/dL", json: "5.50", text: "mg/dL", code: "mg/dL", isSound: true
        ),
        Row(name: "below zero", value: "-3", unit: "Cel", json: "-3", text: "Cel", code: "Cel", isSound: true),
        Row(name: "zero", value: "0", unit: "mg", json: "0", text: "mg", code: "mg", isSound: true),
        Row(
            name: "exponent", value: "1e3", unit: "10*3/uL", json: "1e3", text: "10*3/uL", code: "10*3/uL",
            isSound: true),
        Row(name: "signed exponent", value: "1.5E-3", unit: "g", json: "1.5E-3", text: "g", code: "g", isSound: true),
        Row(name: "unity", value: "7", unit: "1", json: "7", code: "1", isSound: true),
        Row(name: "no digit before the point", value: ".5", unit: "mg", json: "0.5", text: "mg", code: "mg"),
        Row(name: "no digit behind the point", value: "5.", unit: "mg", json: "5", text: "mg", code: "mg"),
        Row(name: "plus", value: "+5", unit: "mg", json: "5", text: "mg", code: "mg"),
        Row(name: "leading zeros", value: "007.50", unit: "mg", json: "7.50", text: "mg", code: "mg"),
        Row(name: "blanks", value: " 5 ", unit: " mg ", json: "5", text: "mg", code: "mg"),
        Row(name: "no unit", value: "38.6", json: "38.6"),
        Row(name: "empty unit", value: "38.6", unit: "", json: "38.6"),
        Row(name: "unit that is not UCUM's", value: "14.2", unit: "K/uL", json: "14.2", text: "K/uL"),
        Row(
            name: "comparator in the value", value: ">100", unit: "mg/L", json: "100", comparator: ">", text: "mg/L",
            code: "mg/L"),
        Row(
            name: "comparator with equals", value: "<= 0.5", unit: "mg/L", json: "0.5", comparator: "<=", text: "mg/L",
            code: "mg/L"),
        Row(name: "two numbers", value: "120/80", unit: "mm[Hg]", json: nil),
        Row(name: "comma", value: "5,5", unit: "mg", json: nil),
        Row(name: "not a number", value: "NaN", unit: "mg", json: nil),
        Row(name: "infinity", value: "INF", unit: "mg", json: nil),
        Row(name: "empty", value: "", unit: "mg", json: nil),
        Row(name: "point alone", value: ".", unit: "mg", json: nil),
        Row(name: "sign alone", value: "-", unit: "mg", json: nil),
        Row(name: "two signs", value: "--5", unit: "mg", json: nil),
        Row(name: "two points", value: "5.5.5", unit: "mg", json: nil),
        Row(name: "exponent of three digits", value: "1e100", unit: "mg", json: nil),
        Row(name: "hexadecimal", value: "0x10", unit: "mg", json: nil),
        Row(
            name: "64 digits", value: String(repeating: "1", count: 64), unit: "mg",
            json: String(repeating: "1", count: 64), text: "mg", code: "mg", isSound: true),
        Row(name: "65 digits", value: String(repeating: "1", count: 65), unit: "mg", json: nil),
        Row(name: "digits of another script", value: "５", unit: "mg", json: nil),
    ]

    @Test("A quantity keeps its digits and its unit", arguments: rows)
    func reads(_ row: Row) {
        let reading = PhysicalQuantity.read(value: row.value, unit: row.unit)
        #expect(reading.quantity?.value == row.json)
        #expect(reading.quantity?.comparator == row.comparator)
        #expect(reading.quantity?.unit == row.text)
        #expect(reading.quantity?.ucum == row.code)
        #expect(reading.doubts.isEmpty == row.isSound)
    }

    @Test("Every row of the table of quantities")
    func table() throws {
        for row in CaseTable.rows("pq-cases.csv") ?? [] {
            func cell(_ name: String) -> String? { row[name].flatMap { $0.isEmpty ? nil : $0 } }
            let attributes = [("value", row["value"]), ("unit", cell("unit")), ("nullFlavor", cell("null_flavor"))]
            let text = attributes.compactMap { name, value in
                value.map { " \(name)='\($0.split(separator: "<").joined(separator: "&lt;"))'" }
            }
            let isNull = cell("null_flavor") != nil
            let fragment = try Fragment(
                "<value xsi:type='PQ'\(text.filter { !isNull || !$0.contains("value=") }.joined())/>")
            let value = ObservationValue(try fragment.element, in: fragment.context)
            let name = Comment(rawValue: "\(row)")
            switch value {
            case .quantity(let quantity):
                #expect(quantity.value == cell("fhir_value"), name)
                #expect(quantity.comparator == cell("fhir_comparator"), name)
                #expect(quantity.unit == cell("fhir_unit"), name)
                #expect(quantity.ucum == cell("fhir_code"), name)
                #expect(row["verdict"] == (fragment.codes.isEmpty ? "ok" : "warn"), name)
            case .text(let text, _):
                #expect(text == cell("fhir_string"), name)
                #expect(row["verdict"] == "error" && !fragment.codes.isEmpty, name)
            case .null(let flavor):
                #expect(flavor.rawValue == cell("null_flavor") ?? "NI", name)
                #expect(row["verdict"] == (isNull ? "null" : "error"), name)
                #expect(fragment.codes.isEmpty == isNull, name)
            default: Issue.record(name)
            }
        }
    }

    @Test(
        "A text is a number when it is nothing else",
        arguments: [
            (">60", "60", ">", nil), ("<0.5 mg/dL", "0.5", "<", "mg/dL"), ("≥ 90", "90", ">=", nil),
            ("≤5%", "5", "<=", "%"),
            ("7", "7", nil, nil), ("  7.10 ", "7.10", nil, nil), ("5mg", "5", nil, "mg"),
            ("-2.5 {score}", "-2.5", nil, "{score}"),
            ("12 /min", "12", nil, "/min"), ("1e3", "1e3", nil, nil),
            ("120/80", nil, nil, nil), ("120/80 mm[Hg]", nil, nil, nil), ("5-10 mg", nil, nil, nil),
            ("5 of 10", nil, nil, nil),
            ("2 positive", nil, nil, nil), ("negative", nil, nil, nil), ("5,5", nil, nil, nil), ("", nil, nil, nil),
            (">", nil, nil, nil), ("mg", nil, nil, nil), ("about 5", nil, nil, nil), ("5 K/uL", nil, nil, nil),
            ("10.5.2", nil, nil, nil), ("2023-05-31", nil, nil, nil),
        ] as [(String, String?, String?, String?)])
    func texts(_ text: String, _ value: String?, _ comparator: String?, _ unit: String?) {
        let quantity = QuantityText.parse(text)
        #expect(quantity?.value == value)
        #expect(quantity?.comparator == comparator)
        #expect(quantity?.ucum == unit)
    }

    @Test("A translation says what a null quantity cannot")
    func translation() throws {
        let fragment = try Fragment(
            """
            <doseQuantity nullFlavor='OTH'><translation nullFlavor='UNK'/>
            <translation value='2.50' code='415215001' codeSystem='2.16.840.1.113883.6.96' displayName='Puff'>
            <originalText>puffs</originalText></translation></doseQuantity>
            """)
        let quantity = PhysicalQuantity(try fragment.element, in: fragment.context)
        #expect(quantity?.value == "2.50")
        #expect(quantity?.unit == "puffs")
        #expect(quantity?.ucum == nil)
        #expect(quantity?.otherUnit?.code == "415215001")
    }

    @Test("A translation in UCUM is a quantity with its code")
    func translationInUCUM() throws {
        let fragment = try Fragment(
            "<value nullFlavor='OTH'><translation value='5' code='mg' codeSystem='2.16.840.1.113883.6.8'/></value>")
        let quantity = PhysicalQuantity(try fragment.element, in: fragment.context)
        #expect(quantity == PhysicalQuantity(value: "5", unit: "mg", ucum: "mg"))
    }

    @Test("A null quantity is none, whatever its value")
    func null() throws {
        let fragment = try Fragment("<value nullFlavor='UNK' value='5' unit='mg'/>")
        #expect(PhysicalQuantity(try fragment.element, in: fragment.context) == nil)
    }

    @Test(
        "Decimals are compared exactly",
        arguments: [
            ("1", "2", true), ("2", "1", false), ("1.0", "1", false), ("1", "1.00", false),
            ("0.1", "0.10000000000000000001", true),
            ("-2", "-1", true), ("-1", "-2", false), ("-1", "0", true), ("0.00", "0", false), ("0", "0.001", true),
            ("1e2", "99", false), ("9", "1e1", true), ("99999999999999999999", "1e20", true), ("-0", "0", false),
        ])
    func order(_ left: String, _ right: String, _ isLess: Bool) throws {
        #expect((try #require(DecimalText(left)) < (try #require(DecimalText(right)))) == isLess)
    }

    @Test(
        "A decimal times a whole number is whole or none",
        arguments: [
            ("1.5", 60, 90), ("0.3333", 1440, nil), ("0.25", 1440, 360), ("2e1", 3, 60), ("-0.5", 60, -30),
            ("0", 60, 0),
            ("1e16", 60, nil), ("999999999999999", 1_000_000, nil),
        ] as [(String, Int, Int?)])
    func product(_ text: String, _ factor: Int, _ product: Int?) throws {
        #expect(try #require(DecimalText(text)).times(factor) == product)
    }
}
