import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// In what an Observation differs by template.
struct ObservationShape {
    /// Tells Observations made from one statement apart.
    var role = ""
    /// Observation.category
    var category: [JSONValue] = []
    /// The code to write instead of one that asks nothing; nil to keep the statement's.
    var code: JSONValue?
    /// The value is the finding also where there is no code at all.
    var isFinding = false
    /// A denied measurement was not made; a denied finding is not there.
    var isMeasurement = false
    /// One point in time, the start of a range.
    var isMoment = false
}

extension DocumentMapper {
    /// Makes an Observation of a statement that has a value, or says why it has none.
    mutating func observation(
        _ statement: Statement, _ around: Surroundings, _ shape: ObservationShape
    ) -> Outcome {
        switch content(of: statement, shape) {
        case .outcome(let outcome): return outcome
        case .content(let content):
            let made = observation(statement, around, shape, content)
            link(made, in: around)
            return .mapped(made)
        }
    }

    /// Makes an Observation of code and value.
    mutating func observation(
        _ statement: Statement, _ around: Surroundings, _ shape: ObservationShape, _ content: ObservationContent
    ) -> String {
        let hasValue = content.hasValue
        let head: Members = [
            ("identifier", identifiers(of: statement)),
            ("status", .string(observationStatus(statement, hasValue: hasValue))),
            ("category", shape.category.nonEmptyArray), ("code", content.code), ("subject", subject),
            ("encounter", encounter(around)),
        ]
        let tail: Members = [
            ("performer", observers(of: statement, around).nonEmptyArray),
            (content.value.map { "value" + $0.type } ?? "", content.value?.value),
            (
                "dataAbsentReason",
                hasValue ? nil : content.absent.map { .concept(Self.absentReasons, $0) }
            ),
            ("interpretation", interpretations(statement.allCoded("interpretationCode")).nonEmptyArray),
            ("note", notes(of: statement, with: instructions(of: statement) + remarks(statement))),
            ("bodySite", bodySite(of: statement)), ("method", statement.coded("methodCode").flatMap { concept($0) }),
            ("specimen", specimen(of: statement, around)), ("referenceRange", referenceRanges(statement).nonEmptyArray),
            ("derivedFrom", files(of: statement, content.code).nonEmptyArray),
            ("component", content.components.nonEmptyArray),
        ]
        let time = effective(of: statement, around, isMoment: shape.isMoment)
        if shape.isMeasurement { noteConflict(statement, content, time) }
        return sink.add(
            "Observation", from: statement.element, role: shape.role, key: key(of: statement, statement.code),
            head + time + tail)
    }

    /// Says where a test has two values at one time, or under one id; both are kept.
    private mutating func noteConflict(_ statement: Statement, _ content: ObservationContent, _ time: Members) {
        guard let value = content.value?.value, let coding = statement.code?.codings.first else { return }
        let code = "\(coding.system ?? "")^\(coding.code)"
        let keys = statement.ids.compactMap(\.key) + time.compactMap { $0.1?.plainText }
        for key in keys.map({ code + "|" + $0 }) {
            if let known = activityState.results[key], known != value {
                context.note(
                    .ccdaContradiction, at: statement.element, expected: "one value of a test at one time",
                    found: "another one than before; both are kept")
            }
            activityState.results[key] = value
        }
    }

    /// Files that are the value of an observation, which cannot hold them.
    private mutating func files(of statement: Statement, _ code: JSONValue) -> [JSONValue] {
        guard statement.negation == .no, statement.nullFlavor == nil else { return [] }
        return statement.values.compactMap { value in
            guard case .attachment(let element) = value,
                let file = EncapsulatedData(element).attachment(in: context)
            else { return nil }
            return reference(
                sink.add(
                    "DocumentReference", from: element, key: key(of: statement, statement.code),
                    [
                        ("status", statement.isNullified ? "entered-in-error" : "current"), ("type", code),
                        ("subject", subject), ("content", [["attachment": file]]),
                    ]))
        }
    }

    static let absentReasons = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

    /// How a score was made.
    private func remarks(_ statement: Statement) -> [String] {
        [context.text(of: statement.element.first("derivationExpr"))].compactMap(\.self)
    }

    /// Who measured; without a performer who wrote it down.
    private mutating func observers(of statement: Statement, _ around: Surroundings) -> [JSONValue] {
        let types: Set = ["Practitioner", "PractitionerRole", "Organization", "Patient", "RelatedPerson"]
        let performers = performers(of: statement, types: types)
        guard performers.isEmpty else { return performers }
        guard let author = ownAuthor(of: statement, around), let reference = author.reference else { return [] }
        return author.type.map(types.contains) ?? true ? [reference] : []
    }

    // MARK: Status

    /// Observation.status (section 7.7). What is under way is preliminary once it has a value.
    func observationStatus(_ statement: Statement, hasValue: Bool) -> String {
        switch statement.status {
        case .completed: return "final"
        case .active: return hasValue ? "preliminary" : "registered"
        case .held, .suspended, .new: return "registered"
        case .aborted, .cancelled: return "cancelled"
        case .nullified: return "entered-in-error"
        case .normal, .obsolete, nil:
            context.note(
                .ccdaStatus, at: statement.element, expected: "completed, active or cancelled",
                found: statement.element.first("statusCode") == nil ? "no statusCode" : "another status")
            return "unknown"
        }
    }

    // MARK: When

    /// `effectiveDateTime` or `effectivePeriod`; of a statement without a time the one around it, marked as such.
    mutating func effective(of statement: Statement, _ around: Surroundings, isMoment: Bool = false) -> Members {
        if let time = statement.effectiveTime, !time.isEmpty { return effective(time, isMoment: isMoment) }
        for outer in around.around.reversed() {
            guard outer.kind == .organizer || outer.kind == .observation else { break }
            guard let time = shared(by: outer).time, !time.isEmpty else { continue }
            return inherited(effective(time, isMoment: isMoment))
        }
        return []
    }

    /// What a statement shares with those inside it, looked up once however many they are.
    mutating func shared(by outer: Statement) -> ActivityState.Shared {
        if let known = activityState.shared[outer.element.index] { return known }
        let parts = ActivityState.Shared(
            time: outer.effectiveTime, isCoverage: outer.has(.plannedCoverage),
            specimen: outer.element.first("specimen")?.first("specimenRole"))
        activityState.shared[outer.element.index] = parts
        return parts
    }

    private func effective(_ time: TimeExpression, isMoment: Bool) -> Members {
        if isMoment, let start = time.start { return [("effectiveDateTime", .string(start.fhir))] }
        return time.members("effective")
    }

    /// Marks a time as that of the statement around.
    private func inherited(_ members: Members) -> Members {
        let mark: JSONValue = [["url": .string(Self.inheritedTime), "valueBoolean": true]]
        return members.flatMap { name, value -> Members in
            guard case .object(let parts)? = value else { return [(name, value), ("_" + name, ["extension": mark])] }
            return [(name, .object([JSONValue.Member("extension", mark)] + parts))]
        }
    }

    /// Extension of a time that the statement itself does not state.
    private static let inheritedTime = "https://spinehook.example/fhir/StructureDefinition/inherited-time"

    // MARK: Interpretation and ranges

    /// `interpretation`
    func interpretations(_ codes: [CodedValue]) -> [JSONValue] { codes.compactMap { concept($0) } }

    /// What is normal. Ranges of other interpretations are left out.
    private func referenceRanges(_ statement: Statement) -> [JSONValue] {
        statement.element.elements("referenceRange").compactMap { $0.first("observationRange") }.compactMap { range in
            let meaning = range.first("interpretationCode").map { CodedValue($0, in: context) }
            guard meaning?.codings.isEmpty ?? true || meaning?.codings.contains(where: { $0.code == "N" }) == true
            else {
                return nil
            }
            return referenceRange(range)
        }
    }

    private func referenceRange(_ range: XMLElement) -> JSONValue? {
        var (low, high): (JSONValue?, JSONValue?)
        var text = context.text(of: range.first("text"))
        switch range.first("value").map({ ObservationValue($0, in: context) }) {
        case .range(let interval)?: (low, high) = (interval.low?.bound, interval.high?.bound)
        case .quantity(let quantity)? where quantity.comparator?.hasPrefix(">") == true: low = quantity.bound
        case .quantity(let quantity)? where quantity.comparator?.hasPrefix("<") == true: high = quantity.bound
        case .text(let words, _)?: text = text ?? words
        case .coded(let code)?: text = text ?? code.text
        default: break
        }
        guard low != nil || high != nil || text != nil else { return nil }
        return .object([("low", low), ("high", high), ("text", text.map { .string($0) })])
    }

    // MARK: Specimen

    /// The specimen of a statement or of the organizer around it, made once.
    mutating func specimen(of statement: Statement, _ around: Surroundings) -> JSONValue? {
        let outer = around.around.last.flatMap { $0.kind == .organizer ? $0 : nil }
        guard
            let role = statement.element.first("specimen")?.first("specimenRole")
                ?? outer.flatMap({ shared(by: $0).specimen })
        else { return nil }
        let ids = role.elements("id").map { InstanceIdentifier($0) }
        let type = role.first("specimenPlayingEntity")?.first("code").map { CodedValue($0, in: context) }
        guard let concept = concept(type) else { return nil }
        let signature = (ids.compactMap(\.key) + ["\(role.index)"])[0]
        if let known = activityState.specimens[signature] { return reference(known) }
        let made = sink.add(
            "Specimen", from: role, key: ids.compactMap(\.key) + [type?.codings.first?.code ?? ""],
            [("identifier", ids.compactMap(\.json).nonEmptyArray), ("type", concept), ("subject", subject)])
        activityState.specimens[signature] = made
        return reference(made)
    }
}

extension PhysicalQuantity {
    /// As the end of a range, which has no comparator.
    fileprivate var bound: JSONValue {
        var plain = self
        plain.comparator = nil
        return plain.json
    }
}
