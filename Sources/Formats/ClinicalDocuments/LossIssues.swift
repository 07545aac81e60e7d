import CCDAOnFHIR
import Diagnostics

extension LossReport {
    /// Sections that no criterion reads: family history, immunizations, payers, advance directives, care teams.
    ///
    /// A section without a code, or with one that is not known, may hold anything.
    private static let notNeeded: Set = ["10157-6", "10157-2", "11369-6", "48768-6", "42348-3", "85847-2"]

    /// One issue for each section code of which statements were lost: a warning where decisions need the section.
    func issues(source: String?) -> [Issue] {
        var order: [String?] = []
        var byCode: [String?: [Counts]] = [:]
        for section in sections {
            if byCode[section.code] == nil { order.append(section.code) }
            byCode[section.code, default: []].append(section.counts)
        }
        return order.compactMap { code in
            let counts = byCode[code] ?? []
            let asText = counts.reduce(0) { $0 + $1.asText }
            let refused = counts.reduce(0) { $0 + $1.refused }
            guard asText + refused > 0 else { return nil }
            let statements = counts.reduce(0) { $0 + $1.statements }
            let isNeeded = code.map { !Self.notNeeded.contains($0) } ?? true
            return Issue(
                isNeeded ? .documentLoss : .documentLossElsewhere, isNeeded ? .warning : .information,
                at: SourceLocation(source: source, path: items.first { $0.section == code }?.at),
                expected: "every statement of section \(code ?? "without a code") as a fact",
                found: "of \(statements) statements \(asText) kept as text, \(refused) refused")
        }
    }
}
