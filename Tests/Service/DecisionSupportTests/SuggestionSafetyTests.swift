import CDSHooks
import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree
import Testing

@Suite("What suggestions never do")
struct SuggestionSafetyTests {
    /// Every card with every test, rating, flag and safety state that could meet it, possible or not.
    static let cases: [Case] = CardID.allCases.flatMap { card in
        Modality.allCases.flatMap { modality in
            [CriterionResult.notMet, .unknown, .suspected, .met].flatMap { flag in
                [CriterionResult.noneOnRecord, .met].map { safety in
                    Case(
                        card: card, indicator: .warning, rule: "A10-EARLY",
                        rating: flag == .met ? .usuallyAppropriate : .usuallyNotAppropriate,
                        contextClass: flag == .met ? .infectionOrMalignancy : .noFlag,
                        fit: modality.isMRI ? .preferred : .noRole, modality: modality,
                        results: [
                            .caudaEquina: flag, .progressiveDeficit: .notMet, .infection: flag, .malignancy: .notMet,
                            .fracture: .notMet, .mriContraindicated: safety, .mrDevice: safety,
                        ], removal: true)
                }
            }
        }
    }

    @Test("delete an order alone unless every family is denied and the decision allows it (I6, R35)")
    func noLoneDeletion() {
        for the in Self.cases {
            guard let decided = the.card() else { continue }
            if the.results[.caudaEquina] != .notMet {
                #expect(!decided.hasStandAloneDeletion, "\(the.card) \(the.results)")
            }
        }
        var allowed = Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate, results: Case.denied)
        allowed.removal = false
        #expect(allowed.card()?.hasStandAloneDeletion == false)
        allowed.removal = true
        #expect(allowed.card()?.hasStandAloneDeletion == true)
        #expect(allowed.card()?.card.suggestions.contains(where: \.isRecommended) == false)
    }

    @Test("suggest an MRI where it is documented as contraindicated")
    func noContraindicatedMRI() {
        for the in Self.cases where the.results[.mriContraindicated] == .met {
            guard let decided = the.card() else { continue }
            #expect(
                !decided.createdTexts.contains { $0.hasPrefix("MRI") },
                "\(the.card) \(String(describing: the.modality))")
        }
    }

    @Test("suggest gadolinium against a caution (R48)", arguments: ["renal failure", "pregnancy"])
    func noGadolinium(_ caution: String) throws {
        var the = Case(
            card: .k03, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
            contextClass: .infectionOrMalignancy, fit: .noRole, modality: .boneScan,
            results: [.infection: .met], presenting: [.infection])
        #expect(try #require(the.card()).createdTexts.contains { $0.hasPrefix("MRI without and with contrast") })
        if caution == "pregnancy" { the.results[.pregnant] = .met } else { the.facts.gadoliniumCautions = [caution] }
        let decided = try #require(the.card())
        #expect(!decided.createdTexts.contains { $0.contains("with contrast,") || $0.contains("and with contrast") })
        #expect(decided.createdTexts.contains { $0.hasPrefix("MRI without contrast") })
        #expect(decided.card.detail?.contains(caution) == true)
    }

    @Test("suggest gadolinium in an emergency (R48)")
    func emergencyWithoutContrast() throws {
        let the = Case(
            card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
            fit: .inadequate, modality: .radiograph, results: [.caudaEquina: .met, .infection: .met])
        #expect(try #require(the.card()).createdTexts.first == "MRI without contrast, lumbar spine")
    }

    @Test("suggest a lumbar puncture under anticoagulation or with suspected infection (R47)")
    func noPuncture() throws {
        var the = Case(
            card: .k19, indicator: .warning, rule: "A10-INDICATED", rating: .usuallyAppropriate, fit: .verify,
            results: [.mriContraindicated: .met])
        #expect(try #require(the.card()).createdTexts.contains { $0.hasPrefix("CT myelography") })
        the.facts.anticoagulant = "warfarin"
        #expect(try !#require(the.card()).createdTexts.contains { $0.hasPrefix("CT myelography") })
        #expect(try !#require(the.card()).card.summary.contains("myelography"))
        the.facts.anticoagulant = nil
        the.results[.infection] = .suspected
        #expect(try !#require(the.card()).createdTexts.contains { $0.hasPrefix("CT myelography") })
    }

    @Test("suggest an MRI without the safety line where a device is not known to be safe (R48)")
    func safetyLine() throws {
        let the = Case(
            card: .k02, indicator: .critical, rule: "A2", rating: .usuallyAppropriate, contextClass: .emergency,
            fit: .notPreferred, modality: .ctWithout, results: [.progressiveDeficit: .met, .mrDevice: .met])
        let decided = try #require(the.card())
        let order = try #require(decided.created.first)
        #expect(String(decoding: order.encoded(), as: UTF8.self).contains("MR safety is not known"))
        #expect(!decided.actionKinds.contains("delete"))
    }

    @Test("update or delete an order without an id")
    func draftWithoutID() throws {
        let draft = try #require(
            DraftOrder(
                json: Array(
                    #"{"resourceType":"ServiceRequest","status":"draft","intent":"order","subject":{"reference":"Patient/p1"}}"#
                        .utf8)))
        for the in Self.cases {
            guard let decided = the.card(draft: draft) else { continue }
            #expect(decided.actionKinds.allSatisfy { $0.hasPrefix("create") }, "\(the.card) \(decided.actionKinds)")
        }
    }

    @Test("create anything without a patient")
    func noPatient() throws {
        var decision = Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate
        ).decision
        decision.subject = nil
        let card = try #require(Case.builder.card(for: .init(decision)))
        #expect(card.suggestions.isEmpty)
        #expect(card.json["selectionBehavior"] == nil)
    }
}
