import ClinicalModel

extension Reading {
    /// The screen of the family with the words that ask for it.
    static let fractureScreen = [
        ScreenComponent(name: "trauma", asks: "recent significant trauma", questions: ["significant-trauma-recent"]),
        ScreenComponent(name: "osteoporosis", asks: "bone health", questions: ["osteoporosis-or-fragility-fracture"]),
        ScreenComponent(name: "steroids", asks: "long-term steroid use", questions: ["long-term-systemic-steroids"]),
    ]

    /// Vertebral fracture suspected: significant trauma, osteoporosis, prolonged systemic steroids, or a coded fracture (G31).
    func fracture() -> FamilyReading {
        var family = FamilyReading()
        readAnswer(
            "osteoporosis-or-fragility-fracture", into: &family, component: "osteoporosis",
            name: "osteoporosis or a fragility fracture", asks: "bone health", presenting: false, positiveDays: nil,
            noDays: thresholds.riskValidDays)
        readAnswer(
            "long-term-systemic-steroids", into: &family, component: "steroids",
            name: "systemic steroids for 90 days or more",
            asks: "long-term steroid use", presenting: false, positiveDays: thresholds.steroidWithinDays,
            noDays: thresholds.riskValidDays)
        readAnswer(
            "significant-trauma-recent", into: &family, component: "trauma", name: "recent significant trauma",
            asks: "recent significant trauma", presenting: true, positiveDays: thresholds.traumaDays,
            noDays: thresholds.symptomValidDays)
        readAnswer(
            "fracture-suspected", into: &family, component: nil, name: "vertebral fracture suspected by the clinician",
            asks: "suspicion of a fracture", presenting: true, positiveDays: thresholds.symptomValidDays,
            noDays: thresholds.symptomValidDays)
        readTScores(into: &family)
        readSteroidDays(into: &family)
        let items = signs(of: .fracture)
        for item in items where item.use.role != "with-osteoporosis-or-age" { readBone(item, into: &family) }
        // A minor trauma counts beside fragile bone, age or steroids, so these are read first.
        for item in items where item.use.role == "with-osteoporosis-or-age" { readMinorTrauma(item, into: &family) }
        return family
    }

    private func readTScores(into family: inout FamilyReading) {
        let scores = observations { concept in
            concept.finding == "t-score"
                || concept.uses.contains { $0.component == "osteoporosis" && $0.role == "measurement" }
        }
        for score in scores {
            guard case .quantity(let quantity) = score.value else { continue }
            let evidence = Evidence(
                score.provenance, code: score.concepts.first?.code, value: quantity.literal, date: score.effective,
                because: "bone density T-score, limit \(thresholds.tScore)")
            let measured = MeasuredValue(unitless: quantity)
            if measured.isAbove(thresholds.tScore) == .no {
                family.meet(evidence, "T-score \(quantity.literal)", presenting: false)
            } else {
                family.show(evidence)
            }
        }
    }

    /// Sum of the covered days within a year, no gap bridged (rulings R18, R40, R46), or the longest run where the site says so.
    private func readSteroidDays(into family: inout FamilyReading) {
        let window = DaySpan(first: asOf - (thresholds.steroidWithinDays - 1), last: asOf)
        var days = DaySet()
        var counted: [SteroidCourse] = []
        for course in steroidCourses() {
            let name = course.concept.code.display ?? "systemic steroid"
            if let doubt = course.doubt {
                family.hint(course.evidence(because: "\(name): \(doubt)"), "\(name), \(doubt)")
            } else if let span = course.span {
                days.insert(span, within: window)
                counted.append(course)
            } else if course.drug.isActive {
                family.hint(course.evidence(because: "\(name): active, without dates"), "\(name), without dates")
            }
        }
        let found = thresholds.steroidDaysAreConsecutive ? days.runs(bridging: 0).map(\.count).max() ?? 0 : days.count
        for course in counted {
            let name = course.concept.code.display ?? "systemic steroid"
            let evidence = course.evidence(
                because:
                    "systemic steroid, \(found) days within \(thresholds.steroidWithinDays), limit \(thresholds.steroidDays)"
            )
            if found >= thresholds.steroidDays {
                family.meet(evidence, "\(name), \(found) days", presenting: false)
            } else if days.count > 0 {
                family.show(evidence)
                family.ask(DataGap("long-term steroid use"))
            }
        }
    }

    private func readBone(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        if finding.isRefuted { return family.show(finding.evidence(concept, because: "\(name): ruled out")) }
        if use.part == .hint {
            return readHint(
                item, into: &family,
                withinDays: use.component == "trauma" || use.set == "hints" ? thresholds.traumaDays : nil)
        }
        guard use.part == .presenting || use.part == .risk, use.alone == .yes || use.alone == .needsNew else { return }
        switch use.component {
        case "trauma": readTrauma(item, into: &family)
        case "suspected": readCodedFracture(item, into: &family)
        case "osteoporosis":
            family.meet(finding.evidence(concept, because: "\(name), any time counts"), name, presenting: false)
        case "steroids":
            let evidence = finding.evidence(
                concept, because: "\(name), recorded within \(thresholds.steroidWithinDays) days")
            switch isWithin(thresholds.steroidWithinDays, finding.latestDate) {
            case .yes: family.meet(evidence, name, presenting: false)
            case .unknown: family.hint(evidence, name)
            case .no: family.show(evidence)
            }
        default: break
        }
    }

    private func readTrauma(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, concept, name) = (item.finding, item.concept, item.name)
        guard concept.encounter != .sequela, concept.encounter != .subsequent else {
            return family.show(finding.evidence(concept, because: "\(name): not a new injury"))
        }
        let evidence = finding.evidence(concept, because: "\(name), counts for \(thresholds.traumaDays) days")
        switch finding.origin == .reason ? .yes : isWithin(thresholds.traumaDays, finding.onset ?? finding.recorded) {
        case .yes: family.meet(evidence, name, presenting: true)
        case .unknown:
            family.show(evidence)
            family.forbidDenial()
            family.ask(DataGap("recent significant trauma", .tooImprecise))
        case .no: family.show(evidence)
        }
    }

    /// A current vertebral or sacral fracture is presenting (ruling R40); a healed one is history.
    private func readCodedFracture(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        let evidence = finding.evidence(concept, because: name)
        if finding.origin == .reason { return family.meet(evidence, name, presenting: true) }
        let isOld = concept.encounter == .subsequent || concept.encounter == .sequela || finding.status.hasEnded
        if isOld { return family.show(evidence) }
        if use.alone == .needsNew, episode.contains(finding.onsetBound) != .yes {
            return episode.contains(finding.onsetBound) == .unknown
                ? family.hint(evidence, name) : family.show(evidence)
        }
        family.meet(evidence, name, presenting: true)
    }

    private func readMinorTrauma(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        guard !finding.isRefuted, concept.encounter != .sequela, concept.encounter != .subsequent else { return }
        let isRecent: Truth =
            finding.origin == .reason ? .yes : isWithin(thresholds.traumaDays, finding.onset ?? finding.recorded)
        guard isRecent != .no else { return }
        let hasFragileBone = family.positives.contains { !$0.isPresenting }
        let isOld = Age(record.birthDate, on: asOf)?.isOver(thresholds.minorTraumaAgeOver) == .yes
        let evidence = finding.evidence(
            concept,
            because: "\(name): minor trauma, counts over age \(thresholds.minorTraumaAgeOver) or with fragile bone")
        if use.part == .hint {
            family.hint(evidence, name)
        } else if isRecent == .unknown, hasFragileBone || isOld {
            family.show(evidence)
            family.forbidDenial()
            family.ask(DataGap("recent significant trauma", .tooImprecise))
        } else if hasFragileBone || isOld {
            family.meet(evidence, name, presenting: true)
        } else {
            family.show(evidence)
        }
    }
}
