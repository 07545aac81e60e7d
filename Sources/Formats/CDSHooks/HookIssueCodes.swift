public import Diagnostics

/// Issue codes of CDS Hooks requests. Permanent: a code is never given another meaning and never used again.
///
/// `HOOK-1xx`: the request was refused. `HOOK-2xx`: it was read, something in it was doubtful. (`HOOK-201`, a selection
/// that names no draft, is given by the reading of the drafts.)
extension IssueCode {
    /// The body is no JSON object.
    public static let hookNotAnObject = IssueCode(rawValue: "HOOK-101")
    /// A required member is missing.
    public static let hookMissingMember = IssueCode(rawValue: "HOOK-102")
    /// A member has the wrong JSON type.
    public static let hookWrongType = IssueCode(rawValue: "HOOK-103")
    /// A member stands twice, or a string in the request is broken.
    public static let hookDefective = IssueCode(rawValue: "HOOK-104")
    /// The hook is not one of those that are answered.
    public static let hookUnknown = IssueCode(rawValue: "HOOK-105")
    /// The draft orders cannot be had.
    public static let hookNoDraftOrders = IssueCode(rawValue: "HOOK-106")
    /// Prefetch holds the Patient of another patient than `context.patientId`.
    public static let hookOtherPatient = IssueCode(rawValue: "HOOK-107")

    /// `patientId` was given as `Patient/id`.
    public static let hookPatientReference = IssueCode(rawValue: "HOOK-202")
    /// `hookInstance` is no UUID.
    public static let hookInstanceFormat = IssueCode(rawValue: "HOOK-203")
    /// `draftOrders` is no Bundle.
    public static let hookDraftOrdersForm = IssueCode(rawValue: "HOOK-204")
    /// `fhirAuthorization` without `fhirServer`.
    public static let hookAuthorizationWithoutServer = IssueCode(rawValue: "HOOK-205")
    /// A prefetch value that is neither a resource nor null.
    public static let hookPrefetchValue = IssueCode(rawValue: "HOOK-206")
    /// A prefetch key that was asked for is missing or null: what it would have shown is unknown.
    public static let hookNotRetrieved = IssueCode(rawValue: "HOOK-207")
    /// A member that is required and that reading can do without.
    public static let hookMemberMissing = IssueCode(rawValue: "HOOK-208")
    /// An item of draftOrders that is no order of this patient, or cannot be read as one.
    public static let hookUnreadableDraft = IssueCode(rawValue: "HOOK-209")
}
