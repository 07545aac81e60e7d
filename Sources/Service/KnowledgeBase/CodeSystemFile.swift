import ClinicalModel
import JSONTree

/// Reads the product's FHIR CodeSystems: concepts with their properties, in order.
enum CodeSystemFile {
    /// A concept as the file holds it.
    struct Concept {
        let node: JSONNode
        let code: String
        let display: String
        /// Property code and value, in order.
        let properties: [(name: String, value: JSONNode)]

        /// The values of a property.
        func all(_ name: String) -> [JSONNode] { properties.compactMap { $0.name == name ? $0.value : nil } }
        /// The first value of a property; nil when it has none.
        func first(_ name: String) -> JSONNode? { all(name).first }
    }

    /// The concepts; none, with a fault, when the file is another resource or named wrongly.
    static func concepts(_ root: JSONNode, _ artefact: inout Artefact) -> [Concept] {
        guard artefact.text("resourceType", of: root) == "CodeSystem" else {
            artefact.fault(.valueUnknown, at: root, expected: "a CodeSystem", found: "another resource type")
            return []
        }
        guard artefact.text("url", of: root) == "\(CodeSystem.canonicalBase)/CodeSystem/\(artefact.name)" else {
            let expected = "the canonical URL \(CodeSystem.canonicalBase)/CodeSystem/ and the name of the file"
            artefact.fault(.nameDiffers, at: root["url"], expected: expected, found: "another URL")
            return []
        }
        var seen: Set<String> = []
        return artefact.list("concept", of: root).compactMap { node in
            guard let code = artefact.text("code", of: node) else { return nil }
            if !seen.insert(code).inserted {
                artefact.fault(.codeTwice, at: node, expected: "each code once in a file", found: "a code again")
            }
            let properties = node["property"].map { Array($0.elements) } ?? []
            return Concept(
                node: node, code: code, display: node["display"]?.string ?? code,
                properties: properties.compactMap { property in
                    guard let name = property["code"]?.string,
                        let value = property.members.first(where: { $0.name.text.hasPrefix("value") })?.value
                    else { return nil }
                    return (name, value)
                })
        }
    }
}

/// A reason offered with a card for setting it aside.
public struct OverrideReason: Sendable, Hashable {
    /// Code of `CodeSystem/override-reasons`.
    public let code: String
    /// For people, under 60 characters.
    public let display: String
    /// Whether the reason states a fact that the record lacks: a gap in the data, not a disagreement.
    public let addsFact: Bool
}

/// What a card is about.
public struct CardDefinition: Sendable, Hashable {
    /// Code of `CodeSystem/cards`, for example `K05`.
    public let code: String
    /// A few words for people.
    public let display: String
    /// Usual urgency: `info`, `warning` or `critical`; a decision may raise or lower it.
    public let indicator: String
}

extension CodeSystemFile {
    static func overrideReasons(_ root: JSONNode, _ artefact: inout Artefact) -> [OverrideReason] {
        concepts(root, &artefact).compactMap { concept in
            guard let addsFact = concept.first("adds-fact")?.bool, concept.display.count < 60 else {
                artefact.fault(
                    .memberMissing, at: concept.node, expected: "adds-fact, and a display under 60 characters",
                    found: "a concept without")
                return nil
            }
            return OverrideReason(code: concept.code, display: concept.display, addsFact: addsFact)
        }
    }

    static func cards(_ root: JSONNode, _ artefact: inout Artefact) -> [CardDefinition] {
        concepts(root, &artefact).compactMap { concept in
            guard let indicator = concept.first("indicator")?.string,
                ["info", "warning", "critical"].contains(indicator)
            else {
                artefact.fault(
                    .valueUnknown, at: concept.node, expected: "an indicator info, warning or critical",
                    found: "a concept without")
                return nil
            }
            return CardDefinition(code: concept.code, display: concept.display, indicator: indicator)
        }
    }

    static func findings(_ root: JSONNode, _ artefact: inout Artefact) -> [FindingDefinition] {
        concepts(root, &artefact).map { finding($0, &artefact) }
    }

    private static func finding(_ concept: Concept, _ artefact: inout Artefact) -> FindingDefinition {
        let kinds = concept.all("value").compactMap(\.string).filter { $0 != "answer" }
        let low = concept.first("low")?.numberText.flatMap(Double.init)
        let high = concept.first("high")?.numberText.flatMap(Double.init)
        let range: ClosedRange<Double>? = if let low, let high, low <= high { low...high } else { nil }
        return FindingDefinition(
            code: concept.code, display: concept.display,
            values: Set(
                kinds.compactMap { artefact.word($0, as: FindingDefinition.ValueKind.self, at: concept.node) }),
            answers: concept.all("answer").compactMap(\.string), range: range, unit: concept.first("unit")?.string,
            targets: concept.all("component").compactMap(\.string).map(target),
            part: concept.first("part")?.string.flatMap {
                artefact.word($0, as: CodeUse.Part.self, at: concept.node)
            },
            isScreen: concept.first("screen")?.bool ?? false, validityDays: concept.first("validity")?.integer,
            muscle: concept.first("muscle")?.string,
            side: concept.first("side")?.string.flatMap(BodySite.init(rawValue:)))
    }

    private static func target(_ text: String) -> FindingDefinition.Target {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        return FindingDefinition.Target(criterion: parts.first ?? text, component: parts.dropFirst().first)
    }

    static func products(_ root: JSONNode, _ artefact: inout Artefact) -> [String: DrugProduct] {
        var products: [String: DrugProduct] = [:]
        for concept in concepts(root, &artefact) { products[concept.code] = product(concept, &artefact) }
        return products
    }

    /// A strength and its unit belong to the ingredient before them.
    private static func product(_ concept: Concept, _ artefact: inout Artefact) -> DrugProduct {
        var ingredients: [Ingredient] = []
        var strength: Double?
        var route: DrugForm.Route?
        var isExtendedRelease = false
        var isCombination = false
        for (name, value) in concept.properties {
            switch name {
            case "ingredient": ingredients.append(Ingredient(rxNorm: value.string ?? ""))
            case "strength": strength = value.numberText.flatMap(Double.init)
            case "strength-unit":
                guard let number = strength, let unit = value.string, let last = ingredients.popLast() else { break }
                let known = Strength(value: number, unit: unit)
                ingredients.append(Ingredient(rxNorm: last.rxNorm, strength: known))
                strength = nil
            case "route": route = artefact.word(value.string ?? "", as: DrugForm.Route.self, at: concept.node)
            case "extended-release": isExtendedRelease = value.bool ?? false
            case "combination": isCombination = value.bool ?? false
            default: break
            }
        }
        let form = DrugForm(route: route, isExtendedRelease: isExtendedRelease, isCombination: isCombination)
        return DrugProduct(ingredients: ingredients, form: form)
    }
}
