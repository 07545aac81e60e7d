import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// What became of a resource.
    enum Outcome { case used, notNeeded, refused }

    /// Reads the resource at hand into facts and counts it.
    mutating func readFacts(_ resource: ResourceContext) {
        elements.read(resource.node)
        let outcome = isOtherVersion(resource) ? Outcome.refused : facts(of: resource)
        let index = Int(resource.type.rawValue)
        switch outcome {
        case .used: counts[index].used += 1
        case .notNeeded: counts[index].notNeeded += 1
        case .refused: counts[index].refused += 1
        }
    }

    private mutating func facts(of resource: ResourceContext) -> Outcome {
        switch resource.type {
        case .patient: readPatient(resource)
        case .condition: readCondition(resource)
        case .observation: readObservation(resource)
        case .serviceRequest: readServiceRequest(resource)
        case .composition: readComposition(resource)
        case .medication: readMedication(resource)
        case .medicationRequest: readMedicationRequest(resource)
        case .medicationStatement: readMedicationStatement(resource)
        case .medicationDispense: readMedicationDispense(resource)
        case .medicationAdministration: readMedicationAdministration(resource)
        case .procedure: readProcedure(resource)
        case .imagingStudy: readImagingStudy(resource)
        case .diagnosticReport: readDiagnosticReport(resource)
        case .encounter: readEncounter(resource)
        case .allergyIntolerance: readAllergyIntolerance(resource)
        case .flag: readFlag(resource)
        case .device: readDevice(resource)
        case .carePlan: readCarePlan(resource)
        case .communication: readCommunication(resource)
        case .goal: readGoal(resource)
        case .questionnaireResponse: readQuestionnaireResponse(resource)
        case .documentReference: readDocumentReference(resource)
        // A relative's disease is never the patient's: FamilyMemberHistory is only counted. A Binary is bytes that an
        // attachment may point at.
        default: .notNeeded
        }
    }

    // MARK: Other versions

    /// Whether the resource has the shape of another FHIR version (quirks, section K); said with an issue.
    private mutating func isOtherVersion(_ resource: ResourceContext) -> Bool {
        guard let node = foreignMember(of: resource.type) else { return false }
        foreignCount += 1
        note(
            .fhirOtherVersion, .error, at: node, in: resource, expected: "a \(resource.type.name) of FHIR R4",
            found: "the shape of another FHIR version")
        return true
    }

    private func foreignMember(of type: ResourceType) -> JSONNode? {
        switch type {
        case .condition:
            if let status = elements[.clinicalStatus] ?? elements[.verificationStatus], status.isString {
                return status
            }
            if let status = elements[.verificationStatus], status.isString { return status }
            return elements[.patient] ?? r5Concept(.code)
        case .procedure:
            return elements[.notDone] ?? elements[.notPerformed] ?? elements[.reasonNotPerformed] ?? r5Concept(.code)
                ?? (elements.has(.subject) ? nil : elements[.patient])
        case .medicationRequest, .medicationStatement, .medicationDispense, .medicationAdministration:
            return elements[.medication] ?? elements[.taken] ?? elements[.wasNotTaken] ?? elements[.adherence]
                ?? elements[.notGiven] ?? elements[.wasNotGiven]
                ?? (elements.has(.subject) ? nil : elements[.patient])
        case .serviceRequest: return r5Concept(.code) ?? elements[.reason]
        case .allergyIntolerance:
            guard let status = elements[.clinicalStatus] ?? elements[.verificationStatus], status.isString else {
                return nil
            }
            return status
        default: return nil
        }
    }

    /// A code in the form of an R5 CodeableReference.
    private func r5Concept(_ element: Element) -> JSONNode? {
        guard let node = elements[element], node.isObject, node["coding"] == nil, node["text"] == nil,
            node["concept"] != nil || node["reference"] != nil
        else { return nil }
        return node
    }

    // MARK: Admission

    /// Whether a resource that bears on the guideline may be used; settles its subject and says what is wrong with it.
    ///
    /// Unknown rules and modifier extensions may turn the meaning round: such a resource is left out whole.
    mutating func admit(_ resource: inout ResourceContext, subject element: Element = .subject) -> Bool {
        readSubject(&resource, element)
        if let rules = elements[.implicitRules] {
            note(
                .fhirImplicitRules, .error, at: rules, "implicitRules", in: resource,
                expected: "a resource without implicit rules", found: "rules that are not known here")
            return false
        }
        if let modifier = elements[.modifierExtension], !(modifier.isArray && modifier.elements.isEmpty) {
            note(
                .fhirModifierExtension, .error, at: modifier, "modifierExtension", in: resource,
                expected: "modifier extensions that are known here", found: modifierFound(modifier))
            return false
        }
        lint(resource)
        if let narrative = elements[.text]?["div"]?.string, narrative.contains("<script") {
            note(
                .fhirActiveNarrative, .warning, at: resource.node, "text.div", in: resource,
                expected: "a narrative without active content", found: "a script; narrative is not read")
        }
        return true
    }

    /// The URLs of modifier extensions: they name a definition, not the patient; whatever else stands there is not repeated.
    private func modifierFound(_ node: JSONNode) -> String {
        let urls = node.elements.compactMap { $0["url"]?.string }.filter { url in
            url.utf8.count < 200 && ["http://", "https://", "urn:"].contains(where: url.hasPrefix)
                && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return urls.isEmpty ? "one without a usable url" : urls.prefix(3).joined(separator: ", ")
    }

    /// Whether an inner element (a component, a dosage) carries a modifier extension and may not be used.
    mutating func isModified(_ node: JSONNode, _ member: String, in resource: ResourceContext) -> Bool {
        guard let modifier = node["modifierExtension"], !modifier.elements.isEmpty else { return false }
        note(
            .fhirModifierExtension, .error, at: modifier, "\(member).modifierExtension", in: resource,
            expected: "modifier extensions that are known here", found: modifierFound(modifier))
        return true
    }

    // MARK: Form

    /// Says which members of a resource that is used have a form that R4 does not allow and that changes no meaning.
    private mutating func lint(_ resource: ResourceContext) {
        for (name, value) in resource.node.members {
            if let element = Element.names[name]?.element {
                switch ElementTable.shape(resource.type, element) {
                case .none: noteStranger(name, value, in: resource)
                case .single: lint(value, name, isList: false, in: resource)
                case .list: lint(value, name, isList: true, in: resource)
                }
            } else if !ElementTable.isPrimitiveExtension(name.bytes) {
                noteStranger(name, value, in: resource)
            }
        }
    }

    private mutating func noteStranger(_ name: JSONName, _ value: JSONNode, in resource: ResourceContext) {
        note(
            name == "fhir_comments" ? .fhirComments : .fhirUnknownMember, .warning, at: value, in: resource,
            expected: "members that FHIR R4 gives a \(resource.type.name)", found: "another member, not read")
    }

    private mutating func lint(_ value: JSONNode, _ name: JSONName, isList: Bool, in resource: ResourceContext) {
        let expected: String
        let code: IssueCode
        switch value.kind {
        case .null: (code, expected) = (.fhirEmptyValue, "a value, or no member")
        case .array where !isList: (code, expected) = (.fhirWrongType, "a single value")
        case .array where value.elements.isEmpty: (code, expected) = (.fhirEmptyValue, "items, or no member")
        case .array: return
        case _ where isList: (code, expected) = (.fhirWrongType, "an array")
        case .object where value.members.isEmpty: (code, expected) = (.fhirEmptyValue, "members, or no member")
        case .string where value.raw.count == 2: (code, expected) = (.fhirEmptyValue, "text, or no member")
        default: return
        }
        note(code, .warning, at: value, name.text, in: resource, expected: expected, found: value.shape)
    }
}
