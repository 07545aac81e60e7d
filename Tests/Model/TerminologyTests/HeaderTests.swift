import ClinicalModel
import Testing

@Suite("ICD-10-CM headers")
struct HeaderTests {
    static let terminology = Sample.terminology(
        [
            Sample.set(.traumaSignificant, [Sample.icd([], headers: ["S22", "S32", "W17"])]),
            Sample.set(.traumaMinor, [Sample.icd(["S32.9XXA"], headers: ["W18"])]),
            Sample.set(.hints, [Sample.icd([], headers: ["S32.0"], qualifiers: ["side:left"])]),
            Sample.set(.osteoporosisFragilityFracture, [Sample.icd(["S32.010A"])]),
        ],
        roles: [
            Sample.row(.traumaSignificant, criterion: "redflag.fracture"),
            Sample.row(.traumaSignificant, code: "S22.0", criterion: "redflag.fracture", component: "thoracic"),
            Sample.row(.traumaSignificant, code: "W17", criterion: "redflag.fracture", .hint, "hint", .review),
            Sample.row(.traumaMinor, criterion: "redflag.infection"),
            Sample.row(.osteoporosisFragilityFracture, criterion: "redflag.malignancy"),
            Sample.row(.hints, criterion: "redflag.caudaEquina", .hint, "hint", .review),
        ])

    func sets(_ code: String) -> Set<ValueSetName> {
        Set(Self.terminology.concept(Code(system: CodeSystem.icd10CM, code: code)).uses.map(\.set))
    }

    struct Row: CustomTestStringConvertible {
        let code: String
        let sets: Set<ValueSetName>
        let because: String
        var testDescription: String { "\(code): \(because)" }
    }

    static let rows = [
        Row(code: "S32", sets: [.traumaSignificant], because: "the header itself"),
        Row(code: "S32.10XA", sets: [.traumaSignificant], because: "a child that no file lists"),
        Row(code: "W17.89XA", sets: [.traumaSignificant], because: "external causes are never listed"),
        Row(code: "W18", sets: [.traumaMinor], because: "a header of the other set"),
        Row(code: "S32.0", sets: [.traumaSignificant, .hints], because: "headers of two sets, one within the other"),
        Row(code: "S32.011A", sets: [.traumaSignificant, .hints], because: "a child of both headers"),
        Row(
            code: "S32.010A", sets: [.traumaSignificant, .hints, .osteoporosisFragilityFracture],
            because: "listed in one set, and under headers of two others"),
        Row(code: "S32.9XXA", sets: [.traumaMinor, .traumaSignificant], because: "listed, and under a header"),
        Row(code: "S33.0XXA", sets: [], because: "a neighbour of the headers"),
        Row(code: "W19.XXXA", sets: [], because: "an external cause of no header"),
    ]

    @Test("bring their children in", arguments: rows)
    func membership(_ row: Row) { #expect(sets(row.code) == row.sets) }

    @Test("The row of a code inside the header wins for a child that no file lists")
    func rolesOfChildren() {
        let concept = Self.terminology.concept(Code(system: CodeSystem.icd10CM, code: "S22.080A"))
        #expect(concept.uses.map(\.component) == ["thoracic"])
        let other = Self.terminology.concept(Code(system: CodeSystem.icd10CM, code: "S22.31XA"))
        #expect(other.uses.map(\.component) == [nil])
    }

    @Test("The qualifiers of a header hold for its children")
    func qualifiersOfChildren() {
        let concept = Self.terminology.concept(Code(system: CodeSystem.icd10CM, code: "S32.02XA"))
        #expect(concept.uses.first { $0.set == .hints }?.qualifiers == [.left])
        #expect(concept.uses.first { $0.set == .traumaSignificant }?.qualifiers == [])
    }

    struct Encounter: CustomTestStringConvertible {
        let code: String
        let expected: Concept.Encounter?
        let because: String
        var testDescription: String { "\(code): \(expected?.rawValue ?? "none"), \(because)" }
    }

    static let encounters = [
        Encounter(code: "S32.010A", expected: .initial, because: "A is active treatment"),
        Encounter(code: "S32.010B", expected: .initial, because: "B is an open fracture"),
        Encounter(code: "S72.001C", expected: .initial, because: "C is an open fracture"),
        Encounter(code: "S32.010D", expected: .subsequent, because: "D is later care"),
        Encounter(code: "S32.010G", expected: .subsequent, because: "G is delayed healing"),
        Encounter(code: "S32.010K", expected: .subsequent, because: "K is nonunion"),
        Encounter(code: "S32.010S", expected: .sequela, because: "S is a late effect"),
        Encounter(code: "S32.010", expected: nil, because: "the character is missing"),
        Encounter(code: "S32.0101", expected: nil, because: "too long to be a code"),
        Encounter(code: "W17.89XA", expected: .initial, because: "external causes carry it"),
        Encounter(code: "V20.4XXS", expected: .sequela, because: "external causes carry it"),
        Encounter(code: "M80.08XA", expected: .initial, because: "osteoporosis with fracture"),
        Encounter(code: "M80.08XP", expected: .subsequent, because: "malunion"),
        Encounter(code: "M48.56XA", expected: .initial, because: "collapsed vertebra"),
        Encounter(code: "M48.46XD", expected: .subsequent, because: "fatigue fracture of a vertebra"),
        Encounter(code: "M84.58XA", expected: .initial, because: "fracture in neoplastic disease"),
        Encounter(code: "M84.38XS", expected: .sequela, because: "stress fracture"),
        Encounter(code: "M48.061", expected: nil, because: "a 7th letter place that is no encounter"),
        Encounter(code: "O09.A0", expected: nil, because: "pregnancy has other characters"),
        Encounter(code: "T40.1X1A", expected: .initial, because: "poisoning"),
    ]

    @Test("The 7th character", arguments: encounters)
    func encounter(_ row: Encounter) {
        let headers = ["S32", "S72", "W17", "V20", "M80", "M48", "M84", "O09", "T40"]
        let terminology = Sample.terminology(
            [Sample.set(.traumaSignificant, [Sample.icd([], headers: headers)])],
            roles: [Sample.row(.traumaSignificant, criterion: "redflag.fracture")])
        #expect(terminology.concept(Code(system: CodeSystem.icd10CM, code: row.code)).encounter == row.expected)
        let listed = Sample.terminology([Sample.set(.traumaSignificant, [Sample.icd([row.code])])])
        #expect(listed.concept(Code(system: CodeSystem.icd10CM, code: row.code)).encounter == row.expected)
    }

    @Test("Ten thousand codes, each found again and nothing else")
    func manyCodes() {
        let codes = (0..<10_000).map { String($0) }
        let terminology = Sample.terminology([Sample.set(.malignancy, [Sample.snomed(codes)])])
        for code in codes { #expect(terminology.match(CodeSystem.snomedCT, code).concept?.code.code == code) }
        #expect(terminology.match(CodeSystem.snomedCT, "10000").concept == nil)
        #expect(terminology.members(of: .malignancy).map(\.code) == codes)
    }
}
