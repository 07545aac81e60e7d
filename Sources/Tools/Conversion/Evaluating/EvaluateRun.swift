public import ClinicalModel
public import DecisionSupport
public import Diagnostics
import Guidelines
import KnowledgeBase

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
        /// Decisions that another configuration takes otherwise; 0 where none is compared.
        public var changed = 0
        /// Of these, those with another `rule`, `rating`, `card`, or something `other`.
        public var changes: [String: Int] = [:]

        mutating func add(_ other: Summary) {
            inputs += other.inputs
            decisions += other.decisions
            refused += other.refused
            passedOver.merge(other.passedOver, uniquingKeysWith: +)
            changed += other.changed
            changes.merge(other.changes, uniquingKeysWith: +)
        }
    }

    private let jobs: Int
    private let limit: Int
    private let joinsRecords: Bool
    private let evaluation: RecordEvaluation
    private var comparison: RecordComparison?

    /// A run.
    ///
    /// - Parameters:
    ///   - asOf: The moment given by the caller; nil lets the records say it (ruling R5).
    ///   - clock: Stands in where a record says no moment either.
    ///   - jobs: Records worked on at the same time.
    ///   - limit: The largest record, in bytes.
    ///   - joinsRecords: Whether records that share a patient identifier are one record; all of them are then held in
    ///     memory.
    ///   - isColoured: Whether text may carry the colours of a terminal.
    public init(
        engine: Engine, format: Format, orders: Orders = .draft, asOf: ReferenceTime?, clock: ReferenceTime, jobs: Int,
        limit: Int, joinsRecords: Bool = false, isColoured: Bool = false
    ) {
        self.jobs = jobs
        self.limit = limit
        self.joinsRecords = joinsRecords
        evaluation = RecordEvaluation(
            reading: RecordReading(engine: engine, asOf: asOf?.day(in: nil), namesSources: joinsRecords),
            review: OrderReview(guideline: engine.guideline), orders: orders, asOf: asOf, clock: clock,
            writer: RecordWriter(format: format, cards: engine.cards, isColoured: isColoured))
    }

    /// The same run with a second configuration beside it: of each record only the decisions that differ are written, a line
    /// each, or a few lines for a person with the format `text`.
    ///
    /// Records are read once where both configurations read codes alike; joined records must (``readsAlike(_:_:)``).
    public func comparing(_ engine: Engine, with site: Engine) -> EvaluateRun {
        var run = self
        let other = RecordEvaluation(
            reading: RecordReading(
                engine: site, asOf: evaluation.reading.asOf, namesSources: evaluation.reading.namesSources),
            review: OrderReview(guideline: site.guideline), orders: evaluation.orders, asOf: evaluation.asOf,
            clock: evaluation.clock, writer: evaluation.writer)
        run.comparison = RecordComparison(
            before: evaluation, after: other, sharesReading: Self.readsAlike(engine, site),
            format: evaluation.writer.format)
        return run
    }

    /// Whether two configurations read codes alike.
    public static func readsAlike(_ engine: Engine, _ other: Engine) -> Bool {
        engine.knowledge.digest == other.knowledge.digest
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
        func emit(_ result: RecordEvaluation.Result) throws {
            try output(result.output)
            try errors(result.issues)
            summary.add(result.summary)
        }
        guard joinsRecords else {
            try await inOrder(jobs: jobs) {
                feed.next()
            } work: { input in
                comparison?.evaluate(input) ?? evaluation.evaluate(input)
            } emit: {
                try emit($0)
            }
            return summary
        }
        var joining = RecordJoining()
        try await inOrder(jobs: jobs) {
            feed.next()
        } work: { input in
            evaluation.read(input)
        } emit: { read in
            switch read {
            case .success(let record): joining.add(record)
            case .failure(let refused): try emit(refused)
            }
        }
        var records = joining.records.makeIterator()
        try await inOrder(jobs: jobs) {
            records.next()
        } work: { record in
            comparison?.evaluate(record) ?? evaluation.evaluate(record)
        } emit: {
            try emit($0)
        }
        return summary
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
