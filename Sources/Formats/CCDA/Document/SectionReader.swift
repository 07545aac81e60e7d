import Diagnostics
import XMLTree

/// Finds the sections of a document and what each is about (section 6).
enum SectionReader {
    /// Sections at any depth, in document order.
    static func sections(of root: XMLElement, in context: DocumentContext) -> [Section] {
        var sections: [Section] = []
        var rankOfElement: [Int: Int] = [:]
        for element in root.descendants() where element.has(name: "section") {
            var around = element.parent
            while let next = around, rankOfElement[next.index] == nil { around = next.parent }
            rankOfElement[element.index] = sections.count
            sections.append(
                section(
                    element, index: sections.count, parent: around.flatMap { rankOfElement[$0.index] }, in: context))
        }
        return sections
    }

    private static func section(
        _ element: XMLElement, index: Int, parent: Int?, in context: DocumentContext
    ) -> Section {
        let code = element.first("code")
        let codes = code.map(codings) ?? []
        let title = element.first("title")?.ownText.trimmingBlanks()
        let nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0.trimmingBlanks()) }
        let hasEntries = element.first("entry") != nil
        if codes.isEmpty {
            context.note(.ccdaSection, at: element, expected: "a section with a code", found: "none")
        }
        if nullFlavor != nil, hasEntries {
            context.note(
                .ccdaSection, at: element, expected: "no entries where a section says it has no information",
                found: "entries, which are read")
        }
        return Section(
            element: element, role: role(of: element, codes, title, hasEntries, in: context),
            code: code.map { CodedValue($0, in: context) }, title: title?.isEmpty == false ? title : nil, index: index,
            parent: parent, nullFlavor: nullFlavor, loinc: codes.first?.code)
    }

    /// Code and translations of a `code`, in document order.
    private static func codings(_ code: XMLElement) -> [(code: String, system: String?)] {
        ([code] + code.descendants().filter { $0.has(name: "translation") }).compactMap { element in
            guard let code = element["code"]?.trimmingBlanks(), !code.isEmpty else { return nil }
            return (code, element["codeSystem"]?.trimmingBlanks())
        }
    }

    /// By code, else by template, else by title.
    private static func role(
        of element: XMLElement, _ codes: [(code: String, system: String?)], _ title: String?, _ hasEntries: Bool,
        in context: DocumentContext
    ) -> Section.Role {
        for coding in codes {
            if let role = SectionRoles.role(ofCode: coding.code, system: coding.system) { return role }
        }
        for template in element.elements("templateId") {
            if let role = template["root"].flatMap({ SectionRoles.byTemplate[$0.trimmingBlanks()] }) { return role }
        }
        guard let role = title.flatMap({ SectionRoles.role(ofTitle: $0) }) else { return .other }
        if hasEntries {
            context.note(
                .ccdaSection, at: element, expected: "a section with a code or template that is known",
                found: "neither; taken for \(role.rawValue) by its title")
        }
        return role
    }
}
