import CDSHooks
import ClinicalModel
public import Diagnostics
import Digests
import Guidelines
public import JSONTree

extension CardBuilder {
    /// What the guideline recommends for one record, as a FHIR R4 Bundle of type `collection`.
    ///
    /// It holds each reviewed imaging order with its rating (extension `imaging-rating`), the requests and communications
    /// that the cards suggest to create, the conservative plan where the guideline advises it, and an OperationOutcome of
    /// what was not understood. The same reviews give the same bytes, full URLs included. Answers to questions, such as those of K11, are not recommendations and not in it.
    ///
    /// - Parameter issues: Reading problems of the record beyond those that the decisions carry.
    public func bundle(for reviews: [Review], issues: [Issue] = []) -> JSONValue {
        var entries = BundleEntries()
        for review in reviews {
            if let order = ratedOrder(of: review) { entries.add(order, fullUrl: review.fullUrl) }
        }
        let plan = carePlan(for: reviews)
        for card in cards(for: reviews) {
            for resource in card.suggestions.flatMap(\.actions).compactMap(Self.recommendation) {
                // What belongs to the plan comes with it, once.
                if plan == nil || resource["instantiatesCanonical"] == nil { entries.add(resource) }
            }
        }
        plan?.add(to: &entries)
        if let outcome = outcome(of: reviews, issues) { entries.add(outcome) }
        return .object([
            ("resourceType", "Bundle"), ("type", "collection"),
            ("entry", entries.json.isEmpty ? nil : .array(entries.json)),
        ])
    }

    /// The plan of the first review, in the order of the cards, that conservative care is the advice on.
    private func carePlan(for reviews: [Review]) -> CarePlan? {
        CardOrder.sorted(reviews).lazy.filter(\.decision.advisesConservativeCare)
            .compactMap { CarePlan(for: $0, configuration) }.first
    }

    private static func recommendation(_ action: Action) -> JSONValue? {
        guard case .create(let resource) = action.change, resource["resourceType"] != "Observation" else { return nil }
        return resource
    }

    /// The order as it stands with its rating; nil without an order, and where the order is not about imaging.
    private func ratedOrder(of review: Review) -> JSONValue? {
        guard let draft = review.draft, let rating = review.decision.outcome.rating, review.decision.order != nil
        else { return nil }
        let others = draft.elements(of: "extension").filter { !ImagingRating.isRating($0) }
        return draft.setting("extension", to: .array(others + [ImagingRating.extension(of: review.decision, rating)]))
    }

    private func outcome(of reviews: [Review], _ issues: [Issue]) -> JSONValue? {
        var lines: [JSONValue] = []
        for issue in (reviews.flatMap(\.decision.issues) + issues) {
            let line = issue.outcome
            if !lines.contains(line) { lines.append(line) }
        }
        for review in reviews {
            guard let because = review.decision.because else { continue }
            lines.append([
                "severity": "information", "code": "not-supported",
                "details": ["text": .string("Not evaluated: \(because)")],
            ])
        }
        return lines.isEmpty ? nil : ["resourceType": "OperationOutcome", "issue": .array(lines)]
    }
}

/// The extension that a rated order carries.
enum ImagingRating {
    static let url = "https://spinehook.example/fhir/StructureDefinition/imaging-rating"
    static let system = "https://spinehook.example/fhir/CodeSystem/imaging-rating"

    /// The rating as a code, its text naming the rule.
    static func `extension`(of decision: Decision, _ rating: Rating) -> JSONValue {
        let provisional = decision.outcome.provisional ? ", provisional" : ""
        let rule = decision.outcome.rule.map { ", rule \($0)" } ?? ""
        return [
            "url": .string(url),
            "valueCodeableConcept": [
                "coding": [coding(of: rating)],
                "text": .string(rating.words.capitalizedFirst + provisional + rule),
            ],
        ]
    }

    /// The rating as a code.
    static func coding(of rating: Rating) -> JSONValue {
        ["system": .string(system), "code": .string(rating.rawValue), "display": .string(display(rating))]
    }

    private static func display(_ rating: Rating) -> String {
        switch rating {
        case .insufficientData: "Insufficient data for a rating"
        default: rating.words.capitalizedFirst
        }
    }

    /// Whether an element of `extension` is an earlier rating, which a new one replaces.
    static func isRating(_ element: JSONValue) -> Bool {
        guard case .raw(let bytes) = element, let document = try? JSONDocument(bytes) else { return false }
        return document.read { $0["url"]?.string == url }
    }
}

/// Entries of a Bundle, each resource once, with the full URLs they came under, else made from what they hold.
struct BundleEntries {
    private(set) var json: [JSONValue] = []
    private var seen: Set<JSONValue> = []

    /// Adds a resource unless it is there already, and tells its URL.
    ///
    /// - Parameter fullUrl: The URL that the resource came under, by which others refer to it; nil makes one of its content.
    @discardableResult
    mutating func add(_ resource: JSONValue, fullUrl: String? = nil) -> String {
        let name = String(decoding: resource.encoded(), as: UTF8.self)
        let url = fullUrl ?? "urn:uuid:" + NameBasedUUID.text(of: ["Bundle.entry", name])
        if seen.insert(resource).inserted { json.append(["fullUrl": .string(url), "resource": resource]) }
        return url
    }
}

extension Issue {
    /// The issue as an element of `OperationOutcome.issue`; the place goes into the diagnostics.
    fileprivate var outcome: JSONValue {
        [
            "severity": .string(severity.rawValue), "code": severity == .information ? "informational" : "invalid",
            "details": ["text": .string("Expected \(expected), found \(found)")],
            "diagnostics": .string(description),
        ]
    }
}
