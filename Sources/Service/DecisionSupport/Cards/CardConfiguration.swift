public import ClinicalModel
public import Guidelines

/// What a site sets about its cards.
public struct CardConfiguration: Sendable {
    /// Base of the links on cards, for example `https://cds.example.org`; nil leaves links out.
    public var publicURL: String?
    /// The code lists that the site has loaded; suggested orders carry codes of these only.
    public var terminology: Terminology
    /// The numbers in force, named on cards.
    public var thresholds: Thresholds
    /// Sentences and links of the site.
    public var wording: [CardID: CardWording]

    /// Puts a configuration together. A slash at the end of the address is dropped.
    public init(
        publicURL: String? = nil, terminology: Terminology = .empty, thresholds: Thresholds = Thresholds(),
        wording: [CardID: CardWording] = [:]
    ) {
        var address = publicURL
        while address?.hasSuffix("/") == true { address?.removeLast() }
        self.publicURL = address?.isEmpty == true ? nil : address
        self.terminology = terminology
        self.thresholds = thresholds
        self.wording = wording
    }
}
