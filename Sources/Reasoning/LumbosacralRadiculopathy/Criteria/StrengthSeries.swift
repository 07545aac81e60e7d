import ClinicalModel

/// Strength grades of one muscle group on one side over time, Medical Research Council scale 0 to 5.
struct StrengthSeries {
    /// One dated grade. `4-` is a third below 4, `4+` a third above; within a grade nothing is lost (ruling R8).
    struct Grade {
        let answer: Answer
        let value: Double

        /// The whole grade, for counting losses.
        var whole: Int { Int(value.rounded()) }
        /// Without the unit `{score}` of a coded grade, for example `4/5`.
        var shown: String {
            answer.shown.map { $0.contains("/") ? $0 : "\($0.prefix { $0 != " " })/5" } ?? "?"
        }
    }
    /// Code, for example `strength-ankle-dorsiflexion-right`.
    let code: String
    /// Dated grades, oldest first.
    let grades: [Grade]

    /// `left` or `right`.
    var side: String { code.hasSuffix("-left") ? "left" : "right" }

    /// For people, for example `right ankle dorsiflexion strength`.
    var name: String {
        var words = code.split(separator: "-").dropFirst()
        let side = words.popLast() ?? ""
        return "\(side) \(words.joined(separator: " ")) strength"
    }

    /// The latest grade of an episode; nil when none was recorded in it.
    func latest(in episode: Episode) -> Grade? { grades.last { episode.contains($0.answer.date) == .yes } }

    /// The lowest grade that may or may not belong to an episode, undated or dated too coarsely; nil when there is none.
    func undated(in episode: Episode) -> Grade? {
        grades.filter { episode.contains($0.answer.date) == .unknown }.min { $0.value < $1.value }
    }

    /// Grades of the episode, oldest first.
    func inside(_ episode: Episode) -> [Grade] { grades.filter { episode.contains($0.answer.date) == .yes } }

    /// Whether the weakness of the latest grade is new in the episode: an earlier grade was better, or the episode is dated
    /// and no earlier grade exists; an equal grade from before the episode makes it old (ruling R37).
    func isNew(in episode: Episode) -> Truth {
        guard let latest = latest(in: episode) else { return undated(in: episode) == nil ? .no : .unknown }
        let before = grades.last { episode.contains($0.answer.date) == .no }
        if let before { return before.whole > latest.whole ? .yes : .no }
        if inside(episode).contains(where: { $0.whole > latest.whole }) { return .yes }
        return episode.isDated ? .yes : .unknown
    }

    /// Every series of a record, by code.
    static func all(in reading: Reading) -> [StrengthSeries] {
        reading.answers.keys.filter { $0.hasPrefix("strength-") }.sorted().map { code in
            let grades = (reading.answers[code] ?? []).compactMap { answer in
                value(of: answer).map { Grade(answer: answer, value: $0) }
            }
            return StrengthSeries(code: code, grades: grades)
        }
    }

    /// Reads a Quantity from 0 to 5 or a text such as `4+/5`; nil for anything else.
    static func value(of answer: Answer) -> Double? {
        switch answer.observation.value {
        case .quantity(let quantity):
            return quantity.comparator == nil && (0...5).contains(quantity.value) ? quantity.value : nil
        case .text(let text):
            var grade = text.filter { $0 != " " }
            if grade.hasSuffix("/5") { grade.removeLast(2) }
            let sign = grade.last
            if sign == "+" || sign == "-" { grade.removeLast() }
            guard let whole = Int(grade), (0...5).contains(whole) else { return nil }
            return Double(whole) + (sign == "+" ? 1.0 / 3 : sign == "-" ? -1.0 / 3 : 0)
        default: return nil
        }
    }
}
