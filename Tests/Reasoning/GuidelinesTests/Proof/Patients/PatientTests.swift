import ClinicalModel
import Guidelines
import Testing

/// How many patients a run makes; a debug build is slower.
enum PatientCount {
    #if DEBUG
        static let seeds: Range<UInt64> = 0..<60
    #else
        static let seeds: Range<UInt64> = 0..<1_500
    #endif
}

@Suite("Generated patients (I2, I9, I12-I15, I17)")
struct PatientTests {
    static let properties = evidence + inert + refuting + shifts + permutations + failures + drugs

    static let evidence = [
        PatientProperty(
            name: "I9: every met or not-met criterion cites evidence, every unknown names what would settle it"
        ) { $0.decide().unsupported },
        PatientProperty(name: "a decision is what the tables say to its own criteria") { patient in
            let decision = patient.decide()
            var state = GuidelineState(
                order: patient.order.map { .init(modality: $0.modality, priority: $0.priority ?? .routine) })
            for criterion in decision.criteria { state[criterion.id] = criterion.result }
            for flag in decision.presentingFlags { state.setPresenting(flag) }
            let said = GeneratedPatient.guideline.decide(state)
            let isSame =
                said.rule == decision.outcome.rule && said.rating == decision.outcome.rating
                && said.fit == decision.outcome.fit && said.card == decision.outcome.card
                && said.indicator == decision.outcome.indicator && said.provisional == decision.outcome.provisional
                && (said.removeSuggestionAllowed || !decision.outcome.removeSuggestionAllowed)
            return isSame ? nil : "\(decision.outcome), the tables: \(said)"
        },
    ]

    /// Codes that stand in no value set: what a family history, another patient's or an erroneous entry comes to at most.
    static let inert = [
        PatientProperty(name: "I12: a code that the knowledge does not know changes nothing") { patient in
            var drawing = FactDrawing(seed: UInt64(patient.facts.count))
            let before = ComparableDecision(patient.decide())
            for fact in [
                drawing.problem(.unknownCode), drawing.seen(.unknownCode),
                FactDrawing.observation("text", [CodedFinding.unknownCode.concept], .text("cancer"), When(0)),
            ] {
                let after = ComparableDecision(patient.adding(fact).decide())
                if let difference = before.difference(to: after) { return "\(fact.words): \(difference)" }
            }
            return nil
        }
    ]

    static let refuting = [
        PatientProperty(name: "I12: a refuting item never moves a family to met") { patient in
            let before = patient.decide()
            for fact in refutingFacts {
                let after = patient.adding(fact).decide()
                for family in CriterionID.redFlags
                where before.criterion(family).result != .met && after.criterion(family).result == .met {
                    return "\(fact.words): \(family.rawValue) \(before.criterion(family).result.rawValue) became met"
                }
            }
            return nil
        },
        PatientProperty(name: "I2: a red flag answered yes is met and never lowers the rank") { patient in
            let before = patient.decide()
            for (family, codes) in FactDrawing.screen {
                for code in codes {
                    let after = patient.adding(FactDrawing.answer(code, true, When(-1))).decide()
                    if after.criterion(family).result != .met { return "\(code): \(family.rawValue) is not met" }
                    if after.outcome.rating.rank < before.outcome.rating.rank {
                        return "\(code): \(before.outcome.rating.rawValue) became \(after.outcome.rating.rawValue)"
                    }
                }
            }
            return nil
        },
    ]

    /// One denial of each kind: a refuted problem, a finding seen as absent, an answer "no", on several days.
    static let refutingFacts: [PatientFact] =
        CodedFinding.problems.enumerated().flatMap { number, coded in
            let date = When([0, 1, 5, 20, 100][number % 5])
            return [
                FactDrawing.problem(coded, certainty: .refuted, onset: date, recorded: date),
                FactDrawing.observation("absent \(coded.words)", [coded.concept], .boolean(false), date),
            ]
        }
        + (FactDrawing.screen.flatMap(\.codes) + FactDrawing.otherQuestions.filter { !$0.hasPrefix("procedure") })
        .map { FactDrawing.answer($0, false, When(0)) }

    /// 400 years are 146,097 days, after which the calendar repeats itself.
    static let shifts = [
        PatientProperty(name: "I13: a shift by 400 years changes nothing") { patient in
            shifted(patient, by: [146_097, -146_097])
        }
    ]
    /// For patients without a fact at a limit of months or years, whose lengths in days differ.
    static let smallShifts = PatientProperty(name: "I13: a shift by some days changes nothing") { patient in
        shifted(patient, by: [1, -1, 29, 100, 365, 3653])
    }

    private static func shifted(_ patient: GeneratedPatient, by shifts: [Int]) -> String? {
        let before = ComparableDecision(patient.decide())
        for shift in shifts {
            let after = ComparableDecision(patient.decide(asOf: GeneratedPatient.today + shift))
            if let difference = before.difference(to: after, ignoringDates: true) {
                return "by \(shift) days: \(difference)"
            }
        }
        return nil
    }

    static let permutations = [
        PatientProperty(name: "I14: the order of the record changes nothing") { patient in
            let before = ComparableDecision(patient.decide())
            return patient.reordered.lazy.compactMap { before.difference(to: ComparableDecision($0.decide())) }.first
        }
    ]

    static let failures = [
        PatientProperty(name: "I15: a search that was not retrieved yields unknown, and that is said") { patient in
            for part in RecordPart.allCases {
                let (empty, failed) = patient.without(part)
                if let why = failure(of: part, empty.decide(), failed.decide()) {
                    return "\(part.rawValue) not retrieved: \(why)"
                }
            }
            return nil
        }
    ]

    /// Searches that red flags, surgery or an earlier MRI depend on (ruling R33).
    private static let deciding: Set<RecordPart> = [
        .conditions, .observations, .medicationRequests, .medicationStatements, .medicationDispenses, .procedures,
        .diagnosticReports, .imagingStudies, .encounters, .questionnaireResponses,
    ]

    private static func failure(of part: RecordPart, _ empty: Decision, _ failed: Decision) -> String? {
        if let why = failed.misread(since: empty) { return why }
        guard deciding.contains(part) else { return nil }
        if failed.criterion(.recordComplete).result != .notMet { return "the record counts as complete" }
        if failed.outcome.rating == .usuallyNotAppropriate { return "imaging is discouraged" }
        return failed.outcome.removeSuggestionAllowed ? "removal is allowed" : nil
    }

    static let drugs = [
        PatientProperty(name: "I17: no NSAID is suggested against a contraindication or without its guards") {
            patient in
            let decision = patient.decide()
            let isForbidden =
                patient.facts.contains(where: \.fact.forbidsNSAID) || decision.criterion(.pregnant).result == .met
                || patient.birth.map { $0.earliest >= 76 * 366 } ?? true
            let hasKidney = patient.facts.contains { $0.fact.words.hasPrefix("eGFR") }
            let hasPregnancy = patient.facts.contains { $0.fact.words.hasPrefix("pregnancy status") }
            guard isForbidden || !hasKidney && !hasPregnancy else { return nil }
            return decision.cardFacts.nsaidBlockedBecause.isEmpty ? "an NSAID may be suggested" : nil
        }
    ]

    @Test("hold for every patient", arguments: properties.map(\.name))
    func holds(_ name: String) throws {
        let property = try #require(Self.properties.first { $0.name == name })
        if let found = property.smallestViolation(seeds: PatientCount.seeds) {
            Issue.record("\(name). Smallest patient: \(found.patient.words). \(found.why)")
        }
    }

    @Test("I13 by days")
    func smallShift() {
        if let found = Self.smallShifts.smallestViolation(seeds: PatientCount.seeds, drawsCalendarDays: false) {
            Issue.record("\(Self.smallShifts.name). Smallest patient: \(found.patient.words). \(found.why)")
        }
    }
}
