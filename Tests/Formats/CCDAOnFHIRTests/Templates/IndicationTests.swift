import CCDAOnFHIR
import JSONTree
import Testing

/// Reasons of drugs, procedures, encounters and plans (section 7.2).
@Suite("Reasons")
struct IndicationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let inside: String
        /// Problems of the document, each in a concern of its own.
        var problems: [String] = []
        /// `code:` or `text:` of each reason code, then `problem` for each reference.
        let reasons: [String]
        var losses: [String] = []
        var testDescription: String { name }
    }
    static let rows = [
        Row(name: "coded", inside: Entries.indication(), reasons: ["code:279039007"]),
        Row(
            name: "in words",
            inside: Entries.indication(value: Entries.null("OTH", "<originalText>Ache</originalText>")),
            reasons: ["text:Ache"]),
        Row(
            name: "two",
            inside: Entries.indication() + Entries.indication(value: Entries.value("23056005", "Sciatica")),
            reasons: ["code:279039007", "code:23056005"]),
        Row(name: "the same twice", inside: Entries.indication() + Entries.indication(), reasons: ["code:279039007"]),
        Row(
            name: "of a problem", inside: Entries.indication(id: "p"), problems: [Entries.problem(id: "p")],
            reasons: ["problem"]),
        Row(
            name: "of a problem, without a value", inside: Entries.indication(id: "p", value: ""),
            problems: [Entries.problem(id: "p")], reasons: ["problem"]),
        Row(
            name: "of one of two problems with its id", inside: Entries.indication(id: "p"),
            problems: [
                Entries.problem(id: "p"), Entries.problem(id: "p", value: Entries.value("38341003", "Hypertension")),
            ],
            reasons: ["code:279039007"]),
        Row(
            name: "of an id that is nobody's", inside: Entries.indication(id: "q"),
            problems: [Entries.problem(id: "p")],
            reasons: ["code:279039007"]),
        Row(
            name: "one of a problem, one not",
            inside: Entries.indication(id: "p") + Entries.indication(value: Entries.value("23056005", "Sciatica")),
            problems: [Entries.problem(id: "p")], reasons: ["code:23056005", "problem"]),
        Row(
            name: "the problem itself",
            inside: Entries.related(Entries.problem(value: Entries.value("38341003", "Hypertension")), "RSON"),
            reasons: ["problem"]),
        Row(
            name: "an entry reference",
            inside: Entries.related(
                "<act classCode='ACT' moodCode='EVN'>\(Sample.template("122"))\(Entries.id("p"))<code nullFlavor='NP'/></act>",
                "RSON"), problems: [Entries.problem(id: "p")], reasons: ["problem"]),
        Row(
            name: "denied", inside: Entries.indication(" negationInd='true'"), reasons: [],
            losses: ["asText: a reason, not a finding of its own"]),
        Row(
            name: "in error", inside: Entries.indication(status: "nullified"), reasons: [],
            losses: ["asText: a reason, not a finding of its own"]),
        Row(
            name: "of the mother",
            inside: Entries.indication().replacing("<statusCode", with: Entries.subject("MTH") + "<statusCode"),
            reasons: [], losses: ["asText: about somebody else than the patient"]),
    ]

    @Test("of a drug, the problem before it and behind it", arguments: rows)
    func reasons(_ row: Row) throws {
        let drugs = Sample.section("10160-0", entries: [Entries.drug(inside: row.inside)])
        let problems = Sample.section("11450-4", entries: row.problems.map { Entries.concern($0) })
        for sections in [[drugs, problems], [problems, drugs]] {
            let converted = try Sample.convert(sections)
            let request = try #require(converted.all("MedicationRequest").first)
            let conditions = Set(converted.all("Condition").compactMap { $0.text("id") }.map { "urn:uuid:" + $0 })
            let codes = (request["reasonCode"]?.items ?? []).map { code in
                code.text("coding.0.code").map { "code:" + $0 } ?? "text:\(code.text("text") ?? "")"
            }
            let references = (request["reasonReference"]?.items ?? []).map { $0.text("reference") ?? "" }
            #expect(codes + references.map { conditions.contains($0) ? "problem" : $0 } == row.reasons)
            #expect(converted.losses == row.losses)
        }
    }

    @Test("an indication is no Condition")
    func noCondition() throws {
        let converted = try Sample.convert("10160-0", Entries.drug(inside: Entries.indication()))
        #expect(converted.all("Condition").isEmpty)
        #expect(converted.document.loss.total.mapped == 2)
    }
}
