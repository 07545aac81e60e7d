/// An ICD-10-CM code without its dot, in capitals, packed into one word, so that comparing and cutting cost nothing.
///
/// The letters stand from the high byte down; unused bytes are zero.
struct ICD10CMCode: Sendable, Hashable {
    /// Packed letters.
    let packed: UInt64
    /// Number of letters, 3 to 7.
    let count: Int

    private init(packed: UInt64, count: Int) {
        self.packed = packed
        self.count = count
    }

    /// Reads a code written with or without its dot, in capitals or not; nil when it cannot be one.
    ///
    /// - Parameter isRepaired: set to true when the spelling is not the official one (`M54.16`).
    init?(_ text: Span<UInt8>, isRepaired: inout Bool) {
        var packed: UInt64 = 0
        var count = 0
        var dot: Int?
        var hasLowerCase = false
        for offset in 0..<text.count {
            var byte = text[offset]
            if byte == UInt8(ascii: ".") {
                guard dot == nil else { return nil }
                dot = count
                continue
            }
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) {
                byte -= 32
                hasLowerCase = true
            }
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            guard count < 7, isDigit || (isLetter && count != 1) else { return nil }
            guard count > 0 || isLetter else { return nil }
            packed |= UInt64(byte) << UInt64(56 - 8 * count)
            count += 1
        }
        guard count >= 3, dot == nil || dot == 3 else { return nil }
        self.packed = packed
        self.count = count
        if hasLowerCase || (dot == nil) != (count == 3) { isRepaired = true }
    }

    /// Reads a code of the knowledge; nil when it cannot be one.
    init?(_ text: String) {
        var isRepaired = false
        self.init(Array(text.utf8).span, isRepaired: &isRepaired)
    }

    /// The first `length` letters; the code itself when it is not longer.
    func prefix(_ length: Int) -> ICD10CMCode {
        guard length < count else { return self }
        return ICD10CMCode(packed: packed & (UInt64.max << UInt64(64 - 8 * length)), count: length)
    }

    /// The letter at a place, counted from 0; zero behind the end.
    func letter(_ place: Int) -> UInt8 { UInt8(truncatingIfNeeded: packed >> UInt64(56 - 8 * place)) }

    /// The official spelling, with the dot.
    var text: String {
        var letters = (0..<count).map { letter($0) }
        if count > 3 { letters.insert(UInt8(ascii: "."), at: 3) }
        return String(decoding: letters, as: UTF8.self)
    }

    /// A hash that spreads neighbouring codes.
    var hash: UInt64 {
        let mixed = (packed ^ (packed >> 29)) &* 0x9e37_79b9_7f4a_7c15
        return mixed ^ (mixed >> 32)
    }

    /// The phase of care that the 7th character names; nil where the chapter has no such character, or it is missing.
    ///
    /// Injuries and their causes (S, T, V, W, X, Y) and the fractures of chapter 13 (M48.4, M48.5, M80, M84.3 to M84.6)
    /// carry it. A, B and C are active treatment; S is a late effect; the others are later care of a healing injury.
    /// Source: ICD-10-CM Official Guidelines, sections I.A.5, I.C.13.c and I.C.19.a.
    var encounter: Concept.Encounter? {
        guard count == 7, carriesEncounter else { return nil }
        switch letter(6) {
        case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "C"): return .initial
        case UInt8(ascii: "S"): return .sequela
        case UInt8(ascii: "D")...UInt8(ascii: "R"): return .subsequent
        default: return nil
        }
    }

    private var carriesEncounter: Bool {
        switch letter(0) {
        case UInt8(ascii: "S"), UInt8(ascii: "T"), UInt8(ascii: "V")...UInt8(ascii: "Y"): return true
        case UInt8(ascii: "M"): break
        default: return false
        }
        let category = (letter(1), letter(2), letter(3))
        switch category {
        case (UInt8(ascii: "8"), UInt8(ascii: "0"), _): return true
        case (UInt8(ascii: "4"), UInt8(ascii: "8"), UInt8(ascii: "4")...UInt8(ascii: "5")): return true
        case (UInt8(ascii: "8"), UInt8(ascii: "4"), UInt8(ascii: "3")...UInt8(ascii: "6")): return true
        default: return false
        }
    }
}

/// ICD-10-CM codes, each at a position counted from 0 in the order of insertion.
struct ICD10CMTable: Sendable {
    private(set) var codes: [ICD10CMCode] = []
    private var index: HashIndex

    /// A table with room for `capacity` codes before it grows.
    init(capacity: Int = 16) { index = HashIndex(capacity: capacity) }

    /// The position of a code; nil when it is not there.
    func find(_ code: ICD10CMCode) -> Int? { index.find(code.hash) { codes[$0].packed == code.packed } }

    /// The position of a code, which is added when it is not there; `isNew` tells.
    mutating func intern(_ code: ICD10CMCode) -> (position: Int, isNew: Bool) {
        if let position = find(code) { return (position, false) }
        codes.append(code)
        index.insert(codes.count - 1, hash: code.hash) { codes[$0].hash }
        return (codes.count - 1, true)
    }
}
