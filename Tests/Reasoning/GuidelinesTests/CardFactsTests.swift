import ClinicalModel
import Guidelines
import Testing

private let egfr = concept("vitals-labs", nil, nil, .presenting, "measurement", .no, qualifiers: ["measure:egfr"])
private let renalFailure = concept("mri-cautions", nil, "gadolinium", .presenting, "caution", .no)
private let reaction = concept("mri-cautions", nil, nil, .presenting, "caution", .no)
private let otherCaution = concept("claustrophobia", nil, "gadolinium", .presenting, "caution", .no)
private let ulcer = concept("gi-bleed-ulcer", nil, nil, .presenting, "caution", .no)
private let nsaidAllergy = concept("nsaid-allergy", nil, nil, .presenting, "caution", .no)
private let notSafe = concept("device-mr-safety", .mriContraindicated, "not-mr-safe", .presenting, "not-mr-safe")
private let deficitHint = concept("hints", .infection, "hint", .hint, "hint", .yes)
private let pregnancy = concept("pregnancy", .pregnant)

private func filtration(_ value: Double, _ ago: Int, _ comparator: Quantity.Comparator? = nil) -> Observation {
    measurement(egfr, value, "mL/min/{1.73_m2}", daysAgo(ago), comparator: comparator)
}
private func drug(_ set: ValueSetName, isActive: Bool = true, end: PartialDate? = nil) -> MedicationUse {
    MedicationUse(
        provenance: place("MedicationRequest/d"), kind: .request, concepts: [concept(set, nil)], standing: .counts,
        isActive: isActive, route: .systemic, start: daysAgo(20), end: end)
}
private func allergy(_ concept: Concept, certainty: Certainty = .confirmed) -> CodedStatement {
    CodedStatement(
        provenance: place("AllergyIntolerance/a"), kind: .allergy, concepts: [concept], isActive: true,
        certainty: certainty)
}
private func bypass(_ state: ClinicalModel.Procedure.State, _ ago: Int = 5) -> ClinicalModel.Procedure {
    procedure(concept("cabg", nil), ago, ago, state: state)
}
private func implant(_ id: String, _ name: String, safety: [Concept] = []) -> Device {
    Device(provenance: place("Device/\(id)"), types: [.pacemaker], name: name, safety: safety)
}

/// A record in which every guard of an NSAID was recorded and holds.
private func guarded(birth: String? = "1980-01-01", _ change: (inout ClinicalRecord) -> Void = { _ in })
    -> ClinicalRecord
{
    record(birth: birth) {
        $0.observations = [filtration(60, 30)]
        change(&$0)
    }
}

@Suite("What cards name, and what keeps a suggestion back (I17, R47, R48, R49)")
struct CardFactsTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        let record: ClinicalRecord
        let expected: [String]
        let order: ServiceRequest?
        var testDescription: String { because }

        init(_ because: String, _ record: ClinicalRecord, _ expected: [String], order: ServiceRequest? = imagingOrder())
        {
            (self.because, self.record, self.expected, self.order) = (because, record, expected, order)
        }

        var facts: CardFacts { guidelineUnderTest.review(order, in: record, asOf: today).cardFacts }
    }

    static let gadolinium = [
        Row("nothing recorded", record(), []),
        Row("eGFR 29", with([filtration(29, 10)]), ["eGFR 29"]),
        Row("eGFR 29.94", with([filtration(29.94, 10)]), ["eGFR 29.94"]),
        Row("eGFR 30, the limit itself", with([filtration(30, 10)]), []),
        Row("eGFR below 30, as a bound", with([filtration(30, 10, .less)]), ["eGFR below 30"]),
        Row("the newest eGFR counts", with([filtration(20, 10), filtration(50, 5)]), []),
        Row("whatever their order", with([filtration(20, 5), filtration(50, 10)]), ["eGFR 20"]),
        Row("an eGFR of 365 days ago", with([filtration(20, 365)]), ["eGFR 20"]),
        Row("an eGFR of 366 days ago says nothing", with([filtration(20, 366)]), []),
        Row("renal failure", with(condition(renalFailure)), ["mri-cautions code"]),
        Row("renal failure ruled out", with(condition(renalFailure, certainty: .refuted)), []),
        Row(
            "renal failure over",
            with(condition(renalFailure, onset: daysAgo(90), abatement: daysAgo(50), status: .resolved)), []),
        Row("another caution as a problem", with(condition(reaction)), []),
        Row("a reaction in the allergy list", record { $0.statements = [allergy(reaction)] }, ["mri-cautions code"]),
        Row("an allergy to something else", record { $0.statements = [allergy(nsaidAllergy)] }, []),
        Row("another set's code for gadolinium", with(condition(otherCaution)), []),
        Row("pregnancy", with(condition(pregnancy, onset: daysAgo(60))), ["pregnancy"]),
    ]

    @Test("gadolinium is not suggested against", arguments: gadolinium)
    func gadoliniumCautions(_ row: Row) { #expect(row.facts.gadoliniumCautions == row.expected) }

    private static let unrecorded = "kidney function and pregnancy not recorded"

    static let nsaid = [
        Row("guards recorded and holding", guarded(), []),
        Row("nothing recorded", record(), [unrecorded]),
        Row("eGFR 29", guarded { $0.observations = [filtration(29, 10)] }, ["eGFR 29"]),
        Row("eGFR 30, the limit itself", guarded { $0.observations = [filtration(30, 10)] }, []),
        Row("an eGFR of 366 days ago is none", guarded { $0.observations = [filtration(60, 366)] }, [unrecorded]),
        Row("pregnancy", guarded { $0.conditions.append(condition(pregnancy, onset: daysAgo(60))) }, ["pregnancy"]),
        Row("aged 75", guarded(birth: "1950-06-16"), ["age 75 or over"]),
        Row("75 tomorrow", guarded(birth: "1950-06-17"), []),
        Row("no birth date", guarded(birth: nil), ["age not known"]),
        Row(
            "a past ulcer", guarded { $0.conditions.append(condition(ulcer, status: .resolved)) },
            ["gi-bleed-ulcer code"]),
        Row("an ulcer ruled out", guarded { $0.conditions.append(condition(ulcer, certainty: .refuted)) }, []),
        Row("an allergy", guarded { $0.statements = [allergy(nsaidAllergy)] }, ["nsaid-allergy code"]),
        Row("an anticoagulant", guarded { $0.medications = [drug("anticoagulants")] }, ["anticoagulants code"]),
        Row("another drug", guarded { $0.medications = [drug("acetaminophen")] }, []),
        Row(
            "an anticoagulant stopped",
            guarded { $0.medications = [drug("anticoagulants", isActive: false, end: daysAgo(10))] }, []),
        Row("a bypass operation", guarded { $0.procedures = [bypass(.completed)] }, ["cabg code"]),
        Row("a bypass operation in 14 days", guarded { $0.procedures = [bypass(.planned, -14)] }, ["cabg code"]),
        Row("a bypass operation in 15 days", guarded { $0.procedures = [bypass(.planned, -15)] }, []),
        Row(
            "an allergy to an NSAID by its name", guarded { $0.statements = [allergy(concept("nsaids", nil))] },
            ["allergy to nsaids code"]),
        Row("a bypass operation not done", guarded { $0.procedures = [bypass(.notDone)] }, []),
        Row(
            "problems not retrieved", guarded { $0.notRetrieved = [.conditions] },
            ["\(RecordPart.conditions.words) not read"]),
    ]

    @Test("an NSAID is not suggested against", arguments: nsaid)
    func nsaidCautions(_ row: Row) { #expect(row.facts.nsaidBlockedBecause == row.expected) }

    static let puncture = [
        Row("nothing recorded", record(), []),
        Row("spinal infection", with(condition(.discitis, onset: daysAgo(10))), ["avoid"]),
        Row("a hint at infection", with(condition(deficitHint, onset: daysAgo(10))), ["avoid"]),
        Row("an anticoagulant", record { $0.medications = [drug("anticoagulants")] }, ["avoid"]),
        Row("infection denied", record { $0.observations = screenDenied() }, []),
    ]

    @Test("a lumbar puncture is not suggested with", arguments: puncture)
    func lumbarPuncture(_ row: Row) { #expect(row.facts.avoidLumbarPuncture == !row.expected.isEmpty) }

    static let devices = [
        Row("no device", record(), []),
        Row("a device of unknown status", record { $0.devices = [implant("a", "Pacer")] }, ["Pacer", "not known"]),
        Row(
            "one of two is unsafe, and is named",
            record { $0.devices = [implant("a", "Pacer"), implant("b", "Pump", safety: [notSafe])] },
            ["Pump", "unsafe"]),
    ]

    @Test("the device that MRI safety turns on", arguments: devices)
    func safety(_ row: Row) {
        #expect([row.facts.device, row.facts.deviceStatus].compactMap { $0 } == row.expected)
    }

    static let scores = [
        Row("no score", record(), []),
        Row("one score is no course", with([score(6, 3)]), ["6.0"]),
        Row("first and latest", with([score(4, 3), score(8, 15), score(6, 9)]), ["8.0", "4.0"]),
    ]

    @Test("the pain scores of the episode", arguments: scores)
    func pain(_ row: Row) { #expect([row.facts.painFrom, row.facts.painTo].compactMap { $0 } == row.expected) }

    static let weeks: [(onset: PartialDate?, days: Int?, least: Int?)] = [
        (daysAgo(13), 13, 13), (PartialDate("2025-05"), nil, 16), (PartialDate("2025"), nil, 0), (nil, nil, nil),
    ]

    @Test("days since onset, where the onset is known to the week", arguments: weeks)
    func daysSinceOnset(onset: PartialDate?, days: Int?, least: Int?) {
        let sick = record { $0.conditions = [condition(radiculopathy, onset: onset)] }
        #expect(Row("", sick, []).facts.daysSinceOnset == days)
        #expect(Row("", sick, []).facts.leastDaysSinceOnset == least)
    }

    static let reasons = [
        Row("none", record(), []),
        Row("in words", record(), ["reason", "text"], order: imagingOrder(hasReasonText: true)),
        Row(
            "coded", record(), ["reason"],
            order: imagingOrder(reasons: [orderReason(radiculopathy)])),
    ]

    @Test("the reason of the order", arguments: reasons)
    func reason(_ row: Row) {
        let facts = row.facts
        #expect(facts.orderHasReason == row.expected.contains("reason"))
        #expect(facts.reasonTextUnread == row.expected.contains("text"))
    }

    static let ages =
        [
            ("1980-06-16", 45), ("1980-06-17", 44), ("1980", nil), ("2025-06-16", 0), ("2025-06-17", nil),
        ] as [(String, Int?)]

    @Test("the age, where the birth date tells it to the year", arguments: ages)
    func age(_ birth: String, _ age: Int?) {
        #expect(guidelineUnderTest.review(imagingOrder(), in: record(birth: birth), asOf: today).cardFacts.age == age)
    }
}

@Suite("What a criterion comes to when nobody says anything (contract)")
struct DefaultResultTests {
    /// Of red flags, scope and course silence is unknown; of history and safety it is none on record.
    static let unknown: [CriterionID] =
        [.adult, .radiculopathy, .sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate] + CriterionID.redFlags

    @Test("by criterion", arguments: CriterionID.allCases)
    func silence(_ id: CriterionID) {
        let expected: CriterionResult =
            id == .recordComplete ? .met : Self.unknown.contains(id) ? .unknown : .noneOnRecord
        #expect(id.defaultResult == expected)
        #expect(GuidelineState()[id] == expected)
    }
}
