import DecisionSupport
import Guidelines
import KnowledgeBase
import Yams

/// Keys that only a file can set: they hold more than a value.
enum FileKey {
    case summary(CardID)
    case provisional(CardID)
    case links(CardID)
    case addedCodes
    case mappedCodes

    /// Nil for every other key.
    init?(_ key: String) {
        switch key {
        case "terminology.add": self = .addedCodes
        case "terminology.map": self = .mappedCodes
        default:
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "cards", let card = CardID(rawValue: String(parts[1])) else {
                return nil
            }
            switch parts[2] {
            case "summary": self = .summary(card)
            case "provisional": self = .provisional(card)
            case "links": self = .links(card)
            default: return nil
            }
        }
    }

    /// The keys as the documentation lists them: pattern, type, bounds, meaning.
    static let documentation: [(key: String, kind: String, bounds: String, meaning: String)] = [
        (
            "cards.K05.summary", "text", "the slots of the shipped sentence, 139 characters with the longest values",
            "sentence of a card (any card)"
        ),
        (
            "cards.K05.provisional", "text", "the same, `{k}` among the slots",
            "its sentence while a red-flag group is not recorded (K05, K06, K08, K17, K21)"
        ),
        (
            "cards.K05.links", "list of `label` and `url`", "at most \(CardLink.most), https",
            "further links of a card (any card)"
        ),
        (
            "terminology.add", "list of `set`, `system`, `code`, `display`, and `qualifiers` or `test`",
            "value sets of the guideline; codes that have no meaning in it", "codes added to value sets"
        ),
        (
            "terminology.map", "`system|code: finding`", "input codes of the product; codes that have no other meaning",
            "local codes that mean input codes"
        ),
    ]

    /// Spellings that a near miss is looked for among.
    static let patterns =
        ["terminology.add", "terminology.map"]
        + CardID.allCases.flatMap { card in
            ["summary", "provisional", "links"].map { "cards.\(card.rawValue).\($0)" }
        }
}

extension ConfigurationReader {
    /// Reads a key that holds more than a value.
    mutating func read(_ key: FileKey, _ node: Node, key name: String, name file: String) {
        let place = Self.place(of: node, in: file)
        guard isFirst(name, at: place) else { return }
        switch key {
        case .summary(let card): readSentence(node, of: card, provisional: false, name, place)
        case .provisional(let card): readSentence(node, of: card, provisional: true, name, place)
        case .links(let card): readLinks(node, of: card, name, file)
        case .addedCodes: readAddedCodes(node, name, file)
        case .mappedCodes: readMappedCodes(node, name, file)
        }
    }

    // MARK: Cards

    private mutating func readSentence(
        _ node: Node, of card: CardID, provisional: Bool, _ key: String, _ place: String
    ) {
        guard case .scalar(let scalar) = node else { return note(place, key, "must be text") }
        if let problem = WordingRules.problem(in: scalar.string, of: card, provisional: provisional) {
            return note(place, key, problem)
        }
        if provisional {
            configuration.cards.wording[card, default: CardWording()].provisional = scalar.string
        } else {
            configuration.cards.wording[card, default: CardWording()].summary = scalar.string
        }
    }

    private mutating func readLinks(_ node: Node, of card: CardID, _ key: String, _ file: String) {
        guard case .sequence(let items) = node, items.count <= CardLink.most else {
            return note(Self.place(of: node, in: file), key, "must be a list of at most \(CardLink.most) links")
        }
        var links: [CardLink] = []
        for item in items {
            guard let members = members(of: item, required: ["label", "url"], key, file) else { continue }
            let link = CardLink(label: members.text["label"] ?? "", url: members.text["url"] ?? "")
            if let problem = link.problem {
                note(Self.place(of: item, in: file), key, problem)
            } else {
                links.append(link)
            }
        }
        guard !links.isEmpty else { return }
        configuration.cards.wording[card, default: CardWording()].links = links
    }

    // MARK: Codes

    private mutating func readAddedCodes(_ node: Node, _ key: String, _ file: String) {
        guard case .sequence(let items) = node else {
            return note(Self.place(of: node, in: file), key, "must be a list of codes")
        }
        for item in items {
            guard
                let members = members(
                    of: item, required: ["set", "system", "code", "display"], optional: ["qualifiers", "test"], key,
                    file)
            else { continue }
            let text = members.text
            let entry = LocalCodes.Entry.added(configuration.terminology.local.added.count)
            configuration.terminology.local.added.append(
                LocalCodes.AddedCode(
                    set: text["set"] ?? "", system: text["system"] ?? "", code: text["code"] ?? "",
                    display: text["display"] ?? "", qualifiers: members.lists["qualifiers"] ?? [],
                    test: text["test"]))
            configuration.places[entry] = Self.place(of: item, in: file)
        }
    }

    private mutating func readMappedCodes(_ node: Node, _ key: String, _ file: String) {
        guard case .mapping(let mapping) = node else {
            return note(Self.place(of: node, in: file), key, "must hold lines such as \"system|code\": finding")
        }
        for (name, value) in mapping {
            let place = Self.place(of: name, in: file)
            guard let text = name.string, let bar = text.lastIndex(of: "|"), let finding = value.scalar?.string else {
                note(place, key, "must hold lines such as \"system|code\": finding")
                continue
            }
            let entry = LocalCodes.Entry.mapped(configuration.terminology.local.mapped.count)
            configuration.terminology.local.mapped.append(
                LocalCodes.MappedCode(
                    system: String(text[..<bar]), code: String(text[text.index(after: bar)...]), finding: finding))
            configuration.places[entry] = place
        }
    }

    // MARK: Members

    /// The members of one element of a list: texts, and `qualifiers` as a list; nil, noted, when one is missing or unknown.
    private mutating func members(
        of node: Node, required: [String], optional: [String] = [], _ key: String, _ file: String
    ) -> (text: [String: String], lists: [String: [String]])? {
        let place = Self.place(of: node, in: file)
        let wanted = "must have " + required.joined(separator: ", ")
        guard case .mapping(let mapping) = node else {
            note(place, key, wanted)
            return nil
        }
        var text: [String: String] = [:]
        var lists: [String: [String]] = [:]
        for (name, value) in mapping {
            let member = name.string ?? ""
            guard required.contains(member) || optional.contains(member) else {
                note(Self.place(of: name, in: file), "\(key).\(member)", "unknown key; \(wanted)")
                return nil
            }
            if member == "qualifiers" {
                guard case .sequence(let items) = value else {
                    note(Self.place(of: name, in: file), "\(key).\(member)", "must be a list of words")
                    return nil
                }
                lists[member] = items.map { $0.scalar?.string ?? "" }
            } else {
                text[member] = value.scalar?.string ?? ""
            }
        }
        if let missing = required.first(where: { text[$0, default: ""].isEmpty }) {
            note(place, key, "\(missing) is missing; \(wanted)")
            return nil
        }
        return (text, lists)
    }
}
