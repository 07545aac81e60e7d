import Diagnostics
import XMLTree

/// Whether a tree is a CDA document at all (section 3).
enum Recognition {
    /// The issue that says what the input is, when it is no CDA document; nil when it is one.
    static func refusal(of root: XMLElement, source: String?) -> Issue? {
        let expected = "the root element ClinicalDocument in the namespace \(XMLNamespace.cda.uri)"
        func issue(_ code: IssueCode, _ found: String) -> Issue {
            Issue(
                code, .fatal, at: SourceLocation(source: source, path: root.path, line: root.line),
                expected: expected, found: found)
        }
        guard root.name == "ClinicalDocument" else {
            return issue(.ccdaNotCDA, description(of: root))
        }
        switch root.namespaceURI {
        case XMLNamespace.cda.uri: return nil
        case nil, "": return issue(.ccdaNamespace, "ClinicalDocument without a namespace")
        default: return issue(.ccdaNamespace, "ClinicalDocument in another namespace")
        }
    }

    /// What XML that is no CDA document seems to be. Names of elements are repeated only where they are HL7's own.
    private static func description(of root: XMLElement) -> String {
        switch root.namespaceURI {
        case "http://hl7.org/fhir": return "a FHIR resource in XML, which is read as JSON only"
        case "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope":
            return "a SOAP message; the document has to be taken out of it"
        case "http://www.w3.org/1999/xhtml": return "an HTML page"
        case nil, "", XMLNamespace.cda.uri:
            if root.name.lowercased() == "html" { return "an HTML page" }
            if parts.contains(root.name) { return "a part of a CDA document (\(root.name)), without the document" }
            return "another root element"
        default: return "XML of another kind"
        }
    }

    /// Elements by which parts of documents begin where they are passed around alone.
    private static let parts: Set = [
        "section", "entry", "component", "structuredBody", "recordTarget", "author", "participant", "participantRole",
        "performer", "informant", "custodian", "authenticator", "legalAuthenticator", "dataEnterer", "assignedAuthor",
        "informationRecipient", "documentationOf", "serviceEvent", "componentOf", "encompassingEncounter",
        "inFulfillmentOf", "authorization", "relatedDocument", "act", "encounter", "observation", "observationMedia",
        "organizer", "procedure", "regionOfInterest", "substanceAdministration", "supply",
    ]
}
