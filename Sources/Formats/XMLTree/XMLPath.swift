extension XMLElement {
    /// An XPath to it, for example `/ClinicalDocument/component/structuredBody/component[3]/section/entry[2]`.
    ///
    /// Names of the root's namespace stand without prefix, others with the usual prefix of their namespace, else with
    /// the document's, else as `Q{uri}name`. An index stands only where several siblings have the name.
    public var path: String {
        var steps: [Int] = []
        var place = UInt32(index)
        while place != ElementRecord.none {
            steps.append(Int(place))
            place = document.arena.elements[Int(place)].parent
        }
        var path: [UInt8] = []
        for step in steps.reversed() { document.arena.appendStep(step, to: &path, document.rootNamespace) }
        return String(decoding: path, as: UTF8.self)
    }
}

extension Arena {
    /// Adds `/`, a name and, where siblings share it, an index.
    func appendStep(_ element: Int, to path: inout [UInt8], _ rootNamespace: UInt32) {
        let record = elements[element]
        let name = names[Int(record.name)]
        path.append(UInt8(ascii: "/"))
        let local = unsafe localName(record.name)
        // A prefix that stands for nothing is part of the name.
        if name.namespace != rootNamespace, unsafe !local.contains(UInt8(ascii: ":")) {
            appendQualifier(name.namespace, to: &path)
        }
        unsafe path.append(contentsOf: local)
        if record.rank > 0 { path.append(contentsOf: "[\(record.rank)]".utf8) }
    }

    private func appendQualifier(_ namespace: UInt32, to path: inout [UInt8]) {
        guard namespace != NameRecord.noNamespace else { return path.append(contentsOf: "Q{}".utf8) }
        let record = namespaces[Int(namespace)]
        if record.prefixLength > 0 {
            unsafe path.append(contentsOf: nameText(from: record.prefixStart, length: record.prefixLength))
            path.append(UInt8(ascii: ":"))
        } else {
            path.append(contentsOf: "Q{".utf8)
            unsafe path.append(contentsOf: nameText(from: record.start, length: record.length))
            path.append(UInt8(ascii: "}"))
        }
    }
}
