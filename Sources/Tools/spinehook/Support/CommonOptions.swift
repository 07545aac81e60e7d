import ArgumentParser
import Foundation
import Settings

/// Options that every command that works with the guideline has.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration of the site, YAML or JSON.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Folder of the knowledge in place of the one that came along.", valueName: "folder"))
    var profiles: String?

    @Option(
        help: ArgumentHelp(
            "The moment that everything is counted against.", valueName: "YYYY-MM-DD[Thh:mm:ss±hh:mm]"),
        transform: ReferenceTimeArgument.init)
    var asOf: ReferenceTimeArgument?

    @Flag(help: "Say nothing but errors on standard error.")
    var quiet = false

    @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevel = .notice

    /// The configuration in force.
    ///
    /// - Parameter options: Keys set by options of the command, with the option to name.
    /// - Throws: ``Failure`` naming all that is wrong.
    func configuration(_ options: [(key: String, value: String?, option: String)] = []) throws(Failure) -> Configuration
    {
        let file = try config.map { path throws(Failure) in try Self.file(path) }
        do {
            let set = options.compactMap { key, value, option in value.map { (key, $0, option) } }
            return try Configuration(
                file: file, environment: ProcessInfo.processInfo.environment, commandLine: set)
        } catch {
            // A value that the caller gave on the command line is a wrong call, not a broken configuration.
            let isCall = error.all.allSatisfy { $0.place.hasPrefix("--") }
            throw Failure(isCall ? .wrongCall : .environment, error.all.map(\.description).joined(separator: "\n"))
        }
    }
}

extension CommonOptions {
    /// The text of a configuration file and what to call it.
    static func file(_ path: String) throws(Failure) -> (text: String, name: String) {
        guard let data = FileManager.default.contents(atPath: path) else {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw Failure(.environment, "\(path.printable): \(isThere ? "cannot be read" : "no such file")")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw Failure(.environment, "\(path.printable): not UTF-8 text")
        }
        return (text, path.printable)
    }
}

/// Levels of the log, by the words of swift-log.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
}
