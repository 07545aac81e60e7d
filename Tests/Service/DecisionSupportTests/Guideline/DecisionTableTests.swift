import ClinicalModel
import Guidelines
import Testing

@testable import DecisionSupport

/// A printed decision table, read as a reader does: the row whose every cell admits the words of a case.
struct PrintedTable {
    private let rows: [(cells: [Set<Substring>?], line: [String])]
    private let columns: [String]

    /// Reads the table with an id of the page.
    init(_ id: String) throws {
        let table = try #require(GuidelinePublicationTests.publication.tables.first { $0.id == id })
        columns = table.columns.map(\.key)
        rows = table.rows.map { row in
            let line = row.map(\.line)
            return (line.map { $0 == "any" ? nil : Set($0.split(separator: " or ")) }, line)
        }
    }

    /// The cells of a column in the rows that admit a case, given by the words of some columns.
    func rows(_ words: [String: String], show column: String) -> [String] {
        let asked = columns.indices.compactMap { index in words[columns[index]].map { (index, Substring($0)) } }
        let shown = columns.firstIndex(of: column) ?? 0
        return rows.filter { row in asked.allSatisfy { row.cells[$0.0]?.contains($0.1) ?? true } }
            .map { $0.line[shown] }
    }
}

extension CriterionResult {
    /// The word of a cell: what nobody recorded stands under unknown.
    fileprivate var word: String {
        switch self {
        case .met: "met"
        case .notMet: "not met"
        case .unknown, .suspected, .noneOnRecord: "unknown"
        }
    }

    /// The word of a cell in a column of two.
    fileprivate var yesOrNo: String { self == .met ? "met" : "not met" }
}

@Suite("Printed decision tables say what the functions say")
struct DecisionTableTests {
    static let guideline = LumbosacralRadiculopathy(
        thresholds: GuidelinePublicationTests.strict, configuration: "c0ffee")
    static let course: [CriterionID] = [.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate]

    static func published(_ rule: Rule) -> String {
        RuleWords.all.first { rule.isPublished(with: $0.rule) }?.shownID ?? ""
    }

    static func reason(_ state: GuidelineState) -> CourseReason {
        .decide(
            sixWeeks: state[.sixWeeks], trial: state[.trialDocumented], failed: state[.trialFailed],
            candidate: state[.procedureCandidate])
    }

    /// The words of a state in the columns of the indication table.
    static func words(_ state: GuidelineState) -> [String: String] {
        var words: [String: String] = ["course": reason(state).rawValue]
        for id in [CriterionID.caudaEquina, .progressiveDeficit, .adult, .radiculopathy, .fracture] {
            words[id.rawValue] = state[id].word
        }
        for id in [CriterionID.priorLumbarSurgery, .priorLumbarMRI, .ageOver70, .recordComplete] {
            words[id.rawValue] = state[id].yesOrNo
        }
        let pair = [state[.infection], state[.malignancy]]
        words["infectionOrMalignancy"] =
            pair.contains(.met) ? "met" : pair == [.notMet, .notMet] ? "not met" : "unknown"
        let isHinted = CriterionID.redFlags.contains { state[$0] == .suspected }
        words["hint"] = isHinted || state[.urgentContext] == .met ? "yes" : "no"
        return words
    }

    /// States that differ from one of a few families in every other column.
    static func walk(_ body: (GuidelineState) -> Void) {
        var families: [GuidelineState] = []
        for rest in [CriterionResult.notMet, .unknown] {
            var state = GuidelineState()
            for family in CriterionID.redFlags { state[family] = rest }
            families.append(state)
            for family in CriterionID.redFlags {
                for result in [CriterionResult.met, .suspected] {
                    var changed = state
                    changed[family] = result
                    families.append(changed)
                }
            }
        }
        for family in families {
            for (adult, radiculopathy) in scopes {
                var scoped = family
                (scoped[.adult], scoped[.radiculopathy]) = (adult, radiculopathy)
                scoped.vary(flags) { state in
                    for course in courses { body(Self.course(course, state)) }
                }
            }
        }
    }

    static let scopes: [(CriterionResult, CriterionResult)] = [
        (.met, .met), (.met, .notMet), (.met, .unknown), (.notMet, .met), (.unknown, .unknown),
    ]
    static let three: [CriterionResult] = [.met, .notMet, .unknown]
    static let flags: [(CriterionID, [CriterionResult])] = [
        (.priorLumbarSurgery, [.noneOnRecord, .met]), (.priorLumbarMRI, [.noneOnRecord, .met]),
        (.recordComplete, [.met, .unknown]), (.urgentContext, [.noneOnRecord, .met]), (.ageOver70, [.notMet, .met]),
    ]
    static let courses: [[CriterionResult]] = [
        [.met, .met, .met, .met], [.notMet, .notMet, .met, .unknown], [.notMet, .met, .met, .met],
        [.unknown, .notMet, .unknown, .met], [.unknown, .met, .notMet, .met], [.met, .met, .met, .notMet],
        [.unknown, .unknown, .met, .met], [.met, .unknown, .met, .met], [.met, .met, .unknown, .met],
        [.unknown, .met, .met, .unknown],
    ]

    static func course(_ results: [CriterionResult], _ state: GuidelineState) -> GuidelineState {
        var state = state
        for (criterion, result) in zip(course, results) { state[criterion] = result }
        return state
    }

    @Test("indication: one row a state, with its rule, rating and class; every rule is on the page")
    func indication() throws {
        let table = try PrintedTable("indication")
        var reached: Set<String> = []
        var wrong = 0
        // The same words lead to the same rows.
        var seen: [[String: String]: (rule: [String], rating: [String], context: [String])] = [:]
        Self.walk { state in
            let words = Self.words(state)
            let found =
                seen[words]
                ?? (
                    table.rows(words, show: "rule"), table.rows(words, show: "rating"),
                    table.rows(words, show: "class")
                )
            seen[words] = found
            let rule = Self.published(Self.guideline.rule(for: state))
            let outcome = Self.guideline.decide(state)
            reached.insert(rule)
            if found.rule != [rule] || found.rating != [Self.guideline.rating(for: state).words]
                || found.context != [outcome.contextClass.rawValue]
            {
                wrong += 1
                if wrong < 5 { Issue.record("\(rule) in the logic, \(found) on the page: \(words)") }
            }
        }
        #expect(wrong == 0)
        #expect(reached == Set(RuleWords.all.map(\.shownID)))
        for rule in reached { #expect(GuidelinePublicationTests.publication.item(rule) != nil, "\(rule)") }
    }

    @Test("course: one row for each of the 81 combinations, with its reason")
    func courseTable() throws {
        let table = try PrintedTable("course")
        GuidelineState().vary(Self.course.map { ($0, Self.three) }) { state in
            let words = Dictionary(uniqueKeysWithValues: Self.course.map { ($0.rawValue, state[$0].word) })
            #expect(table.rows(words, show: "rule") == ["A10-\(Self.reason(state).rawValue)"], "\(words)")
        }
    }

    @Test(
        "fit with MR safety and pregnancy: every test in every class under every combination",
        arguments: Modality.allCases)
    func fitModifiers(_ test: Modality) throws {
        let table = try PrintedTable("fitModifiers")
        let criteria: [CriterionID] = [.mriContraindicated, .mrDevice, .pregnant]
        GuidelineState().vary(criteria.map { ($0, [.met, .notMet, .unknown, .noneOnRecord]) }) { state in
            var words = Dictionary(uniqueKeysWithValues: criteria.map { ($0.rawValue, state[$0].yesOrNo) })
            words["test"] = test.name.capitalizedFirst
            for contextClass in ContextClass.allCases {
                let fit = FitTable.fit(test, contextClass, state).rawValue
                #expect(table.rows(words, show: contextClass.rawValue) == [fit], "\(words) \(contextClass)")
            }
        }
    }

    @Test("card of an imaging order: every order under every rule", arguments: RuleWords.all.map(\.shownID))
    func cards(_ rule: String) throws {
        let table = try PrintedTable("cardSelection")
        let example = try #require(RuleWords.all.first { $0.shownID == rule }?.example)
        for family in [nil] + CriterionID.presentingFamilies.map(Optional.some) {
            var state = example
            if let family {
                state[family] = .met
                state.setPresenting(family)
            }
            guard Self.published(Self.guideline.rule(for: state)) == rule else { continue }
            let modifiers: [CriterionID] = [.mriContraindicated, .mrDevice, .pregnant, .duplicate]
            state.vary(modifiers.map { ($0, [.met, .noneOnRecord]) }) { state in
                orders(under: rule, state, presenting: family != nil, table)
            }
        }
    }

    private func orders(under rule: String, _ state: GuidelineState, presenting: Bool, _ table: PrintedTable) {
        for test in Modality.allCases {
            for priority in Priority.allCases {
                var state = state
                state.order = GuidelineState.Order(modality: test, priority: priority)
                let outcome = Self.guideline.decide(state)
                let words = [
                    "rule": rule, "presenting": presenting ? "yes" : "no", "priority": priority.rawValue,
                    "fit": outcome.fit?.rawValue ?? "not judged",
                    "duplicate": state[.duplicate] == .met ? "yes" : "no",
                ]
                #expect(table.rows(words, show: "card") == [outcome.card?.rawValue ?? "no card"], "\(words)")
                #expect(table.rows(words, show: "indicator") == [outcome.indicator?.rawValue ?? ""], "\(words)")
            }
        }
    }

    @Test("patient view: every rule, with and without an order on its way", arguments: RuleWords.all.map(\.shownID))
    func patientView(_ rule: String) throws {
        let table = try PrintedTable("patientView")
        let example = try #require(RuleWords.all.first { $0.shownID == rule }?.example)
        let listed = !table.rows(["rule": rule], show: "card").isEmpty
        for adequate in [CriterionResult.met, .noneOnRecord] {
            for radiculopathy in [CriterionResult.met, .unknown] {
                for presenting in [false, true] {
                    var state = example
                    (state[.activeAdequate], state[.radiculopathy]) = (adequate, radiculopathy)
                    for family in CriterionID.presentingFamilies where presenting && state[family] == .met {
                        state.setPresenting(family)
                    }
                    let words = [
                        "rule": listed ? rule : "every other rule", "order.activeAdequate": adequate.yesOrNo,
                        "radiculopathy": radiculopathy.word, "presenting": presenting ? "yes" : "no",
                    ]
                    let outcome = Self.guideline.decide(state)
                    #expect(table.rows(words, show: "card") == [outcome.card?.rawValue ?? "no card"], "\(words)")
                }
            }
        }
    }

    @Test("drugs, rest, procedures: one row a state, with its rule and card", arguments: OrderClass.allCases)
    func therapy(_ orderClass: OrderClass) throws {
        let table = try PrintedTable("decide-\(orderClass.rawValue)")
        let criteria = orderClass.criteria.filter { !CriterionID.redFlags.contains($0) }
        var reached: Set<String> = []
        for (flag, start) in Self.redFlags where flag == "none met" || orderClass.criteria.contains(.caudaEquina) {
            let isScope: Set<CriterionID> = [.adult, .radiculopathy]
            let results = criteria.map { id -> (CriterionID, [CriterionResult]) in
                (id, isScope.contains(id) ? [.met, .unknown] : [.met, .notMet, .noneOnRecord])
            }
            start.vary(results) { state in
                var words = Dictionary(uniqueKeysWithValues: criteria.map { ($0.rawValue, state[$0].word) })
                words["redflag"] = flag
                let rule = Self.guideline.rule(for: orderClass, state)
                reached.insert(rule.rawValue)
                #expect(table.rows(words, show: "rule") == [rule.rawValue], "\(words)")
            }
        }
        let expected = TherapyRule.allCases.filter { $0.orderClasses.contains(orderClass) }.map(\.rawValue)
        #expect(reached == Set(expected))
        for rule in reached { #expect(GuidelinePublicationTests.publication.item(rule) != nil, "\(rule)") }
    }

    /// Each family alone, under the words of the column of red flags.
    static let redFlags: [(String, GuidelineState)] = {
        var found: [(String, GuidelineState)] = [("none met", GuidelineState())]
        for family in CriterionID.redFlags {
            var state = GuidelineState()
            state[family] = .met
            let canBeRisk = family == .malignancy || family == .fracture
            found.append((canBeRisk ? "malignancy, fracture met by a risk factor alone" : "any other met", state))
            state.setPresenting(family)
            found.append(("any other met", state))
            state[family] = .suspected
            found.append(("none met", state))
        }
        return found
    }()
}
