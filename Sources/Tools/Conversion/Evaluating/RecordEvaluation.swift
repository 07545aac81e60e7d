import CDSHooks
import ClinicalModel
import DecisionSupport
import Diagnostics
import FHIR
import Guidelines

/// Works on one record: bytes read, decisions taken, results written.
struct RecordEvaluation: Sendable {
    let reading: RecordReading
    let review: OrderReview
    let orders: EvaluateRun.Orders
    let asOf: ReferenceTime?
    let clock: ReferenceTime
    let writer: RecordWriter

    /// What a record came to.
    struct Result: Sendable, Error {
        var output: [UInt8] = []
        /// What was refused: the whole input (fatal) or resources of it (error).
        var issues: [Issue] = []
        var summary = EvaluateRun.Summary()
    }

    /// A record as it was read, before anything is decided.
    struct Source: Sendable {
        let name: String
        let content: ReadRecord
    }

    /// Reads and decides.
    func evaluate(_ input: InputRecord) -> Result {
        switch read(input) {
        case .success(let record): evaluate(record)
        case .failure(let refused): refused
        }
    }

    /// Reads an input; the failure is what to report of it.
    func read(_ input: InputRecord) -> Swift.Result<Source, Result> {
        do {
            return .success(Source(name: input.source, content: try reading.read(input)))
        } catch {
            return .failure(refusal(error.issues, of: input.source))
        }
    }

    /// What was decided on a record, nothing of it written yet.
    struct Decided: Sendable {
        /// What the record came to but for its output.
        var result = Result(summary: EvaluateRun.Summary(inputs: 1))
        var patients: [Patient] = []
    }

    /// One patient of a record.
    struct Patient: Sendable {
        let reviews: [CardBuilder.Review]
        /// Reading problems.
        let issues: [Issue]
        /// Drafts without a decision, by why, in words.
        let passedOver: [String: Int]
    }

    /// Decides on a record and writes what it came to.
    func evaluate(_ record: Source) -> Result {
        switch decide(record) {
        case .failure(let refused): return refused
        case .success(let decided):
            var result = decided.result
            for patient in decided.patients {
                result.output += writer.lines(for: patient, source: record.name)
            }
            return result
        }
    }

    /// Decides on a record; the failure is what to report of one that cannot be decided on.
    func decide(_ record: Source) -> Swift.Result<Decided, Result> {
        var decided = Decided()
        switch record.content {
        case .records(let patients):
            for patient in patients { add(findings(of: patient), of: patient, record.name, to: &decided) }
        case .request(let request):
            guard request.record.holdsAnything else {
                let place = SourceLocation(path: "$.prefetch")
                let issue = Issue(
                    InputCode.noRecord, .fatal, at: place, expected: "the patient or clinical data", found: "neither")
                return .failure(refusal([issue], of: record.name))
            }
            add(findings(of: request), of: request.record, record.name, to: &decided)
        }
        decided.result.issues = decided.result.issues.filter { $0.severity >= .error }
        return .success(decided)
    }

    private func refusal(_ issues: [Issue], of source: String) -> Result {
        Result(issues: issues.map { $0.located(in: source) }, summary: EvaluateRun.Summary(inputs: 1, refused: 1))
    }

    private func findings(of patient: PatientRecord) -> OrderReview.Findings {
        switch orders {
        case .draft: review.review(patient, on: .record, at: asOf, clock: clock)
        case .recorded: review.reviewRecorded(patient)
        }
    }

    private func findings(of request: HookRequest) -> OrderReview.Findings {
        if orders == .recorded { return review.reviewRecorded(request.record) }
        let occasion: OrderReview.Occasion = request.hook.carriesDraftOrders ? .ordering : .patientView
        return review.review(request.record, on: occasion, at: asOf, clock: clock)
    }

    private func add(
        _ findings: OrderReview.Findings, of patient: PatientRecord, _ source: String, to decided: inout Decided
    ) {
        var reviews = findings.reviews
        for index in reviews.indices {
            reviews[index].decision.source = findings.source(of: index) ?? source
            reviews[index].decision.issues = reviews[index].decision.issues.map { $0.located(in: source) }
        }
        let issues = patient.issues.map { $0.located(in: source) }
        decided.patients.append(Patient(reviews: reviews, issues: issues, passedOver: findings.passedOver))
        decided.result.issues += issues
        decided.result.summary.decisions += reviews.count
        decided.result.summary.passedOver.merge(findings.passedOver, uniquingKeysWith: +)
    }
}

extension Issue {
    /// The same issue with the name of its input, where it has none.
    func located(in source: String) -> Issue {
        if location.source != nil { return self }
        var place = location
        place.source = source
        return Issue(code, severity, at: place, expected: expected, found: found)
    }
}
