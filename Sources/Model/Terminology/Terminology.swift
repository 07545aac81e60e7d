/// The code lists and role tables of the knowledge, indexed once at start and immutable from then on.
public struct Terminology: Sendable {
    /// A terminology that knows no code.
    public static let empty = Terminology()

    private init() {}

    /// The code with everything the knowledge says of it; a code of no list comes back with no uses.
    ///
    /// The display of the record is kept when it gives one, else that of the knowledge stands in.
    public func concept(_ code: Code) -> Concept { Concept(code) }

    /// Looks up a coding by the bytes of its `system` and `code`, without building strings.
    ///
    /// - Parameters:
    ///   - system: UTF-8 of the system as written; empty when the coding gives none.
    ///   - code: UTF-8 of the code as written.
    public func match(system: Span<UInt8>, code: Span<UInt8>) -> CodingMatch { CodingMatch(concept: nil, system: nil) }
}
