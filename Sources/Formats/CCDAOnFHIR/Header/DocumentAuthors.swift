import CCDA
import JSONTree
import XMLTree

/// Authors, custodian and attesters of the document.
extension DocumentMapper {
    /// Composition.author and DocumentReference.author: at least one, though it be nobody by name.
    mutating func documentAuthors() -> JSONValue {
        let authors = authors(in: document.root)
        return .array(authors.isEmpty ? [["display": "Author not stated"]] : authors)
    }

    /// References to the authors of the document or a section.
    mutating func authors(in element: XMLElement) -> [JSONValue] {
        var authors: [JSONValue] = []
        for role in element.elements("author").compactMap({ $0.first("assignedAuthor") }) {
            if let who = participant(role), !authors.contains(who) { authors.append(who) }
        }
        return authors
    }

    /// Reference of the Organization that keeps the document; nil when none is named.
    mutating func custodian() -> JSONValue? {
        let element = document.root.first("custodian")?.first("assignedCustodian")
        return element?.first("representedCustodianOrganization").flatMap { organization($0) }.map { reference($0) }
    }

    /// Composition.attester; nil when nobody signed.
    mutating func attesters() -> JSONValue? {
        var attesters: [JSONValue] = []
        for (name, mode) in [("legalAuthenticator", "legal"), ("authenticator", "professional")] {
            for attester in document.root.elements(name) {
                let role = attester.first("assignedEntity")
                var party = role.flatMap { participant($0) }
                // Devices sign nothing.
                if role.flatMap({ participantResource($0) })?.type == "Device" { party = nil }
                let time = context.time(attester.first("time"))
                attesters.append(
                    .object([
                        ("mode", .string(mode)), ("time", time.map { .string($0.fhir) }), ("party", party),
                    ]))
            }
        }
        return attesters.nonEmptyArray
    }
}
