public import Diagnostics

/// Issue codes of the XML tree. Permanent: a code is never given another meaning and never used again.
///
/// `XML-1xx`: the document was refused. `XML-2xx`: it was read, something in it was doubtful.
extension IssueCode {
    // MARK: No XML
    /// No bytes, or nothing but white space.
    public static let xmlEmpty = IssueCode(rawValue: "XML-101")
    /// Something other than XML: JSON, HL7 v2, compressed data, plain text.
    public static let xmlNotXML = IssueCode(rawValue: "XML-102")
    /// XML without a root element.
    public static let xmlNoRoot = IssueCode(rawValue: "XML-103")

    // MARK: Not safe to read
    /// A document type declaration, also that of an HTML page.
    public static let xmlDoctype = IssueCode(rawValue: "XML-104")
    /// More bytes than the limit.
    public static let xmlTooLarge = IssueCode(rawValue: "XML-105")
    /// More nested elements than the limit.
    public static let xmlTooDeep = IssueCode(rawValue: "XML-106")
    /// A text longer than the limit.
    public static let xmlLongText = IssueCode(rawValue: "XML-107")
    /// A name, attribute value or piece of markup longer than the limit.
    public static let xmlLongMarkup = IssueCode(rawValue: "XML-108")
    /// More attributes of one element, namespace declarations in scope, or different names, than the limit.
    public static let xmlManyAttributes = IssueCode(rawValue: "XML-109")

    // MARK: Not readable as text
    /// Bytes that are not what the encoding allows.
    public static let xmlEncoding = IssueCode(rawValue: "XML-110")
    /// An encoding that is not known.
    public static let xmlUnknownEncoding = IssueCode(rawValue: "XML-111")

    // MARK: Not well-formed
    /// The document ends before it is complete.
    public static let xmlCutShort = IssueCode(rawValue: "XML-120")
    /// An end tag that does not close the element that is open.
    public static let xmlMismatchedTag = IssueCode(rawValue: "XML-121")
    /// Something other than comments and white space after the root element.
    public static let xmlContentAfterRoot = IssueCode(rawValue: "XML-122")
    /// A bare ampersand, or a reference to a character or entity that does not exist.
    public static let xmlReference = IssueCode(rawValue: "XML-123")
    /// A character that XML does not allow, U+0000 among them.
    public static let xmlCharacter = IssueCode(rawValue: "XML-124")
    /// The same attribute twice on one element.
    public static let xmlDuplicateAttribute = IssueCode(rawValue: "XML-125")
    /// An attribute without value or quotes, or with `<` in its value.
    public static let xmlAttribute = IssueCode(rawValue: "XML-126")
    /// Anything else that is not well-formed.
    public static let xmlMalformed = IssueCode(rawValue: "XML-127")

    // MARK: Not the document's fault
    /// No memory left.
    public static let xmlNoMemory = IssueCode(rawValue: "XML-130")
    /// The parser gave up without naming a reason that is known here.
    public static let xmlInternal = IssueCode(rawValue: "XML-131")

    // MARK: Doubtful
    /// White space before the XML declaration, passed over.
    public static let xmlLeadingSpace = IssueCode(rawValue: "XML-201")
    /// The declaration names another encoding than the bytes show; the bytes decide.
    public static let xmlEncodingLabel = IssueCode(rawValue: "XML-202")
    /// A prefix that is not declared, taken for the namespace it usually stands for.
    public static let xmlUsualPrefix = IssueCode(rawValue: "XML-203")
    /// A prefix that is not declared and not known; the name keeps it and is in no namespace.
    public static let xmlUnknownPrefix = IssueCode(rawValue: "XML-204")
    /// Any other breach of the rules for namespaces, for example a name that is no URI.
    public static let xmlNamespace = IssueCode(rawValue: "XML-205")
}
