import ClinicalModel

extension CodeUse.Qualifier {
    /// A code of a treatment now going on: it counts while recently recorded.
    static let currentUse: CodeUse.Qualifier = "current-use"
    /// A hint that becomes a finding after spine surgery within a year (ruling R39).
    static let withSpineSurgery: CodeUse.Qualifier = "with-spine-surgery"
}

extension Concept {
    /// For an ICD-10-CM code whose last character is the side (1 right, 2 left), the code of the other side.
    var oppositeSide: String? {
        switch code.code.last {
        case "1": String(code.code.dropLast()) + "2"
        case "2": String(code.code.dropLast()) + "1"
        default: nil
        }
    }
}
