import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// A Problem Observation while it is mapped.
struct Problem {
    let statement: Statement
    let frame: ProblemFrame
    /// `value`; nil when there is none.
    let value: CodedValue?
    /// `effectiveTime`; nil when there is none.
    let time: TimeExpression?
    let evidence: ProblemEvidence
}

extension DocumentMapper {
    /// Maps a Problem Observation `.4.4` to a Condition (section 7.1).
    mutating func problemObservation(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let problem = problem(statement, around)
        if !problem.evidence.isNullified, saysNoneKnown(problem) {
            consume(statement.related.filter { ProblemPart($0.statement) != nil }.map(\.statement))
            return noKnownProblems(problem, around)
        }
        guard let code = problemCode(problem) else {
            if problem.evidence.isNullified { return .asText("entered in error, and without a code") }
            return .refused("a problem without a code or words", type: "Condition")
        }
        let verdict = problem.evidence.verdict
        reportDoubt(verdict, of: problem)
        let parts = parts(of: problem)
        let author = author(of: statement, around)
        return .mapped(
            condition(
                problem,
                [
                    ("extension", parts.extensions), ("identifier", identifiers(of: statement)),
                    ("clinicalStatus", verdict.status.map { .concept(FHIRSystem.conditionClinical, $0.rawValue) }),
                    ("verificationStatus", verification(of: problem.evidence)),
                    ("category", [problem.frame.category.json]), ("severity", parts.severity), ("code", code),
                    ("bodySite", parts.sites.nonEmptyArray), ("subject", subject), ("encounter", encounter(around)),
                    ("onsetDateTime", problem.time?.start.map { .string($0.fhir) }), ("onsetAge", parts.onsetAge),
                    ("abatementDateTime", abatement(verdict, problem)),
                    (
                        "_abatementDateTime",
                        .when(verdict.isAbatementUnknown, NullFlavor.unknown.dataAbsentReasonElement)
                    ),
                    ("recordedDate", author.date), ("recorder", author.person),
                    ("note", (parts.notes + unwrittenDates(of: problem.time, verdict)).nonEmptyArray),
                ]))
    }

    /// What `abatement[x]` cannot say: an end that is not reached, or that a status or denial forbids.
    private func unwrittenDates(of time: TimeExpression?, _ verdict: ProblemEvidence.Verdict) -> [JSONValue] {
        guard let time, let high = time.high.time else { return [] }
        if time.isReversed { return datesAsWritten(time) }
        return verdict.hasAbatement ? [] : [.text("End as written: \(high.fhir)")]
    }

    /// A problem that is planned, expected or wanted: whether it is there cannot be told.
    mutating func expectedProblem(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .refused("a problem in mood \(statement.mood.rawValue)", type: "Condition")
    }

    private mutating func problem(_ statement: Statement, _ around: Surroundings) -> Problem {
        let frame = ProblemFrame(around)
        let time = statement.effectiveTime
        return Problem(
            statement: statement, frame: frame, value: statement.coded("value"), time: time,
            evidence: ProblemEvidence(
                isNullified: statement.isNullified || around.isNullified, isDenied: isDenied(statement, around),
                reported: reportedStatus(of: statement), end: end(of: time), concern: frame.concern,
                setting: frame.setting))
    }

    /// Where the end of a time lies; a day that may be the reference date or before it counts as reached.
    private func end(of time: TimeExpression?) -> ProblemEvidence.End {
        switch time?.high {
        case nil, .absent: .absent
        // Positive infinity: there is no end.
        case .unknown(let flavor) where flavor?.rawValue == "PINF": .absent
        case .unknown(let flavor): .null(isUnknown: flavor?.rawValue == "UNK")
        case .time(let high):
            isAfterReference(high) ? .ahead : .reached
        }
    }

    private func reportDoubt(_ verdict: ProblemEvidence.Verdict, of problem: Problem) {
        guard let doubt = verdict.doubt else { return }
        context.note(
            verdict.line == 10 ? .ccdaStatus : .ccdaContradiction, at: problem.statement.element,
            expected: "a status and dates that agree", found: doubt)
    }

    private func problemCode(_ problem: Problem) -> JSONValue? {
        let words = words(of: problem.statement)
        guard let value = problem.value else { return words.map { .text($0) } }
        if let code = value.codeableConcept(text: words, mapsQualifiers: value.hasOnlyLaterality, in: context) {
            return code
        }
        // ST and ED have no code, but words.
        return (context.text(of: value.element) ?? words).map { .text($0) }
    }

    private func verification(of evidence: ProblemEvidence) -> JSONValue? {
        if evidence.isNullified { return .concept(FHIRSystem.conditionVerification, "entered-in-error") }
        return .when(evidence.isDenied, .concept(FHIRSystem.conditionVerification, "refuted"))
    }

    private func abatement(_ verdict: ProblemEvidence.Verdict, _ problem: Problem) -> JSONValue? {
        guard verdict.hasAbatement, let time = problem.time, !time.isReversed else { return nil }
        return time.high.time.map { .string($0.fhir) }
    }
}

/// Codes that name a kind of problem, not a problem (section 7.1), and codes that say that there is none (section 4.6).
enum ProblemTypes {
    /// SNOMED CT: problem, condition, finding, diagnosis, symptom, complaint, functional limitation, cognitive finding.
    static let codes: Set = [
        "55607006", "64572001", "404684003", "282291009", "418799008", "409586006", "248536006", "373930000",
    ]

    /// Whether a value names no problem of its own: only the kind, or nothing. What is masked is not nothing.
    static func namesNone(_ value: CodedValue?) -> Bool {
        guard let value else { return true }
        if value.codings.isEmpty { return value.text == nil && value.nullFlavor?.isMasked != true }
        let kinds = value.codings.filter { $0.system == CodeSystemOID.snomed && codes.contains($0.code) }
        // A kind may stand in LOINC beside it.
        return !kinds.isEmpty
            && kinds.count + value.codings.filter { $0.system == CodeSystemOID.loinc }.count == value.codings.count
    }
}
