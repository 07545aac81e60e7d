import CLibXML2
import Diagnostics

/// A name as libxml2 gives it: each part once in memory for a document, nil where there is none.
@unsafe struct NameParts {
    let local: UnsafePointer<xmlChar>
    let prefix: UnsafePointer<xmlChar>?
    /// Nil also when the prefix is not declared.
    let uri: UnsafePointer<xmlChar>?
}

/// Gives each name its place among the names of the arena.
@safe struct NameResolver {
    private let known: [XMLNamespace]
    private var table = NameTable()
    private var undeclared = 0

    /// Beyond so many different prefixes that are not declared the rest are read without a word of their own.
    private static let mostPrefixesNoted = 100

    init(known: [XMLNamespace]) { self.known = known }

    mutating func free() { table.free() }

    /// The place of a name; nil when there is no memory.
    @inline(__always)
    mutating func place(
        of name: NameParts, line: Int, in arena: inout Arena, noting issues: inout [Issue]
    ) -> UInt32? {
        let isUndeclared = unsafe name.uri == nil && name.prefix != nil
        let key = unsafe NameTable.Key(
            local: UInt(bitPattern: name.local),
            space: isUndeclared ? UInt(bitPattern: name.prefix) : UInt(bitPattern: name.uri),
            kind: isUndeclared ? .undeclared : .declared)
        if let place = table.find(key) { return place }
        return unsafe add(name, key, line: line, in: &arena, noting: &issues)
    }

    /// A name in a form not met before.
    private mutating func add(
        _ name: NameParts, _ key: NameTable.Key, line: Int, in arena: inout Arena, noting issues: inout [Issue]
    ) -> UInt32? {
        var namespace = NameRecord.noNamespace
        if let uri = unsafe name.uri {
            guard let place = unsafe self.namespace(uri, prefix: name.prefix, in: &arena) else { return nil }
            namespace = place
        } else if let prefix = unsafe name.prefix {
            let text = unsafe String(decoding: bytes(of: prefix), as: UTF8.self)
            let usual = known.firstIndex { $0.prefix == text }
            guard unsafe note(prefix, usual: usual, line: line, in: &issues) else { return nil }
            guard let usual else { return unsafe add(unresolved: name, key, in: &arena) }
            guard let place = knownNamespace(usual, in: &arena) else { return nil }
            namespace = place
        }
        let resolved = unsafe NameTable.Key(
            local: UInt(bitPattern: name.local), space: UInt(namespace), kind: .resolved)
        var place = table.find(resolved)
        if place == nil {
            place = unsafe append([bytes(of: name.local)], namespace, to: &arena)
            guard let place, table.add(resolved, place) else { return nil }
        }
        guard let place, table.add(key, place) else { return nil }
        return place
    }

    /// A name whose prefix stands for nothing: it keeps the prefix.
    private mutating func add(unresolved name: NameParts, _ key: NameTable.Key, in arena: inout Arena) -> UInt32? {
        guard let prefix = unsafe name.prefix else { return nil }
        let colon: [UInt8] = [UInt8(ascii: ":")]
        let place = unsafe colon.withUnsafeBufferPointer { colon in
            unsafe append([bytes(of: prefix), colon, bytes(of: name.local)], NameRecord.noNamespace, to: &arena)
        }
        guard let place, table.add(key, place) else { return nil }
        return place
    }

    private func append(
        _ parts: [UnsafeBufferPointer<UInt8>], _ namespace: UInt32, to arena: inout Arena
    ) -> UInt32? {
        let start = arena.nameText.count
        for number in unsafe parts.indices {
            guard let bytes = unsafe parts[number].baseAddress else { continue }
            guard unsafe arena.nameText.append(bytes, parts[number].count) else { return nil }
        }
        let record = NameRecord(
            start: UInt32(start), length: UInt32(arena.nameText.count - start), namespace: namespace)
        guard arena.names.append(record) else { return nil }
        return UInt32(arena.names.count - 1)
    }

    // MARK: Namespaces

    /// The namespaces that are known by their usual prefix stand first, in the order given.
    private func addKnown(to arena: inout Arena) -> Bool {
        for namespace in known.dropFirst(arena.namespaces.count) {
            var uri = namespace.uri
            var prefix = namespace.prefix
            let isAdded = uri.withUTF8 { uri in
                prefix.withUTF8 { unsafe append(uri: uri, prefix: $0, to: &arena) != nil }
            }
            if !isAdded { return false }
        }
        return true
    }

    private func knownNamespace(_ place: Int, in arena: inout Arena) -> UInt32? {
        addKnown(to: &arena) ? UInt32(place) : nil
    }

    private mutating func namespace(
        _ uri: UnsafePointer<xmlChar>, prefix: UnsafePointer<xmlChar>?, in arena: inout Arena
    ) -> UInt32? {
        let key = NameTable.Key(local: UInt(bitPattern: uri), space: 0, kind: .namespace)
        if let place = table.find(key) { return place }
        guard addKnown(to: &arena) else { return nil }
        let text = unsafe String(decoding: bytes(of: uri), as: UTF8.self)
        let prefix = unsafe prefix.map { unsafe bytes(of: $0) }
        let found = known.firstIndex { $0.uri == text }.map { UInt32($0) }
        guard
            let place = unsafe found ?? append(uri: bytes(of: uri), prefix: prefix, to: &arena),
            table.add(key, place)
        else { return nil }
        return place
    }

    private func append(
        uri: UnsafeBufferPointer<UInt8>, prefix: UnsafeBufferPointer<UInt8>?, to arena: inout Arena
    ) -> UInt32? {
        let start = arena.nameText.count
        if let bytes = uri.baseAddress, unsafe !arena.nameText.append(bytes, uri.count) { return nil }
        let prefixStart = arena.nameText.count
        if let prefix = unsafe prefix, let bytes = prefix.baseAddress,
            unsafe !arena.nameText.append(bytes, prefix.count)
        {
            return nil
        }
        let record = NamespaceRecord(
            start: UInt32(start), length: UInt32(prefixStart - start), prefixStart: UInt32(prefixStart),
            prefixLength: UInt32(arena.nameText.count - prefixStart))
        guard arena.namespaces.append(record) else { return nil }
        return UInt32(arena.namespaces.count - 1)
    }

    // MARK: Prefixes that are not declared

    /// Notes a prefix the first time it is met; false when there is no memory.
    private mutating func note(
        _ prefix: UnsafePointer<xmlChar>, usual: Int?, line: Int, in issues: inout [Issue]
    ) -> Bool {
        let key = NameTable.Key(local: UInt(bitPattern: prefix), space: 0, kind: .undeclared)
        guard table.find(key) == nil else { return true }
        guard table.add(key, 0) else { return false }
        undeclared += 1
        guard undeclared <= Self.mostPrefixesNoted else { return true }
        let found =
            usual.map { place in
                "\(known[place].prefix) without declaration, taken for \(known[place].uri)"
            } ?? "one that is neither declared nor known"
        issues.append(
            Issue(
                usual == nil ? .xmlUnknownPrefix : .xmlUsualPrefix, .warning, at: SourceLocation(line: line),
                expected: "prefixes that are declared", found: found))
        return true
    }

    private func bytes(of text: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text)))
    }
}
