public import ClinicalModel
public import Diagnostics
public import Guidelines
import JSONTree

/// Decides lines of criteria by the tables of the guideline, without clinical data.
public struct DecideRun: Sendable {
    private let writer: DecisionLines
    private let jobs: Int
    private let limit: Int

    /// How many lines a run came to.
    public struct Summary: Sendable, Equatable {
        /// Lines that were decided.
        public var decided = 0
        /// Lines, or inputs, that were refused.
        public var refused = 0
    }

    /// A run.
    ///
    /// - Parameters:
    ///   - asOf: The day that decisions name; it decides nothing here.
    ///   - jobs: Blocks of lines worked on at the same time.
    ///   - limit: The longest line, in bytes.
    public init(guideline: LumbosacralRadiculopathy, asOf: Day, jobs: Int, limit: Int) {
        writer = DecisionLines(guideline: guideline, asOf: asOf)
        self.jobs = jobs
        self.limit = limit
    }

    /// Reads an input to its end.
    ///
    /// - Parameters:
    ///   - output: Takes the decisions, lines of JSON, in the order of the input.
    ///   - errors: Takes what was wrong, in the same order.
    /// - Throws: What `output` and `errors` throw.
    public func run(
        _ file: InputFile, output: ([UInt8]) throws -> Void, errors: ([Issue]) throws -> Void
    ) async throws -> Summary {
        var summary = Summary()
        do {
            var reader = try LineBlockReader(file, limit: limit)
            var failure: InputFailure?
            try await inOrder(jobs: jobs) {
                do throws(InputFailure) {
                    return try reader.next()
                } catch {
                    failure = error
                    return nil
                }
            } work: { block in
                decide(block, name: file.name)
            } emit: { result in
                try output(result.output)
                try errors(result.issues)
                summary.decided += result.decided
                summary.refused += result.issues.count
            }
            if let failure { throw failure }
        } catch let failure as InputFailure {
            try errors([failure.issue])
            summary.refused += 1
        }
        return summary
    }

    private struct BlockResult: Sendable {
        var output: [UInt8] = []
        var issues: [Issue] = []
        var decided = 0
    }

    private func decide(_ block: LineBlockReader.Block, name: String) -> BlockResult {
        var result = BlockResult()
        result.output.reserveCapacity(block.bytes.count * 8)
        let parser = JSONParser(limits: JSONLimits(maximumDepth: 16))
        // The name of a file may hold anything; that of a line adds a number.
        let quoted = JSONValue.string(name).encoded().dropLast() + [UInt8(ascii: ":")]
        for line in JSONLines(block.bytes) {
            let number = block.firstLine + line.number - 1
            do throws(StateReading.Failure) {
                let question = try question(of: line, in: block, number: number, parser: parser)
                let source = quoted + Array(String(number).utf8) + [UInt8(ascii: "\"")]
                writer.append(question, source: source, to: &result.output)
                result.decided += 1
            } catch {
                let place = SourceLocation(source: "\(name):\(number)", path: error.path, line: number)
                result.issues.append(
                    Issue(error.code, .fatal, at: place, expected: error.expected, found: error.found))
            }
        }
        return result
    }

    private func question(
        of line: JSONLine, in block: LineBlockReader.Block, number: Int, parser: JSONParser
    ) throws(StateReading.Failure) -> StateReading.Question {
        let document: JSONDocument
        do {
            document = try parser.parse(block.bytes, in: line.range, firstLine: number)
        } catch {
            throw StateReading.Failure(
                IssueCode(rawValue: error.code.rawValue), "$", expected: error.expected, found: error.found)
        }
        return try document.read { root throws(StateReading.Failure) in try StateReading.question(of: root) }
    }
}
