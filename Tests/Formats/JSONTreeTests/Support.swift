import JSONTree

/// What reading a text came to, in a form that tables can hold.
enum Reading: Equatable {
    case sound
    case defects([JSONDefect.Code])
    case refused(JSONError.Code)
}

func reading(_ text: String) -> Reading { reading(Array(text.utf8)) }

func reading(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> Reading {
    do {
        let document = try JSONDocument(bytes, limits: limits)
        return document.defects.isEmpty ? .sound : .defects(document.defects.map(\.code))
    } catch {
        return .refused(error.code)
    }
}

/// The error of a text that must be refused; nil when it is read.
func refusal(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONError? {
    do {
        _ = try JSONDocument(bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// A generator of the same numbers every time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
