/// The attributes that are kept beside `class`, and the values that they may have.
enum XHTMLAttributes {
    /// By XHTML element, in the order in which they are written.
    static let table: [String: KeyValuePairs<String, @Sendable (String) -> Bool>] = [
        "table": [
            "summary": isShort, "width": isLength, "border": isNumber, "cellspacing": isLength, "cellpadding": isLength,
        ],
        "col": ["span": isNumber, "width": isLength, "align": isAlignment, "valign": isVerticalAlignment],
        "colgroup": ["span": isNumber, "width": isLength, "align": isAlignment, "valign": isVerticalAlignment],
        "thead": ["align": isAlignment, "valign": isVerticalAlignment],
        "tfoot": ["align": isAlignment, "valign": isVerticalAlignment],
        "tbody": ["align": isAlignment, "valign": isVerticalAlignment],
        "tr": ["align": isAlignment, "valign": isVerticalAlignment],
        "th": cell, "td": cell,
    ]

    private static let cell: KeyValuePairs<String, @Sendable (String) -> Bool> = [
        "abbr": isShort, "scope": { ["row", "col", "rowgroup", "colgroup"].contains($0) }, "rowspan": isNumber,
        "colspan": isNumber, "align": isAlignment, "valign": isVerticalAlignment,
    ]

    @Sendable private static func isShort(_ value: String) -> Bool { !value.isEmpty && value.utf8.count <= 200 }
    @Sendable private static func isNumber(_ value: String) -> Bool {
        1...4 ~= value.utf8.count && value.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
    /// Pixels or a share.
    @Sendable private static func isLength(_ value: String) -> Bool {
        isNumber(value.utf8.last == UInt8(ascii: "%") ? String(value.dropLast()) : value)
    }
    @Sendable private static func isAlignment(_ value: String) -> Bool {
        ["left", "center", "right", "justify"].contains(value)
    }
    @Sendable private static func isVerticalAlignment(_ value: String) -> Bool {
        ["top", "middle", "bottom", "baseline"].contains(value)
    }
}
