import DecisionSupport
import Foundation
import Guidelines
import JSONTree
import KnowledgeBase

/// The artefacts as the program makes them, and `Profiles/` as it is shipped.
enum Shipped {
    /// The folder in the repository.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../Profiles")
        .standardized.path

    static let engine: Result<Engine, KnowledgeError> = Result { () throws(KnowledgeError) in
        Engine(knowledge: try KnowledgeBase(profiles: folder))
    }

    /// Made once for all tests, with the default numbers.
    static let artefacts: Result<GuidelineArtefacts, KnowledgeError> = engine.map(GuidelineArtefacts.init)

    /// The content of a file that the program makes.
    static func content(_ path: String, of artefacts: GuidelineArtefacts? = nil) throws -> JSONValue? {
        let all = try artefacts ?? Self.artefacts.get()
        return all.files.first { $0.path == path }?.content
    }
}

extension JSONValue {
    /// Elements of an array; none for everything else.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// Text; nil for everything else.
    var text: String? { if case .string(let text) = self { text } else { nil } }

    /// Every object in it, itself first.
    var objects: [JSONValue] {
        switch self {
        case .object(let members): [self] + members.flatMap { $0.value.objects }
        case .array(let elements): elements.flatMap(\.objects)
        case .null, .bool, .number, .string, .raw: []
        }
    }

    /// Every text in it under a member of one of the names.
    func texts(under names: Set<String>) -> [String] {
        objects.flatMap { object -> [String] in
            guard case .object(let members) = object else { return [] }
            return members.filter { names.contains($0.name) }.flatMap { member in
                [member.value.text].compactMap { $0 } + member.value.elements.compactMap(\.text)
            }
        }
    }
}
