import ClinicalModel
import Guidelines
import JSONTree

/// The conservative plan for one patient: which parts it has, the resource of each, and what is withheld and why.
struct CarePlan {
    let decision: Decision
    private let thresholds: Thresholds
    private let make: RequestFactory

    /// The plan of a review; nil where the patient is out of its scope.
    init?(for review: CardBuilder.Review, _ configuration: CardConfiguration) {
        guard CarePlanScope(review.decision) == .inScope else { return nil }
        decision = review.decision
        thresholds = configuration.thresholds
        make = RequestFactory(
            decision: review.decision, draft: review.draft,
            codes: RequestCodes(terminology: configuration.terminology), thresholds: configuration.thresholds)
    }

    /// The parts, in the order of the catalogue; an NSAID only where nothing speaks against it.
    var parts: [CarePlanPart] { CarePlanPart.allCases.filter { $0 != .nsaid || nsaidWithheld.isEmpty } }

    /// Why no NSAID is suggested: cautions and guards that nobody recorded (I17, R49), or one that is taken or ordered already.
    var nsaidWithheld: [String] {
        let facts = decision.cardFacts
        return facts.nsaidBlockedBecause + (facts.nsaidTaken.map { ["\($0) is taken or ordered already"] } ?? [])
    }

    var recheck: Recheck { Recheck(decision, thresholds: thresholds) }

    /// Each part with its resource; empty without a patient.
    var resources: [(part: CarePlanPart, resource: JSONValue)] {
        parts.compactMap { part in make.resource(of: part).map { (part, $0) } }
    }

    /// A suggestion for each part; empty without a patient.
    var offers: [(part: CarePlanPart, offer: SuggestionTable.Offer)] {
        parts.compactMap { part in make.offer(of: part).map { (part, $0) } }
    }

    /// Statements of the parts that the plan has, in ascending order, each once.
    var statements: [String] { Set(parts.flatMap(\.statements)).sorted() }

    /// What the reader must know beside the parts, sentences in plain text.
    var remarks: [String] {
        var lines: [String] = []
        if !nsaidWithheld.isEmpty {
            lines.append("No NSAID is suggested, because of: \(nsaidWithheld.joined(separator: ", ")).")
        }
        lines.append("Muscle relaxants, opioids and drugs for nerve pain are no part of this plan.")
        if !decision.suspectedFamilies.isEmpty {
            lines.append("Clarify the possible red flag before rehabilitation starts.")
        }
        if decision.criterion(.priorLumbarSurgery).result == .met {
            lines.append(
                "Earlier lumbar surgery is on record. The guideline text does not speak of that: agree the plan with the surgeon."
            )
        }
        return lines
    }

    /// Red-flag families that nobody settled, in words; empty when all five were denied.
    var openFamilies: [String] {
        decision.suspectedFamilies.map { "\($0.title) (hinted at, to be clarified)" }
            + decision.unknownFamilies.map(\.title)
    }

    // MARK: As FHIR

    private var subject: JSONValue? { make.subject }

    /// RequestGroup and CarePlan as entries of a Bundle with the parts that they lead to, each under its own URL.
    ///
    /// The CarePlan refers to the RequestGroup, the RequestGroup to each part.
    func add(to entries: inout BundleEntries) {
        guard let subject else { return }
        let actions = resources.map { part, resource in action(part, entries.add(resource)) }
        let group = entries.add(requestGroup(of: subject, actions))
        entries.add(carePlan(of: subject, group))
    }

    private func action(_ part: CarePlanPart, _ url: String) -> JSONValue {
        let documentation = part.statements.compactMap(Statement.statement).map { statement -> JSONValue in
            ["type": "justification", "label": .string(statement.id), "display": .string(statement.text)]
        }
        let day: String? = part == .sixWeekRecheck ? recheck.day.description : nil
        return .object([
            ("title", .string(part.title)), ("description", .string(part.text(thresholds))),
            ("documentation", .array(documentation)), ("timingDateTime", day.map(JSONValue.string)),
            ("resource", ["reference": .string(url)]),
        ])
    }

    private func requestGroup(of subject: JSONValue, _ actions: [JSONValue]) -> JSONValue {
        .object([
            ("resourceType", "RequestGroup"), GuidelineStatements.extension(statements),
            ("instantiatesCanonical", [.string(CarePlanPart.planDefinition)]), ("status", "draft"), ("intent", "plan"),
            ("code", ["text": .string(CarePlanPart.planTitle)]), ("subject", subject),
            ("encounter", make.unlessContained("encounter")), ("action", .array(actions)),
        ])
    }

    private func carePlan(of subject: JSONValue, _ group: String) -> JSONValue {
        let condition = decision.criterion(.radiculopathy).evidence.lazy.compactMap(\.resource)
            .first { $0.hasPrefix("Condition/") }
        let open = openFamilies.isEmpty ? [] : ["Red flags not settled: \(openFamilies.joined(separator: ", "))."]
        let notes = ([recheck.words] + open + remarks).map { line -> JSONValue in ["text": .string(line)] }
        return .object([
            ("resourceType", "CarePlan"), GuidelineStatements.extension(statements),
            ("instantiatesCanonical", [.string(CarePlanPart.planDefinition)]), ("status", "draft"), ("intent", "plan"),
            ("title", .string(CarePlanPart.planTitle)), ("subject", subject),
            ("encounter", make.unlessContained("encounter")),
            (
                "period",
                ["start": .string(decision.asOf.description), "end": .string(recheck.day.description)]
            ),
            ("addresses", condition.map { [["reference": .string($0)]] }),
            ("activity", [["reference": ["reference": .string(group)]]]), ("note", .array(notes)),
        ])
    }
}
