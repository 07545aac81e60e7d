import ClinicalModel
import Guidelines

/// The text behind a card's fold, in GitHub Flavored Markdown.
///
/// What is not known comes first, then the order, the reasons, what is known with date and source, and what the
/// advice rests on. Everything that came from a record is literal text (``Markdown/literal(_:)``).
struct CardDetail {
    let decision: Decision
    let thresholds: Thresholds

    /// Most evidence items of one criterion that are written out.
    private static let longestList = 5

    /// The whole text of a card.
    func text(of card: CardID) -> String {
        let points = KeyPoints(decision: decision, thresholds: thresholds)
        return [
            notDocumented, notRead, order, list("Why", points.reasons(of: card)),
            list("Instead", points.instead(of: card)), returnAdvice,
            list("On record", evidence), list("Also on record", decision.cardFacts.shownOnly.map(line)),
            points.question(of: card).map { "**Worth recording:** \($0)" }, basis,
        ].compactMap { $0 }.joined(separator: "\n\n")
    }

    func list(_ title: String, _ lines: [String]) -> String? {
        lines.isEmpty ? nil : "**\(title)**\n\n" + lines.map { "- \($0)" }.joined(separator: "\n")
    }

    // MARK: What is not known

    var notDocumented: String? {
        let open = decision.criteria.filter { criterion in
            isRelevant(criterion.id) && (criterion.result == .unknown || criterion.result == .suspected)
        }
        let ordered = open.filter(\.id.isRedFlag) + open.filter { !$0.id.isRedFlag }
        guard !ordered.isEmpty else { return nil }
        return "**Not documented:** " + ordered.map(gap).joined(separator: "; ") + "."
    }

    /// Whether a criterion bears on the advice: the course and the history do not where a red flag decides.
    private func isRelevant(_ id: CriterionID) -> Bool {
        switch id {
        case .recordComplete: false
        case .sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate, .priorLumbarMRI, .priorLumbarSurgery:
            switch decision.outcome.contextClass {
            case .emergency, .infectionOrMalignancy, .fracture: false
            case .noFlag, .priorSurgery, .undetermined: true
            }
        default: true
        }
    }

    private func gap(_ criterion: Criterion) -> String {
        let name = criterion.id.title.loweringFirst
        let missing = criterion.missing.prefix(Self.longestList).map { gap in
            let reason = gap.reason == .notRecorded ? "" : ", \(gap.reason.rawValue)"
            return Markdown.literal(gap.what) + reason
        }
        let hint = criterion.result == .suspected ? "hinted at, to be clarified" : nil
        let parts = [hint].compactMap { $0 } + missing
        if parts.count == 1, let only = parts.first, only.hasPrefix(name) { return only }
        return parts.isEmpty ? name : "\(name) (\(parts.joined(separator: "; ")))"
    }

    var notRead: String? {
        var lines: [String] = []
        if !decision.partsNotRead.isEmpty {
            lines.append(
                "Could not be retrieved: " + decision.partsNotRead.map(Markdown.literal).joined(separator: ", ") + ".")
        }
        if decision.cardFacts.reasonTextUnread {
            lines.append("Reason not read: the order gives it in words, or refers to what did not come along.")
        }
        return lines.isEmpty ? nil : lines.joined(separator: " ")
    }

    // MARK: The order

    private var order: String? {
        guard let order = decision.order else { return "**Order:** no lumbar imaging order found." }
        let name = decision.cardFacts.orderName.map(Markdown.literal)
        let test = name ?? order.name ?? "imaging of the lumbar spine"
        let reference = (order.reference ?? order.at).map { " (\(Markdown.literal($0)))" } ?? ""
        let fit = decision.outcome.fit.map { " The ordered test \($0.words)." } ?? ""
        return "**Order:** \(test), priority \(order.priority.words)\(reference).\(fit)"
    }

    // MARK: What is known

    var evidence: [String] {
        decision.criteria.filter(isShown).map { criterion in
            let items = criterion.evidence.prefix(Self.longestList).map(line)
            let more = criterion.evidence.count - items.count
            let tail = (items + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "; ")
            let head = "\(criterion.id.title): \(criterion.resultInWords)"
            return tail.isEmpty ? head : "\(head). \(tail.capitalizedFirst)"
        }
    }

    /// What bears on the advice and rests on something recorded; of the scope only what limits it.
    private func isShown(_ criterion: Criterion) -> Bool {
        guard isRelevant(criterion.id) else { return false }
        return switch (criterion.id, criterion.result) {
        case (.adult, .met), (.ageOver70, .notMet): false
        case (.priorLumbarMRI, .noneOnRecord), (.priorLumbarSurgery, .noneOnRecord): true
        default: !criterion.evidence.isEmpty
        }
    }

    /// One item: why it counts, value, date, source.
    private func line(_ item: Evidence) -> String {
        var places: [String] = []
        if let value = item.shownValue, !item.because.contains(value) {
            places.append(Markdown.literal(value))
        }
        if let date = item.shownDate, !item.because.contains(date) { places.append(Markdown.literal(date)) }
        if let resource = item.resource { places.append(Self.source(of: resource) + Markdown.literal(resource)) }
        if let source = item.source { places.append(Markdown.literal(source)) }
        return Markdown.literal(item.because) + (places.isEmpty ? "" : " (\(places.joined(separator: ", ")))")
    }

    /// The kind of record in words, by the type of the resource.
    private static func source(of reference: String) -> String {
        let kinds = [
            "Condition": "problem list", "Encounter": "visit", "Procedure": "procedure list",
            "DiagnosticReport": "report", "ImagingStudy": "imaging archive", "MedicationRequest": "prescription",
            "MedicationStatement": "medication list", "MedicationDispense": "dispensing record",
            "QuestionnaireResponse": "questionnaire", "Observation": "observation", "Device": "device list",
            "ServiceRequest": "orders", "AllergyIntolerance": "allergy list", "Flag": "flags",
        ]
        return kinds[String(reference.prefix { $0 != "/" })].map { "\($0) " } ?? ""
    }

    // MARK: Advice and basis

    /// Printed wherever the advice is not imaging now (ruling R52).
    private var returnAdvice: String? {
        switch decision.outcome.rating {
        case .usuallyNotAppropriate, .insufficientData, .mayBeAppropriate: Self.returnAdviceText
        case .notEvaluated, .usuallyAppropriate: nil
        case nil: decision.slot == .drug ? nil : Self.returnAdviceText
        }
    }

    /// When to come back at once, for the patient.
    static let returnAdviceText =
        "**Tell the patient to come back at once for:** \(CarePlanPart.returnSigns)."

    private var basis: String {
        var parts: [String] = []
        if let rating = decision.outcome.rating {
            parts.append("Rating: \(rating.words)" + (decision.outcome.provisional ? " (provisional)" : ""))
        }
        if let rule = decision.outcome.rule { parts.append("rule \(rule)") }
        if !decision.statements.isEmpty {
            parts.append("guideline statements: \(decision.statements.joined(separator: ", "))")
        }
        return basis(parts)
    }

    /// What the advice rests on, with the versions, the day and the origin of the guideline behind it.
    func basis(_ parts: [String]) -> String {
        let versions = [
            "knowledge \(decision.guidelineVersion)", "configuration \(Markdown.literal(decision.configuration))",
        ]
        return (parts + versions).joined(separator: "; ").capitalizedFirst + ".\n\n"
            + "Counted as of \(decision.asOf): imaging after \(thresholds.imagingAfterDays) days, "
            + "conservative treatment \(thresholds.trialMinDays) days. Coded data only were read. "
            + "The guideline text is an unreviewed secondary summary; its origin and limits are on the guideline page."
    }
}

extension String {
    /// The same text with a small letter at its start, unless its first word is an abbreviation (`MRI …`).
    var loweringFirst: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}
