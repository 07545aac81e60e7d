import ClinicalModel
import Guidelines

/// The imaging test that cards name and suggest for a patient (guideline section 3.4 with rulings R47, R48).
struct PreferredTest {
    private let decision: Decision

    init(for decision: Decision) { self.decision = decision }

    /// The one test that a suggestion orders.
    var modality: Modality { mriIsContraindicated ? alternatives[0] : mri }

    /// Whether the record says that the patient must not have an MRI: then none is ever suggested.
    var mriIsContraindicated: Bool { decision.criterion(.mriContraindicated).result == .met }

    /// Whether a suggested MRI must carry the line on the device of unknown MR safety (R48).
    var needsSafetyLine: Bool { decision.criterion(.mrDevice).result == .met }

    /// Whether gadolinium may be suggested (R48): nothing speaks against it, and not in pregnancy.
    var gadoliniumIsAllowed: Bool {
        decision.cardFacts.gadoliniumCautions.isEmpty && decision.criterion(.pregnant).result != .met
    }

    /// The MRI of the context class: with contrast only for infection, malignancy and earlier surgery.
    var mri: Modality {
        switch decision.outcome.contextClass {
        case .infectionOrMalignancy, .priorSurgery: gadoliniumIsAllowed ? .mriWithoutAndWith : .mriWithout
        case .emergency, .fracture, .noFlag, .undetermined: .mriWithout
        }
    }

    /// Tests in place of an MRI that cannot be done, the least burdensome first; never empty.
    ///
    /// CT myelography needs a lumbar puncture: it is left out where that must not be suggested (R47).
    var alternatives: [Modality] {
        if decision.outcome.contextClass == .infectionOrMalignancy {
            return gadoliniumIsAllowed ? [.ctWith, .ctWithout] : [.ctWithout]
        }
        return mayPuncture ? [.ctWithout, .ctMyelography] : [.ctWithout]
    }

    /// Whether a lumbar puncture may be suggested: no suspected spinal infection, no anticoagulant.
    var mayPuncture: Bool {
        let infection = decision.criterion(.infection).result
        return !decision.cardFacts.avoidLumbarPuncture && infection != .met && infection != .suspected
            && decision.cardFacts.anticoagulant == nil
    }
}
