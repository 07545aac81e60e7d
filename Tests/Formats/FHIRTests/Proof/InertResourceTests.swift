import ClinicalModel
import FHIR
import Foundation
import KnowledgeBase
import Testing

/// Every resource of every example, once more: entered in error, of another patient, or in a relative's history.
@Suite("Resources that are no facts of the patient change nothing (I12)")
struct InertResourceTests {
    /// How a resource is made inert.
    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case enteredInError = "entered in error"
        case ofAnotherPatient = "of another patient"
        case ofARelative = "in the family history"
        var testDescription: String { rawValue }
    }

    typealias Resource = [String: Any]

    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Known to the Bundle: a reference that leads nowhere may be to the patient under another name.
    private static var somebodyElse: Resource { ["resourceType": "Patient", "id": "somebody-else"] }

    /// The resources of each example, by its name.
    private static func examples() throws -> [(name: String, resources: [Resource])] {
        let folder = package.appending(path: "Examples/records")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: folder.appending(path: "\(name)/input.json").path),
                let bundle = try JSONSerialization.jsonObject(with: data) as? Resource,
                let entries = bundle["entry"] as? [Resource]
            else { return nil }
            return (name, entries.compactMap { $0["resource"] as? Resource })
        }
    }

    /// The copy of a resource that is no fact of a patient; nil where there is none of this kind.
    private static func inert(_ resource: Resource, _ kind: Kind, subject: String, _ number: Int) -> Resource? {
        guard let type = resource["resourceType"] as? String, type != "Patient", type != "FamilyMemberHistory" else {
            return nil
        }
        var copy = resource
        copy["id"] = "inert-\(number)"
        let isCondition = type == "Condition"
        switch kind {
        case .enteredInError:
            copy[type == "Device" ? "patient" : "subject"] = ["reference": subject]
            guard type != "Encounter" else {
                copy["status"] = "entered-in-error"
                return copy
            }
            if isCondition {
                copy["clinicalStatus"] = nil
                copy["verificationStatus"] = [
                    "coding": [
                        [
                            "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
                            "code": "entered-in-error",
                        ]
                    ]
                ]
            } else {
                copy["status"] = "entered-in-error"
            }
            return copy
        case .ofAnotherPatient:
            copy[type == "Device" ? "patient" : "subject"] = ["reference": "Patient/somebody-else"]
            return copy
        case .ofARelative:
            guard isCondition, let code = resource["code"] else { return nil }
            return [
                "resourceType": "FamilyMemberHistory", "id": "inert-\(number)", "status": "completed",
                "patient": ["reference": subject],
                "relationship": [
                    "coding": [["system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "MTH"]]
                ],
                "condition": [["code": code]],
            ]
        }
    }

    /// What a record holds, by the ids of its resources.
    private static func facts(
        _ resources: [Resource], _ terminology: Terminology, options: JSONSerialization.WritingOptions = []
    ) throws -> [String] {
        let bundle: Resource = [
            "resourceType": "Bundle", "type": "collection", "entry": resources.map { ["resource": $0] },
        ]
        let bytes = try Array(JSONSerialization.data(withJSONObject: bundle, options: options))
        let read = RecordReader(terminology: terminology).read(bytes)
        let patient = try #require(read.records.first)
        let record = patient.record
        var provenances = record.conditions.map(\.provenance) + record.observations.map(\.provenance)
        provenances += record.medications.map(\.provenance) + record.procedures.map(\.provenance)
        provenances += record.examinations.map(\.provenance) + record.serviceRequests.map(\.provenance)
        provenances += record.devices.map(\.provenance) + record.statements.map(\.provenance)
        provenances += record.unreadTexts.map(\.provenance) + patient.drafts.map(\.provenance)
        return provenances.map(\.resource).sorted() + [
            "\(record.birthDate?.literal ?? "no birth date"), \(record.setting)", "\(record.isDeceased)",
            "not retrieved: \(record.notRetrieved.map(\.rawValue).sorted())",
            "refused: \(record.refused.map(\.rawValue).sorted())",
        ]
    }

    @Test("all of them together, to each example", arguments: Kind.allCases)
    func changesNothing(_ kind: Kind) throws {
        let terminology = try KnowledgeBase(profiles: Self.package.appending(path: "Profiles").path).terminology
        let examples = try Self.examples()
        let all = examples.flatMap(\.resources)
        #expect(examples.count > 20 && all.count > 300)
        for example in examples {
            let id = example.resources.first { $0["resourceType"] as? String == "Patient" }?["id"] as? String
            let subject = "Patient/\(try #require(id))"
            let additions = all.enumerated().compactMap { Self.inert($1, kind, subject: subject, $0) }
            #expect(!additions.isEmpty)
            let before = try Self.facts(example.resources, terminology)
            let base = example.resources + (kind == .ofAnotherPatient ? [Self.somebodyElse] : [])
            guard try Self.facts(base + additions, terminology) != before else { continue }
            // The smallest addition that shows it.
            for addition in additions {
                let after = try Self.facts(base + [addition], terminology)
                guard after != before else { continue }
                let difference = after.difference(from: before).insertions.map { "\($0)" }
                Issue.record(
                    "\(example.name) beside a \(addition["resourceType"] ?? "") \(kind.rawValue): \(difference)")
                return
            }
            Issue.record("\(example.name) beside \(additions.count) resources \(kind.rawValue), no single one")
        }
    }

    @Test("a writer that escapes slashes says the same as one that does not")
    func escapedSlashes() throws {
        let terminology = try KnowledgeBase(profiles: Self.package.appending(path: "Profiles").path).terminology
        for example in try Self.examples() {
            let plain = try Self.facts(example.resources, terminology, options: .withoutEscapingSlashes)
            #expect(try Self.facts(example.resources, terminology) == plain, "\(example.name)")
            #expect(plain.contains { $0.hasPrefix("Condition/") }, "\(example.name)")
        }
    }
}
