import DecisionSupport
import Guidelines
import KnowledgeBase
import Settings
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    @Test("file, environment and command line, the later winning")
    func precedence() throws {
        let file = "server:\n  port: 1001\n  host: \"0.0.0.0\"\nlimits:\n  body: 2048\n"
        let configuration = try Configuration(
            file: (file, "site.yaml"),
            environment: ["SPINEHOOK_SERVER_PORT": "1002", "SPINEHOOK_LIMITS_BODY": "4096", "HOME": "/"],
            commandLine: [("server.port", "1003", "--port")])
        #expect(configuration.server.port == 1003)
        #expect(configuration.server.host == "0.0.0.0")
        #expect(configuration.limits.body == 4096)
    }

    @Test("JSON is read like YAML")
    func json() throws {
        let file = #"{"course": {"imagingAfterDays": 28}, "terminology": {"exclude": ["snomed", "cpt"]}}"#
        let configuration = try Configuration(file: (file, "site.json"))
        #expect(configuration.thresholds.imagingAfterDays == 28)
        #expect(configuration.terminology.exclude == [.cpt, .snomed])
    }

    struct Refusal: CustomTestStringConvertible {
        var file: String?
        var environment: [String: String] = [:]
        let place: String
        let key: String?
        let because: String
        var testDescription: String { because }
    }

    static let refusals = [
        Refusal(
            file: "course:\n  imagingAfterDay: 28\n", place: "site.yaml, line 2", key: "course.imagingAfterDay",
            because: "an unknown key"),
        Refusal(
            file: "inf:\n  feverCelsius: 41\n", place: "site.yaml, line 2", key: "inf.feverCelsius",
            because: "a fever above the sane bounds"),
        Refusal(
            file: "course.trial.minDays: 183\n", place: "site.yaml, line 1", key: "course.trial.minDays",
            because: "a key written with dots, its value one above the bound"),
        Refusal(
            file: "server:\n  port: 80.5\n", place: "site.yaml, line 2", key: "server.port",
            because: "a fraction for a whole number"),
        Refusal(
            file: "server:\n  publicUrl: cds.example.org\n", place: "site.yaml, line 2", key: "server.publicUrl",
            because: "a URL without its scheme"),
        Refusal(
            file: "cards:\n  orderSelect: some\n", place: "site.yaml, line 2", key: "cards.orderSelect",
            because: "a word that is not of the set"),
        Refusal(
            file: "terminology:\n  exclude: [loinc]\n", place: "site.yaml, line 2", key: "terminology.exclude",
            because: "a code system that cannot be left out"),
        Refusal(file: "- 1\n", place: "site.yaml", key: nil, because: "a list instead of keys"),
        Refusal(file: "a: [1\n", place: "site.yaml", key: nil, because: "text that is not YAML"),
        Refusal(
            environment: ["SPINEHOOK_LIMITS_BODYS": "4096"], place: "SPINEHOOK_LIMITS_BODYS", key: nil,
            because: "a variable that names no key"),
        Refusal(
            environment: ["SPINEHOOK_SERVER_PUBLIC_URL": "x"], place: "SPINEHOOK_SERVER_PUBLIC_URL",
            key: "server.publicUrl", because: "a variable with a wrong value"),
    ]

    @Test("what stops the start is named", arguments: refusals)
    func refusal(_ row: Refusal) throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try Configuration(file: row.file.map { ($0, "site.yaml") }, environment: row.environment)
        }
        #expect(problems?.all.map(\.place) == [row.place])
        #expect(problems?.all.map(\.key) == [row.key])
    }

    @Test("a duplicate key is refused: a reader could take either value")
    func duplicateKey() {
        #expect(throws: ConfigurationProblems.self) {
            try Configuration(file: ("server:\n  port: 1\n  port: 2\n", "site.yaml"))
        }
    }

    static let spellings = [
        "course: {imagingAfterDays: 10}\ncourse.imagingAfterDays: 50\n",
        "course.imagingAfterDays: 50\ncourse:\n  imagingAfterDays: 50\n",
        "course:\n  trial:\n    minDays: 1\ncourse.trial:\n  minDays: 1\n",
    ]

    @Test("a key that stands twice is named with the place of its level")
    func twice() {
        let file = "course:\n  imagingAfterDays: 28\n  imagingAfterDays: 29\n"
        let problems = #expect(throws: ConfigurationProblems.self) { try Configuration(file: (file, "site.yaml")) }
        let problem = problems?.all.first?.problem
        #expect(problem?.hasSuffix("line 2 and below: the key imagingAfterDays stands twice") == true)
    }

    @Test("a key given in two spellings is refused and named, even with one value", arguments: spellings)
    func twoSpellings(_ file: String) {
        let problems = #expect(throws: ConfigurationProblems.self) { try Configuration(file: (file, "site.yaml")) }
        let key = file.contains("minDays") ? "course.trial.minDays" : "course.imagingAfterDays"
        #expect(problems?.all.map(\.key) == [key])
        #expect(problems?.all.first?.problem.contains("stands twice") == true)
    }

    @Test("a near miss is suggested")
    func nearMiss() {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try Configuration(file: ("limits:\n  bodi: 4096\n", "site.yaml"))
        }
        #expect(problems?.all.first?.problem == "unknown key; did you mean limits.body?")
    }

    @Test("the printed configuration reads back to the same")
    func roundTrip() throws {
        var configuration = Configuration()
        configuration.server.publicURL = "https://cds.example.org/spine"
        configuration.cards.orderSelect = .critical
        configuration.terminology.exclude = [.cpt]
        configuration.thresholds.crpMetMgL = 62.5
        configuration.thresholds.malignancyLookbackYears = 10
        #expect(try Configuration(file: (configuration.yaml, "printed")) == configuration)
        #expect(try Configuration(file: (Configuration().yaml, "printed")) == Configuration())
    }

    @Test("every key and every variable names one setting, and no key is a level of another")
    func table() {
        let keys = Configuration.table.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(Set(Configuration.table.map(\.environmentVariable)).count == keys.count)
        for key in keys { #expect(!keys.contains { $0.hasPrefix(key + ".") }) }
    }

    @Test("keys become variables word by word")
    func variables() {
        let names = Dictionary(
            uniqueKeysWithValues: Configuration.table.map { ($0.key, $0.environmentVariable) })
        #expect(names["limits.body"] == "SPINEHOOK_LIMITS_BODY")
        #expect(names["server.publicUrl"] == "SPINEHOOK_SERVER_PUBLIC_URL")
        #expect(names["scope.minAgeYears"] == "SPINEHOOK_SCOPE_MIN_AGE_YEARS")
    }
}
