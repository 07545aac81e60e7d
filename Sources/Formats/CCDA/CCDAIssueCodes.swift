public import Diagnostics

/// Issue codes of C-CDA reading. Permanent: a code is never given another meaning and never used again.
///
/// `CCDA-1xx`: the document, statement or element was not used. `CCDA-2xx`: it was used with a doubt.
extension IssueCode {
    // MARK: Documents that are not read
    /// XML that is no CDA document: FHIR XML, SOAP, HTML, another root element.
    public static let ccdaNotCDA = IssueCode(rawValue: "CCDA-101")
    /// A ClinicalDocument without the namespace of CDA, or in another one.
    public static let ccdaNamespace = IssueCode(rawValue: "CCDA-102")
    /// A kind of CDA that holds no facts of one patient: a quality report, a reportability response.
    public static let ccdaOtherKind = IssueCode(rawValue: "CCDA-103")
    /// No patient, or several.
    public static let ccdaPatient = IssueCode(rawValue: "CCDA-104")
    /// A document about another patient than the one asked for.
    public static let ccdaOtherPatient = IssueCode(rawValue: "CCDA-105")

    // MARK: Statements that are not used
    /// A statement whose negation, mood or subject cannot be read.
    public static let ccdaMeaningUnreadable = IssueCode(rawValue: "CCDA-110")

    // MARK: Documents read with a doubt
    /// CDA that is not C-CDA, or not clearly: read in part.
    public static let ccdaReadInPart = IssueCode(rawValue: "CCDA-201")
    /// No structured body: nothing but the header is read.
    public static let ccdaNoStructuredBody = IssueCode(rawValue: "CCDA-202")

    /// An id or time of the document that is not enough for a FHIR document: the Bundle is a collection.
    public static let ccdaDocumentIdentity = IssueCode(rawValue: "CCDA-203")
    /// A document that not everybody may see.
    public static let ccdaRestricted = IssueCode(rawValue: "CCDA-204")

    // MARK: Elements read with a doubt
    /// A time that breaks the grammar or the calendar.
    public static let ccdaTime = IssueCode(rawValue: "CCDA-210")
    /// An interval that ends before it begins.
    public static let ccdaInterval = IssueCode(rawValue: "CCDA-211")
    /// A nullFlavor that the vocabulary does not have.
    public static let ccdaNullFlavor = IssueCode(rawValue: "CCDA-212")
    /// A code beside a nullFlavor, in a value set's OID, of a system by name, or not in the shape of its system.
    public static let ccdaCode = IssueCode(rawValue: "CCDA-213")
    /// A number or unit that is not as CDA and UCUM have it.
    public static let ccdaQuantity = IssueCode(rawValue: "CCDA-214")
    /// A value without a type, or of one that is not read.
    public static let ccdaValueType = IssueCode(rawValue: "CCDA-215")
    /// References to narrative that lead nowhere, or only with other letters.
    public static let ccdaReference = IssueCode(rawValue: "CCDA-216")
    /// Two elements with one ID.
    public static let ccdaDuplicateID = IssueCode(rawValue: "CCDA-217")
    /// A status that is missing or not of the vocabulary.
    public static let ccdaStatus = IssueCode(rawValue: "CCDA-218")
    /// Status, dates or negation of one statement disagree.
    public static let ccdaContradiction = IssueCode(rawValue: "CCDA-219")
    /// A section without code or template, or one that says it is empty and is not.
    public static let ccdaSection = IssueCode(rawValue: "CCDA-220")
    /// A template that is not known, or not where it belongs.
    public static let ccdaTemplate = IssueCode(rawValue: "CCDA-221")
    /// A statement that was kept as text or refused; the loss report says where.
    public static let ccdaLoss = IssueCode(rawValue: "CCDA-222")
    /// A name, address or telecom that is not as CDA has it.
    public static let ccdaDemographics = IssueCode(rawValue: "CCDA-223")
    /// An identifier whose root is neither an OID nor a UUID.
    public static let ccdaIdentifier = IssueCode(rawValue: "CCDA-224")
    /// Narrative that is too long, or has parts that FHIR cannot hold.
    public static let ccdaNarrative = IssueCode(rawValue: "CCDA-225")
}
