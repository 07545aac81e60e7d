import ArgumentParser
import ClinicalModel
import Conversion
import DecisionSupport
import Foundation
import Settings

/// `spinehook guideline decide`: criteria in, decision out, so that anyone can check the tables.
struct DecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decide on bare criteria, one set a line.",
        discussion: """
            Reads lines such as
              {"slot":"imaging","criteria":{"adult":"met","radiculopathy":"met"},"order":{"modality":"MRI-WO"}}
            and writes the decision of each. A criterion left out is unknown (scope, red flags, course), met \
            (record.complete) or none-on-record (the rest). Without an order it is a patient view.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "NDJSON file; standard input without it.")
    var file: String?

    @Option(help: ArgumentHelp("Where the decisions go.", valueName: "path"))
    var output: String?

    @Option(help: ArgumentHelp("Where refused lines are listed.", valueName: "path"))
    var errors: String?

    @Option(help: ArgumentHelp("Blocks of lines worked on at the same time.", valueName: "n"))
    var jobs: String?

    func run() async throws {
        let configuration = try common.configuration([("evaluate.jobs", jobs, "--jobs")])
        let engine = try common.engine(configuration)
        let input = file.map { $0 == "-" ? InputFile.standardInput : InputFile(path: $0, name: $0) } ?? .standardInput
        if let path = input.path, !FileManager.default.fileExists(atPath: path) {
            throw Failure(.wrongCall, "no such file: \(path.printable)")
        }
        try OutputPlaces([("--output", output), ("--errors", errors)]).check(files: [input], arguments: [])
        let results = try Sink(path: output, otherwise: .standardOutput)
        let refusals = try RefusalList(path: errors)
        let asOf = (common.asOf?.time ?? .now).day(in: nil)
        let run = DecideRun(
            guideline: engine.guideline, asOf: asOf, jobs: configuration.jobsInForce,
            limit: configuration.limits.record)
        let summary = try await run.run(input) { bytes in
            try results.write(bytes)
        } errors: { issues in
            try refusals.add(issues)
        }
        if !common.quiet { Console.tell("\(summary.decided) lines decided, \(summary.refused) refused") }
        if summary.refused > 0 { throw ExitCode(ExitStatus.inputRefused.rawValue) }
    }
}
