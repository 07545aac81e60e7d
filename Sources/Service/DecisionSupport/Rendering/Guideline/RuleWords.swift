import Guidelines

/// A rule of the indication table with its condition in words.
struct RuleWords {
    let rule: Rule
    let condition: String

    /// Id as printed; `x` stands for the rule that would have decided.
    var shownID: String {
        switch rule {
        case .elderly: "A12-ELDERLY(x)"
        case .hint: "A13-HINT(x)"
        case .unread: "A14-UNREAD(x)"
        default: rule.id
        }
    }

    /// The guideline statements that the rule carries out; empty where it has those of the rule that would have decided.
    var statements: [String] {
        switch rule {
        case .elderly, .hint, .unread: []
        default: rule.statements
        }
    }

    /// The condition with the time in force that a site may have set.
    func condition(_ thresholds: Thresholds) -> String {
        condition.spelling(
            sixWeeks: rule == .course(.indicated) ? thresholds.trialMinDays : thresholds.imagingAfterDays)
    }

    /// The rating that goes with the rule, in words.
    var rating: String {
        switch rule {
        case .caudaEquina, .progressiveDeficit: "usually appropriate, emergency"
        case .infectionOrMalignancy, .fracture: "usually appropriate, urgent"
        case .priorSurgery: "usually appropriate (public criteria)"
        case .underAge, .otherIndication: Rating.notEvaluated.words
        case .ageUnknown, .radiculopathyNotEstablished, .unread: Rating.insufficientData.words
        case .repeatedForPlanning, .elderly, .hint: Rating.mayBeAppropriate.words
        case .repeated: Rating.usuallyNotAppropriate.words
        case .course(let reason): reason.rating.words
        }
    }

    /// All rules in the order in which they are read.
    static let all: [RuleWords] = redFlags + scope + course + overlays

    private static let redFlags = [
        RuleWords(
            rule: .caudaEquina, condition: "Cauda equina syndrome is suspected, at any age, whatever else is true."),
        RuleWords(
            rule: .progressiveDeficit, condition: "Severe or progressive weakness, with or without earlier treatment."),
        RuleWords(rule: .underAge, condition: "The patient is under age: other criteria apply."),
        RuleWords(
            rule: .otherIndication,
            condition:
                """
                The order names another indication, such as staging or another region.
                """),
        RuleWords(rule: .infectionOrMalignancy, condition: "Spinal infection or malignancy is suspected."),
        RuleWords(rule: .fracture, condition: "A vertebral fracture is suspected."),
    ]

    private static let scope = [
        RuleWords(rule: .ageUnknown, condition: "The age is not known."),
        RuleWords(rule: .radiculopathyNotEstablished, condition: "Neither order nor record establishes radiculopathy."),
        RuleWords(rule: .priorSurgery, condition: "The lumbar spine was operated on before: outside the source text."),
    ]

    private static let course = CourseReason.allCases.map { reason in
        RuleWords(rule: .course(reason), condition: words(of: reason))
    }

    private static func words(of reason: CourseReason) -> String {
        switch reason {
        case .indicated: "Six weeks of failed conservative care in a candidate for surgery or injection."
        case .early: "Less than six weeks since onset."
        case .noTrial: "Conservative care was declined or documented as not done."
        case .improving: "Improving with conservative care."
        case .notCandidate: "Surgery and injection are refused or contraindicated."
        case .askOnset: "The onset is not known precisely, or contradicts the treatment dates."
        case .askTrial: "Conservative care is not documented in full."
        case .askResponse: "The response to conservative care is not recorded."
        case .askCandidate: "Nobody says whether surgery or injection is an option."
        }
    }

    private static let overlays = [
        RuleWords(rule: .repeated, condition: "An earlier lumbar MRI counts and the course would not support imaging."),
        RuleWords(
            rule: .repeatedForPlanning,
            condition:
                """
                An earlier lumbar MRI counts and the course would support imaging.
                """),
        RuleWords(
            rule: .elderly(.course(.early)),
            condition: "The rating would discourage and the patient is over the soft age."),
        RuleWords(
            rule: .hint(.course(.early)),
            condition:
                "The rating would discourage, but a red flag is hinted at or the context is urgent; read before A12."),
        RuleWords(
            rule: .unread(.course(.early)),
            condition: "The rating would discourage, but part of the record was not retrieved; read before A13."),
    ]
}

extension TherapyWords {
    /// The condition with the time in force that a site may have set.
    func words(_ thresholds: Thresholds) -> String { words.spelling(sixWeeks: thresholds.imagingAfterDays) }
}

extension String {
    /// The text with another time where it speaks of six weeks, unless they are six weeks.
    fileprivate func spelling(sixWeeks days: Int) -> String {
        if days == 42 { return self }
        let time = SpokenDays(days).quantity
        return replacing("six weeks", with: time).replacing("Six weeks", with: time.capitalizedFirst)
    }
}
