import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads an Observation whose code, or that of a component, bears on the guideline.
    mutating func readObservation(_ resource: ResourceContext) -> Outcome {
        guard let codeNode = elements[.code] else { return .notNeeded }
        let quick = codes(codeNode)
        let components = componentsInUse()
        let asserted = quick.findings.contains(.match) ? nil : assertedFinding(codeNode)
        guard quick.findings.contains(.match) || !components.isEmpty || asserted != nil || quick.isUnread else {
            return .notNeeded
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .observations) }
        switch observationStatus(in: resource) {
        case .counts: break
        case .doesNotCount: return .notNeeded
        case .unreadable: return leaveUnread(resource, .observations)
        }
        if quick.findings.contains(.match) {
            add(codeNode, value: elements.value(in: self), absent: elements[.dataAbsentReason], "", resource)
        } else if let asserted {
            let observation = Observation(
                provenance: provenance(resource), concepts: codes(asserted, .all).concepts, value: .boolean(true),
                effective: effective(in: resource), bodySites: bodySites(elements[.bodySite]))
            append(observation, resource)
        }
        for (index, component) in components {
            guard let code = component["code"], !isModified(component, "component[\(index)]", in: resource) else {
                continue
            }
            add(code, value: component.value, absent: component["dataAbsentReason"], "component[\(index)].", resource)
        }
        if quick.findings.contains(.match) || !components.isEmpty || asserted != nil { return .used }
        report(quick, at: codeNode, "code", in: resource, textIs: .information)
        return leaveUnread(resource, .observations, outcome: .notNeeded)
    }

    private mutating func append(_ observation: Observation, _ resource: ResourceContext) {
        facts.observations.append(
            Pending(fact: observation, subject: resource.subject ?? 0, entry: resource.entry))
    }

    private func componentsInUse() -> [(Int, JSONNode)] {
        guard let node = elements[.component] else { return [] }
        var used: [(Int, JSONNode)] = []
        var index = 0
        for component in node.elements {
            if let code = component["code"], codes(code).findings.contains(.match) { used.append((index, component)) }
            index += 1
        }
        return used
    }

    /// The finding in the value of an Observation whose code only says "assertion" (v3 ActCode, as C-CDA converters write)
    /// or asks how drugs are misused.
    private func assertedFinding(_ code: JSONNode) -> JSONNode? {
        guard let value = elements[.valueCodeableConcept], codes(value).findings.contains(.match),
            codes(code, .all).concepts.contains(where: { $0.code.code == "ASSERTION" }) || asksForDrugMisuse(code)
        else { return nil }
        return value
    }

    /// Misused drugs in SNOMED CT and LOINC: the answer names the way, such as injecting.
    private func asksForDrugMisuse(_ code: JSONNode) -> Bool {
        (code["coding"]).items.contains { coding in
            switch coding["system"]?.string {
            case "http://snomed.info/sct": coding["code"]?.string == "363908000"
            case "http://loinc.org": coding["code"]?.string == "11343-1"
            default: false
            }
        }
    }

    // MARK: Status

    private enum ObservationStatus { case counts, doesNotCount, unreadable }

    private mutating func observationStatus(in resource: ResourceContext) -> ObservationStatus {
        guard let node = elements[.status] else {
            note(
                .fhirMissingElement, .warning, at: resource.node, "status", in: resource, expected: "a status",
                found: "none; read as stated")
            return .counts
        }
        switch node.statusCode {
        case .code("final"), .code("preliminary"), .code("amended"), .code("corrected"): return .counts
        case .code("entered-in-error"), .code("cancelled"), .code("registered"): return .doesNotCount
        case .code("unknown"): return .unreadable
        default:
            note(
                .fhirModifierUnreadable, .error, at: node, "status", in: resource,
                expected: "a code of observation-status", found: "something else; the Observation is not used")
            return .unreadable
        }
    }

    // MARK: Value

    /// Adds the observation itself or one of its components.
    private mutating func add(
        _ code: JSONNode, value: (name: String, node: JSONNode)?, absent: JSONNode?, _ prefix: String,
        _ resource: ResourceContext
    ) {
        let reading = codes(code, .all)
        report(reading, at: code, "\(prefix)code", in: resource)
        let measured = Set(reading.concepts.flatMap { $0.uses.compactMap(\.measure) })
        let read: Observation.Value
        if let value {
            let isNumber = !measured.isDisjoint(with: Self.numbers)
            read = self.value(value.name, value.node, prefix, isNumber: isNumber, resource)
            if case .quantity(let quantity) = read, quantity.value < 0, !measured.isDisjoint(with: Self.amounts) {
                // It stays, since a low one may warn.
                note(
                    .fhirWrongType, .warning, at: value.node, prefix + value.name, in: resource,
                    expected: "a number of zero or more", found: "one below zero; it is taken as it stands")
            }
        } else {
            if absent == nil, elements[.component] == nil || !prefix.isEmpty {
                // A measurement without a number says nothing; a finding without a value may be meant as "present".
                let isMeasurement = reading.concepts.contains { $0.uses.contains { $0.role == "measurement" } }
                note(
                    .fhirNoValue, isMeasurement ? .information : .warning, at: code, prefix.isEmpty ? nil : prefix,
                    in: resource,
                    expected: "a value or a dataAbsentReason", found: "neither; no answer")
            }
            read = .absent
        }
        if let value, reading.concepts.contains(where: { $0.finding != nil }), case .concepts(let answers) = read,
            !answers.contains(where: { $0.finding != nil })
        {
            note(
                .fhirTextValue, .warning, at: value.node, prefix + value.name, in: resource,
                expected: "an answer that the question knows", found: "another code; the question stays open")
        }
        let observation = Observation(
            provenance: provenance(resource), concepts: reading.concepts, value: read,
            effective: effective(in: resource), bodySites: bodySites(elements[.bodySite]))
        append(observation, resource)
    }

    /// What is measured and never below zero, by ``CodeUse/measure``.
    private static let amounts: Set = [
        "crp", "esr", "weight", "leukocytes", "cd4", "pain", "post-void-residual", "egfr", "creatinine",
    ]

    /// What is measured as a number.
    private static let numbers = amounts.union(["temperature", "t-score", "function"])

    private mutating func value(
        _ name: String, _ node: JSONNode, _ prefix: String, isNumber: Bool, _ resource: ResourceContext
    ) -> Observation.Value {
        let member = prefix + name
        switch name {
        case "valueBoolean":
            if let value = node.bool { return .boolean(value) }
        case "valueQuantity":
            guard let quantity = quantity(node, member, in: resource) else { return .absent }
            if quantity.unit == nil {
                note(
                    .fhirNoUnit, .warning, at: node, member, in: resource, expected: "a unit as a UCUM code",
                    found: "none; where a limit needs one, the value is not compared")
            }
            return .quantity(quantity)
        case "valueInteger":
            if let text = node.numberText, let value = Double(text) {
                if node.integer.map({ Int(Int32.min)...Int(Int32.max) ~= $0 }) != true {
                    note(
                        .fhirWrongType, .warning, at: node, member, in: resource, expected: "a 32-bit integer",
                        found: "another number")
                }
                return .quantity(Quantity(literal: text, value: value, unit: Unit.score.rawValue))
            }
        case "valueCodeableConcept":
            let reading = codes(node, .all)
            if let truth = reading.concepts.lazy.compactMap({ Answers.truth($0.code) }).first { return .boolean(truth) }
            if reading.findings.contains(.withheld) { return .absent }
            if !reading.concepts.isEmpty { return .concepts(reading.concepts) }
            return textValue(node["text"]?.string, node, member, isNumber: isNumber, resource)
        case "valueString":
            if node.isString { return textValue(node.string, node, member, isNumber: isNumber, resource) }
        case "valueDateTime":
            return date(node, member, in: resource).map { .date($0) } ?? .absent
        case "valuePeriod":
            if let period = period(node, member, in: resource) { return .period(start: period.start, end: period.end) }
        default: return .other
        }
        note(
            .fhirWrongType, .warning, at: node, member, in: resource, expected: "a value of its type", found: node.shape
        )
        return .other
    }

    private mutating func textValue(
        _ text: String?, _ node: JSONNode, _ member: String, isNumber: Bool, _ resource: ResourceContext
    ) -> Observation.Value {
        guard let text, !text.isEmpty else { return .absent }
        note(
            .fhirTextValue, .warning, at: node, member, in: resource,
            expected: isNumber ? "a Quantity" : "a coded or boolean answer",
            found: isNumber ? "text, of which no number is read" : "text, which neither asserts nor denies")
        return .text(text)
    }

    // MARK: When

    private mutating func effective(in resource: ResourceContext) -> PartialDate? {
        if let node = elements[.effectiveDateTime] { return date(node, "effectiveDateTime", in: resource) }
        if let node = elements[.effectiveInstant] { return date(node, "effectiveInstant", in: resource) }
        if let period = period(elements[.effectivePeriod], "effectivePeriod", in: resource) {
            return PartialDate.between(period.start, period.end)
        }
        let timing = timing(elements[.effectiveTiming], "effectiveTiming", in: resource)
        return timing.flatMap { PartialDate.between($0.start, $0.end ?? $0.start) }
    }
}

extension ResourceElements {
    /// The value[x] of an Observation.
    func value(in builder: RecordBuilder) -> (name: String, node: JSONNode)? {
        let choices: [Element] = [
            .valueQuantity, .valueCodeableConcept, .valueString, .valueBoolean, .valueInteger, .valueRange, .valueRatio,
            .valueSampledData, .valueTime, .valueDateTime, .valuePeriod,
        ]
        for choice in choices {
            if let node = self[choice] { return ("\(choice)", node) }
        }
        return nil
    }
}

extension JSONNode {
    /// The value[x] of a component.
    var value: (name: String, node: JSONNode)? {
        for (name, node) in members where name.bytes.hasPrefix("value") { return (name.text, node) }
        return nil
    }
}
