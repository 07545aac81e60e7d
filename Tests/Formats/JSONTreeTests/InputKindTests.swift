import JSONTree
import Testing

@Suite("What an input is at all")
struct InputKindTests {
    static let notJSON: [(bytes: [UInt8], code: JSONError.Code, found: String)] = [
        ([], .empty, "no bytes"),
        (Array(" \r\n\t".utf8), .empty, "only white space"),
        ([0xEF, 0xBB, 0xBF], .empty, "no bytes"),
        ([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], .notUTF8, "UTF-16, little-endian"),
        ([0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D], .notUTF8, "UTF-16, big-endian"),
        ([0x7B, 0x00, 0x7D, 0x00], .notUTF8, "UTF-16, little-endian"),
        ([0x00, 0x7B, 0x00, 0x7D], .notUTF8, "UTF-16, big-endian"),
        ([0x31, 0x00], .notUTF8, "UTF-16, little-endian"),
        ([0xFF, 0xFE, 0x00, 0x00, 0x7B, 0x00, 0x00, 0x00], .notUTF8, "UTF-32, little-endian"),
        ([0x00, 0x00, 0xFE, 0xFF, 0x00, 0x00, 0x00, 0x7B], .notUTF8, "UTF-32, big-endian"),
        ([0x7B, 0x00, 0x00, 0x00, 0x7D, 0x00, 0x00, 0x00], .notUTF8, "UTF-32, little-endian"),
        ([0x00, 0x00, 0x00, 0x7B, 0x00, 0x00, 0x00, 0x7D], .notUTF8, "UTF-32, big-endian"),
        (Array("<!DOCTYPE html><html></html>".utf8), .htmlPage, "an HTML page"),
        (Array("\n <HTML lang=\"en\">".utf8), .htmlPage, "an HTML page"),
        (
            Array("<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">".utf8), .htmlPage,
            "an HTML page"
        ),
        (Array("<!-- proxy -->\n<html>".utf8), .htmlPage, "an HTML page"),
        (Array("<h1>502 Bad Gateway</h1>".utf8), .htmlPage, "an HTML page"),
        (Array("<?xml version=\"1.0\"?><Patient xmlns=\"http://hl7.org/fhir\"/>".utf8), .xml, "an XML document"),
        (Array("<Patient xmlns=\"http://hl7.org/fhir\"/>".utf8), .xml, "an XML document"),
        ([0x1F, 0x8B, 0x08, 0x00], .valueExpected, "gzip-compressed data"),
    ]

    @Test("is said by name", arguments: notJSON)
    func named(bytes: [UInt8], code: JSONError.Code, found: String) throws {
        let error = try #require(refusal(bytes))
        #expect(error.code == code)
        #expect(error.found == found)
    }

    @Test("a byte order mark is dropped, and counted in offsets but not in columns")
    func byteOrderMark() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let document = try JSONDocument(mark + Array("{\"a\":01}".utf8))
        #expect(document.byteCount == 8)
        #expect(document.defects.map(\.offset) == [8])
        #expect(document.position(of: 8) == JSONPosition(line: 1, column: 6))
        document.read { root in
            #expect(root.byteRange == 3..<11)
            #expect(String(root.raw) == "{\"a\":01}")
        }
        let error = try #require(refusal(mark + Array("[1,]".utf8)))
        #expect(error.offset == 6)
        #expect(error.position == JSONPosition(line: 1, column: 4))
        #expect(reading(mark + mark + Array("[]".utf8)) == .refused(.valueExpected))
    }
}
