import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree

/// Decisions for tests, put together without a record.
struct Case {
    var card: CardID
    var indicator: Indicator
    var rule: String
    var rating: Rating
    var contextClass: ContextClass = .noFlag
    var fit: Fit? = .preferred
    var modality: Modality? = .mriWithout
    var priority: Priority = .routine
    var results: [CriterionID: CriterionResult] = [:]
    var removal = false
    var facts = CardFacts()
    var presenting: [CriterionID] = []
    var isPatientView = false

    /// The decision that the case describes; families that are not named are unknown.
    var decision: Decision {
        let criteria = CriterionID.imaging.map { id -> Criterion in
            let result = results[id] ?? id.defaultResult
            switch result {
            case .met, .notMet, .suspected:
                return Criterion(
                    id, result,
                    evidence: [
                        Evidence(
                            resource: "Observation/\(id.rawValue)", value: "7", date: "2025-06-16",
                            because: "recorded for \(id.rawValue)")
                    ])
            case .unknown: return Criterion(id, result, missing: [DataGap("answer on \(id.rawValue)")])
            case .noneOnRecord: return Criterion(id, result)
            }
        }
        let families = CriterionID.redFlags.map { results[$0] ?? .unknown }
        let provisional =
            (rating == .usuallyNotAppropriate || rating == .mayBeAppropriate) && families.contains(.unknown)
            && !families.contains(.met)
        return Decision(
            guideline: LumbosacralRadiculopathy.id, guidelineVersion: "1.0.0", asOf: Day(20_255), subject: "Patient/p1",
            order: isPatientView
                ? nil
                : OrderUnderReview(
                    reference: "ServiceRequest/o1", at: "$.entry[1].resource", modality: modality, priority: priority),
            outcome: Outcome(
                rule: rule, rating: rating, contextClass: contextClass, fit: isPatientView ? nil : fit,
                provisional: provisional, card: card, indicator: indicator, removeSuggestionAllowed: removal),
            presentingFlags: presenting, criteria: criteria, statements: ["G19"], configuration: "c0ffee",
            cardFacts: facts)
    }

    /// The decision with the draft order of the examples.
    func review(draft: DraftOrder? = Case.draft) -> CardBuilder.Review {
        CardBuilder.Review(decision, draft: isPatientView ? nil : draft)
    }

    /// The card of the case for a site with all code systems and no public address.
    func card(draft: DraftOrder? = Case.draft) -> DecidedCard? {
        Case.builder.card(for: review(draft: draft)).map { DecidedCard(decision: decision, card: $0) }
    }

    static let builder = CardBuilder(CardConfiguration(terminology: terminology))

    /// A site with CPT and LOINC loaded.
    static let terminology = Terminology(content)

    private static var content: TerminologyContent {
        let rows: [(system: String, code: String, display: String, test: Modality)] = [
            (CodeSystem.cpt, "72148", "Lumbar MRI, no contrast", .mriWithout),
            (CodeSystem.loinc, "30679-5", "MR Lumbar spine WO contrast", .mriWithout),
            (CodeSystem.loinc, "24967-2", "MR Lumbar spine WO and W contrast IV", .mriWithoutAndWith),
            (CodeSystem.loinc, "30620-9", "CT Lumbar spine WO contrast", .ctWithout),
            (CodeSystem.loinc, "24965-6", "CT Lumbar spine W contrast IT", .ctMyelography),
        ]
        var content = TerminologyContent()
        content.imagingTests = rows.map { row in
            ImagingTestRow(
                code: Code(system: row.system, code: row.code),
                test: ImagingTest(modality: row.test, region: .lumbar), isPreferred: true)
        }
        let description = ValueSetDescription(
            name: .mriLumbar, url: "https://example.org/mri", version: "1", title: "MRI", date: "2025-01-01",
            copyright: "")
        content.valueSets = [
            ValueSetContent(
                description: description,
                groups: rows.map { row in
                    ValueSetContent.Group(system: row.system, members: [(code: row.code, display: row.display)])
                })
        ]
        return content
    }

    static let draftText = """
        {"resourceType":"ServiceRequest","id":"o1","status":"draft","intent":"order","priority":"routine",
         "code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72148"}]},
         "subject":{"reference":"Patient/p1"},"requester":{"reference":"Practitioner/d1"},
         "reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]}]}
        """

    static let draft = DraftOrder(json: Array(draftText.utf8))

    /// All five families answered "no".
    static let denied: [CriterionID: CriterionResult] = Dictionary(
        uniqueKeysWithValues: CriterionID.redFlags.map { ($0, .notMet) })
}
