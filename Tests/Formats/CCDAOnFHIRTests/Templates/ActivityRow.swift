import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// An entry and what has to come of it.
struct ActivityRow: Sendable, CustomTestStringConvertible {
    let name: String
    let section: String
    let entry: String
    /// Types of the resources that say something of the patient's care, in the order of the Bundle.
    let made: [String]
    /// Values by type and path, for example `Procedure.status`; of a second resource of a type `Procedure#2.status`. `-` for
    /// what must not be there, `*` for anything.
    let expected: [String: String]
    /// What the loss report lists.
    let losses: [String]
    /// An issue that must be noted.
    let issue: IssueCode?
    var testDescription: String { name }

    init(
        _ name: String, section: String = "47519-4", _ entry: String, _ made: [String] = [],
        _ expected: [String: String] = [:], losses: [String] = [], issue: IssueCode? = nil
    ) {
        self.name = name
        self.section = section
        self.entry = entry
        self.made = made
        self.expected = expected
        self.losses = losses
        self.issue = issue
    }

    /// They say who wrote and read, and about whom.
    private static let bystanders: Set = [
        "Composition", "Patient", "Practitioner", "PractitionerRole", "Organization", "Provenance", "OperationOutcome",
    ]

    /// Converts the entry and compares.
    func check() throws {
        let converted = try Sample.convert(section, entry)
        let care = converted.resources.filter { !Self.bystanders.contains($0["resourceType"]?.text ?? "") }
        #expect(care.compactMap { $0["resourceType"]?.text } == made)
        #expect(converted.losses == losses)
        for (key, value) in expected {
            let parts = key.split(separator: ".", maxSplits: 1)
            let name = parts[0].split(separator: "#")
            let rank = name.count > 1 ? Int(name[1]) ?? 1 : 1
            let resources = care.filter { $0["resourceType"]?.text == String(name[0]) }
            guard resources.count >= rank else {
                Issue.record("no \(parts[0])")
                continue
            }
            resources[rank - 1].expect(String(parts[1]), value)
        }
        if let issue { #expect(converted.document.issues.contains { $0.code == issue }, "\(issue)") }
    }
}

/// Entries of invented documents, for the tests of activities. The document's day is 2025-06-16.
extension Entries {
    static let cpt = "2.16.840.1.113883.6.12"
    static let loinc = "2.16.840.1.113883.6.1"
    static let own = "2.25.212128376708657056537184201159124270098"
    static let ncit = "2.16.840.1.113883.3.26.1.1"
    /// An MRI of the lumbar spine.
    static let mri = code("72148", cpt, "MRI lumbar spine")

    /// `code`
    static func code(_ code: String, _ system: String, _ display: String? = nil, inside: String = "") -> String {
        let display = display.map { " displayName='\($0)'" } ?? ""
        return "<code code='\(code)' codeSystem='\(system)'\(display)>\(inside)</code>"
    }

    /// `effectiveTime` with a value, or with what is given inside.
    static func time(_ value: String) -> String {
        if value.isEmpty { return "" }
        return value.hasPrefix("<") ? "<effectiveTime>\(value)</effectiveTime>" : "<effectiveTime value='\(value)'/>"
    }

    /// A statement of any element, template and mood.
    static func statement(
        _ element: String, _ templates: [String], mood: String = "EVN", attributes: String = "", code: String = mri,
        status: String? = "completed", at time: String = "20250101", inside: String = ""
    ) -> String {
        let templates = templates.map { template in
            template.contains(".") ? "<templateId root='\(template)'/>" : Sample.template(template)
        }
        let status = status.map { "<statusCode code='\($0)'/>" } ?? ""
        return """
            <\(element) classCode='ACT' moodCode='\(mood)'\(attributes)>\(templates.joined())\(code)\(status)\
            \(self.time(time))\(inside)</\(element)>
            """
    }

    /// PQ, or another simple value.
    static func quantity(_ value: String, _ unit: String, type: String = "PQ") -> String {
        "<value xsi:type='\(type)' value='\(value)' unit='\(unit)'/>"
    }
    static func text(_ text: String) -> String { "<value xsi:type='ST'>\(text)</value>" }

    /// `component` around each.
    static func components(_ statements: String...) -> String {
        statements.map { "<component>\($0)</component>" }.joined()
    }

    /// A device in a procedure or supply.
    static func device(
        _ code: String = Entries.code("14106009", snomed, "Cardiac pacemaker"), udi: String? = nil,
        type: String = "DEV",
        inside: String = ""
    ) -> String {
        let id = udi.map { "<id root='2.16.840.1.113883.3.3719' extension='\($0)'/>" } ?? ""
        return """
            <participant typeCode='\(type)'><participantRole classCode='MANU'>\(Sample.template("37"))\(id)\
            <playingDevice>\(code)\(inside)</playingDevice></participantRole></participant>
            """
    }
}
