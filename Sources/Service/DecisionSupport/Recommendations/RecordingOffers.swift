import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

/// What a card offers to record with one click: the facts that the decision turns on and that nobody recorded.
///
/// Each answer is an Observation in the product's own input codes (ruling R1), which the service reads back. One offer
/// answers every open question of the red-flag screen with "no", and only questions that nothing on record speaks
/// against; a "yes" is offered for each open question. On one day a "yes" wins over a "no".
struct RecordingOffers {
    let decision: Decision
    let make: RequestFactory
    let thresholds: Thresholds

    /// What the course needs, as the one question of its card.
    func course(of card: CardID) -> [SuggestionTable.Offer] {
        switch card {
        case .k07, .k30: trial
        case .k09: response
        case .k11: candidate
        case .k12: onset
        case .k17, .k18: [yes("new-deficit-since-prior-imaging")].compactMap { $0 }
        default: []
        }
    }

    // MARK: Red flags

    /// "No" to every open question of the screen at once; nil where a "no" would settle none.
    func noRedFlag(on card: CardID) -> SuggestionTable.Offer? {
        guard asksForRedFlags(card) else { return nil }
        let families = decision.unknownFamilies.map { decision.criterion($0) }
        let codes = questions(of: families, with: [.any])
        let actions = codes.compactMap { code in
            make.answer(code, .bool(false)).map {
                Action(.create($0), description: "Record the answer no: \(words(of: code))")
            }
        }
        guard let first = codes.first, !actions.isEmpty else { return nil }
        let label =
            actions.count == 1
            ? "No: \(words(of: first))"
            : "None of the \(actions.count) open red-flag questions applies: record no to each"
        return SuggestionTable.Offer(label: label, isRedFlagAnswer: true, actions: actions)
    }

    /// "Yes" to each open question of the red flags, and "no" to a hint that its own question takes back.
    func redFlags(on card: CardID) -> [SuggestionTable.Offer] {
        guard asksForRedFlags(card) else { return [] }
        let suspected = decision.suspectedFamilies.map { decision.criterion($0) }
        let open = suspected + decision.unknownFamilies.map { decision.criterion($0) }
        let answers =
            questions(of: suspected, with: [.noOnly]).map(no) + questions(of: open, with: [.any, .yesOnly]).map(yes)
        return answers.compactMap { offer in
            var offer = offer
            offer?.isRedFlagAnswer = true
            return offer
        }
    }

    /// Where the advice is not settled (usually not appropriate, may be appropriate, no rating) and the card is not about
    /// the test.
    private func asksForRedFlags(_ card: CardID) -> Bool {
        switch decision.outcome.rating {
        case .usuallyNotAppropriate, .mayBeAppropriate, .insufficientData: break
        case .usuallyAppropriate, .notEvaluated: return false
        case nil: return card == .k24 || card == .k30
        }
        switch card {
        case .k15, .k16, .k19, .k20, .k22: return false
        default: return decision.order != nil
        }
    }

    private func questions(of criteria: [Criterion], with answers: Set<OpenQuestion.Answers>) -> [String] {
        var codes: [String] = []
        for question in criteria.flatMap(\.missing).flatMap(\.questions)
        where answers.contains(question.answers) && !codes.contains(question.code) {
            codes.append(question.code)
        }
        return codes
    }

    // MARK: Course

    private var trial: [SuggestionTable.Offer] {
        let gap = [decision.criterion(decision.slot == .procedure ? .procedureTrialDocumented : .trialDocumented)]
        let completed = "conservative-care-completed"
        let days = "\(thresholds.trialMinDays) days"
        return [
            // Treatment cannot have lasted longer than the symptoms on record.
            decision.criterion(.sixWeeks).result != .notMet
                && questions(of: gap, with: [.any, .yesOnly]).contains(completed)
                ? offer("Yes, at least \(days) of conservative care were delivered", completed, .bool(true)) : nil,
            questions(of: gap, with: [.any]).contains(completed)
                ? offer("No, no conservative care was delivered", completed, .bool(false)) : nil,
            questions(of: gap, with: [.yesOnly]).contains("conservative-care-declined")
                ? offer("Conservative care was declined", "conservative-care-declined", .bool(true)) : nil,
        ].compactMap { $0 }
    }

    private var response: [SuggestionTable.Offer] {
        let code = "response-to-care"
        guard questions(of: [decision.criterion(.trialFailed)], with: [.any]).contains(code) else { return [] }
        return ["improved", "not-improved", "worse"].compactMap { answer in
            offer("Response to treatment: \(words(of: answer).loweringFirst)", code, .choice(answer))
        }
    }

    private var candidate: [SuggestionTable.Offer] {
        [
            offer("Yes, surgery or injection is an option", "procedure-candidate", .bool(true)),
            offer("No, neither is an option", "procedure-candidate", .bool(false)),
        ].compactMap { $0 }
    }

    /// Before or after the limit; beside a documented trial only "before" resolves the contradiction (ruling R26).
    private var onset: [SuggestionTable.Offer] {
        let code = "symptom-onset"
        let limit = thresholds.imagingAfterDays
        let wait = SpokenDays(limit).quantity
        let onset = decision.criterion(.sixWeeks)
        let isOpen = questions(of: [onset], with: [.any]).contains(code)
        guard isOpen || onset.result == .notMet else { return [] }
        let since = (decision.asOf - max(0, limit - 1)).description
        return [
            offer(
                "The symptoms began at least \(wait) ago", code,
                .period(start: nil, end: (decision.asOf - limit).description)),
            isOpen && limit > 0
                ? offer(
                    "The symptoms began less than \(wait) ago", code,
                    .period(start: since, end: decision.asOf.description)) : nil,
        ].compactMap { $0 }
    }

    // MARK: One answer

    /// How the label of an offer begins that answers one open question with yes.
    static let yesLabel = "Yes: "

    private func yes(_ code: String) -> SuggestionTable.Offer? {
        offer(Self.yesLabel + words(of: code), code, .bool(true))
    }

    private func no(_ code: String) -> SuggestionTable.Offer? { offer("No: \(words(of: code))", code, .bool(false)) }

    private func offer(_ label: String, _ code: String, _ answer: RequestFactory.Answer) -> SuggestionTable.Offer? {
        make.answer(code, answer).map {
            SuggestionTable.Offer(
                label: label, actions: [Action(.create($0), description: "Record the answer: \(label.loweringFirst)")])
        }
    }

    /// What an input code is called.
    private func words(of code: String) -> String {
        make.codes.finding(code).display ?? code.replacing("-", with: " ").capitalizedFirst
    }
}
