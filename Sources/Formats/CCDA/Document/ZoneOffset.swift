/// The offset from UTC at the end of a time.
enum ZoneOffset {
    /// The offset of a TS as FHIR writes it, `-05:00` for `-0500`, `-05` and `-05:00`; nil when there is none or it is wrong.
    static func fhir(endOf literal: String) -> String? {
        let bytes = Array(literal.trimmingBlanks().utf8)
        if bytes.last == UInt8(ascii: "Z"), bytes.count > 10 { return "Z" }
        let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
        // A sign nearer to the start belongs to a date in ISO form.
        guard let sign = bytes.lastIndex(where: signs.contains), sign >= 10 else { return nil }
        let digits = bytes[(sign + 1)...].filter { $0 != UInt8(ascii: ":") }.map { Int($0) - 48 }
        guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ 0...9 ~= $0 }) else { return nil }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
        guard hours <= 14, minutes <= 59 else { return nil }
        let text = [hours, minutes].map { ($0 < 10 ? "0" : "") + String($0) }
        return String(decoding: [bytes[sign]], as: UTF8.self) + text.joined(separator: ":")
    }
}
