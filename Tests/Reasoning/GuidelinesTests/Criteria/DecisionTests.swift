import ClinicalModel
import Guidelines
import Testing

@Suite("The decision over all criteria (R15, R35, R55)")
struct DecisionTests {
    @Test("a whole decision lists every criterion in the contract's order")
    func complete() {
        let decision = guidelineUnderTest.review(imagingOrder(), in: record(), asOf: today)
        #expect(decision.criteria.map(\.id) == CriterionID.imaging)
        #expect(decision.outcome.rule == "A10-EARLY")
        #expect(decision.outcome.provisional)
        #expect(decision.statements == ["G01", "G02", "G19"])
    }

    @Test("removal is withheld where a denial is older than 14 days (R35)")
    func recentScreen() {
        let recent = with(screenDenied())
        let old = with(screenDenied(but: ["iv-drug-use"]) + [no("iv-drug-use", daysAgo(15))])
        #expect(guidelineUnderTest.review(imagingOrder(), in: recent, asOf: today).outcome.removeSuggestionAllowed)
        let decision = guidelineUnderTest.review(imagingOrder(), in: old, asOf: today)
        #expect(decision.criterion(.infection).result == .notMet)
        #expect(!decision.outcome.removeSuggestionAllowed)
    }

    @Test("an order that is no lumbar imaging is not evaluated (R15)")
    func otherOrders() {
        var cervical = imagingOrder()
        cervical.concepts = [
            Concept(Code(system: "urn:test", code: "c"), test: ImagingTest(modality: .mriWithout, region: .other))
        ]
        let decision = guidelineUnderTest.review(cervical, in: record(), asOf: today)
        #expect(decision.outcome.rule == nil)
        #expect(decision.outcome.rating == .notEvaluated)
        #expect(decision.because != nil)
        cervical.bodySites = [.lumbarOrSacral]
        #expect(
            guidelineUnderTest.review(cervical, in: record(), asOf: today).outcome.rule == nil, "the code's region wins"
        )
    }

    @Test(
        "a code without a region takes that of the body site; whole-body tests need none",
        arguments: [
            (Modality.mriWithout, [BodySite.lumbarOrSacral], "A10-EARLY"), (.mriWithout, [], nil),
            (.mriWithout, [.other], nil),
            (.boneScan, [], "A10-EARLY"), (.pet, [], "A10-EARLY"),
        ] as [(Modality, [BodySite], String?)])
    func region(_ modality: Modality, _ sites: [BodySite], _ rule: String?) {
        var order = imagingOrder()
        order.concepts = [
            Concept(Code(system: "urn:test", code: "c"), test: ImagingTest(modality: modality, region: .notStated))
        ]
        order.bodySites = sites
        #expect(guidelineUnderTest.review(order, in: record(), asOf: today).outcome.rule == rule)
    }

    @Test("a dead patient gets no advice (R55)")
    func deceased() {
        let decision = guidelineUnderTest.review(imagingOrder(), in: record { $0.isDeceased = true }, asOf: today)
        #expect(decision.outcome.rule == nil)
        #expect(decision.outcome.card == nil)
        #expect(decision.because?.contains("deceased") == true)
    }

    @Test("only what was not evaluated says why")
    func whyNot() {
        #expect(guidelineUnderTest.review(imagingOrder(), in: record(), asOf: today).because == nil)
        let child = guidelineUnderTest.review(imagingOrder(), in: record(birth: "2010-01-01"), asOf: today)
        #expect(child.because == "the patient is under the age of the adult guideline")
    }
}
