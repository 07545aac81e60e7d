/// Codes of a site, beside those of the product: it may add to the value sets there are and say which local codes mean the
/// product's own input codes (ruling R1). It can take nothing away and change no meaning.
public struct LocalCodes: Sendable, Hashable {
    /// Codes added to value sets.
    public var added: [AddedCode] = []
    /// Codes that mean an input code of the product.
    public var mapped: [MappedCode] = []

    /// No codes.
    public init() {}

    /// Whether there is none.
    public var isEmpty: Bool { added.isEmpty && mapped.isEmpty }

    /// Most codes of a site, of both kinds together.
    public static let most = 10_000

    /// A code added to a value set.
    public struct AddedCode: Sendable, Hashable {
        /// Name of the value set, for example `malignancy`.
        public var set: String
        /// URI of the code system.
        public var system: String
        /// The code.
        public var code: String
        /// What people call it.
        public var display: String
        /// Words of ``CodeUse/Qualifier`` that other codes of the set carry, for example `measure:crp`.
        public var qualifiers: [String]
        /// The test, for example `MRI-WO`, of a code in a value set of lumbar imaging; nil elsewhere.
        public var test: String?

        /// Names a code.
        public init(
            set: String, system: String, code: String, display: String, qualifiers: [String] = [], test: String? = nil
        ) {
            self.set = set
            self.system = system
            self.code = code
            self.display = display
            self.qualifiers = qualifiers
            self.test = test
        }
    }

    /// A local code that means an input code of the product.
    public struct MappedCode: Sendable, Hashable {
        /// URI of the code system.
        public var system: String
        /// The code.
        public var code: String
        /// Code of `CodeSystem/lumbosacral-findings`, a question or an answer.
        public var finding: String

        /// Names a code and what it means.
        public init(system: String, code: String, finding: String) {
            self.system = system
            self.code = code
            self.finding = finding
        }
    }

    /// One of the codes by its place in the list.
    public enum Entry: Sendable, Hashable {
        case added(Int)
        case mapped(Int)
    }
}

/// Why a code of a site cannot be used.
public struct LocalCodeProblem: Sendable, Hashable {
    /// Which code.
    public let entry: LocalCodes.Entry
    /// What is wrong and what would be right.
    public let problem: String

    /// Names a problem.
    public init(entry: LocalCodes.Entry, problem: String) {
        self.entry = entry
        self.problem = problem
    }
}
