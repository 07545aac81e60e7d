import ClinicalModel
public import JSONTree

/// The order under review as the client sent it, to be given back with nothing but the intended member changed.
///
/// Members, their order and every number stay as written; only white space between tokens is dropped, so that an answer
/// stays on one line.
public struct DraftOrder: Sendable {
    private let members: [JSONValue.Member]

    /// Takes a resource out of a document; nil when it is no object or holds a defect.
    public init?(_ node: JSONNode) {
        guard node.isObject, !node.hasDefect else { return nil }
        members = node.members.map { JSONValue.Member($0.name.text, .raw(Self.onOneLine(Array($0.value.raw)))) }
    }

    /// Reads a resource from its text; nil when that is not a sound JSON object.
    public init?(json: [UInt8]) {
        guard let document = try? JSONDocument(json), let draft = document.read({ DraftOrder($0) }) else { return nil }
        self = draft
    }

    // MARK: What it says

    /// `id`; nil when the draft has none, and then it can be neither updated nor deleted.
    public var id: String? { text(of: "id") }

    /// `ServiceRequest/o1`; nil without an id.
    public var reference: String? {
        guard let id, !id.isEmpty, let type = text(of: "resourceType") else { return nil }
        return "\(type)/\(id)"
    }

    /// A member as written; nil when there is none.
    subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// The elements of an array member as written; empty when there is none.
    func elements(of name: String) -> [JSONValue] {
        reading(name) { node in node.elements.map { JSONValue.raw($0) } } ?? []
    }

    /// `dispenseRequest` with another expected supply, without refills and quantity; nil where the instructions say
    /// themselves how long the drug is taken, so that this would contradict them.
    func supply(days: Double) -> JSONValue? {
        let isBounded = reading("dosageInstruction") { node in
            node.elements.contains { dosage in
                guard let timing = dosage["timing"]?["repeat"] else { return false }
                return timing.members.contains { $0.name.text.hasPrefix("bounds") || $0.name.text.hasPrefix("count") }
            }
        }
        guard isBounded != true else { return nil }
        let kept: [JSONValue.Member] =
            reading("dispenseRequest") { node in
                node.members.filter {
                    !["quantity", "numberOfRepeatsAllowed", "expectedSupplyDuration"].contains($0.name.text)
                }.map { JSONValue.Member($0.name.text, .raw(Array($0.value.raw))) }
            } ?? []
        let number = days == days.rounded() ? JSONValue.number(Int(days)) : .raw(Array(String(days).utf8))
        let supply: JSONValue = [
            "value": number, "unit": "days", "system": .string(CodeSystem.ucum), "code": "d",
        ]
        return .object(
            kept + [
                JSONValue.Member("numberOfRepeatsAllowed", .number(0)),
                JSONValue.Member("expectedSupplyDuration", supply),
            ])
    }

    /// The text under a path of members; nil when there is none.
    func text(of path: String...) -> String? {
        guard let first = path.first else { return nil }
        return reading(first) { node in
            var place: JSONNode? = node
            for name in path.dropFirst() { place = place?[named: name] }
            return place?.string
        } ?? nil
    }

    /// The `reference` of each element of an array of references; nil for one without.
    func references(of name: String) -> [String?] {
        reading(name) { node in node.elements.map { $0["reference"]?.string } } ?? []
    }

    private func reading<Result>(_ name: String, _ body: (JSONNode) -> Result) -> Result? {
        guard case .raw(let bytes)? = self[name], let document = try? JSONDocument(bytes) else { return nil }
        return document.read(body)
    }

    // MARK: What it becomes

    /// The draft as it is.
    public var json: JSONValue { .object(members) }

    /// The draft with one member set; a new member goes to the end.
    func setting(_ name: String, to value: JSONValue) -> JSONValue { .object(replaced(name, value)) }

    /// The draft with several members set.
    func setting(_ changes: [(String, JSONValue)]) -> JSONValue {
        var draft = self
        for (name, value) in changes { draft = DraftOrder(members: draft.replaced(name, value)) }
        return draft.json
    }

    /// The draft for another test: its code and what else is given set, and what described the old test left out.
    ///
    /// `orderDetail` refines the code (contrast, protocol), `text` is the narrative made of the old order.
    func changingTest(to code: JSONValue, and changes: [(String, JSONValue)] = []) -> JSONValue {
        let kept = DraftOrder(members: members.filter { $0.name != "orderDetail" && $0.name != "text" })
        return kept.setting([("code", code)] + changes)
    }

    /// The draft with an element added to an array member.
    func appending(_ element: JSONValue, to name: String) -> JSONValue {
        setting(name, to: .array(elements(of: name) + [element]))
    }

    private init(members: [JSONValue.Member]) { self.members = members }

    private func replaced(_ name: String, _ value: JSONValue) -> [JSONValue.Member] {
        guard let place = members.firstIndex(where: { $0.name == name }) else {
            return members + [JSONValue.Member(name, value)]
        }
        var changed = members
        changed[place].value = value
        return changed
    }

    /// The same JSON without white space between its tokens; text in quotes is left alone.
    private static func onOneLine(_ json: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(json.count)
        var isQuoted = false
        var isEscaped = false
        for byte in json {
            if isQuoted {
                if byte == UInt8(ascii: "\""), !isEscaped { isQuoted = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte <= UInt8(ascii: " ") {
                continue
            }
            result.append(byte)
        }
        return result
    }
}
