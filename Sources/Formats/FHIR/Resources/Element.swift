import JSONTree

/// The names of the top-level elements of the resource types that are read, and of some of other FHIR versions that
/// would change the meaning (`notDone`, `taken`, `adherence` …).
enum Element: UInt16, CaseIterable, Sendable {
    case
        abatementAge, abatementDateTime, abatementPeriod, abatementRange, abatementString, about, account,
        achievementStatus, active, activity, address, addresses, adherence, ageAge, ageRange, ageString, amount,
        appointment, asNeededBoolean, asNeededCodeableConcept, asserter, attester, authenticator, author, authored,
        authoredOn,
        authorizingPrescription, basedOn, batch, birthDate, bodySite, bornDate, bornPeriod, bornString, careTeam,
        category, `class`, classHistory, clinicalStatus, code, communication, complication, complicationDetail,
        component, conclusion, conclusionCode, condition, confidentiality, contact, contained, content, contentType,
        context, contributor,
        courseOfTherapyType, created, criticality, custodian, data, dataAbsentReason, date, dateAsserted, daysSupply,
        deceasedAge, deceasedBoolean, deceasedDate, deceasedDateTime, deceasedRange, deceasedString, definition,
        derivedFrom, description, destination, detectedIssue, device, deviceName, diagnosis, dispenseRequest,
        distinctIdentifier, doNotPerform, docStatus, dosage, dosageInstruction, effectiveDateTime, effectiveInstant,
        effectivePeriod, effectiveTiming, encounter, endpoint, episodeOfCare, estimatedAge, event, eventHistory,
        evidence, expirationDate, expressedBy, `extension`, fhir_comments, focalDevice, focus, followUp, form, gender,
        generalPractitioner, goal, groupIdentifier, hasMember, hospitalization, id, identifier, imagingStudy,
        implicitRules, inResponseTo, informationSource, ingredient, instantiates, instantiatesCanonical,
        instantiatesUri, insurance, intent, interpretation, interpreter, issued, item, language, lastOccurrence,
        length, lifecycleStatus, link, location, locationCode, locationReference, lotNumber, managingOrganization,
        manufactureDate, manufacturer, maritalStatus, masterIdentifier, media, medication, medicationCodeableConcept,
        medicationReference, medium, meta, method, modality, modelNumber, modifierExtension, multipleBirthBoolean,
        multipleBirthInteger, name, notDone, notGiven, notPerformed, note, numberOfInstances, numberOfSeries,
        occurrence,
        occurrenceDateTime, occurrencePeriod, occurrenceTiming, onsetAge, onsetDateTime, onsetPeriod, onsetRange,
        onsetString, orderDetail, outcome, outcomeCode, outcomeReference, owner, parent, partNumber, partOf,
        participant, patient, patientInstruction, payload, performed, performedAge, performedDateTime,
        performedPeriod, performedRange, performedString, performer, performerType, period, photo, presentedForm,
        priorPrescription, priority, procedureCode, procedureReference, property, quantity, quantityQuantity,
        quantityRange, quantityRatio, questionnaire, reaction, reason, reasonCode, reasonNotGiven, reasonNotPerformed,
        reasonReference,
        received, receiver, recipient, recordedDate, recorder, referenceRange, referrer, relatesTo, relationship,
        relevantHistory, replaces, report, reportedBoolean, reportedReference, request, requester, requisition,
        resourceType, result, resultsInterpreter, safety, section, securityContext, securityLabel, sender, sent,
        serialNumber, series,
        serviceProvider, serviceType, severity, sex, source, specialization, specimen, stage, startCodeableConcept,
        startDate, started, status, statusDate, statusHistory, statusReason, statusReasonCodeableConcept,
        statusReasonReference, subject, substitution, supportingInfo, supportingInformation, taken, target, telecom,
        text, title, topic, type, udiCarrier, url, usedCode, usedReference, valueBoolean, valueCodeableConcept,
        valueDateTime, valueInteger, valuePeriod, valueQuantity, valueRange, valueRatio, valueSampledData,
        valueString, valueTime, verificationStatus, version, wasNotGiven, wasNotTaken, whenHandedOver, whenPrepared

    /// The number of names.
    static let count = allCases.count
    /// Finds the element of a member name.
    static let names = JSONNames<Named>()

    /// An element under its name.
    struct Named: RawRepresentable, CaseIterable, Sendable {
        let element: Element

        init(_ element: Element) { self.element = element }

        init?(rawValue: String) {
            guard let match = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = match
        }

        /// The name as FHIR writes it.
        var rawValue: String { "\(element)" }

        static let allCases = Element.allCases.map(Named.init)
    }
}

/// Which elements R4 gives each resource type that is read; `*` marks those that are lists. Source: the R4 definitions.
enum ElementTable {
    /// What R4 makes of an element of a type.
    enum Shape: UInt8, Sendable {
        case none
        case single
        case list
    }

    /// By `type × Element.count + element`.
    private static let shapes: [Shape] = {
        var table = [Shape](repeating: .none, count: ResourceType.allCases.count * Element.count)
        let named = Dictionary(uniqueKeysWithValues: Element.allCases.map { ("\($0)", $0) })
        for (type, own) in elements {
            for name in (common + " " + own).split(separator: " ") {
                let isList = name.last == "*"
                guard let element = named[String(isList ? name.dropLast() : name)] else { continue }
                table[Int(type.rawValue) * Element.count + Int(element.rawValue)] = isList ? .list : .single
            }
        }
        return table
    }()

    private static let common = """
        resourceType id meta implicitRules language text contained* extension* modifierExtension*
        """

    private static let elements: [ResourceType: String] = [
        .patient: """
        identifier* active name* telecom* gender birthDate deceasedBoolean deceasedDateTime address* \
        maritalStatus multipleBirthBoolean multipleBirthInteger photo* contact* communication* \
        generalPractitioner* managingOrganization link*
        """,
        .condition: """
        identifier* clinicalStatus verificationStatus category* severity code bodySite* subject encounter \
        onsetDateTime onsetAge onsetPeriod onsetRange onsetString abatementDateTime abatementAge \
        abatementPeriod abatementRange abatementString recordedDate recorder asserter stage* evidence* note*
        """,
        .observation: """
        identifier* basedOn* partOf* status category* code subject focus* encounter effectiveDateTime \
        effectivePeriod effectiveTiming effectiveInstant issued performer* valueQuantity \
        valueCodeableConcept valueString valueBoolean valueInteger valueRange valueRatio valueSampledData \
        valueTime valueDateTime valuePeriod dataAbsentReason interpretation* note* bodySite method specimen \
        device referenceRange* hasMember* derivedFrom* component*
        """,
        .medicationRequest: """
        identifier* status statusReason intent category* priority doNotPerform reportedBoolean \
        reportedReference medicationCodeableConcept medicationReference subject encounter \
        supportingInformation* authoredOn requester performer performerType recorder reasonCode* \
        reasonReference* instantiatesCanonical* instantiatesUri* basedOn* groupIdentifier \
        courseOfTherapyType insurance* note* dosageInstruction* dispenseRequest substitution \
        priorPrescription detectedIssue* eventHistory*
        """,
        .medicationStatement: """
        identifier* basedOn* partOf* status statusReason* category medicationCodeableConcept \
        medicationReference subject context effectiveDateTime effectivePeriod dateAsserted informationSource \
        derivedFrom* reasonCode* reasonReference* note* dosage*
        """,
        .medicationDispense: """
        identifier* partOf* status statusReasonCodeableConcept statusReasonReference category \
        medicationCodeableConcept medicationReference subject context supportingInformation* performer* \
        location authorizingPrescription* type quantity daysSupply whenPrepared whenHandedOver destination \
        receiver* note* dosageInstruction* substitution detectedIssue* eventHistory*
        """,
        .medicationAdministration: """
        identifier* instantiates* partOf* status statusReason* category medicationCodeableConcept \
        medicationReference subject context supportingInformation* effectiveDateTime effectivePeriod \
        performer* reasonCode* reasonReference* request device* note* dosage eventHistory*
        """,
        .medication: """
        identifier* code status manufacturer form amount ingredient* batch
        """,
        .procedure: """
        identifier* instantiatesCanonical* instantiatesUri* basedOn* partOf* status statusReason category \
        code subject encounter performedDateTime performedPeriod performedString performedAge performedRange \
        recorder asserter performer* location reasonCode* reasonReference* bodySite* outcome report* \
        complication* complicationDetail* followUp* note* focalDevice* usedReference* usedCode*
        """,
        .serviceRequest: """
        identifier* instantiatesCanonical* instantiatesUri* basedOn* replaces* requisition status intent \
        category* priority doNotPerform code orderDetail* quantityQuantity quantityRatio quantityRange \
        subject encounter occurrenceDateTime occurrencePeriod occurrenceTiming asNeededBoolean \
        asNeededCodeableConcept authoredOn requester performerType performer* locationCode* \
        locationReference* reasonCode* reasonReference* insurance* supportingInfo* specimen* bodySite* note* \
        patientInstruction relevantHistory*
        """,
        .diagnosticReport: """
        identifier* basedOn* status category* code subject encounter effectiveDateTime effectivePeriod \
        issued performer* resultsInterpreter* specimen* result* imagingStudy* media* conclusion \
        conclusionCode* presentedForm*
        """,
        .imagingStudy: """
        identifier* status modality* subject encounter started basedOn* referrer interpreter* endpoint* \
        numberOfSeries numberOfInstances procedureReference procedureCode* location reasonCode* \
        reasonReference* note* description series*
        """,
        .encounter: """
        identifier* status statusHistory* class classHistory* type* serviceType priority subject \
        episodeOfCare* basedOn* participant* appointment* period length reasonCode* reasonReference* \
        diagnosis* account* hospitalization location* serviceProvider partOf
        """,
        .allergyIntolerance: """
        identifier* clinicalStatus verificationStatus type category* criticality code patient encounter \
        onsetDateTime onsetAge onsetPeriod onsetRange onsetString recordedDate recorder asserter \
        lastOccurrence note* reaction*
        """,
        .device: """
        identifier* definition udiCarrier* status statusReason* distinctIdentifier manufacturer \
        manufactureDate expirationDate lotNumber serialNumber deviceName* modelNumber partNumber type \
        specialization* version* property* patient owner contact* location url note* safety* parent
        """,
        .flag: """
        identifier* status category* code subject period encounter author
        """,
        .carePlan: """
        identifier* instantiatesCanonical* instantiatesUri* basedOn* replaces* partOf* status intent \
        category* title description subject encounter period created author contributor* careTeam* \
        addresses* supportingInfo* goal* activity* note*
        """,
        .communication: """
        identifier* instantiatesCanonical* instantiatesUri* basedOn* partOf* inResponseTo* status \
        statusReason category* priority medium* subject topic about* encounter sent received recipient* \
        sender reasonCode* reasonReference* payload* note*
        """,
        .goal: """
        identifier* lifecycleStatus achievementStatus category* priority description subject startDate \
        startCodeableConcept target* statusDate statusReason expressedBy addresses* note* outcomeCode* \
        outcomeReference*
        """,
        .familyMemberHistory: """
        identifier* instantiatesCanonical* instantiatesUri* status dataAbsentReason patient date name \
        relationship sex bornPeriod bornDate bornString ageAge ageRange ageString estimatedAge \
        deceasedBoolean deceasedAge deceasedRange deceasedDate deceasedString reasonCode* reasonReference* \
        note* condition*
        """,
        .questionnaireResponse: """
        identifier basedOn* partOf* questionnaire status subject encounter authored author source item*
        """,
        .documentReference: """
        masterIdentifier identifier* status docStatus type category* subject date author* authenticator \
        custodian relatesTo* description securityLabel* content* context
        """,
        .binary: """
        contentType securityContext data
        """,
        .composition: """
        identifier status type category* subject encounter date author* title confidentiality attester* \
        custodian relatesTo* event* section*
        """,
    ]
}

extension ElementTable {
    /// Whether a name is that of the extensions of a primitive: an underscore and the name of an element.
    static func isPrimitiveExtension(_ name: JSONBytes) -> Bool {
        guard name.count > 1, name.first == UInt8(ascii: "_") else { return false }
        return Element.names[text: name.part(1..<name.count)] != nil
    }

    /// Whether R4 gives a type an element, and whether it may stand more than once.
    static func shape(_ type: ResourceType, _ element: Element) -> Shape {
        shapes[Int(type.rawValue) * Element.count + Int(element.rawValue)]
    }
}
