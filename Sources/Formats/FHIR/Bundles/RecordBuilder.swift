public import ClinicalModel
public import Diagnostics
public import JSONTree

/// Reads FHIR R4 resources, one after another, into the clinical facts of the patients they are about.
///
/// Feed it documents (or, of a hook request, the parts of one document), then ``finish(patientId:asOf:)``. Facts are made
/// while a resource is at hand; what they refer to is resolved at the end, so the order of the entries does not matter.
/// A resource that bears on nothing is passed over after its code was looked up.
public struct RecordBuilder {
    /// Where in the input a resource stands.
    public enum Origin: Sendable, Hashable {
        /// In the record: a file, a Bundle, a prefetch value.
        case record
        /// In `context.draftOrders`: an order under review.
        case draftOrders
    }

    let terminology: Terminology
    /// The input's name, for issues and evidence; nil when there is only one.
    let source: String?

    /// Kept until the end: identity, references and line numbers are looked up in them.
    var documents: [JSONDocument] = []
    var registry = Registry()
    var subjects = SubjectTable()
    var bases = BaseTable()
    var elements = ResourceElements()
    var log = IssueLog()
    var facts = FactStore()
    var patients: [PatientEntry] = []
    var counts = [ReadCount](repeating: ReadCount(), count: ResourceType.allCases.count)
    var otherTypesCount = ReadCount()
    var otherDrafts = 0
    /// DocumentReferences whose attachments are no XML: pictures, PDF, plain text.
    var otherAttachments = 0
    /// Resources in the shape of another FHIR version.
    var foreignCount = 0
    var recordTimes: [PartialDate] = []
    var notRetrieved: Set<RecordPart> = []
    /// Parts that a complete search gave, so that a failure elsewhere does not make them unknown.
    var retrieved: Set<RecordPart> = []
    /// Parts of which a conversion could not take over everything.
    var refusedParts: Set<RecordPart> = []
    /// Parts that a converted document lists in words alone, and where that is said.
    var partsInWords: [(part: RecordPart, place: Place)] = []
    /// Set when something was not retrieved and nothing says what.
    var lostSomething = false
    /// `selections` of order-select with whether a draft was found for each; nil for other hooks.
    var selections: [String: Bool]?
    /// Whether only `draftOrders` are under review, as in a hook (ruling R6).
    var isHook = false
    var encounterID: String?
    var draftCount = 0
    /// Whether a Bundle gave itself out as a record: a collection or a document.
    var isWholeRecord = false
    /// Path of what is read as a whole, for issues that are about no resource.
    var rootPath = "$"
    /// Whether lines and columns of the bytes at hand are those of the input.
    var hasPositions = true

    /// A builder without resources.
    ///
    /// - Parameters:
    ///   - terminology: The code lists in force.
    ///   - source: The input's name as given; nil when the caller knows only one.
    public init(terminology: Terminology, source: String? = nil) {
        self.terminology = terminology
        self.source = source
    }

    /// Adds a document: a resource, a Bundle of any type, or a Parameters resource that wraps them.
    public mutating func add(_ document: JSONDocument) {
        open(document)
        document.read { root in
            addResource(root, Surroundings(place: .at("$"), origin: .record))
            elements.clear()
        }
    }

    /// Adds a Bundle that was made from another document: facts and issues name the elements that it was made from.
    public mutating func add(_ document: JSONDocument, from elements: SourceElements) {
        open(document)
        rootPath = elements.root
        hasPositions = false
        defer { hasPositions = true }
        document.read { root in
            var around = Surroundings(place: .element(elements.root), origin: .record)
            around.elements = elements
            addResource(root, around)
            self.elements.clear()
        }
    }

    /// Adds a part of a document, while that document is being read.
    ///
    /// - Parameters:
    ///   - node: A resource, Bundle or Parameters.
    ///   - document: The document that `node` stands in.
    ///   - path: JSONPath of `node`.
    ///   - origin: Whether it holds the orders under review.
    ///   - part: What was asked for, so that an incomplete answer is known to be incomplete there.
    public mutating func add(
        _ node: JSONNode, of document: JSONDocument, at path: String, origin: Origin = .record,
        part: RecordPart? = nil
    ) {
        if documents.last !== document { open(document) }
        addResource(node, Surroundings(place: .at(path), origin: origin, part: part))
        elements.clear()
    }

    /// Says that a search could not be had, or not wholly: what it would have shown is unknown.
    public mutating func markNotRetrieved(_ part: RecordPart) { notRetrieved.insert(part) }

    /// Restricts the drafts to those that the user just selected, as `Type/id` or bare ids.
    public mutating func select(_ references: [String]) {
        selections = Dictionary(references.map { ($0, false) }) { first, _ in first }
    }

    /// Says that the orders under review are those of `draftOrders` alone, whatever drafts the record holds.
    public mutating func reviewDraftOrdersOnly() { isHook = true }

    /// Names the encounter in which the caller works, by its id.
    public mutating func name(encounter id: String) { encounterID = id }

    /// Adds an issue that the caller found in the same input.
    public mutating func add(_ issue: Issue) { log.note(issue, code: issue.code, subject: nil) }

    private mutating func open(_ document: JSONDocument) {
        documents.append(document)
        registry.reserve(document.byteCount / 800)
    }
}
