import ClinicalModel
import Guidelines
import Testing

/// Each property is held for an order of every class, in the record of a generated patient.
@Suite("Generated patients with orders of drugs, rest and procedures (I4, I9, I12-I15)")
struct TherapyPatientTests {
    static let properties = [
        PatientProperty(name: "I9: what is decided cites evidence, what is unknown names what would settle it") {
            first(of: $0) { $0.unsupported }
        },
        PatientProperty(name: "a decision is what the rules say to its own criteria") {
            first(of: $0) { decision in
                guard let orderClass = decision.order?.orderClass else { return "no class" }
                var state = GuidelineState()
                for criterion in decision.criteria { state[criterion.id] = criterion.result }
                for flag in decision.presentingFlags { state.setPresenting(flag) }
                let said = GeneratedPatient.guideline.decide(orderClass, state)
                return said == decision.outcome ? nil : "\(decision.outcome), the rules: \(said)"
            }
        },
        PatientProperty(name: "red flags of an order are those of the patient") { patient in
            var alone = patient
            alone.order = nil
            let families = alone.decide()
            return first(of: patient.order?.reasons.isEmpty == false ? alone : patient) { decision in
                for family in CriterionID.redFlags where decision.criteria.contains(where: { $0.id == family }) {
                    // An order asks for what a patient view leaves as a hint (R38).
                    let (own, others) = (decision.criterion(family).result, families.criterion(family).result)
                    if own != others && !(others == .suspected && own == .met) {
                        return "\(family.rawValue) is \(own.rawValue), for the patient \(others.rawValue)"
                    }
                }
                return nil
            }
        },
        PatientProperty(name: "I12: a code that the knowledge does not know changes nothing") { patient in
            var drawing = FactDrawing(seed: UInt64(patient.facts.count))
            return unchanged(patient, patient.adding(drawing.problem(.unknownCode)).decideTherapies())
        },
        PatientProperty(name: "I13: a shift by 400 years changes nothing") { patient in
            [146_097, -146_097].lazy.compactMap {
                unchanged(patient, patient.decideTherapies(asOf: GeneratedPatient.today + $0), ignoringDates: true)
            }.first
        },
        PatientProperty(name: "I14: the order of the record changes nothing") { patient in
            patient.reordered.lazy.compactMap { unchanged(patient, $0.decideTherapies()) }.first
        },
        PatientProperty(name: "I15: a search that was not retrieved yields unknown, and that is said") { patient in
            for part in RecordPart.allCases {
                let (empty, failed) = patient.without(part)
                for (empty, lacking) in zip(empty.decideTherapies(), failed.decideTherapies()) {
                    let order = lacking.order?.orderClass?.rawValue ?? "?"
                    if let why = lacking.misread(since: empty) {
                        return "\(part.rawValue) not retrieved, \(order): \(why)"
                    }
                }
            }
            return nil
        },
    ]

    /// The first thing that is wrong with a decision on an order of the patient.
    private static func first(
        of patient: GeneratedPatient, _ violation: (Decision) -> String?
    ) -> String? {
        for decision in patient.decideTherapies() {
            if let why = violation(decision) { return "\(decision.order?.orderClass?.rawValue ?? "?"): \(why)" }
        }
        return nil
    }

    private static func unchanged(
        _ patient: GeneratedPatient, _ after: [Decision], ignoringDates: Bool = false
    ) -> String? {
        zip(patient.decideTherapies(), after).lazy.compactMap { before, after in
            ComparableDecision(before).difference(to: ComparableDecision(after), ignoringDates: ignoringDates)
                .map { "\(before.order?.orderClass?.rawValue ?? "?"): \($0)" }
        }.first
    }

    @Test("hold for every patient", arguments: properties.map(\.name))
    func holds(_ name: String) throws {
        let property = try #require(Self.properties.first { $0.name == name })
        let found = property.smallestViolation(seeds: PatientCount.seeds) { $0.patientWithTherapy() }
        if let found { Issue.record("\(name). Smallest patient: \(found.patient.words). \(found.why)") }
    }

    @Test("reach every rule but those that hang on the order alone")
    func reach() {
        var rules: Set<String> = []
        for seed in 0..<UInt64(400) {
            var drawing = FactDrawing(seed: seed)
            rules.formUnion(drawing.patientWithTherapy().decideTherapies().compactMap(\.outcome.rule))
        }
        // The order is within its limits: dose, supply and formulation have rows of their own.
        let missing = Set(TherapyRule.allCases.map(\.rawValue)).subtracting(rules)
        #expect(missing.isSubset(of: ["D-OP2", "D-NP1"]), "\(missing.sorted())")
    }
}
