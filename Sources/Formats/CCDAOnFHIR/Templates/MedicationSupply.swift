import CCDA
import JSONTree
import XMLTree

extension DocumentMapper {
    /// `dispenseRequest` from the first Medication Supply Order `.4.17` that holds; nil for none. Further ones stay words.
    mutating func dispenseRequest(of statement: Statement, _ around: Surroundings) -> JSONValue? {
        let orders = statement.allRelated(.supplyOrder).filter { order in
            order.kind == .supply && order.mood.isPlan && !order.isNullified && order.status != .cancelled
                && order.status != .aborted && order.negation == .no && !namesOther(order)
        }
        guard let order = orders.first else { return nil }
        consume([order])
        keepAsText(Array(orders.dropFirst()), "a further order of supply", around)
        let time = order.effectiveTime
        let members: [(String, JSONValue?)] = [
            ("validityPeriod", .when(time?.point == nil, time?.period)),
            ("numberOfRepeatsAllowed", fills(of: order).map { .number(max(0, $0 - 1)) }),
            ("quantity", quantity(of: order)),
        ]
        return .when(members.contains { $0.1 != nil }, .object(members))
    }

    /// `repeatNumber`: how often it may be supplied in all.
    private func fills(of order: Statement) -> Int? {
        guard let element = order.element.first("repeatNumber") else { return nil }
        let text = element["value"] ?? element.first("high")?["value"] ?? element.first("low")?["value"]
        return text.flatMap { Int($0.trimmingBlanks()) }.flatMap { 0...10_000 ~= $0 ? $0 : nil }
    }

    private func quantity(of supply: Statement) -> JSONValue? {
        let quantity = supply.element.first("quantity").flatMap {
            PhysicalQuantity($0, needsUnit: false, in: context)
        }
        return quantity.flatMap { .when($0.comparator == nil, $0.json) }
    }

    /// Makes a MedicationDispense of each Medication Dispense `.4.18` inside a drug's statement, whatever its mood: what was
    /// handed out happened.
    mutating func addDispenses(of statement: Statement, _ around: Surroundings, _ request: String) {
        for dispense in statement.allRelated(.dispense) {
            guard dispense.kind == .supply, dispense.mood == .event, dispense.negation == .no, !dispense.isSuperseded,
                !namesOther(dispense),
                let reference = addDispense(dispense, Drug(dispense), Drug(statement), around, request)
            else { continue }
            ledger.settle(dispense, .mapped)
            findingState.resources[dispense.element.index] = reference
            links.add(reference, for: dispense)
            listed[around.section.index, default: []].append(reference)
        }
    }

    /// Maps a Medication Dispense that stands by itself.
    mutating func dispense(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes { return .asText("a drug that was not handed out") }
        guard let reference = addDispense(statement, Drug(statement), nil, around, nil) else {
            return .refused("a dispense without a drug", type: "MedicationDispense")
        }
        return .mapped(reference)
    }

    private mutating func addDispense(
        _ statement: Statement, _ own: Drug?, _ prescribed: Drug?, _ around: Surroundings, _ request: String?
    ) -> String? {
        let candidates = [own, prescribed].compactMap(\.self)
        guard let drug = candidates.first(where: { !$0.namesNone }),
            let concept = drug.concept(words: nil, in: context)
        else { return nil }
        return sink.add(
            "MedicationDispense", from: statement.element, key: key(of: statement, drug.code),
            [
                ("identifier", identifiers(of: statement)), ("status", .string(dispenseStatus(statement.status))),
                ("medicationCodeableConcept", concept), ("subject", subject), ("context", encounter(around)),
                ("authorizingPrescription", request.map { [reference($0)] }), ("quantity", quantity(of: statement)),
                ("whenHandedOver", statement.effectiveTime?.start.map { .string($0.fhir) }),
                ("note", comments(of: statement).nonEmptyArray),
            ])
    }

    private func dispenseStatus(_ status: Statement.ActStatus?) -> String {
        switch status {
        case .completed: "completed"
        case .active: "in-progress"
        case .aborted: "stopped"
        case .cancelled: "cancelled"
        case .held, .suspended: "on-hold"
        case .nullified: "entered-in-error"
        case .new, .obsolete, .normal, nil: "unknown"
        }
    }
}
