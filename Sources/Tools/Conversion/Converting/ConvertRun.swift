import CCDA
import CCDAOnFHIR
public import Diagnostics
import JSONTree

/// Converts files: C-CDA documents in, FHIR R4 Bundles out, with what was lost of each, in the order of the input.
public struct ConvertRun: Sendable {
    /// A converted document.
    public struct Document: Sendable {
        /// The input's name: its path below the input that was named, `-` for standard input.
        public let name: String
        /// The Bundle, JSON on one line with its end.
        public let bundle: [UInt8]
        /// What became of its statements, JSON on one line with its end.
        public let loss: [UInt8]
    }

    /// What a run came to.
    public struct Summary: Sendable, Equatable {
        /// Inputs, refused ones included.
        public var inputs = 0
        /// Inputs that could not be used.
        public var refused = 0
        /// Statements of the converted documents that became resources.
        public var mapped = 0
        /// Statements that were kept in words.
        public var asText = 0
        /// Statements that were not used.
        public var refusedStatements = 0

        /// Documents that were converted.
        public var documents: Int { inputs - refused }
        /// Statements of the converted documents.
        public var statements: Int { mapped + asText + refusedStatements }
    }

    private let jobs: Int
    private let limit: Int
    private let converter: DocumentConverter

    /// A run.
    ///
    /// - Parameters:
    ///   - jobs: Documents worked on at the same time.
    ///   - limit: The largest document, in bytes.
    ///   - includesOriginal: Whether a Bundle carries its document as an attachment.
    public init(jobs: Int, limit: Int, includesOriginal: Bool = false) {
        self.jobs = jobs
        self.limit = limit
        var options = DocumentConverter.Options()
        options.includesOriginal = includesOriginal
        converter = DocumentConverter(options: options)
    }

    /// Converts the inputs to their end. Only those that are worked on are in memory.
    ///
    /// - Parameters:
    ///   - output: Takes the documents, in the order of the input; what it gives back refuses the document after all.
    ///   - errors: Takes what could not be used (fatal, error) and what was read with a doubt (warning), in the same order.
    /// - Throws: What `output` and `errors` throw.
    public func run(
        _ files: InputFiles, output: (Document) throws -> Issue?, errors: ([Issue]) throws -> Void
    ) async throws -> Summary {
        var files = files
        var summary = Summary()
        try await inOrder(jobs: jobs) {
            files.next()
        } work: { file in
            convert(file)
        } emit: { result in
            summary.inputs += 1
            switch result {
            case .refused(let issues):
                summary.refused += 1
                try errors(issues)
            case .converted(let document, let loss, let issues):
                if let issue = try output(document) {
                    summary.refused += 1
                    return try errors([issue])
                }
                summary.mapped += loss.mapped
                summary.asText += loss.asText
                summary.refusedStatements += loss.refused
                try errors(issues)
            }
        }
        return summary
    }

    private enum Result: Sendable {
        case converted(Document, LossReport.Counts, [Issue])
        case refused([Issue])
    }

    private func convert(_ file: InputFile) -> Result {
        let bytes: [UInt8]
        do {
            bytes = try DocumentInput.bytes(of: file, limit: limit)
        } catch {
            return .refused([error.issue])
        }
        do {
            let converted = try converter.convert(bytes, source: file.name)
            let end = [UInt8(ascii: "\n")]
            let loss = converted.loss.json(source: file.name, document: converted.kind)
            return .converted(
                Document(name: file.name, bundle: converted.bytes + end, loss: loss.encoded() + end),
                converted.loss.total, converted.issues.filter { $0.severity >= .warning })
        } catch {
            return .refused(error.issues)
        }
    }
}
