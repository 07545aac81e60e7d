import CCDA
import JSONTree
import XMLTree

/// documentationOf/serviceEvent: what the document is about, when, and who did it.
extension DocumentMapper {
    private var serviceEvents: [XMLElement] {
        document.root.elements("documentationOf").compactMap { $0.first("serviceEvent") }
    }

    /// Composition.event; nil when there is nothing to say.
    func compositionEvents() -> JSONValue? {
        serviceEvents.compactMap { event in
            let code = context.concept(event.first("code"))
            let period = event.first("effectiveTime").flatMap { TimeExpression($0, in: context).period }
            guard code != nil || period != nil else { return nil }
            return .object([("code", code.map { [$0] }), ("period", period)])
        }.nonEmptyArray
    }

    /// Performers as extension of the Composition (C-CDA on FHIR), and the orders that it fulfils by their ids.
    mutating func compositionExtensions() -> JSONValue? {
        var extensions: [JSONValue] = []
        if let version = document.root.first("versionNumber")?["value"]?.trimmingBlanks(), !version.isEmpty {
            extensions.append(.ext(Self.versionNumber, "String", .string(version)))
        }
        for performer in serviceEvents.flatMap({ $0.elements("performer") }) {
            guard let role = performer.first("assignedEntity"), let who = participantResource(role),
                ["Practitioner", "PractitionerRole"].contains(who.type)
            else { continue }
            let value = JSONValue.ext(Self.performer, "Reference", reference(who.reference))
            if !extensions.contains(value) { extensions.append(value) }
        }
        for order in document.root.elements("inFulfillmentOf").compactMap({ $0.first("order") }) {
            guard let identifier = order.instanceIdentifiers.lazy.compactMap(\.json).first else { continue }
            let display = order.first("code").flatMap { CodedValue($0, in: context).text }
            extensions.append(
                .ext(
                    Self.order, "Reference",
                    .object([
                        ("type", "ServiceRequest"), ("identifier", identifier),
                        ("display", display.map { .string($0) }),
                    ])))
        }
        return extensions.nonEmptyArray
    }

    /// Performers of the care who are the patient's primary care providers.
    mutating func generalPractitioners() -> JSONValue? {
        var found: [JSONValue] = []
        for performer in serviceEvents.flatMap({ $0.elements("performer") }) {
            guard let function = performer.first("functionCode"),
                CodedValue(function, in: context).has("PCP", Self.participationFunction),
                let role = performer.first("assignedEntity"), let who = participantResource(role),
                ["Practitioner", "PractitionerRole", "Organization"].contains(who.type)
            else { continue }
            if !found.contains(reference(who.reference)) { found.append(reference(who.reference)) }
        }
        return found.nonEmptyArray
    }

    /// HL7 ParticipationFunction
    private static let participationFunction = "2.16.840.1.113883.5.88"
    private static let performer = "http://hl7.org/fhir/us/ccda/StructureDefinition/PerformerExtension"
    private static let order = "http://hl7.org/fhir/us/ccda/StructureDefinition/OrderExtension"
    private static let versionNumber =
        "http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-versionNumber"
}
