import CCDA
import JSONTree
import Testing

@testable import CCDAOnFHIR

@Suite("Documents as attachments")
struct AttachmentTests {
    struct Body: CustomTestStringConvertible {
        let because: String
        /// The `text` of the nonXMLBody.
        let text: String
        let path: String
        let expected: String?
        var doubts = 1
        var testDescription: String { because }
    }

    static let bodies = [
        Body(
            because: "base64", text: "<text mediaType='application/pdf' representation='B64'>SGk\n h</text>",
            path: "content.0.attachment.data", expected: "SGkh"),
        Body(
            because: "its type", text: "<text mediaType='application/pdf' representation='B64'>SGkh</text>",
            path: "content.0.attachment.contentType", expected: "application/pdf"),
        Body(
            because: "plain words", text: "<text> Hi! </text>", path: "content.0.attachment.data", expected: "SGkh"),
        Body(
            because: "plain words are text", text: "<text>Hi!</text>", path: "content.0.attachment.contentType",
            expected: "text/plain"),
        Body(
            because: "a file outside is named and not opened",
            text: "<text mediaType='application/pdf'><reference value='http://example.com/a.pdf'/></text>",
            path: "content.0.attachment.url", expected: "http://example.com/a.pdf"),
        Body(
            because: "what is no base64 is not kept", text: "<text representation='B64'>SGk*</text>",
            path: "content.0.attachment.data", expected: nil, doubts: 2),
        Body(
            because: "what is packed is not kept", text: "<text representation='B64' compression='ZL'>SGkh</text>",
            path: "content.0.attachment.data", expected: nil, doubts: 2),
        Body(because: "nothing in it", text: "<text/>", path: "content.0.attachment.title", expected: "C-CDA R2.1 CCD"),
        Body(because: "no text at all", text: "", path: "content.0.attachment.title", expected: "C-CDA R2.1 CCD"),
    ]

    @Test("A document without structured body becomes a DocumentReference, and says so", arguments: bodies)
    func unstructured(_ row: Body) throws {
        let converted = try HeaderDocument.convert(body: "<nonXMLBody>\(row.text)</nonXMLBody>")
        let reference = converted.first("DocumentReference")
        #expect(reference?.said(row.path) == row.expected)
        #expect(reference?.text("masterIdentifier.value") == "D 1")
        #expect(converted.target(reference?["subject"]) == converted.first("Patient"))
        #expect(converted.all("Composition").isEmpty)
        #expect(converted.document.bundle.text("type") == "collection")
        #expect(converted.target(converted.first("Provenance")?.at("target.0")) == reference)
        #expect(converted.doubts.count == row.doubts)
        #expect(converted.doubts.first?.hasPrefix("CCDA-202 warning") == true)
        #expect(converted.document.loss.total.statements == 0)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("The original is kept on request only")
    func original() throws {
        var options = DocumentConverter.Options()
        #expect(try HeaderDocument.convert(options: options).all("DocumentReference").isEmpty)
        options.includesOriginal = true
        let converted = try HeaderDocument.convert(options: options)
        let reference = converted.first("DocumentReference")
        #expect(reference?.text("content.0.attachment.data") == Base64.encoded(HeaderDocument.text()))
        #expect(reference?.text("content.0.attachment.contentType") == "text/xml")
        #expect(converted.target(converted.first("Provenance")?.at("entity.0.what")) == reference)
        #expect(BundleCheck(converted.document).faults == [])
    }

    /// RFC 4648, section 10.
    @Test(
        "Base64",
        arguments: zip(
            ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{FF}\u{FE}?>"],
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy", "w7/Dvj8+"]))
    func base64(_ text: String, _ encoded: String) {
        #expect(Base64.encoded(Array(text.utf8)) == encoded)
    }
}
