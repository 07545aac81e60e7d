import ClinicalModel
import Testing

@Suite("Which rows of the role table hold for a code")
struct RoleResolutionTests {
    struct Row: CustomTestStringConvertible {
        let roles: [RoleRow]
        let expected: [String]
        let because: String
        var testDescription: String { because }
    }

    static let rowsOfOneSet = [
        Row(
            roles: [Sample.row(.malignancy, .risk)], expected: ["risk/yes"],
            because: "no row of its own: the default of the set"),
        Row(
            roles: [Sample.row(.malignancy, .risk), Sample.row(.malignancy, .exclusion, "staging")],
            expected: ["risk/yes", "exclusion/yes"], because: "two defaults both hold"),
        Row(
            roles: [Sample.row(.malignancy, .risk), Sample.row(.malignancy, code: "C79.51", .presenting)],
            expected: ["presenting/yes"], because: "a row with the code replaces the default"),
        Row(
            roles: [
                Sample.row(.malignancy, .risk), Sample.row(.malignancy, .exclusion, "staging"),
                Sample.row(.malignancy, code: "C79.51", .presenting),
            ],
            expected: ["presenting/yes"], because: "a row with the code replaces both defaults"),
        Row(
            roles: [Sample.row(.malignancy, .risk), Sample.row(.malignancy, code: "C79", .presenting)],
            expected: ["presenting/yes"], because: "the row of a header covers its children"),
        Row(
            roles: [
                Sample.row(.malignancy, .risk), Sample.row(.malignancy, code: "C79", .history),
                Sample.row(.malignancy, code: "C79.5", .hint, "hint", .review),
            ],
            expected: ["hint/review"], because: "the longest code that fits wins"),
        Row(
            roles: [
                Sample.row(.malignancy, .risk), Sample.row(.malignancy, code: "C79.51", .presenting),
                Sample.row(.malignancy, code: "C79.51", criterion: "redflag.fracture", .risk, "support", .no),
            ],
            expected: ["presenting/yes", "risk/no"], because: "several rows with the same code all hold"),
        Row(
            roles: [Sample.row(.malignancy, .risk), Sample.row(.malignancy, code: "C79.52", .presenting)],
            expected: ["risk/yes"], because: "the row of a sister code says nothing"),
        Row(
            roles: [Sample.row(.malignancy, .risk), Sample.row(.hints, code: "C79.51", .hint)],
            expected: ["risk/yes"], because: "the row of another set says nothing"),
        Row(
            roles: [
                Sample.row(.malignancy, .risk), Sample.row(.malignancy, code: "C79.51", system: CodeSystem.snomedCT),
            ],
            expected: ["risk/yes"], because: "the row of another code system says nothing"),
    ]

    @Test("for C79.51 of the set malignancy", arguments: rowsOfOneSet)
    func ofOneSet(_ row: Row) {
        let terminology = Sample.terminology([Sample.set(.malignancy, [Sample.icd(["C79.51"])])], roles: row.roles)
        #expect(terminology.icdUses("C79.51") == row.expected)
    }

    static let rowsOfHints = [
        Row(
            roles: [Sample.row(.malignancy, .presenting, "finding", .needsNew)], expected: ["hint/review"],
            because: "the hint wins over a row that is not enough by itself"),
        Row(
            roles: [Sample.row(.malignancy, .risk, "finding", .yes)], expected: ["risk/yes"],
            because: "a row that is enough by itself makes the hint void"),
        Row(
            roles: [Sample.row(.malignancy, .presenting, "support", .no)],
            expected: ["presenting/no", "hint/review"], because: "support is no rival: both stand"),
        Row(
            roles: [Sample.row(.malignancy, criterion: "redflag.fracture", .presenting, "finding", .needsNew)],
            expected: ["presenting/needs-new", "hint/review"], because: "another family is not touched"),
        Row(
            roles: [Sample.row(.malignancy, .hint, "finding", .review)], expected: ["hint/review", "hint/review"],
            because: "two hints agree"),
        Row(
            roles: [Sample.row(.malignancy, .exclusion, "cause", .yes)],
            expected: ["exclusion/yes", "hint/review"], because: "an exclusion does not make the family met"),
    ]

    @Test("for a code of a family's set and of the hints (ruling R56)", arguments: rowsOfHints)
    func hintAndSet(_ row: Row) {
        let terminology = Sample.terminology(
            [Sample.set(.malignancy, [Sample.icd(["D46.9"])]), Sample.set(.hints, [Sample.icd(["D46.9"])])],
            roles: row.roles + [Sample.row(.hints, code: "D46", .hint, "hint", .review)])
        #expect(terminology.icdUses("D46.9") == row.expected)
    }

    @Test("A hint for undated findings leaves the row that needs a date (ruling R37)")
    func undatedHint() {
        let terminology = Sample.terminology(
            [
                Sample.set(.neurologicDeficit, [Sample.icd([], headers: ["M21.37"])]),
                Sample.set(.hints, [Sample.icd([], headers: ["M21.37"])]),
            ],
            roles: [
                Sample.row(.neurologicDeficit, .presenting, "finding", .needsNew),
                Sample.row(.hints, code: "M21.37", .hint, "hint", .review, when: [.withoutDate]),
            ])
        #expect(terminology.icdUses("M21.371") == ["presenting/needs-new", "hint/review"])
    }

    @Test("Rulings hold for codes that only a header brings in as well")
    func hintByHeader() {
        let terminology = Sample.terminology(
            [
                Sample.set(.malignancy, [Sample.icd([], headers: ["D46"])]),
                Sample.set(.hints, [Sample.icd([], headers: ["D46"])]),
            ],
            roles: [
                Sample.row(.malignancy, .presenting, "finding", .needsNew),
                Sample.row(.hints, code: "D46", .hint, "hint", .review),
            ])
        #expect(terminology.icdUses("D46.B") == ["hint/review"])
    }

    @Test("Qualifiers of a group reach the uses of its codes, drug classes apart from the rest")
    func qualifiers() throws {
        let group = Sample.icd(["F32.0"], qualifiers: ["applies:tricyclic", "reason:depression"])
        let terminology = Sample.terminology(
            [Sample.set(.neuropathicOtherIndication, [group])], roles: [Sample.row(.neuropathicOtherIndication)])
        let use = try #require(terminology.concept(Code(system: CodeSystem.icd10CM, code: "F32.0")).uses.first)
        #expect(use.applies == ["tricyclic"])
        #expect(use.reasons == ["depression"])
        #expect(use.qualifiers == ["reason:depression"])
    }
}
