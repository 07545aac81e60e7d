import ClinicalModel
import Diagnostics
import JSONTree

/// What surrounds a resource that is about to be read.
struct Surroundings {
    var place: Place
    var fullUrl: JSONNode?
    var origin: RecordBuilder.Origin
    /// Entries of a history stand newest first.
    var isHistory = false
    var depth = 0
    /// What was asked for; nil when nobody says.
    var part: RecordPart?
    /// Where the entries of the Bundle come from; nil when it is the input itself.
    var elements: SourceElements?

    init(place: Place, origin: RecordBuilder.Origin, part: RecordPart? = nil) {
        self.place = place
        self.origin = origin
        self.part = part
    }
}

/// The members of a Bundle.
private struct BundleMembers {
    var type: String?
    var total: Int?
    var selfLink: String?
    var hasNextPage = false
    /// Matches, not included resources and not outcomes.
    var matches = 0
    var parts: Set<RecordPart> = []
    var isIncomplete = false
}

extension RecordBuilder {
    /// How many Bundles may stand inside each other: a batch response holds searchsets.
    static let maximumNesting = 3

    /// Takes any resource: a wrapper is unpacked, a type that is not read is counted.
    mutating func addResource(_ node: JSONNode, _ around: Surroundings) {
        guard node.isObject else {
            note(.fhirNotAnObject, .error, at: node, path: around.place.path, expected: "a resource", found: node.shape)
            otherTypesCount.refused += 1
            return
        }
        guard let typeNode = node["resourceType"], let name = typeNode.stringBytes else {
            note(
                .fhirNoType, .error, at: node, path: around.place.path, expected: "a resource with a resourceType",
                found: "an object without one")
            otherTypesCount.refused += 1
            return
        }
        guard let type = ResourceType.named(name) else { return refuseType(name, node, around) }
        switch type {
        case .bundle: addBundle(node, around)
        case .parameters: addParameters(node, around)
        case .operationOutcome: addOutcome(node, around)
        default:
            if node.hasDefect { return refuseDefects(of: node, type, around) }
            if type.isRead {
                read(node, type, around)
            } else {
                counts[Int(type.rawValue)].notNeeded += 1
                if around.origin == .draftOrders { otherDrafts += 1 }
            }
        }
    }

    private mutating func refuseType(_ name: JSONBytes, _ node: JSONNode, _ around: Surroundings) {
        otherTypesCount.refused += 1
        let isOther = OtherVersions.hasType(name)
        if isOther { foreignCount += 1 }
        note(
            isOther ? .fhirOtherVersion : .fhirUnknownType, .error, at: node, path: around.place.path,
            expected: "a resource type of FHIR R4",
            found: isOther ? "a type of another FHIR version" : "an unknown type")
    }

    /// Refuses a resource with broken values or doubled names; each says where it is.
    private mutating func refuseDefects(of node: JSONNode, _ type: ResourceType, _ around: Surroundings) {
        counts[Int(type.rawValue)].refused += 1
        let document = documents.last
        for defect in node.defects {
            let position = hasPositions ? document?.position(of: defect.offset) : nil
            let issue = defect.issue(
                at: SourceLocation(
                    source: source, path: around.place.path, line: position?.line, column: position?.column))
            log.note(issue, code: issue.code, subject: nil)
        }
    }

    // MARK: Bundle

    private mutating func addBundle(_ node: JSONNode, _ around: Surroundings) {
        guard around.depth < Self.maximumNesting else {
            note(
                .fhirNestedBundle, .error, at: node, path: around.place.path,
                expected: "at most \(Self.maximumNesting) Bundles inside each other", found: "one more")
            return
        }
        var members = BundleMembers()
        // `type` and `link` may stand behind the entries.
        for (name, value) in node.members where !(name == "entry") { read(name, value, of: &members, around) }
        for (name, value) in node.members where name == "entry" { addEntries(value, of: &members, around) }
        settle(members, node, around)
    }

    private mutating func read(
        _ name: JSONName, _ value: JSONNode, of members: inout BundleMembers, _ around: Surroundings
    ) {
        let path = around.place.path
        switch name {
        case "type":
            members.type = value.string
            if members.type.map({ !Self.bundleTypes.contains($0) }) ?? true {
                note(
                    .fhirBundleType, .warning, at: value, path: around.place.path(of: "type"),
                    expected: "a Bundle type of R4",
                    found: "another one; read as a collection")
            }
        case "total": members.total = value.integer
        case "link":
            for link in value.elements {
                switch link["relation"]?.string {
                case "next": members.hasNextPage = true
                case "self": members.selfLink = link["url"]?.string
                default: break
                }
            }
        case "timestamp":
            if let text = value.string, let time = PartialDate(text) {
                recordTimes.append(time)
            } else {
                note(
                    .fhirNotADate, .warning, at: value, path: around.place.path(of: "timestamp"),
                    expected: "an instant",
                    found: value.shape)
            }
        case "resourceType", "id", "meta", "implicitRules", "language", "identifier", "signature", "text", "contained",
            "extension":
            break
        default:
            if name.bytes.first == UInt8(ascii: "_") && ElementTable.isPrimitiveExtension(name.bytes) { break }
            note(
                name == "fhir_comments" ? .fhirComments : .fhirUnknownMember, .warning, at: value, path: path,
                expected: "members that FHIR R4 gives a Bundle", found: "another member, not read")
        }
    }

    private static let bundleTypes: Set<String> = [
        "document", "message", "transaction", "transaction-response", "batch", "batch-response", "history", "searchset",
        "collection",
    ]

    private mutating func settle(_ members: BundleMembers, _ node: JSONNode, _ around: Surroundings) {
        var members = members
        if members.type == nil {
            note(
                .fhirBundleType, .warning, at: node, path: around.place.path, expected: "a Bundle with a type",
                found: "none; read as a collection")
        }
        if members.type == "collection" || members.type == "document" { isWholeRecord = true }
        let part = around.part ?? members.selfLink.flatMap(RecordPart.init(searchURL:))
        if let part { members.parts.insert(part) }
        if members.hasNextPage || (members.type == "searchset" && (members.total ?? 0) > members.matches) {
            members.isIncomplete = true
            note(
                .fhirFirstPage, .warning, at: node, path: around.place.path, expected: "all pages of the search",
                found: "a page without the rest")
        }
        if members.isIncomplete {
            if members.parts.isEmpty { lostSomething = true }
            notRetrieved.formUnion(members.parts)
        } else if members.type == "searchset" {
            retrieved.formUnion(members.parts)
        }
    }

    // MARK: Entries

    private mutating func addEntries(_ node: JSONNode, of bundle: inout BundleMembers, _ around: Surroundings) {
        let path = around.place.path(of: "entry")
        guard node.isArray else {
            if node.isObject {
                note(
                    .fhirWrongType, .warning, at: node, path: path, expected: "an array of entries",
                    found: node.shape)
                addEntry(node, index: 0, of: &bundle, around)
            } else {
                note(
                    .fhirBadEntry, .error, at: node, path: path, expected: "an array of entries",
                    found: node.shape)
            }
            return
        }
        if node.elements.isEmpty {
            note(
                .fhirEmptyValue, .warning, at: node, path: path,
                expected: "entries, or no member", found: "an empty array")
        }
        var index = 0
        for entry in node.elements {
            addEntry(entry, index: index, of: &bundle, around)
            index += 1
        }
    }

    private mutating func addEntry(
        _ node: JSONNode, index: Int, of bundle: inout BundleMembers, _ around: Surroundings
    ) {
        let place = around.elements?.place(ofEntry: index) ?? .entry(bundle: around.place.path, index: index)
        guard node.isObject else {
            note(
                .fhirBadEntry, .warning, at: node, path: place.entryPath, expected: "an entry", found: node.shape)
            return
        }
        var entry = EntryMembers()
        for (name, value) in node.members {
            switch name {
            case "fullUrl": entry.fullUrl = value
            case "resource": entry.resource = value
            case "search": entry.mode = value["mode"]?.string
            case "request": entry.request = value
            case "response": entry.response = value
            case "modifierExtension": entry.modifier = value
            default: break
            }
        }
        if let modifier = entry.modifier, !modifier.elements.isEmpty {
            note(
                .fhirModifierExtension, .error, at: modifier, path: place.entryPath(of: "modifierExtension"),
                expected: "an entry without modifier extensions", found: "one that is not known here; entry not used")
            return
        }
        if let response = entry.response, hasFailed(response, at: place) { bundle.isIncomplete = true }
        var inner = around
        inner.place = place
        inner.fullUrl = entry.fullUrl
        inner.depth = around.depth + 1
        inner.isHistory = bundle.type == "history"
        inner.part = nil
        inner.elements = nil
        if entry.request?["method"]?.string == "DELETE" { return bury(entry, inner) }
        guard let resource = entry.resource, !resource.isNull else {
            if entry.request == nil, entry.response == nil {
                note(
                    .fhirBadEntry, .warning, at: node, path: place.entryPath, expected: "an entry with a resource",
                    found: "one without")
            }
            return
        }
        addEntryResource(resource, entry, inner, of: &bundle)
    }

    private mutating func addEntryResource(
        _ resource: JSONNode, _ entry: EntryMembers, _ around: Surroundings, of bundle: inout BundleMembers
    ) {
        let isSearch = bundle.type == "searchset"
        if isSearch || bundle.type == "batch-response" {
            let type = resource["resourceType"]?.stringBytes.flatMap(ResourceType.named)
            if entry.mode == "outcome" || type == .operationOutcome {
                bundle.isIncomplete = true
            } else if entry.mode != "include" {
                bundle.matches += 1
                if isSearch, let part = type?.part { bundle.parts.insert(part) }
            }
        }
        addResource(resource, around)
    }

    /// Whether a response says that its part was refused or not found; said with an issue.
    private mutating func hasFailed(_ response: JSONNode, at place: Place) -> Bool {
        guard let status = response["status"]?.string, let first = status.first, first == "4" || first == "5" else {
            return false
        }
        note(
            .fhirPartNotRetrieved, .warning, at: response, path: place.entryPath(of: "response"),
            expected: "a part that was answered", found: "HTTP status \(status.prefix(3).filter(\.isNumber))")
        lostSomething = true
        return true
    }

    /// Notes that a resource was deleted: older versions of it do not count.
    private mutating func bury(_ entry: EntryMembers, _ around: Surroundings) {
        guard let url = (entry.fullUrl ?? entry.request?["url"])?.stringBytes ?? entry.request?["url"]?.stringBytes,
            let parts = RestfulURL(url), let type = ResourceType.named(parts.type)
        else { return }
        let key = parts.id.fingerprint
        var candidate = registry.first(key)
        // In a history what stands before the deletion came after it.
        while let index = candidate, !around.isHistory {
            if registry[index].type == type { registry.supersede(index) }
            candidate = registry.next(after: index)
        }
        var grave = Registry.Entry(
            document: Int32(documents.count - 1), type: type, base: parts.base.map { bases.index(of: $0) },
            range: 0..<0, place: around.place, next: -1)
        grave.isDeletion = true
        _ = registry.add(grave, key: key)
    }

    // MARK: Other wrappers

    private mutating func addParameters(_ node: JSONNode, _ around: Surroundings) {
        let path = around.place.path
        note(
            .fhirParametersWrapper, .warning, at: node, path: path, expected: "a Bundle or a resource",
            found: "a Parameters wrapper; its resources are read")
        guard around.depth < Self.maximumNesting, let parameters = node["parameter"] else { return }
        for (index, parameter) in parameters.elements.enumerated() {
            guard let resource = parameter["resource"] else { continue }
            var inner = around
            inner.place = .parameter(of: path, index: index)
            inner.depth += 1
            addResource(resource, inner)
        }
    }

    /// An OperationOutcome where results are expected: something was not retrieved, or not taken over by a conversion.
    private mutating func addOutcome(_ node: JSONNode, _ around: Surroundings) {
        if let loss = ConversionLoss(node) {
            note(
                .fhirConversionLoss, .warning, at: node, path: around.place.path,
                expected: "a document that was converted wholly", found: "statements that could not be used")
            refusedParts.formUnion(loss.refused)
            partsInWords += RecordPart.allCases.filter(loss.inWords.contains).map { ($0, around.place) }
            return
        }
        note(
            .fhirOperationOutcome, .warning, at: node, path: around.place.path, expected: "the results themselves",
            found: "an OperationOutcome")
        if let part = around.part { notRetrieved.insert(part) } else { lostSomething = true }
    }
}

/// The members of an entry.
private struct EntryMembers {
    var fullUrl: JSONNode?
    var resource: JSONNode?
    var mode: String?
    var request: JSONNode?
    var response: JSONNode?
    var modifier: JSONNode?
}

extension RecordPart {
    /// What a search URL asks for, by its resource type; nil when it is none that a part stands for.
    init?(searchURL: String) {
        let path = searchURL.prefix { $0 != "?" }
        guard let type = path.split(separator: "/").last,
            let part = ResourceType.allCases.first(where: { $0.name == type })?.part
        else { return nil }
        self = part
    }
}
