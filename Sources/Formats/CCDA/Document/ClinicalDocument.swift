public import Diagnostics
public import XMLTree

/// A CDA document: recognised, indexed, its sections in order.
public struct ClinicalDocument {
    /// Narrative, offset, issues.
    public let context: DocumentContext
    /// What kind of document it is.
    public let kind: DocumentKind
    /// The root element.
    public let root: XMLElement
    /// Sections at any depth, in document order; none without a structured body.
    public let sections: [Section]
    /// `effectiveTime` of the document; nil when unknown.
    public let effectiveTime: Timestamp?
    /// `setId`, else `id`, as `root^extension`; by which ids of resources are made.
    public let key: String
    /// `recordTarget/patientRole`: the one patient whose document it is.
    public let patientRole: XMLElement

    /// Reads what the whole document says of itself.
    ///
    /// - Throws: The issue that says why the document is not read.
    public init(_ tree: XMLDocument, source: String?) throws(DocumentRefused) {
        let root = tree.root
        if let refusal = Recognition.refusal(of: root, source: source) { throw DocumentRefused(issues: [refusal]) }
        let evidence = DocumentKind.Evidence(root)
        if let found = DocumentKind.refusal(of: evidence) {
            throw DocumentRefused(
                .ccdaOtherKind, at: root, source: source, expected: "a clinical document of one patient", found: found)
        }
        patientRole = try Self.patient(of: root, source: source)
        let time = root.first("effectiveTime")
        context = DocumentContext(
            tree, narrative: NarrativeIndex(tree),
            offset: time?["value"].flatMap { Timestamp.read($0, offset: nil).time?.offset },
            source: source)
        context.notePlainElements()
        self.root = root
        kind = DocumentKind(evidence)
        if let caution = kind.caution {
            context.note(.ccdaReadInPart, at: root, expected: "a C-CDA document", found: caution)
        }
        effectiveTime = time.flatMap { [context] in TimeExpression($0, in: context).start }
        key = Self.key(of: root, patientRole)
        sections = SectionReader.sections(of: root, in: context)
    }

    /// The only patient.
    private static func patient(of root: XMLElement, source: String?) throws(DocumentRefused) -> XMLElement {
        let targets = Array(root.elements("recordTarget"))
        let expected = "one recordTarget with a patientRole"
        guard let target = targets.first, let role = target.first("patientRole") else {
            throw DocumentRefused(.ccdaPatient, at: root, source: source, expected: expected, found: "no patient")
        }
        guard targets.count == 1 else {
            throw DocumentRefused(
                .ccdaPatient, at: targets[1], source: source, expected: expected, found: "several patients")
        }
        return role
    }

    /// What tells this document, in all its versions, from others. Without any identifier: patient, time and type.
    private static func key(of root: XMLElement, _ patientRole: XMLElement) -> String {
        for name in ["setId", "id"] {
            if let key = root.first(name).flatMap({ InstanceIdentifier($0).key }) { return key }
        }
        let patient = patientRole.elements("id").compactMap { InstanceIdentifier($0).key }
        let rest = [root.first("effectiveTime")?["value"], root.first("code")?["code"]]
        return (patient + rest.map { $0 ?? "" }).joined(separator: "|")
    }

    /// `component/nonXMLBody`: the document is a file of another kind; nil when it has sections.
    public var nonXMLBody: XMLElement? {
        guard sections.isEmpty else { return nil }
        return root.elements("component").lazy.compactMap { $0.first("nonXMLBody") }.first
    }

    /// Codes of `confidentialityCode` of the document or a section that restrict who may see it: `R`, `V`; `V` first.
    /// A DS4P template of the document counts as `R`.
    public var restrictions: [String] {
        let codes = ([root] + sections.map(\.element)).compactMap { element in
            element.first("confidentialityCode")?["code"]?.trimmingBlanks()
        }
        let segmented = root.elements("templateId").contains {
            $0["root"]?.hasPrefix("2.16.840.1.113883.3.3251.1.") == true
        }
        return ["V", "R"].filter { codes.contains($0) || $0 == "R" && segmented }
    }
}

/// Why a document is not read.
public struct DocumentRefused: Error {
    /// What to report.
    public let issues: [Issue]
    /// A refusal.
    public init(issues: [Issue]) { self.issues = issues }

    init(_ code: IssueCode, at element: XMLElement, source: String?, expected: String, found: String) {
        self.init(issues: [
            Issue(
                code, .fatal, at: SourceLocation(source: source, path: element.path, line: element.line),
                expected: expected, found: found)
        ])
    }
}
