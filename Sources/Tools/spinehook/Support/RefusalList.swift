import DecisionSupport
import Diagnostics
import Foundation
import JSONTree

/// What could not be used: JSON a line in a file, else lines for people on standard error.
struct RefusalList {
    private let file: Sink?

    /// - Parameter path: Nil tells people, of whole inputs only; what was refused inside a record is in its decisions.
    init(path: String?) throws(Failure) {
        file = try path.map { path throws(Failure) in try Sink(path: path, otherwise: .standardError) }
    }

    func add(_ issues: [Issue]) throws(Failure) {
        guard let file else {
            for issue in issues where issue.severity == .fatal { Console.tell("error: \("\(issue)".printable)") }
            return
        }
        try file.write(issues.flatMap { $0.json.encoded() + [UInt8(ascii: "\n")] })
    }
}
