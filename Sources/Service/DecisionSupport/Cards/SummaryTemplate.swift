/// A one-sentence text with slots, kept under the 140 characters that CDS Hooks allows whatever stands in the slots.
///
/// Length is counted in UTF-16 units, the largest of the usual counts, so that it holds for every reader's count.
struct SummaryTemplate {
    /// Longest summary that is allowed: CDS Hooks asks for fewer than 140 characters.
    static let limit = 139

    /// The sentence, slots in braces: `Cauda equina red flag: {finding}.`
    let text: String

    init(_ text: String) { self.text = text }

    /// Puts values into the slots; the longest ones are shortened at a word until the whole fits.
    func filled(_ slots: [String: SlotValue] = [:]) -> String {
        let pieces = pieces
        let values = pieces.map { $0.isSlot ? slots[$0.text] ?? "" : nil }
        var widths = Self.widths(of: values.compactMap { $0?.length }, within: Self.limit - fixedLength)[...]
        return zip(pieces, values).map { piece, value in
            value.map { $0.text(within: widths.removeFirst()) } ?? String(piece.text)
        }.joined()
    }

    /// The slots in the order of the sentence.
    var slots: [String] { pieces.filter(\.isSlot).map(\.text) }

    /// UTF-16 units of what stands around the slots.
    var fixedLength: Int { pieces.reduce(0) { $1.isSlot ? $0 : $0 + $1.text.utf16.count } }

    /// The sentence cut at its slots. A slot's value is never searched for slots.
    private var pieces: [(text: String, isSlot: Bool)] {
        text.split(separator: "{", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            guard index > 0, let end = part.firstIndex(of: "}") else { return [(String(part), false)] }
            return [(String(part[..<end]), true), (String(part[part.index(after: end)...]), false)]
        }
    }

    /// Room for each value: short ones keep their length, the others share what is left.
    static func widths(of lengths: [Int], within total: Int) -> [Int] {
        var widths = lengths
        var room = total
        let byLength = lengths.indices.sorted { lengths[$0] < lengths[$1] }
        for (position, index) in byLength.enumerated() {
            let share = max(0, room) / (lengths.count - position)
            widths[index] = min(lengths[index], share)
            room -= widths[index]
        }
        return widths
    }
}

/// What stands in one slot: a text that may be shortened, and an ending that may not.
struct SlotValue: ExpressibleByStringLiteral, Sendable {
    private let head: String
    private let tail: String

    /// One value, as plain text.
    init(_ text: String) {
        head = PlainText.line(text)
        tail = ""
    }

    init(stringLiteral value: String) { self.init(value) }

    /// Several findings: the first one and the number of the others, for example `fever and 2 more`.
    init(findings: [String], otherwise: String) {
        head = PlainText.line(findings.first ?? otherwise)
        tail = findings.count > 1 ? " and \(findings.count - 1) more" : ""
    }

    /// UTF-16 units of the whole value.
    var length: Int { head.utf16.count + tail.utf16.count }

    /// The value in at most a number of UTF-16 units.
    func text(within width: Int) -> String {
        PlainText.shortened(head, to: max(0, width - tail.utf16.count)) + tail
    }
}

/// Text from a record, made fit for one line.
enum PlainText {
    /// No card repeats more of one text than this, in Unicode scalars; what follows is not even looked at.
    static let longestRead = 1_000

    /// The text on one line: white space runs become one blank, control and formatting characters go, and angle
    /// brackets become quotation marks, so that no reader takes it for markup.
    static func line(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var blank = false
        for scalar in text.unicodeScalars.prefix(longestRead) {
            if isBlank(scalar) {
                blank = !result.isEmpty
                continue
            }
            if isInvisible(scalar) { continue }
            if blank { result.append(" ") }
            blank = false
            switch scalar {
            case "<": result.append("‹")
            case ">": result.append("›")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        let category = scalar.properties.generalCategory
        return category == .control || category == .format
    }

    /// The text in at most `width` UTF-16 units, cut after a word where one ends in its second half, with an ellipsis.
    static func shortened(_ text: String, to width: Int) -> String {
        guard text.utf16.count > width else { return text }
        guard width > 1 else { return width == 1 ? "…" : "" }
        var cut = ""
        var length = 1
        for character in text {
            length += String(character).utf16.count
            guard length <= width else { break }
            cut.append(character)
        }
        let isWordEnd = text.dropFirst(cut.count).first == " "
        if !isWordEnd, let blank = cut.lastIndex(of: " "),
            cut.distance(from: cut.startIndex, to: blank) >= cut.count / 2
        {
            cut = String(cut[..<blank])
        }
        while let last = cut.last, " ,;:".contains(last) { cut.removeLast() }
        return cut + "…"
    }
}
