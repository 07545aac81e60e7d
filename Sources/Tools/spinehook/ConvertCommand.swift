import ArgumentParser
import Conversion
import Foundation
import Settings

/// `spinehook convert`: C-CDA in, FHIR out.
struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Convert C-CDA documents to FHIR R4 Bundles, with a report of what was lost.",
        discussion: """
            An INPUT is a file, a folder (walked in name order) or - for standard input; gzip is read as it is. What an \
            input is, is decided by its content: one that is no C-CDA is refused, and the rest goes on.

            Every statement of a document becomes a resource, is kept in words, or is refused; the loss report says which, \
            where and why, and the counts add up. The same document gives the same bytes, whatever --jobs is.

            Exit codes: 0 all inputs converted, 1 some or all could not be used and are listed, 2 the call was wrong, \
            3 nothing could be done for a reason outside the input.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "Files, folders, or - for standard input.")
    var inputs: [String]

    @Option(
        help: ArgumentHelp(
            "Where the Bundles go, one file each: the input's relative path with .json behind it. Standard output, one a line, without it.",
            valueName: "folder"))
    var output: String?

    @Option(help: ArgumentHelp("Where the loss reports go, JSON a line for each document.", valueName: "path"))
    var loss: String?

    @Option(
        help: ArgumentHelp("Where what could not be used, or was doubtful, is listed, JSON a line.", valueName: "path"))
    var errors: String?

    @Option(help: ArgumentHelp("Documents worked on at the same time.", valueName: "n"))
    var jobs: String?

    @Flag(help: "Put the document itself into its Bundle, as the attachment of a DocumentReference.")
    var original = false

    func run() async throws {
        let configuration = try common.configuration([("evaluate.jobs", jobs, "--jobs")])
        let files: InputFiles
        do {
            files = try InputFiles(inputs)
        } catch {
            throw Failure(.wrongCall, error.description.printable)
        }
        let output = output == "-" ? nil : output
        if loss == "-" && output == nil {
            throw Failure(.wrongCall, "--loss - needs --output: the Bundles go to standard output")
        }
        try OutputPlaces([("--loss", loss), ("--errors", errors)]).check(files: files, arguments: inputs)
        let folder = try output.map { path throws(Failure) in
            try OutputFolder(path, inputs: inputs, others: [loss, errors])
        }
        let stream = folder == nil ? try Sink(path: nil, otherwise: .standardOutput) : nil
        let losses = try loss.map { path throws(Failure) in try Sink(path: path, otherwise: .standardOutput) }
        let refusals = try RefusalList(path: errors)
        let run = ConvertRun(
            jobs: configuration.jobsInForce, limit: configuration.limits.record, includesOriginal: original)
        let summary = try await run.run(files) { document in
            if let issue = try folder?.write(document.bundle, for: document.name) { return issue }
            try stream?.write(document.bundle)
            try losses?.write(document.loss)
            return nil
        } errors: {
            try refusals.add($0)
        }
        if !common.quiet { Console.tell(Self.words(summary)) }
        if summary.refused > 0 { throw ExitCode(ExitStatus.inputRefused.rawValue) }
    }

    private static func words(_ summary: ConvertRun.Summary) -> String {
        "\(summary.inputs) inputs, \(summary.documents) documents, \(summary.refused) refused; "
            + "\(summary.statements) statements: \(summary.mapped) mapped, \(summary.asText) kept as text, "
            + "\(summary.refusedStatements) refused"
    }
}
