import CLibXML2

/// What libxml2's error numbers mean here.
enum ParserErrorCode {
    /// Why an error refuses the document; nil when it does not.
    ///
    /// - Parameters:
    ///   - isFatal: Whether libxml2 calls it fatal: the document is not well-formed.
    ///   - isAtEnd: Whether the parser has taken all bytes.
    ///   - isAfterAmpersand: Whether the parser stands behind an ampersand.
    static func cause(of code: Int32, isFatal: Bool, isAtEnd: Bool, isAfterAmpersand: Bool) -> XMLErrorCause? {
        let number = xmlParserErrors(UInt32(bitPattern: code))
        if let cause = always(number) { return cause }
        guard isFatal else { return nil }
        if let cause = whereverItIs(number) { return cause }
        if isAtEnd { return .cutShort }
        switch number {
        case XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_DEC_CHARREF, XML_ERR_INVALID_CHARREF,
            XML_ERR_ENTITYREF_NO_NAME, XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_UNDECLARED_ENTITY:
            return .reference
        case XML_ERR_NAME_REQUIRED: return isAfterAmpersand ? .reference : .malformed
        case XML_ERR_INVALID_CHAR: return .character
        case XML_ERR_LT_IN_ATTRIBUTE, XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE,
            XML_ERR_SPACE_REQUIRED:
            return .attribute
        // Not finished, and yet not at the end: libxml2 says so when it finds them too long.
        case XML_ERR_ATTRIBUTE_NOT_FINISHED, XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_PI_NOT_FINISHED,
            XML_ERR_CDATA_NOT_FINISHED:
            return .longMarkup
        default: return .malformed
        }
    }

    /// Whether an error says that bytes are not what their encoding has.
    static func isUnreadable(_ code: Int32) -> Bool {
        [XML_I18N_CONV_FAILED, XML_IO_ENCODER].contains { $0.rawValue == UInt32(bitPattern: code) }
    }

    /// Errors that refuse a document however grave libxml2 calls them.
    private static func always(_ number: xmlParserErrors) -> XMLErrorCause? {
        switch number {
        case XML_ERR_NO_MEMORY: .noMemory
        case XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_ENCODING_NAME, XML_I18N_NO_HANDLER:
            .unknownEncoding
        case XML_ERR_INVALID_ENCODING: .encoding
        default: nil
        }
    }

    /// `XML_ERR_RESOURCE_LIMIT`, which version 2.9 does not have.
    private static let resourceLimit = xmlParserErrors(114)

    /// Fatal errors that mean the same at the end of the bytes and before.
    private static func whereverItIs(_ number: xmlParserErrors) -> XMLErrorCause? {
        switch number {
        case XML_ERR_INTERNAL_ERROR: .internal
        case XML_ERR_DOCUMENT_EMPTY: .noRoot
        case XML_ERR_DOCUMENT_END: .contentAfterRoot
        case XML_ERR_TAG_NAME_MISMATCH: .mismatchedTag
        case XML_ERR_ATTRIBUTE_REDEFINED: .duplicateAttribute
        case XML_ERR_NAME_TOO_LONG, resourceLimit: .longMarkup
        default: nil
        }
    }
}
