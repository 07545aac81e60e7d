import ArgumentParser
import CDSServer
import ClinicalModel
import DecisionSupport
import Foundation
import Logging
import Settings

/// `spinehook serve`: the CDS Hooks service.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer CDS Hooks over HTTP.",
        discussion: "Ends on SIGTERM or SIGINT after open requests are finished.")

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("Address to listen on (default: 127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("Port to listen on (default: 8080); 0 picks a free one.", valueName: "port"))
    var port: String?

    @Option(help: ArgumentHelp("Base of the links on cards (default: http://HOST:PORT).", valueName: "url"))
    var publicURL: String?

    @Flag(help: "Print the configuration in force and end.")
    var printConfig = false

    func run() async throws {
        let configuration = try common.configuration([
            ("server.host", host, "--host"), ("server.port", port, "--port"),
            ("server.publicUrl", publicURL, "--public-url"),
        ])
        // Codes of a site are checked against the code lists, also where the configuration is only printed.
        let engine = try common.engine(configuration, publicURL: configuration.server.publicURL)
        if printConfig {
            print(configuration.yaml, terminator: "")
            return
        }
        let server = CDSServer(
            host: configuration.server.host, port: configuration.server.port, bodyLimit: configuration.limits.body,
            logger: logger)
        let pinned = common.asOf?.time
        let isQuiet = common.quiet
        let differences = configuration.differences
        do {
            try await server.run { port in
                let host = configuration.server.host
                let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
                if !isQuiet { Console.tell("listening on \(address)") }
                let hooks = HookService(
                    engine: engine.linking(to: configuration.server.publicURL ?? address),
                    clock: { pinned ?? .now })
                return Routes(hooks: hooks, version: Product.version, differences: differences)
            }
        } catch let failure as ServerFailure {
            throw Failure(.environment, failure.description)
        }
    }

    private var logger: Logger {
        var logger = Logger(label: "spinehook", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: common.logLevel.rawValue) ?? .notice
        return logger
    }
}
