import DecisionSupport
import Guidelines

/// One key of the configuration: what it is called, what it may hold, where it goes.
///
/// Values come and go as text, the form that files, environment variables and command lines share.
public struct Setting: Sendable {
    /// The key, for example `limits.body`; a dot is a level of the file.
    public let key: String
    /// The kind of value in words, for example `integer`.
    public let kind: String
    /// The unit of a number, for example `days`; empty when it has none.
    public let unit: String
    /// What it may hold, in words, for example `0 to 65535`; empty where any text will do.
    public let bounds: String
    /// What it does, in one line.
    public let meaning: String
    let read: @Sendable (Configuration) -> String
    /// False when the text is no value of this kind within the bounds.
    let write: @Sendable (inout Configuration, String) -> Bool

    /// The environment variable of the key: `limits.body` is `SPINEHOOK_LIMITS_BODY`, `server.publicUrl` is
    /// `SPINEHOOK_SERVER_PUBLIC_URL`.
    public var environmentVariable: String {
        var name = Self.environmentPrefix
        var previous: Character = "."
        for character in key {
            if character.isUppercase && previous.isLowercase { name += "_" }
            name += character == "." ? "_" : character.uppercased()
            previous = character
        }
        return name
    }

    /// What every environment variable of the configuration begins with.
    public static let environmentPrefix = "SPINEHOOK_"
}

extension Setting {
    typealias Path<Value> = any WritableKeyPath<Configuration, Value> & Sendable

    static func integer(
        _ key: String, _ path: Path<Int>, _ bounds: ClosedRange<Int>, unit: String = "", _ meaning: String
    ) -> Setting {
        Setting(
            key: key, kind: "integer", unit: unit, bounds: "\(bounds.lowerBound) to \(bounds.upperBound)",
            meaning: meaning,
            read: { String($0[keyPath: path]) },
            write: { configuration, text in
                guard let value = Int(text), bounds.contains(value) else { return false }
                configuration[keyPath: path] = value
                return true
            })
    }

    static func text(_ key: String, _ path: Path<String>, _ meaning: String) -> Setting {
        Setting(
            key: key, kind: "text", unit: "", bounds: "", meaning: meaning,
            read: { $0[keyPath: path] },
            write: { configuration, text in
                guard !text.isEmpty else { return false }
                configuration[keyPath: path] = text
                return true
            })
    }

    /// An absolute `http` or `https` URL, or `null`.
    static func optionalURL(_ key: String, _ path: Path<String?>, _ meaning: String) -> Setting {
        Setting(
            key: key, kind: "URL", unit: "", bounds: "an absolute http or https URL, or null", meaning: meaning,
            read: { $0[keyPath: path] ?? "null" },
            write: { configuration, text in
                if text == "null" {
                    configuration[keyPath: path] = nil
                    return true
                }
                guard
                    let rest = ["https://", "http://"].first(where: text.hasPrefix).map({ text.dropFirst($0.count) }),
                    let first = rest.first, first != "/", !text.contains(where: { $0.isWhitespace || $0 == "\"" })
                else { return false }
                configuration[keyPath: path] = text.hasSuffix("/") ? String(text.dropLast()) : text
                return true
            })
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ path: Path<Choice>, _ meaning: String
    ) -> Setting {
        Setting(
            key: key, kind: "word", unit: "", bounds: Choice.allCases.map(\.rawValue).joined(separator: ", "),
            meaning: meaning,
            read: { $0[keyPath: path].rawValue },
            write: { configuration, text in
                guard let value = Choice(rawValue: text) else { return false }
                configuration[keyPath: path] = value
                return true
            })
    }

    /// Any number of different words of a closed set, parted by commas.
    static func words<Word: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
        _ key: String, _ path: Path<[Word]>, _ meaning: String
    ) -> Setting {
        Setting(
            key: key, kind: "list", unit: "", bounds: "of " + Word.allCases.map(\.rawValue).joined(separator: ", "),
            meaning: meaning,
            read: { $0[keyPath: path].map(\.rawValue).joined(separator: ", ") },
            write: { configuration, text in
                let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
                let values = parts.compactMap(Word.init(rawValue:))
                guard values.count == parts.count else { return false }
                configuration[keyPath: path] = Word.allCases.filter(values.contains)
                return true
            })
    }

    /// Any number of cards, parted by commas, but those of emergencies.
    static func cards(_ key: String, _ path: Path<Set<CardID>>, _ meaning: String) -> Setting {
        let offered = CardID.allCases.filter(CardAdaptation.maySuppress)
        let kept = CardAdaptation.alwaysShown.map(\.rawValue).sorted().joined(separator: " and ")
        return Setting(
            key: key, kind: "list", unit: "",
            bounds: "of " + offered.map(\.rawValue).joined(separator: ", ") + "; \(kept) are always shown",
            meaning: meaning,
            read: { $0[keyPath: path].map(\.rawValue).sorted().joined(separator: ", ") },
            write: { configuration, text in
                let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
                let cards = parts.compactMap(CardID.init(rawValue:))
                guard cards.count == parts.count, cards.allSatisfy(CardAdaptation.maySuppress) else { return false }
                configuration[keyPath: path] = Set(cards)
                return true
            })
    }
}
