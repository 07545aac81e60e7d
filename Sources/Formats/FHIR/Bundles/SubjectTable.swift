import ClinicalModel
import JSONTree

/// Whom the resources name as their subject, each way of naming once.
struct SubjectTable {
    /// One way of naming a subject.
    struct Subject {
        enum Naming {
            /// By reference.
            case reference(ReferenceKey)
            /// By business identifier.
            case identifier(BusinessIdentifier)
            /// By a contained Patient: its index among the patients.
            case containedPatient(Int)
            /// Only by a name, or by a search.
            case unresolvable
            /// Not at all.
            case missing
        }
        let naming: Naming
        /// The reference as written; nil when there is none.
        let text: String?
    }

    private(set) var subjects: [Subject] = []
    private var byText: [String: Int] = [:]
    private var last: (bytes: [UInt8], base: Int32?, index: Int)?
    private var missing: Int?

    subscript(_ index: Int) -> Subject { subjects[index] }

    /// The subject that a reference text names.
    mutating func index(of text: JSONBytes, in base: Int32?, bases: inout BaseTable) -> Int {
        // Nearly all resources of a record name their subject in the same words.
        if let last, last.base == base, last.bytes.count == text.count, text.elementsEqual(last.bytes) {
            return last.index
        }
        let written = String(text)
        let name = "\(base ?? -1)|\(written)"
        let index: Int
        if let known = byText[name] {
            index = known
        } else {
            let key = bases.reference(text, in: base)
            let isResolvable = key.form == .urn || key.form == .restful
            index = add(Subject(naming: isResolvable ? .reference(key) : .unresolvable, text: written))
            byText[name] = index
        }
        last = (Array(text), base, index)
        return index
    }

    /// A subject that is not shared: contained, by identifier, by name only.
    mutating func add(_ subject: Subject) -> Int {
        subjects.append(subject)
        return subjects.count - 1
    }

    /// The subject of resources that name none.
    mutating func indexOfMissing() -> Int {
        if let missing { return missing }
        let index = add(Subject(naming: .missing, text: nil))
        missing = index
        return index
    }
}
