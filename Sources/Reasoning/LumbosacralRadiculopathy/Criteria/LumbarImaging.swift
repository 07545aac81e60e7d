public import ClinicalModel

/// Whether an order is for imaging of the lumbar spine, and which test it is.
public enum LumbarImaging {
    /// What an order turns out to be.
    public enum Scope: Sendable, Hashable {
        /// A test of the fit table, on the lumbar spine or of the whole body for a complaint of the back or leg.
        case lumbar(Modality)
        /// Imaging that is not evaluated (ruling R15), with the reason in words.
        case notEvaluated(because: String)
        /// No imaging order at all.
        case otherService
    }

    /// Reads the codes, body sites and reasons of an order; its text is never read.
    public static func scope(of order: ServiceRequest) -> Scope {
        let tests = order.concepts.compactMap(\.test)
        guard !tests.isEmpty else {
            return order.looksLikeImaging
                ? .notEvaluated(because: "the order carries no code that the product maps to an imaging test")
                : .otherService
        }
        guard let modality = modality(of: tests) else {
            return .notEvaluated(because: "the test stands outside the fit table")
        }
        if tests.contains(where: { $0.region == .lumbar }) { return .lumbar(modality) }
        // A code of another region is not moved by a body site; one that names no region takes the site's.
        if tests.contains(where: { $0.region == .notStated }) {
            let isWholeBody = modality == .boneScan || modality == .pet
            if isWholeBody || order.bodySites.contains(.lumbarOrSacral) { return .lumbar(modality) }
        }
        return .notEvaluated(because: "neither code nor body site puts the test on the lumbar spine")
    }

    /// The test that the codes name; with several codings a myelography beside a CT is a CT myelography (ruling R8).
    static func modality(of tests: [ImagingTest]) -> Modality? {
        let modalities = tests.compactMap(\.modality)
        return modalities.contains(.ctMyelography) ? .ctMyelography : modalities.first
    }

    /// Whether an examination is one of the lumbar spine.
    static func isLumbar(_ examination: ImagingExamination) -> Bool {
        guard let test = examination.test else { return false }
        switch test.region {
        case .lumbar: return true
        case .notStated: return examination.bodySites.contains(.lumbarOrSacral)
        case .other: return false
        }
    }
}
