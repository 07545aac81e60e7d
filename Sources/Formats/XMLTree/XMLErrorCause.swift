import Diagnostics

/// The reasons to refuse a document, each with its code and words.
enum XMLErrorCause: Sendable, Hashable, CaseIterable {
    case empty, notXML, noRoot
    case doctype, tooLarge, tooDeep, longText, longMarkup, manyAttributes
    case encoding, unknownEncoding
    case cutShort, mismatchedTag, contentAfterRoot, reference, character, duplicateAttribute, attribute, malformed
    case noMemory, `internal`

    var code: IssueCode {
        switch self {
        case .empty: .xmlEmpty
        case .notXML: .xmlNotXML
        case .noRoot: .xmlNoRoot
        case .doctype: .xmlDoctype
        case .tooLarge: .xmlTooLarge
        case .tooDeep: .xmlTooDeep
        case .longText: .xmlLongText
        case .longMarkup: .xmlLongMarkup
        case .manyAttributes: .xmlManyAttributes
        case .encoding: .xmlEncoding
        case .unknownEncoding: .xmlUnknownEncoding
        case .cutShort: .xmlCutShort
        case .mismatchedTag: .xmlMismatchedTag
        case .contentAfterRoot: .xmlContentAfterRoot
        case .reference: .xmlReference
        case .character: .xmlCharacter
        case .duplicateAttribute: .xmlDuplicateAttribute
        case .attribute: .xmlAttribute
        case .malformed: .xmlMalformed
        case .noMemory: .xmlNoMemory
        case .internal: .xmlInternal
        }
    }

    /// What would have been right, in words.
    var expected: String {
        switch self {
        case .empty, .notXML: "an XML document"
        case .noRoot: "a root element"
        case .doctype: "a document without document type declaration"
        case .tooLarge: "a document within the size limit"
        case .tooDeep: "elements nested within the depth limit"
        case .longText: "texts within the size limit"
        case .longMarkup: "names, attribute values and comments within the size limits"
        case .manyAttributes: "attributes, namespace declarations and different names within their limits"
        case .encoding: "text in the encoding of the document"
        case .unknownEncoding: "an encoding that is known, best UTF-8"
        case .cutShort: "a complete document"
        case .mismatchedTag: "the end tag of the open element"
        case .contentAfterRoot: "nothing after the root element"
        case .reference: "references to characters or to the five entities of XML, & itself as &amp;"
        case .character: "characters that XML allows"
        case .duplicateAttribute: "each attribute once on an element"
        case .attribute: "attributes with a quoted value"
        case .malformed: "well-formed XML"
        case .noMemory: "memory for the document"
        case .internal: "a document that the parser can take to its end"
        }
    }

    /// What was found, in words.
    var found: String {
        switch self {
        case .empty: "nothing"
        case .notXML: "something else"
        case .noRoot: "none"
        case .doctype: "a document type declaration"
        case .tooLarge: "more bytes"
        case .tooDeep: "more levels"
        case .longText: "a longer text"
        case .longMarkup: "a longer one"
        case .manyAttributes: "more of them"
        case .encoding: "other bytes"
        case .unknownEncoding: "another one"
        case .cutShort: "its end too early"
        case .mismatchedTag: "another end tag"
        case .contentAfterRoot: "something more"
        case .reference: "something else after &"
        case .character: "one that it does not allow"
        case .duplicateAttribute: "one twice"
        case .attribute: "an attribute without one"
        case .malformed: "something else"
        case .noMemory: "none left"
        case .internal: "that it gave up"
        }
    }
}
