import CCDAOnFHIR

/// The bytes of an input that must be one XML document.
enum DocumentInput {
    /// Reads an input to its end; what does not begin like XML is refused by its first bytes.
    static func bytes(of file: InputFile, limit: Int) throws(InputFailure) -> [UInt8] {
        var source = try ByteSource(file)
        var bytes: [UInt8] = []
        var isXML = false
        while let more = try source.next() {
            bytes += more
            if !isXML {
                isXML = DocumentConverter.looksLikeXML(bytes)
                if !isXML, let first = bytes.first(where: { !JSONShape.isBlank($0) }) {
                    throw noDocument(file, beginningWith: first)
                }
            }
            if bytes.count > limit {
                throw InputFailure(
                    InputCode.tooLarge, source: file.name, expected: "a document of at most \(limit) bytes",
                    found: "a larger one")
            }
        }
        guard isXML else {
            throw InputFailure(InputCode.empty, source: file.name, expected: "a document", found: "an empty input")
        }
        return bytes
    }

    private static func noDocument(_ file: InputFile, beginningWith first: UInt8) -> InputFailure {
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        return InputFailure(
            InputCode.noDocument, source: file.name, expected: "a C-CDA document",
            found: isJSON ? "JSON; what is FHIR already needs no conversion" : "no XML")
    }
}
