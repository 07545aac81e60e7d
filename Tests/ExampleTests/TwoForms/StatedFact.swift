import ClinicalModel
import SeededGenerator

/// Where a C-CDA document keeps a statement, by the template and the LOINC code of the section.
enum Section: String, CaseIterable, Sendable {
    case problems, results, vitals, medications, procedures, plan

    private var template: String {
        switch self {
        case .problems: "2.16.840.1.113883.10.20.22.2.5.1"
        case .results: "2.16.840.1.113883.10.20.22.2.3.1"
        case .vitals: "2.16.840.1.113883.10.20.22.2.4.1"
        case .medications: "2.16.840.1.113883.10.20.22.2.1.1"
        case .procedures: "2.16.840.1.113883.10.20.22.2.7.1"
        case .plan: "2.16.840.1.113883.10.20.22.2.10"
        }
    }

    private var code: String {
        switch self {
        case .problems: "11450-4"
        case .results: "30954-2"
        case .vitals: "8716-3"
        case .medications: "10160-0"
        case .procedures: "47519-4"
        case .plan: "18776-5"
        }
    }

    /// The section with its entries.
    func xml(_ entries: [String]) -> String {
        """
        <section><templateId root="\(template)"/><templateId root="\(template)" extension="2015-08-01"/>
        <code code="\(code)" codeSystem="2.16.840.1.113883.6.1"/><title>\(rawValue)</title><text>see entries</text>
        \(entries.map { "<entry>\($0)</entry>" }.joined(separator: "\n"))</section>
        """
    }
}

/// One thing that is known of a patient, stated as a FHIR R4 resource and as an entry of a C-CDA document.
struct StatedFact: Sendable {
    /// For a person who reads a failure.
    let words: String
    let section: Section
    /// The resource; its id takes the place of `#`.
    let resource: String
    /// The entry; its id takes the place of `#`.
    let entry: String
}

/// A date of both formats: to the day, the month or the year.
struct StatedDate: Sendable {
    /// `2025-06-01`, `2025-06` or `2025`.
    let fhir: String
    /// `20250601`, `202506` or `2025`.
    var cda: String { fhir.filter { $0 != "-" } }

    init(daysAgo days: Int, precision: Int = 10) {
        // 16 June 2025, the day of every case.
        let (year, month, day) = Day(20_255 - days).civil
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        fhir = String("\(year)-\(two(month))-\(two(day))".prefix(precision))
    }
}

extension Code {
    /// The FHIR Coding.
    var coding: String { #"{"system":"\#(system)","code":"\#(code)"}"# }

    /// The attributes of a CDA code.
    var attributes: String { #"code="\#(code)" codeSystem="\#(oid)""# }

    private var oid: String {
        switch system {
        case CodeSystem.snomedCT: "2.16.840.1.113883.6.96"
        case CodeSystem.icd10CM: "2.16.840.1.113883.6.90"
        case CodeSystem.loinc: "2.16.840.1.113883.6.1"
        case CodeSystem.rxNorm: "2.16.840.1.113883.6.88"
        case CodeSystem.cpt: "2.16.840.1.113883.6.12"
        default: "2.25.212128376708657056537184201159124270098"
        }
    }
}
