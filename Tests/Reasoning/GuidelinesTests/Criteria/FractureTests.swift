import ClinicalModel
import Guidelines
import Testing

private let trauma = concept("trauma-significant", .fracture, "trauma", encounter: .initial)
private let sequela = concept("trauma-significant", .fracture, "trauma", encounter: .sequela)
private let fall = concept("trauma-minor", .fracture, "trauma", .presenting, "with-osteoporosis-or-age", .no)
private let osteoporosis = concept("osteoporosis-fragility-fracture", .fracture, "osteoporosis", .risk)
private let collapse = concept("osteoporosis-fragility-fracture", .fracture, "suspected", encounter: .initial)
private let tScore = concept("vitals-labs", .fracture, "osteoporosis", .risk, "measurement", .no)
private let prednisone = concept("systemic-corticosteroids", .fracture, "steroids", .risk, "course", .no)
private let budesonide = concept("inhaled-corticosteroids", .fracture, "steroids", .exclusion, "route", .no)

private func steroid(
    _ from: Int?, _ to: Int?, active: Bool = false, route: MedicationUse.Route = .systemic, code: Concept = prednisone
) -> MedicationUse {
    drug(code, from, to, kind: .request, isActive: active, route: route)
}
private func fracture(_ alone: CodeUse.Alone = .yes, encounter: Concept.Encounter? = nil) -> Concept {
    concept("vertebral-fracture", .fracture, "suspected", .presenting, "finding", alone, encounter: encounter)
}
private func hint(
    _ set: ValueSetName, _ component: String, role: CodeUse.Role = "hint", qualifiers: Set<CodeUse.Qualifier> = []
) -> Concept {
    concept(set, .fracture, component, .hint, role, .yes, qualifiers: qualifiers)
}

@Suite("Fracture (G31, R18, R40, R46)")
struct FractureTests {
    static let answers = [
        CriterionRow("screen denied", .fracture, .notMet, with(screenDenied())),
        CriterionRow(
            "osteoporosis answered yes, not dated", .fracture, .met,
            with([yes("osteoporosis-or-fragility-fracture", nil)])),
    ]

    static let traumas = [
        CriterionRow("trauma 90 days ago", .fracture, .met, with(condition(trauma, onset: daysAgo(90)))),
        CriterionRow("trauma 91 days ago", .fracture, .unknown, with(condition(trauma, onset: daysAgo(91)))),
        CriterionRow(
            "trauma without a date forbids a denial", .fracture, .unknown,
            with(condition(trauma), observations: screenDenied())),
        CriterionRow(
            "a late effect is no new trauma", .fracture, .notMet,
            with(condition(sequela, onset: daysAgo(3)), observations: screenDenied())),
        CriterionRow("encounters not retrieved", .fracture, .unknown, deniedBeside { $0.notRetrieved = [.encounters] }),
    ]

    static let falls = [
        CriterionRow("a fall at 45 with sound bone", .fracture, .unknown, with(condition(fall, onset: daysAgo(3)))),
        CriterionRow(
            "a fall at 66", .fracture, .met,
            record(birth: "1959-01-01") { $0.conditions.append(condition(fall, onset: daysAgo(3))) }),
        CriterionRow(
            "a fall on the 65th year's last day", .fracture, .unknown,
            record(birth: "1959-06-17") { $0.conditions.append(condition(fall, onset: daysAgo(3))) }),
        CriterionRow(
            "a fall at 67 without a date", .fracture, .unknown,
            record(birth: "1958-01-01") {
                $0.observations = screenDenied()
                $0.conditions.append(condition(fall))
            }),
    ]

    static let bone = [
        CriterionRow("osteoporosis at any time", .fracture, .met, with(condition(osteoporosis, onset: daysAgo(9000)))),
        CriterionRow("T-score -2.5", .fracture, .met, with([measurement(tScore, -2.5, "{score}")])),
        CriterionRow("T-score -2.4", .fracture, .unknown, with([measurement(tScore, -2.4, "{score}")])),
        CriterionRow(
            "T-score -2.5 as an input code", .fracture, .met, with([measurement(finding("t-score"), -2.5, nil)])),
        CriterionRow(
            "another input code below the limit", .fracture, .unknown, with([measurement(finding("pvr-ml"), -3, nil)])
        ),
        CriterionRow(
            "a measurement of something else below the limit", .fracture, .unknown,
            with([measurement(.temperature, -3, nil)])),
        CriterionRow(
            "T-score at most -2.5", .fracture, .met, with([measurement(tScore, -2.5, nil, comparator: .lessOrEqual)])),
        CriterionRow(
            "T-score over -2.5 is above it", .fracture, .unknown,
            with([measurement(tScore, -2.5, nil, comparator: .greater)])),
        CriterionRow(
            "T-score at least -2.5 may be -2.5", .fracture, .unknown,
            with([measurement(tScore, -2.5, nil, comparator: .greaterOrEqual)])),
    ]

    static let steroidDays = [
        CriterionRow("90 steroid days", .fracture, .met, record { $0.medications = [steroid(100, 11)] }),
        CriterionRow(
            "89 steroid days leave a question (R18)", .fracture, .unknown,
            record { $0.medications = [steroid(100, 12)] }),
        CriterionRow(
            "two courses add up, overlap once", .fracture, .met,
            record { $0.medications = [steroid(200, 151), steroid(160, 111)] }),
        CriterionRow(
            "overlap counted once", .fracture, .unknown,
            record { $0.medications = [steroid(200, 141), steroid(170, 112)] }),
        CriterionRow(
            "days before the year do not count", .fracture, .unknown, record { $0.medications = [steroid(500, 300)] }),
        CriterionRow(
            "open since 89 days, that is 90 days", .fracture, .met,
            record { $0.medications = [steroid(89, nil, active: true)] }),
        CriterionRow(
            "open since 88 days", .fracture, .unknown, record { $0.medications = [steroid(88, nil, active: true)] }),
        CriterionRow(
            "90 steroid days in the year", .fracture, .met,
            record { $0.medications = [drug(.glucocorticoid(), 500, 275)] }),
        CriterionRow(
            "89 of them in the year", .fracture, .unknown,
            record { $0.medications = [drug(.glucocorticoid(), 500, 276)] }),
    ]

    static let steroidKinds = [
        CriterionRow(
            "inhaled never counts", .fracture, .unknown,
            record { $0.medications = [steroid(300, 0, route: .inhaledOrNasal)] }),
        CriterionRow(
            "injected into a joint never counts", .fracture, .unknown,
            record { $0.medications = [steroid(300, 0, route: .localInjection)] }),
        CriterionRow(
            "an inhaled drug's code excludes it", .fracture, .unknown,
            record { $0.medications = [steroid(300, 0, code: budesonide)] }),
        CriterionRow(
            "active without dates hints (R40)", .fracture, .suspected,
            record { $0.medications = [steroid(nil, nil, active: true)] }),
        CriterionRow(
            "a steroid on hold for half a year", .fracture, .suspected,
            deniedBeside {
                var onHold = steroid(180, 0)
                onHold.standing = .unclear
                $0.medications = [onHold]
            }),
        CriterionRow(
            "a course of something else in the family", .fracture, .unknown,
            record { $0.medications = [drug(.glucocorticoid(component: "trauma"), 100, 1)] }),
        CriterionRow(
            "a steroid course of another family", .fracture, .unknown,
            record { $0.medications = [drug(.glucocorticoid(criterion: .infection), 100, 1)] }),
        CriterionRow(
            "a substance with local forms, by mouth", .fracture, .met,
            record { $0.medications = [drug(.glucocorticoid(.hint), 100, 1)] }),
        CriterionRow(
            "a substance with local forms, route not stated", .fracture, .suspected,
            record { $0.medications = [drug(.glucocorticoid(.hint), 100, 1, route: .notStated)] }),
        CriterionRow(
            "another one, route not stated", .fracture, .met,
            record { $0.medications = [drug(.glucocorticoid(), 100, 1, route: .notStated)] }),
    ]

    static let fractures = [
        CriterionRow("vertebral fracture now", .fracture, .met, with(condition(collapse))),
        CriterionRow("a fracture now", .fracture, .met, with(condition(fracture(), onset: daysAgo(5)))),
        CriterionRow(
            "a fracture that is never enough alone", .fracture, .unknown,
            with(condition(fracture(.no), onset: daysAgo(5)))),
        CriterionRow(
            "a fracture to be reviewed", .fracture, .unknown, with(condition(fracture(.review), onset: daysAgo(5)))),
        CriterionRow(
            "a later visit for a fracture", .fracture, .unknown, with(condition(fracture(encounter: .subsequent)))),
        CriterionRow(
            "what a fracture left behind", .fracture, .unknown, with(condition(fracture(encounter: .sequela)))),
        CriterionRow("a fracture that has healed", .fracture, .unknown, with(condition(fracture(), status: .resolved))),
        CriterionRow(
            "a fracture new in the episode", .fracture, .met, with(condition(fracture(.needsNew), onset: daysAgo(5)))),
        CriterionRow(
            "a fracture from before it", .fracture, .unknown,
            with(condition(fracture(.needsNew), onset: daysAgo(400)))),
        CriterionRow("a fracture of an unknown day", .fracture, .suspected, with(condition(fracture(.needsNew)))),
    ]

    static let hints = [
        CriterionRow(
            "a hint 90 days old", .fracture, .suspected, with(condition(hint("hints", "hint"), recorded: daysAgo(90)))
        ),
        CriterionRow(
            "a hint 91 days old", .fracture, .unknown, with(condition(hint("hints", "hint"), recorded: daysAgo(91)))),
        CriterionRow(
            "a hint at trauma 91 days old", .fracture, .unknown,
            with(condition(hint("major-trauma", "trauma"), recorded: daysAgo(91)))),
        CriterionRow(
            "a hint at fragile bone does not fade", .fracture, .suspected,
            with(condition(hint("osteopenia", "osteoporosis"), recorded: daysAgo(400)))),
        CriterionRow(
            "a hint over before the episode", .fracture, .unknown,
            with(
                condition(
                    hint("osteopenia", "osteoporosis"), onset: daysAgo(80), abatement: daysAgo(60), status: .resolved))),
        CriterionRow(
            "a history that is over still hints", .fracture, .suspected,
            with(
                condition(
                    hint("osteopenia", "osteoporosis", role: "history"), onset: daysAgo(80), abatement: daysAgo(60),
                    status: .resolved))),
        CriterionRow(
            "a hint only without a date, undated", .fracture, .suspected,
            with(condition(hint("hints", "hint", qualifiers: [.withoutDate])))),
        CriterionRow(
            "a hint only without a date, dated", .fracture, .unknown,
            with(condition(hint("hints", "hint", qualifiers: [.withoutDate]), onset: daysAgo(5)))),
    ]

    static let rows = answers + traumas + falls + bone + steroidDays + steroidKinds + fractures + hints

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("two steroid courses end to end are one run, in either order")
    func adjacentCourses() {
        var thresholds = Thresholds()
        thresholds.steroidDaysAreConsecutive = true
        for courses in [[steroid(100, 56), steroid(55, 11)], [steroid(55, 11), steroid(100, 56)]] {
            #expect(result(.fracture, record { $0.medications = courses }, thresholds: thresholds) == .met)
        }
        let apart = record { $0.medications = [steroid(100, 56), steroid(54, 10)] }
        #expect(result(.fracture, apart, thresholds: thresholds) == .unknown)
    }

    @Test("a day that two steroid courses share counts once, in either order", arguments: [89, 90])
    func sharedDay(_ days: Int) {
        let (day, run) = (steroid(120, 120), steroid(120, 121 - days))
        for courses in [[day, run], [run, day]] {
            #expect(result(.fracture, record { $0.medications = courses }) == (days == 90 ? .met : .unknown))
        }
    }

    @Test("a course that ended long ago is not shown")
    func oldCourse() {
        let old = record { $0.medications = [steroid(800, 700)] }
        #expect(criterion(.fracture, old).evidence.isEmpty)
    }
}
