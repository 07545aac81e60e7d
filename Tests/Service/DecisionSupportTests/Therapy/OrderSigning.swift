import CDSHooks
import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree

/// A patient whose orders are being signed, put together from a few facts, answered with the shipped knowledge.
struct OrderSigning {
    /// Drafts by their JSON.
    let drafts: [String]
    var birth = "1980-01-01"
    /// Further resources by the search that delivers them.
    var facts: [String: [String]] = [:]

    static let asOf = "2025-06-16"
    private static let searches = [
        "conditions", "observations", "medicationRequests", "medicationStatements", "medicationDispenses", "procedures",
        "serviceRequests", "diagnosticReports", "imagingStudies", "devices", "allergyIntolerances", "encounters",
        "questionnaireResponses",
    ]

    init(_ drafts: String..., birth: String = "1980-01-01", facts: [String: [String]] = [:]) {
        self.drafts = drafts
        self.birth = birth
        self.facts = facts
    }

    /// The request as a client sends it.
    var body: String {
        let prefetch = Self.searches.map { search -> String in
            let own = search == "conditions" ? [Self.radiculopathy] : []
            let entries = (own + facts[search, default: []]).map { #"{"resource":\#($0)}"# }
            return
                #""\#(search)":{"resourceType":"Bundle","type":"searchset","entry":[\#(entries.joined(separator: ","))]}"#
        }
        let orders = drafts.map { #"{"resource":\#($0)}"# }.joined(separator: ",")
        return #"{"hook":"order-sign","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":"#
            + #"{"userId":"Practitioner/1","patientId":"p1","draftOrders":{"resourceType":"Bundle","entry":[\#(orders)]}},"#
            + #""prefetch":{"patient":{"resourceType":"Patient","id":"p1","birthDate":"\#(birth)"},"#
            + prefetch.joined(separator: ",") + "}}"
    }

    /// What a service answers.
    func answer(by service: String = "radiculopathy-orders") throws -> Answer {
        let time = try ReferenceTime(Self.asOf).orThrow()
        let reply = try HookService(engine: Shipped.engine.get()) { time }
            .answer(service: service, body: Array(body.utf8)).get()
        return Answer(document: try JSONDocument(reply.body), decisions: reply.decisions)
    }

    /// A response with the questions that tests ask of it.
    struct Answer {
        let document: JSONDocument
        let decisions: [Decision]

        var cards: [String] { texts { $0["source"]?["topic"]?["code"]?.string } }
        var summaries: [String] { texts { $0["summary"]?.string } }
        var details: [String] { texts { $0["detail"]?.string } }
        var indicators: [String] { texts { $0["indicator"]?.string } }
        var uuids: [String] { texts { $0["uuid"]?.string } }
        var overrides: [String] {
            document.read { root in
                root["cards"]?.elements.flatMap { card in
                    card["overrideReasons"]?.elements.compactMap { $0["code"]?.string } ?? []
                } ?? []
            }
        }
        var suggestions: [String] { suggestions { $0["label"]?.string } }
        var suggestionUUIDs: [String] { suggestions { $0["uuid"]?.string } }
        var recommended: [String] { suggestions { $0["isRecommended"]?.bool == true ? $0["label"]?.string : nil } }
        /// Kind and resource of every action, in order.
        var actions: [String] {
            document.read { root in
                root["cards"]?.elements.flatMap { card in
                    card["suggestions"]?.elements.flatMap { suggestion in
                        suggestion["actions"]?.elements.compactMap { action in
                            let type = action["resource"]?["resourceType"]?.string ?? action["resourceId"]?.string ?? ""
                            return "\(action["type"]?.string ?? "?") \(type)"
                        } ?? []
                    } ?? []
                } ?? []
            }
        }
        var text: String { document.read { String(decoding: $0.raw, as: UTF8.self) } }

        private func texts(_ read: (JSONNode) -> String?) -> [String] {
            document.read { $0["cards"]?.elements.compactMap(read) ?? [] }
        }
        private func suggestions(_ read: (JSONNode) -> String?) -> [String] {
            document.read { root in
                root["cards"]?.elements.flatMap { $0["suggestions"]?.elements.compactMap(read) ?? [] } ?? []
            }
        }
    }
}

extension OrderSigning {
    // MARK: Drafts

    static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    static let oxycodone = ("1049621", "oxycodone hydrochloride 5 MG Oral Tablet")
    static let gabapentin = ("310431", "gabapentin 300 MG Oral Capsule")
    static let ibuprofen = ("197806", "ibuprofen 600 MG Oral Tablet")
    static let relaxant = ("828320", "cyclobenzaprine hydrochloride 5 MG Oral Tablet")
    static let alprazolam = ("308048", "alprazolam 0.5 MG Oral Tablet")

    /// A drug that is ordered, or with another status one on record.
    static func drug(
        _ code: (String, String), id: String = "m1", status: String = "draft", tablets: Int? = 1, aDay: Int = 4,
        days: String? = "5", more: String = ""
    ) -> String {
        let dosage = tablets.map {
            #","dosageInstruction":[{"timing":{"repeat":{"frequency":\#(aDay),"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":\#($0)}}]}]"#
        }
        let supply = days.map {
            #","dispenseRequest":{"expectedSupplyDuration":{"value":\#($0),"unit":"days","system":"http://unitsofmeasure.org","code":"d"}}"#
        }
        return
            #"{"resourceType":"MedicationRequest","id":"\#(id)","status":"\#(status)","intent":"order","authoredOn":"2025-06-16","medicationCodeableConcept":{"coding":[{"system":"\#(rxNorm)","code":"\#(code.0)","display":"\#(code.1)"}]},"subject":{"reference":"Patient/p1"}\#(dosage ?? "")\#(supply ?? "")\#(more)}"#
    }

    static func service(_ system: String, _ code: String, id: String = "o1", priority: String = "routine") -> String {
        #"{"resourceType":"ServiceRequest","id":"\#(id)","status":"draft","intent":"order","priority":"\#(priority)","authoredOn":"2025-06-16","code":{"coding":[{"system":"\#(system)","code":"\#(code)"}]},"subject":{"reference":"Patient/p1"},"reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]}]}"#
    }
    static let bedRest = service("http://snomed.info/sct", "225316001")
    static let injection = service("http://www.ama-assn.org/go/cpt", "62323")
    static let mri = service("http://www.ama-assn.org/go/cpt", "72148", id: "mri")

    // MARK: Facts

    static let radiculopathy =
        #"{"resourceType":"Condition","id":"c1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]},"subject":{"reference":"Patient/p1"},"onsetDateTime":"2025-06-01"}"#

    static func measured(_ loinc: String, _ value: String, _ unit: String) -> String {
        #"{"resourceType":"Observation","id":"o-\#(loinc)","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"\#(loinc)"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2025-06-15","valueQuantity":{"value":\#(value),"system":"http://unitsofmeasure.org","code":"\#(unit)"}}"#
    }
    static func pain(_ value: Int) -> String { measured("72514-3", "\(value)", "{score}") }
    static let fever = measured("8310-5", "38.6", "Cel")

    static func answer(_ code: String, _ value: Bool) -> String {
        #"{"resourceType":"Observation","id":"\#(code)","status":"final","code":{"coding":[{"system":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings","code":"\#(code)"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2025-06-16","valueBoolean":\#(value)}"#
    }
    static let unsafeForMRI =
        #"{"resourceType":"Observation","id":"mr","status":"final","code":{"coding":[{"system":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings","code":"mri-safety"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2025-06-16","valueCodeableConcept":{"coding":[{"system":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings","code":"unsafe"}]}}"#
}

extension Optional {
    fileprivate struct Missing: Error {}
    fileprivate func orThrow() throws -> Wrapped {
        guard let self else { throw Missing() }
        return self
    }
}
