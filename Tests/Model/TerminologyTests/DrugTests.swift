import ClinicalModel
import Testing

@Suite("Drugs, sites and tests of a code")
struct DrugTests {
    static func content() -> TerminologyContent {
        var content = TerminologyContent()
        content.valueSets = [
            Sample.set(
                .systemicCorticosteroids,
                [
                    ValueSetContent.Group(
                        system: CodeSystem.rxNorm, members: [("8640", "Prednisone"), ("198145", "10 mg")])
                ]),
            Sample.set(
                .opioidsOutpatient,
                [ValueSetContent.Group(system: CodeSystem.rxNorm, members: [("7804", "Oxycodone")])]),
            Sample.set(.bodySiteSaddle, [Sample.snomed(["38864007"])]),
            Sample.set(
                .mriLumbar,
                [
                    ValueSetContent.Group(system: CodeSystem.loinc, members: [("30679-5", "MR"), ("24968-0", "MR")]),
                    ValueSetContent.Group(system: CodeSystem.cpt, members: [("72148", "MRI")]),
                ]),
        ]
        content.roles = [Sample.row(.bodySiteSaddle, .history, "site", .no)]
        let strength = Strength(value: 10, unit: "mg")
        content.products = [
            "198145": DrugProduct(
                ingredients: [Ingredient(rxNorm: "8640", strength: strength)], form: DrugForm(route: .oral))
        ]
        content.prednisoneEquivalents = ["8640": 5]
        let test = ImagingTest(modality: .mriWithout, region: .lumbar)
        content.imagingTests = [
            ImagingTestRow(code: Code(system: CodeSystem.loinc, code: "24968-0"), test: test),
            ImagingTestRow(code: Code(system: CodeSystem.loinc, code: "30679-5"), test: test, isPreferred: true),
            ImagingTestRow(code: Code(system: CodeSystem.cpt, code: "72148"), test: test, isPreferred: true),
            ImagingTestRow(
                code: Code(system: CodeSystem.snomedCT, code: "394451000119106"), test: test, isPreferred: true),
        ]
        content.morphineFactors = [MorphineFactor(ingredient: "7804", factor: 1.5, unit: "mg/day", route: "oral")]
        return content
    }

    static let terminology = Terminology(content())

    @Test("A product has its ingredient with strength and equivalent, an ingredient has itself")
    func ingredients() {
        let product = Self.terminology.match(CodeSystem.rxNorm, "198145").concept
        #expect(product?.ingredients.map(\.rxNorm) == ["8640"])
        #expect(product?.ingredients.first?.strengthMg == 10)
        #expect(product?.ingredients.first?.prednisoneEquivalent == 5)
        #expect(product?.form?.use == .systemic)
        let ingredient = Self.terminology.match(CodeSystem.rxNorm, "8640").concept
        #expect(ingredient?.ingredients == [Ingredient(rxNorm: "8640", strengthMg: nil, prednisoneEquivalent: 5)])
        #expect(ingredient?.form == nil)
    }

    @Test("A concentration is no strength of a unit")
    func concentration() {
        #expect(Ingredient(rxNorm: "8640", strength: Strength(value: 1, unit: "mg/mL")).strengthMg == nil)
    }

    @Test("Membership in a site set gives the body site")
    func bodySite() {
        #expect(Self.terminology.match(CodeSystem.snomedCT, "38864007").concept?.bodySite == .saddle)
        #expect(Self.terminology.match(CodeSystem.loinc, "30679-5").concept?.bodySite == nil)
    }

    @Test("A test of the modality map is there only for codes that a set lists")
    func tests() {
        #expect(Self.terminology.match(CodeSystem.cpt, "72148").concept?.test?.modality == .mriWithout)
        #expect(Self.terminology.match(CodeSystem.snomedCT, "394451000119106").concept == nil)
    }

    @Test("Codes for a suggestion: CPT before LOINC, none that is not loaded")
    func preferredCodes() {
        #expect(Self.terminology.preferredCodes(of: .mriWithout).map(\.code) == ["72148", "30679-5"])
        #expect(Self.terminology.preferredCodes(of: .pet).isEmpty)
    }

    @Test("Morphine factors by ingredient; an ingredient of no row has none")
    func morphineFactors() {
        func factor(of code: String) -> Double? {
            Self.terminology.match(CodeSystem.rxNorm, code).concept?.ingredients.first?.morphineFactor?.factor
        }
        #expect(factor(of: "7804") == 1.5)
        #expect(factor(of: "8640") == nil)
    }

    @Test("Routes of dose forms as exposure", arguments: DrugForm.Route.allCases)
    func routes(_ route: DrugForm.Route) {
        let local: Set<DrugForm.Route> = [.topical, .eyeOrEar, .otherLocal]
        let expected: MedicationUse.Route =
            switch route {
            case .inhaledOrNasal: .inhaledOrNasal
            case .injected: .notStated
            default: local.contains(route) ? .topical : .systemic
            }
        #expect(DrugForm(route: route).use == expected)
    }
}
