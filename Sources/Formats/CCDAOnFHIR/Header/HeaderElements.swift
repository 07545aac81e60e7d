import CCDA
import JSONTree
import XMLTree

/// What elements of the header have in common.
extension XMLElement {
    /// All words inside, white space collapsed; nil when there are none.
    var words: String? {
        var text = ""
        func collect(_ element: XMLElement) {
            for piece in element.content {
                switch piece {
                case .text(let part): text += part
                case .element(let child):
                    // Parts of a name or address are words of their own.
                    text += " "
                    collect(child)
                    text += " "
                }
            }
        }
        // Depth is limited by the tree.
        collect(self)
        let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// Its `id` elements.
    var instanceIdentifiers: [InstanceIdentifier] { elements("id").map { InstanceIdentifier($0) } }
    /// Identifiers that can be rendered.
    var identifiersJSON: JSONValue? { instanceIdentifiers.compactMap(\.json).nonEmptyArray }
    /// Its `telecom` elements as ContactPoints.
    var telecomsJSON: JSONValue? { elements("telecom").compactMap { Telecom($0).json }.nonEmptyArray }
    /// Its `addr` elements as Addresses.
    var addressesJSON: JSONValue? { elements("addr").compactMap { PostalAddress($0).json }.nonEmptyArray }
    /// `value` of a BL element; nil when it is absent, null or neither true nor false.
    var flag: Bool? {
        guard self["nullFlavor"] == nil else { return nil }
        switch self["value"]?.trimmingBlanks() {
        case "true", "1": return true
        case "false", "0": return false
        default: return nil
        }
    }
}

extension DocumentContext {
    /// The time, or the start of the times, that an element states; nil when it is absent or unknown.
    func time(_ element: XMLElement?) -> Timestamp? { element.flatMap { TimeExpression($0, in: self).start } }

    /// CodeableConcept of a coded element; nil when it is absent or says nothing.
    func concept(_ element: XMLElement?) -> JSONValue? {
        element.flatMap { CodedValue($0, in: self).codeableConcept(in: self) }
    }
}

extension DocumentMapper {
    /// The `name` elements of a person as HumanNames; nil when there are none.
    func names(of person: XMLElement?) -> JSONValue? {
        person?.elements("name").flatMap { PersonName($0).names(asOf: document.effectiveTime) }.nonEmptyArray
    }
}

extension JSONValue {
    /// An extension with one value.
    static func ext(_ url: String, _ type: String, _ value: JSONValue) -> JSONValue {
        .object([("url", .string(url)), ("value" + type, value)])
    }

    /// An object that says why a required value is not there.
    static func absent(_ flavor: NullFlavor? = nil) -> JSONValue {
        (flavor ?? .noInformation).dataAbsentReasonElement
    }

    /// An object without one member; anything else unchanged.
    func without(_ name: String, where test: (JSONValue) -> Bool) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name || !test($0.value) })
    }
}

extension Timestamp {
    /// FHIR instant: only a time with seconds and offset; nil for coarser times.
    var instant: String? { fhir.utf8.count > 10 ? fhir : nil }

    /// Whether it stands before another, by day and, on one day, as written.
    func isBefore(_ other: Timestamp) -> Bool {
        let (mine, others) = (days.lowerBound, other.days.lowerBound)
        return mine == others ? fhir < other.fhir : mine < others
    }
}

extension [JSONValue] {
    /// The values as an array; nil when there are none, for FHIR has no empty arrays.
    var nonEmptyArray: JSONValue? { isEmpty ? nil : .array(self) }
}
