public import JSONTree

/// What became of every statement of a document: mapped, kept as text or refused (contract.md, "Conversion").
public struct LossReport: Sendable, Hashable {
    /// Statements of one section, or of the whole document.
    public struct Counts: Sendable, Hashable {
        /// Became a resource, or part of one.
        public var mapped = 0
        /// Kept in words.
        public var asText = 0
        /// Not used.
        public var refused = 0
        /// All of them.
        public var statements: Int { mapped + asText + refused }
    }
    /// A section's counts.
    public struct SectionCounts: Sendable, Hashable {
        /// Code of the section as written, usually LOINC; nil when it has none.
        public var code: String?
        /// What became of its statements.
        public var counts = Counts()
    }
    /// What did not become a resource.
    public enum Outcome: String, Sendable, Hashable {
        /// Only words are kept: in the section's narrative, or as text of a resource.
        case asText
        /// Not used at all.
        case refused
    }
    /// A statement that was not mapped.
    public struct Item: Sendable, Hashable {
        /// XPath.
        public var at: String
        /// Root of its first template; nil when it has none.
        public var template: String?
        /// What became of it.
        public var outcome: Outcome
        /// In words, without values of the patient.
        public var reason: String
        /// Code of its section, as in ``SectionCounts``.
        public var section: String?
    }

    /// Of the whole document.
    public var total = Counts()
    /// Of the sections that have statements, in document order; one that stands twice is listed twice.
    public var sections: [SectionCounts] = []
    /// In document order.
    public var items: [Item] = []

    /// The line that `convert --loss` writes.
    public func json(source: String, document: String) -> JSONValue {
        func members(_ counts: Counts) -> [(String, JSONValue?)] {
            [
                ("statements", .number(counts.statements)), ("mapped", .number(counts.mapped)),
                ("asText", .number(counts.asText)), ("refused", .number(counts.refused)),
            ]
        }
        let sections = sections.map { section in
            JSONValue.object([("code", section.code.map { .string($0) } ?? .null)] + members(section.counts))
        }
        let items = items.map { item in
            JSONValue.object([
                ("at", .string(item.at)), ("template", item.template.map { .string($0) } ?? .null),
                ("outcome", .string(item.outcome.rawValue)), ("reason", .string(item.reason)),
            ])
        }
        return .object(
            [("source", .string(source)), ("document", .string(document))] + members(total)
                + [("sections", .array(sections)), ("items", .array(items))])
    }
}
