import ClinicalModel

/// A fact that two sources may both state. Facts that say the same are one fact, so that nothing is counted twice.
protocol JoinableStatement {
    /// By what it may be the same as another: its codes, each as one word. Without any only the resource of the same name is
    /// the same.
    var names: [String] { get }
    var provenance: Provenance { get }
    /// The date that its place in time is known by.
    var when: PartialDate? { get }
    /// Whether another fact of a common name says the same.
    func says(sameAs other: Self) -> Bool
    /// Takes over what the same fact of another source knows better: finer dates, further codes.
    mutating func absorb(_ other: Self)
}

extension Array where Element: JoinableStatement {
    /// The facts of both sources; what this one states already is not added again, and what only contradicts is kept.
    ///
    /// Facts of one source are never joined with each other: a source that states a thing twice means two things.
    func joined(with others: [Element]) -> [Element] {
        guard !others.isEmpty, !isEmpty else { return self + others }
        var whole = self
        let index = StatementIndex(self)
        for other in others {
            if let same = index.candidates(for: other).first(where: { self[$0].says(sameAs: other) }) {
                whole[same].absorb(other)
            } else {
                whole.append(other)
            }
        }
        return whole
    }
}

/// Finds the facts of a source by code and date, whatever the precision of either date.
struct StatementIndex {
    private struct Key: Hashable {
        let name: String
        let date: Substring
    }
    /// By each beginning of the date: year, month, day.
    private var beginnings: [Key: [Int]] = [:]
    /// By the whole date.
    private var wholes: [Key: [Int]] = [:]

    init(_ statements: [some JoinableStatement]) {
        for (index, statement) in statements.enumerated() {
            let parts = Self.parts(of: statement.when)
            for name in Self.names(of: statement) {
                for part in parts { beginnings[Key(name: name, date: part), default: []].append(index) }
                if let whole = parts.last { wholes[Key(name: name, date: whole), default: []].append(index) }
            }
        }
    }

    /// Ranks of the facts with a name in common whose date may be the same.
    func candidates(for statement: some JoinableStatement) -> [Int] {
        let parts = Self.parts(of: statement.when)
        return Self.names(of: statement).flatMap { name in
            let finer = parts.last.flatMap { beginnings[Key(name: name, date: $0)] } ?? []
            return finer + parts.dropLast().flatMap { wholes[Key(name: name, date: $0)] ?? [] }
        }
    }

    private static func names(of statement: some JoinableStatement) -> [String] {
        statement.names.isEmpty ? [statement.provenance.resource] : statement.names
    }

    /// `2025`, `2025-06`, `2025-06-16`, as far as the date goes; an empty one without a date.
    private static func parts(of date: PartialDate?) -> [Substring] {
        guard let day = date?.dayPart else { return [""] }
        return [4, 7, 10].filter { $0 < day.count }.map { day.prefix($0) } + [day]
    }
}

extension PartialDate {
    /// The date as written without its time of day.
    var dayPart: Substring { literal.prefix { $0 != "T" } }

    /// Whether both may be one date written to a different precision; two times of day must be one moment.
    func agrees(with other: PartialDate) -> Bool {
        if literal == other.literal { return true }
        guard isCalendarDate, other.isCalendarDate else { return false }
        let (day, otherDay) = (dayPart, other.dayPart)
        guard day.hasPrefix(otherDay) || otherDay.hasPrefix(day) else { return false }
        guard literal.count > 10, other.literal.count > 10 else { return true }
        guard let moment = Instant(literal), let otherMoment = Instant(other.literal) else { return false }
        return moment.seconds == otherMoment.seconds
    }

    /// Whether it is written as a date and not, for example, as an age or a bound.
    private var isCalendarDate: Bool { literal.first?.isNumber == true && PartialDate(literal) != nil }
}

extension PartialDate? {
    /// Whether both are missing, or agree.
    func agrees(with other: PartialDate?) -> Bool {
        guard let self, let other else { return self == nil && other == nil }
        return self.agrees(with: other)
    }

    /// Whether one is missing, or both agree.
    func mayAgree(with other: PartialDate?) -> Bool {
        guard let self, let other else { return true }
        return self.agrees(with: other)
    }

    /// The one that says more.
    func finer(_ other: PartialDate?) -> PartialDate? {
        guard let self, let other else { return self ?? other }
        return other.literal.count > self.literal.count ? other : self
    }
}

extension [Concept] {
    /// System and code of each.
    var names: [String] { map { "\($0.code.system)|\($0.code.code)" } }

    /// With those of another list that are not here yet.
    func union(_ others: [Concept]) -> [Concept] {
        self + others.filter { other in !contains { $0.code == other.code } }
    }

    /// Whether both name the same codes, in any order.
    func hasSameCodes(as others: [Concept]) -> Bool { Set(names) == Set(others.names) }
}

extension Quantity {
    /// Equal as numbers, however they are written.
    func isSame(as other: Quantity) -> Bool {
        value == other.value && unit == other.unit && comparator == other.comparator
    }
}
