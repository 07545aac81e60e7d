public import XMLTree

/// A clinical statement: one of the nine elements that the loss report counts. A view on the tree; nothing is copied.
public struct Statement {
    /// The element's name.
    public enum Kind: String, Sendable, CaseIterable {
        case act, encounter, observation, observationMedia, organizer, procedure, regionOfInterest
        case substanceAdministration, supply
    }

    /// The element itself.
    public let element: XMLElement
    /// Which of the nine.
    public let kind: Kind
    /// The document around it.
    public let context: DocumentContext

    /// Nil when the element is none of the nine, or not of CDA's namespace.
    public init?(_ element: XMLElement, in context: DocumentContext) {
        guard element.isInRootNamespace, let kind = Kind(rawValue: element.name) else { return nil }
        self.element = element
        self.kind = kind
        self.context = context
    }

    /// Where it stands.
    public var path: String { element.path }
    /// Whether any of its templateIds has that root.
    public func has(_ template: Template) -> Bool {
        element.elements("templateId").contains { $0.hasAttribute("root", equalTo: template.rawValue) }
    }
    /// Whether it has any of those templates.
    public func hasAny(_ templates: Template...) -> Bool { templates.contains { has($0) } }
    /// Roots of its templateIds, in order.
    public var templates: [Template] {
        element.elements("templateId").compactMap { $0["root"].map { Template(rawValue: $0) } }
    }
    /// Its identifiers, in order.
    public var ids: [InstanceIdentifier] { element.elements("id").map { InstanceIdentifier($0) } }
    /// `code`; nil when there is no such element.
    public var code: CodedValue? { coded("code") }
    /// A coded child; nil when there is none.
    public func coded(_ name: String) -> CodedValue? { element.first(name).map { CodedValue($0, in: context) } }
    /// All coded children of that name.
    public func allCoded(_ name: String) -> [CodedValue] { element.elements(name).map { CodedValue($0, in: context) } }
    /// `effectiveTime` elements, in order; more than one only in substanceAdministration.
    public var effectiveTimes: [TimeExpression] {
        element.elements("effectiveTime").map { TimeExpression($0, in: context) }
    }
    /// The first `effectiveTime`.
    public var effectiveTime: TimeExpression? {
        element.first("effectiveTime").map { TimeExpression($0, in: context) }
    }
    /// `value` elements of an observation.
    public var values: [ObservationValue] { element.elements("value").map { ObservationValue($0, in: context) } }
    /// `text`, joined with what it refers to.
    public var text: String? { context.joinedText(of: element.first("text")) }

    /// Statements directly related to it by entryRelationship or component, in order, with the relation's type.
    public var related: [Related] {
        element.elements.flatMap { link -> [Related] in
            guard link.isInRootNamespace, link.name == "entryRelationship" || link.name == "component" else {
                return []
            }
            return link.elements.compactMap { Statement($0, in: context) }.map { Related(link: link, statement: $0) }
        }
    }
    /// The first related statement with that template.
    public func related(_ template: Template) -> Statement? {
        related.first { $0.statement.has(template) }?.statement
    }
    /// All related statements with that template.
    public func allRelated(_ template: Template) -> [Statement] {
        related.filter { $0.statement.has(template) }.map(\.statement)
    }

    /// A statement below another, and how it is related.
    public struct Related {
        /// `entryRelationship` or `component`.
        public let link: XMLElement
        /// The statement in it.
        public let statement: Statement
        /// `typeCode`, for example `SUBJ` or `RSON`; nil when not given.
        public var typeCode: String? { link["typeCode"] }
        /// `inversionInd`
        public var isInverted: Bool { link.hasAttribute("inversionInd", equalTo: "true") }
    }

    /// The statements below it that have no statement between them and it, wherever they stand.
    public var inner: [Statement] { Statement.topmost(below: element, in: context) }

    /// The topmost statements below an element, in document order.
    public static func topmost(below element: XMLElement, in context: DocumentContext) -> [Statement] {
        var found: [Statement] = []
        // Depth is limited by the tree.
        func visit(_ element: XMLElement) {
            for child in element.elements {
                if let statement = Statement(child, in: context) { found.append(statement) } else { visit(child) }
            }
        }
        visit(element)
        return found
    }
}
