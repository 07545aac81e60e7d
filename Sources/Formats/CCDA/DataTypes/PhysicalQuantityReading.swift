public import XMLTree

extension PhysicalQuantity {
    /// What came of reading a quantity.
    struct Reading: Hashable {
        /// Nil when the value is no number.
        var quantity: PhysicalQuantity?
        /// What is wrong or doubtful; empty for a sound quantity.
        var doubts: [String] = []
    }

    /// Reads `value` and `unit` (section 4.3).
    ///
    /// - Parameter needsUnit: False for REAL and INT, which have none.
    static func read(value: String, unit: String?, needsUnit: Bool = true) -> Reading {
        var reading = Reading()
        let text = value.trimmingBlanks()
        let (comparator, rest) = QuantityText.comparator(text)
        guard let number = DecimalText(rest) else {
            reading.doubts.append(text.isEmpty ? "an empty value" : "a value that is no number")
            return reading
        }
        if comparator != nil { reading.doubts.append("a comparator in the value") }
        if !number.isProper || text.utf8.count != value.utf8.count {
            reading.doubts.append("a number in another form than a decimal has")
        }
        var quantity = PhysicalQuantity(value: number.json, comparator: comparator)
        quantity.setUnit(unit)
        if needsUnit, quantity.unit == nil, quantity.ucum == nil {
            reading.doubts.append("no unit")
        } else if quantity.ucum == nil, quantity.unit != nil {
            reading.doubts.append("a unit that is not UCUM's")
        }
        reading.quantity = quantity
        return reading
    }

    private mutating func setUnit(_ written: String?) {
        guard let text = written?.trimmingBlanks().nonEmpty else { return }
        if text == "1" {
            ucum = "1"
        } else {
            unit = text
            ucum = UCUM.isValid(text) ? text : nil
        }
    }

    /// Reads an element of type PQ, REAL or INT, or any element with `value` and `unit`; doubts are noted. Nil when it has
    /// no number.
    ///
    /// - Parameter needsUnit: False for REAL and INT, which have none.
    public init?(_ element: XMLElement, needsUnit: Bool = true, in context: DocumentContext) {
        func note(_ doubts: [String]) {
            for doubt in doubts {
                context.note(.ccdaQuantity, at: element, expected: "a decimal with a UCUM unit", found: doubt)
            }
        }
        if element["nullFlavor"] == nil, let value = element["value"] {
            let reading = Self.read(value: value, unit: element["unit"], needsUnit: needsUnit)
            note(reading.doubts)
            guard let quantity = reading.quantity else { return nil }
            self = quantity
            return
        }
        // The value is null in UCUM's terms; a translation says it in others.
        let found = element.elements("translation").lazy.compactMap { Self.translated($0, in: context) }.first
        guard let found else { return nil }
        self = found
    }

    /// A translation: PQR, a value with a unit of another system or in words.
    private static func translated(_ element: XMLElement, in context: DocumentContext) -> PhysicalQuantity? {
        // A nullFlavor beside the value is that of the unit's code.
        guard let value = element["value"],
            var quantity = read(value: value, unit: nil, needsUnit: false).quantity
        else { return nil }
        let unit = CodedValue(element, in: context)
        if let code = unit.root, code.system == "2.16.840.1.113883.6.8", UCUM.isValid(code.code) {
            quantity.setUnit(code.code)
        } else {
            quantity.otherUnit = unit.root?.system == nil ? nil : unit.root
            quantity.unit = unit.text ?? unit.root?.code ?? element["unit"]?.trimmingBlanks().nonEmpty
        }
        return quantity
    }
}

extension QuantityInterval {
    /// Reads `low` and `high` as they stand, for a reference range; doubts are noted.
    public init(_ element: XMLElement, in context: DocumentContext) {
        low = element.first("low").flatMap { PhysicalQuantity($0, needsUnit: false, in: context) }
        high = element.first("high").flatMap { PhysicalQuantity($0, needsUnit: false, in: context) }
    }

    /// Whether both ends are numbers of one unit and the lower one lies above the upper one.
    var isReversed: Bool {
        guard let low, let high, low.unit == high.unit, let from = DecimalText(low.value),
            let to = DecimalText(high.value)
        else { return false }
        return to < from
    }
}

/// Numbers in texts: `>60`, `<0.5 mg/dL`, `7`.
public enum QuantityText {
    /// The quantity that a whole text states: a number, with or without a comparator before it and a unit of UCUM behind it.
    /// Nil for anything else; words are never taken for units.
    public static func parse(_ text: String) -> PhysicalQuantity? {
        let (comparator, rest) = comparator(text.trimmingBlanks())
        let end = rest.utf8.firstIndex { !"0123456789.+-".utf8.contains($0) } ?? rest.endIndex
        // A number and a unit may touch: `5mg`. An exponent, `1e3`, is only read as a number alone.
        if let number = DecimalText(rest) { return PhysicalQuantity(value: number.json, comparator: comparator) }
        guard let number = DecimalText(String(rest[..<end])) else { return nil }
        let unit = String(rest[end...]).trimmingBlanks()
        // `120/80` is no number per eighty.
        guard UCUM.isValid(unit), unit.utf8.contains(where: { !"0123456789./()*^-".utf8.contains($0) }) else {
            return nil
        }
        return PhysicalQuantity(value: number.json, comparator: comparator, unit: unit, ucum: unit)
    }

    /// A comparator at the start of a text in FHIR's spelling, and what follows it.
    static func comparator(_ text: String) -> (comparator: String?, rest: String) {
        for (written, comparator) in [
            ("<=", "<="), (">=", ">="), ("≤", "<="), ("≥", ">="), ("<", "<"), (">", ">"),
        ] where text.utf8.starts(with: written.utf8) {
            return (comparator, String(Substring(text.utf8.dropFirst(written.utf8.count))).trimmingBlanks())
        }
        return (nil, text)
    }
}
