/// An imaging test as the modality map reads a code.
public struct ImagingTest: Sendable, Hashable {
    /// The test; nil for `OTHER`, a test outside the fit table (discography).
    public let modality: Modality?
    /// Whether the code alone puts the test on the lumbar spine.
    public let region: Region
    /// Whether the test is in scope only with back or leg pain as the reason of the order: bone scan, PET, sacrum and
    /// coccyx (rulings R13, R15).
    public let needsPainReason: Bool

    /// Puts a test together.
    public init(modality: Modality?, region: Region, needsPainReason: Bool = false) {
        self.modality = modality
        self.region = region
        self.needsPainReason = needsPainReason
    }

    /// What a code says of the region.
    public enum Region: String, Sendable, Hashable, CaseIterable {
        case lumbar
        /// The code does not say; body site or reason must.
        case notStated = "not-stated"
        /// Another region of the body.
        case other
    }
}

/// The imaging tests of the fit table, by the names of the contract.
public enum Modality: String, Sendable, Hashable, CaseIterable {
    case mriWithout = "MRI-WO"
    case mriWithoutAndWith = "MRI-WWO"
    case mriWith = "MRI-W"
    case ctWithout = "CT-WO"
    case ctWith = "CT-W"
    case ctMyelography = "CT-MYELO"
    case boneScan = "BONE"
    case pet = "PET"
    case radiograph = "XR"

    /// Whether the test is an MRI.
    public var isMRI: Bool { self == .mriWithout || self == .mriWithoutAndWith || self == .mriWith }
}
