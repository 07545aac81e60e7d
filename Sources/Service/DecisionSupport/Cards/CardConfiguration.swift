public import Guidelines

/// What a site sets about its cards.
public struct CardConfiguration: Sendable {
    /// Base of the links on cards, for example `https://cds.example.org`; nil leaves links out.
    public var publicURL: String?
    /// Canonical URIs of the code systems that the site has loaded; suggested orders carry codes of these only.
    public var codeSystems: Set<String>
    /// The numbers in force, named on cards.
    public var thresholds: Thresholds

    /// Puts a configuration together. A slash at the end of the address is dropped.
    public init(publicURL: String? = nil, codeSystems: Set<String> = [], thresholds: Thresholds = Thresholds()) {
        var address = publicURL
        while address?.hasSuffix("/") == true { address?.removeLast() }
        self.publicURL = address?.isEmpty == true ? nil : address
        self.codeSystems = codeSystems
        self.thresholds = thresholds
    }
}
