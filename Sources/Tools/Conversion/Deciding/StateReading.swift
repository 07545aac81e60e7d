import ClinicalModel
import Diagnostics
import Guidelines
import JSONTree

/// Reads `{"slot":…,"criteria":{…},"presentingFlags":[…],"order":{…}}` into what the tables decide on.
struct StateReading {
    /// A state, and the class of the order where it is not about imaging.
    struct Question {
        var state: GuidelineState
        var orderClass: OrderClass?
        /// Of an order that is not about imaging; decides nothing.
        var priority = Priority.routine
    }

    private enum Member: String, CaseIterable, Sendable { case slot, criteria, presentingFlags, order }
    private enum OrderMember: String, CaseIterable, Sendable { case modality, priority, `class`, reference, at }

    private static let members = JSONNames<Member>()
    private static let orderMembers = JSONNames<OrderMember>()
    private static let criteria = JSONNames<CriterionID>()
    private static let results = Dictionary(uniqueKeysWithValues: CriterionResult.allCases.map { ($0.rawValue, $0) })

    /// What is wrong with a line: the first thing met.
    struct Failure: Error {
        let code: IssueCode
        let path: String
        let expected: String
        let found: String

        init(_ code: IssueCode, _ path: String, expected: String, found: String) {
            self.code = code
            self.path = path
            self.expected = expected
            self.found = found
        }
    }

    /// The state of a line; what the line leaves out keeps its default.
    static func question(of root: JSONNode) throws(Failure) -> Question {
        guard root.isObject else {
            throw Failure(DecideCode.notAnObject, "$", expected: "an object", found: "\(root.kind)")
        }
        if root.hasDefect {
            let twice = repeated(in: root)
            throw Failure(
                DecideCode.defect, "$", expected: "sound members, each once",
                found: twice.map { shown($0, otherwise: "a member") + " twice" } ?? "a defective one")
        }
        var state = GuidelineState()
        var slot = Slot.imaging
        var order = Order()
        for (name, value) in root.members {
            switch members[name] {
            case .slot: slot = try self.slot(value)
            case .criteria: try read(criteria: value, into: &state)
            case .presentingFlags: try read(presentingFlags: value, into: &state)
            case .order: order = try self.order(value)
            case nil:
                throw Failure(
                    DecideCode.unknownMember, "$", expected: "slot, criteria, presentingFlags or order",
                    found: shown(name.text, otherwise: "another member"))
            }
        }
        return try question(state, slot, order)
    }

    /// Puts order and slot together: of imaging the test, of the others the class.
    private static func question(
        _ state: GuidelineState, _ slot: Slot, _ order: Order
    ) throws(Failure) -> Question {
        if slot == .imaging {
            var state = state
            guard order.isGiven else { return Question(state: state) }
            guard let modality = order.modality else {
                throw Failure(
                    DecideCode.order, "$.order.modality",
                    expected: Modality.allCases.map(\.rawValue).joined(separator: ", "), found: "no such modality")
            }
            state.order = GuidelineState.Order(modality: modality, priority: order.priority)
            return Question(state: state)
        }
        guard let orderClass = order.orderClass, orderClass.slot == slot else {
            throw Failure(
                DecideCode.order, "$.order.class",
                expected: OrderClass.allCases.filter { $0.slot == slot }.map(\.rawValue).joined(separator: ", "),
                found: "no such class")
        }
        return Question(state: state, orderClass: orderClass, priority: order.priority)
    }

    private static func slot(_ node: JSONNode) throws(Failure) -> Slot {
        if node.stringBytes.map({ $0 == "imaging" }) == true { return .imaging }
        guard let slot = node.string.flatMap(Slot.init) else {
            throw Failure(
                DecideCode.slot, "$.slot", expected: Slot.allCases.map(\.rawValue).joined(separator: ", "),
                found: "another slot")
        }
        return slot
    }

    /// The first member of an object, or of an object in it, that stands twice; nil when none does.
    private static func repeated(in node: JSONNode) -> String? {
        var names: Set<String> = []
        for (name, _) in node.members where !names.insert(name.text).inserted { return name.text }
        return node.members.lazy.compactMap { repeated(in: $0.1) }.first
    }

    /// A name that the caller wrote, when it can stand in a message.
    private static func shown(_ name: String, otherwise: String) -> String {
        name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? "\"\(name.prefix(64))\"" : otherwise
    }

    private static func read(criteria node: JSONNode, into state: inout GuidelineState) throws(Failure) {
        guard node.isObject else {
            throw Failure(DecideCode.unknownCriterion, "$.criteria", expected: "an object", found: "\(node.kind)")
        }
        for (name, value) in node.members {
            guard let id = criteria[name] else {
                throw Failure(
                    DecideCode.unknownCriterion, "$.criteria",
                    expected: "ids of criteria: "
                        + CriterionID.allCases.map(\.rawValue).joined(separator: ", "),
                    found: shown(name.text, otherwise: "another id"))
            }
            guard let result = result(value) else {
                throw Failure(
                    DecideCode.notAResult, "$.criteria['\(id.rawValue)']",
                    expected: CriterionResult.allCases.map(\.rawValue).joined(separator: ", "), found: "another value")
            }
            state[id] = result
        }
    }

    private static func result(_ node: JSONNode) -> CriterionResult? {
        guard let bytes = node.stringBytes else { return nil }
        switch bytes {
        case "met": return .met
        case "not-met": return .notMet
        case "unknown": return .unknown
        default: return results[String(bytes)]
        }
    }

    private static func read(presentingFlags node: JSONNode, into state: inout GuidelineState) throws(Failure) {
        guard node.isArray else {
            throw Failure(
                DecideCode.presentingFlag, "$.presentingFlags", expected: "an array", found: "\(node.kind)")
        }
        for flag in node.elements {
            guard let id = flag.string.flatMap(CriterionID.init), CriterionID.presentingFamilies.contains(id) else {
                throw Failure(
                    DecideCode.presentingFlag, "$.presentingFlags",
                    expected: CriterionID.presentingFamilies.map(\.rawValue).joined(separator: ", "),
                    found: "another value")
            }
            state.setPresenting(id)
        }
    }

    /// What a line says of its order.
    private struct Order {
        var isGiven = false
        var modality: Modality?
        var orderClass: OrderClass?
        var priority = Priority.routine
    }

    private static func order(_ node: JSONNode) throws(Failure) -> Order {
        var order = Order()
        if node.isNull { return order }
        order.isGiven = true
        for (name, value) in node.members {
            switch orderMembers[name] {
            case .modality: order.modality = value.string.flatMap(Modality.init)
            case .class: order.orderClass = value.string.flatMap(OrderClass.init)
            case .priority:
                if value.isNull { continue }
                guard let known = value.string.flatMap(Priority.init) else {
                    throw Failure(
                        DecideCode.order, "$.order.priority",
                        expected: Priority.allCases.map(\.rawValue).joined(separator: ", "), found: "another value")
                }
                order.priority = known
            case .reference, .at: continue
            case nil:
                throw Failure(
                    DecideCode.unknownMember, "$.order", expected: "modality, class and priority",
                    found: shown(name.text, otherwise: "another member"))
            }
        }
        return order
    }
}
