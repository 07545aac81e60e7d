import Diagnostics
import JSONTree

/// One file of the knowledge being read: takes what is right out of it and collects what is wrong.
struct Artefact {
    /// Path relative to the folder.
    let file: String
    /// What is wrong so far.
    private(set) var issues: [Issue] = []

    init(file: String) { self.file = file }

    /// The last part of the path, without `.json`.
    var name: String { String(file.split(separator: "/").last?.dropLast(".json".count) ?? "") }

    /// Notes a fault at a place of the file.
    mutating func fault(_ code: KnowledgeError.Code, at node: JSONNode? = nil, expected: String, found: String) {
        let position = node?.position
        let place = SourceLocation(source: file, line: position?.line, column: position?.column)
        issues.append(Issue(.init(code), .fatal, at: place, expected: expected, found: found))
    }

    /// Notes faults of the JSON itself.
    mutating func fault(_ issue: Issue) {
        issues.append(
            Issue(
                .init(.notJSON), .fatal,
                at: SourceLocation(source: file, line: issue.location.line, column: issue.location.column),
                expected: "\(issue.expected) (\(issue.code.rawValue))", found: issue.found))
    }

    /// The text of a member that must be there; nil, with a fault, when it is not.
    mutating func text(_ name: StaticString, of node: JSONNode) -> String? {
        if let text = node[name]?.string, !text.isEmpty { return text }
        fault(.memberMissing, at: node, expected: "a member \(name) with text", found: Self.shape(node[name]))
        return nil
    }

    /// The number of a member that must be there; nil, with a fault, when it is not.
    mutating func number(_ name: StaticString, of node: JSONNode) -> Double? {
        if let number = node[name]?.numberText.flatMap(Double.init) { return number }
        fault(.memberMissing, at: node, expected: "a member \(name) with a number", found: Self.shape(node[name]))
        return nil
    }

    /// The elements of an array that must be there; none, with a fault, when it is not.
    mutating func list(_ name: StaticString, of node: JSONNode) -> [JSONNode] {
        if let list = node[name], list.isArray { return Array(list.elements) }
        fault(.memberMissing, at: node, expected: "a member \(name) with an array", found: Self.shape(node[name]))
        return []
    }

    /// A word of a closed list; nil, with a fault, when it is none of them.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String, as type: Word.Type, at node: JSONNode
    ) -> Word? {
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        fault(.valueUnknown, at: node, expected: "one of \(known)", found: "another word")
        return nil
    }

    private static func shape(_ node: JSONNode?) -> String {
        guard let node else { return "no such member" }
        return node.isString ? "an empty or broken text" : "a value of type \(node.kind)"
    }
}

extension Artefact {
    /// Reads a file, giving its root to `body`; nil, with the faults in `issues`, when it is missing or not sound JSON.
    static func read<Content>(
        _ file: String, bytes: [UInt8]?, issues: inout [Issue],
        _ body: (JSONNode, inout Artefact) -> Content?
    ) -> Content? {
        var artefact = Artefact(file: file)
        defer { issues += artefact.issues }
        guard let bytes else {
            artefact.fault(.fileUnreadable, expected: "a file that can be read", found: "none")
            return nil
        }
        let document: JSONDocument
        do {
            document = try JSONDocument(bytes)
        } catch {
            artefact.fault(error.issue())
            return nil
        }
        for issue in document.issues() { artefact.fault(issue) }
        guard document.defects.isEmpty else { return nil }
        return document.read { root in body(root, &artefact) }
    }
}
