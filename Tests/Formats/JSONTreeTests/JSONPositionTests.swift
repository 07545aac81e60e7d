import JSONTree
import Testing

@Suite("Lines and columns")
struct JSONPositionTests {
    @Test("of every element of a long document agree with counting from the start")
    func longDocument() throws {
        var text = "["
        var expected: [JSONPosition] = []
        var place = (line: 1, column: 2)
        for number in 0..<20_000 {
            expected.append(JSONPosition(line: place.line, column: place.column))
            let element = number % 3 == 0 ? "\"é漢😀\"," : "\(number),"
            text += element
            place.column += element.unicodeScalars.count
            if number % 997 == 0 {
                text += "\r\n"
                place = (place.line + 1, 1)
            }
        }
        text += "0]"
        let document = try JSONDocument(Array(text.utf8))
        // Forwards, backwards, and some only.
        let offsets = document.read { $0.elements.map(\.offset) }
        for place in Array(stride(from: 0, to: 20_000, by: 199)) + stride(from: 19_999, to: 0, by: -211) {
            #expect(document.position(of: offsets[place]) == expected[place])
        }
        #expect(document.read { $0.elements.first?.position } == expected.first)
    }

    @Test("of a place far into one line is found without reading backwards")
    func first() throws {
        let text = "[" + String(repeating: "\"abcdefg\",", count: 30_000) + "1]"
        let document = try JSONDocument(Array(text.utf8))
        #expect(document.position(of: 300_001) == JSONPosition(line: 1, column: 300_002))
        #expect(document.position(of: 65_536) == JSONPosition(line: 1, column: 65_537))
        #expect(document.position(of: 0) == JSONPosition(line: 1, column: 1))
        #expect(document.position(of: 1_000_000) == JSONPosition(line: 1, column: 300_004))
    }
}
