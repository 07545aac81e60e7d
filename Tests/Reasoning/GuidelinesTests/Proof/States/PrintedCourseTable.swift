import Guidelines

/// Section 3.3: the sentence on the fully known course, and every completion of what is unknown.
enum PrintedCourseTable {
    /// Rating and reason of a course: onset, trial, failed, candidate.
    static func reading(of course: [CriterionResult]) -> (Rating, String) {
        // R26: a trial longer than the complaint is a contradiction in the record.
        if course[0] == .notMet && course[1] == .met { return (.insufficientData, "ASK-ONSET") }
        var course = course
        // R11: a documented trial settles an unknown onset.
        if course[0] == .unknown && course[1] == .met { course[0] = .met }
        let answers = Set(completions(of: course).map { known($0).rating })
        if answers.count == 1, let rating = answers.first {
            if rating == .usuallyAppropriate { return (rating, "INDICATED") }
            // The first definite obstacle.
            let obstacles = ["EARLY", "NOTRIAL", "IMPROVING", "NOTCAND"]
            let first = zip(course, obstacles).first { $0.0 == .notMet }?.1
            return (rating, first ?? "no definite obstacle")
        }
        let unknown = course.indices.filter { course[$0] == .unknown }
        if unknown == [3] { return (.mayBeAppropriate, "ASK-CAND") }
        return (.insufficientData, ["ASK-ONSET", "ASK-TRIAL", "ASK-RESPONSE"][unknown[0]])
    }

    /// "Onset < 42 days -> UNA EARLY; else no trial -> UNA NOTRIAL; else improving -> UNA IMPROVING; else not a candidate
    /// -> UNA NOTCAND; else UA INDICATED."
    static func known(_ course: [Bool]) -> (rating: Rating, reason: String) {
        if !course[0] { return (.usuallyNotAppropriate, "EARLY") }
        if !course[1] { return (.usuallyNotAppropriate, "NOTRIAL") }
        if !course[2] { return (.usuallyNotAppropriate, "IMPROVING") }
        if !course[3] { return (.usuallyNotAppropriate, "NOTCAND") }
        return (.usuallyAppropriate, "INDICATED")
    }

    /// Every fully known course that an open one may turn out to be.
    static func completions(of course: [CriterionResult]) -> [[Bool]] {
        course.reduce([[]]) { heads, result in
            heads.flatMap { head in
                switch result {
                case .met: [head + [true]]
                case .notMet: [head + [false]]
                default: [head + [true], head + [false]]
                }
            }
        }
    }
}
