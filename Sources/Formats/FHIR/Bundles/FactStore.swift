import ClinicalModel

/// A fact together with whom it is about and which resource gave it; both are settled at the end.
struct Pending<Fact> {
    var fact: Fact
    /// Index in the subject table.
    let subject: Int
    /// Index in the registry.
    let entry: Int
}

/// A condition whose dates may depend on the birth date.
struct PendingCondition {
    var condition: Condition
    /// Age at onset in years, first and last year it may be; nil when the onset was given otherwise.
    var onsetAge: ClosedRange<Double>?
    var abatementAge: ClosedRange<Double>?
}

/// A use of a drug whose code may stand in another resource.
struct PendingMedication {
    var use: MedicationUse
    /// Reference to the Medication; nil when the code stands in the resource itself.
    var target: ReferenceKey?
    var dosage = DosageReading()
    /// What is handed out at once, and how often; nil when not stated.
    var quantity: Quantity?
    /// How many days one handing out is said to last; nil when not stated.
    var supply: Double?
    var fills = 1
    /// False when refills or the time that they last stand there and cannot be read.
    var isSupplyRead = true
    /// References of `reasonReference` with their JSONPath; of a draft only.
    var reasons: [(target: ReferenceKey, at: String)] = []
    /// Set for a draft under review.
    var draft: DraftSeed?
    /// Whether the drug was given as text only, for the list of what was not read.
    var isTextOnly = false
}

/// An order whose reasons and setting may stand in other resources.
struct PendingServiceRequest {
    var request: ServiceRequest
    /// References of `reasonReference` with their JSONPath.
    var reasons: [(target: ReferenceKey, at: String)] = []
    var encounter: ReferenceKey?
    /// Who asks; of a draft only.
    var requester: ReferenceKey?
    /// Set for a draft under review.
    var draft: DraftSeed?
    /// Set for an order of a document that may come under review (ruling R6).
    var planned: DraftSeed?
}

/// What a draft needs beside the order.
struct DraftSeed {
    var reference: String?
    var fullUrl: String?
    var status: String
    var identifiers: [BusinessIdentifier]
    var resource: [UInt8]
    /// Rank in the input, so that drafts come out in the order they stand.
    var rank: Int
}

/// A Medication resource: what the drug is.
struct MedicationEntry {
    var concepts: [Concept]
    var isTextOnly: Bool
}

/// An Encounter: setting and whether it goes on.
struct EncounterEntry {
    var setting: ServiceRequest.Setting
    var isInProgress: Bool
}

/// The facts so far, by kind.
struct FactStore {
    var conditions: [Pending<PendingCondition>] = []
    var observations: [Pending<Observation>] = []
    var medications: [Pending<PendingMedication>] = []
    var procedures: [Pending<Procedure>] = []
    var examinations: [Pending<ImagingExamination>] = []
    var serviceRequests: [Pending<PendingServiceRequest>] = []
    var devices: [Pending<Device>] = []
    var statements: [Pending<CodedStatement>] = []
    var unreadTexts: [Pending<UnreadText>] = []
    var passedOver: [Pending<PassedOver>] = []
    var attachments: [Pending<PendingAttachment>] = []
    /// By registry index.
    var medicationEntries: [Int: MedicationEntry] = [:]
    var encounters: [Int: Pending<EncounterEntry>] = [:]
}

/// A Patient resource.
struct PatientEntry: Sendable {
    let entry: Int
    var id: String?
    var fullUrl: String?
    var birthDate: PartialDate?
    var isDeceased: Bool
    var identifiers: Set<BusinessIdentifier>
    var names = PersonNames()
    let path: String
    /// Subject index of a contained patient, which nothing but its container can point at.
    var containedFor: Int?
}
