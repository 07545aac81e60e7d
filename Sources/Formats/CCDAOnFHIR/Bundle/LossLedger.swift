import CCDA
import XMLTree

/// Keeps account of every statement under every `section/entry`: each is settled exactly once.
struct LossLedger {
    /// What became of a statement.
    enum Entry: Hashable {
        case mapped
        case asText(String)
        case refused(String)
    }
    private struct Line {
        let statement: Statement
        let section: Int
        var entry: Entry?
    }
    private var lines: [Line] = []
    private var lineOfElement: [Int: Int] = [:]

    /// Opens an account for every statement of the document, at any depth.
    init(_ document: ClinicalDocument) {
        for section in document.sections {
            for entry in section.entries {
                for element in entry.descendants() {
                    guard let statement = Statement(element, in: document.context),
                        lineOfElement[element.index] == nil
                    else { continue }
                    lineOfElement[element.index] = lines.count
                    lines.append(Line(statement: statement, section: section.index))
                }
            }
        }
    }

    /// Whether a statement has its outcome.
    func isSettled(_ statement: Statement) -> Bool {
        lineOfElement[statement.element.index].map { lines[$0].entry != nil } ?? true
    }

    /// Says what became of a statement; the first word counts.
    mutating func settle(_ statement: Statement, _ entry: Entry) {
        guard let line = lineOfElement[statement.element.index], lines[line].entry == nil else { return }
        lines[line].entry = entry
    }

    /// Why statements were not used, by the rank of their element.
    var reasons: [Int: String] {
        var reasons: [Int: String] = [:]
        for line in lines {
            switch line.entry {
            case .refused(let reason), .asText(let reason): reasons[line.statement.element.index] = reason
            default: break
            }
        }
        return reasons
    }

    /// The report; what nobody settled is refused, as not read.
    func report(for document: ClinicalDocument) -> LossReport {
        var report = LossReport()
        report.sections = document.sections.map { section in
            LossReport.SectionCounts(code: section.loinc)
        }
        for line in lines {
            let entry = line.entry ?? .refused("not reached")
            let section = report.sections[line.section].code
            func add(_ outcome: LossReport.Outcome, _ reason: String) {
                report.items.append(
                    LossReport.Item(
                        at: line.statement.path, template: line.statement.templates.first?.rawValue, outcome: outcome,
                        reason: reason, section: section))
            }
            switch entry {
            case .mapped:
                report.total.mapped += 1
                report.sections[line.section].counts.mapped += 1
            case .asText(let reason):
                report.total.asText += 1
                report.sections[line.section].counts.asText += 1
                add(.asText, reason)
            case .refused(let reason):
                report.total.refused += 1
                report.sections[line.section].counts.refused += 1
                add(.refused, reason)
            }
        }
        return report
    }
}
