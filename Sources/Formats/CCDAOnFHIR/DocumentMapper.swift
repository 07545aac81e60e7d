import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Maps one document: header, then every entry by element, mood, template and section.
struct DocumentMapper {
    let document: ClinicalDocument
    var context: DocumentContext { document.context }
    var sink: ResourceSink
    var ledger: LossLedger
    /// Reference of the Patient.
    var patient = ""
    /// References of the resources made from a statement's id, for links (section 8).
    var links = LinkTable()
    /// References of the resources that a section lists, by the section's rank.
    var listed: [Int: [String]] = [:]
    /// Sections, by their rank, that assert that there is nothing to list: no known problems, no medications. Their
    /// `emptyReason` is `nilknown` unless they list something all the same.
    var nilKnown: Set<Int> = []
    /// What the mapping of findings remembers.
    var findingState = FindingState()
    /// What the mapping of activities remembers.
    var activityState = ActivityState()
    /// Who took part, each made once.
    var participants: Participants
    /// Sections by the rank of the section around them, -1 at the top.
    let childSections: [Int: [Int]]
    /// Resources whose author is another than the document's.
    var writings = Writings()
    /// What was refused, by the resource type it would have become: the record is not whole there.
    var refusedTypes: [(type: String, statement: Statement)] = []

    /// Where a statement stands.
    struct Surroundings {
        let section: Section
        /// The section or a statement above it is about somebody else than the patient.
        var isOfOther = false
        /// Whom the section or a statement above it is about cannot be told.
        var isOfNobody = false
        /// A statement above it is negated.
        var isNegated = false
        /// A statement above it is entered in error.
        var isNullified = false
        /// A statement above it is superseded.
        var isSuperseded = false
        /// Mood of the nearest statement above it that is no event; nil when all are.
        var outerMood: Statement.Mood?
        /// The statements around it, outermost first.
        var around: [Statement] = []
        /// Reference of the resource made from the nearest statement above it that became one.
        var parent: String?
        /// Reference of the Encounter around it.
        var encounter: String?
    }

    /// What a template's mapping came to. Statements inside are mapped by themselves unless they were settled.
    enum Outcome {
        /// A resource was made; its reference.
        case mapped(String)
        /// It is covered by another resource, or says only that there is nothing to say (no known problems).
        case covered
        /// Kept in words; why it is no resource.
        case asText(String)
        /// Not used, and why. `type` is what it would have been: that part of the record is then not whole.
        case refused(String, type: String?)
    }

    /// Maps a section's entries in order.
    mutating func mapEntries(of section: Section) {
        let subject = subject(of: section)
        let around = Surroundings(section: section, isOfOther: subject == .other, isOfNobody: subject == .nobody)
        for entry in section.entries {
            for statement in Statement.topmost(below: entry, in: context) {
                map(statement, around)
            }
        }
    }

    /// Maps a statement and what stands inside it. Depth is limited by the tree.
    mutating func map(_ statement: Statement, _ around: Surroundings) {
        var inside = around
        inside.around.append(statement)
        if !ledger.isSettled(statement) {
            let outcome = gate(statement, around) ?? dispatch(statement, around)
            settle(statement, outcome, &inside)
        }
        let subject = subject(of: statement.element)
        inside.isOfOther = around.isOfOther || hasFamilyTemplate(statement) || subject == .other
        inside.isOfNobody = around.isOfNobody || subject == .nobody
        inside.isNegated = around.isNegated || statement.negation == .yes
        inside.isNullified = around.isNullified || statement.isNullified
        inside.isSuperseded = around.isSuperseded || statement.isSuperseded
        if statement.mood != .event, statement.element["moodCode"] != nil { inside.outerMood = statement.mood }
        for inner in statement.inner { map(inner, inside) }
    }

    private mutating func settle(_ statement: Statement, _ outcome: Outcome, _ inside: inout Surroundings) {
        switch outcome {
        case .mapped(let reference):
            ledger.settle(statement, .mapped)
            findingState.resources[statement.element.index] = reference
            linkEvidence(reference, to: inside.parent)
            inside.parent = reference
            links.add(reference, for: statement)
            noteProvenance(of: statement, reference)
            listed[inside.section.index, default: []].append(reference)
            if statement.kind == .encounter { inside.encounter = reference }
        case .covered: ledger.settle(statement, .mapped)
        case .asText(let reason): settleAsText(statement, reason, in: inside.section)
        case .refused(let reason, let type):
            ledger.settle(statement, .refused(reason))
            if let type { refusedTypes.append((type, statement)) }
        }
    }

    /// Settles a statement as kept in words; without any words there is nothing to keep.
    mutating func settleAsText(_ statement: Statement, _ reason: String, in section: Section) {
        let hasWords = section.narrative != nil || statement.text != nil
        ledger.settle(statement, hasWords ? .asText(reason) : .refused(reason + "; no narrative"))
    }

    /// Says that statements inside another only qualify it: they count as mapped with it.
    mutating func consume(_ statements: [Statement]) {
        for statement in statements {
            ledger.settle(statement, .mapped)
            for inner in statement.inner { consume([inner]) }
        }
    }
}
