import ClinicalModel
import Guidelines
import Testing

private func coded(
    _ criterion: CriterionID, _ role: CodeUse.Role = "caution", _ alone: CodeUse.Alone = .no,
    part: CodeUse.Part = .presenting
) -> Concept {
    concept("cautions", criterion, nil, part, role, alone)
}
private func having(_ concept: Concept, certainty: Certainty = .confirmed, status: ClinicalStatus = .active)
    -> ClinicalRecord
{
    record { $0.conditions.append(condition(concept, onset: daysAgo(30), status: status, certainty: certainty)) }
}
private func taking(_ set: ValueSetName, isActive: Bool = true, end: PartialDate? = nil) -> ClinicalRecord {
    record { $0.medications = [taken(concept(set, nil), kind: .statement, isActive: isActive, end: end)] }
}

/// What stands on the card of an order beside its criteria and decides nothing (ruling R23).
@Suite("Cautions beside an order")
struct TherapyCautionTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let order: TherapyOrder?
        let record: ClinicalRecord
        let shown: [String]

        init(_ because: String, _ order: TherapyOrder?, _ record: ClinicalRecord, _ shown: [String]) {
            testDescription = because
            self.order = order
            self.record = record
            self.shown = shown
        }
    }

    private static let nsaid = TherapyOrder(draft(ibuprofen))
    private static let relaxing = TherapyOrder(draft(relaxant))
    private static let opiate = TherapyOrder(draft(opioid()))
    private static let injection = TherapyOrder(service(.epiduralSteroidInjection))
    private static let caution = "caution with NSAIDs"

    static let rows = [
        Row("nothing on record", nsaid, record(), []),
        Row("a caution", nsaid, having(coded(.nsaidContraindicated)), [caution]),
        Row("a caution that may stand alone", nsaid, having(coded(.nsaidContraindicated, "caution", .yes)), [caution]),
        Row("a finding that is never enough", nsaid, having(coded(.nsaidContraindicated, "finding", .no)), [caution]),
        Row("a finding that decides", nsaid, having(coded(.nsaidContraindicated, "finding", .yes)), []),
        Row("a caution of the history", nsaid, having(coded(.nsaidContraindicated, part: .history)), []),
        Row("a caution ruled out", nsaid, having(coded(.nsaidContraindicated), certainty: .refuted), []),
        Row("a caution of the past", nsaid, having(coded(.nsaidContraindicated), status: .resolved), []),
        Row("a caution of another order", nsaid, having(coded(.olderAdult)), []),
        Row("a caution with relaxants", relaxing, having(coded(.olderAdult)), ["caution with muscle relaxants"]),
        Row("a caution with opioids", opiate, having(coded(.overlappingSedative)), ["caution with opioids"]),
        Row("opioid use disorder", opiate, having(coded(.excludedPopulation)), ["opioid use disorder"]),
        Row("an anticoagulant beside an NSAID", nsaid, taking(.anticoagulants), ["anticoagulant"]),
        Row("beside an injection", injection, taking(.anticoagulants), ["anticoagulant"]),
        Row("beside an operation", TherapyOrder(service(.spineSurgery)), taking(.anticoagulants), ["anticoagulant"]),
        Row("beside an opioid", opiate, taking(.anticoagulants), []),
        Row("no longer taken", nsaid, taking(.anticoagulants, isActive: false, end: daysAgo(2)), []),
        Row("another drug beside an NSAID", nsaid, taking(.benzodiazepines), []),
        Row("an opioid already taken", opiate, taking(.opioidsOutpatient), ["opioid already taken"]),
        Row("beside gabapentin", TherapyOrder(draft(gabapentin)), taking(.anticoagulants), []),
    ]

    @Test("an anticoagulant is named, and no lumbar puncture is suggested beside it")
    func puncture() throws {
        let order = try #require(Self.injection)
        for (record, drug) in [(record(), nil), (taking(.anticoagulants), "anticoagulants code")] {
            let facts = guidelineUnderTest.review(order, in: record, asOf: today).cardFacts
            #expect(facts.anticoagulant == drug && facts.avoidLumbarPuncture == (drug != nil))
        }
    }

    static let reasons = [
        (draft(opioid()), false), (draft(opioid(), reasons: [orderReason(radiculopathy)]), true),
        (draft(opioid(), hasReasonText: true), true),
    ]

    @Test("an order has a reason in codes or in words", arguments: reasons)
    func reason(_ drug: MedicationUse, _ hasReason: Bool) throws {
        let order = try #require(TherapyOrder(drug))
        #expect(guidelineUnderTest.review(order, in: record(), asOf: today).cardFacts.orderHasReason == hasReason)
    }

    @Test("are shown", arguments: rows)
    func shown(_ row: Row) throws {
        let decision = guidelineUnderTest.review(try #require(row.order), in: row.record, asOf: today)
        #expect(decision.cardFacts.shownOnly.map(\.because) == row.shown)
    }
}
