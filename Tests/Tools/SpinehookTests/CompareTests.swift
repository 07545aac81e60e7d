import Foundation
import Testing

@Suite("spinehook evaluate --compare")
struct CompareTests {
    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")

    /// A line of the output, as far as tests speak of it.
    private struct Change: Decodable {
        let source: String
        let subject: String?
        let slot: String
        let before: Side?
        let after: Side?
        let criteria: [Criterion]

        struct Side: Decodable {
            let rule: String?
            let rating: String?
            let card: String?
            let indicator: String?
            let cardSuppressed: Bool?
        }

        struct Criterion: Decodable {
            let id: String
            let before: String
            let after: String
        }
    }

    private static func compare(_ site: String, _ input: String, _ options: [String] = []) async throws -> Program.Run {
        let folder = try Folder()
        let file = try folder.write("site.yaml", site)
        return try await Program.run(["evaluate", "--compare", file.path] + options + ["-"], input: input)
    }

    @Test("a changed threshold: rule, rating and card, and the criterion behind them")
    func threshold() async throws {
        let run = try await Self.compare("course.imagingAfterDays: 10\n", Inputs.bundle)
        #expect(run.status == 0)
        #expect(run.lines.count == 1)
        let change = try JSONDecoder().decode(Change.self, from: Data(run.output.utf8))
        #expect(change.source == "-" && change.subject == "Patient/p1" && change.slot == "imaging")
        #expect(change.before?.rule == "A10-EARLY" && change.before?.rating == "UNA" && change.before?.card == "K05")
        #expect(change.after?.rule == "A10-ASK-TRIAL" && change.after?.rating == "INS" && change.after?.card == "K07")
        #expect(change.criteria.map(\.id) == ["course.sixWeeks"])
        #expect(change.criteria.first?.before == "not-met" && change.criteria.first?.after == "met")
        #expect(run.messages.contains("1 decisions, 0 refused; 1 changed: 1 rule, 1 rating, 1 card, 1 other\n"))
        #expect(run.messages.hasSuffix("  course.imagingAfterDays: 42 → 10 days\n"))
    }

    @Test("the other side of the limit changes nothing, and that is said")
    func unchanged() async throws {
        let run = try await Self.compare("course.imagingAfterDays: 12\n", Inputs.bundle)
        #expect(run.status == 0 && run.output.isEmpty)
        #expect(run.messages.contains("nothing changes"))
        let same = try await Self.compare("{}", Inputs.bundle)
        #expect(same.status == 0 && same.output.isEmpty)
        #expect(same.messages.contains("the configurations do not differ"))
    }

    @Test("the site file stands over the shipped guideline, whatever the one in force sets")
    func inForce() async throws {
        let folder = try Folder()
        let file = try folder.write("force.yaml", "course.imagingAfterDays: 10\n")
        let run = try await Self.compare("{}", Inputs.bundle, ["--config", file.path])
        let change = try JSONDecoder().decode(Change.self, from: Data(run.output.utf8))
        #expect(change.before?.rule == "A10-ASK-TRIAL" && change.after?.rule == "A10-EARLY")
        #expect(run.messages.hasSuffix("  course.imagingAfterDays: 10 → 42 days\n"))
    }

    @Test("a suppressed card is a change of the card alone")
    func suppressed() async throws {
        let run = try await Self.compare("cards.suppress: [K05]\n", Inputs.bundle)
        let change = try JSONDecoder().decode(Change.self, from: Data(run.output.utf8))
        #expect(change.after?.card == "K05" && change.after?.cardSuppressed == true)
        #expect(change.before?.cardSuppressed == nil)
        #expect(run.messages.contains("1 changed: 1 card\n"))
    }

    @Test("a decision that only one of the two takes stands with the other side empty")
    func oneSided() async throws {
        let answer = """
            {"resourceType":"Observation","id":"f1","status":"final","subject":{"reference":"Patient/p1"},\
            "code":{"coding":[{"system":"urn:local","code":"1200"}]},"effectiveDateTime":"2025-06-16","valueBoolean":true}
            """
        let referral = Inputs.order.replacing("72148", with: "99213")
        let input = Inputs.bundle([Inputs.patient, Inputs.condition, answer, referral])
        let site = "terminology.map:\n  \"urn:local|1200\": saddle-sensory-loss\n"
        let run = try await Self.compare(site, input, ["--as-of", "2025-06-16"])
        let change = try JSONDecoder().decode(Change.self, from: Data(run.output.utf8))
        #expect(change.before == nil)
        #expect(change.after?.rule == "A1" && change.after?.card == "K01" && change.after?.indicator == "critical")
    }

    @Test("text for a person names what differs")
    func text() async throws {
        let run = try await Self.compare("course.imagingAfterDays: 10\n", Inputs.bundle, ["--format", "text"])
        let expected = """
            -  Patient/p1  ServiceRequest/o1  imaging
              rule: A10-EARLY → A10-ASK-TRIAL
              rating: UNA → INS
              card: K05 warning → K07 info
              provisional: yes → no
              course.sixWeeks: not-met → met


            """
        #expect(run.output == expected)
    }

    struct Refusal: CustomTestStringConvertible {
        let because: String
        let site: String
        var options: [String] = []
        let status: Int32
        let message: String
        var testDescription: String { because }
    }

    static let refusals = [
        Refusal(
            because: "an unknown key", site: "course:\n  imaging: 1\n", status: 3,
            message: "line 2: course.imaging: unknown key"),
        Refusal(
            because: "a value out of bounds", site: "course.trial.minDays: 183\n", status: 3,
            message: "line 1: course.trial.minDays: must be integer"),
        Refusal(
            because: "an emergency card suppressed", site: "cards.suppress: [K02]\n", status: 3,
            message: "K01 and K02 are always shown"),
        Refusal(
            because: "a code with a meaning of its own",
            site:
                "terminology:\n  add:\n    - {set: diabetes, system: \"http://www.ama-assn.org/go/cpt\", code: \"72148\", display: x}\n",
            status: 3, message: "line 3: terminology.add: http://www.ama-assn.org/go/cpt|72148: has a meaning"),
        Refusal(
            because: "a format that has no changes", site: "{}", options: ["--format", "cards"], status: 2,
            message: "--compare writes decisions or text"),
        Refusal(
            because: "records joined under two code lists", site: "terminology.exclude: [cpt]\n",
            options: ["--merge"], status: 2, message: "--compare with --merge"),
    ]

    @Test("what is wrong ends the run and is named", arguments: refusals)
    func refused(_ row: Refusal) async throws {
        let run = try await Self.compare(row.site, Inputs.bundle, row.options)
        #expect(run.status == row.status)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains(row.message), "\(run.messages)")
    }

    @Test("a refused input is exit 1, the rest is compared")
    func refusedInput() async throws {
        let run = try await Self.compare(
            "course.imagingAfterDays: 10\n", Inputs.bundle + "\n{\"a\":1}\n" + Inputs.bundle + "\n")
        #expect(run.status == 1)
        #expect(run.lines.count == 2)
    }

    @Test("the example of a hospital: its file is accepted and changes what the page beside it says")
    func example() async throws {
        let site = Self.examples.appending(path: "site")
        let inputs = [
            site.appending(path: "records").path,
            Self.examples.appending(path: "records/d11-inhaler-old-crash-day-41/input.json").path,
            Self.examples.appending(path: "records/d16-candidate-unknown/input.json").path,
            Self.examples.appending(path: "records/d08-breast-cancer-2010/input.json").path,
        ]
        let arguments = ["evaluate", "--compare", site.appending(path: "site.yaml").path]
        let run = try await Program.run(arguments + inputs)
        #expect(run.status == 0)
        let expected = try String(contentsOf: site.appending(path: "changes.ndjson"), encoding: .utf8)
        #expect(run.output == expected)
        for jobs in ["1", "6"] {
            #expect(try await Program.run(arguments + ["--jobs", jobs, "--quiet"] + inputs).output == expected)
        }
    }

    @Test("the example's file in force: sentences, links and suppressed cards")
    func exampleInForce() async throws {
        let site = Self.examples.appending(path: "site/site.yaml").path
        func cards(_ name: String) async throws -> String {
            try await Program.run(
                [
                    "evaluate", "--config", site, "--format", "cards",
                    Self.examples.appending(path: "records/\(name)/input.json").path,
                ]
            ).output
        }
        let early = try await cards("d02-nothing-asked")
        #expect(early.contains("Week 2: 5 of 5 red-flag groups not recorded. Please complete the screen"))
        #expect(early.contains(#""url":"https://intranet.hospital.example/back-pain""#))
        let candidate = try await cards("d16-candidate-unknown")
        #expect(candidate.hasPrefix(#"{"cards":[],"#))
        #expect(candidate.contains(#""card":"K11","indicator":"info","cardSuppressed":true"#))
    }

    @Test("the digest in a decision is that of the site file, whatever the order of its keys")
    func digest() async throws {
        func digest(_ text: String) async throws -> String {
            let folder = try Folder()
            let file = try folder.write("site.yaml", text)
            let run = try await Program.run(["evaluate", "--config", file.path, "-"], input: Inputs.bundle)
            let tail = try #require(run.output.split(separator: #""configuration":""#).last)
            return String(tail.prefix { $0 != "\"" })
        }
        let first = try await digest("soft.elderlyOver: 75\ncards:\n  suppress: [K07, K09]\n  K05: {summary: Wait.}\n")
        let second = try await digest("cards:\n  K05: {summary: Wait.}\n  suppress: [K09, K07]\nsoft.elderlyOver: 75\n")
        let third = try await digest("cards:\n  K05: {summary: Wait}\n  suppress: [K09, K07]\nsoft.elderlyOver: 75\n")
        #expect(first == second && first != third && first.count == 32)
    }
}
