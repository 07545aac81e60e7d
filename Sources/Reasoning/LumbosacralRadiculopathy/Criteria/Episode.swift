import ClinicalModel

/// The current episode of radiculopathy: from its onset minus 14 days to the day of the decision (section 2.1).
struct Episode {
    /// First day of the episode.
    let start: Day
    let asOf: Day
    /// The onset of the active radiculopathy, clipped to the day of the decision; nil when none is recorded.
    let onset: PartialDate?
    /// The active radiculopathies, deciding one first.
    let complaints: [(finding: Finding, concept: Concept)]
    /// Whether the onset is known well enough to tell new from old.
    var isDated: Bool { onset?.earliest != nil }

    init(findings: [Finding], asOf: Day, thresholds: Thresholds, hasLumbarOrder: Bool) {
        self.asOf = asOf
        let active = findings.compactMap { finding -> (finding: Finding, concept: Concept)? in
            guard !finding.isRefuted, !finding.status.hasEnded, finding.abatement == nil || finding.status == .active,
                let concept = finding.radiculopathy(hasLumbarOrder: hasLumbarOrder)
            else { return nil }
            return (finding, concept)
        }
        // A recurrence counts from its own onset; otherwise the entries are one complaint that began with the earliest.
        let recurring = active.filter { $0.finding.status == .recurrence || $0.finding.status == .relapse }
        let deciding = (recurring.isEmpty ? active : recurring).filter { $0.finding.onsetBound != nil }
            .sorted { ($0.finding.onsetBound?.latest ?? asOf) < ($1.finding.onsetBound?.latest ?? asOf) }
        let first = recurring.isEmpty ? deciding.first : deciding.last
        onset = first?.finding.onsetBound?.clipped(to: asOf)
        complaints = [first].compactMap { $0 } + active
        // An onset that is only bounded from above may lie anywhere before: the window of an unknown one, or longer.
        let unknown = asOf - thresholds.episodeUnknownDays
        let known = (onset?.earliest ?? onset?.latest).map { $0 - thresholds.episodeLeadDays }
        start = onset?.earliest == nil ? min(known ?? unknown, unknown) : known ?? unknown
    }

    /// Whether a date lies in the episode; unknown for undated or straddling dates.
    func contains(_ date: PartialDate?) -> Truth {
        guard let date else { return .unknown }
        return date.clipped(to: asOf).isOnOrAfter(start)
    }
}

extension Finding {
    /// The onset, else an interval that ends with the day it was written down.
    var onsetBound: PartialDate? {
        onset ?? recorded.map { PartialDate(literal: "not after \($0.literal)", earliest: nil, latest: $0.latest) }
    }

    /// The concept by which the finding is a lumbosacral radiculopathy; nil when it is none.
    ///
    /// Codes of the thoracolumbar or sacral region count where a lumbar order names the region; a code without site needs one.
    func radiculopathy(hasLumbarOrder: Bool) -> Concept? {
        concepts.first { concept in
            concept.uses.contains { use in
                guard use.criterion == CriterionID.radiculopathy.rawValue, use.part == .presenting,
                    use.role == "finding"
                else { return false }
                switch use.alone {
                case .yes: return true
                case .review: return hasLumbarOrder
                case .needsSite: return bodySites.contains(.lumbarOrSacral)
                case .no, .needsNew, .otherCause: return false
                }
            }
        }
    }
}
