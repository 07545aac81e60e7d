import CCDA
import JSONTree
import XMLTree

/// A Diagnostic Imaging Report → DiagnosticReport: the service event says what was done and when (section 7.15).
extension DocumentMapper {
    /// Makes the report of a document that is one. To be called behind the last section.
    mutating func mapImagingReport(during encounter: String?) {
        let code = document.root.first("code").map { CodedValue($0, in: context) }
        guard isImagingReport(code) else { return }
        let event = document.root.elements("documentationOf").lazy.compactMap { $0.first("serviceEvent") }.first
        let done = event?.first("code").flatMap { concept(CodedValue($0, in: context)) } ?? concept(code)
        guard let done else { return }
        let time = event?.first("effectiveTime").map { TimeExpression($0, in: context).members("effective") }
        let results = listed(in: [.imagingFindings, .imagingNarrative, .results], type: "Observation")
        let studies = listed(in: Section.Role.allCases, type: "ImagingStudy")
        let made = sink.add(
            "DiagnosticReport", from: event ?? document.root, role: "document",
            [
                ("identifier", document.root.first("id").flatMap { InstanceIdentifier($0).json }.map { [$0] }),
                ("status", "final"), ("category", [ImagingCategory.report]), ("code", done), ("subject", subject),
                ("encounter", encounter.map { reference($0) }),
            ] + (time ?? []) + [
                ("issued", document.effectiveTime?.instant.map { .string($0) }),
                ("performer", imagingPerformers(event).nonEmptyArray),
                ("result", results.map { reference($0) }.nonEmptyArray),
                ("imagingStudy", studies.map { reference($0) }.nonEmptyArray),
                ("conclusion", impression.map { .string($0) }),
            ])
        let section = document.sections.first { $0.role == .imagingFindings } ?? document.sections.first
        if let section { listed[section.index, default: []].append(made) }
    }

    /// By the document's template or code.
    private func isImagingReport(_ code: CodedValue?) -> Bool {
        let isStated = document.root.elements("templateId").contains {
            $0.hasAttribute("root", equalTo: "2.16.840.1.113883.10.20.22.1.5")
        }
        return isStated || code?.has("18748-4", CodeSystemOID.loinc) == true || ImagingCategory.holds(code)
    }

    private func listed(in roles: [Section.Role], type: String) -> [String] {
        document.sections.filter { roles.contains($0.role) }.flatMap { listed[$0.index] ?? [] }
            .filter { sink.type(of: $0) == type }
    }

    private mutating func imagingPerformers(_ event: XMLElement?) -> [JSONValue] {
        var found: [JSONValue] = []
        for role in event?.elements("performer").compactMap({ $0.first("assignedEntity") }) ?? [] {
            guard let who = participantResource(role),
                ["Practitioner", "PractitionerRole", "Organization"].contains(who.type)
            else { continue }
            if !found.contains(reference(who.reference)) { found.append(reference(who.reference)) }
        }
        return found
    }

    /// The words of the sections Impression and Conclusions, for people.
    private var impression: String? {
        let texts = document.sections.filter { $0.code?.hasAny(["19005-8", "55110-1"], CodeSystemOID.loinc) == true }
            .compactMap { context.joinedText(of: $0.narrative) }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}
