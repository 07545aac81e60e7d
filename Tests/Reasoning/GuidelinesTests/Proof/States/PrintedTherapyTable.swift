import ClinicalModel
import Guidelines

/// What the guideline says of an order that is not imaging.
struct TherapyExpectation: Hashable {
    let rule: String
    /// Nil where the guideline is silent.
    let card: String?
    let indicator: String?
}

/// The table of section 3.7 as it is printed, with the rulings R22, R23, R26, R29 and R50, and not read from the code under test.
///
/// The first row of an order whose condition holds decides. The last row of a group states its own condition too, so that a
/// state that the printed rows forget is found.
enum PrintedTherapyTable {
    private static let text = """
        opioid             | D-OP0 | excluded population, other reason, out of scope                      | none
        opioid             | D-OP1 | active benzodiazepine or gabapentinoid                               | warning K26
        opioid             | D-OP2 | extended release, or dose over the limit, or supply over the limit   | warning K27
        opioid             | D-OP3 | pain documented below severe                                         | info K28
        opioid             | D-OP4 | severity, dose or supply unknown                                     | info K28
        opioid             | D-OP5 | severe, dose and supply within the limits, no overlap                | none
        gabapentinoid      | D-NP0 | other reason, out of scope                                           | none
        gabapentinoid      | D-NP1 | active opioid                                                        | warning K26
        gabapentinoid      | D-NP2 | in scope                                                             | info K25
        tricyclic          | D-NP0 | other reason, out of scope                                           | none
        tricyclic          | D-NP2 | in scope                                                             | info K25
        nsaid              | D-NS0 | other reason, out of scope                                           | none
        nsaid              | D-NS1 | contraindication met                                                 | warning K29
        nsaid              | D-NS2 | contraindication not met                                             | none
        muscle-relaxant    | D-MR0 | other reason, out of scope                                           | none
        muscle-relaxant    | D-MR1 | of the age                                                           | info K31
        muscle-relaxant    | D-MR2 | not of the age                                                       | none
        bed-rest           | D-BR0 | out of scope                                                         | none
        bed-rest           | D-BR1 | no red flag met, no other reason for rest                            | warning K24
        bed-rest           | D-BR0 | red flag met or other reason for rest                                | none
        epidural-injection | D-IV3 | CES, PROG or INF met, or MAL or FRX met by a presenting feature      | warning K34
        epidural-injection | D-IV0 | out of scope                                                         | none
        epidural-injection | D-IV1 | onset under six weeks or no trial; no red flag                       | warning K30
        epidural-injection | D-IV2 | course unknown; no red flag                                          | info K30
        epidural-injection | D-IV0 | trial documented, or red flag met                                    | none
        spine-surgery      | D-IV0 | out of scope                                                         | none
        spine-surgery      | D-IV1 | onset under six weeks or no trial; no red flag                       | warning K30
        spine-surgery      | D-IV2 | course unknown; no red flag                                          | info K30
        spine-surgery      | D-IV0 | trial documented, or red flag met                                    | none
        """

    typealias Condition = @Sendable (GuidelineState) -> Bool

    /// What the words of the table mean.
    private static let conditions: [String: Condition] = [
        "excluded population, other reason, out of scope": {
            $0[.excludedPopulation] == .met || $0[.otherIndication] == .met || isOutOfScope($0)
        },
        "other reason, out of scope": { $0[.otherIndication] == .met || isOutOfScope($0) },
        "out of scope": isOutOfScope,
        "in scope": { !isOutOfScope($0) },
        "active benzodiazepine or gabapentinoid": { $0[.overlappingSedative] == .met },
        "active opioid": { $0[.overlappingOpioid] == .met },
        "extended release, or dose over the limit, or supply over the limit": { state in
            [CriterionID.extendedRelease, .dose, .supply].contains { state[$0] == .met }
        },
        "pain documented below severe": { $0[.severePain] == .notMet },
        "severity, dose or supply unknown": { state in
            [CriterionID.severePain, .dose, .supply].contains { isOpen(state[$0]) }
        },
        "severe, dose and supply within the limits, no overlap": { state in
            state[.severePain] == .met && state[.dose] == .notMet && state[.supply] == .notMet
                && state[.extendedRelease] != .met && state[.overlappingSedative] != .met
        },
        "contraindication met": { $0[.nsaidContraindicated] == .met },
        "contraindication not met": { $0[.nsaidContraindicated] != .met },
        "of the age": { $0[.olderAdult] == .met },
        "not of the age": { $0[.olderAdult] != .met },
        "no red flag met, no other reason for rest": { !hasRedFlag($0) && $0[.activityOtherReason] != .met },
        "red flag met or other reason for rest": { hasRedFlag($0) || $0[.activityOtherReason] == .met },
        "CES, PROG or INF met, or MAL or FRX met by a presenting feature": { state in
            [CriterionID.caudaEquina, .progressiveDeficit, .infection].contains { state[$0] == .met }
                || [CriterionID.malignancy, .fracture].contains { state[$0] == .met && state.isPresenting($0) }
        },
        "onset under six weeks or no trial; no red flag": { state in
            !hasRedFlag(state) && !contradictsItself(state)
                && (state[.sixWeeks] == .notMet || state[.procedureTrialDocumented] == .notMet)
        },
        "course unknown; no red flag": { state in
            !hasRedFlag(state) && (isOpen(state[.procedureTrialDocumented]) || contradictsItself(state))
        },
        "trial documented, or red flag met": { hasRedFlag($0) || $0[.procedureTrialDocumented] == .met },
    ]

    /// The precondition of section 3.7; what is not known is not met.
    private static func isOutOfScope(_ state: GuidelineState) -> Bool {
        state[.adult] != .met || state[.radiculopathy] != .met
    }

    /// An onset under six weeks beside a documented trial of six weeks: unknown, as everywhere (ruling R26).
    private static func contradictsItself(_ state: GuidelineState) -> Bool {
        state[.sixWeeks] == .notMet && state[.procedureTrialDocumented] == .met
    }

    /// Nothing on record, not retrieved, or not decidable.
    private static func isOpen(_ result: CriterionResult) -> Bool { result == .unknown || result == .noneOnRecord }

    /// A hint is no red flag that is met (ruling R31).
    private static func hasRedFlag(_ state: GuidelineState) -> Bool {
        CriterionID.redFlags.contains { state[$0] == .met }
    }

    struct Row: Sendable {
        let order: String
        let expectation: TherapyExpectation
        let holds: Condition
    }

    static let rows: [Row] = text.split(separator: "\n").compactMap { line in
        let cells = line.split(separator: "|").map { $0.trimmed }
        guard let holds = conditions[cells[2]] else { return nil }
        let result = cells[3].split(separator: " ").map(String.init)
        return Row(
            order: cells[0],
            expectation: TherapyExpectation(
                rule: cells[1], card: result.count == 2 ? result[1] : nil,
                indicator: result.count == 2 ? result[0] : nil),
            holds: holds)
    }

    /// How many rows are printed.
    static let printedRows = text.split(separator: "\n").count

    private static let rowsByOrder = Dictionary(grouping: rows, by: \.order)

    /// What the table says to an order in a state; nil where no row holds.
    static func reading(_ order: OrderClass, _ state: GuidelineState) -> TherapyExpectation? {
        rowsByOrder[order.rawValue]?.first { $0.holds(state) }?.expectation
    }
}
