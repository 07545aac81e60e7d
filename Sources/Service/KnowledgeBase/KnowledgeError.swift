public import Diagnostics

/// Why the knowledge could not be loaded: everything that is wrong with `Profiles/`, file by file.
///
/// The service does not start with it: a code list that is only half there would be read as "no such finding".
public struct KnowledgeError: Error, Sendable, CustomStringConvertible {
    /// What is wrong with the files, in their order; empty only where ``localCodes`` is not.
    public let issues: [Issue]
    /// What is wrong with the codes of the site, in their order.
    public var localCodes: [LocalCodeProblem] = []

    /// One line for each issue: file, line, expectation, finding, code.
    public var description: String { (issues.map(\.description) + localCodes.map(\.problem)).joined(separator: "\n") }

    /// The kinds of fault, permanent by their code.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no folder with the knowledge.
        case folderMissing = "KB-101"
        /// A file that the product needs is not there.
        case fileMissing = "KB-102"
        /// A file cannot be read from disk.
        case fileUnreadable = "KB-103"
        /// A file is not sound JSON; the words of the JSON reader follow.
        case notJSON = "KB-104"
        /// A member is missing or of the wrong type.
        case memberMissing = "KB-105"
        /// A value that the product does not know or cannot follow.
        case valueUnknown = "KB-106"
        /// The name of a file does not fit the canonical URL in it.
        case nameDiffers = "KB-107"
        /// The same code twice in one file.
        case codeTwice = "KB-108"
        /// A value set that the product does not know and that completes none.
        case setUnknown = "KB-109"
        /// A code of a licensed system outside the folder of that system, where leaving the system out would miss it.
        case systemMisplaced = "KB-110"
        /// A value set without a default row in the role table: its codes would mean nothing.
        case roleMissing = "KB-111"
    }
}
