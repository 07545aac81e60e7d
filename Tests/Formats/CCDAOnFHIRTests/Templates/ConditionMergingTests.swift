import CCDAOnFHIR
import JSONTree
import Testing

/// Two statements of one problem are one Condition; in different states they are two (section 8).
@Suite("One problem stated twice")
struct ConditionMergingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let listed: String
        let diagnosed: String
        /// Number of Conditions.
        let count: Int
        var testDescription: String { name }
    }
    static let status = Entries.status("55561003")

    static func diagnosis(_ problem: String) -> String {
        Entries.concern(
            problem, status: nil, template: "80", code: "<code code='29308-4' codeSystem='2.16.840.1.113883.6.1'/>")
    }

    static let rows = [
        Row(
            name: "same code, onset and state", listed: Entries.problem(inside: status),
            diagnosed: Entries.problem(inside: status), count: 1),
        Row(
            name: "another onset", listed: Entries.problem(inside: status),
            diagnosed: Entries.problem(time: "<low value='20200106'/>", inside: status), count: 2),
        Row(
            name: "another onset, same id", listed: Entries.problem(id: "p", inside: status),
            diagnosed: Entries.problem(id: "p", time: "<low value='20200106'/>", inside: status), count: 1),
        Row(
            name: "unknown onsets are not the same", listed: Entries.problem(time: "", inside: status),
            diagnosed: Entries.problem(time: "", inside: status), count: 2),
        Row(
            name: "same id, another code", listed: Entries.problem(id: "p", inside: status),
            diagnosed: Entries.problem(id: "p", value: Entries.value("38341003", "Hypertension"), inside: status),
            count: 2),
        Row(
            name: "another state", listed: Entries.problem(inside: status),
            diagnosed: Entries.problem(inside: Entries.status("413322009")), count: 2),
        Row(
            name: "one denied", listed: Entries.problem(inside: status),
            diagnosed: Entries.problem(" negationInd='true'"), count: 2),
        Row(
            name: "one of an unknown state, one denied", listed: Entries.problem(),
            diagnosed: Entries.problem(" negationInd='true'"), count: 2),
        Row(
            name: "same id, one denied", listed: Entries.problem(id: "p", inside: status),
            diagnosed: Entries.problem(" negationInd='true'", id: "p"), count: 2),
        Row(
            name: "both in error", listed: Entries.problem(status: "nullified"),
            diagnosed: Entries.problem(status: "nullified"), count: 2),
        Row(
            name: "another end", listed: Entries.problem(time: "<low value='2019'/><high value='2020'/>"),
            diagnosed: Entries.problem(time: "<low value='2019'/><high value='2021'/>"), count: 2),
        Row(
            name: "same best code beside another translation",
            listed: Entries.problem(
                value: Entries.value(
                    "64859006", "Osteoporosis",
                    inside: "<translation code='M81.0' codeSystem='2.16.840.1.113883.6.90'/>"), inside: status),
            diagnosed: Entries.problem(
                value: Entries.value(
                    "M81.8", "Osteoporosis", "2.16.840.1.113883.6.90",
                    inside: "<translation code='64859006' codeSystem='\(Entries.snomed)'/>"), inside: status), count: 1),
        Row(
            name: "the other side", listed: Entries.problem(inside: side("7771000") + status),
            diagnosed: Entries.problem(inside: side("24028007") + status), count: 2),
        Row(
            name: "same words", listed: Entries.problem(value: words("Sore hip"), inside: status),
            diagnosed: Entries.problem(value: words("sore HIP"), inside: status), count: 1),
        Row(
            name: "other words", listed: Entries.problem(value: words("Sore hip"), inside: status),
            diagnosed: Entries.problem(value: words("Sore knee"), inside: status), count: 2),
    ]

    static func words(_ text: String) -> String { Entries.null("OTH", "<originalText>\(text)</originalText>") }
    static func side(_ code: String) -> String {
        """
        <targetSiteCode code='29836001' codeSystem='\(Entries.snomed)'><qualifier>\
        <name code='272741003' codeSystem='\(Entries.snomed)'/><value code='\(code)' codeSystem='\(Entries.snomed)'/>\
        </qualifier></targetSiteCode>
        """
    }

    @Test("merged or not", arguments: rows)
    func merging(_ row: Row) throws {
        let sections = [
            Sample.section("46240-8", entries: [Self.diagnosis(row.diagnosed)]),
            Sample.section("11450-4", entries: [Entries.concern(row.listed, status: nil)]),
        ]
        let converted = try Sample.convert(sections)
        #expect(converted.all("Condition").count == row.count)
        #expect(converted.losses.isEmpty)
        // Each section lists what it states, once.
        let composition = try #require(converted.all("Composition").first)
        for index in 0..<2 { #expect(composition.at("section.\(index).entry")?.items.count == 1) }
    }

    @Test("the stronger category comes first, and its dates stay")
    func strength() throws {
        let visit = Self.diagnosis(
            Entries.problem(
                id: "p", time: "<low value='20250610'/>", inside: Self.status + Entries.comment("Seen today")))
        let listed = Entries.concern(
            Entries.problem(id: "p", inside: Self.status + Entries.comment("Since long")), status: nil)
        for sections in [[("46240-8", visit), ("11450-4", listed)], [("11450-4", listed), ("46240-8", visit)]] {
            let converted = try Sample.convert(sections.map { Sample.section($0.0, entries: [$0.1]) })
            let condition = try #require(converted.all("Condition").first)
            let categories = condition["category"]?.items.compactMap { $0.text("coding.0.code") }
            #expect(categories == ["problem-list-item", "encounter-diagnosis"])
            #expect(condition.text("onsetDateTime") == "2020-01-05")
            #expect(Set(condition["note"]?.items.compactMap { $0.text("text") } ?? []) == ["Since long", "Seen today"])
            #expect(condition["identifier"]?.items.count == 1)
        }
    }
}
