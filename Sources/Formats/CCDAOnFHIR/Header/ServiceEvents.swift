import CCDA
import JSONTree
import XMLTree

/// documentationOf/serviceEvent: what the document is about, when, and who did it.
extension DocumentMapper {
    private var serviceEvents: [XMLElement] {
        document.root.elements("documentationOf").compactMap { $0.first("serviceEvent") }
    }

    /// Composition.event: each service with who performed it, and the orders that the document fulfils by their ids; nil
    /// when there is nothing to say.
    mutating func compositionEvents() -> JSONValue? {
        var events: [JSONValue] = []
        for event in serviceEvents {
            let code = context.concept(event.first("code"))
            let period = event.first("effectiveTime").flatMap { TimeExpression($0, in: context).period }
            let team = careTeam(of: event, period)
            guard code != nil || period != nil || team != nil else { continue }
            events.append(
                .object([
                    ("code", code.map { [$0] }), ("period", period), ("detail", team.map { [reference($0)] }),
                ]))
        }
        return (events + fulfilledOrders).nonEmptyArray
    }

    /// Those who performed a service → CareTeam; nil when nobody is named.
    private mutating func careTeam(of event: XMLElement, _ period: JSONValue?) -> String? {
        var members: [JSONValue] = []
        for performer in event.elements("performer") {
            guard let role = performer.first("assignedEntity"), let who = participantResource(role),
                who.type != "Device"
            else { continue }
            let function = context.concept(performer.first("functionCode"))
            let time = performer.first("time").flatMap { TimeExpression($0, in: context).period }
            members.append(
                .object([
                    ("role", function.map { [$0] }), ("member", reference(who.reference)), ("period", time),
                ]))
        }
        guard !members.isEmpty else { return nil }
        return sink.add(
            "CareTeam", from: event, key: event.instanceIdentifiers.compactMap(\.key), group: .participant,
            [
                ("identifier", event.identifiersJSON), ("subject", reference(patient)), ("period", period),
                ("participant", .array(members)),
            ])
    }

    /// inFulfillmentOf/order
    private var fulfilledOrders: [JSONValue] {
        document.root.elements("inFulfillmentOf").compactMap { $0.first("order") }.compactMap { order in
            guard let identifier = order.instanceIdentifiers.lazy.compactMap(\.json).first else { return nil }
            let display = order.first("code").flatMap { CodedValue($0, in: context).text }
            return [
                "detail": [
                    .object([
                        ("type", "ServiceRequest"), ("identifier", identifier),
                        ("display", display.map { .string($0) }),
                    ])
                ]
            ]
        }
    }

    /// Composition.extension: the version of the document; nil when it has none.
    var compositionExtensions: JSONValue? {
        guard let version = document.root.first("versionNumber")?["value"]?.trimmingBlanks(), !version.isEmpty else {
            return nil
        }
        return [.ext(Self.versionNumber, "String", .string(version))]
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
    private static let versionNumber =
        "http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-versionNumber"
}
