import ClinicalModel

extension Reading {
    /// The newest estimated glomerular filtration rate that still counts; nil when none does.
    var latestEGFR: KidneyFunction? {
        observations { $0.uses.contains { $0.measure == "egfr" } }
            .filter { isWithin(thresholds.egfrValidDays, $0.effective) == .yes }
            .compactMap { observation in KidneyFunction(observation).map { (observation.effective?.latest, $0) } }
            .max { ($0.0 ?? Day(.min), $1.1.value) < ($1.0 ?? Day(.min), $0.1.value) }?.1
    }
}

/// An estimated glomerular filtration rate.
struct KidneyFunction {
    private let observation: Observation
    private let quantity: Quantity
    /// As shown on cards: the number, with its bound in words.
    var literal: String { quantity.bounded }
    /// The number.
    fileprivate var value: Double { quantity.value }

    /// Nil when the observation holds no number.
    init?(_ observation: Observation) {
        guard case .quantity(let quantity) = observation.value else { return nil }
        self.observation = observation
        self.quantity = quantity
    }

    /// Below a limit in mL/min/1.73 m²; laboratories write the unit in many ways, so the number is taken as it stands.
    func isBelow(_ limit: Double) -> Truth {
        switch MeasuredValue(unitless: quantity).isAtLeast(limit) {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }

    func evidence(because: String) -> Evidence {
        let code = observation.concepts.first { $0.uses.contains { $0.measure == "egfr" } }?.code
        return Evidence(
            observation.provenance, code: code, value: literal, date: observation.effective, because: because)
    }
}

extension Quantity {
    /// The number for people, with its bound, for example `below 30`.
    fileprivate var bounded: String {
        let bound =
            switch comparator {
            case .less: "below "
            case .lessOrEqual: "at most "
            case .greater: "over "
            case .greaterOrEqual: "at least "
            case nil: ""
            }
        return bound + value.precise
    }
}
