public import XMLTree

extension CodedValue {
    /// Reads an element; doubts are noted.
    public init(_ element: XMLElement, in context: DocumentContext) {
        self.element = element
        nullFlavor = context.nullFlavor(of: element)
        root = Coding(element, in: context)
        if root != nil, nullFlavor != nil {
            context.note(
                .ccdaCode, at: element, expected: "a code or a nullFlavor", found: "both; the code counts")
            nullFlavor = nil
        }
        // Most codes are only attributes.
        if element.hasElements { readChildren(in: context) }
        if root == nil {
            ordinal = nullFlavor == nil ? element["value"]?.trimmingBlanks().nonEmpty : nil
            readBareDisplay(in: context)
        }
    }

    private mutating func readChildren(in context: DocumentContext) {
        originalText = context.text(of: element.first("originalText"))
        var seen = Set(root.map { [Key($0)] } ?? [])
        collectTranslations(of: element, &seen, in: context)
        for qualifier in element.elements("qualifier") {
            qualifiers.append(
                Qualifier(
                    name: codings(of: qualifier.first("name"), in: context),
                    value: codings(of: qualifier.first("value"), in: context)))
        }
    }

    private func codings(of part: XMLElement?, in context: DocumentContext) -> [Coding] {
        part.map { CodedValue($0, in: context).codings } ?? []
    }

    /// Code and system, by which repeats are told.
    private struct Key: Hashable {
        let code: String
        let system: String?

        init(_ coding: Coding) {
            code = coding.code
            system = coding.system
        }
    }

    /// Collects translations, translations of translations included. Depth is limited by the tree.
    private mutating func collectTranslations(of part: XMLElement, _ seen: inout Set<Key>, in context: DocumentContext)
    {
        for translation in part.elements("translation") {
            if let coding = Coding(translation, in: context), seen.insert(Key(coding)).inserted {
                translations.append(coding)
            }
            if translation.hasElements {
                if originalText == nil { originalText = context.text(of: translation.first("originalText")) }
                collectTranslations(of: translation, &seen, in: context)
            }
        }
    }

    private mutating func readBareDisplay(in context: DocumentContext) {
        guard let display = element["displayName"]?.trimmingBlanks().nonEmpty else { return }
        context.note(
            .ccdaCode, at: element, expected: "a code beside displayName",
            found: nullFlavor == nil ? "none; displayName is kept as text" : "a nullFlavor; displayName is not used")
        if nullFlavor == nil { bareDisplay = display }
    }
}

extension CodedValue.Coding {
    /// The code of one element, without its translations; nil when it has none.
    init?(_ element: XMLElement, in context: DocumentContext) {
        guard let written = element["code"], let code = written.collapsingBlanks().nonEmpty else { return nil }
        self.init(
            code: code, systemName: element["codeSystemName"]?.trimmingBlanks().nonEmpty,
            display: element["displayName"]?.trimmingBlanks().nonEmpty)
        func doubt(_ expected: String, _ found: String) {
            context.note(.ccdaCode, at: element, expected: expected, found: found)
        }
        if code.utf8.count != written.utf8.count { doubt("a code without blanks around it", "blanks") }
        guard let name = element["codeSystem"]?.trimmingBlanks().nonEmpty else { return }
        let (system, problem) = CodeSystemName.resolve(name)
        self.system = system
        if let problem { doubt("codeSystem with the OID of a code system", problem) }
        guard let system else {
            systemName = systemName ?? name
            return
        }
        if !CodeShape.fits(code, system: system) {
            doubt("a code in the shape of its system (\(system))", "another shape")
        }
    }
}

extension String {
    /// Nil when there is nothing in it.
    var nonEmpty: String? { isEmpty ? nil : self }

    /// Trimmed, and with one blank in place of several.
    func collapsingBlanks() -> String {
        let trimmed = trimmingBlanks()
        guard trimmed.utf8.contains(where: { $0 <= 0x20 }) else { return trimmed }
        return trimmed.utf8.split(whereSeparator: { $0 <= 0x20 }).map { String(Substring($0)) }.joined(separator: " ")
    }
}
