public import ClinicalModel

/// One recorded item that a result rests on.
public struct Evidence: Sendable, Hashable {
    /// `Type/id` of the resource; nil for an arithmetic basis such as today's age limit.
    public let resource: String?
    /// The code that matched; nil when no code was involved.
    public let code: Code?
    /// Value as recorded, for example `37.9 Cel`; nil when it carries none.
    public let value: String?
    /// Date as recorded; nil when undated.
    public let date: String?
    /// JSONPath or XPath.
    public let at: String?
    /// The input it came from, when a record has several.
    public let source: String?
    /// Why it counts, in words.
    public let because: String

    /// Puts an evidence item together.
    public init(
        resource: String?, code: Code? = nil, value: String? = nil, date: String? = nil, at: String? = nil,
        source: String? = nil, because: String
    ) {
        self.resource = resource
        self.code = code
        self.value = value
        self.date = date
        self.at = at
        self.source = source
        self.because = because
    }

    /// Evidence read at a place of the record.
    public init(
        _ provenance: Provenance, code: Code? = nil, value: String? = nil, date: PartialDate? = nil, because: String
    ) {
        self.init(
            resource: provenance.resource, code: code, value: value, date: date?.literal, at: provenance.at,
            source: provenance.source, because: because)
    }
}

/// What would have to be recorded to settle an unknown.
public struct DataGap: Sendable, Hashable {
    /// Why it is not known, by the words of the contract.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case notRecorded = "not recorded"
        case notRetrieved = "not retrieved"
        case tooOld = "too old"
        case tooImprecise = "too imprecise"
        case contradictory
        case textNotRead = "text not read"
    }
    /// What is missing, in a clinician's words, for example `saddle sensation`.
    public let what: String
    /// Why it is not known.
    public let reason: Reason
    /// The questions that settle it; empty when no answer in the product's own input codes would.
    public let questions: [OpenQuestion]

    /// Names a gap.
    public init(_ what: String, _ reason: Reason = .notRecorded, settledBy questions: [OpenQuestion] = []) {
        self.what = what
        self.reason = reason
        self.questions = questions
    }
}

/// A question that is open, by its input code (ruling R1), and the answers to it that would change anything.
public struct OpenQuestion: Sendable, Hashable {
    /// The answers that would change what the criterion came to.
    public enum Answers: String, Sendable, Hashable, CaseIterable {
        case any
        /// Something on record forbids that a "no" settles it: a hint, an old finding, a text that was not read.
        case yesOnly
        case noOnly
    }
    /// The code of the code system `lumbosacral-findings`, for example `saddle-sensory-loss`.
    public let code: String
    /// Which answers matter.
    public let answers: Answers

    /// Names a question.
    public init(_ code: String, _ answers: Answers = .any) {
        self.code = code
        self.answers = answers
    }
}

/// A criterion with its result and what it rests on.
public struct Criterion: Sendable, Hashable {
    /// Which criterion.
    public let id: CriterionID
    /// What it came to.
    public let result: CriterionResult
    /// What was found, deciding items first.
    public let evidence: [Evidence]
    /// What would settle it; empty where the result is settled.
    public let missing: [DataGap]

    /// Puts a criterion together.
    public init(_ id: CriterionID, _ result: CriterionResult, evidence: [Evidence] = [], missing: [DataGap] = []) {
        self.id = id
        self.result = result
        self.evidence = evidence
        self.missing = missing
    }
}
