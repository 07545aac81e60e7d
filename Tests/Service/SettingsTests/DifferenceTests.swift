import DecisionSupport
import Settings
import Testing

@Suite("Differences to the shipped guideline")
struct DifferenceTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        let file: String
        /// Key, shipped value, value in force.
        let differences: [[String]]
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "nothing set", file: "{}", differences: []),
        Row(name: "a number set to what is shipped", file: "inf.feverCelsius: 38\n", differences: []),
        Row(
            name: "a number", file: "inf.feverCelsius: 37.8\n",
            differences: [["inf.feverCelsius", "38", "37.8"]]),
        Row(
            name: "a limit where none is shipped", file: "mal.lookbackYears: 10\n",
            differences: [["mal.lookbackYears", "unlimited", "10"]]),
        Row(
            name: "several, in the order of the table whatever that of the file",
            file: "soft.elderlyOver: 75\nscope.minAgeYears: 16\n",
            differences: [["scope.minAgeYears", "18", "16"], ["soft.elderlyOver", "70", "75"]]),
        Row(
            name: "a code system left out", file: "terminology.exclude: [cpt]\n",
            differences: [["terminology.exclude", "", "cpt"]]),
        Row(
            name: "how the service runs is none", file: "server.port: 1\nlimits.body: 4096\nevaluate.jobs: 3\n",
            differences: []),
    ]

    @Test("each key that differs, with both values", arguments: rows)
    func differences(_ row: Row) throws {
        let found = try Configuration(file: (row.file, "site.yaml")).differences
        #expect(found.map { [$0.key, $0.shipped, $0.inForce] } == row.differences)
        for difference in found { #expect(!difference.meaning.isEmpty) }
    }
}
