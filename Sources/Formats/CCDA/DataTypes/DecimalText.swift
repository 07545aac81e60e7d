/// A decimal number as text, exact: nothing is rounded (section 4.3).
struct DecimalText: Sendable, Hashable {
    /// As a JSON number with the digits as written: no `+`, no leading zero, no point without digits around it.
    let json: String
    /// Whether it was already in that form.
    let isProper: Bool
    private let isNegative: Bool
    /// All digits, the point left out.
    private let digits: [UInt8]
    /// Power of ten of the last digit.
    private let exponent: Int

    /// Longer numbers measure nothing and are not read.
    private static let maximalLength = 64

    /// Reads a number; nil for anything else, also for NaN, infinities and a comma.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximalLength else { return nil }
        var position = 0
        func digitRun() -> ArraySlice<UInt8> {
            let start = position
            while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] { position += 1 }
            return bytes[start..<position]
        }
        func take(_ characters: String) -> UInt8? {
            guard position < bytes.count, characters.utf8.contains(bytes[position]) else { return nil }
            position += 1
            return bytes[position - 1]
        }
        let isNegative = take("+-") == UInt8(ascii: "-")
        let whole = digitRun()
        let fraction = take(".") == nil ? [] : digitRun()
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var power = ""
        if let letter = take("eE") {
            let sign = take("+-")
            let run = digitRun()
            guard 1...2 ~= run.count else { return nil }
            power = String(decoding: [letter] + (sign.map { [$0] } ?? []) + run, as: UTF8.self)
        }
        guard position == bytes.count else { return nil }
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        json =
            (isNegative ? "-" : "") + (significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self))
            + (fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self)) + power
        isProper = json == text
        self.isNegative = isNegative
        digits = Array((whole + fraction).drop { $0 == UInt8(ascii: "0") })
        exponent = (Int(power.dropFirst().drop { $0 == "+" }) ?? 0) - fraction.count
    }

    /// Whether it is zero.
    var isZero: Bool { digits.isEmpty }

    /// Whether it is less than another.
    static func < (left: DecimalText, right: DecimalText) -> Bool {
        let (leftSign, rightSign) = (left.sign, right.sign)
        guard leftSign == rightSign else { return leftSign < rightSign }
        if leftSign == 0 { return false }
        return leftSign < 0 ? isSmaller(right, left) : isSmaller(left, right)
    }

    private var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

    /// Compares without signs.
    private static func isSmaller(_ left: DecimalText, _ right: DecimalText) -> Bool {
        let (leftTop, rightTop) = (left.digits.count + left.exponent, right.digits.count + right.exponent)
        guard leftTop == rightTop else { return leftTop < rightTop }
        let length = max(left.digits.count, right.digits.count)
        let (leftDigits, rightDigits) = (left.padded(to: length), right.padded(to: length))
        return leftDigits.lexicographicallyPrecedes(rightDigits)
    }

    private func padded(to length: Int) -> [UInt8] {
        digits + Array(repeating: UInt8(ascii: "0"), count: length - digits.count)
    }

    /// This times a whole number where that is a whole number; nil where it is none or out of reach.
    func times(_ factor: Int) -> Int? {
        guard digits.count <= 15, -15...15 ~= exponent else { return nil }
        let mantissa = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        let scale = (0..<abs(exponent)).reduce(1) { power, _ in power * 10 }
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        if exponent < 0 { return product % scale == 0 ? (isNegative ? -product : product) / scale : nil }
        let (whole, tooLarge) = product.multipliedReportingOverflow(by: scale)
        return tooLarge ? nil : isNegative ? -whole : whole
    }
}
