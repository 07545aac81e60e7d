extension Configuration {
    /// The values in force as a YAML file that reads back to the same configuration.
    public var yaml: String {
        let entries = Self.table.map { (path: $0.key.split(separator: ".")[...], setting: $0) }
        return yaml(of: entries, level: 0)
    }

    /// Keys of one level, each where its first one stands in the table.
    private func yaml(of entries: [(path: ArraySlice<Substring>, setting: Setting)], level: Int) -> String {
        var order: [Substring] = []
        var members: [Substring: [(path: ArraySlice<Substring>, setting: Setting)]] = [:]
        for entry in entries {
            guard let name = entry.path.first else { continue }
            if members[name] == nil { order.append(name) }
            members[name, default: []].append((entry.path.dropFirst(), entry.setting))
        }
        return order.map { name in
            let below = members[name] ?? []
            let line = String(repeating: "  ", count: level) + name + ":"
            if let only = below.first, only.path.isEmpty {
                return line + " " + Self.scalar(only.setting.read(self), of: only.setting) + "\n"
            }
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
        let head = ["| key | type | unit | default | bounds | meaning |", "| --- | --- | --- | --- | --- | --- |"]
        return (head + rows).joined(separator: "\n") + "\n"
    }

    private static func scalar(_ value: String, of setting: Setting) -> String {
        if setting.kind == "list" { return "[\(value)]" }
        guard setting.kind == "text" || setting.kind == "URL", value != "null" else { return value }
        return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
