/// The shape that codes of a system have, check digits included (section 10). A code of another shape is kept, with a doubt.
enum CodeShape {
    /// Whether a code may be one of that system's; true for systems whose shape is not known here.
    static func fits(_ code: String, system: String) -> Bool {
        switch system {
        case CodeSystemOID.snomed: isSNOMED(code)
        case CodeSystemOID.loinc: isLOINC(code)
        case "2.16.840.1.113883.6.88": code.utf8.allSatisfy(isDigit)
        case "2.16.840.1.113883.6.90": isICD10CM(Array(code.utf8))
        case "2.16.840.1.113883.6.12":
            code.utf8.count == 5 && code.utf8.prefix(4).allSatisfy(isDigit)
                && code.utf8.suffix(1).allSatisfy(isAlphanumeric)
        default: true
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// 6 to 18 digits, no leading zero, the last a check digit by Verhoeff.
    private static func isSNOMED(_ code: String) -> Bool {
        let bytes = code.utf8
        guard 6...18 ~= bytes.count, bytes.first != UInt8(ascii: "0"), bytes.allSatisfy(isDigit) else { return false }
        var check = 0
        for (position, byte) in bytes.reversed().enumerated() {
            check = dihedralProduct(check, permutations[position % 8][Int(byte) - 48])
        }
        return check == 0
    }

    /// The product of two elements of the symmetries of a pentagon: 0 to 4 turn it, 5 to 9 turn it over.
    private static func dihedralProduct(_ left: Int, _ right: Int) -> Int {
        let turn = left < 5 ? (left + right) % 5 : (left - right + 10) % 5
        return (left < 5) == (right < 5) ? turn : turn + 5
    }

    /// The powers of Verhoeff's permutation, 0 to 7.
    private static let permutations: [[Int]] = {
        let once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var powers = [Array(0...9)]
        for _ in 1..<8 { powers.append(powers[powers.count - 1].map { once[$0] }) }
        return powers
    }()

    /// Digits, a hyphen and a check digit modulo 10. Parts, answers and groups (`LP`, `LA`, `LG`, `LL`) only need the shape.
    private static func isLOINC(_ code: String) -> Bool {
        var body = Array(code.utf8)
        let isTerm = body.first.map(isDigit) ?? false
        if !isTerm {
            guard body.count > 2, body[0] == UInt8(ascii: "L"), "PAGL".utf8.contains(body[1]) else { return false }
            body.removeFirst(2)
        }
        guard 3...8 ~= body.count, body[body.count - 2] == UInt8(ascii: "-") else { return false }
        let digits = body.dropLast(2)
        guard digits.allSatisfy(isDigit), isDigit(body[body.count - 1]) else { return false }
        guard isTerm else { return true }
        var sum = 0
        for (position, byte) in digits.reversed().enumerated() {
            let value = (Int(byte) - 48) * (position % 2 == 0 ? 2 : 1)
            sum += value > 9 ? value - 9 : value
        }
        return (10 - sum % 10) % 10 == Int(body[body.count - 1]) - 48
    }

    /// A letter, a digit, a letter or digit; behind a point up to four more.
    private static func isICD10CM(_ code: [UInt8]) -> Bool {
        guard code.count >= 3, isLetter(code[0]), isDigit(code[1]), isAlphanumeric(code[2]) else { return false }
        guard code.count > 3 else { return true }
        return 5...8 ~= code.count && code[3] == UInt8(ascii: ".") && code[4...].allSatisfy(isAlphanumeric)
    }
}
