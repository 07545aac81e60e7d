public import Diagnostics

/// Issue codes of documents as records. Permanent: a code is never given another meaning and never used again.
///
/// `DOCUMENT-1xx`: a document was not used. `DOCUMENT-2xx`: it was used, or passed over, with a doubt.
extension IssueCode {
    /// An attached document that cannot be read: its bytes are no base64, or it is refused as a document.
    public static let documentUnreadable = IssueCode(rawValue: "DOCUMENT-101")
    /// An attached document that nothing shows to be about this patient.
    public static let documentPatientNotShown = IssueCode(rawValue: "DOCUMENT-102")
    /// An attached document that was named and not sent along.
    public static let documentNotSent = IssueCode(rawValue: "DOCUMENT-103")

    /// Statements of a section that decisions need were not turned into facts.
    public static let documentLoss = IssueCode(rawValue: "DOCUMENT-201")
    /// Statements of a section that no decision needs were not turned into facts.
    public static let documentLossElsewhere = IssueCode(rawValue: "DOCUMENT-202")
}
