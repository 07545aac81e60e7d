/// A document that a DocumentReference of the patient carries, before it is read.
public struct AttachedDocument: Sendable {
    /// `DocumentReference/id`, else its fullUrl; nil when it has neither.
    public let reference: String?
    /// JSONPath of the attachment.
    public let at: String
    /// Whether its type says that it is XML; nil when it says nothing.
    public let isDeclaredXML: Bool?
    /// Its bytes as written; nil when they stand elsewhere and were not sent along.
    public let base64: String?

    /// Names a document.
    public init(reference: String?, at: String, isDeclaredXML: Bool?, base64: String?) {
        self.reference = reference
        self.at = at
        self.isDeclaredXML = isDeclaredXML
        self.base64 = base64
    }
}
