import ClinicalModel
import Guidelines

/// Card selection of sections 3.5 and 3.6 as printed, first match wins, with the rulings R10, R21, R32, R33 and R51.
enum PrintedCardTable {
    /// A card with its indicator; nil is silence.
    typealias Choice = (card: String, indicator: String)?

    /// One printed row; what is nil or empty holds for everything.
    private struct Row {
        /// Rule ids, or the beginning of them up to a parenthesis.
        var rules: [String] = []
        var ratings: [String] = []
        var classes: [String] = []
        var fits: [String] = []
        var priorities: [String] = []
        var presenting: Bool?
        var duplicate: Bool?
        let says: Choice
    }

    private static let good = ["pref", "ok"]
    private static let plain = ["C1", "C5"]
    private static let flagged = ["C3", "C4"]

    private static let rows: [Row] =
        outOfScope + emergencies + flags + [
            // UA, C1 or C5
            Row(ratings: ["UA"], classes: plain, fits: good, duplicate: true, says: ("K20", "info")),
            Row(ratings: ["UA"], classes: plain, fits: good, says: nil),
            Row(ratings: ["UA"], classes: plain, fits: ["notpref"], says: ("K16", "info")),
            Row(ratings: ["UA"], classes: plain, fits: ["preg"], says: ("K22", "info")),
            Row(ratings: ["UA"], classes: plain, fits: ["device"], says: ("K19", "info")),
            Row(ratings: ["UA"], classes: plain, fits: ["norole"], says: ("K15", "warning")),
            Row(ratings: ["UA"], classes: plain, fits: ["verify"], says: ("K19", "warning")),
            // MBA
            Row(ratings: ["MBA"], fits: ["norole"], says: ("K15", "warning")),
            Row(ratings: ["MBA"], fits: ["verify"], says: ("K19", "warning")),
            Row(rules: ["A10-ASK-CAND"], says: ("K11", "info")),
            Row(rules: ["A11-REPEAT-PLANNING"], says: ("K18", "info")),
            Row(rules: ["A12-ELDERLY"], says: ("K21", "info")),
            Row(rules: ["A13-HINT"], says: ("K32", "info")),
            // INS
            Row(rules: ["A7"], says: ("K14", "info")),
            Row(rules: ["A8"], says: ("K13", "info")),
            Row(ratings: ["INS"], fits: ["norole"], says: ("K15", "warning")),
            Row(rules: ["A10-ASK-ONSET"], says: ("K12", "info")),
            Row(rules: ["A10-ASK-TRIAL"], says: ("K07", "info")),
            Row(rules: ["A10-ASK-RESPONSE"], says: ("K09", "info")),
            Row(rules: ["A14-UNREAD"], says: ("K33", "info")),
            // UNA, any fit
            Row(rules: ["A10-EARLY"], says: ("K05", "warning")),
            Row(rules: ["A10-NOTRIAL"], says: ("K06", "warning")),
            Row(rules: ["A10-IMPROVING"], says: ("K08", "warning")),
            Row(rules: ["A10-NOTCAND"], says: ("K10", "warning")),
            Row(rules: ["A11-REPEAT"], says: ("K17", "warning")),
        ]

    private static let outOfScope = [
        Row(rules: ["A3"], presenting: true, says: ("K32", "info")),  // R51
        Row(ratings: ["NA"], says: nil),
    ]

    private static let emergencies = [
        Row(rules: ["A1"], fits: good, priorities: ["asap", "stat"], says: nil),
        Row(rules: ["A2"], fits: good, priorities: ["urgent", "asap", "stat"], says: nil),
        Row(rules: ["A1"], fits: ["preg"], priorities: ["asap", "stat"], says: ("K22", "info")),
        Row(rules: ["A2"], fits: ["preg"], priorities: ["urgent", "asap", "stat"], says: ("K22", "info")),
        Row(rules: ["A1"], fits: ["device"], priorities: ["asap", "stat"], says: ("K19", "warning")),
        Row(rules: ["A2"], fits: ["device"], priorities: ["urgent", "asap", "stat"], says: ("K19", "warning")),
        Row(rules: ["A1"], says: ("K01", "critical")),
        Row(rules: ["A2"], says: ("K02", "critical")),
    ]

    /// A presenting feature with routine priority speaks whatever the fit is (R10).
    private static let flags = [
        Row(classes: ["C3"], priorities: ["routine"], presenting: true, says: ("K03", "warning")),
        Row(classes: ["C4"], priorities: ["routine"], presenting: true, says: ("K04", "warning")),
        Row(classes: flagged, fits: good, says: nil),
        Row(classes: ["C3"], fits: ["notpref"], says: ("K16", "warning")),
        Row(classes: ["C4"], fits: ["notpref"], says: ("K16", "info")),
        Row(classes: flagged, fits: ["norole"], says: ("K15", "warning")),
        Row(classes: flagged, fits: ["verify"], says: ("K19", "warning")),
        Row(classes: flagged, fits: ["device"], says: ("K19", "info")),
        Row(classes: flagged, fits: ["preg"], says: ("K22", "info")),
    ]

    /// The card that the tables print for a state, nil where no row holds; the patient view has rows of its own (3.6).
    static func reading(_ expected: Expectation, fit: Fit?, card: CardState, facts: StateFacts) -> Choice? {
        guard card.modality != nil else { return .some(patientView(expected.rule, card, facts)) }
        let rule = String(expected.rule.prefix { $0 != "(" })
        return rows.first { row in
            (row.rules.isEmpty || row.rules.contains(rule))
                && (row.ratings.isEmpty || row.ratings.contains(expected.rating.rawValue))
                && (row.classes.isEmpty || row.classes.contains(expected.contextClass.rawValue))
                && (row.fits.isEmpty || row.fits.contains(fit?.rawValue ?? "not judged"))
                && (row.priorities.isEmpty || row.priorities.contains(card.priority.rawValue))
                && (row.presenting.map { $0 == facts.contains(.presentingFlag) } ?? true)
                && (row.duplicate.map { $0 == (card.duplicate == .met) } ?? true)
        }?.says
    }

    private static func patientView(_ rule: String, _ card: CardState, _ facts: StateFacts) -> Choice {
        if card.activeAdequate == .met { return nil }
        switch rule {
        case "A1": return ("K01", "critical")
        case "A2": return ("K02", "critical")
        case "A5", "A6":
            guard facts.contains(.radiculopathyMet) else { return nil }
            return ("K23", facts.contains(.presentingFlag) ? "warning" : "info")
        default: return nil
        }
    }
}
