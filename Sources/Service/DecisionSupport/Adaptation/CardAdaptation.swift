public import Guidelines

/// What a site changes of the cards: sentences, further links, cards that are not shown.
public struct CardAdaptation: Sendable, Hashable {
    /// Cards with a wording or links of their own; a card without any does not stand in it.
    public var wording: [CardID: CardWording] = [:]
    /// Cards that are not shown, whatever the decision says; never one of ``alwaysShown``.
    public var suppressed: Set<CardID> = []
    /// Which cards are shown while an order is still being selected.
    public var orderSelect = HookService.OrderSelectCards.all

    /// The cards as shipped.
    public init() {}

    /// Emergencies: their cards cannot be suppressed.
    public static let alwaysShown: Set<CardID> = [.k01, .k02]

    /// Whether a site may suppress a card.
    public static func maySuppress(_ card: CardID) -> Bool { !alwaysShown.contains(card) }
}

/// A card's sentences and links in the words of a site.
public struct CardWording: Sendable, Hashable {
    /// The sentence, with the slots of the shipped one; nil keeps the shipped one.
    ///
    /// Where the record changes the sentence (an MRI that is contraindicated, a reason that could not be read), the shipped
    /// one stands all the same: its words carry the difference.
    public var summary: String?
    /// The sentence of a provisional rating; nil keeps the shipped one.
    public var provisional: String?
    /// Links behind those of the product, in order.
    public var links: [CardLink] = []

    /// The wording as shipped.
    public init() {}

    /// Whether nothing of it differs from what is shipped.
    public var isShipped: Bool { self == CardWording() }
}

/// A link that a site puts on a card, for example to its own pathway.
public struct CardLink: Sendable, Hashable {
    /// What the link says.
    public let label: String
    /// Absolute `https` address.
    public let url: String

    /// Links that a card may carry.
    public static let most = 5

    /// Names a link. ``problem`` says whether it may stand on a card.
    public init(label: String, url: String) {
        self.label = label
        self.url = url
    }

    /// What is wrong with it, in words; nil when it may stand on a card.
    public var problem: String? {
        let isLine = PlainText.line(label) == label && !label.hasSuffix(" ")
        guard (1...80).contains(label.utf16.count), isLine else {
            return "needs a label of 1 to 80 characters on a line"
        }
        let rest = url.hasPrefix("https://") ? url.dropFirst("https://".count) : ""
        let isWritten = url.unicodeScalars.allSatisfy {
            (0x21...0x7E).contains($0.value) && !"\"<>\\^`{|}".contains(String($0))
        }
        guard let first = rest.first, first != "/", first != "?", first != "#", isWritten, url.utf8.count <= 2_000
        else {
            return "needs a url that begins with https:// and a host, without blanks"
        }
        return nil
    }
}
