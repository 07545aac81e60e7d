import ClinicalModel
import Testing

@Suite("Looking up a coding")
struct MatchTests {
    struct Row: CustomTestStringConvertible {
        let system: String
        let code: String
        let finds: String?
        let repairs: CodingMatch.Repairs
        let because: String
        var isKnownSystem = true
        var testDescription: String { "\(because): \(system.debugDescription) \(code.debugDescription)" }
    }

    static let terminology = Sample.terminology(
        [
            Sample.set(.lumbosacralRadiculopathy, [Sample.icd(["M54.16"]), Sample.snomed(["128196005"])]),
            Sample.set(.lowBackPain, [Sample.icd([], headers: ["M54.5"])]),
            Sample.set(.malignancy, [Sample.icd([], headers: ["C50"]), Sample.icd(["C4A.9"])]),
        ],
        roles: [.lumbosacralRadiculopathy, .lowBackPain, .malignancy].map { Sample.row($0) })

    static let rows = [
        Row(
            system: CodeSystem.snomedCT, code: "128196005", finds: "128196005", repairs: [], because: "as it should be"),
        Row(
            system: "urn:oid:2.16.840.1.113883.6.96", code: "128196005", finds: "128196005", repairs: [],
            because: "a known OID is no repair (b05)"),
        Row(
            system: "2.16.840.1.113883.6.96", code: "128196005", finds: "128196005", repairs: [],
            because: "the bare OID of C-CDA"),
        Row(
            system: "urn:oid:2.16.840.1.113883.6.90", code: "M54.16", finds: "M54.16", repairs: [],
            because: "ICD-10-CM by OID (b05)"),
        Row(
            system: "http://hl7.org/fhir/v2/0163", code: "PERIN", finds: nil, repairs: [],
            because: "the URI of an earlier FHIR version names a known system"),
        Row(
            system: "https://snomed.info/sct", code: "128196005", finds: "128196005", repairs: .systemSpelling,
            because: "https (b06)"),
        Row(
            system: "http://snomed.info/sct/", code: "128196005", finds: "128196005", repairs: .systemSpelling,
            because: "a trailing slash (b06)"),
        Row(
            system: "https://snomed.info/sct/", code: "128196005", finds: "128196005", repairs: .systemSpelling,
            because: "both"),
        Row(
            system: " http://snomed.info/sct", code: "128196005", finds: "128196005", repairs: .blanks,
            because: "a blank before the system"),
        Row(
            system: "http://snomed.info/sc", code: "128196005", finds: nil, repairs: [],
            because: "another URI that begins alike", isKnownSystem: false),
        Row(system: "", code: "128196005", finds: nil, repairs: [], because: "no system (b07)", isKnownSystem: false),
        Row(
            system: "urn:oid:1.2.3", code: "128196005", finds: nil, repairs: [], because: "an unknown OID",
            isKnownSystem: false),
        Row(
            system: CodeSystem.loinc, code: "128196005", finds: nil, repairs: [],
            because: "the same digits in another system (b07)"),
        Row(
            system: CodeSystem.cpt, code: "72148", finds: nil, repairs: [], because: "a system whose codes are left out"
        ),
        Row(
            system: CodeSystem.snomedCT, code: "128196005 ", finds: "128196005", repairs: .blanks,
            because: "a trailing blank (b13)"),
        Row(
            system: CodeSystem.snomedCT, code: "\t128196005\n", finds: "128196005", repairs: .blanks,
            because: "tabs and line ends are blanks"),
        Row(
            system: CodeSystem.snomedCT, code: "128196005:272741003=7771000", finds: nil, repairs: [],
            because: "a post-coordinated expression is not matched (b12)"),
        Row(system: CodeSystem.snomedCT, code: "", finds: nil, repairs: [], because: "no code"),
        Row(system: CodeSystem.snomedCT, code: "  ", finds: nil, repairs: .blanks, because: "nothing but blanks"),
        Row(system: CodeSystem.snomedCT, code: "12819600", finds: nil, repairs: [], because: "a digit short"),
        Row(system: CodeSystem.icd10CM, code: "M54.16", finds: "M54.16", repairs: [], because: "as it should be"),
        Row(
            system: CodeSystem.icd10CM, code: "M5416", finds: "M54.16", repairs: .codeSpelling,
            because: "without the dot (b03)"),
        Row(
            system: CodeSystem.icd10CM, code: "m54.16", finds: "M54.16", repairs: .codeSpelling,
            because: "lower case (b03)"),
        Row(
            system: CodeSystem.icd10CM, code: "m5416 ", finds: "M54.16", repairs: [.codeSpelling, .blanks],
            because: "both and a blank"),
        Row(
            system: CodeSystem.icd10CM, code: "C50", finds: "C50", repairs: [],
            because: "a header itself, without a dot"),
        Row(system: CodeSystem.icd10CM, code: "C50.911", finds: "C50.911", repairs: [], because: "a child of a header"),
        Row(
            system: CodeSystem.icd10CM, code: "c50911", finds: "C50.911", repairs: .codeSpelling,
            because: "a child of a header, badly spelled"),
        Row(system: CodeSystem.icd10CM, code: "C4A.9", finds: "C4A.9", repairs: [], because: "a letter in third place"),
        Row(system: CodeSystem.icd10CM, code: "M54", finds: nil, repairs: [], because: "shorter than the header"),
        Row(system: CodeSystem.icd10CM, code: "M54.1", finds: nil, repairs: [], because: "the parent of a listed code"),
        Row(
            system: CodeSystem.icd10CM, code: "M54.161", finds: nil, repairs: [],
            because: "behind a code that is no header"),
        Row(system: CodeSystem.icd10CM, code: "M5.416", finds: nil, repairs: [], because: "the dot in another place"),
        Row(system: CodeSystem.icd10CM, code: "M54..16", finds: nil, repairs: [], because: "two dots"),
        Row(system: CodeSystem.icd10CM, code: "M54-16", finds: nil, repairs: [], because: "another sign than a dot"),
        Row(system: CodeSystem.icd10CM, code: "C50.91112", finds: nil, repairs: [], because: "more than seven letters"),
        Row(system: CodeSystem.icd10CM, code: "MM4.16", finds: nil, repairs: [], because: "a letter in second place"),
        Row(system: CodeSystem.icd10CM, code: "C5", finds: nil, repairs: [], because: "too short"),
    ]

    @Test("as it stands in a record", arguments: rows)
    func match(_ row: Row) {
        let match = Self.terminology.match(row.system, row.code)
        #expect(match.concept?.code.code == row.finds)
        #expect(match.repairs == row.repairs)
        #expect(match.systemIsKnown == row.isKnownSystem)
        if row.finds != nil { #expect(match.concept?.code.system == match.system) }
    }

    @Test("A code of no list is a concept without uses, shown as recorded")
    func unknownCode() {
        let code = Code(system: "http://local.example/codes", code: "LBP", display: "back pain")
        let concept = Self.terminology.concept(code)
        #expect(concept == Concept(code))
        #expect(concept.code.display == "back pain")
    }

    @Test("The display of the record wins over that of the knowledge")
    func display() {
        let recorded = Code(system: CodeSystem.snomedCT, code: "128196005", display: "as written")
        #expect(Self.terminology.concept(recorded).code.display == "as written")
        let bare = Code(system: CodeSystem.snomedCT, code: "128196005")
        #expect(Self.terminology.concept(bare).code.display == "title of 128196005")
    }

    @Test("A terminology without content recognises systems and finds nothing")
    func empty() {
        let match = Terminology.empty.match(CodeSystem.snomedCT, "128196005")
        #expect(match.concept == nil)
        #expect(match.systemIsKnown)
    }
}
