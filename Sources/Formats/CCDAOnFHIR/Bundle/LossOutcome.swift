import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// What was lost, said in the Bundle and in the issues.
extension DocumentMapper {
    /// Ends the Bundle with an OperationOutcome that lists each refused statement that would have become a resource, as
    /// an error, and each list of problems that is written in words alone, as a warning. A body without sections is an
    /// error: it may say anything.
    ///
    /// A reader of the Bundle learns from it for which types the record is not whole: `details.coding.code` is the
    /// resource type, `location` the XPath of the statement or section.
    mutating func mapLosses() {
        let reasons = ledger.reasons
        func issue(_ severity: String, _ type: String, _ reason: String, _ path: String) -> JSONValue {
            [
                "severity": .string(severity), "code": "processing", "details": .concept(Self.lossSystem, type),
                "diagnostics": .string(reason), "location": [.string(path)],
            ]
        }
        let refused = refusedTypes.map { loss in
            issue("error", loss.type, reasons[loss.statement.element.index] ?? "not used", loss.statement.path)
        }
        let worded = document.sections.filter(\.listsProblemsInWords).map { section in
            issue("warning", "Condition", "a list of problems in words alone, not read", section.element.path)
        }
        let body = document.nonXMLBody.map { body in
            issue("error", "DocumentReference", "a body without sections, not read", body.path)
        }
        let issues = refused + worded + (body.map { [$0] } ?? [])
        guard !issues.isEmpty else { return }
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

extension Section {
    /// Whether it is there to list problems, present or past, and does so without a single entry.
    fileprivate var listsProblemsInWords: Bool {
        switch role {
        case .problems, .pastMedicalHistory, .medicalHistory: nullFlavor == nil && entries.isEmpty && hasWords
        default: false
        }
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
