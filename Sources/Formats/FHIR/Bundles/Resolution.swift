import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Fills in what drugs, reasons and settings were only referred to, now that every resource was met.
    mutating func resolveDrugsAndOrders() {
        for index in facts.medications.indices { resolveDrug(index) }
        for index in facts.serviceRequests.indices { resolveOrder(index) }
    }

    private mutating func resolveDrug(_ index: Int) {
        if let target = facts.medications[index].fact.target {
            if let entry = registry.target(of: target), let drug = facts.medicationEntries[entry] {
                facts.medications[index].fact.use.concepts = drug.concepts
                facts.medications[index].fact.isTextOnly = drug.isTextOnly
            } else {
                facts.medications[index].fact.isTextOnly = true
                noteMissingDrug(facts.medications[index])
            }
        }
        // Static, since a method that reads the builder beside one of its drugs would copy all of them.
        Self.settleDoseAndRoute(of: &facts.medications[index].fact)
        guard facts.medications[index].fact.draft != nil else { return }
        Self.settleLongestSupply(of: &facts.medications[index].fact)
        for (target, at) in facts.medications[index].fact.reasons {
            if let reason = reason(target, at: at) {
                facts.medications[index].fact.use.reasons.append(reason)
            } else {
                facts.medications[index].fact.use.hasReasonText = true
            }
        }
    }

    private mutating func noteMissingDrug(_ item: Pending<PendingMedication>) {
        let location = SourceLocation(
            source: source, path: registry[item.entry].place.path(of: "medicationReference"))
        log.note(
            Issue(
                .fhirMissingTarget, .warning, at: location, expected: "a Medication that is here",
                found: "none; the drug is not known"), code: .fhirMissingTarget, subject: item.subject)
    }

    /// The way and the amount, now that the product is known.
    private static func settleDoseAndRoute(of pending: inout PendingMedication) {
        let known = pending.use.concepts.filter(\.isKnownDrug)
        pending.use.route = pending.dosage.route ?? known.lazy.compactMap { $0.form?.use }.first ?? .notStated
        guard let perDay = pending.dosage.perDay else { return }
        guard perDay.unit == Unit.millilitre.rawValue else {
            pending.use.dailyDose = perDay
            return
        }
        // A volume tells milligrams only with the concentration of a single ingredient.
        let strengths = known.flatMap(\.ingredients).compactMap(\.strength)
        guard let strength = strengths.first, strength.unit == "mg/mL", strengths.allSatisfy({ $0 == strength }) else {
            return
        }
        let milligrams = perDay.value * strength.value
        pending.use.dailyDose = Quantity(
            literal: String(milligrams), value: milligrams, unit: Unit.milligram.rawValue)
    }

    /// The longest that a draft may last by what it hands out, by its course and by its period, refills included.
    private static func settleLongestSupply(of pending: inout PendingMedication) {
        var lengths = [pending.use.longestSupply].compactMap { $0 }
        if let course = pending.dosage.days { lengths.append(course * Double(pending.fills)) }
        if let first = pending.dosage.start?.earliest, let last = pending.dosage.end?.latest, last >= first {
            lengths.append(Double(last - first + 1))
        }
        if let days = daysCovered(by: pending) { lengths.append(days * Double(pending.fills)) }
        pending.use.longestSupply = lengths.max()
    }

    /// How long one handing out lasts at the highest daily dose; nil when units and dose do not tell.
    private static func daysCovered(by pending: PendingMedication) -> Double? {
        guard let perDay = pending.dosage.perDay, perDay.value > 0, let quantity = pending.quantity,
            quantity.comparator == nil, quantity.value > 0
        else { return nil }
        if quantity.unit == perDay.unit { return quantity.value / perDay.value }
        // Tablets handed out, milligrams taken: the strength of a single ingredient tells.
        let strengths = pending.use.concepts.filter(\.isKnownDrug).flatMap(\.ingredients).compactMap(\.strengthMg)
        guard quantity.unit == nil, perDay.unit == Unit.milligram.rawValue, let strength = strengths.first,
            strengths.allSatisfy({ $0 == strength })
        else { return nil }
        return quantity.value * strength / perDay.value
    }

    private mutating func resolveOrder(_ index: Int) {
        let pending = facts.serviceRequests[index].fact
        if let target = pending.encounter, let entry = registry.target(of: target) {
            facts.serviceRequests[index].fact.request.setting = facts.encounters[entry]?.fact.setting ?? .notStated
        }
        if let target = pending.requester {
            facts.serviceRequests[index].fact.request.requesterSpecialties = specialties(of: target)
        }
        for (target, at) in pending.reasons {
            if let reason = reason(target, at: at) {
                facts.serviceRequests[index].fact.request.reasons.append(reason)
            } else {
                facts.serviceRequests[index].fact.request.hasReasonText = true
            }
        }
    }

    /// The specialties of a requester whose PractitionerRole is here; empty for every other.
    private func specialties(of target: ReferenceKey) -> [Code] {
        guard let index = registry.target(of: target), registry[index].type == .practitionerRole,
            let document = try? JSONDocument(bytes(of: registry[index]))
        else { return [] }
        return document.read { resource in
            guard !resource.hasDefect, resource["active"]?.bool != false, let specialty = resource["specialty"] else {
                return []
            }
            return codes(specialty, .all).concepts.map(\.code)
        }
    }

    /// What a reason points at: a Condition with its standing, or an Observation.
    private func reason(_ target: ReferenceKey, at path: String) -> OrderReason? {
        guard let index = registry.target(of: target) else { return nil }
        let type = registry[index].type
        guard type == .condition || type == .observation, let document = try? JSONDocument(bytes(of: registry[index]))
        else { return nil }
        return document.read { resource in
            guard !resource.hasDefect, let code = resource["code"] else { return nil }
            let concepts = codes(code, .all).concepts
            guard !concepts.isEmpty else { return nil }
            var reason = OrderReason(concepts: concepts, bodySites: bodySites(resource["bodySite"]), at: path)
            if type == .condition {
                guard let certainty = certainty(of: resource) else { return nil }
                reason.certainty = certainty
                reason.onset =
                    resource["onsetDateTime"]?.string.flatMap(PartialDate.init)
                    ?? resource["onsetPeriod"]?["start"]?.string.flatMap(PartialDate.init)
            } else if resource["valueBoolean"]?.bool == false {
                reason.certainty = .refuted
            }
            return reason
        }
    }

    /// Nil for a Condition that was entered in error or whose standing cannot be read: it is no reason.
    private func certainty(of condition: JSONNode) -> Certainty? {
        guard let status = condition["verificationStatus"] else { return .notStated }
        guard case .code(let code) = status.statusConcept("condition-ver-status") else { return nil }
        return VerificationStatus(rawValue: code)?.certainty
    }
}
