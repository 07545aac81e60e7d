/// One key by which a site's configuration differs from the guideline as shipped.
public struct ConfigurationDifference: Sendable, Hashable {
    /// Key in the configuration file, for example `course.imagingAfterDays`.
    public let key: String
    /// The value that came with the product, as text; empty where nothing came.
    public let shipped: String
    /// The value in force, as text; empty where the site took it away.
    public let inForce: String
    /// What the key decides, in one line.
    public let meaning: String
    /// Unit of both values, for example `days`; empty when they have none.
    public let unit: String

    /// Names a difference.
    public init(key: String, shipped: String, inForce: String, meaning: String, unit: String = "") {
        self.key = key
        self.shipped = shipped
        self.inForce = inForce
        self.meaning = meaning
        self.unit = unit
    }
}
