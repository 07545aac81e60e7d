import ClinicalModel
import Diagnostics
import JSONTree

/// What a CodeableConcept (or a list of them, or a bare Coding) says.
struct CodeReading {
    /// The codings found in a value set or table, in their order; with `.all` also those that are in none.
    var concepts: [Concept] = []
    var findings: Findings = []
    var repairs: CodingMatch.Repairs = []

    /// What was met on the way.
    struct Findings: OptionSet {
        let rawValue: UInt16
        /// A coding that the knowledge uses.
        static let match = Findings(rawValue: 1)
        /// A coding of a system that the terminology reads, in none of its sets: it says that nothing here applies.
        static let known = Findings(rawValue: 2)
        /// A coding of a system that is not read.
        static let unknownSystem = Findings(rawValue: 4)
        /// A coding without a system.
        static let noSystem = Findings(rawValue: 8)
        /// A post-coordinated expression, which no list holds.
        static let expression = Findings(rawValue: 16)
        /// Text beside or instead of codings.
        static let text = Findings(rawValue: 32)
        /// Masked, or a null flavor: there is something that is not said.
        static let withheld = Findings(rawValue: 64)
        /// An explicit statement that there is nothing to state ("no known problems").
        static let noneStated = Findings(rawValue: 128)
        /// Something of the wrong JSON type.
        static let malformed = Findings(rawValue: 256)
        /// The code has the R5 form.
        static let r5 = Findings(rawValue: 512)
    }

    /// Whether there is something that could matter and could not be read.
    ///
    /// A code of a system that is read and that stands in no set settles the matter; an expression does not.
    var isUnread: Bool {
        if findings.contains(.match) || findings.contains(.noneStated) { return false }
        if findings.contains(.expression) { return true }
        if findings.contains(.known) { return false }
        return !findings.isDisjoint(with: [.unknownSystem, .noSystem, .text, .withheld, .malformed])
    }
}

extension RecordBuilder {
    /// Whether every coding is kept, or only those that the knowledge uses.
    enum CodeScope { case used, all }

    /// Reads a CodeableConcept; of a list all items. Anything else reads as malformed.
    func codes(_ node: JSONNode, _ scope: CodeScope = .used) -> CodeReading {
        var reading = CodeReading()
        if node.isArray {
            for item in node.elements { readConcept(item, scope, into: &reading) }
        } else {
            readConcept(node, scope, into: &reading)
        }
        return reading
    }

    /// Reads a Coding, as `ImagingStudy.modality` and `Encounter.class` are.
    func coding(_ node: JSONNode, _ scope: CodeScope = .all) -> CodeReading {
        var reading = CodeReading()
        if node.isArray {
            for item in node.elements { readCoding(item, scope, into: &reading) }
        } else {
            readCoding(node, scope, into: &reading)
        }
        return reading
    }

    private func readConcept(_ node: JSONNode, _ scope: CodeScope, into reading: inout CodeReading) {
        guard node.isObject else {
            reading.findings.insert(.malformed)
            return
        }
        for (name, value) in node.members {
            switch name {
            case "coding":
                if value.isArray {
                    for item in value.elements { readCoding(item, scope, into: &reading) }
                } else {
                    // An object where an array belongs (a habit of XML): it can be read in one way only.
                    reading.findings.insert(.malformed)
                    readCoding(value, scope, into: &reading)
                }
            case "text":
                if let text = value.stringBytes, text.allSatisfy({ $0 <= UInt8(ascii: " ") }) { break }
                reading.findings.insert(.text)
            case "extension":
                if DataAbsentReason.stands(in: value) { reading.findings.insert(.withheld) }
            case "concept", "reference": reading.findings.insert(.r5)
            default: break
            }
        }
    }

    private func readCoding(_ node: JSONNode, _ scope: CodeScope, into reading: inout CodeReading) {
        guard node.isObject else {
            reading.findings.insert(.malformed)
            return
        }
        var systemNode: JSONNode?
        var codeNode: JSONNode?
        for (name, value) in node.members {
            switch name {
            case "system": systemNode = value
            case "code": codeNode = value
            default: break
            }
        }
        guard let codeNode, codeNode.isString else {
            if node["display"] != nil { reading.findings.insert(.text) }
            return
        }
        guard let systemNode, systemNode.isString else {
            reading.findings.insert(.noSystem)
            return
        }
        let found = match(system: systemNode, code: codeNode)
        reading.repairs.formUnion(found.repairs)
        if let concept = found.concept {
            reading.findings.insert(.match)
            reading.concepts.append(concept)
            return
        }
        let system = found.system ?? systemNode.string ?? ""
        note(system: system, code: codeNode, isKnown: found.systemIsKnown, in: &reading)
        if scope == .all { reading.concepts.append(bareConcept(system: system, code: codeNode, in: node)) }
    }

    private func note(system: String, code: JSONNode, isKnown: Bool, in reading: inout CodeReading) {
        switch system {
        case "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
            "http://terminology.hl7.org/CodeSystem/data-absent-reason", "http://hl7.org/fhir/v3/NullFlavor":
            reading.findings.insert(.withheld)
        case "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips":
            reading.findings.insert(.noneStated)
        case CodeSystem.snomedCT where code.stringBytes?.contains(where: { $0 == 0x3A || $0 == 0x2B }) == true:
            reading.findings.insert(.expression)
        default:
            reading.findings.insert(isKnown ? .known : .unknownSystem)
        }
    }

    private func bareConcept(system: String, code: JSONNode, in coding: JSONNode) -> Concept {
        let code = Code(system: system, code: code.string ?? "", display: coding["display"]?.string)
        return Concept(code)
    }

    /// Looks a coding up by its bytes; strings are made only for texts with escapes.
    private func match(system: JSONNode, code: JSONNode) -> CodingMatch {
        if let system = system.stringBytes, let code = code.stringBytes {
            return system.withSpan { system in
                code.withSpan { code in terminology.match(system: system, code: code) }
            }
        }
        let system = Array((system.string ?? "").utf8)
        let code = Array((code.string ?? "").utf8)
        return terminology.match(system: system.span, code: code.span)
    }

    /// Says what was doubtful about the codes of a resource that is used or that could not be read.
    mutating func report(
        _ reading: CodeReading, at node: JSONNode, _ member: String, in resource: ResourceContext,
        textIs severity: Severity = .warning
    ) {
        if !reading.repairs.isEmpty {
            note(
                .fhirCodeRepaired, .warning, at: node, member, in: resource,
                expected: "system and code as the code system writes them", found: "another spelling, put right")
        }
        if reading.findings.contains(.malformed) {
            note(
                .fhirWrongType, .warning, at: node, member, in: resource, expected: "a CodeableConcept",
                found: node.shape)
        }
        if reading.findings.contains(.noSystem) {
            note(
                .fhirCodeWithoutSystem, .warning, at: node, member, in: resource, expected: "a system with each code",
                found: "a code without a system, not matched")
        }
        guard reading.isUnread, reading.findings != [.withheld] else { return }
        note(
            .fhirTextOnly, severity, at: node, member, in: resource, expected: "a code of a system that is read",
            found: reading.findings.contains(.expression) ? "an expression, not read" : "text or a local code, not read"
        )
    }
}

/// The extension that says why a value is not there.
enum DataAbsentReason {
    static let url: StaticString = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

    /// Whether it is among the extensions.
    static func stands(in extensions: JSONNode) -> Bool {
        extensions.elements.contains { $0["url"]?.stringBytes.map { $0 == url } ?? false }
    }
}
