import ClinicalModel
import Guidelines
import Testing

private func grades(_ grades: (String, Int)..., onset: PartialDate? = daysAgo(20), also: [Observation] = [])
    -> ClinicalRecord
{
    with(grades.map { answer("strength-ankle-dorsiflexion-right", .text($0.0), daysAgo($0.1)) } + also, onset: onset)
}
private func strength(_ code: String, _ text: String, _ ago: Int?) -> Observation {
    answer("strength-\(code)", .text(text), ago.map(daysAgo))
}
private func deficit(_ part: CodeUse.Part, _ role: CodeUse.Role, _ alone: CodeUse.Alone = .yes) -> Concept {
    concept("neurologic-deficit", .progressiveDeficit, "worsening", part, role, alone)
}

@Suite("Progressive deficit (G32, R8, R36, R37)")
struct ProgressiveDeficitTests {
    static let answers = [
        CriterionRow("worsening attested", .progressiveDeficit, .met, with([yes("leg-weakness-worsening")])),
        CriterionRow("worsening denied", .progressiveDeficit, .notMet, with([no("leg-weakness-worsening")])),
        CriterionRow(
            "denied two days ago", .progressiveDeficit, .unknown, with([no("leg-weakness-worsening", daysAgo(2))])),
    ]

    static let losses = [
        CriterionRow("one grade lost", .progressiveDeficit, .met, grades(("5/5", 5), ("4/5", 1))),
        CriterionRow(
            "within a grade nothing is lost (R8)", .progressiveDeficit, .unknown, grades(("4+/5", 5), ("4-/5", 1))),
        CriterionRow(
            "lost and made up again", .progressiveDeficit, .unknown, grades(("5/5", 15), ("4/5", 10), ("5/5", 5))),
        CriterionRow(
            "a loss seen two days ago is not undone (R36)", .progressiveDeficit, .met,
            grades(("5/5", 15), ("4/5", 2), ("5/5", 0))),
        CriterionRow("improving", .progressiveDeficit, .unknown, grades(("4/5", 5), ("5/5", 1))),
        CriterionRow(
            "a grade lost ten days ago", .progressiveDeficit, .met,
            with([strength("leg-left", "5/5", 15), strength("leg-left", "4/5", 10)])),
    ]

    static let severe = [
        CriterionRow("3/5 first seen in a dated episode", .progressiveDeficit, .met, grades(("3/5", 1))),
        CriterionRow("3+/5 is more than 3", .progressiveDeficit, .unknown, grades(("3+/5", 1))),
        CriterionRow(
            "3/5, improving, is still severe (R37)", .progressiveDeficit, .met, grades(("2/5", 5), ("3/5", 1))),
        CriterionRow(
            "3/5 without an onset is not known to be new", .progressiveDeficit, .suspected,
            grades(("3/5", 1), onset: nil)),
        CriterionRow(
            "3/5 as before the episode is old", .progressiveDeficit, .unknown, grades(("3/5", 300), ("3/5", 1))),
        CriterionRow(
            "old 3/5 forbids a denial (R37)", .progressiveDeficit, .unknown,
            grades(("3/5", 300), ("3/5", 1), also: [no("leg-weakness-worsening")])),
        CriterionRow(
            "2/5 without a date", .progressiveDeficit, .suspected,
            deniedBeside(answer("strength-leg-left", .text("2/5"), nil))),
        CriterionRow(
            "2/5 of this year", .progressiveDeficit, .suspected,
            deniedBeside(answer("strength-leg-left", .text("2/5"), PartialDate("2025")))),
        CriterionRow("3/5, undated", .progressiveDeficit, .suspected, with([strength("leg-left", "3/5", nil)])),
    ]

    static let denials = [
        CriterionRow(
            "full strength on both sides denies", .progressiveDeficit, .notMet,
            with([answer("strength-leg-left", .text("5/5")), answer("strength-leg-right", .text("5/5"))])),
        CriterionRow(
            "4 on one side does not", .progressiveDeficit, .unknown,
            with([answer("strength-leg-left", .text("4/5")), answer("strength-leg-right", .text("5/5"))])),
        CriterionRow(
            "full knees today, a weak ankle five days ago", .progressiveDeficit, .unknown,
            with([
                answer("strength-ankle-dorsiflexion-left", .text("4/5"), daysAgo(5)),
                answer("strength-knee-extension-left", .text("5/5")),
                answer("strength-knee-extension-right", .text("5/5")),
            ])),
        CriterionRow(
            "weaker than before the episode is not stable", .progressiveDeficit, .unknown,
            deniedBeside(
                answer("strength-leg-left", .text("5/5"), daysAgo(100)), answer("strength-leg-left", .text("4/5")))),
        CriterionRow(
            "as before the episode, and denied", .progressiveDeficit, .notMet,
            with([
                strength("leg-left", "4/5", 300), strength("leg-left", "4/5", 1),
                no("leg-weakness-worsening"),
            ])),
        CriterionRow(
            "weaker than before the episode, and denied", .progressiveDeficit, .unknown,
            with([
                strength("leg-left", "5/5", 300), strength("leg-left", "4/5", 1),
                no("leg-weakness-worsening"),
            ])),
        CriterionRow(
            "full strength on one side denies nothing", .progressiveDeficit, .unknown,
            with([strength("leg-left", "5/5", 0)])),
    ]

    static let quantities = [
        CriterionRow(
            "a grade as a quantity", .progressiveDeficit, .met,
            with([measurement(finding("strength-leg-left"), 2, "{score}")])),
        CriterionRow(
            "a grade of 7 is none", .progressiveDeficit, .unknown,
            with([
                measurement(finding("strength-leg-left"), 7, "{score}"),
                measurement(finding("strength-leg-right"), 7, "{score}"),
            ])),
        CriterionRow(
            "a grade under 3 is not read", .progressiveDeficit, .unknown,
            with([measurement(finding("strength-leg-left"), 3, "{score}", comparator: .less)])),
        CriterionRow(
            "3.05 is more than 3", .progressiveDeficit, .unknown,
            with([measurement(finding("strength-leg-left"), 3.05, "{score}")])),
    ]

    static let codes = [
        CriterionRow(
            "foot drop in the episode", .progressiveDeficit, .met, with(condition(.footDrop, onset: daysAgo(3)))),
        CriterionRow("foot drop without a date (R37)", .progressiveDeficit, .suspected, with(condition(.footDrop))),
        CriterionRow(
            "foot drop of old", .progressiveDeficit, .unknown, with(condition(.footDrop, onset: daysAgo(400)))),
        CriterionRow(
            "foot drop as the reason (R37)", .progressiveDeficit, .met, record(),
            order: imagingOrder(reasons: [orderReason(.footDrop)])),
        CriterionRow(
            "inactive foot drop of this episode", .progressiveDeficit, .met,
            deniedBeside(condition(.footDrop, onset: daysAgo(3), status: .inactive))),
        CriterionRow(
            "a deficit in the episode", .progressiveDeficit, .met,
            with(condition(deficit(.presenting, "finding"), onset: daysAgo(3)))),
        CriterionRow(
            "a deficit that is never enough", .progressiveDeficit, .unknown,
            with(condition(deficit(.presenting, "finding", .no), onset: daysAgo(3)))),
    ]

    static let hints = [
        CriterionRow(
            "a hint as the reason of the order", .progressiveDeficit, .met, record(),
            order: imagingOrder(reasons: [orderReason(deficit(.hint, "hint"))])),
        CriterionRow(
            "a hint to be looked at, as the reason", .progressiveDeficit, .suspected, record(),
            order: imagingOrder(reasons: [orderReason(deficit(.hint, "hint", .review))])),
        CriterionRow("a hint as a problem", .progressiveDeficit, .suspected, with(condition(deficit(.hint, "hint")))),
    ]

    static let rows = answers + losses + severe + denials + quantities + codes + hints

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }
}
