import CCDAOnFHIR
import JSONTree

/// What every Bundle of a conversion owes, whatever the document.
struct BundleCheck {
    private(set) var faults: [String] = []

    init(_ document: ConvertedDocument) {
        let bundle = document.bundle
        let entries = bundle["entry"]?.items ?? []
        inspect(bundle, at: "Bundle")
        if entries.count != document.paths.count { faults.append("\(document.paths.count) paths") }
        let urls = entries.compactMap { $0.text("fullUrl") }
        let known = Set(urls)
        if known.count != entries.count { faults.append("fullUrl not unique") }
        for (entry, path) in zip(entries, document.paths) {
            guard let resource = entry["resource"], let type = resource.text("resourceType") else {
                faults.append("no resource")
                continue
            }
            if entry.text("fullUrl") != "urn:uuid:" + (resource.text("id") ?? "") { faults.append("\(type): fullUrl") }
            if resource.text("meta.extension.0.valueString") != path { faults.append("\(type): path") }
            checkReferences(resource, in: known, type)
            faults += FindingRules.faults(of: resource) + ActivityRules.faults(of: resource)
            for name in Self.required[type] ?? [] where resource[name] == nil && resource["_" + name] == nil {
                faults.append("\(type): no \(name)")
            }
        }
        checkKind(bundle, entries)
        if document.loss.total.statements != document.loss.sections.reduce(0, { $0 + $1.counts.statements }) {
            faults.append("sections do not add up")
        }
    }

    /// Elements that R4 requires of the resources that the header becomes.
    private static let required: [String: [String]] = [
        "Composition": ["status", "type", "date", "author", "title"], "Patient": ["name", "gender"],
        "Encounter": ["status", "class"], "Provenance": ["target", "recorded", "agent"],
        "DocumentReference": ["status", "content"], "RelatedPerson": ["patient"], "OperationOutcome": ["issue"],
    ]

    private mutating func checkKind(_ bundle: JSONValue, _ entries: [JSONValue]) {
        let types = entries.compactMap { $0.text("resource.resourceType") }
        if types.filter({ $0 == "Patient" }).count != 1 { faults.append("not one Patient") }
        let isDocument = bundle.text("type") == "document"
        if isDocument != (types.first == "Composition") { faults.append("type \(bundle.text("type") ?? "")") }
        guard isDocument else { return }
        for path in ["identifier.system", "identifier.value", "timestamp"] where bundle.text(path) == nil {
            faults.append("a document without \(path)")
        }
    }

    /// No value is empty, and null stands only beside another value of a list.
    private mutating func inspect(_ value: JSONValue, at path: String) {
        switch value {
        case .string(let text): if text.isEmpty { faults.append("\(path): empty text") }
        case .array(let items):
            if items.isEmpty || items.allSatisfy({ $0 == .null }) { faults.append("\(path): empty list") }
            for item in items where item != .null { inspect(item, at: path) }
        case .object(let members):
            if members.isEmpty { faults.append("\(path): empty object") }
            if Set(members.map(\.name)).count != members.count { faults.append("\(path): a name twice") }
            for member in members { inspect(member.value, at: "\(path).\(member.name)") }
        case .null: faults.append("\(path): null")
        default: break
        }
    }

    private mutating func checkReferences(_ value: JSONValue, in urls: Set<String>, _ type: String) {
        switch value {
        case .array(let items): for item in items { checkReferences(item, in: urls, type) }
        case .object(let members):
            for member in members {
                if member.name == "reference", let url = member.value.text, !urls.contains(url) {
                    faults.append("\(type): a reference to nothing")
                }
                checkReferences(member.value, in: urls, type)
            }
        default: break
        }
    }
}
