import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Registers a resource of a type that is read and, if it counts, reads it into facts.
    mutating func read(_ node: JSONNode, _ type: ResourceType, _ around: Surroundings) {
        let id = node["id"]
        var identity = identity(id: id, type, around)
        var entry = Registry.Entry(
            document: Int32(documents.count - 1), type: type, base: identity.base, range: node.byteRange,
            place: around.place, next: -1)
        entry.isURN = identity.isURN
        entry.isDraft = around.origin == .draftOrders
        if let key = identity.key {
            switch settle(node, key, entry, around) {
            case .new: break
            case .copy:
                counts[Int(type.rawValue)].notNeeded += 1
                return
            case .older:
                counts[Int(type.rawValue)].notNeeded += 1
                return
            }
        }
        let index = registry.add(entry, key: identity.key)
        if let second = identity.second {
            var alias = entry
            alias.alias = Int32(index)
            alias.isURN = false
            _ = registry.add(alias, key: second)
            identity.second = nil
        }
        let resource = ResourceContext(
            node: node, type: type, entry: index, place: around.place, id: id, fullUrl: around.fullUrl,
            base: identity.base, origin: around.origin, subject: nil)
        readFacts(resource)
    }

    /// By what a resource is known: the end of its fullUrl, else its id.
    private struct Identity {
        var base: Int32?
        var isURN = false
        var key: UInt64?
        /// Its id, where that is not the end of the fullUrl.
        var second: UInt64?
    }

    private mutating func identity(id: JSONNode?, _ type: ResourceType, _ around: Surroundings) -> Identity {
        var identity = Identity()
        let idBytes = id?.stringBytes
        guard let url = around.fullUrl?.stringBytes, !url.isEmpty else {
            identity.key = idBytes.map { $0.fingerprint }
            return identity
        }
        if url.hasPrefix("urn:") {
            identity.isURN = true
            let start = url.position(behindLast: UInt8(ascii: ":")) ?? 0
            identity.key = url.part(start..<url.count).fingerprint
        } else if let parts = RestfulURL(url), let base = parts.base, ResourceType.named(parts.type) == type {
            identity.base = bases.index(of: base)
            identity.key = parts.id.fingerprint
        }
        if let own = idBytes?.fingerprint {
            if identity.key == nil { identity.key = own } else if identity.key != own { identity.second = own }
        }
        return identity
    }

    // MARK: Copies and versions

    private enum Standing { case new, copy, older }

    /// Compares a resource with those of the same identity; older ones are superseded.
    private mutating func settle(
        _ node: JSONNode, _ key: UInt64, _ entry: Registry.Entry, _ around: Surroundings
    ) -> Standing {
        var candidate = registry.first(key)
        while let index = candidate {
            candidate = registry.next(after: index)
            let old = registry[index]
            guard old.alias == nil, !old.isSuperseded, old.type == entry.type, isSameBase(old, entry) else { continue }
            if old.isDeletion { return .older }
            if old.isDraft != entry.isDraft {
                // An order under review stands for itself; a copy of it on record is not another order.
                if old.isDraft { return .older }
                registry.supersede(index)
                continue
            }
            switch compare(node, with: old, around) {
            case .copy: return .copy
            case .older: return .older
            case .new: registry.supersede(index)
            case nil:
                note(
                    .fhirAmbiguousIdentity, .warning, at: node, path: around.place.path,
                    expected: "one content for one identity, or versions to choose by",
                    found: "another \(entry.type.name) with the same identity; both are shown")
            }
        }
        return .new
    }

    private func isSameBase(_ left: Registry.Entry, _ right: Registry.Entry) -> Bool {
        guard let base = left.base, let other = right.base else { return true }
        return base == other
    }

    /// How a resource stands to an earlier one with its identity; nil when nothing tells which is newer.
    private mutating func compare(
        _ node: JSONNode, with old: Registry.Entry, _ around: Surroundings
    ) -> Standing? {
        let bytes = bytes(of: old)
        if node.raw.elementsEqual(bytes) { return .copy }
        guard let document = try? JSONDocument(bytes) else { return .new }
        let (isEqual, oldVersion) = document.read { other in
            (JSONValue(other) == JSONValue(node), ResourceVersion(other))
        }
        if isEqual { return .copy }
        let newVersion = ResourceVersion(node)
        guard let isNewer = newVersion.isNewer(than: oldVersion) else {
            // Entries of a history stand newest first.
            return around.isHistory ? .older : nil
        }
        note(
            .fhirSeveralVersions, .warning, at: node, path: around.place.path, expected: "one version of a resource",
            found: "several; the newest is used")
        return isNewer ? .new : .older
    }

    /// The bytes of a resource that was met before.
    func bytes(of entry: Registry.Entry) -> [UInt8] {
        let document = documents[Int(entry.document)]
        return document.read { root in
            let all = root.raw
            let start = entry.range.lowerBound - root.offset
            guard start >= 0, start + entry.range.count <= all.count else { return [] }
            return Array(all.part(start..<(start + entry.range.count)))
        }
    }
}

/// What a resource says of its version.
struct ResourceVersion {
    let number: Int?
    let updated: Instant?

    init(_ resource: JSONNode) {
        let meta = resource["meta"]
        number = meta?["versionId"]?.string.flatMap(Int.init)
        updated = meta?["lastUpdated"]?.string.flatMap(Instant.init)
    }

    /// Nil when nothing tells.
    func isNewer(than other: ResourceVersion) -> Bool? {
        if let updated, let old = other.updated, updated != old { return updated > old }
        if let number, let old = other.number, number != old { return number > old }
        return nil
    }
}

/// A point in time, in seconds from 1970-01-01T00:00:00Z.
struct Instant: Comparable {
    let seconds: Double

    /// Reads an instant; nil when it is none.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = PartialDate(text), let day = date.earliest, date.isExact else { return nil }
        func number(_ start: Int) -> Double {
            Double(bytes[start] &- 48) * 10 + Double(bytes[start + 1] &- 48)
        }
        var seconds = Double(day.number) * 86_400 + number(11) * 3600 + number(14) * 60 + number(17)
        var end = bytes.count
        if bytes[end - 1] == UInt8(ascii: "Z") {
            end -= 1
        } else {
            let offset = number(end - 5) * 3600 + number(end - 2) * 60
            seconds -= bytes[end - 6] == UInt8(ascii: "-") ? -offset : offset
            end -= 6
        }
        if end > 20 { seconds += Double("0" + String(decoding: bytes[19..<end], as: UTF8.self)) ?? 0 }
        self.seconds = seconds
    }

    static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}
