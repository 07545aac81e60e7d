import CCDA
import JSONTree
import XMLTree

/// What a UDI Organizer (`.4.311`) says of a device, by the templates of its observations.
struct UDIDetails {
    private let parts: [Statement]
    /// Identifiers of the organizer: the UDI itself.
    let ids: [InstanceIdentifier]

    /// Reads an organizer; observations in it that are denied, withdrawn or planned say nothing.
    init(_ organizer: Statement) {
        parts = organizer.related.map(\.statement).filter {
            $0.negation == .no && !$0.isNullified && !$0.isSuperseded && $0.nullFlavor == nil
        }
        ids = organizer.ids.filter { $0.key != nil }
    }

    /// Whether there is anything in it.
    var saysSomething: Bool { !ids.isEmpty || parts.contains { $0.values.contains(where: \.isSomething) } }

    private func values(_ template: Template) -> [ObservationValue] {
        parts.filter { $0.has(template) }.flatMap(\.values)
    }

    /// The text of an observation.
    func text(_ template: Template) -> JSONValue? {
        for value in values(template) { if case .text(let text, _) = value { return .string(text) } }
        return nil
    }

    /// The time of an observation.
    func time(_ template: Template) -> JSONValue? {
        for value in values(template) { if case .time(let time) = value { return .string(time.fhir) } }
        return nil
    }

    /// The codes of observations.
    func coded(_ templates: [Template]) -> [CodedValue] { templates.flatMap { values($0) }.compactMap(\.coded) }

    /// Extension of the device identifier (DI): which model it is.
    var deviceIdentifier: String? {
        parts.lazy.filter { $0.has(.deviceIdentifier) }.compactMap { $0.element.first("value") }
            .map { InstanceIdentifier($0) }.compactMap(\.extensionText).first
    }

    /// The brand.
    var name: JSONValue? { text(.brandName).map { .object([("name", $0), ("type", "manufacturer-name")]) } }

    /// NCI Thesaurus "Active", the one status of implants that surely is one of FHIR's.
    private static let active = "C45329"
    /// NCI Thesaurus
    private static let thesaurus = "2.16.840.1.113883.3.26.1.1"

    /// Device.status of the Implantable Device Status; nil without one, `unknown` for another than active.
    var status: String? {
        coded([.implantableDeviceStatus]).first.map { $0.has(Self.active, Self.thesaurus) ? "active" : "unknown" }
    }
}
