import CCDA
import JSONTree

extension TimeExpression {
    /// Period; nil when neither end is known, or the ends contradict each other.
    var period: JSONValue? {
        let (start, end) = periodEnds
        guard start != nil || end != nil else { return nil }
        return .object([("start", start.map { .string($0) }), ("end", end.map { .string($0) })])
    }

    /// Both ends in FHIR's form. On one day they are only written to the day where their clock times cannot be compared, or
    /// say that the end comes first: FHIR wants a start that is not behind the end.
    private var periodEnds: (String?, String?) {
        guard let start, let end else { return (start?.fhir, end?.fhir) }
        guard start.fhirDate == end.fhirDate, start.hasFHIRTime || end.hasFHIRTime else {
            return (start.fhir, end.fhir)
        }
        let (from, to) = (start.fhir.utf8, end.fhir.utf8)
        // Same offset, so the texts compare as the times do, up to a fraction.
        let isInOrder =
            start.hasFHIRTime && end.hasFHIRTime && from.dropFirst(19).elementsEqual(to.dropFirst(19))
            && !to.prefix(19).lexicographicallyPrecedes(from.prefix(19))
        return isInOrder ? (start.fhir, end.fhir) : (start.fhirDate, end.fhirDate)
    }
}
