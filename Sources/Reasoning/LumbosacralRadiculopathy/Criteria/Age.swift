import ClinicalModel

/// Age in whole years on a day, as far as the birth date tells.
struct Age {
    /// Youngest and oldest age that the birth date allows.
    let youngest: Int
    let oldest: Int

    /// Nil when there is no birth date with both bounds, or when it lies after the day.
    init?(_ birthDate: PartialDate?, on day: Day) {
        guard let earliest = birthDate?.earliest, let latest = birthDate?.latest, earliest <= day else { return nil }
        oldest = Age.years(from: earliest, to: day)
        youngest = Age.years(from: min(latest, day), to: day)
    }

    /// The age, when the birth date tells it to the year.
    var exact: Int? { youngest == oldest ? youngest : nil }

    func isAtLeast(_ years: Int) -> Truth { youngest >= years ? .yes : oldest < years ? .no : .unknown }
    func isOver(_ years: Int) -> Truth { isAtLeast(years + 1) }

    /// Whole years; a birthday on 29 February falls on 1 March in other years.
    static func years(from birth: Day, to day: Day) -> Int {
        let (birthYear, birthMonth, birthDay) = birth.civil
        let (year, month, dayOfMonth) = day.civil
        return year - birthYear - ((month, dayOfMonth) < (birthMonth, birthDay) ? 1 : 0)
    }
}
