import ClinicalModel
import Guidelines

/// Everything that the card depends on beside the indication: the order, MR safety, pregnancy, other orders, answers' age.
struct CardState: Sendable, Hashable {
    /// Nil is the patient view.
    var modality: Modality? = .mriWithout
    var priority: Priority = .routine
    var pregnant: CriterionResult = .noneOnRecord
    var mriContraindicated: CriterionResult = .noneOnRecord
    var mrDevice: CriterionResult = .noneOnRecord
    var duplicate: CriterionResult = .noneOnRecord
    var activeAdequate: CriterionResult = .noneOnRecord
    var screenIsRecent = true

    /// The criteria with all that they may come to, the default first.
    private static let criteria:
        [(name: String, path: any WritableKeyPath<CardState, CriterionResult> & Sendable, results: [CriterionResult])] =
            [
                ("pregnancy", \.pregnant, [.noneOnRecord, .unknown, .notMet, .met]),
                ("MRI contraindicated", \.mriContraindicated, [.noneOnRecord, .unknown, .met]),
                ("device of unknown MR safety", \.mrDevice, [.noneOnRecord, .unknown, .met]),
                ("same test already ordered", \.duplicate, [.noneOnRecord, .unknown, .met]),
                ("active adequate order", \.activeAdequate, [.noneOnRecord, .unknown, .met]),
            ]

    /// Every card state: each test in each priority and the patient view, with every result of the criteria.
    static let all: [CardState] = {
        var states: [CardState] =
            [CardState(modality: nil)]
            + Modality.allCases.flatMap { test in Priority.allCases.map { CardState(modality: test, priority: $0) } }
        for criterion in criteria {
            states = states.flatMap { state in
                criterion.results.map { result in
                    var state = state
                    state[keyPath: criterion.path] = result
                    return state
                }
            }
        }
        return states.flatMap { state in
            var old = state
            old.screenIsRecent = false
            return [state, old]
        }
    }()

    /// The same with one thing put back to its default; the patient view has no order to put back.
    var simplified: [CardState] {
        let plain = CardState()
        var simpler: [CardState] = []
        func add(_ change: (inout CardState) -> Void) {
            var state = self
            change(&state)
            if state != self { simpler.append(state) }
        }
        if modality != nil {
            add { $0.modality = plain.modality }
            add { $0.priority = plain.priority }
        }
        for criterion in CardState.criteria { add { $0[keyPath: criterion.path] = plain[keyPath: criterion.path] } }
        add { $0.screenIsRecent = true }
        return simpler
    }

    /// In how many things it differs from a routine order of MRI without contrast.
    var deviations: Int { simplified.count + (modality == nil ? 1 : 0) }

    func fill(_ state: inout GuidelineState) {
        state.order = modality.map { GuidelineState.Order(modality: $0, priority: priority) }
        state[.pregnant] = pregnant
        state[.mriContraindicated] = mriContraindicated
        state[.mrDevice] = mrDevice
        state[.duplicate] = duplicate
        state[.activeAdequate] = activeAdequate
        state.screenIsRecent = screenIsRecent
    }

    /// What differs from the default, in words.
    var words: [String] {
        var words: [String] = []
        switch modality {
        case nil: words.append("no order (patient view)")
        case let modality?:
            if modality != .mriWithout || priority != .routine {
                words.append("order \(modality.rawValue), \(priority.rawValue)")
            }
        }
        for criterion in CardState.criteria where self[keyPath: criterion.path] != .noneOnRecord {
            words.append("\(criterion.name) \(CriterionValue(result: self[keyPath: criterion.path]).words)")
        }
        if !screenIsRecent { words.append("red-flag answers older than 14 days") }
        return words
    }
}
