import CCDA
import Diagnostics
import JSONTree

extension CodedValue {
    /// CodeableConcept with every coding and the text; nil when there is neither (section 4.4).
    ///
    /// - Parameters:
    ///   - text: What the statement's own text says, for a code that has no text of its own.
    ///   - mapsQualifiers: True when the caller puts the qualifiers where the resource has a place for them; otherwise they
    ///     stand in the text, with a warning.
    func codeableConcept(text: String? = nil, mapsQualifiers: Bool = false, in context: DocumentContext) -> JSONValue? {
        let codings = codings
        var words = originalText ?? fitting(text) ?? bareDisplay ?? codings.lazy.compactMap(\.display).first
        if !mapsQualifiers, let qualification {
            context.note(
                .ccdaCode, at: element, expected: "a code that says all by itself",
                found: "qualifiers, which stand in the text only")
            words = [words, qualification].compactMap(\.self).joined(separator: " ")
        }
        if codings.isEmpty, words == nil { return nil }
        return .object([
            ("coding", codings.isEmpty ? nil : .array(codings.map(\.json))), ("text", words.map { .string($0) }),
        ])
    }

    /// A long text is not the name of a code.
    private func fitting(_ text: String?) -> String? {
        guard let text = text?.trimmingBlanks(), !text.isEmpty, text.unicodeScalars.count <= 2000 else { return nil }
        return text
    }

    /// The qualifiers in words, in parentheses; nil when there are none.
    private var qualification: String? {
        func words(_ codings: [Coding]) -> String? { codings.first.map { $0.display ?? $0.code } }
        let parts = qualifiers.compactMap { qualifier in
            words(qualifier.value).map { value in (words(qualifier.name).map { $0 + ": " } ?? "") + value }
        }
        return parts.isEmpty ? nil : "(" + parts.joined(separator: "; ") + ")"
    }
}

extension CodedValue.Coding {
    /// Coding, the system as the URI that FHIR has for it.
    var json: JSONValue {
        .object([
            ("system", system.map { .string(CodeSystemURI.of($0)) }), ("code", .string(code)),
            ("display", display.map { .string($0) }),
        ])
    }
}
