import ArgumentParser
import Foundation
import Guidelines
import Settings

/// The one executable: `spinehook`, with a subcommand a file.
@main
struct SpineHookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spinehook",
        abstract: "Decision support for imaging of the lumbar spine in sciatica.",
        version: "spinehook \(Product.version) (knowledge \(LumbosacralRadiculopathy.version))",
        subcommands: [ServeCommand.self, EvaluateCommand.self, ConvertCommand.self, GuidelineCommand.self])

    /// Runs a command and ends with the exit codes of the contract; a wrong call is 2, whatever the parser calls it.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Console.tell(failure.message)
            Foundation.exit(failure.status.rawValue)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            // Help and version come this way too; they are what was asked for.
            if exitCode(for: error) == .success { exit(withError: error) }
            Console.tell(fullMessage(for: error))
            if let hint = nearMiss(CommandLine.arguments.dropFirst()) { Console.tell("Did you mean '\(hint)'?") }
            Foundation.exit(ExitStatus.wrongCall.rawValue)
        }
    }
}

extension SpineHookCommand {
    /// The subcommand that was probably meant by the first word that is none; the parser hints at options only.
    private static func nearMiss(_ arguments: ArraySlice<String>) -> String? {
        guard let first = arguments.first, !first.hasPrefix("-") else { return nil }
        let top = names(of: configuration)
        if !top.contains(first) { return NearMiss.closest(to: first, among: top) }
        let below = names(of: GuidelineCommand.configuration)
        guard first == "guideline", let second = arguments.dropFirst().first, !second.hasPrefix("-") else { return nil }
        return below.contains(second) ? nil : NearMiss.closest(to: second, among: below)
    }

    private static func names(of configuration: CommandConfiguration) -> [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName }
    }
}

/// What the program is called and how far it is.
enum Product {
    static let version = "0.1.0"
}
