public import ClinicalModel

/// Is the ordered test the right one? Section 3.4 with the modifiers of rulings R12 and R47.
public enum FitTable {
    /// The table without modifiers, one row a test; columns C1, C2, C3, C4, C5, C0.
    public static func base(_ modality: Modality, _ contextClass: ContextClass) -> Fit {
        switch (modality, contextClass) {
        case (.mriWithout, .infectionOrMalignancy), (.mriWithout, .priorSurgery): .acceptable
        case (.mriWithout, _): .preferred
        case (.mriWithoutAndWith, .noFlag), (.mriWithoutAndWith, .undetermined): .notPreferred
        case (.mriWithoutAndWith, .emergency), (.mriWithoutAndWith, .fracture): .acceptable
        case (.mriWithoutAndWith, _): .preferred
        case (.mriWith, _): .notPreferred
        case (.ctWithout, .priorSurgery), (.ctMyelography, .priorSurgery): .acceptable
        case (.ctWithout, .emergency), (.ctWithout, .infectionOrMalignancy), (.ctWithout, .fracture): .notPreferred
        case (.ctWithout, _): .noRole
        case (.ctWith, .noFlag), (.ctWith, .undetermined): .noRole
        case (.ctWith, _): .notPreferred
        case (.ctMyelography, .noFlag), (.ctMyelography, .undetermined): .noRole
        case (.ctMyelography, _): .notPreferred
        case (.boneScan, _), (.pet, _): .noRole
        case (.radiograph, .emergency): .inadequate
        case (.radiograph, .priorSurgery): .acceptable
        case (.radiograph, _): .notPreferred
        }
    }

    /// The table with what is known of MR safety and pregnancy: contraindication first, then device, then pregnancy.
    public static func fit(_ modality: Modality, _ contextClass: ContextClass, _ state: GuidelineState) -> Fit {
        var fit = base(modality, contextClass)
        if state[.mriContraindicated] == .met {
            if modality.isMRI { return .verify }
            fit = withoutMRI(modality, contextClass) ?? fit
        }
        let isGood = fit == .preferred || fit == .acceptable
        if modality.isMRI, isGood, state[.mrDevice] == .met { return .device }
        if state[.pregnant] == .met, isGood { return modality == .mriWithout ? .preferred : .pregnancy }
        return fit
    }

    /// What stands in for an MRI that cannot be done (section 3.4, ruling R47); nil where the table stands.
    private static func withoutMRI(_ modality: Modality, _ contextClass: ContextClass) -> Fit? {
        let infectionOrMalignancy = contextClass == .infectionOrMalignancy
        return switch modality {
        case .ctWithout: infectionOrMalignancy ? .acceptable : .preferred
        case .ctWith: infectionOrMalignancy ? .preferred : nil
        case .ctMyelography: infectionOrMalignancy ? .verify : .preferred
        case .boneScan, .pet: infectionOrMalignancy ? .acceptable : nil
        case .mriWithout, .mriWithoutAndWith, .mriWith, .radiograph: nil
        }
    }
}
