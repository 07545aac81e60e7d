import ArgumentParser
import DecisionSupport
import Foundation
import KnowledgeBase

/// `spinehook guideline export`: the guideline as FHIR R4 artefacts.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the guideline as FHIR R4 artefacts, or check those that are there.",
        discussion: """
            Made from the logic with the numbers in force: plans, activities, code systems, profiles, what the service is, \
            and the package that lists them. Value sets and code systems of the knowledge are copied along, without the \
            code systems that the site leaves out.
            """)

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("Where the artefacts go; the folder of --profiles without it.", valueName: "folder"))
    var output: String?

    @Flag(help: "Write nothing; name the files of the folder that are not what the logic says, and exit with 1.")
    var check = false

    func run() async throws {
        let engine = try common.engine(try common.configuration())
        let artefacts = GuidelineArtefacts(engine)
        if check {
            try check(artefacts, engine.knowledge, in: output ?? engine.knowledge.folder)
            return
        }
        guard let folder = output ?? common.profiles else {
            throw Failure(.wrongCall, "name the folder to write to: --output FOLDER")
        }
        for file in artefacts.files { try Self.write(file.bytes, to: folder, file.path) }
        let copies = try copies(of: engine.knowledge, without: Set(artefacts.files.map(\.path)), in: folder)
        for file in copies { try Self.write(file.bytes, to: folder, file.path) }
        if !common.quiet {
            Console.tell("\(artefacts.files.count) artefacts written, \(copies.count) copied, in \(folder.printable)")
        }
    }

    private func check(_ artefacts: GuidelineArtefacts, _ knowledge: KnowledgeBase, in folder: String) throws {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let copies = try copies(of: knowledge, without: Set(artefacts.files.map(\.path)), in: folder)
        let drift = artefacts.drift(from: paths, copies: copies) { path in
            FileManager.default.contents(atPath: "\(folder)/\(path)").map { [UInt8]($0) }
        }
        let lines = drift.map { "\($0.kind.rawValue): \($0.path)\n" }.joined()
        try Sink(path: nil, otherwise: .standardOutput).write(Array(lines.utf8))
        if !common.quiet {
            let count = artefacts.files.count + copies.count
            Console.tell("\(count) artefacts checked, \(drift.count) not what the logic says")
        }
        if !drift.isEmpty { throw ExitCode(ExitStatus.inputRefused.rawValue) }
    }

    /// The artefacts in use that the program does not make, as they go into a folder beside those that it makes; none for
    /// the folder that they stand in already.
    private func copies(
        of knowledge: KnowledgeBase, without made: Set<String>, in folder: String
    ) throws(Failure) -> [(path: String, bytes: [UInt8])] {
        let source = URL(fileURLWithPath: knowledge.folder).resolvingSymlinksInPath().path
        if source == URL(fileURLWithPath: folder).resolvingSymlinksInPath().path { return [] }
        var copies: [(path: String, bytes: [UInt8])] = []
        for artefact in knowledge.artefacts where !made.contains(artefact.path) {
            guard let data = FileManager.default.contents(atPath: "\(source)/\(artefact.path)") else {
                throw Failure(.environment, "cannot read \(artefact.path)")
            }
            copies.append((artefact.path, [UInt8](data)))
        }
        return copies
    }

    private static func write(_ bytes: [UInt8], to folder: String, _ path: String) throws(Failure) {
        let file = URL(fileURLWithPath: folder).appending(path: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            // In one step, so that a file is whole or not there.
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw Failure(.environment, "cannot write to \(file.path.printable)")
        }
    }
}
