import DecisionSupport
import JSONTree
import Synchronization

/// `GET /guideline`: what the guideline says, which numbers are in force, where it comes from and where it ends.
///
/// Nothing of it changes while the service runs: it is put together at the first call and kept.
final class GuidelinePage: Sendable {
    /// The publication in the forms that are asked for.
    private struct Content {
        let publication: GuidelinePublication
        let json: [UInt8]
        let html: String
    }

    private let content = Mutex<Content?>(nil)
    private let publication: @Sendable () -> GuidelinePublication

    init(_ publication: @escaping @Sendable () -> GuidelinePublication) { self.publication = publication }

    func answer(_ call: Call) -> Answer {
        let content = made()
        return call.prefersJSON ? .json(content.json) : .html(content.html)
    }

    /// `GET /guideline/{id}`: one statement, rule or card, as JSON or as its place on the page.
    func answer(_ call: Call, item id: String) -> Answer {
        guard let item = made().publication.item(id) else { return Self.unknown }
        if call.prefersJSON { return .json(item.json.encoded()) }
        var answer = Answer.html("")
        answer.status = 302
        answer.headers.append(("Location", "/guideline#\(item.anchor)"))
        return answer
    }

    private func made() -> Content {
        content.withLock { content in
            if let content { return content }
            let publication = publication()
            let made = Content(
                publication: publication, json: publication.json.encoded(), html: publication.html)
            content = made
            return made
        }
    }

    private static let unknown = OperationOutcome.answer(
        404, .notFound,
        "There is no guideline, statement, rule or card with this id. GET /guideline lists those that there are.")
}
