/// Units of measure that the criteria compare in, and the conversions between them, by UCUM code.
///
/// A value is only ever compared after conversion; a unit that is not listed here converts to nothing, which reads as
/// unknown. Source of the factors: The Unified Code for Units of Measure, version 2.1.
public enum Unit: String, Sendable, Hashable, CaseIterable {
    case celsius = "Cel"
    case fahrenheit = "[degF]"
    case kelvin = "K"
    case kilogram = "kg"
    case gram = "g"
    case milligram = "mg"
    case microgram = "ug"
    case pound = "[lb_av]"
    case ounce = "[oz_av]"
    case litre = "L"
    case decilitre = "dL"
    case millilitre = "mL"
    case milligramPerLitre = "mg/L"
    case milligramPerDecilitre = "mg/dL"
    case microgramPerMillilitre = "ug/mL"
    case millimetrePerHour = "mm/h"
    case perMicrolitre = "/uL"
    case thousandsPerMicrolitre = "10*3/uL"
    case billionsPerLitre = "10*9/L"
    case millionsPerLitre = "10*6/L"
    case filtrationRate = "mL/min/{1.73_m2}"
    case score = "{score}"
    case day = "d"
    case hour = "h"
    case minute = "min"
    case week = "wk"
    case month = "mo"
    case year = "a"

    /// The unit that a UCUM code names; nil when no criterion reads it.
    ///
    /// Annotations in braces carry no meaning in UCUM, so `{cells}/uL` is `/uL`.
    public init?(ucum code: String) {
        if let unit = Unit(rawValue: code) {
            self = unit
        } else if let unit = Unit.spellings[code] {
            self = unit
        } else {
            return nil
        }
    }

    /// Other UCUM spellings of the same units.
    private static let spellings: [String: Unit] = [
        "l": .litre, "dl": .decilitre, "ml": .millilitre, "mg/l": .milligramPerLitre, "mg/dl": .milligramPerDecilitre,
        "{cells}/uL": .perMicrolitre, "{cell}/uL": .perMicrolitre, "/mm3": .perMicrolitre, "1/uL": .perMicrolitre,
        "10*3/mm3": .thousandsPerMicrolitre, "K/uL": .thousandsPerMicrolitre,
        "mL/min/1.73.m2": .filtrationRate, "mL/min/{1.73m2}": .filtrationRate, "mL/min/1.73m2": .filtrationRate,
        "mL/min/1.73 m2": .filtrationRate, "mm/hr": .millimetrePerHour,
        "{Score}": .score, "{score}/10": .score, "{0-10}": .score, "1": .score, "a_j": .year,
    ]

    /// What is measured: only units of one dimension convert into each other.
    private enum Dimension { case temperature, mass, volume, massConcentration, rate, count, filtration, score, time }

    /// Dimension, factor and offset to the first unit of the dimension: `base = value × factor + offset`.
    private var scale: (Dimension, factor: Double, offset: Double) {
        switch self {
        case .celsius: (.temperature, 1, 0)
        case .fahrenheit: (.temperature, 5.0 / 9.0, -160.0 / 9.0)
        case .kelvin: (.temperature, 1, -273.15)
        case .kilogram: (.mass, 1_000_000, 0)
        case .gram: (.mass, 1000, 0)
        case .milligram: (.mass, 1, 0)
        case .microgram: (.mass, 0.001, 0)
        case .pound: (.mass, 453_592.37, 0)
        case .ounce: (.mass, 28_349.523_125, 0)
        case .litre: (.volume, 1000, 0)
        case .decilitre: (.volume, 100, 0)
        case .millilitre: (.volume, 1, 0)
        case .milligramPerLitre, .microgramPerMillilitre: (.massConcentration, 1, 0)
        case .milligramPerDecilitre: (.massConcentration, 10, 0)
        case .millimetrePerHour: (.rate, 1, 0)
        case .perMicrolitre, .millionsPerLitre: (.count, 1, 0)
        case .thousandsPerMicrolitre, .billionsPerLitre: (.count, 1000, 0)
        case .filtrationRate: (.filtration, 1, 0)
        case .score: (.score, 1, 0)
        case .day: (.time, 1, 0)
        case .hour: (.time, 1.0 / 24, 0)
        case .minute: (.time, 1.0 / 1440, 0)
        case .week: (.time, 7, 0)
        case .month: (.time, 30.4375, 0)
        case .year: (.time, 365.25, 0)
        }
    }

    /// A number of this unit in another; nil when they measure different things.
    public func convert(_ value: Double, to unit: Unit) -> Double? {
        if self == unit { return value }
        let (from, to) = (scale, unit.scale)
        guard from.0 == to.0 else { return nil }
        // To nine places, so that 100.4 [degF] is 38 Cel and not a hair beside it.
        let converted = (value * from.factor + from.offset - to.offset) / to.factor
        return (converted * 1e9).rounded() / 1e9
    }
}

extension Quantity {
    /// The number in a unit; nil when the unit is missing, unknown or of another dimension.
    public func value(in target: Unit) -> Double? {
        guard let unit, let source = Unit(ucum: unit) else { return nil }
        return source.convert(value, to: target)
    }
}
