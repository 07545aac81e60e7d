import Foundation
import Testing

@Suite("Profiles/ is what the import makes of the terminology")
struct ImportTests {
    /// Where the terminology hand-over stands beside a checkout, if it does.
    static let terminology = Profiles.package.deletingLastPathComponent().appending(path: "shared/terminology")

    @Test("byte for byte")
    func same() throws {
        guard FileManager.default.fileExists(atPath: Self.terminology.appending(path: "README.md").path) else {
            print("not run: no terminology beside the checkout")
            return
        }
        let place = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        let script = Process()
        script.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        script.arguments = [
            "python3", Profiles.package.appending(path: "Tests/TestSupport/import_terminology.py").path,
            Self.terminology.path, place.path,
        ]
        script.standardOutput = FileHandle.nullDevice
        try script.run()
        script.waitUntilExit()
        try #require(script.terminationStatus == 0)
        let made = try FileManager.default.subpathsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".json") }
        let kept = ["ValueSets", "Guidelines"].flatMap(Profiles.files)
        #expect(Set(made.filter { $0.hasPrefix("ValueSets/") || $0.hasPrefix("Guidelines/") }) == Set(kept))
        for file in made {
            let left = FileManager.default.contents(atPath: "\(place.path)/\(file)")
            let right = FileManager.default.contents(atPath: "\(Profiles.folder)/\(file)")
            #expect(left == right, "\(file)")
        }
    }
}
