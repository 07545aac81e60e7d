import ClinicalModel
import Guidelines
import Testing

/// A state from words: every criterion left out stands at its default.
func state(
    _ results: [CriterionID: CriterionResult] = [:], presenting: [CriterionID] = [],
    _ modality: Modality? = .mriWithout, _ priority: Priority = .routine
) -> GuidelineState {
    var state = GuidelineState(order: modality.map { GuidelineState.Order(modality: $0, priority: priority) })
    for (id, result) in results { state[id] = result }
    for family in presenting { state.setPresenting(family) }
    return state
}

/// An adult with radiculopathy of under six weeks and nothing else said.
let early: [CriterionID: CriterionResult] = [.adult: .met, .radiculopathy: .met, .sixWeeks: .notMet]
/// The five families denied.
let denied = Dictionary(uniqueKeysWithValues: CriterionID.redFlags.map { ($0, CriterionResult.notMet) })
/// The whole pathway gone through.
let indicated: [CriterionID: CriterionResult] = [
    .adult: .met, .radiculopathy: .met, .sixWeeks: .met, .trialDocumented: .met, .trialFailed: .met,
    .procedureCandidate: .met,
]

private let guideline = LumbosacralRadiculopathy(configuration: "test")

extension [CriterionID: CriterionResult] {
    func with(_ other: [CriterionID: CriterionResult]) -> Self { merging(other) { $1 } }
}

@Suite("Indication table (3.2, R31-R33, R44)")
struct IndicationTableTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        let results: [CriterionID: CriterionResult]
        let rule: String
        let rating: Rating
        var testDescription: String { "\(rule): \(because)" }
        init(_ because: String, _ results: [CriterionID: CriterionResult], _ rule: String, _ rating: Rating) {
            self.because = because
            self.results = results
            self.rule = rule
            self.rating = rating
        }
    }
    static let rows = [
        Row("cauda equina is spoken of at any age", [.caudaEquina: .met, .adult: .notMet], "A1", .usuallyAppropriate),
        Row(
            "cauda equina before a progressive deficit", [.caudaEquina: .met, .progressiveDeficit: .met], "A1",
            .usuallyAppropriate),
        Row(
            "cauda equina whatever the order's other reason", [.caudaEquina: .met, .radiculopathy: .notMet], "A1",
            .usuallyAppropriate),
        Row(
            "progressive deficit without prior treatment", early.with([.progressiveDeficit: .met]), "A2",
            .usuallyAppropriate),
        Row(
            "under 18 stands before other red flags", early.with([.adult: .notMet, .malignancy: .met]), "A3",
            .notEvaluated),
        Row(
            "another indication stands before cancer (staging)",
            early.with([.radiculopathy: .notMet, .malignancy: .met]), "A4", .notEvaluated),
        Row("infection", early.with([.infection: .met]), "A5", .usuallyAppropriate),
        Row("malignancy with an unknown age", [.malignancy: .met], "A5", .usuallyAppropriate),
        Row(
            "malignancy decides before fracture", early.with([.malignancy: .met, .fracture: .met]), "A5",
            .usuallyAppropriate),
        Row("fracture", early.with([.fracture: .met]), "A6", .usuallyAppropriate),
        Row("age unknown", early.with([.adult: .unknown]), "A7", .insufficientData),
        Row("radiculopathy not established", early.with([.radiculopathy: .unknown]), "A8", .insufficientData),
        Row("prior surgery, however early", early.with([.priorLumbarSurgery: .met]), "A9", .usuallyAppropriate),
        Row(
            "prior surgery not retrieved decides like none (R17)", early.with([.priorLumbarSurgery: .unknown]),
            "A10-EARLY", .usuallyNotAppropriate),
        Row("the whole pathway", indicated, "A10-INDICATED", .usuallyAppropriate),
        Row(
            "a prior MRI lowers a full indication to planning", indicated.with([.priorLumbarMRI: .met]),
            "A11-REPEAT-PLANNING", .mayBeAppropriate),
        Row(
            "a prior MRI words an early order anew", early.with([.priorLumbarMRI: .met]), "A11-REPEAT",
            .usuallyNotAppropriate),
        Row(
            "a prior MRI leaves a question alone (R44)",
            indicated.with([.priorLumbarMRI: .met, .trialFailed: .unknown]), "A10-ASK-RESPONSE", .insufficientData),
        Row(
            "a prior MRI leaves the candidate question alone (R44)",
            indicated.with([.priorLumbarMRI: .met, .procedureCandidate: .unknown]), "A10-ASK-CAND", .mayBeAppropriate),
        Row("over 70 softens", early.with([.ageOver70: .met]), "A12-ELDERLY(A10-EARLY)", .mayBeAppropriate),
        Row(
            "over 70 softens a repeat", early.with([.ageOver70: .met, .priorLumbarMRI: .met]),
            "A12-ELDERLY(A11-REPEAT)", .mayBeAppropriate),
        Row(
            "over 70 never touches a full indication", indicated.with([.ageOver70: .met]), "A10-INDICATED",
            .usuallyAppropriate),
        Row(
            "a hint softens before age does", early.with([.ageOver70: .met, .infection: .suspected]),
            "A13-HINT(A10-EARLY)", .mayBeAppropriate),
        Row("an urgent context softens", early.with([.urgentContext: .met]), "A13-HINT(A10-EARLY)", .mayBeAppropriate),
        Row("an unknown context does not", early.with([.urgentContext: .unknown]), "A10-EARLY", .usuallyNotAppropriate),
        Row(
            "an unread record is not rated, hint or not",
            early.with([.recordComplete: .notMet, .infection: .suspected]), "A14-UNREAD(A10-EARLY)", .insufficientData),
        Row(
            "unknown completeness counts as unread", early.with([.recordComplete: .unknown]), "A14-UNREAD(A10-EARLY)",
            .insufficientData),
        Row(
            "an unread record leaves other ratings alone", indicated.with([.recordComplete: .notMet]), "A10-INDICATED",
            .usuallyAppropriate),
        Row(
            "a hint leaves a question alone", indicated.with([.trialDocumented: .unknown, .fracture: .suspected]),
            "A10-ASK-TRIAL", .insufficientData),
    ]

    @Test("rule and rating", arguments: rows)
    func decide(_ row: Row) {
        let outcome = guideline.decide(state(row.results))
        #expect(outcome.rule == row.rule)
        #expect(outcome.rating == row.rating)
    }
}

@Suite("Course table (3.3): supervaluation")
struct CourseTableTests {
    static let values: [CriterionResult] = [.met, .notMet, .unknown]
    static let courses = values.flatMap { onset in
        values.flatMap { trial in values.flatMap { failed in values.map { [onset, trial, failed, $0] } } }
    }

    /// The fully known course, read from the guideline's sentence.
    static func known(_ course: [Bool]) -> (Rating, String) {
        if !course[0] { return (.usuallyNotAppropriate, "EARLY") }
        if !course[1] { return (.usuallyNotAppropriate, "NOTRIAL") }
        if !course[2] { return (.usuallyNotAppropriate, "IMPROVING") }
        if !course[3] { return (.usuallyNotAppropriate, "NOTCAND") }
        return (.usuallyAppropriate, "INDICATED")
    }

    static func completions(_ course: [CriterionResult]) -> [[Bool]] {
        course.reduce([[]]) { partial, result in
            partial.flatMap { head -> [[Bool]] in
                switch result {
                case .met: [head + [true]]
                case .notMet: [head + [false]]
                default: [head + [true], head + [false]]
                }
            }
        }
    }

    @Test("a definite rating only where every completion agrees", arguments: courses)
    func agrees(_ course: [CriterionResult]) {
        let ids: [CriterionID] = [.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate]
        var results: [CriterionID: CriterionResult] = [.adult: .met, .radiculopathy: .met]
        for (id, result) in zip(ids, course) { results[id] = result }
        let outcome = guideline.decide(state(results))
        var course = course
        if course[0] == .notMet && course[1] == .met {
            #expect(outcome.rule == "A10-ASK-ONSET", "R26: a trial longer than the complaint is a contradiction")
            return
        }
        if course[0] == .unknown && course[1] == .met { course[0] = .met }  // R11
        let answers = Set(Self.completions(course).map { Self.known($0).0 })
        let obstacle = zip(course, ["EARLY", "NOTRIAL", "IMPROVING", "NOTCAND"]).first { $0.0 == .notMet }?.1
        if answers == [.usuallyAppropriate] {
            #expect(outcome.rule == "A10-INDICATED")
        } else if answers == [.usuallyNotAppropriate] {
            #expect(outcome.rule == "A10-\(obstacle ?? "?")", "the first definite obstacle is named")
        } else if course == [.met, .met, .met, .unknown] {
            #expect(outcome.rule == "A10-ASK-CAND")
            #expect(outcome.rating == .mayBeAppropriate)
        } else {
            let asks = course[0] == .unknown ? "ONSET" : course[1] == .unknown ? "TRIAL" : "RESPONSE"
            #expect(outcome.rule == "A10-ASK-\(asks)")
            #expect(outcome.rating == .insufficientData)
        }
    }
}

@Suite("Fit table (3.4, R12, R47)")
struct FitTableTests {
    /// The table as the guideline prints it: columns C1 C2 C3 C4 C5 C0.
    static let table: [(Modality, [Fit])] = [
        (.mriWithout, [.preferred, .preferred, .acceptable, .preferred, .acceptable, .preferred]),
        (.mriWithoutAndWith, [.notPreferred, .acceptable, .preferred, .acceptable, .preferred, .notPreferred]),
        (.mriWith, [.notPreferred, .notPreferred, .notPreferred, .notPreferred, .notPreferred, .notPreferred]),
        (.ctWithout, [.noRole, .notPreferred, .notPreferred, .notPreferred, .acceptable, .noRole]),
        (.ctWith, [.noRole, .notPreferred, .notPreferred, .notPreferred, .notPreferred, .noRole]),
        (.ctMyelography, [.noRole, .notPreferred, .notPreferred, .notPreferred, .acceptable, .noRole]),
        (.boneScan, [.noRole, .noRole, .noRole, .noRole, .noRole, .noRole]),
        (.pet, [.noRole, .noRole, .noRole, .noRole, .noRole, .noRole]),
        (.radiograph, [.notPreferred, .inadequate, .notPreferred, .notPreferred, .acceptable, .notPreferred]),
    ]
    static let columns: [ContextClass] = [
        .noFlag, .emergency, .infectionOrMalignancy, .fracture, .priorSurgery, .undetermined,
    ]
    /// One state for each column, without modifiers.
    static let states: [ContextClass: [CriterionID: CriterionResult]] = [
        .noFlag: indicated, .emergency: early.with([.progressiveDeficit: .met]),
        .infectionOrMalignancy: early.with([.malignancy: .met]), .fracture: early.with([.fracture: .met]),
        .priorSurgery: early.with([.priorLumbarSurgery: .met]),
        .undetermined: indicated.with([.trialFailed: .unknown]),
    ]

    @Test("every cell", arguments: table.flatMap { row in zip(columns, row.1).map { (row.0, $0, $1) } })
    func cell(_ modality: Modality, _ column: ContextClass, _ fit: Fit) throws {
        let results = try #require(Self.states[column])
        let outcome = guideline.decide(state(results, modality))
        #expect(outcome.contextClass == column)
        #expect(outcome.fit == fit)
    }

    struct Modifier: CustomTestStringConvertible {
        let because: String
        let column: ContextClass
        let modifiers: [CriterionID]
        let modality: Modality
        let fit: Fit
        var testDescription: String { "\(modality.rawValue) in \(column.rawValue): \(because)" }
        init(_ because: String, _ column: ContextClass, _ modifiers: [CriterionID], _ modality: Modality, _ fit: Fit) {
            self.because = because
            self.column = column
            self.modifiers = modifiers
            self.modality = modality
            self.fit = fit
        }
    }
    static let modifiers = [
        Modifier("not MR-safe", .noFlag, [.mriContraindicated], .mriWithout, .verify),
        Modifier("not MR-safe, even a poor MRI", .noFlag, [.mriContraindicated], .mriWith, .verify),
        Modifier("CT stands in", .noFlag, [.mriContraindicated], .ctWithout, .preferred),
        Modifier("CT myelography stands in", .noFlag, [.mriContraindicated], .ctMyelography, .preferred),
        Modifier("a bone scan does not", .noFlag, [.mriContraindicated], .boneScan, .noRole),
        Modifier("radiographs do not", .noFlag, [.mriContraindicated], .radiograph, .notPreferred),
        Modifier(
            "CT with contrast where infection or cancer is suspected", .infectionOrMalignancy, [.mriContraindicated],
            .ctWith, .preferred),
        Modifier(
            "CT without contrast is second there", .infectionOrMalignancy, [.mriContraindicated], .ctWithout,
            .acceptable),
        Modifier("PET is second there", .infectionOrMalignancy, [.mriContraindicated], .pet, .acceptable),
        Modifier(
            "no lumbar puncture there without a look", .infectionOrMalignancy, [.mriContraindicated], .ctMyelography,
            .verify),
        Modifier("device of unknown status", .noFlag, [.mrDevice], .mriWithout, .device),
        Modifier("device leaves a poor MRI poor", .noFlag, [.mrDevice], .mriWith, .notPreferred),
        Modifier("device leaves a CT alone", .priorSurgery, [.mrDevice], .ctWithout, .acceptable),
        Modifier("contraindication before device", .noFlag, [.mriContraindicated, .mrDevice], .mriWithout, .verify),
        Modifier("device before pregnancy", .noFlag, [.mrDevice, .pregnant], .mriWithout, .device),
        Modifier(
            "pregnancy prefers MRI without contrast", .infectionOrMalignancy, [.pregnant], .mriWithout, .preferred),
        Modifier(
            "pregnancy cautions good contrast", .infectionOrMalignancy, [.pregnant], .mriWithoutAndWith, .pregnancy),
        Modifier("pregnancy cautions a good ionising test", .priorSurgery, [.pregnant], .ctWithout, .pregnancy),
        Modifier("pregnancy leaves a poor test poor", .noFlag, [.pregnant], .ctWithout, .noRole),
    ]

    @Test("modifiers", arguments: modifiers)
    func modifier(_ row: Modifier) throws {
        var results = try #require(Self.states[row.column])
        for id in row.modifiers { results[id] = .met }
        #expect(guideline.decide(state(results, row.modality)).fit == row.fit)
    }

    @Test(
        "not judged where scope or indication is open",
        arguments: [
            early.with([.adult: .notMet]), early.with([.radiculopathy: .notMet]), early.with([.adult: .unknown]),
            early.with([.radiculopathy: .unknown]),
        ])
    func notJudged(_ results: [CriterionID: CriterionResult]) {
        #expect(guideline.decide(state(results, .ctWithout)).fit == nil)
    }
}

@Suite("Card selection (3.5, 3.6, R10, R21, R32, R33, R51)")
struct CardTableTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        let results: [CriterionID: CriterionResult]
        let presenting: [CriterionID]
        let order: (Modality, Priority)?
        let card: CardID?
        let indicator: Indicator?
        var testDescription: String { "\(card?.rawValue ?? "silent"): \(because)" }
        init(
            _ because: String, _ results: [CriterionID: CriterionResult], presenting: [CriterionID] = [],
            _ order: (Modality, Priority)?, _ card: CardID?, _ indicator: Indicator? = nil
        ) {
            self.because = because
            self.results = results
            self.presenting = presenting
            self.order = order
            self.card = card
            self.indicator = indicator
        }
    }
    static let caudaEquina: [CriterionID: CriterionResult] = [.caudaEquina: .met]
    static let deficit: [CriterionID: CriterionResult] = [.progressiveDeficit: .met]
    static let rows = [
        Row("right test, routine", caudaEquina, (.mriWithout, .routine), .k01, .critical),
        Row("urgent is not enough for cauda equina", caudaEquina, (.mriWithout, .urgent), .k01, .critical),
        Row("asap is", caudaEquina, (.mriWithout, .asap), nil),
        Row("radiographs never are", caudaEquina, (.radiograph, .stat), .k01, .critical),
        Row("device, priority good", caudaEquina.with([.mrDevice: .met]), (.mriWithout, .stat), .k19, .warning),
        Row("device, priority low", caudaEquina.with([.mrDevice: .met]), (.mriWithout, .routine), .k01, .critical),
        Row(
            "pregnant, contrast, priority good", caudaEquina.with([.pregnant: .met]), (.mriWithoutAndWith, .stat), .k22,
            .info),
        Row(
            "not MR-safe, priority good", caudaEquina.with([.mriContraindicated: .met]), (.mriWithout, .stat), .k01,
            .critical),
        Row("urgent is enough for a deficit", deficit, (.mriWithout, .urgent), nil),
        Row("routine is not", deficit, (.mriWithout, .routine), .k02, .critical),
        Row("CT for a deficit", deficit, (.ctWithout, .stat), .k02, .critical),
        Row("risk factor only, good test", early.with([.infection: .met]), (.mriWithoutAndWith, .routine), nil),
        Row(
            "presenting, routine", early.with([.infection: .met]), presenting: [.infection],
            (.mriWithoutAndWith, .routine), .k03, .warning),
        Row(
            "presenting, routine, whatever the fit (R10)", early.with([.infection: .met]), presenting: [.infection],
            (.boneScan, .routine), .k03, .warning),
        Row(
            "presenting fracture beside a cancer by risk (R10)", early.with([.malignancy: .met, .fracture: .met]),
            presenting: [.fracture], (.mriWithout, .routine), .k03, .warning),
        Row(
            "presenting, urgent", early.with([.infection: .met]), presenting: [.infection], (.mriWithout, .urgent), nil),
        Row(
            "presenting fracture, routine", early.with([.fracture: .met]), presenting: [.fracture],
            (.mriWithout, .routine), .k04, .warning),
        Row("CT with suspected cancer", early.with([.malignancy: .met]), (.ctWithout, .routine), .k16, .warning),
        Row("radiograph with suspected fracture", early.with([.fracture: .met]), (.radiograph, .routine), .k16, .info),
        Row("bone scan with suspected cancer", early.with([.malignancy: .met]), (.boneScan, .routine), .k15, .warning),
        Row(
            "not MR-safe with suspected cancer", early.with([.malignancy: .met, .mriContraindicated: .met]),
            (.mriWithout, .routine), .k19, .warning),
        Row(
            "device with suspected cancer", early.with([.malignancy: .met, .mrDevice: .met]), (.mriWithout, .routine),
            .k19, .info),
        Row(
            "pregnant with suspected infection", early.with([.infection: .met, .pregnant: .met]),
            (.mriWithoutAndWith, .urgent), .k22, .info),
        Row("pathway complete", indicated, (.mriWithout, .routine), nil),
        Row(
            "pathway complete, already ordered", indicated.with([.duplicate: .met]), (.mriWithout, .routine), .k20,
            .info),
        Row("pathway complete, contrast", indicated, (.mriWithoutAndWith, .routine), .k16, .info),
        Row("pathway complete, CT", indicated, (.ctWithout, .routine), .k15, .warning),
        Row("pathway complete, device", indicated.with([.mrDevice: .met]), (.mriWithout, .routine), .k19, .info),
        Row(
            "pathway complete, not MR-safe", indicated.with([.mriContraindicated: .met]), (.mriWithout, .routine), .k19,
            .warning),
        Row("after surgery, radiographs", early.with([.priorLumbarSurgery: .met]), (.radiograph, .routine), nil),
        Row("candidate unknown", indicated.with([.procedureCandidate: .unknown]), (.mriWithout, .routine), .k11, .info),
        Row(
            "candidate unknown, CT", indicated.with([.procedureCandidate: .unknown]), (.ctWithout, .routine), .k15,
            .warning),
        Row(
            "candidate unknown, not MR-safe",
            indicated.with([.procedureCandidate: .unknown, .mriContraindicated: .met]), (.mriWithout, .routine), .k19,
            .warning),
        Row("repeat for planning", indicated.with([.priorLumbarMRI: .met]), (.mriWithout, .routine), .k18, .info),
        Row("over 70", early.with([.ageOver70: .met]), (.mriWithout, .routine), .k21, .info),
        Row("hint", early.with([.fracture: .suspected]), (.mriWithout, .routine), .k32, .info),
        Row("hint, CT", early.with([.fracture: .suspected]), (.ctWithout, .routine), .k15, .warning),
        Row("unread", early.with([.recordComplete: .notMet]), (.mriWithout, .routine), .k33, .info),
        Row("unread, CT", early.with([.recordComplete: .notMet]), (.ctWithout, .routine), .k15, .warning),
        Row("no birth date", early.with([.adult: .unknown]), (.ctWithout, .routine), .k14, .info),
        Row("no indication", early.with([.radiculopathy: .unknown]), (.ctWithout, .routine), .k13, .info),
        Row(
            "onset unknown", indicated.with([.sixWeeks: .unknown, .trialDocumented: .unknown]), (.mriWithout, .routine),
            .k12, .info),
        Row("trial unknown", indicated.with([.trialDocumented: .unknown]), (.mriWithout, .routine), .k07, .info),
        Row("trial unknown, CT", indicated.with([.trialDocumented: .unknown]), (.ctWithout, .routine), .k15, .warning),
        Row("response unknown", indicated.with([.trialFailed: .unknown]), (.mriWithout, .routine), .k09, .info),
        Row("early, even a CT", early, (.ctWithout, .routine), .k05, .warning),
        Row("no trial", indicated.with([.trialDocumented: .notMet]), (.mriWithout, .routine), .k06, .warning),
        Row("improving", indicated.with([.trialFailed: .notMet]), (.mriWithout, .routine), .k08, .warning),
        Row("no candidate", indicated.with([.procedureCandidate: .notMet]), (.mriWithout, .routine), .k10, .warning),
        Row("repeat", early.with([.priorLumbarMRI: .met]), (.mriWithout, .routine), .k17, .warning),
        Row("child", early.with([.adult: .notMet]), (.mriWithout, .routine), nil),
        Row(
            "child with a presenting fever (R51)", early.with([.adult: .notMet, .infection: .met]),
            presenting: [.infection], (.mriWithout, .routine), .k32, .info),
        Row("another indication", early.with([.radiculopathy: .notMet]), (.mriWithout, .routine), nil),
        Row("patient view, cauda equina in a child", caudaEquina.with([.adult: .notMet]), nil, .k01, .critical),
        Row("patient view, deficit", deficit, nil, .k02, .critical),
        Row("patient view, answered by an order", caudaEquina.with([.activeAdequate: .met]), nil, nil),
        Row(
            "patient view, fever with radiculopathy", early.with([.infection: .met]), presenting: [.infection], nil,
            .k23, .warning),
        Row("patient view, risk factor with radiculopathy", early.with([.fracture: .met]), nil, .k23, .info),
        Row(
            "patient view, fever without radiculopathy", [.adult: .met, .infection: .met], presenting: [.infection],
            nil, nil),
        Row(
            "patient view of a child with a fever", early.with([.adult: .notMet, .infection: .met]),
            presenting: [.infection], nil, nil),
        Row("patient view, nothing urgent", early, nil, nil),
    ]

    @Test("card and indicator", arguments: rows)
    func card(_ row: Row) {
        var state = state(row.results, presenting: row.presenting, nil)
        state.order = row.order.map { GuidelineState.Order(modality: $0.0, priority: $0.1) }
        let outcome = guideline.decide(state)
        #expect(outcome.card == row.card)
        #expect(outcome.indicator == row.indicator)
    }

    @Test("risk factors alone can be kept off the patient view")
    func riskFactorOnly() {
        var thresholds = Thresholds()
        thresholds.patientViewRiskFactorOnly = false
        let quiet = LumbosacralRadiculopathy(thresholds: thresholds, configuration: "test")
        #expect(quiet.decide(state(early.with([.fracture: .met]), nil)).card == nil)
        #expect(quiet.decide(state(early.with([.infection: .met]), presenting: [.infection], nil)).card == .k23)
    }
}

@Suite("Provisional ratings and removal (I3, I6, R35)")
struct RemovalTests {
    @Test("removal needs every family denied", arguments: CriterionID.redFlags)
    func everyFamily(_ family: CriterionID) {
        let complete = early.with(denied)
        #expect(guideline.decide(state(complete)).removeSuggestionAllowed)
        #expect(!guideline.decide(state(complete)).provisional)
        let open = guideline.decide(state(complete.with([family: .unknown])))
        #expect(!open.removeSuggestionAllowed)
        #expect(open.provisional)
        #expect(!guideline.decide(state(complete.with([family: .suspected]))).removeSuggestionAllowed)
        #expect(!guideline.decide(state(complete.with([family: .met]))).removeSuggestionAllowed)
    }

    @Test(
        "removal by rule",
        arguments: [
            (early, true), (indicated.with([.trialDocumented: .notMet]), true),
            (indicated.with([.trialFailed: .notMet]), true),
            (early.with([.priorLumbarMRI: .met]), true), (indicated.with([.procedureCandidate: .notMet]), false),
            (early.with([.ageOver70: .met]), false), (early.with([.urgentContext: .met]), false),
            (early.with([.recordComplete: .notMet]), false), (indicated, false),
            (indicated.with([.trialDocumented: .unknown]), false),
        ])
    func rules(_ results: [CriterionID: CriterionResult], _ allowed: Bool) {
        #expect(guideline.decide(state(results.with(denied))).removeSuggestionAllowed == allowed)
    }

    @Test("removal needs recent answers and an order")
    func recent() {
        var old = state(early.with(denied))
        old.screenIsRecent = false
        #expect(!guideline.decide(old).removeSuggestionAllowed)
        #expect(!guideline.decide(state(early.with(denied), nil)).removeSuggestionAllowed)
    }
}
