import CCDA
import JSONTree
import XMLTree

/// Who wrote a statement and when (section 7.20).
struct Authorship {
    /// The latest author; nil when nobody is named.
    var reference: JSONValue?
    /// Resource type of the latest author; nil when only an identifier is known.
    var type: String?
    /// The earliest time of its authors; nil when unknown, and for authors of the section or document: when those were
    /// written says nothing of when the statement was recorded.
    var earliest: Timestamp?
    /// The latest time; nil as ``earliest``.
    var latest: Timestamp?
    /// The statement has no author of its own.
    var isInherited = false

    /// The author where it is a person, as `recorder` and `asserter` of most resources require.
    var person: JSONValue? {
        switch type {
        case "Practitioner", "PractitionerRole", "RelatedPerson", "Patient": reference
        default: nil
        }
    }
}

extension DocumentMapper {
    /// Its own authors, else those of the nearest statement around it, else of the section, else of the document.
    mutating func author(of statement: Statement, _ around: Surroundings) -> Authorship {
        if let own = authorship(in: statement.element) { return own }
        for outer in around.around.reversed() {
            guard var found = stated(in: outer.element) else { continue }
            found.isInherited = true
            return found
        }
        var section: Section? = around.section
        while let next = section {
            if let found = inheritable(from: next.element) { return found }
            section = next.parent.map { document.sections[$0] }
        }
        return inheritable(from: document.root) ?? Authorship(isInherited: true)
    }

    /// What a statement around others states, found once: it may hold many.
    private mutating func stated(in element: XMLElement) -> Authorship? {
        if let known = participants.stated[element.index] { return known }
        let found = authorship(in: element)
        participants.stated[element.index] = .some(found)
        return found
    }

    /// What the statements of a section or the document take over, found once.
    private mutating func inheritable(from element: XMLElement) -> Authorship? {
        if let known = participants.inheritable[element.index] { return known }
        let found = authorship(in: element)?.inherited
        participants.inheritable[element.index] = .some(found)
        return found
    }

    /// What the `author` elements of one element say; nil when it has none that says anything.
    private mutating func authorship(in element: XMLElement) -> Authorship? {
        var result = Authorship()
        var latest: (resource: JSONValue, type: String?, time: Timestamp?)?
        for author in element.elements("author") {
            let time = context.time(author.first("time"))
            if let time {
                if result.earliest.map(time.isBefore) ?? true { result.earliest = time }
                if result.latest?.isBefore(time) ?? true { result.latest = time }
            }
            guard let role = author.first("assignedAuthor"), let who = participant(role) else { continue }
            let isLater: Bool =
                switch (latest, latest?.time, time) {
                case (nil, _, _): true
                case (_, let known?, let time?): !time.isBefore(known)
                case (_, nil, .some): true
                default: false
                }
            if isLater { latest = (who, participantResource(role)?.type, time) }
        }
        (result.reference, result.type) = (latest?.resource, latest?.type)
        return result.reference == nil && result.earliest == nil ? nil : result
    }
}

extension Authorship {
    /// As it is for a statement that takes it over from its section or document.
    fileprivate var inherited: Authorship { Authorship(reference: reference, type: type, isInherited: true) }
}
