/// Everything that a ``Terminology`` is made of, as the files of the knowledge hold it.
public struct TerminologyContent: Sendable {
    /// The value sets; a set whose codes stand in several files appears once for each file.
    public var valueSets: [ValueSetContent] = []
    /// Rows of the role table.
    public var roles: [RoleRow] = []
    /// Rows of the modality map.
    public var imagingTests: [ImagingTestRow] = []
    /// Drug products by RxNorm code.
    public var products: [String: DrugProduct] = [:]
    /// The product's own input codes.
    public var findings: [FindingDefinition] = []
    /// Local codes that a site has for input codes of the product.
    public var localFindings: [(code: Code, finding: String)] = []
    /// Morphine factors.
    public var morphineFactors: [MorphineFactor] = []
    /// Milligrams that equal 5 mg prednisone, by RxNorm ingredient.
    public var prednisoneEquivalents: [String: Double] = [:]

    /// Content with nothing in it.
    public init() {}
}

/// What a value set says of itself.
public struct ValueSetDescription: Sendable, Hashable {
    /// The set that it belongs to; files of one licensed code system carry the name of the set that they complete.
    public let name: ValueSetName
    /// Canonical URL of the file.
    public let url: String
    /// Version of the file.
    public let version: String
    /// What it is, for people.
    public let title: String
    /// Date of the file.
    public let date: String
    /// Terms of the code systems inside; empty when it holds no code.
    public let copyright: String

    /// Puts a description together.
    public init(name: ValueSetName, url: String, version: String, title: String, date: String, copyright: String) {
        self.name = name
        self.url = url
        self.version = version
        self.title = title
        self.date = date
        self.copyright = copyright
    }
}

/// A value set as its file lists it.
public struct ValueSetContent: Sendable {
    /// What it says of itself.
    public var description: ValueSetDescription
    /// Its codes, in groups of one system and the same qualifiers.
    public var groups: [Group]

    /// Puts a value set together.
    public init(description: ValueSetDescription, groups: [Group]) {
        self.description = description
        self.groups = groups
    }

    /// Codes of one system with the same qualifiers.
    public struct Group: Sendable {
        /// Canonical URI of the code system.
        public var system: String
        /// Words such as `applies:tricyclic`, `reason:diuresis`, `measure:crp`.
        public var qualifiers: [String]
        /// The codes with what the knowledge calls them.
        public var members: [(code: String, display: String)]
        /// ICD-10-CM codes whose children belong to the set as well.
        public var headers: [String]

        /// Puts a group together.
        public init(
            system: String, qualifiers: [String] = [], members: [(code: String, display: String)] = [],
            headers: [String] = []
        ) {
            self.system = system
            self.qualifiers = qualifiers
            self.members = members
            self.headers = headers
        }
    }
}

/// A row of the role table.
public struct RoleRow: Sendable, Hashable {
    /// The set that it speaks of.
    public var set: ValueSetName
    /// The code that it speaks of; nil for a default of the set.
    public var code: Code?
    /// Criterion, component, part, role and force, without the qualifiers of the code.
    public var use: CodeUse

    /// Puts a row together.
    public init(set: ValueSetName, code: Code? = nil, use: CodeUse) {
        self.set = set
        self.code = code
        self.use = use
    }
}

/// A row of the modality map.
public struct ImagingTestRow: Sendable, Hashable {
    /// The code that it speaks of.
    public var code: Code
    /// The test that the code names.
    public var test: ImagingTest
    /// Whether a suggestion uses this code of its system for the test.
    public var isPreferred: Bool

    /// Puts a row together.
    public init(code: Code, test: ImagingTest, isPreferred: Bool = false) {
        self.code = code
        self.test = test
        self.isPreferred = isPreferred
    }
}
