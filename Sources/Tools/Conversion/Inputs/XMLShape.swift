import ClinicalDocuments

/// What the first bytes of an input say of it.
enum XMLShape {
    /// Whether it is XML that may be a document: no web page, such as a log-in form that came in its place.
    static func mayBeDocument(_ bytes: some Collection<UInt8>) -> Bool {
        ClinicalDocumentReader.looksLikeDocument(bytes) && !isPage(bytes)
    }

    /// Whether it is an HTML page.
    private static func isPage(_ bytes: some Collection<UInt8>) -> Bool {
        let start = bytes.prefix(256).drop { JSONShape.isBlank($0) || $0 >= 0x80 }
        let text = String(decoding: start.prefix(14), as: UTF8.self).lowercased()
        return text == "<!doctype html" || text.hasPrefix("<html")
    }
}
