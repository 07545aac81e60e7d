import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// The dosage of a drug while it is mapped.
struct Dosage {
    var times: [TimeExpression]
    /// Free text sig.
    var sig: String?
    /// What the patient is told.
    var instructions: [String] = []

    init(_ statement: Statement) { times = statement.effectiveTimes }

    /// The time with a start or an end, else the first point; nil when there is neither.
    var course: TimeExpression? {
        times.first { $0.low.isPresent || $0.high.isPresent } ?? times.first { $0.point != nil }
    }
}

extension DocumentMapper {
    /// Reads the dosage of a statement; sig and instructions are consumed.
    mutating func dosage(of statement: Statement) -> Dosage {
        var dosage = Dosage(statement)
        for related in statement.related {
            let inner = related.statement
            guard !inner.isNullified, inner.negation == .no, !namesOther(inner) else { continue }
            if isSig(inner) {
                dosage.sig = dosage.sig ?? inner.text
                consume([inner])
            } else if inner.kind == .act,
                inner.has(.instruction) || Template.instructionsOf2007.contains(where: inner.has)
            {
                if let text = inner.text { dosage.instructions.append(text) }
                consume([inner])
            }
        }
        return dosage
    }

    private func isSig(_ statement: Statement) -> Bool {
        guard statement.kind == .substanceAdministration else { return false }
        return statement.has(.freeTextSig)
            || statement.element.first("code").map { $0.hasAttribute("code", equalTo: "76662-6") } ?? false
    }

    /// `dosageInstruction`: one element, or one for each period where several hold together; nil when nothing is known.
    func instructions(_ dosage: Dosage, of statement: Statement) -> JSONValue? {
        let timings = dosage.times.timings(in: context)
        let rest = amounts(of: statement)
        return (timings.isEmpty ? [nil] : timings.map { Optional($0) }).compactMap { timing in
            let members: [(String, JSONValue?)] =
                [
                    ("text", dosage.sig.map { .string($0) }),
                    (
                        "patientInstruction",
                        dosage.instructions.isEmpty ? nil : .string(dosage.instructions.joined(separator: "\n"))
                    ), ("timing", timing),
                ] + asNeeded(statement) + rest
            return .when(members.contains { $0.1 != nil }, .object(members))
        }.nonEmptyArray
    }

    /// Precondition for Substance Administration `.4.25`: as needed, and for what.
    private func asNeeded(_ statement: Statement) -> [(String, JSONValue?)] {
        let criteria = statement.element.elements("precondition").compactMap { $0.first("criterion") ?? $0 }
        guard let criterion = criteria.first else { return [] }
        let value = criterion.first("value").map { CodedValue($0, in: context) }
        let concept = value?.codeableConcept(text: context.joinedText(of: criterion.first("text")), in: context)
        guard let concept = concept ?? context.joinedText(of: criterion.first("text")).map({ .text($0) }) else {
            return [("asNeededBoolean", true)]
        }
        return [("asNeededCodeableConcept", concept)]
    }

    private func amounts(of statement: Statement) -> [(String, JSONValue?)] {
        [
            ("site", statement.coded("approachSiteCode")?.codeableConcept(in: context)),
            ("route", statement.coded("routeCode")?.codeableConcept(in: context)),
            ("doseAndRate", doseAndRate(of: statement).map { [.object($0)] }),
            ("maxDosePerPeriod", maximum(of: statement)),
        ]
    }

    /// Dose and rate; nil when neither is known.
    func doseAndRate(of statement: Statement) -> [(String, JSONValue?)]? {
        let unit = statement.coded("administrationUnitCode")?.text
        let dose = statement.element.first("doseQuantity").flatMap { amount($0, "dose", unit: unit) }
        let rate = statement.element.first("rateQuantity").flatMap { amount($0, "rate", unit: nil) }
        return dose == nil && rate == nil ? nil : [dose, rate].compactMap(\.self)
    }

    /// A quantity, or a range where `low` and `high` are given. A dose without a unit counts units of administration.
    private func amount(_ element: XMLElement, _ name: String, unit: String?) -> (String, JSONValue?)? {
        func named(_ quantity: PhysicalQuantity) -> JSONValue? {
            guard quantity.comparator == nil else { return nil }
            var quantity = quantity
            if quantity.unit == nil, let unit {
                quantity.unit = unit
                // As a count it has the unit 1, whose name for people may be any.
                quantity.ucum = nil
            }
            return quantity.json
        }
        if element["value"] != nil || element.first("low") == nil && element.first("high") == nil {
            return PhysicalQuantity(element, needsUnit: false, in: context).flatMap(named)
                .map { (name + "Quantity", $0) }
        }
        let range = QuantityInterval(element, in: context)
        let (low, high) = (range.low.flatMap(named), range.high.flatMap(named))
        return low == nil && high == nil ? .none : (name + "Range", .object([("low", low), ("high", high)]))
    }

    private func maximum(of statement: Statement) -> JSONValue? {
        guard let element = statement.element.first("maxDoseQuantity"), element["nullFlavor"] == nil,
            let top = element.first("numerator").flatMap({ PhysicalQuantity($0, needsUnit: false, in: context) }),
            let bottom = element.first("denominator").flatMap({ PhysicalQuantity($0, needsUnit: false, in: context) })
        else { return nil }
        return ["numerator": top.json, "denominator": bottom.json]
    }
}
