import ClinicalModel
import Guidelines
import Testing

private let rest = service(.bedRestOrder)
private let injection = service(.epiduralSteroidInjection)
private let surgery = service(.spineSurgery)

private let fever = answer("fever-or-chills", .boolean(true))
private let saddle = answer("saddle-sensory-loss", .boolean(true))
private let weakness = answer("leg-weakness-worsening", .boolean(true))
private let weightLoss = answer("unexplained-weight-loss", .boolean(true))
private let cancer = answer("personal-cancer", .boolean(true))
private let trauma = answer("significant-trauma-recent", .boolean(true))
private let steroids = answer("long-term-systemic-steroids", .boolean(true))
private let drugUse = answer("iv-drug-use", .boolean(true))

private func answered(
    onset: PartialDate? = daysAgo(20), birth: String? = "1980-01-01", _ observations: Observation...
) -> ClinicalRecord {
    record(onset: onset, birth: birth) { $0.observations = observations }
}
private func treated(_ from: Int, _ to: Int, onset: PartialDate? = daysAgo(100)) -> ClinicalRecord {
    record(onset: onset) {
        $0.procedures = [procedure(.therapy, from, to)]
    }
}

/// Orders of bed rest, injections and surgery (rules D-BR, D-IV), both sides of every limit.
@Suite("Orders of rest and procedures")
struct TherapyServiceTests {
    static let restRows = [
        TherapyRow("nothing else on record", "D-BR1", (.activityOtherReason, .noneOnRecord), rest),
        TherapyRow(
            "a complaint of no stated region", "D-BR1", (.radiculopathy, .met), rest,
            record { $0.conditions = [condition(radiculitisOfNoRegion, onset: daysAgo(20))] }),
        TherapyRow(
            "every red flag denied (D28)", "D-BR1", (.fracture, .notMet), rest,
            record { $0.observations = screenDenied() }),
        TherapyRow("a red flag", "D-BR0", (.fracture, .met), rest, answered(trauma)),
        TherapyRow("a risk factor alone", "D-BR0", (.fracture, .met), rest, answered(steroids)),
        TherapyRow(
            "another coded reason", "D-BR0", (.activityOtherReason, .met),
            service(.bedRestOrder, reasons: [orderReason(someDisease)])),
        TherapyRow(
            "a reason in words alone", "D-BR1", (.activityOtherReason, .noneOnRecord),
            service(.bedRestOrder, hasReasonText: true)),
        TherapyRow("under 18", "D-BR0", (.adult, .notMet), rest, record(birth: "2007-06-17")),
        TherapyRow("no radiculopathy", "D-BR0", (.radiculopathy, .unknown), rest, record { $0.conditions = [] }),
    ]

    static let courses = [
        TherapyRow("41 days, nothing on record", "D-IV1", (.sixWeeks, .notMet), injection, record(onset: daysAgo(41))),
        TherapyRow("42 days, nothing on record", "D-IV2", (.sixWeeks, .met), injection, record(onset: daysAgo(42))),
        TherapyRow("no onset", "D-IV2", (.sixWeeks, .unknown), injection, record(onset: nil)),
        TherapyRow("surgery at 41 days", "D-IV1", (.sixWeeks, .notMet), surgery, record(onset: daysAgo(41))),
        TherapyRow("surgery at 42 days", "D-IV2", (.sixWeeks, .met), surgery, record(onset: daysAgo(42))),
        TherapyRow("42 days of treatment", "D-IV0", (.procedureTrialDocumented, .met), injection, treated(43, 2)),
        TherapyRow("41 days of treatment", "D-IV2", (.procedureTrialDocumented, .unknown), injection, treated(42, 2)),
        TherapyRow(
            "a trial was declined before an injection", "D-IV1", (.procedureTrialDocumented, .notMet), injection,
            answered(onset: daysAgo(100), answer("conservative-care-declined", .boolean(true)))),
        TherapyRow(
            "a trial was declined", "D-IV1", (.procedureTrialDocumented, .notMet), surgery,
            answered(onset: daysAgo(100), answer("conservative-care-declined", .boolean(true)))),
        TherapyRow(
            "nothing on record", "D-IV2", (.procedureTrialDocumented, .noneOnRecord), injection,
            record(onset: daysAgo(100))),
        TherapyRow(
            "a trial older than the onset is a contradiction (R26)", "D-IV2", (.sixWeeks, .notMet), injection,
            answered(onset: daysAgo(20), answer("conservative-care-completed", .boolean(true)))),
        TherapyRow(
            "for another coded reason", "D-IV0", (.radiculopathy, .notMet),
            service(.epiduralSteroidInjection, reasons: [orderReason(someDisease)])),
        TherapyRow("under 18", "D-IV0", (.adult, .notMet), surgery, record(birth: "2007-06-17")),
    ]

    static let flags = [
        TherapyRow("cauda equina", "D-IV3", (.caudaEquina, .met), injection, answered(saddle)),
        TherapyRow("weakness that grows", "D-IV3", (.progressiveDeficit, .met), injection, answered(weakness)),
        TherapyRow("a fever", "D-IV3", (.infection, .met), injection, answered(fever)),
        TherapyRow("a risk of infection alone", "D-IV3", (.infection, .met), injection, answered(drugUse)),
        TherapyRow("weight loss is presenting", "D-IV3", (.malignancy, .met), injection, answered(weightLoss)),
        TherapyRow("a past cancer is a risk", "D-IV0", (.malignancy, .met), injection, answered(cancer)),
        TherapyRow("an injury is presenting", "D-IV3", (.fracture, .met), injection, answered(trauma)),
        TherapyRow("steroids are a risk", "D-IV0", (.fracture, .met), injection, answered(steroids)),
        TherapyRow(
            "before the scope: under 18", "D-IV3", (.adult, .notMet), injection, answered(birth: "2010-01-01", fever)),
        TherapyRow("before the scope: no age", "D-IV3", (.adult, .unknown), injection, answered(birth: nil, fever)),
        TherapyRow(
            "before the scope: no radiculopathy", "D-IV3", (.radiculopathy, .unknown), injection,
            record {
                $0.conditions = []
                $0.observations = [fever]
            }),
        TherapyRow(
            "before the scope: another reason", "D-IV3", (.radiculopathy, .notMet),
            service(.epiduralSteroidInjection, reasons: [orderReason(someDisease)]), answered(fever)),
        TherapyRow("before the course", "D-IV3", (.sixWeeks, .notMet), injection, answered(onset: daysAgo(5), fever)),
        TherapyRow("surgery may be the answer", "D-IV0", (.caudaEquina, .met), surgery, answered(saddle)),
        TherapyRow(
            "a flag that was denied", "D-IV1", (.infection, .notMet), injection,
            record { $0.observations = screenDenied() }),
    ]

    @Test("each falls under its rule", arguments: restRows + courses + flags)
    func rule(_ row: TherapyRow) throws { try row.check() }

    static let sites: [(sites: [BodySite], isReviewed: Bool)] = [
        ([], true), ([.lumbarOrSacral], true), ([.left], true), ([.right, .bilateral], true), ([.other], false),
        ([.other, .left], false), ([.other, .lumbarOrSacral], true),
    ]

    @Test("a procedure at another site is none of ours, a side alone is no site", arguments: sites)
    func site(_ sites: [BodySite], _ isReviewed: Bool) {
        for set in [ValueSetName.epiduralSteroidInjection, .spineSurgery] {
            #expect((TherapyOrder(service(set, sites: sites)) != nil) == isReviewed)
        }
        #expect(TherapyOrder(service(.bedRestOrder, sites: sites))?.orderClass == .bedRest)
    }

    @Test("another service is no such order, and a diagnosis of rest is no order of it")
    func others() {
        #expect(TherapyOrder(service("physical-therapy")) == nil)
        let confined = ServiceRequest(
            provenance: place("ServiceRequest/z"),
            concepts: [
                Concept(
                    Code(system: CodeSystem.icd10CM, code: "Z74.01"),
                    uses: concept(.bedRestOrder, nil, nil, .order, "order").uses)
            ], status: .draft)
        #expect(TherapyOrder(confined) == nil)
    }

    @Test("an anticoagulant is named beside a procedure, and only there")
    func anticoagulant() throws {
        let record = record { $0.medications = [taken(drugCode(.anticoagulants, "warfarin"))] }
        let before = try #require(TherapyOrder(injection))
        #expect(guidelineUnderTest.review(before, in: record, asOf: today).cardFacts.anticoagulant == "warfarin")
        #expect(guidelineUnderTest.review(before, in: ClinicalRecord(), asOf: today).cardFacts.anticoagulant == nil)
    }
}
