import ArgumentParser
import DecisionSupport
import Foundation
import JSONTree

/// `spinehook guideline show`: statements, rules, tables and the numbers in force.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what the guideline says, with the numbers in force.")

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, html
    }

    @OptionGroup var common: CommonOptions

    @Option(help: "\(Format.words).")
    var format: Format = .text

    @Option(help: ArgumentHelp("Where it goes.", valueName: "path"))
    var output: String?

    func run() async throws {
        let engine = try common.engine(try common.configuration())
        let publication = engine.publication(softwareVersion: Product.version)
        let bytes =
            switch format {
            case .text: Array(publication.text.utf8)
            case .json: publication.json.encoded(pretty: true)
            case .html: Array(publication.html.utf8)
            }
        try Sink(path: output, otherwise: .standardOutput).write(bytes)
    }
}
