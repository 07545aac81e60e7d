import CCDA
import JSONTree

extension PostalAddress {
    /// Address; nil when there is nothing in it (section 4.9).
    var json: JSONValue? {
        guard !isEmpty else { return nil }
        func string(_ text: String?) -> JSONValue? { text.map { .string($0) } }
        return .object([
            ("use", use), ("type", type), ("text", string(text)),
            ("line", lines.isEmpty ? nil : .array(lines.map { .string($0) })), ("city", string(city)),
            ("district", string(district)), ("state", string(state)), ("postalCode", string(postalCode)),
            ("country", string(country)), ("period", period?.json),
        ])
    }

    private var use: JSONValue? {
        if uses.contains("BAD") { return "old" }
        if uses.contains("TMP") { return "temp" }
        if uses.contains(where: { ["H", "HP", "HV"].contains($0) }) { return "home" }
        return uses.contains { ["WP", "DIR", "PUB"].contains($0) } ? "work" : nil
    }

    private var type: JSONValue? {
        switch (uses.contains("PST"), uses.contains("PHYS")) {
        case (true, true): "both"
        case (true, false): "postal"
        case (false, true): "physical"
        case (false, false): nil
        }
    }
}

extension UsablePeriod {
    /// Period
    var json: JSONValue { .object([("start", start.map { .string($0.fhir) }), ("end", end.map { .string($0.fhir) })]) }
}
