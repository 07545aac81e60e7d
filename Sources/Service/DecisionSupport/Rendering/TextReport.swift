import CDSHooks
import ClinicalModel
import Diagnostics
import Guidelines

/// Decisions for a person at a terminal: the order, the rating in words, the advice and what it rests on.
public struct TextReport: Sendable {
    private let cards: CardBuilder
    private let isColoured: Bool

    /// A report.
    ///
    /// - Parameter isColoured: Whether the text goes to a terminal that shows colours; plain text otherwise.
    public init(_ cards: CardBuilder, isColoured: Bool) {
        self.cards = cards
        self.isColoured = isColoured
    }

    /// What one record came to: a block for each decision with an empty line between them, and a line end at the end.
    ///
    /// - Parameters:
    ///   - passedOver: Drafts without a decision, by why, in words.
    ///   - source: Name of the input, the heading of the record; nil leaves it out.
    public func text(
        of reviews: [CardBuilder.Review], passedOver: [String: Int] = [:], source: String? = nil
    ) -> String {
        let heading = source.map { [styled(PlainText.line($0), .bold)] } ?? []
        let blocks = CardOrder.sorted(reviews).map { block(of: $0).joined(separator: "\n") }
        let decided = blocks.isEmpty ? ["No order under review and no decision on the patient."] : blocks
        let body = decided + (passedOver.isEmpty ? [] : ["Drafts without a decision: \(Self.words(of: passedOver))"])
        return (heading + [body.joined(separator: "\n\n")]).joined(separator: "\n") + "\n"
    }

    /// How many drafts got no decision for which reason, in one order.
    public static func words(of passedOver: [String: Int]) -> String {
        passedOver.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    // MARK: One decision

    private func block(of review: CardBuilder.Review) -> [String] {
        let decision = review.decision
        let card = cards.card(for: review)
        return [order(of: decision), rating(of: decision)] + advice(of: decision, card) + reasons(of: decision)
            + suggestions(of: card) + problems(of: decision)
    }

    private func order(of decision: Decision) -> String {
        let subject = decision.subject.map { ", \(PlainText.line($0))" } ?? ""
        guard let order = decision.order else { return "Patient\(subject), as of \(decision.asOf)" }
        let test = decision.cardFacts.orderName.map(PlainText.line) ?? order.name ?? "order"
        let reference = order.reference.map { " \(PlainText.line($0))" } ?? ""
        return "Order\(reference): \(test), \(order.priority.words)\(subject), as of \(decision.asOf)"
    }

    private func rating(of decision: Decision) -> String {
        let outcome = decision.outcome
        var words = outcome.rating?.words.capitalizedFirst ?? "Reviewed"
        if outcome.provisional { words += ", provisional" }
        if let rule = outcome.rule { words += " (rule \(rule))" }
        if let because = decision.because { words += ": \(PlainText.line(because))" }
        let fit = outcome.fit.map { ". The ordered test \($0.words)" } ?? ""
        return "  " + styled(words + fit, .rating(isEvaluated: outcome.rating != .notEvaluated))
    }

    private func advice(of decision: Decision, _ card: Card?) -> [String] {
        guard let card, let id = decision.outcome.card else {
            if decision.cardIsSuppressed, let id = decision.outcome.card {
                return ["  No card: the site does not show \(id.rawValue) (\(id.title))."]
            }
            return decision.outcome.rating == .notEvaluated ? [] : ["  No card: nothing to add."]
        }
        let mark = "[\(card.indicator.rawValue) \(id.rawValue)]"
        return ["  " + styled(mark, .indicator(card.indicator)) + " " + card.summary]
    }

    // MARK: What it rests on

    /// Unknowns first, then what was found; criteria that came to nothing are left to the other formats.
    private func reasons(of decision: Decision) -> [String] {
        let open = decision.criteria.filter { $0.result == .unknown || $0.result == .suspected }
        let unknown = open.map { criterion in
            let missing = criterion.missing.map { gap in
                gap.reason == .notRecorded ? gap.what : "\(gap.what) (\(gap.reason.rawValue))"
            }
            let hint = criterion.result == .suspected ? "possible: " : ""
            let words = hint + PlainText.line(missing.joined(separator: ", "))
            // A gap that begins with the criterion's own name stands alone.
            let title = criterion.id.title
            let isNamed = words.hasPrefix(title.loweringFirst)
            let line = isNamed ? title + words.dropFirst(title.count) : "\(title): \(words)"
            return "    \(styled("?", .open)) \(line)"
        }
        let known = decision.criteria.filter { criterion in
            criterion.result != .unknown && criterion.result != .suspected && criterion.id != .recordComplete
                && !criterion.evidence.isEmpty
        }
        let found = known.flatMap { criterion -> [String] in
            ["    - \(criterion.id.title): \(criterion.resultInWords)"] + criterion.evidence.map(evidence)
        }
        let unread = decision.partsNotRead.map { "    \(styled("?", .open)) Not retrieved: \(PlainText.line($0))" }
        return (unknown.isEmpty && unread.isEmpty ? [] : ["  Not documented:"] + unknown + unread)
            + (found.isEmpty ? [] : ["  On record:"] + found)
    }

    private func evidence(_ item: Evidence) -> String {
        let place = [item.shownValue, item.shownDate, item.resource].compactMap { $0 }.joined(separator: ", ")
        let line = PlainText.line(item.because) + (place.isEmpty ? "" : " (\(PlainText.line(place)))")
        return "        " + PlainText.shortened(line, to: Markdown.longestValue)
    }

    private func suggestions(of card: Card?) -> [String] {
        guard let card, !card.suggestions.isEmpty else { return [] }
        let labels = card.suggestions.map(\.label)
        let answers = labels.filter { $0.hasPrefix(RecordingOffers.yesLabel) }
        guard answers.count > 1 else { return ["  Suggested:"] + labels.map { "    + \($0)" } }
        return ["  Suggested:"] + labels.filter { !$0.hasPrefix(RecordingOffers.yesLabel) }.map { "    + \($0)" }
            + ["    + Yes to one of the \(answers.count) open questions, an offer each"]
    }

    private func problems(of decision: Decision) -> [String] {
        decision.issues.isEmpty
            ? [] : ["  Not understood:"] + decision.issues.map { "    ! \(PlainText.line($0.description))" }
    }

    // MARK: Colour

    private enum Style {
        case bold
        case open
        case rating(isEvaluated: Bool)
        case indicator(Card.Indicator)

        /// Select Graphic Rendition of ECMA-48.
        var code: String {
            switch self {
            case .bold: "1"
            case .open: "33"
            case .rating(let isEvaluated): isEvaluated ? "1" : "2"
            case .indicator(.critical): "1;31"
            case .indicator(.warning): "33"
            case .indicator(.info): "36"
            }
        }
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isColoured ? "\u{1B}[\(style.code)m\(text)\u{1B}[0m" : text
    }
}
