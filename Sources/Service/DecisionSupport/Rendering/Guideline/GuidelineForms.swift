public import JSONTree

extension GuidelinePublication {
    /// The publication as one JSON object: a member for each table, an array of objects.
    public var json: JSONValue {
        var members = head.map { JSONValue.Member($0.key, .string($0.value)) }
        members.append(JSONValue.Member("notice", .string(Self.notice)))
        members += tables.map { JSONValue.Member($0.id, $0.json) }
        return .object(members)
    }

    /// One statement, rule, card, criterion, threshold, open question, source or part of the plan.
    ///
    /// - Parameter id: As decisions print it: `G19`, `A10-EARLY`, `A13-HINT(A10-EARLY)`, `D-OP2`, `K05`.
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
        <a class="skip" href="#main">To the content</a>
        <header>
        <h1>\(HTML.escaped(head[1].value))</h1>
        <dl>\(head.filter { $0.key != "title" }.map { HTML.definition($0.title, $0.value) }.joined())</dl>
        <p class="notice">\(HTML.escaped(Self.notice))</p>
        </header>
        <nav aria-label="Contents"><ul>\(tables.map(HTML.contents).joined(separator: "\n"))</ul></nav>
        <main id="main">
        \(tables.map(HTML.section).joined(separator: "\n"))
        </main>
        </body>
        </html>

        """
    }
}

extension PublishedTable {
    var json: JSONValue { .array(rows.map(json)) }

    fileprivate func json(of row: [Cell]) -> JSONValue {
        .object(zip(columns, row).map { JSONValue.Member($0.key, $1.json) })
    }

    var textLines: [String] {
        let heading = ["", title.uppercased()] + (introduction.isEmpty ? [] : [introduction])
        let carried = statements.isEmpty ? [] : ["Statements: \(statements.joined(separator: ", "))"]
        return heading + carried
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
        case .text(let text), .link(let text): .string(text)
        case .list(let items), .links(let items): .array(items.map(JSONValue.string))
        }
    }
}
