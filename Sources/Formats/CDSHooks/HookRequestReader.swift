import ClinicalDocuments
public import ClinicalModel
import Diagnostics
import FHIR
public import JSONTree

/// Reads the body of a CDS service call.
public struct HookRequestReader: Sendable {
    private let terminology: Terminology
    private let declared: Set<RecordPart>

    /// A reader for the calls of one service.
    ///
    /// - Parameters:
    ///   - terminology: The code lists in force.
    ///   - declared: The prefetch keys that the service asks for: one that is missing is "not retrieved".
    public init(terminology: Terminology, declared: Set<RecordPart> = Set(RecordPart.allCases)) {
        self.terminology = terminology
        self.declared = declared
    }

    /// Whether a document is a hook request rather than a FHIR resource.
    public static func isRequest(_ root: JSONNode) -> Bool {
        root["resourceType"] == nil && (root["hook"] != nil || root["hookInstance"] != nil) && root["context"] != nil
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - document: The body.
    ///   - source: The input's name for issues and evidence; nil when there is only one.
    ///   - asOf: The evaluation day, so that findings dated after it are reported.
    /// - Throws: ``HookRequestError`` when it cannot be used: required members, another patient's data.
    public func read(
        _ document: JSONDocument, source: String? = nil, asOf: Day? = nil
    ) throws(HookRequestError) -> HookRequest {
        try document.read { (root) throws(HookRequestError) in
            var reading = HookReading(document: document, source: source, terminology: terminology, declared: declared)
            return try reading.read(root, asOf: asOf)
        }
    }
}

/// One request being read.
private struct HookReading {
    let document: JSONDocument
    let source: String?
    let declared: Set<RecordPart>
    let documents: AttachedDocuments
    var builder: RecordBuilder

    init(document: JSONDocument, source: String?, terminology: Terminology, declared: Set<RecordPart>) {
        self.document = document
        self.source = source
        self.declared = declared
        documents = AttachedDocuments(terminology: terminology)
        builder = RecordBuilder(terminology: terminology, source: source)
        builder.reviewDraftOrdersOnly()
    }

    mutating func read(_ root: JSONNode, asOf: Day?) throws(HookRequestError) -> HookRequest {
        guard root.isObject else { throw refuse(.hookNotAnObject, root, "$", "a JSON object", root.kindName) }
        try checkDefects(root)
        let hook = Hook(rawValue: try string("hook", of: root, "$"))
        let instance = try string("hookInstance", of: root, "$")
        if !Self.isUUID(instance) {
            warn(.hookInstanceFormat, root["hookInstance"] ?? root, "$.hookInstance", "a UUID", "another text")
        }
        guard let contextNode = root["context"], !contextNode.isNull else {
            throw refuse(.hookMissingMember, root, "$.context", "a context", "none")
        }
        guard contextNode.isObject else {
            throw refuse(.hookWrongType, contextNode, "$.context", "an object", contextNode.kindName)
        }
        let server = try optionalString("fhirServer", of: root, "$")
        if let authorization = root["fhirAuthorization"], !authorization.isNull, server == nil {
            warn(
                .hookAuthorizationWithoutServer, authorization, "$.fhirAuthorization",
                "a fhirServer beside fhirAuthorization", "none")
        }
        let context = try readContext(contextNode, hook)
        let draftCount = hook.carriesDraftOrders ? try readDraftOrders(contextNode) : 0
        try readPrefetch(root["prefetch"], patientId: context.patientId)
        if let encounter = context.encounterId { builder.name(encounter: encounter) }
        let records = builder.finish(patientId: context.patientId, asOf: asOf)
        guard var record = records.first else { throw refuse(.hookMissingMember, root, "$", "a record", "none") }
        documents.read(into: &record, asOf: asOf)
        // Whatever became of an item of draftOrders, it is accounted for: an order must not vanish without a word.
        let accounted = record.drafts.count + record.passedOver.values.reduce(0, +)
        if draftCount > accounted {
            record.passedOver[.refused, default: 0] += draftCount - accounted
            record.issues.append(
                issue(
                    .hookUnreadableDraft, .error, contextNode, "$.context.draftOrders",
                    "orders of this patient that can be read", "\(draftCount - accounted) that cannot"))
        }
        return HookRequest(hook: hook, hookInstance: instance, fhirServer: server, context: context, record: record)
    }

    // MARK: Context

    private mutating func readContext(_ node: JSONNode, _ hook: Hook) throws(HookRequestError) -> HookContext {
        let user = try optionalString("userId", of: node, "$.context")
        if user == nil { warn(.hookMemberMissing, node, "$.context.userId", "a userId", "none") }
        let patient = try patientId(node)
        let encounter = try optionalString("encounterId", of: node, "$.context").map(Self.bareID)
        switch hook {
        case .orderSelect:
            let selections = try readSelections(node)
            return .orderSelect(
                OrderSelectContext(userId: user, patientId: patient, encounterId: encounter, selections: selections))
        case .orderSign:
            return .orderSign(OrderSignContext(userId: user, patientId: patient, encounterId: encounter))
        case .patientView:
            return .patientView(PatientViewContext(userId: user, patientId: patient, encounterId: encounter))
        default:
            throw refuse(
                .hookUnknown, node, "$.hook", "order-select, order-sign or patient-view", "another hook")
        }
    }

    private mutating func patientId(_ node: JSONNode) throws(HookRequestError) -> String {
        let text = try string("patientId", of: node, "$.context")
        guard text.contains("/") else { return text }
        warn(.hookPatientReference, node["patientId"] ?? node, "$.context.patientId", "a bare id", "a reference")
        return Self.bareID(text)
    }

    private static func bareID(_ text: String) -> String {
        text.split(separator: "/").last.map(String.init) ?? text
    }

    private mutating func readSelections(_ node: JSONNode) throws(HookRequestError) -> [String] {
        guard let list = node["selections"], !list.isNull else {
            warn(.hookMemberMissing, node, "$.context.selections", "selections", "none; every draft is reviewed")
            return []
        }
        guard list.isArray else {
            throw refuse(.hookWrongType, list, "$.context.selections", "an array of references", list.kindName)
        }
        var selections: [String] = []
        for (index, item) in list.elements.enumerated() {
            guard let text = item.string else {
                throw refuse(.hookWrongType, item, "$.context.selections[\(index)]", "a string", item.kindName)
            }
            selections.append(text)
        }
        builder.select(selections)
        return selections
    }

    /// - Returns: How many items stand in `draftOrders`, readable or not.
    private mutating func readDraftOrders(_ context: JSONNode) throws(HookRequestError) -> Int {
        let path = "$.context.draftOrders"
        guard let node = context["draftOrders"], !node.isNull else {
            throw HookRequestError(
                [issue(.hookNoDraftOrders, .fatal, context, path, "a Bundle of draft orders", "none")], lacksData: true)
        }
        switch node.kind {
        case .object:
            builder.add(node, of: document, at: path, origin: .draftOrders)
            guard node["resourceType"]?.string == "Bundle" else {
                warn(.hookDraftOrdersForm, node, path, "a Bundle", "a single resource; read as the only draft")
                return 1
            }
            guard let entries = node["entry"], !entries.isNull else { return 0 }
            return entries.isArray ? entries.elements.reduce(0) { count, _ in count + 1 } : 1
        case .array:
            warn(.hookDraftOrdersForm, node, path, "a Bundle", "an array; its items are read as drafts")
            var count = 0
            for item in node.elements {
                builder.add(item, of: document, at: "\(path)[\(count)]", origin: .draftOrders)
                count += 1
            }
            guard count > 0 else { throw refuse(.hookWrongType, node, path, "a Bundle", "an empty array") }
            return count
        default: throw refuse(.hookWrongType, node, path, "a Bundle", node.kindName)
        }
    }

    // MARK: Prefetch

    private mutating func readPrefetch(_ node: JSONNode?, patientId: String) throws(HookRequestError) {
        var missing = declared
        if let node, !node.isNull {
            guard node.isObject else { throw refuse(.hookWrongType, node, "$.prefetch", "an object", node.kindName) }
            for (name, value) in node.members {
                let key = name.text
                let part = RecordPart(rawValue: key)
                if let part { missing.remove(part) }
                try readPrefetch(value, key: key, part: part, patientId: patientId)
            }
        }
        for part in missing.sorted(by: { $0.rawValue < $1.rawValue }) { builder.markNotRetrieved(part) }
        if !missing.isEmpty {
            let names = missing.map(\.rawValue).sorted().joined(separator: ", ")
            builder.add(
                Issue(
                    .hookNotRetrieved, .information, at: SourceLocation(source: source, path: "$.prefetch"),
                    expected: "the prefetch keys that were asked for", found: "no \(names)"))
        }
    }

    private mutating func readPrefetch(
        _ value: JSONNode, key: String, part: RecordPart?, patientId: String
    ) throws(HookRequestError) {
        // A key that no template can have is not repeated.
        let isName =
            key.utf8.count <= 64
            && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
        let path = isName ? "$.prefetch.\(key)" : "$.prefetch[*]"
        guard value.isObject else {
            // Of a read, null means that there is no such record; of a search, that it was not answered (ruling R3).
            if value.isNull && (part == .patient || part == nil) { return }
            if let part { builder.markNotRetrieved(part) }
            let code: IssueCode = value.isNull ? .hookNotRetrieved : .hookPrefetchValue
            return warn(code, value, path, "a resource", value.isNull ? "null" : value.kindName)
        }
        guard value["resourceType"] != nil else {
            if let part { builder.markNotRetrieved(part) }
            return warn(.hookPrefetchValue, value, path, "a resource", "an object without resourceType")
        }
        if value["resourceType"]?.string == "Patient", let id = value["id"]?.string, id != patientId {
            throw refuse(
                .hookOtherPatient, value, path, "the Patient of context.patientId", "a Patient with another id")
        }
        builder.add(value, of: document, at: path, part: part)
    }

    // MARK: Members

    private func checkDefects(_ root: JSONNode) throws(HookRequestError) {
        // Broken values inside a resource cost that resource; outside of resources the request itself is not sound.
        guard root.hasDefect else { return }
        for (name, value) in root.members where !(name == "prefetch") && !(name == "context") && value.hasDefect {
            throw refuse(.hookDefective, value, "$.\(name.text)", "sound members", "a broken or doubled one")
        }
        for name in ["hook", "hookInstance", "context", "prefetch", "fhirServer"]
        where root.members.filter({ $0.name.text == name }).count > 1 {
            throw refuse(.hookDefective, root, "$.\(name)", "each member once", "the same name again")
        }
        let context = root["context"]
        for name in ["patientId", "draftOrders", "selections", "userId"]
        where (context?.members.filter { $0.name.text == name }.count ?? 0) > 1 {
            throw refuse(
                .hookDefective, context ?? root, "$.context.\(name)", "each member once", "the same name again")
        }
    }

    private func string(
        _ name: StaticString, of node: JSONNode, _ path: String
    ) throws(HookRequestError) -> String {
        guard let text = try optionalString(name, of: node, path) else {
            throw refuse(.hookMissingMember, node, "\(path).\(name)", "a \(name)", "none")
        }
        return text
    }

    private func optionalString(
        _ name: StaticString, of node: JSONNode, _ path: String
    ) throws(HookRequestError) -> String? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let text = value.string, !text.isEmpty else {
            throw refuse(.hookWrongType, value, "\(path).\(name)", "a string", value.kindName)
        }
        return text
    }

    // MARK: Issues

    private mutating func warn(_ code: IssueCode, _ node: JSONNode, _ path: String, _ expected: String, _ found: String)
    {
        builder.add(issue(code, .warning, node, path, expected, found))
    }

    private func refuse(
        _ code: IssueCode, _ node: JSONNode, _ path: String, _ expected: String, _ found: String
    ) -> HookRequestError {
        HookRequestError([issue(code, .fatal, node, path, expected, found)])
    }

    private func issue(
        _ code: IssueCode, _ severity: Severity, _ node: JSONNode, _ path: String, _ expected: String, _ found: String
    ) -> Issue {
        let position = node.position
        let location = SourceLocation(source: source, path: path, line: position.line, column: position.column)
        return Issue(code, severity, at: location, expected: expected, found: found)
    }

    /// 8-4-4-4-12 hexadecimal digits, either case.
    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}

extension JSONNode {
    /// What a value is, in words.
    fileprivate var kindName: String {
        switch kind {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}
