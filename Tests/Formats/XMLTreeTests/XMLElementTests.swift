import Testing
import XMLTree

@Suite("Elements")
struct XMLElementTests {
    @Test("text and elements in order, references resolved")
    func content() throws {
        let document = try XMLDocument(Array("<a x='1&amp;2'>one<b>two</b><b/>th&lt;ree</a>".utf8))
        #expect(document.root.elements("b").map(\.path) == ["/a/b[1]", "/a/b[2]"])
        #expect(document.root["x"] == "1&2")
        #expect(document.root.content.map { $0 }.count == 4)
        #expect(document.root.ownText == "oneth<ree")
    }
}
