/// The role table, arranged by set: what the rules of `roles` say for one code of one set.
///
/// A row with a code replaces the defaults of its set for that code. Of several rows the longest code that fits counts,
/// where an ICD-10-CM code fits all that begin with it; rows with the same code all apply.
struct RoleTable: Sendable {
    private struct Rows: Sendable {
        var defaults: [CodeUse] = []
        var byCode: [Code: [CodeUse]] = [:]
        var byICD10CM: [UInt64: [CodeUse]] = [:]
    }
    private var rows: [ValueSetName: Rows] = [:]

    /// Arranges the rows. A row whose ICD-10-CM code cannot be read as one is left to the artefact checks.
    init(_ table: [RoleRow]) {
        for row in table {
            if let code = row.code {
                if code.system == CodeSystem.icd10CM {
                    guard let icd = ICD10CMCode(code.code) else { continue }
                    rows[row.set, default: Rows()].byICD10CM[icd.packed, default: []].append(row.use)
                } else {
                    rows[row.set, default: Rows()].byCode[code, default: []].append(row.use)
                }
            } else {
                rows[row.set, default: Rows()].defaults.append(row.use)
            }
        }
    }

    /// What a group of a set may do: its defaults, and for codes with rows of their own those rows.
    func group(_ set: ValueSetName, qualifiers: [String]) -> GroupRoles {
        let found = rows[set] ?? Rows()
        let words = Words(qualifiers)
        return GroupRoles(
            set: set, defaults: words.applied(to: found.defaults), byCode: found.byCode.mapValues(words.applied),
            byICD10CM: found.byICD10CM.mapValues(words.applied))
    }

    /// The qualifiers of a group, those of drug classes apart.
    private struct Words {
        var applies: Set<String> = []
        var qualifiers: Set<CodeUse.Qualifier> = []

        init(_ words: [String]) {
            for word in words {
                if word.hasPrefix("applies:") {
                    applies.insert(String(word.dropFirst("applies:".count)))
                } else {
                    qualifiers.insert(CodeUse.Qualifier(rawValue: word))
                }
            }
        }

        func applied(to uses: [CodeUse]) -> [CodeUse] {
            guard !applies.isEmpty || !qualifiers.isEmpty else { return uses }
            return uses.map { $0.adding(applies: applies, qualifiers: qualifiers) }
        }
    }
}

/// What the codes of one group of a value set may do.
struct GroupRoles: Sendable {
    let set: ValueSetName
    /// For every code without rows of its own; shared, so that thousands of codes hold one array.
    let defaults: [CodeUse]
    fileprivate let byCode: [Code: [CodeUse]]
    fileprivate let byICD10CM: [UInt64: [CodeUse]]

    /// The uses of an ICD-10-CM code.
    func uses(of code: ICD10CMCode) -> [CodeUse] {
        guard !byICD10CM.isEmpty else { return defaults }
        for length in stride(from: code.count, through: 3, by: -1) {
            if let uses = byICD10CM[code.prefix(length).packed] { return uses }
        }
        return defaults
    }

    /// The uses of a code of any other system.
    func uses(of code: Code) -> [CodeUse] { byCode.isEmpty ? defaults : byCode[code] ?? defaults }
}

extension CodeUse {
    fileprivate func adding(applies: Set<String>, qualifiers: Set<Qualifier>) -> CodeUse {
        CodeUse(
            set: set, criterion: criterion, component: component, part: part, role: role, alone: alone,
            applies: self.applies.union(applies), qualifiers: self.qualifiers.union(qualifiers))
    }
}

extension [CodeUse] {
    /// The uses after ruling R56: where a code stands in a family's set and among the hints, the hint wins, unless the
    /// set's row is enough by itself; then the hint is void.
    ///
    /// A hint that holds only without a date (foot drop, ruling R37) leaves the set's row, which needs one.
    func hintsSettled() -> [CodeUse] {
        guard contains(where: { $0.set == .hints }), contains(where: { $0.set != .hints }) else { return self }
        return filter { use in
            if use.set == .hints {
                return !contains { $0.set != .hints && $0.criterion == use.criterion && $0.alone == .yes && $0.isSign }
            }
            guard use.isSign, use.alone != .yes else { return true }
            return !contains {
                $0.set == .hints && $0.criterion == use.criterion && !$0.qualifiers.contains(.withoutDate)
            }
        }
    }
}

extension CodeUse {
    /// Whether the use could make its family met: a presenting feature or a risk factor that is not mere support.
    fileprivate var isSign: Bool { (part == .presenting || part == .risk) && alone != .no }
}
