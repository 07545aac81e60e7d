import JSONTree
import Testing

extension JSONValue {
    /// Expects a text at a path; `-` for nothing there, `*` for anything.
    func expect(_ path: String, _ value: String, sourceLocation: SourceLocation = #_sourceLocation) {
        switch value {
        case "-": #expect(at(path) == nil, "\(path)", sourceLocation: sourceLocation)
        case "*": #expect(at(path) != nil, "\(path)", sourceLocation: sourceLocation)
        default: #expect(text(path) == value, "\(path)", sourceLocation: sourceLocation)
        }
    }
}
