/// An imaging examination that was really done, known from a study, a report or a procedure.
public struct ImagingExamination: Sendable {
    /// Where it was read.
    public var provenance: Provenance
    /// What was done; nil when the codes do not say.
    public var test: ImagingTest?
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// When; nil when not recorded.
    public var date: PartialDate?
    /// The report's conclusion, shown on cards, never read for findings.
    public var conclusion: String?

    /// Puts the parts together.
    public init(
        provenance: Provenance, test: ImagingTest?, bodySites: [BodySite] = [], date: PartialDate? = nil,
        conclusion: String? = nil
    ) {
        self.provenance = provenance
        self.test = test
        self.bodySites = bodySites
        self.date = date
        self.conclusion = conclusion
    }
}
