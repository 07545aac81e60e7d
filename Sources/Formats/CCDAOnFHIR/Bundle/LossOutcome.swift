import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// What was lost, said in the Bundle and in the issues.
extension DocumentMapper {
    /// Ends the Bundle with an OperationOutcome that lists each refused statement that would have become a resource.
    ///
    /// A reader of the Bundle learns from it for which types the record is not whole: `details.coding.code` is the
    /// resource type, `location` the XPath of the statement.
    mutating func mapLosses() {
        guard !refusedTypes.isEmpty else { return }
        let reasons = ledger.reasons
        let issues = refusedTypes.map { loss -> JSONValue in
            [
                "severity": "error", "code": "processing",
                "details": .concept(Self.lossSystem, loss.type),
                "diagnostics": .string(reasons[loss.statement.element.index] ?? "not used"),
                "location": [.string(loss.statement.path)],
            ]
        }
        _ = sink.add(
            "OperationOutcome", from: document.root, role: "losses", group: .losses, [("issue", .array(issues))])
    }

    /// Code system of `details` in the outcome of losses: the codes are names of resource types.
    static let lossSystem = "https://spinehook.example/fhir/CodeSystem/conversion-loss"

    /// One issue that sums up what was kept as text or refused, by section.
    func noteLosses(_ report: LossReport) {
        guard report.total.asText + report.total.refused > 0 else { return }
        var counts: [(code: String, asText: Int, refused: Int)] = []
        var matters = false
        for (section, found) in zip(document.sections, report.sections) {
            let (asText, refused) = (found.counts.asText, found.counts.refused)
            guard asText + refused > 0 else { continue }
            if section.role.bearsOnDecisions { matters = true }
            counts.append((found.code ?? "no code", asText, refused))
        }
        let sections = counts.map { "\($0.code) \($0.asText) and \($0.refused)" }.joined(separator: ", ")
        context.note(
            .ccdaLoss, matters ? .warning : .information, at: document.root, expected: "every statement as a resource",
            found: "\(report.total.asText) kept as text and \(report.total.refused) refused; by section: \(sections)")
    }
}

extension Section.Role {
    /// Whether a statement lost in such a section may hide something that the guideline asks for.
    fileprivate var bearsOnDecisions: Bool {
        switch self {
        case .payers, .advanceDirectives, .careTeams, .immunizations, .goals: false
        default: true
        }
    }
}
