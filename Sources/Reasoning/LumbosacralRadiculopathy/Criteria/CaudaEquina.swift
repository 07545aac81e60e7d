import ClinicalModel

extension Reading {
    /// Cauda equina: saddle anaesthesia, new bladder or bowel dysfunction, weakness of both legs, or the diagnosis (G28).
    func caudaEquina() -> FamilyReading {
        var family = FamilyReading()
        readSaddle(into: &family)
        readBladderAndBowel(into: &family)
        readAnswer(
            "bilateral-leg-weakness", into: &family, component: "both-legs", name: "weakness of both legs",
            asks: "weakness of both legs", presenting: true, positiveDays: windowDays,
            noDays: thresholds.emergencyNoValidDays, holdDays: thresholds.emergencyPositiveHoldDays)
        readBothLegGrades(into: &family)
        readAnswer(
            "cauda-equina-suspected", into: &family, component: nil,
            name: "cauda equina syndrome suspected by the clinician",
            asks: "suspicion of cauda equina syndrome", presenting: true, positiveDays: windowDays,
            noDays: thresholds.emergencyNoValidDays, holdDays: thresholds.emergencyPositiveHoldDays)
        for item in signs(of: .caudaEquina) { read(item, into: &family) }
        readHints(into: &family)
        return family
    }

    /// The screen of the family with the words that ask for it.
    static let caudaEquinaScreen = [
        ScreenComponent(name: "saddle", asks: "saddle sensation", questions: ["saddle-sensory-loss"]),
        ScreenComponent(name: "bladder-bowel", asks: "bladder and bowel function", questions: bladderAndBowel),
        ScreenComponent(name: "both-legs", asks: "weakness of both legs", questions: ["bilateral-leg-weakness"]),
    ]

    /// The two questions of one component of the screen: it is denied only when both are.
    private static let bladderAndBowel = ["bladder-dysfunction-new", "bowel-dysfunction-new"]

    /// Days of the episode up to now: a "yes" given in it is a finding of it.
    var episodeDays: Int { asOf - episode.start }

    /// Days in which a "yes" to a cauda equina question counts.
    private var windowDays: Int { min(thresholds.cesWindowDays ?? episodeDays, episodeDays) }

    private func readSaddle(into family: inout FamilyReading) {
        readAnswer(
            "saddle-sensory-loss", into: &family, component: "saddle", name: "saddle sensory loss",
            asks: "saddle sensation", presenting: true, positiveDays: windowDays,
            noDays: thresholds.emergencyNoValidDays, holdDays: thresholds.emergencyPositiveHoldDays)
        readExamination(
            "perianal-sensation", into: &family, name: "perianal sensation", asks: "saddle sensation",
            denies: "saddle")
    }

    private func readBladderAndBowel(into family: inout FamilyReading) {
        var bladder = FamilyReading()
        for (code, name) in zip(Self.bladderAndBowel, ["new bladder dysfunction", "new bowel dysfunction"]) {
            readAnswer(
                code, into: &bladder, component: code, name: name, asks: "bladder and bowel function", presenting: true,
                positiveDays: windowDays, noDays: thresholds.emergencyNoValidDays,
                holdDays: thresholds.emergencyPositiveHoldDays)
        }
        family.absorb(bladder, deniedBy: Self.bladderAndBowel, as: "bladder-bowel")
        readExamination(
            "anal-tone", into: &family, name: "anal tone", asks: "bladder and bowel function", denies: nil)
        for residual in answers["pvr-ml"] ?? [] { readResidual(residual, into: &family) }
    }

    /// A volume at the limit sets the component; one below it denies nothing, so an earlier one stands (section 2.2).
    private func readResidual(_ residual: Answer, into family: inout FamilyReading) {
        let evidence = residual.evidence(
            because: "post-void residual, limit \(Int(thresholds.pvrMl)) mL with leg or back pain")
        let isInEpisode = episode.contains(residual.date)
        let reaches = residual.quantity.flatMap { MeasuredValue($0, in: .millilitre) }?.isAtLeast(thresholds.pvrMl)
        guard reaches != .no, isInEpisode != .no, hasLegOrBackPain else { return family.show(evidence) }
        if reaches == .yes && isInEpisode == .yes {
            return family.meet(evidence, "post-void residual \(residual.shown ?? "")", presenting: true)
        }
        family.show(evidence)
        family.forbidDenial()
        family.ask(DataGap("post-void residual", .tooImprecise))
    }

    private var hasLegOrBackPain: Bool {
        findings.contains { finding in
            !finding.isRefuted && !finding.status.hasEnded
                && finding.concepts.contains {
                    $0.isMember(of: "lumbosacral-radiculopathy") || $0.isMember(of: "low-back-pain")
                }
        }
    }

    /// An examination with the answers normal, reduced, absent.
    private func readExamination(
        _ code: String, into family: inout FamilyReading, name: String, asks: String, denies component: String?
    ) {
        guard let series = answers[code]?.filter({ $0.choice != nil }), let newest = series.last else { return }
        let isAbnormal = { (answer: Answer) in answer.choice == "reduced" || answer.choice == "absent" }
        let held = series.last {
            isAbnormal($0) && isWithin(thresholds.emergencyPositiveHoldDays, $0.date) == .yes
        }
        if let abnormal = isAbnormal(newest) ? newest : held {
            let finding = "\(name) \(abnormal.choice ?? "reduced")"
            switch episode.contains(abnormal.date) {
            case .yes: family.meet(abnormal.evidence(because: finding), finding, presenting: true)
            case .unknown: family.hint(abnormal.evidence(because: "\(finding), not dated well enough"), finding)
            case .no: family.show(abnormal.evidence(because: "\(finding) before this episode"))
            }
        } else if newest.choice == "normal" {
            if let earlier = series.first(where: { isAbnormal($0) && !newest.isSurelyLater(than: $0) }) {
                family.show(earlier.evidence(because: "\(name) abnormal, at an unknown time"))
                family.forbidDenial()
                family.ask(DataGap(asks, .contradictory))
            }
            deny(
                newest, into: &family, component: component, name: name, asks: asks,
                noDays: thresholds.emergencyNoValidDays)
        }
    }

    /// Weakness of both legs by grades: at most 4 on both sides by default, new in the episode (ruling R37); 4+ asks.
    private func readBothLegGrades(into family: inout FamilyReading) {
        let graded = StrengthSeries.all(in: self).compactMap { series -> (StrengthSeries, StrengthSeries.Grade)? in
            (series.latest(in: episode) ?? series.undated(in: episode)).map { (series, $0) }
        }
        func side(_ side: String, _ limit: Double) -> (StrengthSeries, StrengthSeries.Grade)? {
            graded.first { $0.0.side == side && $0.1.value <= limit && $0.0.isNew(in: episode) != .no }
        }
        let limit = thresholds.mrcBothLegs
        if let left = side("left", limit), let right = side("right", limit) {
            let name = "strength reduced on both sides"
            for (series, grade) in [left, right] {
                let evidence = grade.answer.evidence(
                    because: "\(series.name) below 5/5 on both sides, new in the episode")
                if left.0.isNew(in: episode) == .yes && right.0.isNew(in: episode) == .yes {
                    family.meet(evidence, name, presenting: true)
                } else {
                    family.hint(evidence, name)
                }
            }
        } else if side("left", 4.5) != nil, side("right", 4.5) != nil {
            family.forbidDenial()
            family.ask(DataGap("weakness of both legs"))
        }
    }

    /// A coded component or diagnosis, by the attribution table and ruling R38.
    private func read(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        guard use.part != .hint else { return readHint(item, into: &family) }
        guard use.part == .presenting, use.role == "finding", use.alone != .no else { return }
        if use.alone == .needsSite && !finding.bodySites.contains(.saddle) { return }
        if finding.isRefuted { return family.show(finding.evidence(concept, because: "\(name): ruled out")) }
        if finding.origin == .reason {
            return family.meet(finding.evidence(concept, because: "reason of the order"), name, presenting: true)
        }
        if concept.encounter == .sequela { return }
        if endedBeforeEpisode(finding) {
            return family.show(
                finding.evidence(concept, because: "\(name): ended before the episode or at an unknown time"))
        }
        if use.component == "diagnosis" {
            return family.meet(finding.evidence(concept, because: name), name, presenting: true)
        }
        attribute(finding, use, concept, name, into: &family)
    }

    /// The attribution table of section 2.2 for bladder, bowel and bilateral weakness.
    private func attribute(
        _ finding: Finding, _ use: CodeUse, _ concept: Concept, _ name: String, into family: inout FamilyReading
    ) {
        let cause = use.alone == .otherCause ? "its code names a cause" : otherCause(of: use.component)
        switch episode.contains(finding.onsetBound) {
        case .yes:
            family.meet(finding.evidence(concept, because: "\(name) began in the episode"), name, presenting: true)
        case .no:
            let why = cause.map { "began before the episode, \($0)" } ?? "began before the episode"
            family.show(finding.evidence(concept, because: "\(name) \(why)"))
            // Old without a documented cause is unknown whatever the screen says; with one, a "no" settles it (ruling R38).
            if cause == nil { family.forbidDenial() }
            if let component = Reading.caudaEquinaScreen.first(where: { $0.name == use.component }) {
                family.ask(DataGap(component.asks))
            }
        case .unknown:
            if let cause {
                family.hint(finding.evidence(concept, because: "\(name), not dated, \(cause)"), name)
            } else if order != nil {
                family.meet(
                    finding.evidence(concept, because: "\(name), not dated, recorded beside an imaging order"), name,
                    presenting: true)
            } else {
                family.hint(finding.evidence(concept, because: "\(name), not dated"), name)
            }
        }
    }

    /// Another documented cause of an old component, in words; nil when none is on record.
    private func otherCause(of component: String?) -> String? {
        signs(of: .caudaEquina).first { item in
            item.use.role == "cause" && item.use.component == component && item.use.alone == .yes
                && !item.finding.isRefuted
        }.map { "another cause is documented (\($0.name))" }
    }

    private func readHints(into family: inout FamilyReading) {
        for (code, name) in [
            ("bilateral-sciatica", "sciatica in both legs"), ("sexual-dysfunction-new", "new loss of sexual function"),
        ] {
            guard let newest = answers[code]?.last(where: { $0.yes != nil }) else { continue }
            if newest.yes == true, episode.contains(newest.date) != .no {
                // On one day "yes" wins, so only a "yes" of an earlier day can be taken back now.
                let isEarlier = newest.date?.latest.map { $0 < asOf } ?? false
                count(
                    newest.evidence(because: "\(name): a hint, not established"), name,
                    clearing: isEarlier ? code : nil, into: &family)
            }
        }
        let sides = signs(of: .caudaEquina).filter {
            $0.use.qualifiers.contains(.bothSides) && !$0.finding.isRefuted && !$0.finding.status.hasEnded
        }
        if let first = sides.first(where: { $0.use.qualifiers.contains(.left) }),
            sides.contains(where: { $0.use.qualifiers.contains(.right) })
        {
            let isDenied = answers["bilateral-sciatica"]?.last { $0.yes != nil }.map {
                $0.yes == false && isWithin(thresholds.emergencyNoValidDays, $0.date) == .yes
            }
            if isDenied != true {
                count(
                    first.finding.evidence(first.concept, because: "sciatica coded on both sides"),
                    "sciatica in both legs", clearing: "bilateral-sciatica", into: &family)
            }
        }
        readHaematoma(into: &family)
    }

    /// A sign that the source text does not name: it asks, or counts where the site says so (`ces.extendedFeatures`).
    private func count(
        _ evidence: Evidence, _ name: String, clearing: String?, into family: inout FamilyReading
    ) {
        switch thresholds.cesExtendedFeatures {
        case .ask: family.hint(evidence, name, clearing: clearing)
        case .met: family.meet(evidence, name, presenting: true)
        }
    }

    /// An anticoagulant beside a fresh onset or a recent spinal procedure (ruling R42).
    private func readHaematoma(into family: inout FamilyReading) {
        guard let drug = record.medications.first(where: { isTaken($0) && $0.isMember(of: .anticoagulants) }) else {
            return
        }
        let isFresh = episode.onset.map { $0.isOnOrAfter(asOf - thresholds.haematomaOnsetDays) == .yes } ?? false
        let procedure = spinalProcedures(within: thresholds.haematomaProcedureDays).first
        guard isFresh || procedure != nil else { return }
        let because =
            procedure == nil ? "anticoagulant with an onset in the last days" : "anticoagulant after a spinal procedure"
        let concept = drug.concepts.first { $0.isMember(of: "anticoagulants") }
        family.hint(
            Evidence(drug.provenance, code: concept?.code, date: drug.start ?? drug.authored, because: because),
            "anticoagulant, possible spinal haematoma")
    }
}

extension MedicationUse {
    /// Whether a code of the drug is a member of a value set.
    func isMember(of set: ValueSetName) -> Bool { concepts.contains { $0.isMember(of: set) } }
}
