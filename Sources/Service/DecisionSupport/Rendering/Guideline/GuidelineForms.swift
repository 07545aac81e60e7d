public import JSONTree

extension GuidelinePublication {
    /// The publication as one JSON object: a member for each table, an array of objects.
    public var json: JSONValue {
        var members = head.map { JSONValue.Member($0.key, .string($0.value)) }
        members.append(JSONValue.Member("notice", .string(Self.notice)))
        members += tables.map { JSONValue.Member($0.id, $0.json) }
        return .object(members)
    }

    /// One statement, rule or card.
    ///
    /// - Parameter id: As decisions print it: `G19`, `A10-EARLY`, `A13-HINT(A10-EARLY)`, `K05`.
    /// - Returns: The row of its table as JSON, and its anchor on the page; nil when there is none.
    public func item(_ id: String) -> (json: JSONValue, anchor: String)? {
        var shown = id
        if id.hasSuffix(")"), let bracket = id.firstIndex(of: "(") {
            // A rule that holds another is published once, for any rule inside it.
            let inner = id[id.index(after: bracket)...].dropLast()
            guard inner == "x" || item(String(inner)) != nil else { return nil }
            shown = id[..<bracket] + "(x)"
        }
        for table in tables where table.isAnchored {
            if let row = table.rows.first(where: { $0.first?.line == shown }) { return (table.json(of: row), shown) }
        }
        return nil
    }

    /// The publication for a terminal: plain text, one paragraph a row.
    public var text: String {
        let opening = head.map { "\($0.title): \($0.value)" } + ["", Self.notice]
        return (opening + tables.flatMap(\.textLines)).joined(separator: "\n") + "\n"
    }

    /// The publication as one page of HTML 5, without scripts or anything to load.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(HTML.escaped(head[1].value))</title>
        <style>\(HTML.style)</style>
        </head>
        <body>
        <a class="skip" href="#statements">To the statements</a>
        <header>
        <h1>\(HTML.escaped(head[1].value))</h1>
        <dl>\(head.filter { $0.key != "title" }.map { HTML.definition($0.title, $0.value) }.joined())</dl>
        <p class="notice">\(HTML.escaped(Self.notice))</p>
        </header>
        <nav aria-label="Contents"><ul>\(tables.map(HTML.contents).joined())</ul></nav>
        <main>
        \(tables.map(HTML.section).joined(separator: "\n"))
        </main>
        </body>
        </html>

        """
    }
}

extension PublishedTable {
    fileprivate var json: JSONValue { .array(rows.map(json)) }

    fileprivate func json(of row: [Cell]) -> JSONValue {
        .object(zip(columns, row).map { JSONValue.Member($0.key, $1.json) })
    }

    /// Whether its rows are called by their ids on decisions and cards, and so are places to link to.
    fileprivate var isAnchored: Bool { ["statements", "rules", "therapyRules", "cards"].contains(id) }

    fileprivate var textLines: [String] {
        let heading = ["", title.uppercased()] + (introduction.isEmpty ? [] : [introduction])
        return heading
            + rows.map { row in
                let cells = zip(columns, row).dropFirst().filter { !$1.line.isEmpty }
                let rest = cells.map { columns.count == 2 ? $1.line : "\($0.title): \($1.line)" }
                return "  \(row.first?.line ?? "")  \(rest.joined(separator: "; "))"
            }
    }
}

extension PublishedTable.Cell {
    fileprivate var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .list(let items): .array(items.map(JSONValue.string))
        }
    }
}

/// The pieces of the page.
private enum HTML {
    static func section(_ table: PublishedTable) -> String {
        let introduction = table.introduction.isEmpty ? "" : "<p>\(escaped(table.introduction))</p>\n"
        let headings = table.columns.map { "<th scope=\"col\">\(escaped($0.title))</th>" }.joined()
        return """
            <section id="\(table.id)" aria-labelledby="\(table.id)-title">
            <h2 id="\(table.id)-title">\(escaped(table.title))</h2>
            \(introduction)<div class="table" tabindex="0" role="region" aria-labelledby="\(table.id)-title"><table>
            <thead><tr>\(headings)</tr></thead>
            <tbody>
            \(table.rows.map { row($0, of: table) }.joined(separator: "\n"))
            </tbody>
            </table></div>
            </section>
            """
    }

    /// A row; statements, rules and cards are anchors.
    private static func row(_ cells: [PublishedTable.Cell], of table: PublishedTable) -> String {
        let name = cells.first?.line ?? ""
        let anchor = table.isAnchored ? " id=\"\(escaped(name))\"" : ""
        let first = "<th scope=\"row\">\(escaped(name))</th>"
        let rest = cells.dropFirst().map { "<td>\(escaped($0.line))</td>" }.joined()
        return "<tr\(anchor)>\(first)\(rest)</tr>"
    }

    static func contents(_ table: PublishedTable) -> String {
        "<li><a href=\"#\(table.id)\">\(escaped(table.title))</a></li>"
    }

    static func definition(_ term: String, _ text: String) -> String {
        "<div><dt>\(escaped(term))</dt><dd>\(escaped(text))</dd></div>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    static let style = """
        :root{color-scheme:light dark}
        body{font:1rem/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
        .skip{position:absolute;left:-999rem}.skip:focus{left:1rem}
        .notice{border-left:.3rem solid #b35900;padding:.5rem 1rem}
        dl div{display:flex;gap:.5rem;flex-wrap:wrap}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
        nav ul{columns:14rem;padding-left:1.2rem}
        .table{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        th,td{border:1px solid #8884;padding:.3rem .5rem;text-align:left;vertical-align:top}
        th[scope=row]{white-space:nowrap;font-weight:600}
        tr:target{outline:.2rem solid #b35900}
        """
}
