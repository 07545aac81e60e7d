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
        Self.settleSupply(of: &facts.medications[index].fact)
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
        guard let perDay = amountPerDay(of: pending, known) else { return }
        // A volume of several ingredients is left to the concentration of each.
        pending.use.dailyDose =
            known.contains { $0.form?.isCombination == true } ? perDay : inMilligrams(perDay, of: known)
    }

    /// The limits that an order is held against are upper limits, so its highest day counts, that of a taper too; of a patch,
    /// which works until the next one, the average.
    private static func amountPerDay(of pending: PendingMedication, _ drug: [Concept]) -> Quantity? {
        if pending.draft == nil { return pending.dosage.perDay }
        let isPatch = drug.contains { $0.form?.route == .transdermal }
        return isPatch ? pending.dosage.mostPerDay : pending.dosage.onOneDay
    }

    /// A volume tells milligrams only with the concentration of a single ingredient; other amounts stay as they are.
    private static func inMilligrams(_ amount: Quantity, of drug: [Concept]) -> Quantity? {
        guard amount.unit == Unit.millilitre.rawValue else { return amount }
        let strengths = drug.flatMap(\.ingredients).compactMap(\.strength)
        guard let strength = strengths.first, strength.unit == "mg/mL", strengths.allSatisfy({ $0 == strength }) else {
            return nil
        }
        let milligrams = amount.value * strength.value
        return Quantity(literal: String(milligrams), value: milligrams, unit: Unit.milligram.rawValue)
    }

    /// How long a draft may last by what it hands out, by its course and by its period, refills included.
    ///
    /// What it hands out is counted at the highest dose; where a range of doses is all that tells, at the lowest too. Where
    /// something that would make it longer cannot be read, only what it lasts at least is known.
    private static func settleSupply(of pending: inout PendingMedication) {
        let fills = Double(pending.fills)
        var lengths = [pending.supply, pending.dosage.days].compactMap { $0.map { $0 * fills } }
        if let first = pending.dosage.start?.earliest, let last = pending.dosage.end?.latest, last >= first {
            lengths.append(Double(last - first + 1))
        }
        let isStated = !lengths.isEmpty
        if let days = daysCovered(by: pending, at: pending.dosage.perDay) { lengths.append(days * fills) }
        pending.use.shortestSupply = lengths.max()
        pending.use.longestSupply = pending.use.shortestSupply
        if !isStated, let days = daysCovered(by: pending, at: pending.dosage.leastPerDay) {
            pending.use.longestSupply = days * fills
        }
        if !pending.isSupplyRead { pending.use.longestSupply = nil }
    }

    /// How long one handing out lasts at a daily dose; nil when units and dose do not tell.
    private static func daysCovered(by pending: PendingMedication, at perDay: Quantity?) -> Double? {
        guard let perDay, perDay.value > 0, let quantity = pending.quantity, quantity.comparator == nil,
            quantity.value > 0
        else { return nil }
        if quantity.unit == perDay.unit { return plausibleDays(quantity.value / perDay.value) }
        // Tablets or millilitres handed out, milligrams taken: the strength of a single ingredient tells.
        let drug = pending.use.concepts.filter(\.isKnownDrug)
        guard perDay.unit == Unit.milligram.rawValue, !drug.contains(where: { $0.form?.isCombination == true }) else {
            return nil
        }
        if quantity.unit != nil {
            return inMilligrams(quantity, of: drug).flatMap { plausibleDays($0.value / perDay.value) }
        }
        let strengths = drug.flatMap(\.ingredients).compactMap(\.strengthMg)
        guard let strength = strengths.first, strengths.allSatisfy({ $0 == strength }) else { return nil }
        return plausibleDays(quantity.value * strength / perDay.value)
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
