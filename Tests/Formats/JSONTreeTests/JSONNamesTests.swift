import JSONTree
import Testing

@Suite("Names as cases")
struct JSONNamesTests {
    private enum Member: String, CaseIterable {
        case empty = ""
        case a, ab, abc, abcd, abcde, abcdefg, abcdefgh, abcdefghi
        case longOne = "abcdefgh-1-stuvwxyz"
        case longTwo = "abcdefgh-2-stuvwxyz"
        case extended = "_birthDate"
        case verificationStatus, medicationCodeableConcept, clinicalStatus, resourceType
    }

    private static let names = JSONNames<Member>()

    @Test("each is found under its own name", arguments: Member.allCases)
    private func found(_ member: Member) throws {
        try JSONDocument(Array("{\"\(member.rawValue)\":0}".utf8)).read { root in
            #expect(root.members.map { Self.names[$0.name] } == [member])
        }
    }

    @Test(
        "another name is none of them",
        arguments: ["b", "A", "abcdefghij", "abcdefgh-3-stuvwxyz", "birthDate", "resourcetype", "resourceType ", "é"])
    func notFound(_ name: String) throws {
        try JSONDocument(Array("{\"\(name)\":0}".utf8)).read { root in
            #expect(root.members.map { Self.names[$0.name] } == [nil])
        }
    }

    @Test("names are compared with literals")
    func literals() throws {
        try JSONDocument(Array(#"{"resourceType":"Patient","\u0069d":"x"}"#.utf8)).read { root in
            var seen: [String] = []
            for (name, value) in root.members {
                switch name {
                case "resourceType": seen.append("type")
                case "id": seen.append("id")
                default: seen.append("other")
                }
                #expect((name == "id") == (value.string == "x"))
            }
            #expect(seen == ["type", "id"])
            #expect(root["resourceType"]?.stringBytes.map { $0 == "Patient" } == true)
            #expect(root["resourceType"]?.stringBytes.map { $0 == "Patients" } == false)
        }
    }
}
