import ClinicalModel
import SampleDocuments
import SeededGenerator

/// An invented patient with an order of a lumbar MRI, stated in both forms.
struct TwoFormPatient: Sendable {
    let age: Int
    /// Numbered facts, so that each can be left out.
    var facts: [(id: Int, fact: StatedFact)]

    init(seed: UInt64, terminology: Terminology) {
        var drawing = FactDrawing(terminology: terminology, random: SeededGenerator(seed: seed))
        age = drawing.number(15...85)
        var facts: [StatedFact] = []
        if drawing.number(0...5) > 0 {
            facts.append(drawing.problem([.lumbosacralRadiculopathy], mayBeDenied: false))
        }
        for _ in 0..<drawing.number(0...9) { facts.append(drawing.fact()) }
        self.facts = facts.enumerated().map { ($0.offset, $0.element) }
    }

    private var birth: StatedDate { StatedDate(daysAgo: age * 365 + age / 4) }

    var words: String { "born \(birth.fhir): " + facts.map(\.fact.words).joined(separator: "; ") }

    private static func named(_ text: String, _ id: Int) -> String { text.replacing("#", with: "f\(id)") }

    /// A FHIR R4 Bundle.
    var bundle: String {
        let order = """
            {"resourceType":"ServiceRequest","id":"o","status":"draft","intent":"order","priority":"routine",
            "code":{"coding":[\(Self.test.coding)]},"subject":{"reference":"Patient/p"},"authoredOn":"2025-06-16"}
            """
        let patient = #"{"resourceType":"Patient","id":"p","birthDate":"\#(birth.fhir)"}"#
        let resources = [patient] + facts.map { Self.named($0.fact.resource, $0.id) } + [order]
        return """
            {"resourceType":"Bundle","type":"collection","timestamp":"2025-06-16T09:00:00-05:00","entry":[
            \(resources.map { #"{"resource":\#($0)}"# }.joined(separator: ",\n"))]}
            """
    }

    /// A C-CDA document.
    var document: String {
        var document = SampleDocument()
        document.birth = birth.cda
        let order = """
            <observation classCode="OBS" moodCode="RQO"><templateId root="2.16.840.1.113883.10.20.22.4.44"/>
            <id root="2.16.840.1.113883.19.5.1" extension="o"/><code \(Self.test.attributes)/><statusCode code="active"/>
            <priorityCode code="R" codeSystem="2.16.840.1.113883.5.7"/></observation>
            """
        document.sections = Section.allCases.compactMap { section in
            let entries =
                facts.filter { $0.fact.section == section }.map { Self.named($0.fact.entry, $0.id) }
                + (section == .plan ? [order] : [])
            return entries.isEmpty ? nil : section.xml(entries)
        }
        return document.xml
    }

    private static let test = Code(system: CodeSystem.loinc, code: "30679-5")

    /// The same patient with one fact less.
    var simplified: [TwoFormPatient] {
        facts.indices.map { index in
            var patient = self
            patient.facts.remove(at: index)
            return patient
        }
    }
}
