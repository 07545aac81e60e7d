public import ClinicalModel
public import Diagnostics

/// What an input says of one patient, with everything a caller needs beside the clinical facts.
public struct PatientRecord: Sendable {
    /// The facts.
    public var record: ClinicalRecord
    /// Orders under review or to be counted, in the order they stand (ruling R6).
    public var drafts: [DraftOrder] = []
    /// Orders of a document in CDA mood RQO or INT, active or draft, in the order they stand: the newest that is about
    /// imaging is under review (ruling R6). They stand in ``ClinicalRecord/serviceRequests`` too.
    public var planned: [DraftOrder] = []
    /// Drafts that get no decision, by why.
    public var passedOver: [PassedOver: Int] = [:]
    /// What could not be read or used as it stands and touches this record.
    public var issues: [Issue] = []
    /// The latest of `Bundle.timestamp` and `Composition.date`; nil when neither is given (ruling R5).
    public var recordTime: PartialDate?
    /// `Patient.identifier`, system and value, by which records of one patient may be joined.
    public var identifiers: Set<BusinessIdentifier> = []
    /// Names of the patient, only to tell whether another record is of the same person.
    var names = PersonNames()
    /// Documents that stand in the record and were not read yet.
    public var attachments: [AttachedDocument] = []
    /// How many resources of each type were used, were read without bearing on the guideline, or were refused.
    public var counts: [String: ReadCount] = [:]
    /// How many items name another patient and were left out.
    public var otherPatientsItems = 0

    /// Puts a record together.
    public init(record: ClinicalRecord) { self.record = record }

    /// Whether the input can be taken as the whole record: nothing is known to be missing.
    public var isComplete: Bool { record.notRetrieved.isEmpty }
}

/// A business identifier of a patient or an order.
public struct BusinessIdentifier: Sendable, Hashable {
    /// The URI of whoever assigned it.
    public let system: String
    /// The identifier itself.
    public let value: String

    /// Puts an identifier together.
    public init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}

/// What became of the resources of one type.
public struct ReadCount: Sendable, Hashable {
    /// Gave a fact.
    public var used = 0
    /// Read and left: in no value set, of a type or status that says nothing here.
    public var notNeeded = 0
    /// Not used, with an issue that says why.
    public var refused = 0

    /// No resources yet.
    public init() {}

    /// All of them.
    public var total: Int { used + notNeeded + refused }
}

/// An order before it is signed, as the client sent it.
public struct DraftOrder: Sendable {
    /// What is ordered.
    public enum Order: Sendable {
        /// A ServiceRequest; it stands in ``ClinicalRecord/serviceRequests`` too, with the same provenance.
        case service(ServiceRequest)
        /// A MedicationRequest; it is no treatment yet, so it is no medication of the record.
        case medication(MedicationUse)
    }
    /// What is ordered.
    public var order: Order
    /// `Type/id`, else the fullUrl; nil when it has neither.
    public var reference: String?
    /// `Bundle.entry.fullUrl`; nil when there is none.
    public var fullUrl: String?
    /// Where it stands.
    public var provenance: Provenance
    /// `draft` or `active`.
    public var status: String
    /// `ServiceRequest.identifier`, by which an update is matched.
    public var identifiers: [BusinessIdentifier]
    /// The resource byte for byte, so that an update can give it back with only the intended members changed.
    public var resource: [UInt8]

    /// Puts a draft together.
    public init(
        order: Order, reference: String?, fullUrl: String? = nil, provenance: Provenance, status: String,
        identifiers: [BusinessIdentifier], resource: [UInt8]
    ) {
        self.order = order
        self.reference = reference
        self.fullUrl = fullUrl
        self.provenance = provenance
        self.status = status
        self.identifiers = identifiers
        self.resource = resource
    }
}

/// Why a draft gets no decision.
public enum PassedOver: String, Sendable, Hashable, CaseIterable {
    /// `doNotPerform` is true.
    case doNotPerform
    /// Revoked, cancelled or stopped.
    case revoked
    /// Entered in error.
    case enteredInError
    /// On hold, completed, unknown: neither draft nor active.
    case otherStatus
    /// On `order-select`, not among the selections.
    case notSelected
    /// Of a resource type that is never reviewed, for example a NutritionOrder.
    case otherType
    /// Could not be read; an issue says why.
    case refused
}
