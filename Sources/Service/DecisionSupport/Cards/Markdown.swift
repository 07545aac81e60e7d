/// GitHub Flavored Markdown: how text from a record becomes harmless in it.
enum Markdown {
    /// Longest text of a record that a card repeats, in UTF-16 units.
    static let longestValue = 200

    /// Text of a record as literal text: no markup, no link, no HTML, on one line, at most ``longestValue`` long.
    ///
    /// Addresses that Markdown links on sight (`http://…`, `www.…`, `a@b.c`) are broken up as well.
    static func literal(_ text: String) -> String {
        let line = PlainText.shortened(PlainText.line(text), to: longestValue)
        var result = ""
        var lastThree = ""
        for (character, next) in zip(line, line.dropFirst() + " ") {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "!", "@": result += "\\\(character)"
            case ":" where next == "/": result += "\\:"
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "." where lastThree == "www": result += "\\."
            default: result.append(character)
            }
            lastThree = String((lastThree + character.lowercased()).suffix(3))
        }
        return result
    }
}
