/// The Unified Code for Units of Measure: whether a text is one of its codes, case-sensitive.
///
/// Source: The Unified Code for Units of Measure, version 2.1; the grammar of its section 2.1 and its unit atoms, customary
/// units included.
public enum UCUM {
    /// Whether a text is a unit.
    ///
    /// A few spellings are units by chance and mean something else in clinical documents, `K/uL` for example, which would be
    /// kelvin per microlitre: they count as no units.
    public static func isValid(_ code: String) -> Bool {
        guard !code.isEmpty, code.utf8.count <= maximalLength, !misunderstood.contains(code) else { return false }
        var scanner = UCUMScanner(code.utf8)
        return scanner.takeWhole()
    }

    private static let maximalLength = 128

    /// Kelvin, farad, coulomb, femtotonne, picohenry, astronomic unit, exaunit: meant are thousands, degrees, feet, pH and
    /// arbitrary, Ehrlich or endotoxin units.
    private static let misunderstood: Set = [
        "K/uL", "K/ul", "K/mm3", "K/mL", "K/cmm", "F", "C", "ft", "pH", "AU", "AU/mL", "AU/L", "EU", "EU/mL", "EU/dL",
    ]
}

/// Reads a unit by UCUM's grammar; annotations behind numbers and parentheses, `/100{WBC}`, are admitted as FHIR's list of
/// common units has them. Parentheses are counted, not nested calls.
private struct UCUMScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var open = 0

    init(_ code: String.UTF8View) { bytes = Array(code) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Character) -> Bool {
        guard let next, next == character.asciiValue else { return false }
        position += 1
        return true
    }

    /// The whole text: components joined by points and slashes, a slash at the start allowed.
    mutating func takeWhole() -> Bool {
        _ = take("/")
        while true {
            while take("(") {
                open += 1
                _ = take("/")
            }
            guard takeComponent() else { return false }
            while open > 0, take(")") {
                open -= 1
                if next == UInt8(ascii: "{"), !takeAnnotation() { return false }
            }
            if position == bytes.count { return open == 0 }
            guard take(".") || take("/") else { return false }
        }
    }

    /// A unit with exponent and annotation, an annotation alone or a number.
    private mutating func takeComponent() -> Bool {
        let start = position
        while let byte = next, !".()/{".utf8.contains(byte) {
            position += 1
            // In brackets everything belongs to the name: `[m/s2/Hz^0.5]`.
            guard byte == UInt8(ascii: "[") else { continue }
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "]")) else { return false }
            position = end + 1
        }
        let token = bytes[start..<position]
        if next == UInt8(ascii: "{") {
            guard takeAnnotation() else { return false }
            if token.isEmpty { return true }
        }
        return !token.isEmpty && (token.allSatisfy(isDigit) || isUnit(token))
    }

    /// Printable characters without braces, in braces.
    private mutating func takeAnnotation() -> Bool {
        position += 1
        while let byte = next, byte != UInt8(ascii: "}") {
            guard 0x21...0x7e ~= byte, byte != UInt8(ascii: "{") else { return false }
            position += 1
        }
        return take("}")
    }

    private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// An atom or a prefix and a metric atom, and an exponent.
    private func isUnit(_ token: ArraySlice<UInt8>) -> Bool {
        let digits = token.reversed().prefix(while: isDigit).count
        var symbol = token.dropLast(digits)
        if digits > 0, let sign = symbol.last, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            symbol = symbol.dropLast()
        }
        let name = String(decoding: symbol, as: UTF8.self)
        if UCUMAtoms.metric.contains(name) || UCUMAtoms.other.contains(name) { return true }
        for length in [1, 2] where symbol.count > length {
            let (prefix, rest) = (symbol.prefix(length), symbol.dropFirst(length))
            if UCUMAtoms.prefixes.contains(String(decoding: prefix, as: UTF8.self)),
                UCUMAtoms.metric.contains(String(decoding: rest, as: UTF8.self))
            {
                return true
            }
        }
        return false
    }
}
