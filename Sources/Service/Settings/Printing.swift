import DecisionSupport
import Guidelines
import KnowledgeBase

extension Configuration {
    /// The values in force as a YAML file that reads back to the same configuration.
    public var yaml: String {
        let values = Self.table.map { ($0.key, Self.scalar($0.read(self), of: $0)) }
        return Self.yaml(of: (values + fileValues).map { ($0.split(separator: ".")[...], $1) }, level: 0)
    }

    /// What only a file can set, where the site has set it.
    private var fileValues: [(key: String, value: String)] {
        var values: [(key: String, value: String)] = []
        for card in CardID.allCases {
            guard let wording = cards.wording[card] else { continue }
            let key = "cards.\(card.rawValue)"
            if let summary = wording.summary { values.append(("\(key).summary", Self.quoted(summary))) }
            if let summary = wording.provisional { values.append(("\(key).provisional", Self.quoted(summary))) }
            if !wording.links.isEmpty {
                let links = wording.links.map { "{label: \(Self.quoted($0.label)), url: \(Self.quoted($0.url))}" }
                values.append(("\(key).links", "[\(links.joined(separator: ", "))]"))
            }
        }
        let local = terminology.local
        if !local.added.isEmpty {
            values.append(("terminology.add", "[\(local.added.map(Self.shown).joined(separator: ", "))]"))
        }
        if !local.mapped.isEmpty {
            let lines = local.mapped.map { "\(Self.quoted("\($0.system)|\($0.code)")): \(Self.quoted($0.finding))" }
            values.append(("terminology.map", "{\(lines.joined(separator: ", "))}"))
        }
        return values
    }

    private static func shown(_ code: LocalCodes.AddedCode) -> String {
        var members = [
            ("set", quoted(code.set)), ("system", quoted(code.system)), ("code", quoted(code.code)),
            ("display", quoted(code.display)),
        ]
        if !code.qualifiers.isEmpty {
            members.append(("qualifiers", "[\(code.qualifiers.map(quoted).joined(separator: ", "))]"))
        }
        if let test = code.test { members.append(("test", quoted(test))) }
        return "{\(members.map { "\($0): \($1)" }.joined(separator: ", "))}"
    }

    /// Keys of one level, each where its first one stands.
    private static func yaml(of entries: [(path: ArraySlice<Substring>, value: String)], level: Int) -> String {
        var order: [Substring] = []
        var members: [Substring: [(path: ArraySlice<Substring>, value: String)]] = [:]
        for entry in entries {
            guard let name = entry.path.first else { continue }
            if members[name] == nil { order.append(name) }
            members[name, default: []].append((entry.path.dropFirst(), entry.value))
        }
        return order.map { name in
            let below = members[name] ?? []
            let line = String(repeating: "  ", count: level) + name + ":"
            if let only = below.first, only.path.isEmpty { return line + " " + only.value + "\n" }
            return line + "\n" + yaml(of: below, level: level + 1)
        }.joined()
    }

    /// The table of keys for the documentation, in markdown.
    public static var documentation: String {
        let defaults = Configuration()
        let rows = table.map { setting in
            "| `\(setting.key)` | \(setting.kind) | \(setting.unit) | \(setting.read(defaults)) | \(setting.bounds) "
                + "| \(setting.meaning) |"
        }
        let files = FileKey.documentation.map { "| `\($0.key)` | \($0.kind) |  |  | \($0.bounds) | \($0.meaning) |" }
        let head = ["| key | type | unit | default | bounds | meaning |", "| --- | --- | --- | --- | --- | --- |"]
        return (head + rows + files).joined(separator: "\n") + "\n"
    }

    private static func scalar(_ value: String, of setting: Setting) -> String {
        if setting.kind == "list" { return "[\(value)]" }
        guard setting.kind == "text" || setting.kind == "URL", value != "null" else { return value }
        return quoted(value)
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
