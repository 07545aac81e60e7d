/// What is known of one patient as of one moment, free of any format.
public struct ClinicalRecord: Sendable {
    /// `Patient/id`, else the fullUrl; nil when the record names no patient.
    public var subject: String?
    /// Nil when missing, withheld or unreadable.
    public var birthDate: PartialDate?
    /// Whether several sources give different birth dates; then ``birthDate`` is nil.
    public var birthDatesDiffer = false
    /// Where the birth date was read.
    public var patient: Provenance?
    /// Whether the patient has died.
    public var isDeceased: Bool = false
    /// Problems, diagnoses and findings.
    public var conditions: [Condition] = []
    /// Observations, measurements and answers.
    public var observations: [Observation] = []
    /// Drugs ordered, reported, dispensed or given.
    public var medications: [MedicationUse] = []
    /// What was done, not done or planned.
    public var procedures: [Procedure] = []
    /// Imaging really done.
    public var examinations: [ImagingExamination] = []
    /// Every service request on record, drafts included; the order under review is one of them.
    public var serviceRequests: [ServiceRequest] = []
    /// Devices in or on the patient.
    public var devices: [Device] = []
    /// Allergies, intolerances and flags.
    public var statements: [CodedStatement] = []
    /// Text that stands where a code would be needed: named as "text not read", never used.
    public var unreadTexts: [UnreadText] = []
    /// Searches whose result is not (wholly) here: what they would have shown is unknown.
    public var notRetrieved: Set<RecordPart> = []
    /// Parts of which at least one resource was here and could not be used: what it said is unknown too.
    public var refused: Set<RecordPart> = []
    /// Setting of the encounter named by the caller or in progress.
    public var setting: ServiceRequest.Setting = .notStated

    /// Nothing known.
    public init() {}
}

/// Text in the place of a code.
public struct UnreadText: Sendable, Hashable {
    /// Where it was read.
    public let provenance: Provenance
    /// What kind of resource it stands in.
    public let part: RecordPart

    /// Puts the parts together.
    public init(provenance: Provenance, part: RecordPart) {
        self.provenance = provenance
        self.part = part
    }
}

/// The parts of a record, by the prefetch keys that ask for them.
public enum RecordPart: String, Sendable, Hashable, CaseIterable {
    case patient
    case conditions
    case observations
    case medicationRequests
    case medicationStatements
    case medicationDispenses
    case procedures
    case serviceRequests
    case diagnosticReports
    case imagingStudies
    case devices
    case allergyIntolerances
    case encounters
    case questionnaireResponses
    case documentReferences
}
