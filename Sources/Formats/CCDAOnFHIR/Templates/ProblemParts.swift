import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// A statement inside a problem that only qualifies it.
enum ProblemPart {
    case status, severity, onsetAge, diagnosisDate, remark

    /// Nil for any other statement.
    init?(_ statement: Statement) {
        func has(_ code: String, _ system: String) -> Bool {
            statement.element.first("code").map {
                $0.hasAttribute("code", equalTo: code) && $0.hasAttribute("codeSystem", equalTo: system)
            } ?? false
        }
        switch statement.kind {
        case .observation where statement.has(.problemStatus) || has("33999-4", CodeSystemOID.loinc): self = .status
        case .observation where statement.has(.severity) || has("SEV", CodeSystemOID.actCode): self = .severity
        case .observation where statement.has(.ageObservation) || has("445518008", CodeSystemOID.snomed):
            self = .onsetAge
        case .act where statement.has(.dateOfDiagnosis) || has("77975-1", CodeSystemOID.loinc): self = .diagnosisDate
        case .observation where statement.hasAny(.healthStatus, .prognosis, .priorityPreference): self = .remark
        default: return nil
        }
    }
}

extension DocumentMapper {
    /// What the statements inside a problem, and its site, add to the Condition.
    struct ProblemParts {
        var severity: JSONValue?
        var onsetAge: JSONValue?
        var sites: [JSONValue] = []
        var notes: [JSONValue] = []
        var extensions: JSONValue?
    }

    /// Reads and consumes the statements that only qualify a problem.
    mutating func parts(of problem: Problem) -> ProblemParts {
        var parts = ProblemParts()
        readSites(of: problem, into: &parts)
        for related in problem.statement.related {
            guard let part = ProblemPart(related.statement), !namesOther(related.statement) else { continue }
            read(part, related.statement, of: problem, into: &parts)
            consume([related.statement])
        }
        parts.notes += comments(of: problem.statement)
        if let act = problem.frame.act {
            for related in act.related where ProblemPart(related.statement) == .remark {
                remark(related.statement, into: &parts)
                consume([related.statement])
            }
            parts.notes += comments(of: act)
        }
        return parts
    }

    private func read(
        _ part: ProblemPart, _ statement: Statement, of problem: Problem, into parts: inout ProblemParts
    ) {
        guard !statement.isNullified, statement.negation == .no else { return }
        switch part {
        case .status: break
        case .severity: parts.severity = parts.severity ?? statement.coded("value")?.codeableConcept(in: context)
        case .onsetAge:
            guard problem.time?.start == nil else { return }
            parts.onsetAge = parts.onsetAge ?? age(of: statement)
        case .diagnosisDate:
            guard let time = statement.effectiveTime?.start else { return }
            parts.extensions = [
                [
                    "url": "http://hl7.org/fhir/StructureDefinition/condition-assertedDate",
                    "valueDateTime": .string(time.fhir),
                ]
            ]
        case .remark: remark(statement, into: &parts)
        }
    }

    private func remark(_ statement: Statement, into parts: inout ProblemParts) {
        let label =
            statement.has(.prognosis) ? "Prognosis" : statement.has(.healthStatus) ? "Health status" : "Priority"
        if let text = valueText(of: statement) { parts.notes.append(.text("\(label): \(text)")) }
    }

    /// Age; nil unless it is a number with a unit of time, which FHIR demands.
    func age(of statement: Statement) -> JSONValue? {
        guard case .quantity(let quantity)? = statement.values.first, quantity.comparator == nil,
            let unit = quantity.ucum, ["a", "mo", "wk", "d", "h", "min"].contains(unit)
        else { return nil }
        return quantity.json
    }

    private func readSites(of problem: Problem, into parts: inout ProblemParts) {
        let sites = problem.statement.allCoded("targetSiteCode")
        parts.sites = sites.compactMap { $0.codeableConcept(mapsQualifiers: $0.hasOnlyLaterality, in: context) }
        for value in sites + [problem.value].compactMap(\.self) {
            guard let side = value.laterality else { continue }
            let site: JSONValue = ["coding": [side.json]]
            if !parts.sites.contains(site) { parts.sites.append(site) }
        }
    }

    // MARK: Problem Status

    /// What Problem Status `.4.6` says: the first that can be read; nil when there is none.
    func reportedStatus(of statement: Statement) -> ProblemEvidence.Reported? {
        for related in statement.related {
            let inner = related.statement
            guard ProblemPart(inner) == .status, !inner.isNullified, inner.negation == .no,
                let value = inner.coded("value")
            else { continue }
            if let status = value.codings.lazy.compactMap(Self.reportedStatus(ofCoding:)).first { return status }
            let word = value.text?.lowercased()
            let status = ProblemEvidence.Reported.allCases.first { $0.rawValue == word }
            if !value.isEmpty {
                context.note(
                    .ccdaStatus, at: value.element, expected: "a code of the problem statuses",
                    found: status == nil ? "another; it is not used" : "another; its words are used")
            }
            if let status { return status }
        }
        return nil
    }

    private static func reportedStatus(ofCoding coding: CodedValue.Coding) -> ProblemEvidence.Reported? {
        coding.system == nil || coding.system == CodeSystemOID.snomed ? reportedStatuses[coding.code] : nil
    }

    private static let reportedStatuses: [String: ProblemEvidence.Reported] = [
        "55561003": .active, "246455001": .recurrence, "263855007": .relapse, "277022003": .remission,
        "413322009": .resolved, "73425007": .inactive,
    ]
}

extension CodedValue {
    /// Whether its qualifiers, if any, only say which side of the body is meant.
    var hasOnlyLaterality: Bool { qualifiers.allSatisfy(\.isLaterality) }
}
