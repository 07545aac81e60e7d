import ClinicalModel

extension Reading {
    /// An earlier lumbar MRI that still tells what a new one would (G44, rulings R39, R44).
    func priorLumbarMRI() -> Criterion {
        var evidence: [Evidence] = []
        var isUndated = false
        for examination in record.examinations {
            guard let test = examination.test, test.modality?.isMRI == true, LumbarImaging.isLumbar(examination),
                isSameSide(examination), (examination.date?.earliest).map({ $0 <= asOf }) ?? true
            else { continue }
            switch isWithinMonths(thresholds.repeatLookbackMonths, examination.date) {
            case .no: continue
            case .unknown: isUndated = true
            case .yes:
                if let overtaken = overtaken(examination) {
                    evidence.append(Evidence(examination.provenance, date: examination.date, because: overtaken))
                    continue
                }
                let because = "lumbar MRI within \(thresholds.repeatLookbackMonths) months, no change recorded since"
                evidence.insert(Evidence(examination.provenance, date: examination.date, because: because), at: 0)
                return Criterion(.priorLumbarMRI, .met, evidence: evidence)
            }
        }
        if isUndated {
            return Criterion(
                .priorLumbarMRI, .unknown, evidence: evidence,
                missing: [DataGap("date of the earlier lumbar MRI", .tooImprecise)])
        }
        if lacks(.imagingStudies, .diagnosticReports, .procedures) {
            return Criterion(
                .priorLumbarMRI, .unknown, evidence: evidence, missing: [DataGap("earlier lumbar MRI", .notRetrieved)])
        }
        return Criterion(.priorLumbarMRI, .noneOnRecord, evidence: evidence)
    }

    /// The latest lumbar MRI that counts, for cards.
    func latestLumbarMRI() -> ImagingExamination? {
        record.examinations.filter { examination in
            examination.test?.modality?.isMRI == true && LumbarImaging.isLumbar(examination)
                && (examination.date?.earliest).map { $0 <= asOf } ?? false
        }.max { ($0.date?.latest ?? Day(.min)) < ($1.date?.latest ?? Day(.min)) }
    }

    /// Why an MRI no longer counts: surgery, a spinal procedure or a new deficit since; nil when it does.
    private func overtaken(_ examination: ImagingExamination) -> String? {
        guard let date = examination.date, let day = date.latest else { return nil }
        if record.procedures.contains(where: { procedure in
            procedure.state == .completed && isLater(procedure.end ?? procedure.start, than: day)
                && procedure.concepts.contains { $0.isMember(of: "spine-surgery") }
        }) {
            return "earlier lumbar MRI, spine surgery since"
        }
        if spinalProcedures(within: thresholds.spinalProcedureDays).contains(where: {
            isLater($0.end ?? $0.start, than: day)
        }) {
            return "earlier lumbar MRI, spinal procedure since"
        }
        if let answer = answers["new-deficit-since-prior-imaging"]?.last(where: { $0.yes != nil }), answer.yes == true,
            (answer.date?.latest).map({ $0 >= day }) ?? true
        {
            return "earlier lumbar MRI, new deficit, level or side since"
        }
        return nil
    }

    /// Where both the examination and the complaint name a side, it must be the same (ruling R44).
    private func isSameSide(_ examination: ImagingExamination) -> Bool {
        let coded = episode.complaints.flatMap(\.concept.uses).flatMap(\.qualifiers).compactMap { word -> BodySite? in
            word == .left ? .left : word == .right ? .right : nil
        }
        let complaint = Set(episode.complaints.flatMap(\.finding.bodySites) + coded).intersection([.left, .right])
        let examined = Set(examination.bodySites).intersection([.left, .right])
        return complaint.isEmpty || examined.isEmpty || !complaint.isDisjoint(with: examined)
    }

    /// Lumbar surgery at any time.
    func priorLumbarSurgery() -> Criterion {
        var evidence = record.procedures.compactMap { procedure -> Evidence? in
            guard procedure.state == .completed, (procedure.start?.earliest).map({ $0 <= asOf + 1 }) ?? true,
                let (concept, _) = procedure.use(of: .priorLumbarSurgery, role: "study")
            else { return nil }
            return Evidence(
                procedure.provenance, code: concept.code, date: procedure.start,
                because: "lumbar spine surgery, any time counts")
        }
        for item in signs(of: .priorLumbarSurgery)
        where item.finding.origin != .procedure && !item.finding.isRefuted && item.use.alone == .yes {
            evidence.append(item.evidence(because: "lumbar spine surgery on record"))
        }
        return recorded(
            .priorLumbarSurgery, evidence, asks: "earlier lumbar surgery", parts: [.procedures, .conditions])
    }

    /// Pregnancy now: an active condition, the newest status observation, or a due date that has not passed.
    func pregnant() -> Criterion {
        var evidence: [Evidence] = []
        var isOpen = false
        for item in signs(of: .pregnant) where item.finding.origin != .observation && !item.finding.isRefuted {
            guard item.use.part == .presenting, !item.finding.status.hasEnded, item.finding.abatement == nil else {
                continue
            }
            let isCurrent = item.finding.date.map { isWithin(thresholds.pregnancyDays, $0) } ?? .yes
            let shown = item.evidence(because: "pregnancy, active")
            if item.use.alone == .yes && isCurrent == .yes {
                evidence.append(shown)
            } else if isCurrent != .no {
                isOpen = true
            }
        }
        let status = observations {
            $0.uses.contains { $0.criterion == CriterionID.pregnant.rawValue && $0.role == "measurement" }
        }
        var newest: (day: Day, isPregnant: Bool, evidence: Evidence)?
        func consider(_ isPregnant: Bool, _ code: Code?, in observation: Observation) {
            guard isWithin(thresholds.pregnancyDays, observation.effective) == .yes,
                let effective = observation.effective
            else { return }
            // A status that has begun and not ended holds now; on one day "pregnant" wins.
            let day = effective.latest ?? asOf
            if let newest, (day, isPregnant ? 1 : 0) <= (newest.day, newest.isPregnant ? 1 : 0) { return }
            let shown = Evidence(observation.provenance, code: code, date: effective, because: "pregnancy status")
            newest = (day, isPregnant, shown)
        }
        for observation in status {
            switch observation.value {
            case .date(let due) where !observation.isLastMenstrualPeriod:
                if due.isOnOrAfter(asOf) != .no, (due.latest ?? asOf) <= asOf + (thresholds.pregnancyDays - 1) {
                    evidence.append(
                        Evidence(
                            observation.provenance, code: observation.concepts.first?.code, date: due,
                            because: "expected day of delivery not passed"))
                }
            case .concepts(let values):
                for value in values {
                    guard let use = value.uses.first(where: { $0.criterion == CriterionID.pregnant.rawValue }) else {
                        continue
                    }
                    consider(use.part == .presenting && use.role == "finding", value.code, in: observation)
                }
            case .boolean(let isPregnant):
                let isStatus = observation.concepts.contains { $0.uses.contains { $0.measure == "pregnancy-status" } }
                if isStatus { consider(isPregnant, observation.concepts.first?.code, in: observation) }
            default: break
            }
        }
        if let newest, newest.isPregnant { evidence.append(newest.evidence) }
        if !evidence.isEmpty { return Criterion(.pregnant, .met, evidence: evidence) }
        if let newest { return Criterion(.pregnant, .notMet, evidence: [newest.evidence]) }
        if isOpen || lacks(.conditions, .observations) {
            return Criterion(
                .pregnant, .unknown, missing: [DataGap("pregnancy", isOpen ? .notRecorded : .notRetrieved)])
        }
        return Criterion(.pregnant, .noneOnRecord)
    }
}

extension Observation {
    /// A date that a pregnancy is counted from, not one that it lasts to.
    fileprivate var isLastMenstrualPeriod: Bool {
        concepts.contains { $0.uses.contains { $0.measure == "last-menstrual-period" } }
    }
}
