public import XMLTree

extension ObservationValue {
    /// Reads a `value` element; doubts are noted.
    public init(_ element: XMLElement, in context: DocumentContext) {
        let reader = ObservationValueReader(element: element, context: context)
        guard let type = element.attribute("type", in: .xsi)?.trimmingBlanks().nonEmpty else {
            self = reader.byShape()
            return
        }
        // The part behind the prefix: `cda:CD`.
        self = reader.read(as: type.split(separator: ":").last.map(String.init) ?? type)
    }
}

/// Reads one `value` by type or shape.
private struct ObservationValueReader {
    let element: XMLElement
    let context: DocumentContext

    private var nullFlavor: NullFlavor? { context.nullFlavor(of: element) }
    /// No value: why, or that nothing is said.
    private var null: ObservationValue { .null(nullFlavor ?? .noInformation) }

    func read(as type: String) -> ObservationValue {
        switch type {
        case "CD", "CE", "CV", "CS", "CO", "PQR": coded()
        case "PQ": quantity(needsUnit: true)
        case "REAL": quantity(needsUnit: false)
        case "INT": integer()
        case "IVL_PQ", "IVL_REAL", "IVL_INT": interval(needsUnit: type == "IVL_PQ")
        case "RTO", "RTO_PQ_PQ", "RTO_QTY_QTY": ratio()
        case "BL", "BN": boolean()
        case "TS": time()
        case "IVL_TS": period()
        case "ST": text()
        case "ED", "SC", "EN", "ON", "PN", "TN", "AD": textOrAttachment()
        case "II": identifier()
        case "TEL", "URL": attributeText()
        default: unread(type)
        }
    }

    /// The type that follows from attributes and children.
    func byShape() -> ObservationValue {
        let names = Set(element.elements.map(\.name))
        let type =
            if element["code"] != nil || !names.isDisjoint(with: ["originalText", "translation", "qualifier"]) {
                "CD"
            } else if element["unit"] != nil {
                "PQ"
            } else if !names.isDisjoint(with: ["low", "high", "center"]) {
                element.elements.contains { $0["unit"] != nil } ? "IVL_PQ" : "IVL_TS"
            } else if !names.isDisjoint(with: ["numerator", "denominator"]) {
                "RTO"
            } else {
                "ST"
            }
        // A bare null needs no type.
        if element["nullFlavor"] == nil || element.hasElements {
            context.note(
                .ccdaValueType, at: element, expected: "xsi:type", found: "none; its shape is that of \(type)")
        }
        return read(as: type)
    }

    private func coded() -> ObservationValue {
        let value = CodedValue(element, in: context)
        guard value.root == nil, value.ordinal != nil else { return value.isEmpty ? null : .coded(value) }
        return quantity(needsUnit: false)
    }

    private func quantity(needsUnit: Bool) -> ObservationValue {
        if let quantity = PhysicalQuantity(element, needsUnit: needsUnit, in: context) { return .quantity(quantity) }
        return writtenText()
    }

    /// A value that its type cannot hold, kept as text: `120/80 mm[Hg]`.
    private func writtenText() -> ObservationValue {
        if nullFlavor == nil, let value = element["value"]?.trimmingBlanks().nonEmpty {
            let unit = element["unit"]?.trimmingBlanks().nonEmpty
            return .text(value + (unit.map { " " + $0 } ?? ""), quantity: nil)
        }
        if let text = context.text(of: element.first("originalText")) ?? element.ownText.collapsingBlanks().nonEmpty {
            return .text(text, quantity: QuantityText.parse(text))
        }
        return null
    }

    private func integer() -> ObservationValue {
        guard nullFlavor == nil, let value = element["value"]?.trimmingBlanks() else { return writtenText() }
        // FHIR's integer has 32 bits.
        if let number = Int32(value) { return .integer(String(number)) }
        return quantity(needsUnit: false)
    }

    private func interval(needsUnit: Bool) -> ObservationValue {
        if element["value"] != nil { return quantity(needsUnit: needsUnit) }
        func end(_ name: String) -> PhysicalQuantity? {
            element.first(name).flatMap { PhysicalQuantity($0, needsUnit: needsUnit, in: context) }
        }
        let interval = QuantityInterval(low: end("low"), high: end("high"))
        func isOpen(_ name: String) -> Bool {
            element.first(name)?.hasAttribute("inclusive", equalTo: "false") ?? false
        }
        switch (interval.low, interval.high) {
        case (nil, nil):
            return end("center").map { .quantity($0) } ?? writtenText()
        case (let low?, nil): return .quantity(low.with(isOpen("low") ? ">" : ">="))
        case (nil, let high?): return .quantity(high.with(isOpen("high") ? "<" : "<="))
        case (let low?, let high?):
            if DecimalText(low.value)?.isZero == true, low.comparator == nil {
                return .quantity(high.with(isOpen("high") ? "<" : "<="))
            }
            guard !interval.isReversed else { return reversed(low, high) }
            return .range(interval)
        }
    }

    private func reversed(_ low: PhysicalQuantity, _ high: PhysicalQuantity) -> ObservationValue {
        context.note(
            .ccdaInterval, at: element, expected: "a range that begins below its end",
            found: "the end below the start; it is kept as text")
        return .text("\(low.value) to \(high.value)" + (high.unit.map { " " + $0 } ?? ""), quantity: nil)
    }

    private func ratio() -> ObservationValue {
        func part(_ name: String) -> PhysicalQuantity? {
            element.first(name).flatMap { PhysicalQuantity($0, needsUnit: false, in: context) }
        }
        if let numerator = part("numerator"), let denominator = part("denominator") {
            return .ratio(numerator, denominator)
        }
        if nullFlavor == nil {
            context.note(
                .ccdaQuantity, at: element, expected: "numerator and denominator", found: "one of them without a number"
            )
        }
        return null
    }

    private func boolean() -> ObservationValue {
        if let flavor = nullFlavor { return .null(flavor) }
        switch element["value"]?.trimmingBlanks() {
        case "true", "1": return .boolean(true)
        case "false", "0": return .boolean(false)
        default:
            context.note(.ccdaValueType, at: element, expected: "true or false", found: "another value; it is not used")
            return null
        }
    }

    private func time() -> ObservationValue {
        if let time = context.time(of: element).time { return .time(time) }
        return element.hasElements ? period() : writtenText()
    }

    private func period() -> ObservationValue {
        let expression = TimeExpression(element, in: context)
        if expression.point != nil || expression.low.time != nil || expression.high.time != nil {
            return .period(expression)
        }
        return writtenText()
    }

    private func text() -> ObservationValue {
        guard let text = context.text(of: element) ?? element["value"]?.trimmingBlanks().nonEmpty else { return null }
        if nullFlavor != nil {
            context.note(
                .ccdaNullFlavor, at: element, expected: "a text or a nullFlavor", found: "both; the text counts")
        }
        return .text(text, quantity: QuantityText.parse(text))
    }

    private func textOrAttachment() -> ObservationValue {
        let data = EncapsulatedData(element)
        return data.isAttachment ? .attachment(element) : text()
    }

    private func identifier() -> ObservationValue {
        let id = InstanceIdentifier(element)
        guard id.nullFlavor == nil, id.root ?? id.extensionText != nil else { return null }
        return .text([id.root, id.extensionText].compactMap(\.self).joined(separator: "^"), quantity: nil)
    }

    private func attributeText() -> ObservationValue {
        guard nullFlavor == nil, let value = element["value"]?.trimmingBlanks().nonEmpty else { return null }
        return .text(value, quantity: nil)
    }

    private func unread(_ type: String) -> ObservationValue {
        let isName =
            type.utf8.count <= 20
            && type.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || $0 == UInt8(ascii: "_") }
        context.note(
            .ccdaValueType, at: element, expected: "a type that observations have",
            found: isName ? "\(type), which is not read" : "another type, which is not read")
        return .unread(isName ? type : "another type")
    }
}

extension PhysicalQuantity {
    /// The same with a comparator, unless it has one of its own.
    fileprivate func with(_ comparator: String) -> PhysicalQuantity {
        var result = self
        result.comparator = self.comparator ?? comparator
        return result
    }
}
