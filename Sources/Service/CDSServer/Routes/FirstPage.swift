import JSONTree

/// `GET /`: what this is and where to go.
enum FirstPage {
    private static let places: [(method: String, path: String, what: String)] = [
        ("GET", "/cds-services", "CDS Hooks discovery"),
        ("POST", "/cds-services/lumbar-imaging", "hooks order-select and order-sign: orders of lumbar imaging"),
        ("POST", "/cds-services/radiculopathy-red-flags", "hook patient-view: red flags without an imaging order"),
        ("POST", "/cds-services/radiculopathy-care-plan", "hook patient-view: the conservative plan as suggestions"),
        ("GET", "/guideline", "the guideline: statements, rules, thresholds in force, provenance, limits"),
        ("GET", "/health/live", "whether the service runs"),
        ("GET", "/health/ready", "whether it answers"),
        ("GET", "/metrics", "counters as Prometheus text"),
    ]

    static func answer(_ call: Call, version: String) -> Answer {
        if call.prefersJSON {
            let list = places.map { place -> JSONValue in
                ["method": .string(place.method), "path": .string(place.path), "what": .string(place.what)]
            }
            return .json(
                (["name": "SpineHook", "version": .string(version), "routes": .array(list)] as JSONValue).encoded())
        }
        let rows = places.map { place in
            let name = place.method == "GET" ? "<a href=\"\(place.path)\">\(place.path)</a>" : place.path
            return "<tr><td>\(place.method)</td><td>\(name)</td><td>\(place.what)</td></tr>"
        }
        return .html(
            Page.html(
                title: "SpineHook",
                body: """
                    <h1>SpineHook</h1>
                    <p>A CDS Hooks service for orders of lumbar spine imaging in lumbosacral radiculopathy (sciatica), version \
                    \(version). It supports a clinician's decision and does not replace it; it is not an alarm or triage \
                    system.</p>
                    <table><tr><th>method</th><th>path</th><th>what</th></tr>
                    \(rows.joined(separator: "\n"))
                    </table>
                    """))
    }
}

/// The frame of the service's HTML pages.
enum Page {
    static func html(title: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(title))</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; }
        table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
        th, td { border-bottom: 1px solid #d0d7de; padding: .3rem .6rem; text-align: left; vertical-align: top; }
        code { background: #f3f4f6; padding: 0 .2rem; }
        :target { background: #fff8c5; }
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
