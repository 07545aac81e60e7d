import ClinicalModel
import Testing

@Suite("Units of measure")
struct UnitsTests {
    struct Row: CustomTestStringConvertible {
        let value: Double
        let unit: String?
        let target: Unit
        let expected: Double?
        let because: String
        var testDescription: String { "\(value) \(unit ?? "no unit") in \(target.rawValue): \(because)" }
    }
    static let rows = [
        Row(value: 100.4, unit: "[degF]", target: .celsius, expected: 38, because: "the fever limit itself"),
        Row(value: 101.3, unit: "[degF]", target: .celsius, expected: 38.5, because: "a fever, not 101 degrees"),
        Row(value: 98.6, unit: "[degF]", target: .celsius, expected: 37, because: "normal"),
        Row(value: 310.15, unit: "K", target: .celsius, expected: 37, because: "kelvin has an offset only"),
        Row(value: 160.9, unit: "[lb_av]", target: .kilogram, expected: 72.983_012_333, because: "pounds of a scale"),
        Row(value: 82_000, unit: "g", target: .kilogram, expected: 82, because: "grams"),
        Row(value: 0.5, unit: "g", target: .milligram, expected: 500, because: "a dose in grams"),
        Row(value: 1.2, unit: "mg/dL", target: .milligramPerLitre, expected: 12, because: "CRP of another laboratory"),
        Row(value: 0.2, unit: "L", target: .millilitre, expected: 200, because: "residual volume in litres"),
        Row(value: 190, unit: "{cells}/uL", target: .perMicrolitre, expected: 190, because: "an annotation is no unit"),
        Row(value: 0.19, unit: "10*9/L", target: .perMicrolitre, expected: 190, because: "SI count"),
        Row(value: 37, unit: nil, target: .celsius, expected: nil, because: "no unit is never guessed"),
        Row(value: 37, unit: "mm[Hg]", target: .celsius, expected: nil, because: "a unit of no criterion"),
        Row(value: 37, unit: "kg", target: .celsius, expected: nil, because: "another dimension"),
    ]
    @Test("conversion", arguments: rows)
    func conversion(_ row: Row) {
        let quantity = Quantity(literal: "\(row.value)", value: row.value, unit: row.unit)
        #expect(quantity.value(in: row.target) == row.expected)
    }
}
