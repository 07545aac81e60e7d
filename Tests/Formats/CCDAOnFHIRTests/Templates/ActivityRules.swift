import JSONTree

/// What R4 demands of the resources that procedures, plans, results, devices, encounters and notes become.
enum ActivityRules {
    /// The rules that a resource breaks; empty for other types.
    static func faults(of resource: JSONValue) -> [String] {
        let type = resource.text("resourceType") ?? ""
        let found: [String?] =
            switch type {
            case "Observation": observation(resource)
            case "Procedure": procedure(resource)
            case "ServiceRequest", "DeviceRequest": request(resource, type)
            case "DiagnosticReport": report(resource)
            case "Goal": goal(resource)
            case "Encounter": encounter(resource)
            case "Device": device(resource)
            case "ImagingStudy": study(resource)
            case "SupplyDelivery": [status(resource, ["in-progress", "completed", "abandoned", "entered-in-error"])]
            case "Specimen": [fault(resource["subject"] == nil, "no subject")]
            default: []
            }
        return found.compactMap(\.self).map { "\(type): \($0)" }
    }

    private static func fault(_ broken: Bool, _ rule: String) -> String? { broken ? rule : nil }

    private static func status(_ resource: JSONValue, _ codes: Set<String>, _ name: String = "status") -> String? {
        fault(!codes.contains(resource.text(name) ?? ""), "\(name) \(resource.text(name) ?? "missing")")
    }

    private static func concept(_ resource: JSONValue, _ name: String) -> String? {
        let said = ["coding.0.code", "text", "extension.0.valueCode"].contains { resource.at("\(name).\($0)") != nil }
        return fault(!said, "no \(name)")
    }

    /// At most one of a choice of elements; extensions of one that is there do not count.
    private static func choice(_ resource: JSONValue, _ prefix: String) -> String? {
        guard case .object(let members) = resource else { return nil }
        let names = members.map(\.name).filter {
            $0.hasPrefix(prefix) && $0.dropFirst(prefix.count).first?.isUppercase == true
        }
        return fault(names.count > 1, "\(names)")
    }

    private static func hasValue(_ resource: JSONValue) -> Bool {
        guard case .object(let members) = resource else { return false }
        return members.contains { $0.name.hasPrefix("value") }
    }

    private static let observationStatus: Set = [
        "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    ]

    private static func observation(_ resource: JSONValue) -> [String?] {
        let components = resource["component"]?.items ?? []
        let ranges = resource["referenceRange"]?.items ?? []
        return [
            status(resource, observationStatus), concept(resource, "code"),
            fault(resource["subject"] == nil, "no subject"), choice(resource, "value"), choice(resource, "effective"),
            fault(hasValue(resource) && resource["dataAbsentReason"] != nil, "obs-6"),
            fault(hasValue(resource) && components.contains { $0["code"] == resource["code"] }, "obs-7"),
            fault(
                components.contains { concept($0, "code") != nil || hasValue($0) == ($0["dataAbsentReason"] != nil) },
                "component"),
            fault(ranges.contains { $0["low"] == nil && $0["high"] == nil && $0["text"] == nil }, "obs-3"),
            fault(
                ranges.contains { $0.at("low.comparator") != nil || $0.at("high.comparator") != nil },
                "range with comparator"),
        ]
    }

    private static func procedure(_ resource: JSONValue) -> [String?] {
        [
            status(
                resource,
                [
                    "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error",
                    "unknown",
                ]), concept(resource, "code"), fault(resource["subject"] == nil, "no subject"),
            choice(resource, "performed"),
        ]
    }

    private static func request(_ resource: JSONValue, _ type: String) -> [String?] {
        let moods: Set = ["INT", "RQO", "PRMS", "PRP", "ARQ", "APT", "PERM"]
        return [
            status(
                resource, ["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"]),
            status(resource, ["proposal", "plan", "order"], "intent"),
            fault(!["routine", "urgent", "asap", "stat", nil].contains(resource.text("priority")), "priority"),
            fault(!moods.contains(resource.text("meta.tag.0.code") ?? ""), "no mood"),
            concept(resource, type == "DeviceRequest" ? "codeCodeableConcept" : "code"),
            fault(resource["subject"] == nil, "no subject"), choice(resource, "occurrence"),
        ]
    }

    private static func report(_ resource: JSONValue) -> [String?] {
        [
            status(resource, observationStatus), concept(resource, "code"), choice(resource, "effective"),
            fault(resource["subject"] == nil, "no subject"),
        ]
    }

    private static func goal(_ resource: JSONValue) -> [String?] {
        [
            status(
                resource, ["proposed", "active", "on-hold", "completed", "cancelled", "entered-in-error"],
                "lifecycleStatus"), concept(resource, "description"), fault(resource["subject"] == nil, "no subject"),
            fault(
                resource["target"]?.items.contains { $0["measure"] == nil && $0["dueDate"] == nil } == true, "target"),
        ]
    }

    private static func encounter(_ resource: JSONValue) -> [String?] {
        [
            status(resource, ["planned", "in-progress", "finished", "cancelled", "entered-in-error", "unknown"]),
            fault(resource.at("class.code") == nil && resource.at("class.extension") == nil, "no class"),
        ]
    }

    private static func device(_ resource: JSONValue) -> [String?] {
        [
            fault(
                !["active", "inactive", "entered-in-error", "unknown", nil].contains(resource.text("status")), "status"),
            fault(
                resource["deviceName"]?.items.contains { $0["name"] == nil || $0["type"] == nil } == true, "deviceName"),
        ]
    }

    private static func study(_ resource: JSONValue) -> [String?] {
        let series = resource["series"]?.items ?? []
        let instances = series.flatMap { $0["instance"]?.items ?? [] }
        return [
            status(resource, ["available", "entered-in-error"]), fault(resource["subject"] == nil, "no subject"),
            fault(series.contains { $0["uid"] == nil || $0["modality"] == nil }, "series"),
            fault(instances.contains { $0["uid"] == nil || $0["sopClass"] == nil }, "instance"),
        ]
    }
}
