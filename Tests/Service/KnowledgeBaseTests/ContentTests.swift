import ClinicalModel
import KnowledgeBase
import Testing

@Suite("What the knowledge says of codes")
struct ContentTests {
    struct Row: CustomTestStringConvertible {
        var system = CodeSystem.icd10CM
        let code: String
        let criterion: String
        /// `part/role/alone` of each use of the criterion.
        let uses: Set<String>
        let because: String
        var testDescription: String { "\(code) for \(criterion): \(because)" }
    }

    static let rows = [
        Row(
            code: "M54.16", criterion: "radiculopathy", uses: ["presenting/finding/yes"],
            because: "lumbar radiculopathy"),
        Row(
            code: "M54.15", criterion: "radiculopathy", uses: ["presenting/finding/review"],
            because: "thoracolumbar: the order decides"),
        Row(
            code: "M54.31", criterion: "redflag.caudaEquina", uses: ["hint/hint/no"],
            because: "with the other side only"),
        Row(
            system: CodeSystem.snomedCT, code: "15633361000119103", criterion: "redflag.caudaEquina",
            uses: ["hint/hint/review"], because: "bilateral sciatica"),
        Row(
            system: CodeSystem.snomedCT, code: "15633361000119103", criterion: "radiculopathy",
            uses: ["presenting/finding/yes"], because: "bilateral sciatica is radiculopathy, a second row"),
        Row(
            code: "C79.51", criterion: "redflag.malignancy", uses: ["presenting/finding/yes"],
            because: "metastatic: the longest row wins over the default"),
        Row(code: "C50.911", criterion: "redflag.malignancy", uses: ["risk/finding/yes"], because: "first default"),
        Row(code: "C50.911", criterion: "radiculopathy", uses: ["exclusion/staging/yes"], because: "second default"),
        Row(code: "Z85.3", criterion: "redflag.malignancy", uses: ["risk/history/yes"], because: "history is risk"),
        Row(
            code: "C44.91", criterion: "redflag.malignancy", uses: ["exclusion/denies/no"],
            because: "skin cancer by header"),
        Row(
            code: "D45", criterion: "redflag.malignancy", uses: ["hint/hint/review"],
            because: "a hint of no other set"),
        Row(
            code: "M21.371", criterion: "redflag.progressiveDeficit",
            uses: ["presenting/finding/needs-new", "hint/hint/review"],
            because: "foot drop: undated a hint, dated a finding (R37)"),
        Row(
            system: CodeSystem.snomedCT, code: "300948004", criterion: "redflag.progressiveDeficit",
            uses: ["hint/hint/needs-new"], because: "the hint wins over the set's row (R56)"),
        Row(
            code: "R33.9", criterion: "redflag.caudaEquina", uses: ["presenting/finding/yes"],
            because: "two sets say the same"),
        Row(
            code: "N39.491", criterion: "redflag.caudaEquina", uses: ["hint/finding/review"],
            because: "its row wins over that of the header N39.49"),
        Row(
            code: "M46.26", criterion: "redflag.infection", uses: ["presenting/finding/yes"],
            because: "a leaf with a region wins over its header"),
        Row(
            code: "M46.21", criterion: "redflag.infection", uses: ["hint/finding/review"],
            because: "a leaf of another region keeps the row of the header"),
        Row(code: "M46.2", criterion: "redflag.infection", uses: ["hint/finding/review"], because: "the header itself"),
        Row(
            code: "W17.89XA", criterion: "redflag.fracture", uses: ["hint/finding/review"],
            because: "an external cause that no file lists"),
        Row(
            code: "V43.52XA", criterion: "redflag.fracture", uses: ["presenting/finding/yes"],
            because: "an external cause of a block"),
        Row(
            code: "S22.080A", criterion: "redflag.fracture", uses: ["presenting/finding/yes"],
            because: "thoracic vertebra"),
        Row(
            code: "S72.001A", criterion: "redflag.fracture", uses: ["hint/hint/review"],
            because: "another region: hint only, in both sets"),
        Row(
            code: "E11.9", criterion: "redflag.infection", uses: ["exclusion/context/no"],
            because: "diabetes never counts"),
        Row(
            system: CodeSystem.snomedCT, code: "102603008", criterion: "redflag.caudaEquina",
            uses: ["presenting/finding/needs-site"], because: "numb skin needs the saddle"),
        Row(
            code: "M80.08XA", criterion: "redflag.fracture",
            uses: ["presenting/finding/yes", "risk/finding/yes"], because: "presenting and, as a second row, a risk"),
        Row(code: "Z98.84", criterion: "redflag.malignancy", uses: ["exclusion/cause/yes"], because: "a known reason"),
    ]

    @Test("by the role table", arguments: rows)
    func uses(_ row: Row) throws {
        let concept = try Profiles.loaded.get().terminology.concept(Code(system: row.system, code: row.code))
        let uses = concept.uses.filter { $0.criterion == row.criterion }
        #expect(Set(uses.map { "\($0.part)/\($0.role.rawValue)/\($0.alone.rawValue)" }) == row.uses)
    }

    @Test("Conditions that the notes carry are words of their own")
    func qualifiers() throws {
        let terminology = try Profiles.loaded.get().terminology
        func words(_ system: String, _ code: String, _ set: ValueSetName) -> Set<CodeUse.Qualifier> {
            Set(
                terminology.concept(Code(system: system, code: code)).uses.filter { $0.set == set }.flatMap(
                    \.qualifiers))
        }
        #expect(words(CodeSystem.icd10CM, "M54.31", .hints) == [.bothSides, .right])
        #expect(words(CodeSystem.icd10CM, "M54.42", .hints) == [.bothSides, .left])
        #expect(words(CodeSystem.icd10CM, "T81.49XA", .hints) == [.withSpineSurgery])
        #expect(words(CodeSystem.icd10CM, "M47.12", .hints) == [.otherLevel])
        #expect(words(CodeSystem.icd10CM, "C79.51", .malignancy) == [.metastatic])
        #expect(words(CodeSystem.icd10CM, "M48.56XA", .osteoporosisFragilityFracture) == [.currentFracture])
        let depression = terminology.concept(Code(system: CodeSystem.icd10CM, code: "F32.9"))
        #expect(depression.uses.first?.applies == ["tricyclic"])
        let neuropathy = terminology.concept(Code(system: CodeSystem.icd10CM, code: "E11.42"))
        let indication = neuropathy.uses.first { $0.set == .neuropathicOtherIndication }
        #expect(indication?.applies == ["gabapentinoid", "tricyclic"])
        let bowel = terminology.concept(Code(system: CodeSystem.icd10CM, code: "K50.90"))
        #expect(bowel.uses.first?.explains == ["bowel"])
    }

    static let measures = [
        ("1988-5", "crp"), ("30522-7", "crp"), ("4537-7", "esr"), ("30341-2", "esr"), ("8310-5", "temperature"),
        ("29463-7", "weight"), ("3141-9", "weight"), ("24467-3", "cd4"), ("38267-1", "t-score"),
        ("600-7", "blood-culture"), ("72514-3", "pain"), ("97909-6", "function"), ("82810-3", "pregnancy-status"),
        ("11778-8", "due-date"), ("98979-8", "egfr"), ("2160-0", "creatinine"), ("6690-2", "leukocytes"),
    ]

    @Test("Measurements are told apart", arguments: measures)
    func measure(_ code: String, _ measure: String) throws {
        let concept = try Profiles.loaded.get().terminology.concept(Code(system: CodeSystem.loinc, code: code))
        #expect(Set(concept.uses.compactMap(\.measure)) == [measure])
    }

    struct ImagingRow: CustomTestStringConvertible {
        let system: String
        let code: String
        let test: ImagingTest
        let because: String
        var testDescription: String { "\(code): \(because)" }
    }

    static let imagingRows = [
        ImagingRow(
            system: CodeSystem.cpt, code: "72148", test: ImagingTest(modality: .mriWithout, region: .lumbar),
            because: "plain"),
        ImagingRow(
            system: CodeSystem.cpt, code: "72133", test: ImagingTest(modality: .ctWith, region: .lumbar),
            because: "without and with (R8)"),
        ImagingRow(
            system: CodeSystem.cpt, code: "72265", test: ImagingTest(modality: .ctMyelography, region: .lumbar),
            because: "plain myelography (R8)"),
        ImagingRow(
            system: CodeSystem.snomedCT, code: "241645008",
            test: ImagingTest(modality: .mriWithout, region: .notStated), because: "spine, region not stated"),
        ImagingRow(
            system: CodeSystem.cpt, code: "72020", test: ImagingTest(modality: .radiograph, region: .notStated),
            because: "level not in the code"),
        ImagingRow(
            system: CodeSystem.cpt, code: "72270", test: ImagingTest(modality: .ctMyelography, region: .notStated),
            because: "two or more regions"),
        ImagingRow(
            system: CodeSystem.cpt, code: "72220",
            test: ImagingTest(modality: .radiograph, region: .other, needsPainReason: true),
            because: "sacrum and coccyx, not lumbar"),
        ImagingRow(
            system: CodeSystem.cpt, code: "78306",
            test: ImagingTest(modality: .boneScan, region: .notStated, needsPainReason: true), because: "whole body"),
        ImagingRow(
            system: CodeSystem.cpt, code: "62290", test: ImagingTest(modality: nil, region: .lumbar),
            because: "discography is outside the fit table"),
        ImagingRow(
            system: CodeSystem.snomedCT, code: "113091000",
            test: ImagingTest(modality: .mriWithout, region: .notStated), because: "MRI of anything (quirk f13)"),
        ImagingRow(
            system: CodeSystem.dicom, code: "MR", test: ImagingTest(modality: .mriWithout, region: .notStated),
            because: "modality of a study (quirk f09)"),
    ]

    @Test("Imaging tests", arguments: imagingRows)
    func imagingTest(_ row: ImagingRow) throws {
        let concept = try Profiles.loaded.get().terminology.concept(Code(system: row.system, code: row.code))
        #expect(concept.test == row.test)
    }

    static let suggestions: [(Modality, [String])] = [
        (.mriWithout, ["72148", "30679-5", "394451000119106"]), (.mriWithoutAndWith, ["72158", "24967-2"]),
        (.mriWith, ["72149", "30678-7", "41333006"]), (.ctWithout, ["72131", "30620-9", "572091000119106"]),
        (.ctWith, ["72132", "24964-9", "90523008"]), (.ctMyelography, ["24965-6", "241592002"]),
        (.radiograph, ["72100", "24972-2", "840361000"]), (.boneScan, ["78300", "39813-1"]),
        (.pet, ["78811", "44139-4", "443271005"]),
    ]

    @Test("Codes that a suggestion uses", arguments: suggestions)
    func preferredCodes(_ test: Modality, _ codes: [String]) throws {
        let terminology = try Profiles.loaded.get().terminology
        let found = terminology.preferredCodes(of: test)
        #expect(found.map(\.code) == codes)
        #expect(found.allSatisfy { $0.display?.isEmpty == false })
    }

    @Test("Drug products: ingredient, strength, route and form")
    func products() throws {
        let terminology = try Profiles.loaded.get().terminology
        func drug(_ code: String) -> Concept { terminology.concept(Code(system: CodeSystem.rxNorm, code: code)) }
        #expect(drug("197806").ingredients == [Ingredient(rxNorm: "5640", strengthMg: 600)])
        #expect(drug("197806").form == DrugForm(route: .oral))
        #expect(drug("198145").ingredients == [Ingredient(rxNorm: "8640", strengthMg: 10, prednisoneEquivalent: 5)])
        #expect(drug("763185").ingredients.first?.strength == nil, "a pack has no strength of a unit")
        #expect(drug("793099").ingredients.first?.strength == Strength(value: 3, unit: "mg/mL"))
        #expect(drug("859315").ingredients.map(\.rxNorm).sorted() == ["5489", "5640"], "hydrocodone with ibuprofen")
        #expect(drug("859315").ingredients.first { $0.rxNorm == "5489" }?.strengthMg == 10)
        #expect(drug("859315").form?.isCombination == true)
        #expect(drug("892643").form == DrugForm(route: .oral, isExtendedRelease: true))
        #expect(drug("855642").form?.use == .topical, "diclofenac gel")
        #expect(drug("616830").form?.use == .inhaledOrNasal, "budesonide by inhaler")
        #expect(drug("5640").form == nil)
        #expect(drug("5640").ingredients == [Ingredient(rxNorm: "5640", strengthMg: nil)])
        #expect(drug("7804").ingredients.first?.morphineFactor?.factor == 1.5)
        #expect(drug("6378").ingredients.first?.morphineFactor != nil)
        #expect(drug("6378").ingredients.first?.morphineFactor?.factor == nil, "levorphanol: dose unknown")
    }

    @Test("Body sites and sides")
    func bodySites() throws {
        let terminology = try Profiles.loaded.get().terminology
        func site(_ system: String, _ code: String) -> BodySite? {
            terminology.concept(Code(system: system, code: code)).bodySite
        }
        #expect(site(CodeSystem.snomedCT, "122496007") == .lumbarOrSacral)
        #expect(site(CodeSystem.snomedCT, "52612000") == .lumbarOrSacral)
        #expect(site(CodeSystem.snomedCT, "38864007") == .saddle)
        #expect(site(CodeSystem.bodySiteV2, "PERIN") == .saddle)
        #expect(site(CodeSystem.snomedCT, "7771000") == .left)
        #expect(site(CodeSystem.snomedCT, "24028007") == .right)
        #expect(site(CodeSystem.snomedCT, "51440002") == .bilateral)
        #expect(site(CodeSystem.snomedCT, "421060004") == nil, "the whole spine decides nothing")
    }

    @Test("The product's own input codes")
    func findings() throws {
        let terminology = try Profiles.loaded.get().terminology
        #expect(terminology.findings.count == 57)
        let saddle = try #require(terminology.finding("saddle-sensory-loss"))
        #expect(saddle.values == [.boolean])
        #expect(saddle.targets == [.init(criterion: "redflag.caudaEquina", component: "saddle")])
        #expect(saddle.part == .presenting && saddle.isScreen && saddle.validityDays == 1)
        let cancer = try #require(terminology.finding("personal-cancer"))
        #expect(cancer.part == .risk && cancer.validityDays == 365)
        #expect(terminology.finding("fever-or-chills")?.validityDays == 14)
        #expect(terminology.finding("bilateral-sciatica")?.part == .hint)
        #expect(terminology.finding("anal-tone")?.answers == ["normal", "reduced", "absent"])
        #expect(terminology.finding("pvr-ml")?.range == 0...3000)
        #expect(terminology.finding("pvr-ml")?.unit == "mL")
        #expect(
            terminology.finding("mri-safety")?.targets.map(\.criterion) == [
                "modifier.mriContraindicated", "modifier.mrDevice",
            ])
        let strength = try #require(terminology.finding("strength-great-toe-extension-left"))
        #expect(strength.muscle == "great-toe-extension" && strength.side == .left)
        #expect(strength.values == [.quantity, .string] && strength.range == 0...5)
        #expect(terminology.finding("conservative-care-completed")?.values == [.period, .boolean])
        #expect(terminology.finding("normal")?.isAnswer == true)
        #expect(terminology.finding("no-such-code") == nil)
        // Ruling R2: the questions of the screen, by family.
        let screen = terminology.findings.filter(\.isScreen).flatMap(\.targets).map(\.criterion)
        let counts = Dictionary(screen.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(
            counts == [
                "redflag.caudaEquina": 4, "redflag.progressiveDeficit": 1, "redflag.infection": 3,
                "redflag.malignancy": 2, "redflag.fracture": 3,
            ])
        let oid = Array("2.25.212128376708657056537184201159124270098".utf8)
        let match = terminology.match(system: oid.span, code: Array("saddle-sensory-loss".utf8).span)
        #expect(match.concept?.finding == "saddle-sensory-loss")
    }
}
