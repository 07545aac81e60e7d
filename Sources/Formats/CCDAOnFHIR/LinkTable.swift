import CCDA

/// Which resource was made from the statement with an id. An id that several statements bear leads nowhere (section 8).
struct LinkTable {
    private var targets: [String: [(reference: String, kind: Statement.Kind)]] = [:]

    mutating func add(_ reference: String, for statement: Statement) {
        for id in statement.ids {
            guard let key = id.key else { continue }
            targets[key, default: []].append((reference, statement.kind))
        }
    }

    /// The only resource of that id; nil when there is none or several.
    func target(of id: InstanceIdentifier) -> String? {
        guard let key = id.key, let found = targets[key], Set(found.map(\.reference)).count == 1 else { return nil }
        return found[0].reference
    }
}
