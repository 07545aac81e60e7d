import ClinicalModel
import JSONTree

extension RecordBuilder {
    /// Reads the date of a document. Its sections are narrative and pointers to entries; neither is a fact.
    mutating func readComposition(_ resource: ResourceContext) -> Outcome {
        guard let time = date(elements[.date], "date", in: resource) else { return .notNeeded }
        recordTimes.append(time)
        return .used
    }
}
