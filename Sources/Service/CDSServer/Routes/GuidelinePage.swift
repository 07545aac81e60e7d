import DecisionSupport
import JSONTree

/// `GET /guideline`: what the guideline says, which numbers are in force, where it comes from and where it ends.
enum GuidelinePage {
    static func answer(_ call: Call, _ engine: Engine, version: String) -> Answer {
        let publication = engine.publication(softwareVersion: version)
        return call.prefersJSON ? .json(publication.json.encoded()) : .html(publication.html)
    }
}
