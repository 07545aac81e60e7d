import CDSHooks
import ClinicalModel
import DecisionSupport
import Guidelines
import Testing

@Suite("One row a card of the catalogue")
struct CardTableTests {
    struct Row: CustomTestStringConvertible {
        let the: Case
        let summary: String
        let actions: [String]
        var behavior: Card.SelectionBehavior = .any
        let reasons: [String]
        let because: String
        var testDescription: String { "\(the.card.rawValue) \(the.rule): \(because)" }
    }

    static let discouraging = [
        "red-flag-present-not-coded", "progressive-deficit-observed", "severe-disabling-pain", "specialist-request",
        "patient-preference-after-discussion", "requirement-legal-or-payer", "guideline-not-applicable",
    ]

    static let rows = emergencies + course + tests + others

    static let emergencies = [
        Row(
            the: Case(
                card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
                results: [.caudaEquina: .met],
                facts: facts { $0.findings[.caudaEquina] = ["perianal sensation reduced", "urinary retention"] }),
            summary:
                "Cauda equina red flag: perianal sensation reduced and 1 more. Emergency MRI and spine referral advised.",
            actions: ["update ServiceRequest", "create ServiceRequest"],
            reasons: ["already-sent-to-emergency", "finding-explained", "imaging-done-elsewhere", "data-incorrect"],
            because: "right test, routine priority: raise it and refer"),
        Row(
            the: Case(
                card: .k02, indicator: .critical, rule: "A2", rating: .usuallyAppropriate, contextClass: .emergency,
                fit: .notPreferred, modality: .ctWithout, results: [.progressiveDeficit: .met],
                facts: facts { $0.trend = "right ankle dorsiflexion 4/5 to 2/5" }),
            summary: "Severe or progressive leg weakness: right ankle dorsiflexion 4/5 to 2/5. Prompt MRI advised; "
                + "the 6-week wait does not apply.",
            actions: ["create ServiceRequest", "create ServiceRequest"],
            reasons: ["already-sent-to-emergency", "finding-explained", "imaging-done-elsewhere", "data-incorrect"],
            because: "a CT is redirected, never cancelled"),
        Row(
            the: Case(
                card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
                results: [.caudaEquina: .met],
                facts: facts { $0.findings[.caudaEquina] = ["saddle sensory loss"] }, isPatientView: true),
            summary: "Cauda equina red flag: saddle sensory loss. Emergency MRI and spine referral advised.",
            actions: ["create ServiceRequest", "create ServiceRequest"],
            reasons: ["already-sent-to-emergency", "finding-explained", "imaging-done-elsewhere", "data-incorrect"],
            because: "patient view: nothing to update, so MRI and referral are created"),
        Row(
            the: Case(
                card: .k03, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, fit: .acceptable, results: [.infection: .met],
                facts: facts { $0.findings[.infection] = ["temperature 38.6 Cel"] }, presenting: [.infection]),
            summary: "Possible spinal infection or malignancy: temperature 38.6 Cel. Raise MRI priority to urgent?",
            actions: [
                "update ServiceRequest", "update ServiceRequest", "create ServiceRequest", "create ServiceRequest",
                "create ServiceRequest",
            ],
            reasons: ["workup-already-arranged", "finding-explained", "data-incorrect"],
            because: "priority, protocol with contrast, three laboratory orders"),
        Row(
            the: Case(
                card: .k04, indicator: .warning, rule: "A6", rating: .usuallyAppropriate, contextClass: .fracture,
                fit: .notPreferred, modality: .radiograph, results: [.fracture: .met],
                facts: facts { $0.findings[.fracture] = ["fall from height"] }, presenting: [.fracture]),
            summary: "Possible vertebral fracture: fall from height. Raise imaging priority to urgent?",
            actions: ["update ServiceRequest", "create ServiceRequest"],
            reasons: ["workup-already-arranged", "finding-explained", "data-incorrect"],
            because: "radiographs stay, MRI is offered beside them (R47)"),
        Row(
            the: Case(
                card: .k23, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, results: [.malignancy: .met, .radiculopathy: .met],
                facts: facts { $0.findings[.malignancy] = ["weight loss 8% in 6 months"] }, presenting: [.malignancy],
                isPatientView: true),
            summary: "Red flag with radiculopathy: weight loss 8% in 6 months. The guideline advises MRI; "
                + "no imaging order found.",
            actions: ["create ServiceRequest"], reasons: ["imaging-done-elsewhere", "finding-explained"],
            because: "no order: one is offered"),
        Row(
            the: Case(
                card: .k32, indicator: .info, rule: "A13-HINT(A10-EARLY)", rating: .mayBeAppropriate,
                results: [.infection: .suspected],
                facts: facts { $0.hints[.infection] = ["CRP 22 mg/L"] }),
            summary: "Possible red flag to clarify: CRP 22 mg/L. Imaging may be appropriate; please record.",
            actions: [], reasons: ["red-flag-present-not-coded", "finding-explained", "data-incorrect"],
            because: "a hint is asked about, nothing is offered"),
    ]

    static let course = [
        Row(
            the: Case(
                card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate,
                results: Case.denied, removal: true, facts: facts { $0.daysSinceOnset = 14 }),
            summary:
                "Week 3 of radiculopathy, no red flag documented as present: imaging now is usually not appropriate.",
            actions: ["create ServiceRequest", "create Communication", "delete"], reasons: discouraging,
            because: "everything asked and denied: removal may be offered"),
        Row(
            the: Case(
                card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate,
                facts: facts { $0.daysSinceOnset = 11 }),
            summary:
                "Week 2: 5 of 5 red-flag groups not recorded. If none is present, imaging is usually not appropriate yet.",
            actions: ["create ServiceRequest", "create Communication"], reasons: discouraging,
            because: "provisional: no removal"),
        Row(
            the: Case(
                card: .k06, indicator: .warning, rule: "A10-NOTRIAL", rating: .usuallyNotAppropriate,
                results: Case.denied),
            summary:
                "Conservative treatment declined or documented as not done: imaging is usually not appropriate before "
                + "a 6-week trial.",
            actions: ["create ServiceRequest", "create Communication"],
            reasons: ["therapy-completed-elsewhere", "therapy-not-tolerated"] + discouraging,
            because: "denied red flags, but removal not allowed by the decision"),
        Row(
            the: Case(
                card: .k07, indicator: .info, rule: "A10-ASK-TRIAL", rating: .insufficientData,
                contextClass: .undetermined, facts: facts { $0.trialDays = 17 }),
            summary: "Conservative treatment: 17 of 42 days found. If it was completed elsewhere, please record it.",
            actions: [], reasons: ["therapy-completed-elsewhere"] + discouraging, because: "asks, offers nothing"),
        Row(
            the: Case(
                card: .k08, indicator: .warning, rule: "A10-IMPROVING", rating: .usuallyNotAppropriate,
                results: Case.denied,
                facts: facts {
                    $0.painFrom = "8"
                    $0.painTo = "2"
                }),
            summary: "Pain improving (8 to 2 of 10) with treatment: imaging is usually not appropriate now.",
            actions: ["create ServiceRequest", "create Communication"],
            reasons: ["clinical-worsening-not-recorded", "severe-disabling-pain"]
                + discouraging.filter { $0 != "severe-disabling-pain" },
            because: "a reason is offered once"),
        Row(
            the: Case(
                card: .k09, indicator: .info, rule: "A10-ASK-RESPONSE", rating: .insufficientData,
                contextClass: .undetermined),
            summary:
                "6 weeks of treatment found, response not recorded. Imaging fits if symptoms persist and a procedure is "
                + "an option.",
            actions: [], reasons: ["response-poor-not-recorded"] + discouraging, because: "asks, offers nothing"),
        Row(
            the: Case(
                card: .k10, indicator: .warning, rule: "A10-NOTCAND", rating: .usuallyNotAppropriate,
                results: Case.denied),
            summary: "Surgery and injection are ruled out: imaging would rarely change management.",
            actions: ["create ServiceRequest", "create Communication"],
            reasons: ["candidate-after-all", "specialist-request", "prognosis-question"]
                + discouraging.filter { $0 != "specialist-request" },
            because: "care goes on without imaging"),
        Row(
            the: Case(card: .k11, indicator: .info, rule: "A10-ASK-CAND", rating: .mayBeAppropriate),
            summary: "Criteria met except one: is the patient a possible candidate for surgery or epidural injection?",
            actions: ["create Observation", "create Observation"], behavior: .atMostOne,
            reasons: ["surgical-or-esi-candidate"], because: "yes and no exclude each other"),
        Row(
            the: Case(
                card: .k12, indicator: .info, rule: "A10-ASK-ONSET", rating: .insufficientData,
                contextClass: .undetermined),
            summary: "Symptom onset not documented precisely: before or after 6 weeks? The advice depends on it.",
            actions: [], reasons: ["duration-over-six-weeks"], because: "unknown onset"),
        Row(
            the: Case(
                card: .k12, indicator: .info, rule: "A10-ASK-ONSET", rating: .insufficientData,
                contextClass: .undetermined, results: [.sixWeeks: .notMet, .trialDocumented: .met]),
            summary:
                "Onset and treatment dates contradict each other: before or after 6 weeks? The advice depends on it.",
            actions: ["create Observation"], behavior: .atMostOne, reasons: ["duration-over-six-weeks"],
            because: "contradiction in the record (R26): only an onset before the treatment resolves it"),
    ]

    static let tests = [
        Row(
            the: Case(
                card: .k15, indicator: .warning, rule: "A10-INDICATED", rating: .usuallyAppropriate, fit: .noRole,
                modality: .ctMyelography),
            summary: "CT myelography has no role in the initial evaluation of radiculopathy; MRI without contrast is "
                + "preferred.",
            actions: ["create ServiceRequest", "delete"], behavior: .atMostOne,
            reasons: ["mri-contraindicated", "mri-not-available-in-time", "other-indication", "specialist-request"],
            because: "no flag: replace only"),
        Row(
            the: Case(
                card: .k15, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, fit: .noRole, modality: .boneScan, results: [.malignancy: .met]),
            summary: "Imaging is supported, but bone scan has no role in this initial evaluation; "
                + "MRI without and with contrast is preferred.",
            actions: ["create ServiceRequest", "delete", "create ServiceRequest"], behavior: .atMostOne,
            reasons: ["mri-contraindicated", "mri-not-available-in-time", "other-indication", "specialist-request"],
            because: "a flag is met: replace, or add and keep"),
        Row(
            the: Case(
                card: .k15, indicator: .warning, rule: "A10-ASK-TRIAL", rating: .insufficientData,
                contextClass: .undetermined, fit: .noRole, modality: .boneScan),
            summary:
                "Bone scan has no role in the initial evaluation of radiculopathy; MRI without contrast is preferred.",
            actions: ["update ServiceRequest"], behavior: .atMostOne,
            reasons: ["mri-contraindicated", "mri-not-available-in-time", "other-indication", "specialist-request"],
            because: "no rating: the test is changed, nothing deleted"),
        Row(
            the: Case(
                card: .k16, indicator: .info, rule: "A6", rating: .usuallyAppropriate, contextClass: .fracture,
                fit: .notPreferred, modality: .radiograph, results: [.fracture: .met]),
            summary: "Imaging is supported; MRI without contrast would answer the question better than radiographs.",
            actions: ["create ServiceRequest"], behavior: .atMostOne,
            reasons: ["mri-contraindicated", "mri-not-available-in-time", "availability", "specialist-request"],
            because: "a suspected fracture adds MRI, never replaces (R47)"),
        Row(
            the: Case(
                card: .k16, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, fit: .notPreferred, modality: .ctWithout,
                results: [.infection: .met, .mrDevice: .met]),
            summary: "Imaging is supported; MRI without and with contrast would answer the question better than "
                + "CT without contrast.",
            actions: ["create ServiceRequest"], behavior: .atMostOne,
            reasons: ["mri-contraindicated", "mri-not-available-in-time", "availability", "specialist-request"],
            because: "a CT is kept until the device is known to be safe (R48)"),
        Row(
            the: Case(
                card: .k19, indicator: .warning, rule: "A10-INDICATED", rating: .usuallyAppropriate, fit: .verify,
                results: [.mriContraindicated: .met],
                facts: facts {
                    $0.device = "cardiac pacemaker"
                    $0.deviceStatus = "unsafe"
                }),
            summary:
                "Cardiac pacemaker: MR safety unsafe. Confirm before MRI; CT or CT myelography is the alternative.",
            actions: ["update ServiceRequest", "create ServiceRequest", "create ServiceRequest"],
            reasons: ["device-confirmed-conditional"], because: "note, CT, CT myelography; the MRI is not deleted"),
        Row(
            the: Case(
                card: .k22, indicator: .info, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, fit: .pregnancy, modality: .mriWithoutAndWith, priority: .urgent,
                results: [.infection: .met, .pregnant: .met], presenting: [.infection]),
            summary:
                "Pregnancy recorded: prefer MRI without contrast; contrast or ionising tests only if they add needed "
                + "information.",
            actions: ["update ServiceRequest"], reasons: ["benefit-outweighs"], because: "protocol without contrast"),
    ]

    static let others = [
        Row(
            the: Case(
                card: .k13, indicator: .info, rule: "A8", rating: .insufficientData, contextClass: .undetermined,
                fit: nil),
            summary: "No indication on this lumbar imaging order. For radiculopathy the 6-week advice would apply.",
            actions: [], reasons: ["other-indication"], because: "no reason at all"),
        Row(
            the: Case(
                card: .k13, indicator: .info, rule: "A8", rating: .insufficientData, contextClass: .undetermined,
                fit: nil, facts: facts { $0.reasonTextUnread = true }),
            summary: "The reason of this lumbar imaging order could not be read. For radiculopathy the 6-week advice "
                + "would apply.",
            actions: [], reasons: ["other-indication"],
            because: "a reason in words, or a reference that was not retrieved"),
        Row(
            the: Case(
                card: .k14, indicator: .info, rule: "A7", rating: .insufficientData, contextClass: .undetermined,
                fit: nil),
            summary: "Date of birth missing: the adult guideline was not applied.", actions: [], reasons: [],
            because: "no birth date"),
        Row(
            the: Case(
                card: .k17, indicator: .warning, rule: "A11-REPEAT", rating: .usuallyNotAppropriate,
                results: Case.denied, facts: facts { $0.priorMRIDate = "2023-12-10T09:00:00+01:00" }),
            summary:
                "Lumbar MRI of 2023-12-10 exists: repeating it for a new episode is unlikely to show a difference.",
            actions: ["create Observation", "create ServiceRequest", "create Communication"],
            reasons: ["clinical-change-since-prior", "prior-imaging-unavailable", "prior-imaging-inadequate"]
                + discouraging,
            because: "the day of the earlier MRI, not its time"),
        Row(
            the: Case(
                card: .k18, indicator: .info, rule: "A11-REPEAT-PLANNING", rating: .mayBeAppropriate,
                facts: facts { $0.priorMRIDate = "2023-12" }),
            summary: "Criteria met, but a lumbar MRI of 2023-12 exists. Needed again for procedure planning?",
            actions: ["create Observation"],
            reasons: ["planning-needs-current-images", "prior-imaging-unavailable"], because: "asks what has changed"),
        Row(
            the: Case(
                card: .k20, indicator: .info, rule: "A10-INDICATED", rating: .usuallyAppropriate,
                facts: facts {
                    $0.duplicateDate = "2025-06-01"
                    $0.duplicateStatus = "active"
                }),
            summary: "Lumbar MRI without contrast already ordered on 2025-06-01, status active.", actions: [],
            reasons: ["intended-second-study"], because: "names the other order"),
        Row(
            the: Case(
                card: .k21, indicator: .info, rule: "A12-ELDERLY(A10-EARLY)", rating: .mayBeAppropriate,
                results: Case.denied,
                facts: facts {
                    $0.age = 74
                    $0.daysSinceOnset = 20
                }),
            summary:
                "Week 3, age 74: no red flag documented as present; imaging may be appropriate, weigh fracture and "
                + "tumour risk.",
            actions: [], reasons: [], because: "soft age flag"),
        Row(
            the: Case(
                card: .k33, indicator: .info, rule: "A14-UNREAD(A10-EARLY)", rating: .insufficientData,
                contextClass: .undetermined, results: [.recordComplete: .notMet],
                facts: facts { $0.unreadParts = ["conditions", "procedures"] }),
            summary: "Part of the record could not be read: conditions and 1 more. No rating was given.", actions: [],
            reasons: ["red-flag-present-not-coded", "specialist-request", "guideline-not-applicable"],
            because: "half a record gives no advice against imaging"),
    ]

    static func facts(_ fill: (inout CardFacts) -> Void) -> CardFacts {
        var facts = CardFacts()
        fill(&facts)
        return facts
    }

    @Test("says and offers", arguments: rows)
    func card(_ row: Row) throws {
        let decided = try #require(row.the.card())
        #expect(decided.card.summary == row.summary)
        #expect(decided.card.summary.utf16.count < 140)
        #expect(decided.actionKinds == row.actions)
        #expect(decided.card.selectionBehavior == row.behavior)
        #expect(decided.card.overrideReasons.map(\.code) == row.reasons)
        #expect(decided.card.indicator.rawValue == row.the.indicator.rawValue)
        #expect(decided.card.source.topic?.code == row.the.card.rawValue)
    }

    @Test("covers every card")
    func coversEveryCard() {
        let therapy = Set(TherapyRule.allCases.compactMap(\.cardID))
        #expect(Set(Self.rows.map(\.the.card)) == Set(CardID.allCases).subtracting(therapy))
    }
}
