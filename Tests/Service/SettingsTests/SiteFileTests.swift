import DecisionSupport
import Guidelines
import KnowledgeBase
import Settings
import Testing

@Suite("The site file")
struct SiteFileTests {
    static let file = """
        course:
          imagingAfterDays: 28
        cards:
          suppress: [K07, K09]
          K05:
            summary: "In week {n} physiotherapy comes first."
            provisional: "Week {n}: {k} of 5 red-flag groups not recorded yet."
            links:
              - {label: "Back pain pathway", url: "https://intranet.example/back"}
              - {label: "Physiotherapy", url: "https://intranet.example/physio"}
        terminology:
          add:
            - {set: malignancy, system: "urn:oid:1.2.3", code: CA-7, display: Myeloma clinic}
            - set: mri-lumbar
              system: "https://hospital.example/orders"
              code: "RAD.4711"
              display: MRI of the lumbar spine
              test: MRI-WO
          map:
            "https://hospital.example/flowsheet|1200": saddle-sensory-loss
            "urn:oid:1.2.3|x|y": leg-weakness-worsening
        """

    @Test("sets thresholds, sentences, links, suppressed cards and codes")
    func read() throws {
        let configuration = try Configuration(file: (Self.file, "site.yaml"))
        #expect(configuration.thresholds.imagingAfterDays == 28)
        #expect(configuration.cards.suppressed.map(\.rawValue).sorted() == ["K07", "K09"])
        let wording = try #require(configuration.cards.wording[.k05])
        #expect(wording.summary == "In week {n} physiotherapy comes first.")
        #expect(wording.provisional?.hasPrefix("Week {n}: {k}") == true)
        #expect(wording.links.map(\.label) == ["Back pain pathway", "Physiotherapy"])
        let local = configuration.terminology.local
        #expect(local.added.map(\.code) == ["CA-7", "RAD.4711"])
        #expect(local.added.map(\.test) == [nil, "MRI-WO"])
        #expect(local.mapped.map(\.system) == ["https://hospital.example/flowsheet", "urn:oid:1.2.3|x"])
        #expect(local.mapped.map(\.finding) == ["saddle-sensory-loss", "leg-weakness-worsening"])
    }

    @Test("the printed configuration reads back to the same")
    func roundTrip() throws {
        let configuration = try Configuration(file: (Self.file, "site.yaml"))
        #expect(try Configuration(file: (configuration.yaml, "printed")) == configuration)
    }

    @Test("JSON sets the same")
    func json() throws {
        let file = #"""
            {"cards.K05": {"summary": "Wait in week {n}.", "links": [{"label": "P", "url": "https://a.example"}]},
             "terminology": {"map": {"urn:x|1": "fever-or-chills"}}}
            """#
        let configuration = try Configuration(file: (file, "site.json"))
        #expect(configuration.cards.wording[.k05]?.summary == "Wait in week {n}.")
        #expect(configuration.terminology.local.mapped.map(\.code) == ["1"])
    }

    struct Refusal: CustomTestStringConvertible {
        let because: String
        let file: String
        let line: Int
        let key: String
        let problem: String
        var testDescription: String { because }
    }

    static let refusals = [
        Refusal(
            because: "an emergency card suppressed", file: "cards:\n  suppress: [K05, K01]\n", line: 2,
            key: "cards.suppress", problem: "K01 and K02 are always shown"),
        Refusal(
            because: "a card that there is not", file: "cards:\n  suppress: [K99]\n", line: 2, key: "cards.suppress",
            problem: "always shown); found K99"),
        Refusal(
            because: "a sentence of a card that there is not", file: "cards:\n  K99:\n    summary: x\n", line: 3,
            key: "cards.K99.summary", problem: "unknown key; did you mean cards.K"),
        Refusal(
            because: "a member of a card that there is not", file: "cards:\n  K05:\n    sumary: x\n", line: 3,
            key: "cards.K05.sumary", problem: "did you mean cards.K05.summary?"),
        Refusal(
            because: "an unknown slot", file: "cards:\n  K05:\n    summary: \"{weeks}\"\n", line: 3,
            key: "cards.K05.summary", problem: "unknown slot {weeks}; this card has {n}"),
        Refusal(
            because: "a sentence that is a list", file: "cards.K05.summary: [a]\n", line: 1, key: "cards.K05.summary",
            problem: "must be text"),
        Refusal(
            because: "blame", file: "cards:\n  K06:\n    summary: Inappropriate.\n", line: 3, key: "cards.K06.summary",
            problem: "inappropriate"),
        Refusal(
            because: "a link that is no https",
            file: "cards:\n  K05:\n    links:\n      - {label: a, url: \"http://a.example\"}\n", line: 4,
            key: "cards.K05.links", problem: "https://"),
        Refusal(
            because: "a link without a label",
            file: "cards:\n  K05:\n    links:\n      - {url: \"https://a.example\"}\n",
            line: 4, key: "cards.K05.links", problem: "label is missing"),
        Refusal(
            because: "six links",
            file: "cards.K05.links: ["
                + (1...6).map { "{label: a, url: \"https://a\($0).example\"}" }.joined(separator: ", ")
                + "]\n", line: 1, key: "cards.K05.links", problem: "at most 5"),
        Refusal(
            because: "a code with a member that there is not",
            file: "terminology:\n  add:\n    - {set: malignancy, system: \"urn:x\", code: a, display: b, name: c}\n",
            line: 3, key: "terminology.add.name", problem: "unknown key"),
        Refusal(
            because: "a code without its system",
            file: "terminology:\n  add:\n    - {set: malignancy, code: a, display: b}\n", line: 3,
            key: "terminology.add", problem: "system is missing"),
        Refusal(
            because: "codes that are no list", file: "terminology:\n  add: malignancy\n", line: 2,
            key: "terminology.add", problem: "must be a list"),
        Refusal(
            because: "a mapping without a bar", file: "terminology:\n  map:\n    \"1200\": saddle-sensory-loss\n",
            line: 3, key: "terminology.map", problem: "system|code"),
        Refusal(
            because: "a key given twice in two spellings",
            file: "cards.K05.summary: Wait.\ncards:\n  K05:\n    summary: Wait.\n", line: 4, key: "cards.K05.summary",
            problem: "stands twice, first at site.yaml, line 1"),
    ]

    @Test("what is wrong stops the start and is named with its line", arguments: refusals)
    func refused(_ row: Refusal) throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try Configuration(file: (row.file, "site.yaml"))
        }
        let first = try #require(problems?.all.first)
        #expect(problems?.all.count == 1)
        #expect(first.place == "site.yaml, line \(row.line)")
        #expect(first.key == row.key)
        #expect(first.problem.contains(row.problem), "\(first)")
    }

    @Test(
        "a lower limit at or over its upper one is refused",
        arguments: [
            ("course:\n  failure:\n    painNotFailed: 4\n", "course.failure.painNotFailed"),
            ("course:\n  failure:\n    pain: 3\n", "course.failure.painNotFailed"),
            ("inf:\n  crpHint: 50\n", "inf.crpHint"), ("inf:\n  esrMet: 30\n", "inf.esrHint"),
        ])
    func contradictoryLimits(text: String, key: String) {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try Configuration(file: (text, "site.yaml"))
        }
        #expect(problems?.all.map(\.key) == [key])
        #expect(problems?.all.first?.place.hasPrefix("site.yaml") == true)
    }

    @Test("an ordering specialist counts only where the site says which")
    func specialists() throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try Configuration(file: ("candidate:\n  requireEvidence: false\n", "site.yaml"))
        }
        #expect(problems?.all.map(\.place) == ["site.yaml, line 2"])
        #expect(problems?.all.map(\.key) == ["candidate.requireEvidence"])
        let file =
            "candidate:\n  requireEvidence: false\n  specialties: [\"http://nucc.org/provider-taxonomy|207T00000X\"]\n"
        let configuration = try Configuration(file: (file, "site.yaml"))
        #expect(configuration.thresholds.candidateSpecialties == ["http://nucc.org/provider-taxonomy|207T00000X"])
        #expect(try Configuration(file: (configuration.yaml, "printed")) == configuration)
    }

    @Test("the environment cannot set what holds more than a value")
    func environment() {
        #expect(throws: ConfigurationProblems.self) {
            try Configuration(environment: ["SPINEHOOK_CARDS_K05_SUMMARY": "Wait."])
        }
        let configuration = try? Configuration(environment: ["SPINEHOOK_CARDS_SUPPRESS": "K07, K09"])
        #expect(configuration?.cards.suppressed == [.k07, .k09])
    }

    @Test("what the knowledge says against a code is named with its line")
    func places() throws {
        let configuration = try Configuration(file: (Self.file, "site.yaml"))
        let refused = [
            LocalCodeProblem(entry: .added(1), problem: "no"), LocalCodeProblem(entry: .mapped(1), problem: "no"),
        ]
        #expect(
            configuration.problems(refused).all.map(\.description) == [
                "site.yaml, line 14: terminology.add: https://hospital.example/orders|RAD.4711: no",
                "site.yaml, line 21: terminology.map: urn:oid:1.2.3|x|y: no",
            ])
    }

    @Test("every difference to the shipped guideline is named, with the shipped sentence")
    func differences() throws {
        let found = try Configuration(file: (Self.file, "site.yaml")).differences
        #expect(
            found.map(\.key) == [
                "cards.suppress", "course.imagingAfterDays", "cards.K05.summary", "cards.K05.provisional",
                "cards.K05.links", "terminology.add", "terminology.add", "terminology.map", "terminology.map",
            ])
        let summary = try #require(found.first { $0.key == "cards.K05.summary" })
        #expect(summary.shipped.hasPrefix("Week {n} of radiculopathy, no red flag documented as present"))
        #expect(summary.inForce == "In week {n} physiotherapy comes first.")
        #expect(found.last?.inForce == "urn:oid:1.2.3|x|y: leg-weakness-worsening")
    }

    @Test("differences between two sites are those of the second one")
    func twoSites() throws {
        let first = try Configuration(file: ("inf.feverCelsius: 37.8\nsoft.elderlyOver: 75\n", "a"))
        let second = try Configuration(file: ("soft.elderlyOver: 80\n", "b"))
        #expect(
            second.differences(from: first).map { [$0.key, $0.shipped, $0.inForce] } == [
                ["inf.feverCelsius", "37.8", "38"], ["soft.elderlyOver", "75", "80"],
            ])
    }
}
