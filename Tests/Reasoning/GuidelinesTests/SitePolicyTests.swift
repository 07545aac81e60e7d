import ClinicalModel
import Guidelines
import Testing

private let hiv = concept(
    "immunocompromised-state", .infection, "immunosuppression", .risk, qualifiers: [.hiv])
private let transplant = concept("immunocompromised-state", .infection, "immunosuppression", .risk)
private let cd4 = concept(
    "vitals-labs", .infection, "immunosuppression", .risk, "measurement", .no, qualifiers: ["measure:cd4"])
private let prednisone = concept("systemic-corticosteroids", .fracture, "steroids", .risk, "course")
private let dueDate = concept(
    "pregnancy-status", .pregnant, nil, .presenting, "measurement", .no, qualifiers: ["measure:due-date"])

private func care(_ set: ValueSetName, _ from: Int, _ to: Int) -> ClinicalModel.Procedure {
    procedure(concept(set, .trialDocumented, nil, .treatment, "delivered-care"), from, to)
}
private func steroids(_ from: Int, _ to: Int) -> MedicationUse { drug(prednisone, from, to, kind: .request) }
private func with(onset: Int = 20, birth: String = "1980-01-01", _ observations: Observation...) -> ClinicalRecord {
    record(onset: daysAgo(onset), birth: birth) { $0.observations = observations }
}
private func grades(_ value: String) -> ClinicalRecord {
    with(answer("strength-leg-left", .text(value)), answer("strength-leg-right", .text(value)))
}
private func falling(_ from: String, _ to: String) -> [Observation] {
    [
        answer("strength-ankle-dorsiflexion-left", .text(from), daysAgo(9)),
        answer("strength-ankle-dorsiflexion-left", .text(to), daysAgo(0)),
    ]
}

@Suite("What a site may decide otherwise (2.2, 2.3)")
struct SitePolicyTests {
    /// One record, read as shipped and by a site's choice.
    struct Row: CustomTestStringConvertible {
        let name: String
        let id: CriterionID
        let shipped: CriterionResult
        let chosen: CriterionResult
        let key: String
        let value: String
        let record: ClinicalRecord
        var testDescription: String { "\(key) \(value): \(name)" }

        init(
            _ key: String, _ value: String, _ name: String, _ id: CriterionID, shipped: CriterionResult,
            chosen: CriterionResult, _ record: ClinicalRecord
        ) {
            self.name = name
            self.id = id
            self.shipped = shipped
            self.chosen = chosen
            self.key = key
            self.value = value
            self.record = record
        }
    }

    static let extended = [
        Row(
            "ces.extendedFeatures", "met", "sciatica in both legs answered yes", .caudaEquina, shipped: .suspected,
            chosen: .met, with(answer("bilateral-sciatica", .boolean(true)))),
        Row(
            "ces.extendedFeatures", "met", "new loss of sexual function", .caudaEquina, shipped: .suspected,
            chosen: .met, with(answer("sexual-dysfunction-new", .boolean(true)))),
        Row(
            "ces.extendedFeatures", "met", "coded on both sides", .caudaEquina, shipped: .suspected, chosen: .met,
            record {
                for side in [CodeUse.Qualifier.left, .right] {
                    $0.conditions.append(
                        condition(
                            concept(
                                "hints", .caudaEquina, "hint", .hint, "hint", .no, qualifiers: [.bothSides, side])))
                }
            }),
        Row(
            "ces.extendedFeatures", "met", "answered no", .caudaEquina, shipped: .unknown, chosen: .unknown,
            with(answer("bilateral-sciatica", .boolean(false)))),
        Row(
            "ces.mrcBothLegs", "3", "both legs at 4", .caudaEquina, shipped: .met, chosen: .unknown, grades("4/5")),
        Row("ces.mrcBothLegs", "3", "both legs at 3", .caudaEquina, shipped: .met, chosen: .met, grades("3/5")),
    ]

    static let progression = [
        Row(
            "prog.requireConservativeManagement", "true", "worsening answered yes, no care on record",
            .progressiveDeficit, shipped: .met, chosen: .suspected,
            with(answer("leg-weakness-worsening", .boolean(true)))),
        Row(
            "prog.requireConservativeManagement", "true", "worsening answered yes under physical therapy",
            .progressiveDeficit, shipped: .met, chosen: .met,
            record {
                $0.observations = [answer("leg-weakness-worsening", .boolean(true))]
                $0.procedures = [care("physical-therapy", 10, 5)]
            }),
        Row(
            "prog.requireConservativeManagement", "true", "care completed, stated by the clinician",
            .progressiveDeficit, shipped: .met, chosen: .met,
            with(
                answer("leg-weakness-worsening", .boolean(true)),
                answer("conservative-care-completed", .boolean(true)))),
        Row(
            "prog.requireConservativeManagement", "true", "a grade lost, not severe", .progressiveDeficit,
            shipped: .met, chosen: .suspected, record { $0.observations = falling("5/5", "4/5") }),
        Row(
            "prog.requireConservativeManagement", "true", "a grade lost to a severe one", .progressiveDeficit,
            shipped: .met, chosen: .met, record { $0.observations = falling("4/5", "3/5") }),
        Row(
            "prog.requireConservativeManagement", "true", "a new foot drop", .progressiveDeficit, shipped: .met,
            chosen: .met, record { $0.conditions.append(condition(.footDrop, onset: daysAgo(3))) }),
    ]

    static let infection = [
        Row(
            "inf.hivPolicy", "cd4Below200", "HIV, no count on record", .infection, shipped: .met, chosen: .suspected,
            record { $0.conditions.append(condition(hiv)) }),
        Row(
            "inf.hivPolicy", "cd4Below200", "HIV, count 200, the limit itself", .infection, shipped: .met,
            chosen: .unknown,
            record {
                $0.conditions.append(condition(hiv))
                $0.observations = [measurement(cd4, 200, "/uL", daysAgo(365))]
            }),
        Row(
            "inf.hivPolicy", "cd4Below200", "HIV, count 199", .infection, shipped: .met, chosen: .met,
            record {
                $0.conditions.append(condition(hiv))
                $0.observations = [measurement(cd4, 199, "/uL")]
            }),
        Row(
            "inf.hivPolicy", "cd4Below200", "HIV, a good count of more than a year ago", .infection, shipped: .met,
            chosen: .suspected,
            record {
                $0.conditions.append(condition(hiv))
                $0.observations = [measurement(cd4, 700, "/uL", daysAgo(366))]
            }),
        Row(
            "inf.hivPolicy", "cd4Below200", "a transplant", .infection, shipped: .met, chosen: .met,
            record { $0.conditions.append(condition(transplant)) }),
        Row(
            "inf.crpEsr", "met", "CRP 11 mg/L", .infection, shipped: .suspected, chosen: .met,
            with(measurement(.crp, 11, "mg/L"))),
        Row(
            "inf.crpEsr", "met", "CRP 10 mg/L, the limit itself", .infection, shipped: .unknown, chosen: .unknown,
            with(measurement(.crp, 10, "mg/L"))),
        Row(
            "inf.crpEsr", "met", "CRP 11 mg/L some day of the year", .infection, shipped: .suspected,
            chosen: .suspected, with(measurement(.crp, 11, "mg/L", PartialDate("2025")))),
    ]

    static let others = [
        Row(
            "mal.ageOver", "50", "51 years old today", .malignancy, shipped: .unknown, chosen: .met,
            with(birth: "1974-06-16")),
        Row(
            "mal.ageOver", "50", "51 years old tomorrow", .malignancy, shipped: .unknown, chosen: .unknown,
            with(birth: "1974-06-17")),
        Row(
            "mal.ageOver", "50", "born in a year that leaves it open", .malignancy, shipped: .unknown,
            chosen: .unknown, with(birth: "1974")),
        Row(
            "frx.steroidConsecutive", "true", "90 days with a day between", .fracture, shipped: .met,
            chosen: .unknown, record { $0.medications = [steroids(120, 76), steroids(74, 30)] }),
        Row(
            "frx.steroidConsecutive", "true", "90 days, one course after the other", .fracture, shipped: .met,
            chosen: .met, record { $0.medications = [steroids(119, 75), steroids(74, 30)] }),
        Row(
            "course.trial.minModalities", "2", "exercise and heat", .trialDocumented, shipped: .met, chosen: .met,
            record(onset: daysAgo(70)) {
                $0.procedures = [care("exercise-therapy", 60, 10), care("heat-cold-therapy", 50, 40)]
            }),
        Row(
            "course.trial.minModalities", "2", "exercise alone", .trialDocumented, shipped: .met, chosen: .unknown,
            record(onset: daysAgo(70)) { $0.procedures = [care("exercise-therapy", 60, 10)] }),
        Row(
            "course.trial.minModalities", "2", "two kinds, none of them exercise based", .trialDocumented,
            shipped: .met, chosen: .unknown,
            record(onset: daysAgo(70)) {
                $0.procedures = [care("manipulation", 60, 10), care("heat-cold-therapy", 50, 40)]
            }),
        Row(
            "course.trial.minModalities", "2", "a clinician's statement of the period", .trialDocumented,
            shipped: .met, chosen: .met,
            with(onset: 70, answer("conservative-care-completed", .period(start: daysAgo(60), end: daysAgo(10))))),
        Row(
            "safety.pregnancyDays", "280", "delivery expected in 290 days", .pregnant, shipped: .met,
            chosen: .noneOnRecord,
            with(
                Observation(
                    provenance: place("Observation/due"), concepts: [dueDate], value: .date(daysAgo(-290)),
                    effective: daysAgo(1)))),
    ]

    @Test("shipped and chosen", arguments: extended + progression + infection + others)
    func policy(_ row: Row) throws {
        let key = try #require(Thresholds.table.first { $0.key == row.key })
        var site = Thresholds()
        let accepted = key.write(&site, row.value)
        #expect(accepted)
        #expect(result(row.id, row.record) == row.shipped)
        #expect(result(row.id, row.record, thresholds: site) == row.chosen)
    }

    @Test("a word that is not of the set is refused, and nothing changes", arguments: ["", "maybe", "MET", "null"])
    func words(_ word: String) throws {
        for key in Thresholds.table where !key.words.isEmpty {
            var site = Thresholds()
            let accepted = key.write(&site, word)
            #expect(!accepted, "\(key.key)")
            #expect(site == Thresholds())
            for other in key.words {
                let accepted = key.write(&site, other)
                #expect(accepted && key.read(site) == other)
            }
        }
    }

    /// An order by a neurosurgeon.
    private static var ordered: ServiceRequest {
        var order = imagingOrder()
        order.requesterSpecialties = [Code(system: "urn:specialty", code: "surgeon")]
        return order
    }

    struct Specialist: CustomTestStringConvertible {
        let because: String
        /// Nil leaves it as shipped.
        var requiresEvidence: Bool? = false
        var specialties: Set<String> = ["urn:specialty|surgeon"]
        var order: ServiceRequest = ordered
        var record = ClinicalRecord()
        let expected: CriterionResult
        var testDescription: String { because }
    }

    static let specialists = [
        Specialist(because: "ordered by one of them", expected: .met),
        Specialist(because: "evidence required (R14)", requiresEvidence: true, expected: .unknown),
        Specialist(because: "as shipped", requiresEvidence: nil, expected: .unknown),
        Specialist(because: "another specialty", specialties: ["urn:specialty|gp"], expected: .unknown),
        Specialist(because: "the code in another system", specialties: ["urn:other|surgeon"], expected: .unknown),
        Specialist(because: "nobody known to have ordered", order: imagingOrder(), expected: .unknown),
        Specialist(
            because: "declined by the patient: a documented refusal stands",
            record: record { $0.observations = [answer("procedure-declined", .boolean(true))] }, expected: .notMet),
    ]

    @Test("candidate.requireEvidence: an ordering specialist counts where the site says so", arguments: specialists)
    func specialist(_ row: Specialist) {
        var site = Thresholds()
        if let requiresEvidence = row.requiresEvidence { site.candidateRequiresEvidence = requiresEvidence }
        site.candidateSpecialties = row.specialties
        #expect(result(.procedureCandidate, row.record, order: row.order, thresholds: site) == row.expected)
    }

    @Test(
        "lists of codes are system|code",
        arguments: [
            ("", true), ("urn:a|1", true), ("urn:a|1, urn:b|2", true), ("a|1", false), ("urn:a", false),
            ("urn:a|", false), ("urn:a|1|2", false), ("urn:a|1 2", false),
            ((0..<51).map { "urn:a|\($0)" }.joined(separator: ","), false),
        ])
    func codes(_ text: String, _ isAccepted: Bool) throws {
        let key = try #require(Thresholds.table.first { $0.key == "candidate.specialties" })
        var site = Thresholds()
        let accepted = key.write(&site, text)
        #expect(accepted == isAccepted, "\(text)")
    }

    @Test("every key reads and writes its own value, and refuses what lies outside its bounds")
    func thresholdTable() {
        #expect(Set(Thresholds.table.map(\.key)).count == Thresholds.table.count)
        for key in Thresholds.table {
            var site = Thresholds()
            let before = key.read(site)
            let accepted = key.write(&site, before)
            #expect(accepted, "\(key.key) takes its default")
            guard let bounds = key.bounds else { continue }
            for bound in [bounds.lowerBound, bounds.upperBound] {
                let accepted = key.write(&site, bound == bound.rounded() ? String(Int(bound)) : String(bound))
                #expect(accepted, "\(key.key) takes its bound")
            }
            let changed = key.read(site)
            let isRefused =
                !key.write(&site, String(Int(bounds.upperBound) + 1))
                && !key.write(&site, String(Int(bounds.lowerBound) - 1))
            #expect(isRefused, "\(key.key) refuses beyond")
            #expect(key.read(site) == changed)
            let others = Thresholds.table.filter { $0.key != key.key }
            #expect(others.allSatisfy { $0.read(site) == $0.read(Thresholds()) }, "\(key.key) touches no other")
        }
    }
}
