import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a MedicationRequest: an order under review, or a drug that was ordered.
    mutating func readMedicationRequest(_ resource: ResourceContext) -> Outcome {
        let isDraft = isDraft(resource) && !isPlannedInDocument(resource)
        let drug = drug(in: resource)
        guard isDraft || drug.target != nil || drug.isInUse || drug.isUnread else { return .notNeeded }
        var resource = resource
        guard admit(&resource) else { return refuse(resource, isDraft: isDraft) }
        guard let isForbidden = doNotPerform(in: resource) else {
            return refuse(resource, isDraft: isDraft)
        }
        if isForbidden { return passOver(.doNotPerform, resource, isDraft: isDraft) }
        guard let status = standing(.request, in: resource) else {
            return refuse(resource, isDraft: isDraft)
        }
        switch status.code {
        case "cancelled",
            "stopped" where isDraft:
            return passOver(.revoked, resource, isDraft: isDraft)
        case "entered-in-error": return passOver(.enteredInError, resource, isDraft: isDraft)
        case "draft": break
        default: if status.standing == nil { return .notNeeded }
        }
        guard let isOrder = isOrdered(in: resource) else {
            return refuse(resource, isDraft: isDraft)
        }
        guard isOrder || isDraft else { return .notNeeded }
        report(drug, in: resource)
        var use = use(.request, drug, status, elements[.dosageInstruction], "dosageInstruction", in: resource)
        use.use.authored = date(elements[.authoredOn], "authoredOn", in: resource)
        readSupply(of: &use, isDraft: isDraft, in: resource)
        if isDraft { readReasons(of: &use, in: resource) }
        use.draft = isDraft ? draftSeed(status.code, in: resource) : nil
        if use.draft == nil, status.code == "draft" { return .notNeeded }
        return append(use, in: resource)
    }

    /// Reads a MedicationStatement.
    mutating func readMedicationStatement(_ resource: ResourceContext) -> Outcome {
        readUse(resource, .statement, .dosage) { builder, pending, resource in
            pending.use.authored = builder.date(builder.elements[.dateAsserted], "dateAsserted", in: resource)
            builder.readEffective(of: &pending, in: resource)
        }
    }

    /// Reads a MedicationDispense.
    mutating func readMedicationDispense(_ resource: ResourceContext) -> Outcome {
        readUse(resource, .dispense, .dosageInstruction) { builder, pending, resource in
            let handed = builder.date(builder.elements[.whenHandedOver], "whenHandedOver", in: resource)
            pending.use.authored =
                handed ?? builder.date(builder.elements[.whenPrepared], "whenPrepared", in: resource)
            pending.use.start = handed ?? pending.use.start
            if let node = builder.elements[.daysSupply], let days = builder.supplyDays(node, "daysSupply", in: resource)
            {
                pending.use.supplyDays = days
            } else if let node = builder.elements[.quantity] {
                pending.use.supplyDays = builder.daysCovered(by: node, "quantity", pending, in: resource)
            }
        }
    }

    /// Reads a MedicationAdministration.
    mutating func readMedicationAdministration(_ resource: ResourceContext) -> Outcome {
        readUse(resource, .administration, .dosage) { builder, pending, resource in
            builder.readEffective(of: &pending, in: resource)
            pending.use.authored = pending.use.start
            pending.use.end = pending.use.end ?? pending.use.start
        }
    }

    // MARK: What they have in common

    private mutating func readUse(
        _ resource: ResourceContext, _ kind: MedicationUse.Kind, _ dosage: Element,
        _ dates: (inout RecordBuilder, inout PendingMedication, ResourceContext) -> Void
    ) -> Outcome {
        let drug = drug(in: resource)
        guard drug.target != nil || drug.isInUse || drug.isUnread else { return .notNeeded }
        var resource = resource
        guard admit(&resource), let status = standing(kind, in: resource) else {
            return refuse(resource, isDraft: false)
        }
        guard status.standing != nil else { return .notNeeded }
        report(drug, in: resource)
        var pending = use(kind, drug, status, elements[dosage], "\(dosage)", in: resource)
        dates(&self, &pending, resource)
        return append(pending, in: resource)
    }

    private mutating func refuse(_ resource: ResourceContext, isDraft: Bool) -> Outcome {
        // The issue names it; it is no text that could be read.
        isDraft ? passOver(.refused, resource, isDraft: true) : .refused
    }

    private mutating func append(_ pending: PendingMedication, in resource: ResourceContext) -> Outcome {
        facts.medications.append(Pending(fact: pending, subject: resource.subject ?? 0, entry: resource.entry))
        return pending.use.concepts.isEmpty && pending.target == nil && pending.draft == nil ? .notNeeded : .used
    }

    private mutating func use(
        _ kind: MedicationUse.Kind, _ drug: DrugReading, _ status: MedicationStatus, _ dosageNode: JSONNode?,
        _ member: String, in resource: ResourceContext
    ) -> PendingMedication {
        let dosage = dosage(dosageNode, member, in: resource)
        var pending = PendingMedication(
            use: MedicationUse(
                provenance: provenance(resource), kind: kind, concepts: drug.isInUse ? drug.concepts : [],
                standing: status.standing ?? .unclear,
                isActive: status.code == "active" || status.code == "completed" && isPossiblyCurrent, route: .notStated,
                start: dosage.start, end: dosage.end))
        pending.target = drug.target
        pending.dosage = dosage
        pending.isTextOnly = drug.isUnread
        if let days = dosage.days { pending.use.supplyDays = Int(days.rounded()) }
        return pending
    }

    /// Whether a request says that only its writing is completed: nobody says that the drug ended. Conversion of documents
    /// writes it so, since a drug of which that is not known is read like one that is taken.
    private var isPossiblyCurrent: Bool {
        elements[.extension].items.contains { item in
            item["url"]?.string == "https://spinehook.example/fhir/StructureDefinition/possibly-current"
                && item["valueBoolean"]?.bool == true
        }
    }

    private mutating func readEffective(of pending: inout PendingMedication, in resource: ResourceContext) {
        if let day = date(elements[.effectiveDateTime], "effectiveDateTime", in: resource) {
            // A single date says when the statement holds, not how long the drug was taken.
            pending.use.start = pending.use.start ?? day
        }
        if let period = period(elements[.effectivePeriod], "effectivePeriod", in: resource) {
            pending.use.start = period.start ?? pending.use.start
            pending.use.end = period.end ?? pending.use.end
        }
    }

    /// Why a draft is ordered.
    private mutating func readReasons(of pending: inout PendingMedication, in resource: ResourceContext) {
        let codes = reasonCodes(in: resource)
        let references = reasonReferences(in: resource)
        pending.use.reasons = codes.coded
        pending.use.hasReasonText = codes.hasText || references.hasText
        pending.reasons = references.targets
    }

    // MARK: Supply

    /// Days of one supply times the fills, from `dispenseRequest`.
    private mutating func readSupply(
        of pending: inout PendingMedication, isDraft: Bool, in resource: ResourceContext
    ) {
        guard let node = elements[.dispenseRequest], node.isObject else { return }
        readFills(node["numberOfRepeatsAllowed"], of: &pending, in: resource)
        let quantity = node["quantity"]
        if isDraft, let quantity { pending.quantity = amount(quantity, "dispenseRequest.quantity", in: resource) }
        if let duration = node["expectedSupplyDuration"] { readDuration(duration, of: &pending, in: resource) }
        if let days = pending.supply {
            pending.use.supplyDays = Int(days.rounded()) * pending.fills
        } else if pending.use.supplyDays == nil, let quantity,
            let days = daysCovered(by: quantity, "dispenseRequest.quantity", pending, in: resource)
        {
            pending.use.supplyDays = days * pending.fills
        } else if pending.use.supplyDays == nil, pending.use.end == nil,
            let period = period(node["validityPeriod"], "dispenseRequest.validityPeriod", in: resource),
            let first = period.start?.earliest, let last = period.end?.latest, last >= first
        {
            pending.use.supplyDays = last - first + 1
        }
        if !pending.isSupplyRead { pending.use.supplyDays = nil }
    }

    private mutating func readFills(
        _ node: JSONNode?, of pending: inout PendingMedication, in resource: ResourceContext
    ) {
        guard let node else { return }
        if let repeats = node.integer, (0...Self.mostRepeats).contains(repeats) {
            pending.fills = 1 + repeats
        } else {
            pending.isSupplyRead = false
            note(
                .fhirWrongType, .warning, at: node, "dispenseRequest.numberOfRepeatsAllowed", in: resource,
                expected: "a whole number from 0 to \(Self.mostRepeats)",
                found: "\(node.shape); the supply is not known")
        }
    }

    private mutating func readDuration(
        _ node: JSONNode, of pending: inout PendingMedication, in resource: ResourceContext
    ) {
        if let days = days(node, "dispenseRequest.expectedSupplyDuration", in: resource), days > 0 {
            pending.supply = days
        } else {
            pending.isSupplyRead = false
            note(
                .fhirUnreadKind, .warning, at: node, "dispenseRequest.expectedSupplyDuration", in: resource,
                expected: "a length of time above zero", found: "something else; the supply is not known")
        }
    }

    /// More repeats than any prescription has; a number over it is a slip of the pen.
    private static let mostRepeats = 999

    private mutating func supplyDays(_ node: JSONNode, _ member: String, in resource: ResourceContext) -> Int? {
        if let days = days(node, member, in: resource) { return Int(days.rounded()) }
        // The element counts days by its name; a bare number is nothing else.
        guard node["code"] == nil, node["unit"] == nil else { return nil }
        return quantity(node, member, in: resource).flatMap { Self.plausibleDays($0.value) }.map { Int($0.rounded()) }
    }

    /// How many days a quantity of units lasts at the daily dose.
    private mutating func daysCovered(
        by node: JSONNode, _ member: String, _ pending: PendingMedication, in resource: ResourceContext
    ) -> Int? {
        guard let perDay = pending.dosage.perDay, perDay.value > 0, perDay.unit == nil,
            let quantity = quantity(node, member, in: resource), quantity.value > 0,
            quantity.value(in: .milligram) == nil, quantity.value(in: .millilitre) == nil
        else { return nil }
        let days = (quantity.value / perDay.value).rounded(.down)
        return days >= 1 && days < 10_000 ? Int(days) : nil
    }
}
