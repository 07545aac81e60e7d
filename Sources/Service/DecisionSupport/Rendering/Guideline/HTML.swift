/// The pieces of the guideline page.
enum HTML {
    static func section(_ table: PublishedTable) -> String {
        let introduction = table.introduction.isEmpty ? "" : "<p>\(cited(table.introduction))</p>\n"
        let carried =
            table.statements.isEmpty ? "" : "<p>Statements: \(cell(.links(table.statements)))</p>\n"
        return """
            <section id="\(table.id)" aria-labelledby="\(table.id)-title">
            <h2 id="\(table.id)-title">\(escaped(table.title))</h2>
            \(introduction)\(carried)\(table.rows.isEmpty ? "" : rows(of: table))
            </section>
            """
    }

    private static func rows(of table: PublishedTable) -> String {
        let headings = table.columns.map { "<th scope=\"col\">\(escaped($0.title))</th>" }.joined()
        return """
            <div class="table" tabindex="0" role="region" aria-labelledby="\(table.id)-title"><table>
            <thead><tr>\(headings)</tr></thead>
            <tbody>
            \(table.rows.map { row($0, of: table) }.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    /// A row; those of an anchored table are places to link to.
    private static func row(_ cells: [PublishedTable.Cell], of table: PublishedTable) -> String {
        guard let name = cells.first else { return "" }
        let anchor = table.isAnchored ? " id=\"\(escaped(name.line))\"" : ""
        let changed = cells.contains(where: isMark) ? " class=\"changed\"" : ""
        let rest = cells.dropFirst().map { "<td>\(cell($0))</td>" }.joined()
        return "<tr\(anchor)\(changed)><th scope=\"row\">\(cell(name))</th>\(rest)</tr>"
    }

    private static func isMark(_ cell: PublishedTable.Cell) -> Bool {
        [KnowledgeTables.changed, KnowledgeTables.suppressed].contains(cell.line)
    }

    private static func cell(_ cell: PublishedTable.Cell) -> String {
        switch cell {
        case .text(let text): cited(text)
        case .list(let items): items.map(escaped).joined(separator: ", ")
        case .link(let id): link(to: id, id)
        case .links(let ids): ids.map { link(to: $0, $0) }.joined(separator: ", ")
        }
    }

    private static func link(to id: String, _ text: String) -> String {
        "<a href=\"#\(escaped(id))\">\(escaped(text))</a>"
    }

    static func contents(_ table: PublishedTable) -> String { "<li>\(link(to: table.id, table.title))</li>" }

    static func definition(_ term: String, _ text: String) -> String {
        "<div><dt>\(escaped(term))</dt><dd>\(escaped(text))</dd></div>"
    }

    /// The text with its marks of public sources as links: `[S03]`.
    private static func cited(_ text: String) -> String {
        escaped(text).replacing(/\[(S\d\d)\]/) { match in "[\(link(to: String(match.1), String(match.1)))]" }
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    static let style = """
        :root{color-scheme:light dark}
        body{font:1rem/1.5 system-ui,sans-serif;max-width:84rem;margin:2rem auto;padding:0 1rem}
        .skip{position:absolute;left:-999rem}.skip:focus{left:1rem}
        .notice{border-left:.3rem solid #b35900;padding:.5rem 1rem}
        dl div{display:flex;gap:.5rem;flex-wrap:wrap}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
        nav ul{columns:18rem;padding-left:1.2rem}
        .table{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        th,td{border:1px solid #8884;padding:.3rem .5rem;text-align:left;vertical-align:top}
        th[scope=row]{white-space:nowrap;font-weight:600}
        tr.changed{background:#b3590022}
        tr:target{outline:.2rem solid #b35900}
        """
}
