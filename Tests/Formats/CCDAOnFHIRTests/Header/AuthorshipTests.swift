import CCDA
import JSONTree
import Testing
import XMLTree

@testable import CCDAOnFHIR

@Suite("Who wrote a statement")
struct AuthorshipTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        /// `author` elements of the statement, the statement around it, the section and the document.
        var own = ""
        var outer = ""
        var section = ""
        var document = ""
        let author: String?
        var earliest: String?
        var latest: String?
        let isInherited: Bool
        var testDescription: String { because }
    }

    static func author(_ name: String, _ time: String? = nil, rest: String = "") -> String {
        let time = time.map { "<time value='\($0)'/>" } ?? "<time nullFlavor='UNK'/>"
        return
            "<author>\(time)<assignedAuthor>\(HeaderDocument.person(id: name, name: "\(name) Writer"))\(rest)</assignedAuthor></author>"
    }

    static let rows = [
        Row(
            because: "its own author", own: author("Own", "20250102"), outer: author("Outer", "20250101"),
            document: author("Document", "20250616"), author: "Own", earliest: "2025-01-02", latest: "2025-01-02",
            isInherited: false),
        Row(
            because: "the author of the statement around it", outer: author("Outer", "20250101"),
            section: author("Section", "20250103"), author: "Outer", earliest: "2025-01-01", latest: "2025-01-01",
            isInherited: true),
        Row(
            because: "the section's author, without a time", section: author("Section", "20250103"),
            document: author("Document", "20250616"), author: "Section", isInherited: true),
        Row(
            because: "the document's author, without a time", document: author("Document", "20250616"),
            author: "Document", isInherited: true),
        Row(because: "nobody", author: nil, isInherited: true),
        Row(
            because: "of several the latest, and both times",
            own: author("B", "20250301") + author("C", "20250201") + author("A", "20250101"), author: "B",
            earliest: "2025-01-01", latest: "2025-03-01", isInherited: false),
        Row(
            because: "of several at one time the last", own: author("A", "20250101") + author("B", "20250101"),
            author: "B", earliest: "2025-01-01", latest: "2025-01-01", isInherited: false),
        Row(
            because: "one with a time before one without", own: author("A") + author("B", "20250101") + author("C"),
            author: "B", earliest: "2025-01-01", latest: "2025-01-01", isInherited: false),
        Row(
            because: "of several without times the first", own: author("A") + author("B"), author: "A",
            isInherited: false),
        Row(
            because: "a time alone is its own, too",
            own: "<author><time value='20250101'/><assignedAuthor><id nullFlavor='NI'/></assignedAuthor></author>",
            document: author("Document", "20250616"), author: nil, earliest: "2025-01-01", latest: "2025-01-01",
            isInherited: false),
        Row(
            because: "an author that says nothing counts for none",
            own: "<author><assignedAuthor><id nullFlavor='NI'/></assignedAuthor></author>",
            document: author("Document", "20250616"), author: "Document", isInherited: true),
    ]

    @Test("is found inside out", arguments: rows)
    func conduction(_ row: Row) throws {
        let (found, mapper) = try find(row)
        let practitioner = mapper.sink.entries.first { "urn:uuid:" + $0.id == found.reference?.text("reference") }
        let names = practitioner?.members.first { $0.0 == "name" }?.1
        #expect(names?.text("0.given.0") == row.author)
        #expect(found.earliest?.fhir == row.earliest)
        #expect(found.latest?.fhir == row.latest)
        #expect(found.isInherited == row.isInherited)
    }

    @Test("A device is an author, but no person")
    func device() throws {
        let own =
            "<author><assignedAuthor><id root='1.2.3'/><assignedAuthoringDevice><softwareName>EHR</softwareName></assignedAuthoringDevice></assignedAuthor></author>"
        let (found, _) = try find(Row(because: "", own: own, author: nil, isInherited: false))
        #expect(found.reference != nil)
        #expect(found.type == "Device")
        #expect(found.person == nil)
    }

    @Test("An author in an organization is a person")
    func person() throws {
        let own = Self.author("A", rest: ParticipantTests.organization)
        let (found, _) = try find(Row(because: "", own: own, author: nil, isInherited: false))
        #expect(found.type == "PractitionerRole")
        #expect(found.person == found.reference)
    }

    private func find(_ row: Row) throws -> (Authorship, DocumentMapper) {
        let act =
            "<act moodCode='EVN'>\(row.outer)<entryRelationship><observation moodCode='EVN'>\(row.own)</observation></entryRelationship></act>"
        let bytes = HeaderDocument.text(
            author: row.document, sections: [Sample.section("11450-4", inside: row.section, entries: [act])])
        var mapper = try HeaderDocument.mapper(bytes)
        let section = mapper.document.sections[0]
        let outer = try #require(Statement.topmost(below: section.entries[0], in: mapper.context).first)
        let inner = try #require(outer.inner.first)
        let around = DocumentMapper.Surroundings(section: section, around: [outer])
        return (mapper.author(of: inner, around), mapper)
    }
}
