import ClinicalModel
import Guidelines

// The words of the clinic for the closed sets of the guideline, used by cards, terminal text and the guideline page.

extension Modality {
    /// Name of the test inside a sentence, for example `CT without contrast`.
    var name: String {
        switch self {
        case .mriWithout: "MRI without contrast"
        case .mriWithoutAndWith: "MRI without and with contrast"
        case .mriWith: "MRI with contrast only"
        case .ctWithout: "CT without contrast"
        case .ctWith: "CT with contrast"
        case .ctMyelography: "CT myelography"
        case .boneScan: "bone scan"
        case .pet: "PET"
        case .radiograph: "radiographs"
        }
    }

    /// Whether the test gives gadolinium.
    var usesGadolinium: Bool { self == .mriWithoutAndWith || self == .mriWith }
}

extension Rating {
    /// The rating in words, lower case.
    var words: String {
        switch self {
        case .usuallyAppropriate: "usually appropriate"
        case .mayBeAppropriate: "may be appropriate"
        case .usuallyNotAppropriate: "usually not appropriate"
        case .insufficientData: "no rating, data are missing"
        case .notEvaluated: "not evaluated"
        }
    }
}

extension Fit {
    /// What the fit says of the ordered test, as the end of a sentence "The ordered test …".
    var words: String {
        switch self {
        case .preferred: "is the preferred one"
        case .acceptable: "is an accepted choice"
        case .notPreferred: "is not the preferred one"
        case .noRole: "has no role in the initial evaluation"
        case .inadequate: "cannot answer the question of an emergency"
        case .verify: "is an MRI in a patient documented as not MR-safe"
        case .device: "is an MRI in a patient with a device whose MR safety is not known"
        case .pregnancy: "is acceptable with the cautions of pregnancy"
        }
    }
}

extension CriterionID {
    /// Name of the criterion at the start of a line.
    var title: String {
        switch self {
        case .adult: "Adult"
        case .radiculopathy: "Lumbosacral radiculopathy"
        case .caudaEquina: "Cauda equina syndrome"
        case .progressiveDeficit: "Severe or progressive weakness"
        case .infection: "Spinal infection"
        case .malignancy: "Malignancy"
        case .fracture: "Vertebral fracture"
        case .sixWeeks: "Six weeks since onset"
        case .trialDocumented: "Conservative treatment"
        case .trialFailed: "Response to treatment"
        case .procedureCandidate: "Candidate for surgery or injection"
        case .priorLumbarMRI: "Earlier lumbar MRI"
        case .priorLumbarSurgery: "Earlier lumbar surgery"
        case .ageOver70: "Older age"
        case .pregnant: "Pregnancy"
        case .mriContraindicated: "MRI contraindicated"
        case .mrDevice: "Device, MR safety not known"
        case .duplicate: "Same test already ordered"
        case .urgentContext: "Urgent context"
        case .activeAdequate: "Adequate imaging already on its way"
        case .recordComplete: "Record read completely"
        case .otherIndication: "Another indication of the drug"
        case .excludedPopulation: "Outside the rules for opioids"
        case .overlappingOpioid: "Opioid taken at the same time"
        case .overlappingSedative: "Sedative taken at the same time"
        case .extendedRelease: "Extended release"
        case .dose: "Dose over the limit"
        case .supply: "Supply over the limit"
        case .severePain: "Severe pain"
        case .nsaidContraindicated: "NSAID contraindicated"
        case .olderAdult: "Older adult"
        case .activityOtherReason: "Another reason for rest"
        case .procedureTrialDocumented: "Conservative treatment"
        }
    }

    /// Whether the criterion is one of the five red-flag families.
    var isRedFlag: Bool { CriterionID.redFlags.contains(self) }
}

extension OrderClass {
    /// The kind of order, for people.
    var name: String {
        switch self {
        case .opioid: "opioid"
        case .gabapentinoid: "gabapentinoid"
        case .tricyclic: "tricyclic antidepressant"
        case .nsaid: "NSAID"
        case .muscleRelaxant: "muscle relaxant"
        case .bedRest: "bed rest"
        case .epiduralInjection: "epidural injection"
        case .spineSurgery: "spine surgery"
        }
    }
}

extension OrderUnderReview {
    /// What was ordered, in words; nil where neither test nor class is known.
    var name: String? { modality?.name ?? orderClass?.name }
}

extension Criterion {
    /// What the criterion came to, in words. A red flag is never said to be absent, only that none is documented.
    var resultInWords: String {
        switch (id.isRedFlag, result) {
        case (true, .met): "documented as present"
        case (true, .notMet): "none documented as present, answered on record"
        case (_, .suspected): "possible, to be clarified"
        case (_, .unknown): "not documented"
        case (_, .noneOnRecord): "nothing on record"
        case (false, .met): metInWords
        case (false, .notMet): notMetInWords
        }
    }

    private var metInWords: String {
        switch id {
        case .trialDocumented, .procedureTrialDocumented: "documented"
        case .trialFailed: "not improved enough"
        case .procedureCandidate: "yes"
        default: "yes"
        }
    }

    private var notMetInWords: String {
        switch id {
        case .trialDocumented, .procedureTrialDocumented: "declined or documented as not done"
        case .trialFailed: "improving"
        case .recordComplete: "parts could not be read"
        default: "no"
        }
    }
}

extension Priority {
    /// The priority inside a sentence.
    var words: String { rawValue }
}

/// A number of days as people say it: `6 weeks`, `30 days`.
struct SpokenDays {
    let days: Int

    init(_ days: Int) { self.days = days }

    private var inWeeks: Int? { days > 0 && days.isMultiple(of: 7) ? days / 7 : nil }

    /// As a quantity, for example `6 weeks`.
    var quantity: String {
        if let inWeeks { return inWeeks == 1 ? "1 week" : "\(inWeeks) weeks" }
        return days == 1 ? "1 day" : "\(days) days"
    }

    /// Before a noun, for example `6-week`.
    var adjective: String { inWeeks.map { "\($0)-week" } ?? "\(days)-day" }
}

extension String {
    /// The same text with a capital letter at its start.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
