import ClinicalModel
import JSONTree

/// Reads the tables of a guideline: `rows` of flat objects beside the description of their source.
enum GuidelineTables {
    /// The rows; none, with a fault, when the table is named wrongly or says nothing of its source.
    private static func rows(_ root: JSONNode, _ artefact: inout Artefact) -> [JSONNode] {
        for member in ["version", "date", "title", "licence", "copyright"] as [StaticString] {
            _ = artefact.text(member, of: root)
        }
        if artefact.text("name", of: root) != artefact.name {
            artefact.fault(.nameDiffers, at: root["name"], expected: "the name of the file", found: "another name")
        }
        return artefact.list("rows", of: root)
    }

    static func roles(_ root: JSONNode, _ artefact: inout Artefact) -> [RoleRow] {
        rows(root, &artefact).compactMap { row in
            guard let set = artefact.text("set", of: row), let part = artefact.text("part", of: row),
                let role = artefact.text("role", of: row), let alone = artefact.text("alone", of: row),
                let part = artefact.word(part, as: CodeUse.Part.self, at: row),
                let alone = artefact.word(alone, as: CodeUse.Alone.self, at: row)
            else { return nil }
            let name = ValueSetName(rawValue: set)
            if !ValueSetName.all.contains(name) {
                artefact.fault(.setUnknown, at: row, expected: "a value set of the product", found: "another name")
            }
            let words = row["when"].map { $0.elements.compactMap(\.string) } ?? []
            let use = CodeUse(
                set: name, criterion: row["criterion"]?.string, component: row["component"]?.string, part: part,
                role: CodeUse.Role(rawValue: role), alone: alone,
                qualifiers: Set(words.map(CodeUse.Qualifier.init(rawValue:))))
            return RoleRow(set: name, code: code(row), use: use)
        }
    }

    private static func code(_ row: JSONNode) -> Code? {
        guard let system = row["system"]?.string, let code = row["code"]?.string else { return nil }
        return Code(system: system, code: code)
    }

    static func imagingTests(_ root: JSONNode, _ artefact: inout Artefact) -> [ImagingTestRow] {
        rows(root, &artefact).compactMap { row in
            guard let system = artefact.text("system", of: row), let code = artefact.text("code", of: row),
                let test = artefact.text("test", of: row), let region = artefact.text("region", of: row),
                let region = artefact.word(region, as: ImagingTest.Region.self, at: row)
            else { return nil }
            var modality: Modality?
            if test != "OTHER" {
                modality = artefact.word(test, as: Modality.self, at: row)
                if modality == nil { return nil }
            }
            return ImagingTestRow(
                code: Code(system: system, code: code),
                test: ImagingTest(
                    modality: modality, region: region, needsPainReason: row["needsPainReason"]?.bool ?? false),
                isPreferred: row["preferred"]?.bool ?? false)
        }
    }

    static func morphineFactors(_ root: JSONNode, _ artefact: inout Artefact) -> [MorphineFactor] {
        rows(root, &artefact).compactMap { row in
            guard let ingredient = artefact.text("ingredient", of: row), let unit = artefact.text("unit", of: row),
                let route = artefact.text("route", of: row)
            else { return nil }
            let factor = row["factor"] == nil ? nil : artefact.number("factor", of: row)
            return MorphineFactor(ingredient: ingredient, factor: factor, unit: unit, route: route)
        }
    }

    static func prednisoneEquivalents(_ root: JSONNode, _ artefact: inout Artefact) -> [String: Double] {
        var equivalents: [String: Double] = [:]
        for row in rows(root, &artefact) {
            guard let ingredient = artefact.text("ingredient", of: row),
                let milligrams = artefact.number("milligrams", of: row)
            else { continue }
            equivalents[ingredient] = milligrams
        }
        return equivalents
    }
}
