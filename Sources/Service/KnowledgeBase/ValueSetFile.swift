import ClinicalModel
import JSONTree

/// Reads the part of a FHIR ValueSet that the product follows: codes listed, and ICD-10-CM headers by `is-a` filters.
///
/// Whatever else a ValueSet can do (other filters, other value sets, exclusions) is a fault: to pass over it would change
/// the set without a word.
enum ValueSetFile {
    private static let extensions = "\(CodeSystem.canonicalBase)/StructureDefinition/"

    static func read(_ root: JSONNode, _ artefact: inout Artefact) -> ValueSetContent? {
        guard let type = artefact.text("resourceType", of: root), let url = artefact.text("url", of: root),
            let version = artefact.text("version", of: root), let title = artefact.text("title", of: root),
            let date = artefact.text("date", of: root)
        else { return nil }
        guard type == "ValueSet" else {
            artefact.fault(.valueUnknown, at: root, expected: "a ValueSet", found: "another resource type")
            return nil
        }
        guard url == "\(CodeSystem.canonicalBase)/ValueSet/\(artefact.name)" else {
            let expected = "the canonical URL \(CodeSystem.canonicalBase)/ValueSet/ and the name of the file"
            artefact.fault(.nameDiffers, at: root["url"], expected: expected, found: "another URL")
            return nil
        }
        let description = ValueSetDescription(
            name: ValueSetName(rawValue: completedSet(root) ?? artefact.name), url: url, version: version,
            title: title, date: date, copyright: root["copyright"]?.string ?? "")
        return ValueSetContent(description: description, groups: groups(root, &artefact))
    }

    /// The set whose codes of one licensed system the file holds; nil for a file that is a set itself.
    private static func completedSet(_ root: JSONNode) -> String? {
        for (url, value) in extended(root) where url == "value-set-part-of" {
            return value.string?.split(separator: "/").last.map(String.init)
        }
        return nil
    }

    private static func extended(_ node: JSONNode) -> [(url: String, value: JSONNode)] {
        (node["extension"]?.elements).map(Array.init).map { list in
            list.compactMap { item in
                guard let url = item["url"]?.string, url.hasPrefix(extensions),
                    let value = item.members.first(where: { $0.name.text.hasPrefix("value") })?.value
                else { return nil }
                return (String(url.dropFirst(extensions.count)), value)
            }
        } ?? []
    }

    private static func groups(_ root: JSONNode, _ artefact: inout Artefact) -> [ValueSetContent.Group] {
        guard let compose = root["compose"] else { return [] }
        if let exclude = compose["exclude"] {
            artefact.fault(.valueUnknown, at: exclude, expected: "no exclusions", found: "compose.exclude")
        }
        var groups: [ValueSetContent.Group] = []
        var seen: [String: Set<String>] = [:]
        for include in artefact.list("include", of: compose) {
            guard let system = artefact.text("system", of: include) else { continue }
            let words = extended(include).compactMap { $0.url == "code-qualifier" ? $0.value.string : nil }
            var group = ValueSetContent.Group(system: system, qualifiers: words)
            read(include, into: &group, seen: &seen[system, default: []], &artefact)
            groups.append(group)
        }
        return groups
    }

    private static func read(
        _ include: JSONNode, into group: inout ValueSetContent.Group, seen: inout Set<String>,
        _ artefact: inout Artefact
    ) {
        if let other = include["valueSet"] {
            artefact.fault(.valueUnknown, at: other, expected: "codes or filters", found: "a reference to a value set")
        }
        if let filters = include["filter"] {
            group.headers = headers(filters, system: group.system, &artefact)
        } else if let concepts = include["concept"], concepts.isArray {
            for concept in concepts.elements { add(concept, to: &group, seen: &seen, &artefact) }
        } else {
            artefact.fault(
                .memberMissing, at: include, expected: "concept or filter", found: "a whole code system")
        }
    }

    private static func add(
        _ concept: JSONNode, to group: inout ValueSetContent.Group, seen: inout Set<String>, _ artefact: inout Artefact
    ) {
        guard let code = artefact.text("code", of: concept) else { return }
        guard seen.insert(code).inserted else {
            artefact.fault(.codeTwice, at: concept, expected: "each code once in a file", found: "a code again")
            return
        }
        group.members.append((code, concept["display"]?.string ?? code))
    }

    /// The ICD-10-CM codes of `concept is-a` filters.
    private static func headers(_ filters: JSONNode, system: String, _ artefact: inout Artefact) -> [String] {
        let all = Array(filters.elements)
        guard system == CodeSystem.icd10CM, all.count == 1, let filter = all.first,
            filter["property"]?.string == "concept", filter["op"]?.string == "is-a",
            let value = filter["value"]?.string
        else {
            artefact.fault(
                .valueUnknown, at: filters, expected: "one filter: concept is-a an ICD-10-CM code",
                found: "another filter")
            return []
        }
        return [value]
    }
}
