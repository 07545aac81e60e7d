import Foundation
import Testing

@Suite("The command guideline show")
struct ShowTests {
    static let site = """
        course:
          imagingAfterDays: 28
        cards:
          suppress: [K11]
          K05:
            summary: "Week {n} of sciatica: physiotherapy first, imaging later."
        terminology:
          map:
            "https://hospital.example/flowsheet|1200": saddle-sensory-loss
        """

    /// A difference as far as tests speak of it.
    struct Difference: Decodable {
        let key: String
        let shipped: String
        let inForce: String
        let criteria: [String]
        let rules: [String]
        let cards: [String]
    }

    struct Differences: Decodable {
        let configuration: String
        let differences: [Difference]
    }

    static func show(_ options: [String], site: String? = nil) async throws -> Program.Run {
        guard let site else { return try await Program.run(["guideline", "show"] + options) }
        let folder = try Folder()
        let file = try folder.write("site.yaml", site)
        return try await Program.run(["guideline", "show", "--config", file.path] + options)
    }

    static func differences(_ site: String?) async throws -> Differences {
        let run = try await show(["--diff", "--format", "json"], site: site)
        #expect(run.status == 0)
        return try JSONDecoder().decode(Differences.self, from: Data(run.output.utf8))
    }

    @Test("--diff names keys, values, criteria, rules and cards of a site file, and another digest")
    func json() async throws {
        let found = try await Self.differences(Self.site)
        let byKey = Dictionary(uniqueKeysWithValues: found.differences.map { ($0.key, $0) })
        #expect(
            byKey.keys.sorted() == [
                "cards.K05.summary", "cards.suppress", "course.imagingAfterDays", "terminology.map",
            ])
        let wait = try #require(byKey["course.imagingAfterDays"])
        #expect(wait.shipped == "42" && wait.inForce == "28" && wait.criteria == ["course.sixWeeks"])
        #expect(wait.rules.contains("A10-EARLY") && wait.rules.contains("D-IV1") && wait.cards.contains("K05"))
        #expect(byKey["cards.K05.summary"]?.cards == ["K05"] && byKey["cards.suppress"]?.cards == ["K11"])
        #expect(byKey["terminology.map"]?.criteria == ["redflag.caudaEquina"])
        let shipped = try await Self.differences(nil)
        #expect(shipped.differences.isEmpty && shipped.configuration != found.configuration)
    }

    @Test("--diff as text, and what it says where nothing differs")
    func text() async throws {
        let site = try await Self.show(["--diff"], site: Self.site)
        #expect(site.output.contains("course.imagingAfterDays  shipped: 42; in force: 28; unit: days"))
        let shipped = try await Self.show(["--diff"])
        #expect(shipped.status == 0)
        #expect(shipped.output.contains("No differences: the guideline is in force as shipped."))
    }

    @Test(
        "The whole in every form shows the changed number",
        arguments: [
            ("text", "course.imagingAfterDays  value: 28; default: 42; mark: changed by the site"),
            ("json", "\"siteDifferences\""), ("html", "<tr id=\"course.imagingAfterDays\" class=\"changed\">"),
        ])
    func whole(_ format: String, _ words: String) async throws {
        let run = try await Self.show(["--format", format], site: Self.site)
        #expect(run.status == 0 && run.messages.isEmpty)
        #expect(run.output.contains(words))
    }

    @Test("--diff as a page is a wrong call")
    func wrongCall() async throws {
        let run = try await Self.show(["--diff", "--format", "html"])
        #expect(run.status == 2 && run.output.isEmpty)
    }
}
