public import XMLTree

/// An address: AD.
public struct PostalAddress: Sendable, Hashable {
    /// Codes of `use`, for example `HP`.
    public let uses: [String]
    /// Street, house and unit, a line each, in order.
    public var lines: [String] = []
    /// `city`
    public var city: String?
    /// `county`
    public var district: String?
    /// `state`
    public var state: String?
    /// `postalCode`
    public var postalCode: String?
    /// `country`
    public var country: String?
    /// Text outside of any part.
    public let text: String?
    /// When it is in use; nil when nothing is said.
    public let period: UsablePeriod?
    /// Why there is none.
    public let nullFlavor: NullFlavor?

    /// Reads an `addr` element. Parts that are null or empty are left out.
    public init(_ element: XMLElement) {
        uses = element.codes("use")
        text = element.words
        period = UsablePeriod(element.elements.first { $0.name == "useablePeriod" })
        nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0) }
        var line: [String] = []
        for part in element.elements {
            guard let words = part.words else { continue }
            switch part.name {
            case "city": city = city ?? words
            case "county": district = district ?? words
            case "state": state = state ?? words
            case "postalCode": postalCode = postalCode ?? words
            case "country": country = country ?? words
            case "useablePeriod", "delimiter": continue
            case "houseNumber", "houseNumberNumeric", "buildingNumberSuffix", "direction", "streetName",
                "streetNameBase",
                "streetNameType", "unitType", "unitID":
                line.append(words)
            default:
                if !line.isEmpty { lines.append(line.joined(separator: " ")) }
                line = []
                lines.append(words)
            }
        }
        if !line.isEmpty { lines.append(line.joined(separator: " ")) }
    }

    /// Nothing in it.
    public var isEmpty: Bool {
        lines.isEmpty && [city, district, state, postalCode, country, text].allSatisfy { $0 == nil }
    }
}
