public import Diagnostics

/// Issue codes of FHIR reading. Permanent: a code is never given another meaning and never used again.
///
/// `FHIR-1xx`: the input, resource or entry was not used. `FHIR-2xx`: it was used, something in it was doubtful or left out.
extension IssueCode {
    // MARK: Inputs that are no FHIR R4 JSON (HTML, XML, UTF-16 and broken JSON have codes of the JSON tree)
    /// The top level is an array, which is no FHIR resource.
    public static let fhirArray = IssueCode(rawValue: "FHIR-104")
    /// The top level is neither a resource nor another document that is read.
    public static let fhirNoResource = IssueCode(rawValue: "FHIR-105")
    /// A line of an NDJSON file could not be read.
    public static let fhirBadLine = IssueCode(rawValue: "FHIR-107")

    // MARK: Resources that were not used
    /// A resource without `resourceType`.
    public static let fhirNoType = IssueCode(rawValue: "FHIR-110")
    /// A type that FHIR R4 does not have.
    public static let fhirUnknownType = IssueCode(rawValue: "FHIR-111")
    /// The shape of DSTU2, STU3, R4B or R5.
    public static let fhirOtherVersion = IssueCode(rawValue: "FHIR-112")
    /// An element that can reverse the meaning has the wrong type or an unknown code.
    public static let fhirModifierUnreadable = IssueCode(rawValue: "FHIR-114")
    /// A `modifierExtension` that is not known here.
    public static let fhirModifierExtension = IssueCode(rawValue: "FHIR-115")
    /// `implicitRules` that are not known here.
    public static let fhirImplicitRules = IssueCode(rawValue: "FHIR-116")
    /// A resource that should be an object is something else.
    public static let fhirNotAnObject = IssueCode(rawValue: "FHIR-118")

    // MARK: Patients and references
    /// The subject is another patient than the record's.
    public static let fhirOtherPatient = IssueCode(rawValue: "FHIR-120")
    /// The subject cannot be resolved: display only, conditional, or a missing target.
    public static let fhirUnresolvedSubject = IssueCode(rawValue: "FHIR-121")
    /// `Reference.type` or the reference itself names another type than its place allows.
    public static let fhirReferenceType = IssueCode(rawValue: "FHIR-123")
    /// A reference whose target is not here; what it would have said is unknown.
    public static let fhirMissingTarget = IssueCode(rawValue: "FHIR-124")
    /// Resources, but no Patient: age and sex are unknown.
    public static let fhirNoPatient = IssueCode(rawValue: "FHIR-126")
    /// Several entries have the same identity and different content, without a version to choose by.
    public static let fhirAmbiguousIdentity = IssueCode(rawValue: "FHIR-127")
    /// Several versions of one resource; the newest is used.
    public static let fhirSeveralVersions = IssueCode(rawValue: "FHIR-128")
    /// The patient has died.
    public static let fhirDeceased = IssueCode(rawValue: "FHIR-129")

    // MARK: Bundles
    /// An OperationOutcome among the results: something was not retrieved.
    public static let fhirOperationOutcome = IssueCode(rawValue: "FHIR-140")
    /// A page of a search without the rest.
    public static let fhirFirstPage = IssueCode(rawValue: "FHIR-141")
    /// A part of a batch was refused or not found.
    public static let fhirPartNotRetrieved = IssueCode(rawValue: "FHIR-142")
    /// An entry that is null, or no object.
    public static let fhirBadEntry = IssueCode(rawValue: "FHIR-143")
    /// A Bundle type that R4 does not have.
    public static let fhirBundleType = IssueCode(rawValue: "FHIR-144")
    /// Bundles nested deeper than batch responses need.
    public static let fhirNestedBundle = IssueCode(rawValue: "FHIR-145")
    /// `$everything` results inside a Parameters resource.
    public static let fhirParametersWrapper = IssueCode(rawValue: "FHIR-146")

    /// A conversion says that it could not use statements of its source: those parts of the record are not whole.
    public static let fhirConversionLoss = IssueCode(rawValue: "FHIR-147")

    // MARK: Elements that were read with doubt or left out
    /// An element has another JSON type than FHIR gives it.
    public static let fhirWrongType = IssueCode(rawValue: "FHIR-201")
    /// An empty string, object or array, or a null member.
    public static let fhirEmptyValue = IssueCode(rawValue: "FHIR-202")
    /// A member that R4 does not have.
    public static let fhirUnknownMember = IssueCode(rawValue: "FHIR-203")
    /// Not a date, dateTime or instant.
    public static let fhirNotADate = IssueCode(rawValue: "FHIR-204")
    /// A placeholder such as the year 0001 or 9999.
    public static let fhirPlaceholderDate = IssueCode(rawValue: "FHIR-205")
    /// A date that cannot be: before birth, or in the future for what has happened.
    public static let fhirImpossibleDate = IssueCode(rawValue: "FHIR-206")
    /// A code outside a required value set.
    public static let fhirUnknownCode = IssueCode(rawValue: "FHIR-207")
    /// A required element is missing.
    public static let fhirMissingElement = IssueCode(rawValue: "FHIR-208")
    /// Text where a code is needed: it is not read.
    public static let fhirTextOnly = IssueCode(rawValue: "FHIR-209")
    /// A code without a system, or of a system that is not known.
    public static let fhirCodeWithoutSystem = IssueCode(rawValue: "FHIR-210")
    /// A code or system that was put right before it matched.
    public static let fhirCodeRepaired = IssueCode(rawValue: "FHIR-211")
    /// Elements of one resource contradict each other.
    public static let fhirContradiction = IssueCode(rawValue: "FHIR-212")
    /// A value without a coded unit.
    public static let fhirNoUnit = IssueCode(rawValue: "FHIR-213")
    /// An observation with neither a value nor a reason for its absence.
    public static let fhirNoValue = IssueCode(rawValue: "FHIR-214")
    /// `fhir_comments`, a habit of DSTU2.
    public static let fhirComments = IssueCode(rawValue: "FHIR-215")
    /// Text stands where only a code may deny or assert a finding.
    public static let fhirTextValue = IssueCode(rawValue: "FHIR-216")
    /// A value of a kind that is not read here, for example an age range as an onset.
    public static let fhirUnreadKind = IssueCode(rawValue: "FHIR-217")
    /// The display of a code has nothing in common with what the code means; the code counts.
    public static let fhirDisplay = IssueCode(rawValue: "FHIR-218")
    /// A narrative with a script; it is neither run nor shown.
    public static let fhirActiveNarrative = IssueCode(rawValue: "FHIR-219")
    /// Documents that are no XML: pictures, PDF, plain text; they are not read.
    public static let fhirOtherAttachment = IssueCode(rawValue: "FHIR-220")
}

/// Issue codes of CDS Hooks requests that reading the drafts gives.
extension IssueCode {
    /// A selection that names none of the draft orders.
    static let hookUnknownSelection = IssueCode(rawValue: "HOOK-201")
}
