import ClinicalModel
import Guidelines

/// What a key of the configuration bears on: criteria, the rules that ask about them, the cards of these rules.
struct Concerns: Hashable {
    var criteria: [CriterionID] = []
    var rules: [String] = []
    var cards: [CardID] = []

    /// What a key bears on.
    ///
    /// - Parameters:
    ///   - key: A key of the thresholds, of cards (`cards.K05.summary`) or of the terminology.
    ///   - values: The values of a difference; they name cards and value sets that the key does not name.
    init(of key: String, values: [String] = [], links: RuleLinks, terminology: Terminology) {
        if key.hasPrefix("cards.") {
            // A card stands in the key of its wording; those that are not shown stand in the value.
            let texts = key == Self.suppressedCards ? values : [key]
            cards = CardID.allCases.filter { id in texts.contains { $0.names(id.rawValue) } }
            rules = links.rules(of: cards)
            return
        }
        criteria = Self.criteria(of: key)
        if key.hasPrefix("terminology.") { criteria = Self.criteria(naming: values, terminology) }
        rules = links.rules(asking: Set(criteria))
        cards = links.cards(of: rules, about: criteria) + (Self.cards[key] ?? [])
    }

    private static let suppressedCards = "cards.suppress"

    /// Cards that name a number that no criterion reads.
    private static let cards: [String: [CardID]] = [
        "report.earlyWindowDays": [.k05], "alerts.patientViewRiskFactorOnly": [.k23],
        "safety.egfrContrast": [.k01, .k02, .k03, .k16], "safety.egfrValidDays": [.k01, .k02, .k03, .k16],
        "safety.nsaidAge": [.k05, .k06, .k08, .k10, .k17],
    ]

    /// The criteria that a threshold decides; empty where it decides none.
    static func criteria(of key: String) -> [CriterionID] {
        own[key] ?? families.first { key.hasPrefix($0.prefix) }?.criteria ?? []
    }

    private static let families: [(prefix: String, criteria: [CriterionID])] = [
        ("course.trial.", [.trialDocumented, .procedureTrialDocumented]), ("course.failure.", [.trialFailed]),
        (
            "course.episode.",
            [.caudaEquina, .progressiveDeficit, .trialDocumented, .trialFailed, .procedureTrialDocumented]
        ),
        ("ces.", [.caudaEquina]), ("prog.", [.progressiveDeficit]), ("inf.", [.infection]), ("mal.", [.malignancy]),
        ("frx.", [.fracture]), ("nsaid.", [.nsaidContraindicated]),
        ("candidate.", [.procedureCandidate]),
    ]

    private static let own: [String: [CriterionID]] = [
        "scope.minAgeYears": [.adult], "course.imagingAfterDays": [.sixWeeks],
        "course.trial.minDays": [.trialDocumented, .trialFailed, .procedureTrialDocumented],
        "course.trial.openPrescriptionDays": [
            .trialDocumented, .procedureTrialDocumented, .overlappingOpioid, .overlappingSedative,
        ],
        "validity.symptomDays": [.infection, .malignancy, .fracture],
        "validity.riskDays": [.infection, .malignancy, .fracture, .mriContraindicated, .mrDevice],
        "ces.noValidDays": [.caudaEquina, .progressiveDeficit],
        "ces.positiveHoldDays": [.caudaEquina, .progressiveDeficit], "soft.elderlyOver": [.ageOver70],
        "inf.spinalProcedureDays": [.infection, .priorLumbarMRI], "repeat.lookbackMonths": [.priorLumbarMRI],
        "safety.pregnancyDays": [.pregnant], "order.duplicateDays": [.duplicate],
        "order.activeDays": [.activeAdequate], "opioid.maxDays": [.supply], "opioid.mme": [.dose],
        "opioid.painSevere": [.severePain], "opioid.painWithinDays": [.severePain], "older.relaxantAge": [.olderAdult],
    ]

    /// The criteria of the value sets and input codes that a site adds codes to.
    ///
    /// - Parameter texts: As differences write them: `set: system|code display` and `system|code: input code`.
    private static func criteria(naming texts: [String], _ terminology: Terminology) -> [CriterionID] {
        let sets = texts.compactMap { text in
            text.firstRange(of: ": ").map { ValueSetName(rawValue: String(text[..<$0.lowerBound])) }
        }
        let uses = Set(sets.flatMap { terminology.members(of: $0) }.flatMap { terminology.concept($0).uses })
            .filter { sets.contains($0.set) }.compactMap(\.criterion)
        let findings = texts.compactMap { text in
            text.ranges(of: ": ").last.flatMap { terminology.finding(String(text[$0.upperBound...])) }
        }
        let named = Set(uses + findings.flatMap(\.targets).map(\.criterion))
        return CriterionID.allCases.filter { named.contains($0.rawValue) }
    }
}

extension String {
    /// Whether a word stands in the text, not as a part of another one.
    fileprivate func names(_ word: String) -> Bool {
        split { !$0.isLetter && !$0.isNumber }.contains { $0 == word }
    }
}

/// Which rule asks about which criterion, and which card speaks for which rule.
struct RuleLinks {
    /// Every rule of the page with the criteria that it asks about and the cards that it leads to.
    private let entries: [(rule: String, criteria: Set<CriterionID>, cards: [CardID])]

    init(_ selection: CardSelection, _ therapy: [TherapyDecisions]) {
        entries =
            selection.rules.map { rows in
                (rows.rule.shownID, rows.rule.formal?.criteria ?? [], rows.cards + Self.patientView(rows.rule.rule))
            }
            + TherapyRule.allCases.map { rule in
                (
                    rule.rawValue, Set(therapy.flatMap { $0.criteria(of: rule) }), [rule.cardID].compactMap { $0 }
                )
            }
    }

    /// K23 speaks where no order is under review.
    private static func patientView(_ rule: Rule) -> [CardID] {
        rule == .infectionOrMalignancy || rule == .fracture ? [.k23] : []
    }

    /// The criteria that a rule asks about, in the order of the decisions.
    func criteria(of rule: String) -> [CriterionID] {
        let asked = entries.first { $0.rule == rule }?.criteria ?? []
        return CriterionID.allCases.filter(asked.contains)
    }

    /// The cards that a rule leads to.
    func cards(of rule: String) -> [CardID] { entries.first { $0.rule == rule }?.cards ?? [] }

    /// The rules that lead to one of the cards.
    func rules(of cards: [CardID]) -> [String] {
        entries.filter { $0.cards.contains(where: cards.contains) }.map(\.rule)
    }

    /// The rules that ask about one of the criteria.
    func rules(asking criteria: Set<CriterionID>) -> [String] {
        entries.filter { !$0.criteria.isDisjoint(with: criteria) }.map(\.rule)
    }

    /// The cards of some rules; those about the ordered test, which any rule may lead to, only for criteria of the test.
    func cards(of rules: [String], about criteria: [CriterionID]) -> [CardID] {
        let found = Set(entries.filter { rules.contains($0.rule) }.flatMap(\.cards)).subtracting(Self.aboutTheTest)
        let test = criteria.flatMap { Self.ofTheTest[$0] ?? [] }
        return CardID.allCases.filter { found.contains($0) || test.contains($0) }
    }

    private static let aboutTheTest: Set<CardID> = [.k15, .k16, .k19, .k20, .k22]
    private static let ofTheTest: [CriterionID: [CardID]] = [
        .mriContraindicated: [.k01, .k02, .k15, .k19], .mrDevice: [.k19], .pregnant: [.k22], .duplicate: [.k20],
        .activeAdequate: [.k01, .k02, .k23],
    ]
}
