import ClinicalModel
import Guidelines
import Testing

@testable import DecisionSupport

@Suite("Conditions of the published rules")
struct RuleConditionTests {
    static let guideline = LumbosacralRadiculopathy(configuration: "")

    @Test("The first condition that holds names the rule of the logic, state by state")
    func walk() {
        var states = 0
        var reached: Set<String> = []
        States.all { state in
            states += 1
            let rule = Self.guideline.rule(for: state)
            let first = RuleWords.inReadingOrder.first { $0.condition.holds(in: state) }
            if first.map({ Self.isSame($0.words.rule, rule) }) != true {
                Issue.record("\(rule.id) in the logic, \(first?.words.shownID ?? "none") in the artefact: \(state)")
            }
            reached.insert(first?.words.shownID ?? "")
        }
        #expect(states > 100_000)
        #expect(reached == Set(RuleWords.all.map(\.shownID)))
    }

    /// Whether two rules are published as one: the rules that hold another are, whatever they hold.
    static func isSame(_ left: Rule, _ right: Rule) -> Bool {
        switch (left, right) {
        case (.elderly, .elderly), (.hint, .hint), (.unread, .unread): true
        default: left == right
        }
    }

    @Test("Every rule of the page is in the reading order, once")
    func completeness() {
        let order = RuleWords.inReadingOrder.map(\.words.shownID)
        #expect(order.sorted() == RuleWords.all.map(\.shownID).sorted())
    }

    @Test("The state made for a rule falls under it", arguments: RuleWords.inReadingOrder.map(\.words.shownID))
    func example(_ id: String) throws {
        let rule = try #require(RuleWords.inReadingOrder.first { $0.words.shownID == id })
        let state = rule.condition.fulfilled(by: .ofAdultWithRadiculopathy)
        #expect(Self.isSame(Self.guideline.rule(for: state), rule.words.rule))
    }

    @Test("FHIRPath of a condition")
    func fhirPath() {
        let condition = RuleCondition.all([
            .equals(.caudaEquina, .suspected), .any([.differs(.recordComplete, .met), .equals(.ageOver70, .notMet)]),
        ])
        let expected =
            "%`redflag.caudaEquina` = 'suspected' and (%`record.complete` != 'met' or %`modifier.ageOver70` = 'not-met')"
        #expect(condition.fhirPath == expected)
    }
}

/// States of the indication table: every value of scope, course, history and record, the families one apart from the rest.
private enum States {
    static func all(_ body: (GuidelineState) -> Void) {
        let three: [CriterionResult] = [.met, .notMet, .unknown]
        for families in families() {
            for adult in three {
                for radiculopathy in three {
                    var state = GuidelineState()
                    for (id, result) in families { state[id] = result }
                    state[.adult] = adult
                    state[.radiculopathy] = radiculopathy
                    history(of: state, body)
                }
            }
        }
    }

    /// All families alike, or one of them with another value.
    private static func families() -> [[(CriterionID, CriterionResult)]] {
        let alike = [CriterionResult.notMet, .unknown].map { result in
            CriterionID.redFlags.map { ($0, result) }
        }
        let apart = CriterionID.redFlags.flatMap { one in
            [CriterionResult.met, .suspected].map { result in
                CriterionID.redFlags.map { ($0, $0 == one ? result : .notMet) }
            }
        }
        return alike + apart
    }

    private static func history(of state: GuidelineState, _ body: (GuidelineState) -> Void) {
        let flags: [(CriterionID, [CriterionResult])] = [
            (.priorLumbarSurgery, [.noneOnRecord, .met]), (.priorLumbarMRI, [.noneOnRecord, .met]),
            (.recordComplete, [.met, .notMet]), (.urgentContext, [.noneOnRecord, .met]),
            (.ageOver70, [.notMet, .met]),
        ]
        let course: [(CriterionID, [CriterionResult])] = [
            CriterionID.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate,
        ].map { ($0, [.met, .notMet, .unknown]) }
        state.vary(flags + course, body)
    }
}

@Suite("Conditions of the published rules for drugs, rest and procedures")
struct TherapyConditionTests {
    static let guideline = LumbosacralRadiculopathy(configuration: "")

    @Test("The first condition that holds names the rule of the logic, state by state", arguments: OrderClass.allCases)
    func walk(_ orderClass: OrderClass) {
        let rules = TherapyWords.all.filter { $0.rule.orderClasses.contains(orderClass) }
        var reached: Set<TherapyRule> = []
        States.all(of: orderClass) { state in
            let rule = Self.guideline.rule(for: orderClass, state)
            let first = rules.first { $0.condition.holds(in: state) }
            if first?.rule != rule {
                Issue.record(
                    "\(rule.rawValue) in the logic, \(first?.rule.rawValue ?? "none") in the artefact: \(state)")
            }
            reached.insert(rule)
        }
        #expect(reached == Set(rules.map(\.rule)))
    }

    @Test("The state made for a rule falls under it", arguments: TherapyRule.allCases)
    func example(_ rule: TherapyRule) throws {
        let state = TherapyWords(rule: rule).condition.fulfilled(by: .ofAdultWithRadiculopathy)
        for orderClass in rule.orderClasses {
            #expect(Self.guideline.rule(for: orderClass, state) == rule, "\(orderClass)")
        }
    }
}

extension States {
    /// Every value of what the rules of a kind of order read, families in three values or with a presenting feature.
    fileprivate static func all(of orderClass: OrderClass, _ body: (GuidelineState) -> Void) {
        let criteria = orderClass.criteria.filter { !$0.isRedFlag }.map { id in
            (id, [CriterionResult.met, .notMet, id.defaultResult == .unknown ? .unknown : .noneOnRecord])
        }
        let families: [(CriterionID, CriterionResult, Bool)?] =
            [nil]
            + CriterionID.redFlags.flatMap { family in
                [(family, .met, false), (family, .met, true), (family, .suspected, false)]
            }
        for family in families {
            var state = GuidelineState()
            if let (id, result, isPresenting) = family {
                state[id] = result
                if isPresenting { state.setPresenting(id) }
            }
            state.vary(criteria, body)
        }
    }
}
