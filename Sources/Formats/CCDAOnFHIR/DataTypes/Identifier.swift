import CCDA
import JSONTree

extension InstanceIdentifier {
    /// Identifier; nil when there is nothing to say (section 4.9).
    var json: JSONValue? {
        let known = root.flatMap { Self.knownSystems[$0] }
        if let nullFlavor {
            // Only a system that is known is worth naming without a value.
            return known.map { identifier(system: $0, absent: nullFlavor) }
        }
        guard let root else { return extensionText.map { identifier(system: nil, value: $0) } }
        guard let text = extensionText else {
            if let known { return identifier(system: known, absent: .noInformation) }
            return Self.uri(of: root).map { identifier(system: "urn:ietf:rfc:3986", value: $0) }
                ?? identifier(system: nil, value: root)
        }
        if root == Self.uriRoot {
            let (system, value) = Self.split(text) ?? ("urn:ietf:rfc:3986", text)
            return identifier(system: system, value: value)
        }
        return identifier(system: known ?? Self.uri(of: root), value: text)
    }

    private func identifier(system: String?, value: String? = nil, absent: NullFlavor? = nil) -> JSONValue {
        .object([
            ("system", system.map { .string($0) }), ("value", value.map { .string($0) }),
            ("_value", absent?.dataAbsentReasonElement),
            ("assigner", assigningAuthority.map { ["display": .string($0)] }),
        ])
    }

    /// The URI of an OID or UUID; nil for anything else.
    private static func uri(of root: String) -> String? {
        if UniqueID.isOID(root) { return "urn:oid:" + root }
        return UniqueID.isUUID(root) ? "urn:uuid:" + root.lowercased() : nil
    }

    /// System and value of a URI: a URL is cut at its last slash, a URN at its last colon; nil when nothing stands behind.
    private static func split(_ uri: String) -> (system: String, value: String)? {
        let separator: Character = uri.hasPrefix("urn:") ? ":" : "/"
        guard let position = uri.lastIndex(of: separator) else { return nil }
        let (system, value) = (uri[..<position], uri[uri.index(after: position)...])
        guard !value.isEmpty, !system.isEmpty, !system.hasSuffix("/"), system != "urn" else { return nil }
        return (String(system), String(value))
    }

    /// Root whose extension is a whole URI.
    private static let uriRoot = "2.16.840.1.113883.4.873"
    private static let knownSystems = [
        "2.16.840.1.113883.4.1": "http://hl7.org/fhir/sid/us-ssn",
        "2.16.840.1.113883.4.6": "http://hl7.org/fhir/sid/us-npi",
        "2.16.840.1.113883.4.572": "http://hl7.org/fhir/sid/us-mbi",
        "2.16.840.1.113883.3.3719": "http://hl7.org/fhir/NamingSystem/fda-udi",
    ]
}
