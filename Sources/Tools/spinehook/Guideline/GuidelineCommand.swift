import ArgumentParser

/// `spinehook guideline`: the tables by themselves.
struct GuidelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guideline",
        abstract: "What the guideline says, what it decides on bare criteria, and its FHIR artefacts.",
        subcommands: [ShowCommand.self, DecideCommand.self, ExportCommand.self])
}
