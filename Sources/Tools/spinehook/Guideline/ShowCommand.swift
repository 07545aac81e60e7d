import ArgumentParser
import DecisionSupport
import Foundation
import JSONTree
import Settings

/// `spinehook guideline show`: statements, rules, tables and the numbers in force; with `--diff` what the site changes.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what the guideline says, with the numbers in force.",
        discussion: """
            With --diff only what the configuration in force changes against the guideline as shipped: key, both values, and \
            the criteria, rules and cards that the key bears on.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, html
    }

    @OptionGroup var common: CommonOptions

    @Option(help: "\(Format.words).")
    var format: Format = .text

    @Option(help: ArgumentHelp("Where it goes.", valueName: "path"))
    var output: String?

    @Flag(help: "Only what the configuration in force changes, as text or json.")
    var diff = false

    func validate() throws {
        if diff && format == .html { throw ValidationError("--diff is written as text or json") }
    }

    func run() async throws {
        let configuration = try common.configuration()
        let publication = try common.engine(configuration).publication(
            softwareVersion: Product.version, differences: configuration.differences)
        let bytes =
            switch format {
            case .text: Array((diff ? publication.differencesText : publication.text).utf8)
            case .json: (diff ? publication.differencesJSON : publication.json).encoded(pretty: true)
            case .html: Array(publication.html.utf8)
            }
        try Sink(path: output, otherwise: .standardOutput).write(bytes)
    }
}
