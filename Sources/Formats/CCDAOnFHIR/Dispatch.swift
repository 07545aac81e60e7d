import CCDA

extension DocumentMapper {
    /// A template's mapping.
    typealias Handler = @Sendable (inout DocumentMapper, Statement, Surroundings) -> Outcome

    /// Finds the mapping of a statement: by element, template and mood, else by element, mood and section (sections 2 and 7.18).
    mutating func dispatch(_ statement: Statement, _ around: Surroundings) -> Outcome {
        for row in Self.handlers[statement.kind] ?? [] where row.moods.accept(statement.mood) {
            if statement.has(row.template) { return row.handler(&self, statement, around) }
        }
        if document.kind.reading != .full { return .asText("no C-CDA template") }
        return untemplated(statement, around)
    }

    /// Which moods a mapping takes.
    enum Moods: Sendable {
        case event, plan, goal, any

        func accept(_ mood: Statement.Mood) -> Bool {
            switch self {
            case .event: mood == .event
            case .plan: mood.isPlan
            case .goal: mood == .goal
            case .any: true
            }
        }
    }

    /// One row of the table of templates.
    struct Row: Sendable {
        let kind: Statement.Kind
        let template: Template
        let moods: Moods
        let handler: Handler
    }
}

extension DocumentMapper {
    /// The rows by element; within one element the first that fits counts, so wrappers stand behind what they wrap.
    static let handlers: [Statement.Kind: [Row]] = Dictionary(grouping: findings + activities, by: \.kind)
}
