import JSONTree

/// The server bases of the fullUrls and absolute references of an input, each once.
struct BaseTable {
    private var bases: [[UInt8]] = []

    /// The number of a base; equal bytes have equal numbers.
    mutating func index(of base: JSONBytes) -> Int32 {
        for (index, known) in bases.enumerated() where known.count == base.count && base.elementsEqual(known) {
            return Int32(index)
        }
        bases.append(Array(base))
        return Int32(bases.count - 1)
    }
}

/// Where a reference points, as far as its text tells.
struct ReferenceKey: Equatable {
    enum Form: Equatable {
        /// `urn:uuid:…` or `urn:oid:…`: the fullUrl of an entry.
        case urn
        /// `Type/id` or `base/Type/id`, with or without a version.
        case restful
        /// `#id`: a contained resource.
        case contained
        /// `Type?search`: only the server could resolve it.
        case conditional
        /// None of these.
        case unreadable
    }
    let form: Form
    /// Base of the reference, or of the entry it stands in when it is relative; nil when neither is known.
    let base: Int32?
    /// The type it names; nil for a urn, and for a type that R4 does not have.
    let type: ResourceType?
    /// Fingerprint of the id or uuid.
    let key: UInt64
}

extension BaseTable {
    /// Reads the text of a reference that stands in an entry with a given base (R4, section 2.36.4).
    mutating func reference(_ text: JSONBytes, in base: Int32?) -> ReferenceKey {
        func form(_ form: ReferenceKey.Form, _ key: UInt64 = 0) -> ReferenceKey {
            ReferenceKey(form: form, base: nil, type: nil, key: key)
        }
        if text.hasPrefix("urn:") {
            guard let start = text.position(behindLast: UInt8(ascii: ":")) else { return form(.unreadable) }
            return form(.urn, text.part(start..<text.count).fingerprint)
        }
        if text.hasPrefix("#") { return form(.contained, text.part(1..<text.count).fingerprint) }
        if text.contains(UInt8(ascii: "?")) { return form(.conditional) }
        guard let url = RestfulURL(text) else { return form(.unreadable) }
        let own = url.base.map { index(of: $0) }
        return ReferenceKey(
            form: .restful, base: own ?? base, type: ResourceType.named(url.type), key: url.id.fingerprint)
    }
}

/// The parts of `base/Type/id` and `base/Type/id/_history/version`.
struct RestfulURL {
    /// Nil for a relative one.
    let base: JSONBytes?
    let type: JSONBytes
    let id: JSONBytes

    /// Takes a URL apart; nil when it has not two segments at its end.
    init?(_ text: JSONBytes) {
        let slash = UInt8(ascii: "/")
        var url = text
        guard var idStart = url.position(behindLast: slash) else { return nil }
        if let before = url.part(0..<(idStart - 1)).position(behindLast: slash),
            url.part(before..<(idStart - 1)) == "_history"
        {
            guard before > 1 else { return nil }
            url = url.part(0..<(before - 1))
            guard let start = url.position(behindLast: slash) else { return nil }
            idStart = start
        }
        let typeStart = url.part(0..<(idStart - 1)).position(behindLast: slash) ?? 0
        id = url.part(idStart..<url.count)
        type = url.part(typeStart..<(idStart - 1))
        guard !id.isEmpty, !type.isEmpty else { return nil }
        base = typeStart > 1 ? url.part(0..<(typeStart - 1)) : nil
    }
}

extension Registry {
    /// The resource that a reference points at; nil when it is not here. A superseded version is passed over.
    func target(of reference: ReferenceKey) -> Int? {
        var candidate = first(reference.key)
        while let index = candidate {
            let entry = self[index]
            let index2 = entry.alias.map(Int.init) ?? index
            if !self[index2].isSuperseded, !self[index2].isDeletion, matches(entry, reference) { return index2 }
            candidate = next(after: index)
        }
        return nil
    }

    private func matches(_ entry: Entry, _ reference: ReferenceKey) -> Bool {
        switch reference.form {
        case .urn: return entry.isURN
        case .restful:
            guard entry.type == reference.type else { return false }
            guard let base = entry.base, let other = reference.base else { return true }
            return base == other
        case .contained, .conditional, .unreadable: return false
        }
    }
}
