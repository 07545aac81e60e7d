import DecisionSupport
import JSONTree

/// `GET /guideline`: what the guideline says, which numbers are in force, where it comes from and where it ends.
enum GuidelinePage {
    static func answer(_ call: Call, _ engine: Engine, version: String) -> Answer {
        let publication = engine.publication(softwareVersion: version)
        return call.prefersJSON ? .json(publication.json.encoded()) : .html(publication.html)
    }

    /// `GET /guideline/{id}`: one statement, rule or card, as JSON or as its place on the page.
    static func answer(_ call: Call, item id: String, _ engine: Engine, version: String) -> Answer {
        guard let item = engine.publication(softwareVersion: version).item(id) else { return unknown }
        if call.prefersJSON { return .json(item.json.encoded()) }
        var answer = Answer.html("")
        answer.status = 302
        answer.headers.append(("Location", "/guideline#\(item.anchor)"))
        return answer
    }

    private static let unknown = OperationOutcome.answer(
        404, .notFound,
        "There is no guideline, statement, rule or card with this id. GET /guideline lists those that there are.")
}
