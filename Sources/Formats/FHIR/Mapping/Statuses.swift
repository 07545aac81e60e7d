import Diagnostics
import JSONTree

/// What a status element says.
enum StatusReading: Equatable {
    /// The element is not there.
    case absent
    /// A code, as written.
    case code(String)
    /// Text without a readable code.
    case text
    /// A bare string where R4 has a CodeableConcept: DSTU2 or STU3.
    case otherVersion
    /// Of a type or system that cannot be read.
    case unreadable
}

extension JSONNode {
    /// A required code, for example `status`.
    var statusCode: StatusReading {
        guard isString, let text = string else { return .unreadable }
        return .code(text)
    }

    /// The first code of a CodeableConcept in one of the systems that FHIR has used for it.
    func statusConcept(_ name: StaticString) -> StatusReading {
        if isString { return .otherVersion }
        guard isObject else { return .unreadable }
        var found: StatusReading = .unreadable
        let codings = self["coding"]
        for coding in codings.map({ $0.isArray ? Array($0.elements) : [$0] }) ?? [] {
            guard let code = coding["code"]?.string else { continue }
            guard let system = coding["system"]?.stringBytes else {
                if found == .unreadable { found = .code(code) }
                continue
            }
            if let start = system.position(behindLast: UInt8(ascii: "/")),
                system.part(start..<system.count) == name, system.hasPrefix("http://")
            {
                return .code(code)
            }
        }
        if found == .unreadable, let text = self["text"], text.isString { return .text }
        return found
    }
}
