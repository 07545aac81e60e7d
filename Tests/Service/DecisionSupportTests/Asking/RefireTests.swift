import ClinicalModel
import Foundation
import Guidelines
import Testing

@testable import DecisionSupport

/// The names of cards and suggestions when a hook fires again (contract, Cards).
@Suite("Cards across re-fires")
struct RefireTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let because: String
        let change: @Sendable (inout Visit) -> Void
        var testDescription: String { because }

        init(_ because: String, _ change: @escaping @Sendable (inout Visit) -> Void) {
            self.because = because
            self.change = change
        }
    }

    /// A chart with answers, treatment, weights and a pain score.
    static func visit() throws -> Visit {
        var visit = try Visit("d01-two-weeks-all-negative")
        for (id, kilograms, day) in [("w1", 82.0, "2025-01-10"), ("w2", 81.0, "2025-06-10")] {
            visit.add(weight(id, kilograms, day))
        }
        return visit
    }

    static func weight(_ id: String, _ kilograms: Double, _ day: String, _ status: String = "final") -> Visit.Resource {
        [
            "resourceType": "Observation", "id": id, "status": status,
            "code": ["coding": [["system": CodeSystem.loinc, "code": "29463-7"]]],
            "subject": ["reference": "Patient/d01"], "effectiveDateTime": day,
            "valueQuantity": ["value": kilograms, "system": "http://unitsofmeasure.org", "code": "kg"],
        ]
    }

    private static func edit(_ key: String, _ visit: inout Visit, _ change: (inout Visit.Resource) -> Void) {
        visit.entries(of: key) { entries in
            guard var resource = entries.last?["resource"] as? Visit.Resource else { return }
            change(&resource)
            entries[entries.count - 1]["resource"] = resource
        }
    }

    static let unchanged = [
        Row("fired again") { _ in },
        Row("another hook instance") { $0.set("0d3b2a1c-0000-4000-8000-000000000001", at: "hookInstance") },
        Row("selected, before it is signed") { visit in
            visit.set("order-select", at: "hook")
            visit.set(["ServiceRequest/o1"], at: "context", "selections")
        },
        Row("another user") { $0.set("Practitioner/other", at: "context", "userId") },
        Row("later on the same day") { $0.today = "2025-06-16T22:15:00-05:00" },
        Row("the next day, with the same advice") { $0.today = "2025-06-17" },
        Row("searches in another order") { visit in
            for key in ["conditions", "observations", "procedures"] { visit.entries(of: key) { $0.reverse() } }
        },
        Row("the orders in another order") { $0.drafts.reverse() },
        Row("another order beside it") { visit in
            guard var entry = visit.drafts.first, var order = entry["resource"] as? Visit.Resource else { return }
            order["id"] = "o2"
            order["code"] = ["text": "blood count"]
            entry["resource"] = order
            visit.drafts.append(entry)
        },
        Row("the order dated on its way to the signature") {
            $0.set("2025-06-16T11:00:00-05:00", at: "context", "draftOrders", "entry", "0", "resource", "authoredOn")
        },
        Row("a weight entered in error") { $0.add(weight("w3", 60, "2025-06-12", "entered-in-error")) },
        Row("data that the guideline does not read") { visit in
            var other = weight("w4", 5.2, "2025-06-12")
            other["code"] = ["coding": [["system": CodeSystem.loinc, "code": "2093-3"]]]
            visit.add(other)
        },
        Row("a fact under another id") { edit("observations", &$0) { $0["id"] = "another" } },
        Row("a fact that comes twice") { $0.add(weight("w5", 81, "2025-06-10")) },
        Row("another spelling of the patient's name") {
            $0.set([["family": "Other"]], at: "prefetch", "patient", "name")
        },
    ]

    @Test("same order, rule, facts and configuration: the same names", arguments: unchanged)
    func same(_ row: Row) throws {
        var visit = try Self.visit()
        let first = try visit.fire()
        #expect(try first.card == "K05")
        #expect(first.names.count == 4)
        row.change(&visit)
        let second = try visit.fire()
        #expect(second.names == first.names)
    }

    static let changed = [
        Row("a new weight, without a loss") { $0.add(weight("w3", 82.5, "2025-06-15")) },
        Row("a weight corrected") {
            edit("observations", &$0) { $0["valueQuantity"] = weight("", 80.5, "")["valueQuantity"] }
        },
        Row("a weight of another day") { edit("observations", &$0) { $0["effectiveDateTime"] = "2025-06-11" } },
        Row("a weight taken back") { edit("observations", &$0) { $0["status"] = "entered-in-error" } },
        Row("the problem suspected only") { visit in
            let system = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
            edit("conditions", &visit) {
                $0["verificationStatus"] = ["coding": [["system": system, "code": "provisional"]]]
            }
        },
        Row("another onset") { edit("conditions", &$0) { $0["onsetDateTime"] = "2025-06-01" } },
        Row("an answer given again") { $0.answer("fever-or-chills", false, on: "2025-06-15") },
        Row("an answer changed") { $0.answer("fever-or-chills", true) },
        Row("a birth date corrected") { $0.set("1981-03-10", at: "prefetch", "patient", "birthDate") },
        Row("another priority") {
            $0.set("urgent", at: "context", "draftOrders", "entry", "0", "resource", "priority")
        },
        Row("the order replaced by another") {
            $0.set("o9", at: "context", "draftOrders", "entry", "0", "resource", "id")
        },
        Row("another test") { visit in
            let code = ["coding": [["system": CodeSystem.loinc, "code": "24967-2"]]]
            visit.set(code, at: "context", "draftOrders", "entry", "0", "resource", "code")
        },
        Row("another reason of the order") { visit in
            let system = "http://hl7.org/fhir/sid/icd-10-cm"
            visit.set(
                [["coding": [["system": system, "code": "M54.17"]]]], at: "context", "draftOrders", "entry", "0",
                "resource", "reasonCode")
        },
        Row("another number in force") { $0.thresholds.imagingAfterDays = 49 },
        Row("answers too old for the removal") { $0.today = "2025-06-18" },
    ]

    @Test("anything of it changed: new names", arguments: changed)
    func different(_ row: Row) throws {
        var visit = try Self.visit()
        let first = try visit.fire()
        row.change(&visit)
        let second = try visit.fire()
        #expect(!second.cards.isEmpty)
        #expect(Set(first.names).isDisjoint(with: second.names))
    }

    /// A copy of the imaging order under another id, or under none.
    private static func twin(_ visit: Visit, id: String?) -> Visit.Resource {
        var entry = visit.drafts.first ?? [:]
        var order = entry["resource"] as? Visit.Resource ?? [:]
        order["id"] = id
        entry["resource"] = order
        entry["fullUrl"] = nil
        return entry
    }

    @Test("two orders have a card each, named after their order whatever comes first")
    func twoOrders() throws {
        var visit = try Self.visit()
        let alone = try visit.fire()
        let orders = [Self.twin(visit, id: "o1"), Self.twin(visit, id: "o2")]
        visit.drafts = orders
        let both = try visit.fire()
        #expect(both.cards.count == 2)
        #expect(Set(both.names).count == both.names.count)
        #expect(both.cardNames.first == alone.cardNames.first)
        visit.drafts = orders.reversed()
        #expect(Set(try visit.fire().names) == Set(both.names))
        for (card, id) in zip(both.cards, ["o1", "o2"]) {
            #expect((card["detail"] as? String)?.contains("ServiceRequest/\(id)") == true)
        }
    }

    @Test("orders without an id are named by what they say")
    func namelessOrders() throws {
        var visit = try Self.visit()
        var urgent = Self.twin(visit, id: nil)
        var order = urgent["resource"] as? Visit.Resource ?? [:]
        order["occurrenceDateTime"] = "2025-07-01"
        urgent["resource"] = order
        let orders = [Self.twin(visit, id: nil), urgent, Self.twin(visit, id: nil)]
        visit.drafts = orders
        let first = try visit.fire()
        #expect(first.cards.count == 3)
        #expect(Set(first.names).count == first.names.count)
        #expect(first.cards.allSatisfy { ($0["detail"] as? String)?.contains("$.context.draftOrders.entry") == true })
        visit.drafts = [urgent, orders[0], orders[2]]
        #expect(Set(try visit.fire().names) == Set(first.names))
    }

    @Test("every member of a fact is part of its name, but where it stands")
    func members() {
        func members(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
        let provenance = ClinicalModel.Provenance(resource: "X/1", at: "$")
        let known: [(any Sendable, [String])] = [
            (
                Condition(provenance: provenance, concepts: [], status: .active, certainty: .confirmed),
                ["concepts", "bodySites", "status", "certainty", "onset", "abatement", "recorded"]
            ),
            (
                Observation(provenance: provenance, concepts: [], value: .absent, effective: nil),
                ["concepts", "value", "effective", "bodySites"]
            ),
            (
                Procedure(provenance: provenance, concepts: [], state: .completed),
                ["concepts", "bodySites", "state", "statusReasons", "start", "end"]
            ),
            (
                MedicationUse(
                    provenance: provenance, kind: .request, concepts: [], standing: .counts, isActive: true,
                    route: .systemic),
                [
                    "kind", "concepts", "standing", "isActive", "route", "authored", "start", "end", "supplyDays",
                    "dailyDose", "longestSupply", "shortestSupply", "reasons", "hasReasonText",
                ]
            ),
            (
                ImagingExamination(provenance: provenance, test: nil),
                ["test", "bodySites", "date", "conclusion"]
            ),
            (Device(provenance: provenance, types: []), ["types", "name", "safety", "isImplant"]),
            (
                CodedStatement(
                    provenance: provenance, kind: .allergy, concepts: [], isActive: true, certainty: .confirmed),
                ["kind", "concepts", "isActive", "certainty", "recorded"]
            ),
            (
                ServiceRequest(provenance: provenance, concepts: [], status: .active),
                [
                    "concepts", "bodySites", "status", "isOrder", "priority", "authored", "occurrence", "reasons",
                    "hasReasonText", "setting", "looksLikeImaging", "requesterSpecialties",
                ]
            ),
        ]
        for (fact, expected) in known {
            #expect(members(fact) == ["provenance"] + expected, "RecordFacts does not know a new member")
        }
    }
}
