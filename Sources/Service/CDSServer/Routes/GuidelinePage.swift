import DecisionSupport
import Guidelines
import JSONTree

/// `GET /guideline`: what the guideline says, which numbers are in force, where it comes from and where it ends.
enum GuidelinePage {
    static func answer(_ call: Call, _ engine: Engine) -> Answer {
        call.prefersJSON ? .json(json(engine).encoded()) : .html(html(engine))
    }

    private static func json(_ engine: Engine) -> JSONValue {
        let guideline = engine.guideline
        let statements = Statement.all.map { statement -> JSONValue in
            [
                "id": .string(statement.id), "text": .string(statement.text),
                "references": .array(statement.marks.map { .string("ref-\($0)") }),
                "topics": .array(statement.topics.map { .string($0.rawValue) }),
                "rules": .array(statement.rules.map(JSONValue.string)),
                "cards": .array(statement.cards.map(JSONValue.string)),
            ]
        }
        let thresholds = Thresholds.table.map { threshold -> JSONValue in
            [
                "key": .string(threshold.key), "value": .string(threshold.read(guideline.thresholds)),
                "unit": .string(threshold.unit), "meaning": .string(threshold.meaning),
            ]
        }
        return [
            "id": .string(LumbosacralRadiculopathy.id), "title": .string(LumbosacralRadiculopathy.title),
            "version": .string(LumbosacralRadiculopathy.version), "configuration": .string(guideline.configuration),
            "statements": .array(statements), "thresholds": .array(thresholds),
        ]
    }

    private static func html(_ engine: Engine) -> String {
        let guideline = engine.guideline
        let statements = Statement.all.map { statement in
            """
            <tr id="\(statement.id)"><td>\(statement.id)</td><td>\(Page.escaped(statement.text))</td>\
            <td>\(statement.marks.map { "ref-\($0)" }.joined(separator: ", "))</td>\
            <td>\(statement.rules.joined(separator: ", "))</td><td>\(statement.cards.joined(separator: ", "))</td></tr>
            """
        }
        let thresholds = Thresholds.table.map { threshold in
            """
            <tr><td><code>\(threshold.key)</code></td><td>\(threshold.read(guideline.thresholds)) \(threshold.unit)</td>\
            <td>\(Page.escaped(threshold.meaning))</td></tr>
            """
        }
        return Page.html(
            title: LumbosacralRadiculopathy.title,
            body: """
                <h1>\(Page.escaped(LumbosacralRadiculopathy.title))</h1>
                <p>Version \(LumbosacralRadiculopathy.version), configuration <code>\(guideline.configuration)</code>.</p>
                <h2>Statements</h2>
                <table><tr><th>id</th><th>statement</th><th>reference</th><th>rules</th><th>cards</th></tr>
                \(statements.joined(separator: "\n"))
                </table>
                <h2>Thresholds in force</h2>
                <table><tr><th>key</th><th>value</th><th>meaning</th></tr>
                \(thresholds.joined(separator: "\n"))
                </table>
                """)
    }
}
