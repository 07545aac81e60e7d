extension String {
    /// The text on one line, without control characters: a file name may hold any, and a terminal obeys them.
    var printable: String { escapingControls { _ in false } }

    /// The same, line ends kept.
    var printableLines: String { escapingControls { $0 == "\n" } }

    private func escapingControls(except isKept: (Unicode.Scalar) -> Bool) -> String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                if isKept(scalar) {
                    text.unicodeScalars.append(scalar)
                } else {
                    text += scalar.escaped(asASCII: true)
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
