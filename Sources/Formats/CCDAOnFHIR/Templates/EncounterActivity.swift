import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Encounter Activity (`.4.49`) → Encounter.
extension DocumentMapper {
    /// A visit or stay. Without anything but an id it refers to one that the document describes elsewhere.
    mutating func encounterActivity(_ statement: Statement, _ around: Surroundings) -> Outcome {
        guard saysMoreThanID(statement) else { return encounterReference(statement, around) }
        let time = statement.effectiveTime
        let participants = performers(of: statement, types: ["Practitioner", "PractitionerRole", "RelatedPerson"])
        let disposition =
            statement.element.first("dischargeDispositionCode", in: .sdtc)
            ?? statement.element.first("dischargeDispositionCode")
        let code = statement.code
        if ImagingCategory.holds(code) {
            context.note(
                .ccdaTemplate, at: statement.element, expected: "a procedure or result for an imaging test",
                found: "an encounter; it proves no examination")
        }
        let made = sink.add(
            "Encounter", from: statement.element, key: key(of: statement, code),
            tag: .when(statement.mood.isPlan, statement.mood.tag),
            [
                ("identifier", identifiers(of: statement)), ("status", .string(encounterStatus(of: statement))),
                ("class", encounterClass(code)), ("type", self.code(of: statement).map { [$0] }),
                ("subject", subject), ("participant", participants.map { ["individual": $0] }.nonEmptyArray),
                ("period", time?.point.map { ["start": .string($0.fhir)] } ?? time?.period),
                ("reasonCode", statement.negation == .yes || statement.isNullified ? nil : reasons(of: statement)),
                (
                    "hospitalization",
                    disposition.flatMap { concept(CodedValue($0, in: context)) }.map { ["dischargeDisposition": $0] }
                ),
                ("location", places(of: statement).map { ["location": $0] }.nonEmptyArray),
            ])
        return .mapped(made)
    }

    /// Encounter.status: negation, mood and status first, then the dates (section 7.13).
    private func encounterStatus(of statement: Statement) -> String {
        if statement.isNullified { return "entered-in-error" }
        if statement.negation == .yes || statement.status == .cancelled { return "cancelled" }
        if statement.mood.isPlan { return "planned" }
        let time = statement.effectiveTime
        switch statement.status {
        case .aborted, .held, .suspended, .new: return "unknown"
        case .completed where time?.isEmpty ?? true: return "finished"
        default: break
        }
        if isFuture(time?.start) {
            context.note(
                .ccdaContradiction, at: statement.element,
                expected: "what has happened, dated up to the document's day",
                found: "a later date; it is taken for planned")
            return "planned"
        }
        return encounterStatus(time)
    }

    // MARK: References by id

    private func saysMoreThanID(_ statement: Statement) -> Bool {
        if let code = statement.code, !code.isEmpty { return true }
        if let time = statement.effectiveTime, !time.isEmpty { return true }
        return statement.text != nil || statement.element.first("performer") != nil
    }

    /// An encounter that only names another by its id: what stands around belongs to that one.
    mutating func encounterReference(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let keys = statement.ids.filter { $0.key.map { describedEncounters().contains($0) } == true }
        guard let id = keys.first, statement.mood == .event, statement.negation == .no else {
            return statement.ids.contains { $0.key != nil }
                ? .asText("refers to an encounter that the document does not describe")
                : .refused("neither code nor text", type: "Encounter")
        }
        if let parent = around.parent { activityState.awaitedEncounters.append((parent, id)) }
        return .covered
    }

    /// Identifiers of the encounters that the document describes, the one around the document among them.
    private mutating func describedEncounters() -> Set<String> {
        if let known = activityState.encounterKeys { return known }
        var keys: Set<String> = []
        let encompassing = document.root.first("componentOf")?.first("encompassingEncounter")
        for id in encompassing?.elements("id").map({ InstanceIdentifier($0) }) ?? [] {
            if let key = id.key { keys.insert(key) }
        }
        for entry in document.sections.flatMap(\.entries) {
            for element in entry.descendants() where element.has(name: "encounter") {
                guard let encounter = Statement(element, in: context), saysMoreThanID(encounter) else { continue }
                keys.formUnion(encounter.ids.compactMap(\.key))
            }
        }
        activityState.encounterKeys = keys
        return keys
    }

    /// Gives resources the encounter that they name, now that all of them are made.
    mutating func linkAwaitedEncounters(encompassing: String?) {
        let takers: Set = [
            "Condition", "Observation", "Procedure", "DiagnosticReport", "ServiceRequest", "MedicationRequest",
            "AllergyIntolerance", "Immunization",
        ]
        let element = document.root.first("componentOf")?.first("encompassingEncounter")
        let own = Set(element?.elements("id").compactMap { InstanceIdentifier($0).key } ?? [])
        for (resource, id) in activityState.awaitedEncounters {
            let target = links.target(of: id) ?? (id.key.map(own.contains) == true ? encompassing : nil)
            guard let target, sink.type(of: target) == "Encounter", let type = sink.type(of: resource),
                takers.contains(type)
            else { continue }
            place(resource, in: target)
        }
    }

    /// Places orders in the encounter that the document is about, which is the setting of what it documents: those of
    /// which no encounter of their own is known, unless they were written at another time.
    mutating func placeOrders(in encounter: String) {
        let element = document.root.first("componentOf")?.first("encompassingEncounter")
        let time = element?.first("effectiveTime").map { TimeExpression($0, in: context) }
        for (order, authored) in activityState.orders {
            if let day = authored?.days {
                if let start = time?.start?.days, day.upperBound < start.lowerBound { continue }
                if let end = time?.end?.days, day.lowerBound > end.upperBound { continue }
            }
            place(order, in: encounter)
        }
    }

    private mutating func place(_ resource: String, in encounter: String) {
        sink.change(resource) { members in
            guard !members.contains(where: { $0.0 == "encounter" && $0.1 != nil }) else { return }
            members.removeAll { $0.0 == "encounter" }
            members.append(("encounter", reference(encounter)))
        }
    }
}
