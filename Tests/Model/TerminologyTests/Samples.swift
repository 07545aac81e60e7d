import ClinicalModel

/// Small content for tests; the codes are codes of the value sets, the roles are arranged for each test.
enum Sample {
    static func set(_ name: ValueSetName, _ groups: [ValueSetContent.Group]) -> ValueSetContent {
        ValueSetContent(
            description: ValueSetDescription(
                name: name, url: "https://spinehook.example/fhir/ValueSet/\(name)", version: "1", title: "\(name)",
                date: "2026-11-23", copyright: ""),
            groups: groups)
    }

    static func icd(_ codes: [String], headers: [String] = [], qualifiers: [String] = []) -> ValueSetContent.Group {
        ValueSetContent.Group(
            system: CodeSystem.icd10CM, qualifiers: qualifiers,
            members: (codes + headers).map { ($0, "title of \($0)") },
            headers: headers)
    }

    static func snomed(_ codes: [String]) -> ValueSetContent.Group {
        ValueSetContent.Group(system: CodeSystem.snomedCT, members: codes.map { ($0, "title of \($0)") })
    }

    static func row(
        _ set: ValueSetName, code: String? = nil, system: String = CodeSystem.icd10CM,
        criterion: String = "redflag.malignancy", component: String? = nil, _ part: CodeUse.Part = .presenting,
        _ role: CodeUse.Role = "finding", _ alone: CodeUse.Alone = .yes, when: Set<CodeUse.Qualifier> = []
    ) -> RoleRow {
        RoleRow(
            set: set, code: code.map { Code(system: system, code: $0) },
            use: CodeUse(
                set: set, criterion: criterion, component: component, part: part, role: role, alone: alone,
                qualifiers: when))
    }

    static func terminology(_ sets: [ValueSetContent], roles: [RoleRow] = []) -> Terminology {
        var content = TerminologyContent()
        content.valueSets = sets
        content.roles = roles
        return Terminology(content)
    }
}

extension Terminology {
    /// Looks a coding up as a reader does.
    func match(_ system: String, _ code: String) -> CodingMatch {
        match(system: Array(system.utf8).span, code: Array(code.utf8).span)
    }

    /// The uses of an ICD-10-CM code, `part/alone` each.
    func icdUses(_ code: String) -> [String] {
        concept(Code(system: CodeSystem.icd10CM, code: code)).uses.map { "\($0.part)/\($0.alone.rawValue)" }
    }
}
