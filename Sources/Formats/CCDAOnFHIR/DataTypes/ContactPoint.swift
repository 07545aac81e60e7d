import CCDA
import JSONTree

extension Telecom {
    /// ContactPoint; nil when there is no value (section 4.9).
    var json: JSONValue? {
        guard let value else { return nil }
        return .object([
            ("system", .string(system.rawValue)), ("value", .string(value)), ("use", use), ("period", period?.json),
        ])
    }

    private var use: JSONValue? {
        if uses.contains("BAD") { return "old" }
        if uses.contains("TMP") { return "temp" }
        if uses.contains("MC") || uses.contains("PG") { return "mobile" }
        if uses.contains(where: { ["H", "HP", "HV"].contains($0) }) { return "home" }
        return uses.contains { ["WP", "DIR", "PUB", "AS"].contains($0) } ? "work" : nil
    }
}
