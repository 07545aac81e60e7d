import ClinicalModel

/// A number that may only be bounded: `<3.0` is not 3.0.
struct MeasuredValue {
    let value: Double
    let comparator: Quantity.Comparator?

    func isAtLeast(_ limit: Double) -> Truth {
        switch comparator {
        case nil: value >= limit ? .yes : .no
        case .greaterOrEqual, .greater: value >= limit ? .yes : .unknown
        case .less: value <= limit ? .no : .unknown
        case .lessOrEqual: value < limit ? .no : .unknown
        }
    }

    func isAbove(_ limit: Double) -> Truth {
        switch comparator {
        case nil: value > limit ? .yes : .no
        case .greaterOrEqual: value > limit ? .yes : .unknown
        case .greater: value >= limit ? .yes : .unknown
        case .less, .lessOrEqual: value <= limit ? .no : .unknown
        }
    }
}

/// The units of the guideline's measurements, by UCUM code; a value without a known unit is never compared.
enum UnitConversion {
    static func celsius(_ quantity: Quantity) -> MeasuredValue? {
        switch quantity.unit {
        case "Cel": MeasuredValue(value: quantity.value, comparator: quantity.comparator)
        case "[degF]":
            // Rounded to a hundredth, so that 100.4 [degF] is 38.0 Cel and not a hair below.
            MeasuredValue(value: ((quantity.value - 32) * 500 / 9).rounded() / 100, comparator: quantity.comparator)
        case "K":
            MeasuredValue(value: ((quantity.value - 273.15) * 100).rounded() / 100, comparator: quantity.comparator)
        default: nil
        }
    }

    static func kilograms(_ quantity: Quantity) -> Double? {
        guard quantity.comparator == nil else { return nil }
        return switch quantity.unit {
        case "kg": quantity.value
        case "g": quantity.value / 1000
        case "[lb_av]": quantity.value * 0.453_592_37
        case "[oz_av]": quantity.value * 0.028_349_523_125
        default: nil
        }
    }

    static func milligramsPerLiter(_ quantity: Quantity) -> MeasuredValue? {
        switch quantity.unit {
        case "mg/L", "ug/mL": MeasuredValue(value: quantity.value, comparator: quantity.comparator)
        case "mg/dL": MeasuredValue(value: quantity.value * 10, comparator: quantity.comparator)
        default: nil
        }
    }

    static func millimetersPerHour(_ quantity: Quantity) -> MeasuredValue? {
        switch quantity.unit {
        case "mm/h", "mm/hr", "mm/{hr}": MeasuredValue(value: quantity.value, comparator: quantity.comparator)
        default: nil
        }
    }

    static func perMicroliter(_ quantity: Quantity) -> MeasuredValue? {
        switch quantity.unit {
        case "/uL", "{cells}/uL", "cells/uL", "10*6/L", "/mm3":
            MeasuredValue(value: quantity.value, comparator: quantity.comparator)
        case "10*3/uL", "10*9/L": MeasuredValue(value: quantity.value * 1000, comparator: quantity.comparator)
        default: nil
        }
    }
}
