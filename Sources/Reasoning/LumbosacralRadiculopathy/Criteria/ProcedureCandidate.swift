import ClinicalModel

extension Reading {
    /// A candidate for surgery or injection: attested, referred or planned; the newest statement wins.
    func procedureCandidate() -> Criterion {
        var items: [(day: Day, candidate: Bool, evidence: Evidence)] = []
        if let answer = answers["procedure-candidate"]?.last(where: { $0.yes != nil }),
            episode.contains(answer.date) != .no
        {
            items.append(
                (
                    answer.date?.latest ?? Day(.min), answer.yes == true,
                    answer.evidence(because: "surgery or injection under consideration: \(answer.shown ?? "")")
                ))
        }
        if let answer = answers["procedure-declined"]?.last(where: { $0.yes != nil }), answer.yes == true,
            episode.contains(answer.date) != .no
        {
            items.append(
                (answer.date?.latest ?? Day(.min), false, answer.evidence(because: "surgery and injection declined")))
        }
        for request in record.serviceRequests where request.isOrder || request.status == .draft {
            guard request.status != .unknown, let concept = request.concepts.first(where: \.isCandidateEvidence),
                episode.contains(request.authored) != .no
            else { continue }
            items.append(
                (
                    request.authored?.latest ?? Day(.min), true,
                    Evidence(
                        request.provenance, code: concept.code, date: request.authored,
                        because: "referral or planned procedure")
                ))
        }
        for procedure in record.procedures where procedure.state == .planned {
            guard let concept = procedure.concepts.first(where: \.isCandidateEvidence) else { continue }
            items.append(
                (
                    procedure.start?.latest ?? asOf, true,
                    Evidence(
                        procedure.provenance, code: concept.code, date: procedure.start, because: "planned procedure")
                ))
        }
        if items.isEmpty, let specialist = orderingSpecialist {
            return Criterion(.procedureCandidate, .met, evidence: [specialist])
        }
        guard let newest = items.max(by: { ($0.day, $0.candidate ? 1 : 0) < ($1.day, $1.candidate ? 1 : 0) }) else {
            let reason: DataGap.Reason = lacks(.serviceRequests) ? .notRetrieved : .notRecorded
            return Criterion(
                .procedureCandidate, .unknown,
                missing: [
                    DataGap(
                        "whether surgery or injection is an option", reason,
                        settledBy: [OpenQuestion("procedure-candidate")])
                ])
        }
        let rest = items.filter { $0.evidence != newest.evidence }.map(\.evidence)
        return Criterion(.procedureCandidate, newest.candidate ? .met : .notMet, evidence: [newest.evidence] + rest)
    }

    /// The order of a specialty that a site takes as evidence; nil where evidence is required (ruling R14). It speaks only
    /// where nothing else does: a documented refusal stands.
    private var orderingSpecialist: Evidence? {
        guard !thresholds.candidateRequiresEvidence, let order,
            let specialty = order.requesterSpecialties.first(where: {
                thresholds.candidateSpecialties.contains("\($0.system)|\($0.code)")
            })
        else { return nil }
        return Evidence(
            order.provenance, code: specialty, date: order.authored,
            because: "ordered by a specialist, enough by configuration")
    }
}

extension Concept {
    /// A referral to spine surgery or pain medicine, an epidural injection or spine surgery.
    fileprivate var isCandidateEvidence: Bool {
        uses.contains { use in
            use.criterion == CriterionID.procedureCandidate.rawValue && use.part == .treatment && use.alone == .yes
                || use.set == "spine-surgery" && use.criterion == CriterionID.priorLumbarSurgery.rawValue
        }
    }
}
