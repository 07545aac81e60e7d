import CDSHooks
public import ClinicalModel
public import DecisionSupport
public import Diagnostics
import FHIR
import Guidelines
import JSONTree

/// Evaluates files: records in, decisions, cards, Bundles or text out, in the order of the input.
public struct EvaluateRun: Sendable {
    /// What is written for a record.
    public enum Format: String, Sendable, CaseIterable {
        /// A decision a line, JSON.
        case decisions
        /// A CDS Hooks response a record, JSON, one a line.
        case cards
        /// A FHIR Bundle a record, JSON, one a line: rated orders, recommended requests, what was not understood.
        case bundle
        /// For a person at a terminal.
        case text
    }

    /// Which orders are reviewed.
    public enum Orders: String, Sendable, CaseIterable {
        /// Those not signed yet.
        case draft
        /// Those on record, and examinations, each as of its own date.
        case recorded
    }

    /// What a run came to.
    public struct Summary: Sendable, Equatable {
        /// Records read, refused ones included.
        public var inputs = 0
        /// Decisions taken.
        public var decisions = 0
        /// Inputs that could not be used.
        public var refused = 0
        /// Drafts without a decision, by why.
        public var passedOver: [String: Int] = [:]

        mutating func add(_ other: Summary) {
            inputs += other.inputs
            decisions += other.decisions
            refused += other.refused
            passedOver.merge(other.passedOver, uniquingKeysWith: +)
        }
    }

    let review: OrderReview
    let orders: Orders
    let asOf: ReferenceTime?
    let clock: ReferenceTime
    let jobs: Int
    let limit: Int
    let reading: RecordReading
    let writer: RecordWriter

    /// A run.
    ///
    /// - Parameters:
    ///   - asOf: The moment given by the caller; nil lets the records say it (ruling R5).
    ///   - clock: Stands in where a record says no moment either.
    ///   - jobs: Records worked on at the same time.
    ///   - limit: The largest record, in bytes.
    ///   - isColoured: Whether text may carry the colours of a terminal.
    public init(
        engine: Engine, format: Format, orders: Orders = .draft, asOf: ReferenceTime?, clock: ReferenceTime, jobs: Int,
        limit: Int, isColoured: Bool = false
    ) {
        review = OrderReview(guideline: engine.guideline)
        self.orders = orders
        self.asOf = asOf
        self.clock = clock
        self.jobs = jobs
        self.limit = limit
        reading = RecordReading(engine: engine, asOf: asOf?.day(in: nil))
        writer = RecordWriter(format: format, cards: engine.cards, isColoured: isColoured)
    }

    /// Reads the inputs to their end.
    ///
    /// - Parameters:
    ///   - output: Takes the results, in the order of the input.
    ///   - errors: Takes what could not be used, in the same order: whole inputs (fatal) and resources (error).
    /// - Throws: What `output` and `errors` throw.
    public func run(
        _ files: InputFiles, output: ([UInt8]) throws -> Void, errors: ([Issue]) throws -> Void
    ) async throws -> Summary {
        let feed = RecordFeed(files, limit: limit)
        var summary = Summary()
        try await inOrder(jobs: jobs) {
            feed.next()
        } work: { input in
            evaluate(input)
        } emit: { result in
            try output(result.output)
            try errors(result.issues)
            summary.add(result.summary)
        }
        return summary
    }

    private struct Evaluated: Sendable {
        var output: [UInt8] = []
        var issues: [Issue] = []
        var summary = Summary(inputs: 1)
    }

    private func evaluate(_ input: InputRecord) -> Evaluated {
        var result = Evaluated()
        do throws(Refused) {
            switch try reading.read(input) {
            case .records(let patients):
                for patient in patients { add(findings(of: patient), of: patient, input, to: &result) }
            case .request(let request):
                add(try findings(of: request), of: request.record, input, to: &result)
            }
        } catch {
            result.issues = error.issues
            result.summary.refused = 1
        }
        result.issues = result.issues.filter { $0.severity >= .error }.map { $0.located(in: input.source) }
        return result
    }

    private func findings(of patient: PatientRecord) -> OrderReview.Findings {
        switch orders {
        case .draft: review.review(patient, on: .record, at: asOf, clock: clock)
        case .recorded: review.reviewRecorded(patient)
        }
    }

    private func findings(of request: HookRequest) throws(Refused) -> OrderReview.Findings {
        guard request.record.holdsAnything else {
            throw Refused(
                Issue(
                    InputCode.noRecord, .fatal, at: SourceLocation(path: "$.prefetch"),
                    expected: "the patient or clinical data", found: "neither"))
        }
        if orders == .recorded { return review.reviewRecorded(request.record) }
        let occasion: OrderReview.Occasion = request.hook.carriesDraftOrders ? .ordering : .patientView
        return review.review(request.record, on: occasion, at: asOf, clock: clock)
    }

    private func add(
        _ findings: OrderReview.Findings, of patient: PatientRecord, _ input: InputRecord, to result: inout Evaluated
    ) {
        var reviews = findings.reviews
        for index in reviews.indices {
            reviews[index].decision.source = input.source
            reviews[index].decision.issues = reviews[index].decision.issues.map { $0.located(in: input.source) }
        }
        let issues = patient.issues.map { $0.located(in: input.source) }
        result.output += writer.lines(for: reviews, issues: issues, source: input.source)
        result.issues += issues
        result.summary.decisions += reviews.count
        result.summary.passedOver.merge(findings.passedOver, uniquingKeysWith: +)
    }
}

/// The records of all inputs, one after the other.
private final class RecordFeed {
    private var files: InputFiles
    private var reader: RecordReader?
    private let limit: Int

    init(_ files: InputFiles, limit: Int) {
        self.files = files
        self.limit = limit
    }

    func next() -> InputRecord? {
        while true {
            if let record = reader?.next() { return record }
            guard let file = files.next() else { return nil }
            do throws(InputFailure) {
                reader = try RecordReader(file, limit: limit)
            } catch {
                return InputRecord(error, source: file.name)
            }
        }
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
