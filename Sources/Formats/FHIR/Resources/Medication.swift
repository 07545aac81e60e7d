import ClinicalModel
import Diagnostics
import JSONTree

/// Which drug a resource is about.
struct DrugReading {
    var concepts: [Concept] = []
    /// The Medication it points at, where that is another resource.
    var target: ReferenceKey?
    /// Whether something names a drug that could not be read.
    var isUnread = false

    /// Whether the guideline knows the drug.
    var isInUse: Bool { concepts.contains { $0.isKnownDrug } }
}

extension Concept {
    /// Whether the knowledge has anything to say of a drug code.
    var isKnownDrug: Bool { !uses.isEmpty || !ingredients.isEmpty }
}

extension RecordBuilder {
    /// Reads a Medication: its code, and the codes of its ingredients.
    mutating func readMedication(_ resource: ResourceContext) -> Outcome {
        var resource = resource
        resource.subject = nil
        let isUsable = elements[.modifierExtension] == nil && elements[.implicitRules] == nil
        let reading = drug(of: resource.node)
        facts.medicationEntries[resource.entry] = MedicationEntry(
            concepts: isUsable ? reading.concepts : [], isTextOnly: !isUsable || reading.isUnread)
        return isUsable ? .used : .refused
    }

    /// The drug of a Medication; its ingredients count where its own code is in no list.
    func drug(of medication: JSONNode) -> DrugReading {
        var drug = DrugReading()
        guard medication["status"]?.stringBytes.map({ !($0 == "entered-in-error") }) ?? true else {
            drug.isUnread = true
            return drug
        }
        if let code = medication["code"] {
            let reading = codes(code, .all)
            drug.concepts = reading.concepts
            drug.isUnread = reading.isUnread
        }
        guard !drug.isInUse else { return drug }
        for ingredient in medication["ingredient"].items {
            guard let item = ingredient["itemCodeableConcept"] else {
                // A pointer to another Medication or Substance is not followed: it might lead in a circle.
                if ingredient["itemReference"] != nil { drug.isUnread = true }
                continue
            }
            let reading = codes(item, .all)
            drug.concepts += reading.concepts
            if reading.isUnread { drug.isUnread = true }
        }
        if medication["code"] == nil, medication["ingredient"] == nil { drug.isUnread = true }
        return drug
    }

    /// The drug of a request, statement, dispense or administration.
    mutating func drug(in resource: ResourceContext) -> DrugReading {
        var drug = DrugReading()
        if let code = elements[.medicationCodeableConcept] {
            let quick = codes(code)
            drug.isUnread = quick.isUnread
            if quick.findings.contains(.match) || quick.findings.contains(.malformed) {
                drug.concepts = codes(code, .all).concepts
            }
            return drug
        }
        guard let node = elements[.medicationReference], let text = node["reference"]?.stringBytes, !text.isEmpty else {
            drug.isUnread = true
            return drug
        }
        guard text.hasPrefix("#") else {
            drug.target = bases.reference(text, in: resource.base)
            return drug
        }
        let id = text.part(1..<text.count)
        for inner in elements[.contained].items where inner["id"]?.stringBytes == id {
            guard !inner.hasDefect, inner["resourceType"]?.stringBytes.map({ $0 == "Medication" }) == true else {
                break
            }
            return self.drug(of: inner)
        }
        drug.isUnread = true
        return drug
    }

    /// Says what was doubtful about the drug of a resource that is used.
    mutating func report(_ drug: DrugReading, in resource: ResourceContext) {
        if let code = elements[.medicationCodeableConcept] {
            let reading = codes(code, .all)
            report(reading, at: code, "medicationCodeableConcept", in: resource, textIs: .information)
            reportDisplay(code, reading, "medicationCodeableConcept", in: resource)
        } else if drug.isUnread, let node = elements[.medicationReference] {
            note(
                .fhirMissingTarget, .warning, at: node, "medicationReference", in: resource,
                expected: "a Medication that is here", found: "none; the drug is not known")
        }
    }
}
