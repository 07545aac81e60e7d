/// A JSON value for writing: small, ordered, exact.
public indirect enum JSONValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number in its written form, for example `7.50`; must be a JSON number, which ``encoded(pretty:)`` requires.
    case number(String)
    /// Text, not escaped.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order; names are written as given, also when one stands twice.
    case object([Member])
    /// A sub-tree of a document, copied byte for byte (see ``JSONNode/raw``).
    case raw([UInt8])

    /// A name and its value.
    public struct Member: Sendable, Hashable {
        /// The name, not escaped.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Puts a member together.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A sub-tree as it stands in its document, to be written back unchanged.
    public static func raw(_ node: JSONNode) -> JSONValue { .raw(Array(node.raw)) }

    /// A whole number.
    public static func number(_ value: Int) -> JSONValue { .number(String(value)) }

    /// An object of those pairs whose value is not nil, in order.
    public static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.map { Member(name, $0) } })
    }

    /// The value of the first member with that name; nil when there is none or this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `"text"`
    public init(stringLiteral value: String) { self = .string(value) }
    /// `true`
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// `42`
    public init(integerLiteral value: Int) { self = .number(value) }
    /// `nil`, which is `null`
    public init(nilLiteral: ()) { self = .null }
    /// `[1, 2]`
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// `["name": 1]`, in the order written
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0, $1) })
    }
}

extension JSONValue {
    /// A copy of a whole sub-tree that may leave its document; nil when it holds a defect.
    ///
    /// Nesting is limited by the document's own limit.
    public init?(_ node: JSONNode) {
        guard !node.hasDefect else { return nil }
        self.init(sound: node)
    }

    private init(sound node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .bool: self = .bool(node.bool == true)
        case .number: self = .number(node.numberText ?? "0")
        case .string: self = .string(node.string ?? "")
        case .array: self = .array(node.elements.map { JSONValue(sound: $0) })
        case .object: self = .object(node.members.map { Member($0.name.text, JSONValue(sound: $0.value)) })
        }
    }
}
