public import ArgumentParser
import ClinicalModel
import Conversion
import DecisionSupport
import Foundation
import Settings

/// `spinehook evaluate`: records in, decisions out.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Evaluate FHIR records, C-CDA documents and CDS Hooks requests.",
        discussion: """
            An INPUT is a file, a folder (walked in name order) or - for standard input: a FHIR R4 Bundle or resource, a \
            CDS Hooks request, NDJSON of them, or a C-CDA document; gzip is read as it is. What an input is, is decided by \
            its content.

            Exit codes: 0 all inputs used, 1 some or all could not be used and are listed, 2 the call was wrong, \
            3 nothing could be done for a reason outside the input.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "Files, folders, or - for standard input.")
    var inputs: [String]

    @Option(help: "What is written: \(EvaluateRun.Format.words). Default: text on a terminal, else decisions.")
    var format: EvaluateRun.Format?

    @Option(help: "Orders that are reviewed: \(EvaluateRun.Orders.words).")
    var orders: EvaluateRun.Orders = .draft

    @Flag(help: "Join records that share a patient identifier; all are held in memory.")
    var merge = false

    @Option(
        help: ArgumentHelp(
            "Decide a second time under this site file over the shipped guideline, and write only the decisions that differ.",
            valueName: "site file"))
    var compare: String?

    @Option(help: ArgumentHelp("Where the results go.", valueName: "path"))
    var output: String?

    @Option(help: ArgumentHelp("Where what could not be used is listed, JSON a line.", valueName: "path"))
    var errors: String?

    @Option(help: ArgumentHelp("Records worked on at the same time.", valueName: "n"))
    var jobs: String?

    @Option(help: ArgumentHelp("Base of the links on cards; left out without it.", valueName: "url"))
    var publicURL: String?

    func run() async throws {
        let configuration = try common.configuration([
            ("evaluate.jobs", jobs, "--jobs"), ("server.publicUrl", publicURL, "--public-url"),
        ])
        let files: InputFiles
        do {
            files = try InputFiles(inputs)
        } catch {
            throw Failure(.wrongCall, error.description.printable)
        }
        try OutputPlaces([("--output", output), ("--errors", errors)]).check(files: files, arguments: inputs)
        let engine = try common.engine(configuration, publicURL: configuration.server.publicURL)
        let isForPerson = output == nil && Console.isOutputTerminal
        var run = EvaluateRun(
            engine: engine, format: format ?? (isForPerson ? .text : .decisions), orders: orders,
            asOf: common.asOf?.time, clock: .now,
            jobs: configuration.jobsInForce, limit: configuration.limits.record, joinsRecords: merge,
            isColoured: isForPerson && Console.allowsColour)
        let site = try compare.map { path throws(Failure) in try SiteComparison(path, common, configuration, engine) }
        if let site { run = try site.applied(to: run, format: format, joinsRecords: merge) }
        let results = try Sink(path: output, otherwise: .standardOutput)
        let refusals = try RefusalList(path: errors)
        let summary = try await run.run(files) {
            try results.write($0)
        } errors: {
            try refusals.add($0)
        }
        if !common.quiet { Console.tell(site?.words(summary) ?? Self.words(summary)) }
        if summary.refused > 0 { throw ExitCode(ExitStatus.inputRefused.rawValue) }
    }

    static func words(_ summary: EvaluateRun.Summary) -> String {
        var text = "\(summary.inputs) inputs, \(summary.decisions) decisions, \(summary.refused) refused"
        if !summary.passedOver.isEmpty {
            text += "; drafts passed over: \(TextReport.words(of: summary.passedOver))"
        }
        return text
    }
}

extension EvaluateRun.Format: ExpressibleByArgument {}
extension EvaluateRun.Orders: ExpressibleByArgument {}

extension CaseIterable where Self: RawRepresentable<String> {
    /// The words of a closed set, for a help text.
    static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
