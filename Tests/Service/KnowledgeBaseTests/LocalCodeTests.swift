import ClinicalModel
import KnowledgeBase
import Testing

@Suite("Codes of a site")
struct LocalCodeTests {
    private static func knowledge(
        add: [LocalCodes.AddedCode] = [], map: [LocalCodes.MappedCode] = [],
        excluding: Set<KnowledgeBase.LicensedSystem> = []
    ) throws(KnowledgeError) -> KnowledgeBase {
        var local = LocalCodes()
        local.added = add
        local.mapped = map
        return try KnowledgeBase(profiles: Profiles.folder, excluding: excluding, adding: local)
    }

    private static func added(
        _ set: String, _ code: String, system: String = "urn:oid:1.2.3", display: String = "Local",
        qualifiers: [String] = [], test: String? = nil
    ) -> LocalCodes.AddedCode {
        LocalCodes.AddedCode(
            set: set, system: system, code: code, display: display, qualifiers: qualifiers, test: test)
    }

    private static func mapped(_ code: String, _ finding: String, system: String = "urn:oid:1.2.3")
        -> LocalCodes.MappedCode
    {
        LocalCodes.MappedCode(system: system, code: code, finding: finding)
    }

    @Test("an added code does what the codes of its set do")
    func adding() throws {
        let terminology = try Self.knowledge(add: [
            Self.added("malignancy", "CA-7"), Self.added("vitals-labs", "CRP1", qualifiers: ["measure:crp"]),
            Self.added("mri-lumbar", "RAD.1", test: "MRI-WWO"), Self.added("bone-scan-spect", "RAD.2", test: "BONE"),
        ]).terminology
        func concept(_ code: String) -> Concept { terminology.concept(Code(system: "urn:oid:1.2.3", code: code)) }
        let cancer = try #require(concept("CA-7").uses.first)
        #expect(cancer.set == .malignancy && cancer.criterion == "redflag.malignancy" && cancer.alone == .yes)
        #expect(concept("CRP1").uses.contains { $0.measure == "crp" })
        #expect(concept("RAD.1").test == ImagingTest(modality: .mriWithoutAndWith, region: .lumbar))
        #expect(concept("RAD.2").test?.needsPainReason == true)
        #expect(terminology.members(of: .malignancy).contains { $0.code == "CA-7" })
    }

    @Test("a mapped code is read as the input code and keeps its own name")
    func mapping() throws {
        let terminology = try Self.knowledge(map: [
            Self.mapped("1200", "saddle-sensory-loss"), Self.mapped("1201", "reduced"),
        ]).terminology
        let concept = terminology.concept(Code(system: "urn:oid:1.2.3", code: "1200", display: "Perianal"))
        #expect(concept.finding == "saddle-sensory-loss")
        #expect(concept.code.display == "Perianal")
        #expect(concept.uses.isEmpty)
        #expect(terminology.concept(Code(system: "urn:oid:1.2.3", code: "1201")).finding == "reduced")
        #expect(terminology.concept(Code(system: "urn:oid:1.2.3", code: "1202")).finding == nil)
        #expect(terminology.concept(Code(system: "urn:oid:1.2.4", code: "1200")).finding == nil)
    }

    struct Refusal: CustomTestStringConvertible {
        let because: String
        var add: [LocalCodes.AddedCode] = []
        var map: [LocalCodes.MappedCode] = []
        var excluding: Set<KnowledgeBase.LicensedSystem> = []
        let problem: String
        var entry = LocalCodes.Entry.added(0)
        var testDescription: String { because }
    }

    static let refusals = [
        Refusal(because: "a set that there is not", add: [added("cancer", "a")], problem: "no value set cancer"),
        Refusal(
            because: "a code with another meaning", add: [added("malignancy", "M54.16", system: CodeSystem.icd10CM)],
            problem: "has a meaning in the guideline already (lumbosacral-radiculopathy)"),
        Refusal(
            because: "another meaning under another spelling of the system",
            add: [added("malignancy", "m5416", system: "urn:oid:2.16.840.1.113883.6.90")],
            problem: "has a meaning in the guideline already"),
        Refusal(
            because: "a child of a header with another meaning",
            add: [added("malignancy", "D80.0", system: CodeSystem.icd10CM)], problem: "immunocompromised-state"),
        Refusal(
            because: "a code of the set itself", add: [added("malignancy", "C79.51", system: CodeSystem.icd10CM)],
            problem: "stands in malignancy already"),
        Refusal(
            because: "no code of its system", add: [added("malignancy", "cancer", system: CodeSystem.icd10CM)],
            problem: "not written as a code of its system"),
        Refusal(
            because: "a code of the product's own system", add: [added("malignancy", "x", system: CodeSystem.findings)],
            problem: "own system"),
        Refusal(
            because: "a code of a system left out", add: [added("malignancy", "1", system: CodeSystem.snomedCT)],
            excluding: [.snomed], problem: "terminology.exclude"),
        Refusal(because: "a system that is no URI", add: [added("malignancy", "a", system: "local")], problem: "URI"),
        Refusal(because: "a blank in the code", add: [added("malignancy", "a b")], problem: "without blanks"),
        Refusal(
            because: "a display of 201 characters",
            add: [added("malignancy", "a", display: String(repeating: "d", count: 201))], problem: "display"),
        Refusal(
            because: "a measurement that does not say what it measures",
            add: [added("vitals-labs", "a")], problem: "needs a qualifier: measure:"),
        Refusal(
            because: "a qualifier that the set does not have",
            add: [added("vitals-labs", "a", qualifiers: ["measure:lipids"])], problem: "unknown qualifier"),
        Refusal(because: "imaging without its test", add: [added("mri-lumbar", "a")], problem: "needs a test: MRI-WO"),
        Refusal(
            because: "imaging with the test of another set", add: [added("mri-lumbar", "a", test: "CT-WO")],
            problem: "needs a test: MRI-WO"),
        Refusal(
            because: "a test where none is", add: [added("malignancy", "a", test: "MRI-WO")],
            problem: "only value sets of imaging"),
        Refusal(
            because: "the second of two meanings of a site", add: [added("malignancy", "a"), added("diabetes", "a")],
            problem: "twice", entry: .added(1)),
        Refusal(
            because: "added and mapped", add: [added("malignancy", "a")], map: [mapped("a", "fever-or-chills")],
            problem: "twice", entry: .mapped(0)),
        Refusal(
            because: "an input code that there is not", map: [mapped("a", "fever")], problem: "no input code fever",
            entry: .mapped(0)),
        Refusal(
            because: "a mapped code with a meaning", map: [mapped("72148", "fever-or-chills", system: CodeSystem.cpt)],
            problem: "has a meaning", entry: .mapped(0)),
        Refusal(
            because: "an ICD-10-CM code as a local one",
            map: [mapped("R99.9", "fever-or-chills", system: CodeSystem.icd10CM)], problem: "no local code",
            entry: .mapped(0)),
    ]

    @Test("what would change a meaning or decide nothing is refused and named", arguments: refusals)
    func refused(_ row: Refusal) throws {
        let error = #expect(throws: KnowledgeError.self) {
            _ = try Self.knowledge(add: row.add, map: row.map, excluding: row.excluding)
        }
        let problems = try #require(error?.localCodes)
        #expect(problems.map(\.entry) == [row.entry])
        #expect(problems.first?.problem.contains(row.problem) == true, "\(problems)")
    }

    @Test("the digest changes with every code and not with their order")
    func digest() throws {
        let shipped = try Self.knowledge().digest
        let first = Self.added("malignancy", "a")
        let second = Self.added("malignancy", "b")
        let third = Self.mapped("c", "fever-or-chills")
        let digests = [
            shipped, try Self.knowledge(add: [first]).digest, try Self.knowledge(add: [first, second]).digest,
            try Self.knowledge(add: [first], map: [third]).digest,
            try Self.knowledge(map: [Self.mapped("c", "iv-drug-use")]).digest,
        ]
        #expect(Set(digests).count == digests.count)
        #expect(try Self.knowledge(add: [second, first]).digest == digests[2])
    }
}
