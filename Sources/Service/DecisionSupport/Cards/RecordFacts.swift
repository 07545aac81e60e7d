import ClinicalModel
import Digests
import FHIR

/// The facts of a record in short: the same for the same facts, whatever their order, their ids and the day.
///
/// A fact is what ClinicalModel holds of a resource, so data that the guideline never reads and entries made in error are
/// none. Left out are where a fact stands (path, input, id of the resource) and the orders under review with other drafts,
/// which name themselves.
struct RecordFacts {
    /// The name of the facts.
    let digest: String

    /// - Parameter drafts: Where the orders of the request stand.
    init(of record: ClinicalRecord, except drafts: Set<ClinicalModel.Provenance> = []) {
        var lines = [
            Self.line("patient", [Self.date(record.birthDate), String(record.isDeceased), record.setting.rawValue])
        ]
        lines += record.conditions.map(Self.line) + record.observations.map(Self.line)
        lines += record.medications.map(Self.line) + record.procedures.map(Self.line)
        lines += record.examinations.map(Self.line) + record.devices.map(Self.line)
        lines += record.statements.map(Self.line)
        lines += record.serviceRequests.filter { $0.status != .draft && !drafts.contains($0.provenance) }
            .map(Self.line)
        lines += record.unreadTexts.filter { $0.part != .serviceRequests && !drafts.contains($0.provenance) }
            .map { Self.line("unread", [$0.part.rawValue]) }
        digest = NameBasedUUID.text(of: Set(lines).sorted())
    }

    // MARK: Facts

    static func line(_ fact: Condition) -> String {
        line(
            "condition",
            [
                codes(fact.concepts), sites(fact.bodySites), fact.status.rawValue, fact.certainty.rawValue,
                date(fact.onset), date(fact.abatement), date(fact.recorded),
            ])
    }

    static func line(_ fact: Observation) -> String {
        line("observation", [codes(fact.concepts), value(fact.value), date(fact.effective), sites(fact.bodySites)])
    }

    static func line(_ fact: MedicationUse) -> String {
        line(
            "medication",
            [
                fact.kind.rawValue, codes(fact.concepts), fact.standing.rawValue, String(fact.isActive),
                fact.route.rawValue, date(fact.authored), date(fact.start), date(fact.end),
                fact.supplyDays.map { String($0) } ?? "", fact.dailyDose.map(quantity) ?? "",
                fact.shortestSupply.map { String($0) } ?? "", fact.longestSupply.map { String($0) } ?? "",
                reasons(fact.reasons), String(fact.hasReasonText),
            ])
    }

    static func line(_ fact: Procedure) -> String {
        line(
            "procedure",
            [
                codes(fact.concepts), sites(fact.bodySites), fact.state.rawValue, codes(fact.statusReasons),
                date(fact.start), date(fact.end),
            ])
    }

    static func line(_ fact: ImagingExamination) -> String {
        let test = [fact.test?.modality?.rawValue, fact.test?.region.rawValue].compactMap { $0 }
        return line(
            "examination",
            [test.joined(separator: " "), sites(fact.bodySites), date(fact.date), fact.conclusion ?? ""])
    }

    static func line(_ fact: Device) -> String {
        line("device", [codes(fact.types), fact.name ?? "", codes(fact.safety), fact.isImplant.rawValue])
    }

    static func line(_ fact: CodedStatement) -> String {
        line(
            fact.kind.rawValue,
            [codes(fact.concepts), String(fact.isActive), fact.certainty.rawValue, date(fact.recorded)])
    }

    static func line(_ fact: ServiceRequest) -> String {
        line(
            "request",
            [
                codes(fact.concepts), sites(fact.bodySites), fact.status.rawValue, String(fact.isOrder),
                fact.priority?.rawValue ?? "", date(fact.authored), date(fact.occurrence),
                reasons(fact.reasons), String(fact.hasReasonText), fact.setting.rawValue,
                String(fact.looksLikeImaging),
                fact.requesterSpecialties.map { "\($0.system)|\($0.code)" }.joined(separator: " "),
            ])
    }

    /// What an order under review asks for. When it was written is no part of it: a draft may get that on its way to the
    /// signature.
    static func line(_ order: FHIR.DraftOrder.Order) -> String {
        switch order {
        case .service(var request):
            request.authored = nil
            return line(request)
        case .medication(var drug):
            drug.authored = nil
            return line(drug)
        }
    }

    // MARK: Parts

    private static func reasons(_ reasons: [OrderReason]) -> String {
        reasons.map { reason in
            [codes(reason.concepts), reason.certainty.rawValue, sites(reason.bodySites), date(reason.onset)]
                .joined(separator: "/")
        }.joined(separator: ";")
    }

    private static func line(_ kind: String, _ members: [String]) -> String {
        ([kind] + members).joined(separator: "\u{1F}")
    }

    private static func codes(_ concepts: [Concept]) -> String {
        concepts.map(\.description).joined(separator: " ")
    }

    private static func sites(_ sites: [BodySite]) -> String { sites.map(\.rawValue).joined(separator: " ") }

    private static func date(_ date: PartialDate?) -> String { date?.literal ?? "" }

    private static func quantity(_ quantity: Quantity) -> String {
        "\(quantity.comparator?.rawValue ?? "")\(quantity.literal) \(quantity.unit ?? "")"
    }

    private static func value(_ value: Observation.Value) -> String {
        switch value {
        case .boolean(let answer): String(answer)
        case .quantity(let measured): quantity(measured)
        case .concepts(let concepts): codes(concepts)
        case .text(let text): "text \(text)"
        case .period(let start, let end): "\(date(start)) to \(date(end))"
        case .date(let day): date(day)
        case .absent: "absent"
        case .other: "other"
        }
    }
}
