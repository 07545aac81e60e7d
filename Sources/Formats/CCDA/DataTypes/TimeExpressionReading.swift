public import XMLTree

extension TimeExpression {
    /// Reads an element; doubts are noted and leave the part unknown.
    ///
    /// What it is follows from what it holds, `period`, `event`, `comp`, `low` and `high`, not from `xsi:type`, which many
    /// documents leave out.
    public init(_ element: XMLElement, in context: DocumentContext) {
        self.element = element
        if element["value"] != nil {
            point = context.time(of: element).time
            nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0) }
        } else {
            nullFlavor = context.nullFlavor(of: element)
        }
        guard element.hasElements else { return }
        readInterval(in: context)
        readFrequency(in: context)
        for component in element.elements("comp") { take(TimeExpression(component, in: context)) }
        if isReversed {
            context.note(
                .ccdaInterval, at: element, expected: "an interval that begins before it ends",
                found: "the end before the start; neither is used")
        }
    }

    private mutating func readInterval(in context: DocumentContext) {
        low = context.time(of: element.first("low"))
        high = context.time(of: element.first("high"))
        let center = context.time(of: element.first("center")).time
        if let width = element.first("width") { readWidth(width, center, in: context) }
        if low.time != nil || high.time != nil {
            if point != nil {
                context.note(
                    .ccdaTime, at: element, expected: "a point or an interval", found: "both; the interval counts")
            }
            point = nil
        } else {
            point = point ?? center
        }
    }

    /// Start or end by the other one and the width.
    private mutating func readWidth(_ width: XMLElement, _ center: Timestamp?, in context: DocumentContext) {
        guard low.time == nil || high.time == nil, let text = width["value"] else { return }
        let minutes = DecimalText(text.trimmingBlanks()).flatMap { number in
            Self.minutes(of: width["unit"]).flatMap { number.times($0) }
        }
        if let minutes, minutes >= 0, let start = low.time, let end = start.adding(minutes: minutes) {
            high = .time(end)
        } else if let minutes, minutes >= 0, let end = high.time, let start = end.adding(minutes: -minutes) {
            low = .time(start)
        } else {
            context.note(
                .ccdaTime, at: width, expected: "a width in min, h, d or wk beside a start or end of that precision",
                found: center == nil ? "another width; it is not used" : "a width around a center; it is not used")
        }
    }

    private static func minutes(of unit: String?) -> Int? {
        switch unit?.trimmingBlanks() {
        case "min": 1
        case "h": 60
        case "d": 1440
        case "wk": 10_080
        default: nil
        }
    }

    private mutating func readFrequency(in context: DocumentContext) {
        if let period = element.first("period") { readPeriod(period, in: context) }
        if let event = element.first("event"), let code = event["code"]?.trimmingBlanks().nonEmpty {
            frequencies.append(.event(code: code, offsetMinutes: offsetMinutes(in: context)))
        }
        for name in ["phase", "alignment"] {
            guard element.first("period") != nil, let part = element.first(name) ?? attributeHolder(name) else {
                continue
            }
            context.note(.ccdaTime, at: part, expected: "a period alone", found: "\(name), which is not used")
        }
    }

    private func attributeHolder(_ name: String) -> XMLElement? { element[name] == nil ? nil : element }

    private mutating func readPeriod(_ period: XMLElement, in context: DocumentContext) {
        guard context.nullFlavor(of: period) == nil else { return }
        func number(_ part: XMLElement?) -> (value: String, unit: String?)? {
            guard let part, part["nullFlavor"] == nil, let text = part["value"],
                let number = DecimalText(text.trimmingBlanks()), !number.isZero, !number.json.hasPrefix("-")
            else { return nil }
            return (number.json, part["unit"]?.trimmingBlanks().nonEmpty)
        }
        let (least, most) = (number(period.first("low")), number(period.first("high")))
        guard let (value, unit) = number(period) ?? least ?? most, let unit,
            most == nil || least == nil || most?.unit == unit
        else {
            if period["value"] != nil || period.hasElements {
                context.note(
                    .ccdaTime, at: period, expected: "a period above zero with a unit", found: "another; it is not used"
                )
            }
            return
        }
        frequencies.append(
            .periodic(
                period: value, periodMax: least == nil ? nil : most?.value, unit: unit,
                institutionSpecified: element["institutionSpecified"] == "true"))
    }

    /// `offset`, or the start of it, in minutes.
    private func offsetMinutes(in context: DocumentContext) -> Int? {
        guard let offset = element.first("offset"), let part = offset["value"] == nil ? offset.first("low") : offset,
            let text = part["value"]
        else { return nil }
        let minutes = DecimalText(text.trimmingBlanks()).flatMap { number in
            Self.minutes(of: part["unit"]).flatMap { number.times($0) }
        }
        if minutes == nil {
            context.note(.ccdaTime, at: part, expected: "an offset of whole minutes", found: "another; it is not used")
        }
        return minutes
    }

    /// Takes over a component of an SXPR_TS.
    private mutating func take(_ part: TimeExpression) {
        point = point ?? part.point
        if !low.isPresent { low = part.low }
        if !high.isPresent { high = part.high }
        if low.time != nil || high.time != nil { point = nil }
        frequencies += part.frequencies
    }
}

extension Timestamp {
    /// This time some minutes later, or earlier; nil when it is too coarse for them, or the year leaves 1800 to 2200.
    func adding(minutes: Int) -> Timestamp? {
        guard precision >= .day, hasFHIRTime && precision >= .minute || minutes % 1440 == 0 else { return nil }
        let fields = fhir.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }.compactMap {
            Int(String(Substring($0)))
        }
        let ofDay = hasFHIRTime ? fields[3] * 60 + fields[4] : 0
        guard -1_000_000_000...1_000_000_000 ~= minutes else { return nil }
        let total = (CivilDate.number(year: year, month: month, day: day)) * 1440 + ofDay + minutes
        let dayNumber = (total - (total % 1440 + 1440) % 1440) / 1440
        let minute = total - dayNumber * 1440
        let date = CivilDate.date(dayNumber)
        guard 1800...2200 ~= date.year else { return nil }
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        var text = "\(date.year)-\(two(date.month))-\(two(date.day))"
        // Seconds and offset stay.
        if hasFHIRTime {
            text +=
                "T\(two(minute / 60)):\(two(minute % 60))"
                + fhir.utf8.dropFirst(16).reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
        }
        return Timestamp(
            literal: literal, year: date.year, month: date.month, day: date.day, precision: precision, fhir: text)
    }
}
