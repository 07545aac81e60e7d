/// A table of the guideline page: one source for its HTML, JSON and terminal forms.
struct PublishedTable: Sendable {
    /// What stands in a cell.
    enum Cell: Sendable, ExpressibleByStringLiteral {
        case text(String)
        case list([String])
        /// The id of a row of the page, to link to.
        case link(String)
        /// Ids of rows or tables of the page, to link to.
        case links([String])

        init(stringLiteral value: String) { self = .text(value) }

        /// The cell in one line.
        var line: String {
            switch self {
            case .text(let text), .link(let text): text
            case .list(let items), .links(let items): items.joined(separator: ", ")
            }
        }
    }

    /// Name in the JSON form and anchor in the HTML form.
    let id: String
    let title: String
    /// What the reader should know before the rows; empty when the rows speak for themselves.
    let introduction: String
    /// Name of each column in JSON and its heading.
    let columns: [(key: String, title: String)]
    let rows: [[Cell]]
    /// Whether its rows are called by their ids elsewhere, and so are places to link to.
    let isAnchored: Bool
    /// Guideline statements that the table as a whole carries out.
    let statements: [String]

    /// Puts a table together. The first column names the row.
    init(
        _ id: String, _ title: String, _ introduction: String = "", columns: [(key: String, title: String)],
        rows: [[Cell]], isAnchored: Bool = false, statements: [String] = []
    ) {
        self.id = id
        self.title = title
        self.introduction = introduction
        self.columns = columns
        self.rows = rows
        self.isAnchored = isAnchored
        self.statements = statements
    }

    /// A table of plain texts.
    init(
        _ id: String, _ title: String, _ introduction: String = "", columns: [(key: String, title: String)],
        texts: [[String]]
    ) {
        self.init(id, title, introduction, columns: columns, rows: texts.map { $0.map(Cell.text) })
    }
}
