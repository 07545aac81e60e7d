public import DecisionSupport
public import Guidelines
public import KnowledgeBase

/// Everything that a site may set: how the service listens and speaks, and the numbers of the guideline.
///
/// A plain value with the defaults; ``Configuration/table`` names every key with its type, bounds and meaning, and is what
/// files, environment and documentation are read and written by.
public struct Configuration: Sendable, Equatable {
    /// Where the service listens.
    public var server = Server()
    /// What is refused for its size.
    public var limits = Limits()
    /// What the site changes of the cards.
    public var cards = CardAdaptation()
    /// Which code systems are left out.
    public var terminology = Terminology()
    /// How files are worked off.
    public var evaluate = Evaluate()
    /// The numbers and switches of the guideline.
    public var thresholds = Thresholds()
    /// Where codes of the site were set, for messages on what the knowledge says of them.
    public var places = LocalCodePlaces()

    /// The defaults.
    public init() {}

    /// Where the service listens.
    public struct Server: Sendable, Equatable {
        /// Address to listen on.
        public var host = "127.0.0.1"
        /// 0 picks a free one.
        public var port = 8080
        /// Base of the links on cards; nil makes it of host and port.
        public var publicURL: String?
    }

    /// What is refused for its size.
    public struct Limits: Sendable, Equatable {
        /// Largest body of a request, in bytes.
        public var body = 10 << 20
        /// Largest single record of a file, in bytes.
        public var record = 1 << 30
    }

    /// Which code systems a site leaves out, and which codes it has of its own.
    public struct Terminology: Sendable, Equatable {
        /// Code systems that are not loaded, in the order of their cases.
        public var exclude: [KnowledgeBase.LicensedSystem] = []
        /// Codes of the site.
        public var local = LocalCodes()
    }

    /// How files are worked off.
    public struct Evaluate: Sendable, Equatable {
        /// Records worked on at the same time; 0 takes one for each processor.
        public var jobs = 0
    }
}

extension Configuration {
    /// Every key, in the order in which the documentation lists them.
    public static let table: [Setting] = service + adaptation + guideline

    /// How the service runs; nothing of it changes what the guideline says.
    private static let service: [Setting] = [
        .text("server.host", \.server.host, "address to listen on"),
        .integer("server.port", \.server.port, 0...65_535, "port to listen on; 0 picks a free one"),
        .optionalURL(
            "server.publicUrl", \.server.publicURL, "base of the links on cards; null makes it of host and port"),
        .integer("limits.body", \.limits.body, 1_024...1_073_741_824, unit: "bytes", "largest body of a request"),
        .integer(
            "limits.record", \.limits.record, 1_024...4_294_967_295, unit: "bytes",
            "largest single record of a file, decompressed"),
        .integer(
            "evaluate.jobs", \.evaluate.jobs, 0...256, "records worked on at the same time; 0: one for each processor"),
    ]

    /// What a site changes of the guideline beside its numbers.
    static let adaptation: [Setting] = [
        .choice(
            "cards.orderSelect", \.cards.orderSelect,
            "cards shown at order-select, for sites that call the service at order-sign too"),
        .cards(
            "cards.suppress", \.cards.suppressed, "cards that are not shown; the decision names them all the same"),
        .words(
            "terminology.exclude", \.terminology.exclude,
            "code systems that are not loaded, for sites without their licence"),
    ]

    static let guideline: [Setting] = Thresholds.table.map { threshold in
        Setting(
            key: threshold.key, kind: threshold.kind.rawValue, unit: threshold.unit, bounds: threshold.boundsInWords,
            meaning: threshold.meaning,
            read: { threshold.read($0.thresholds) },
            write: { threshold.write(&$0.thresholds, $1) })
    }
}
