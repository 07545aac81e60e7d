import ArgumentParser

/// `spinehook guideline`: the tables by themselves.
struct GuidelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guideline", abstract: "What the guideline says, and what it decides on bare criteria.",
        subcommands: [ShowCommand.self, DecideCommand.self])
}
