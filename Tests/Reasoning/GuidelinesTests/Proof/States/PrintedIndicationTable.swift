import ClinicalModel
import Guidelines

/// What the guideline says of a state, read from its printed tables and not from the code under test.
struct Expectation: Hashable {
    let rule: String
    let rating: Rating
    let contextClass: ContextClass
}

/// The indication table of section 3.2 as it is printed, with the rulings R31 to R33 and R44 that change its last rows.
///
/// The rows A1 to A10 exclude each other as printed, so exactly one of them holds in every state.
struct PrintedIndicationTable {
    private static let text = """
        A1  | met  | -    | -       | -       | -    | -    | -         | UA  | C2
        A2  | nm/u | met  | -       | -       | -    | -    | -         | UA  | C2
        A3  | nm/u | nm/u | not met | -       | -    | -    | -         | NA  | C0
        A4  | nm/u | nm/u | met/u   | not met | -    | -    | -         | NA  | C0
        A5  | nm/u | nm/u | met/u   | met/u   | met  | -    | -         | UA  | C3
        A6  | nm/u | nm/u | met/u   | met/u   | nm/u | met  | -         | UA  | C4
        A7  | nm/u | nm/u | unk     | met/u   | nm/u | nm/u | -         | INS | C0
        A8  | nm/u | nm/u | met     | unk     | nm/u | nm/u | -         | INS | C0
        A9  | nm/u | nm/u | met     | met     | nm/u | nm/u | met       | UA  | C5
        A10 | nm/u | nm/u | met     | met     | nm/u | nm/u | no record | 3.3 | -
        """
    /// The criteria of the columns; "INF or MAL" is met when either is.
    private static let columns: [[CriterionID]] = [
        [.caudaEquina], [.progressiveDeficit], [.adult], [.radiculopathy], [.infection, .malignancy], [.fracture],
        [.priorLumbarSurgery],
    ]

    /// One row: a state falls under it when one of its two masks allows all that the state holds.
    private struct Row {
        let mask: UInt64
        let otherMask: UInt64
        /// Nil sends to the course table.
        let expectation: Int?

        func holds(_ code: UInt64) -> Bool { code & ~mask == 0 || code & ~otherMask == 0 }
    }

    /// Everything that the tables can say, by number.
    let expectations: [Expectation]
    private let rows: [Row]
    /// What follows A10 and A11 by the twelve bits of the course, for a state without and with an earlier MRI.
    private let courses: [[Int]]
    /// What A12, A13, A14 make of an expectation; the number itself where they leave it alone.
    private let elderly: [Int]
    private let hinted: [Int]
    private let unread: [Int]

    private static let courseDimensions = [
        CriterionID.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate,
    ].map(StateSpace.dimension)
    private let earlierMRI = StateSpace.mask([.priorLumbarMRI], .met)
    private let over70 = StateSpace.mask([.ageOver70], .met)
    private let complete = StateSpace.mask([.recordComplete], .met)
    private let hint =
        StateSpace.mask(CriterionID.redFlags, .suspected) | StateSpace.mask([.urgentContext], .met)
    private let courseShift = UInt64(StateSpace.dimension(.sixWeeks).offset)

    init() {
        var said = Numbering()
        rows = PrintedIndicationTable.text.split(separator: "\n").map { line in
            let cells = line.split(separator: "|").map { $0.trimmed }
            let expectation = Rating(rawValue: cells[8]).flatMap { rating in
                ContextClass(rawValue: cells[9]).map { Expectation(rule: cells[0], rating: rating, contextClass: $0) }
            }
            let masks = PrintedIndicationTable.masks(Array(cells[1...7]))
            return Row(
                mask: masks[0], otherMask: masks[masks.count - 1], expectation: expectation.map { said[$0] })
        }
        courses = [false, true].map { hasEarlierMRI in
            (0..<(1 << 12)).map { bits in
                let dimensions = PrintedIndicationTable.courseDimensions
                let code = UInt64(bits) << UInt64(dimensions[0].offset)
                guard dimensions.allSatisfy({ (code & $0.mask).nonzeroBitCount == 1 }) else { return -1 }
                let course = dimensions.map { $0.values[$0.value(in: code)].result }
                return said[PrintedIndicationTable.afterCourse(course, hasEarlierMRI)]
            }
        }
        // A14 stands before A13, A13 before A12; all three speak only where the rating would be UNA.
        let base = said.items
        func over(_ name: String, _ rating: Rating, _ contextClass: ContextClass) -> [Int] {
            base.enumerated().map { number, item in
                guard item.rating == .usuallyNotAppropriate else { return number }
                return said[Expectation(rule: "\(name)(\(item.rule))", rating: rating, contextClass: contextClass)]
            }
        }
        unread = over("A14-UNREAD", .insufficientData, .undetermined)
        hinted = over("A13-HINT", .mayBeAppropriate, .noFlag)
        elderly = over("A12-ELDERLY", .mayBeAppropriate, .noFlag)
        expectations = said.items
    }

    /// A10 by the course table; A11 lowers only UA and words UNA anew (ruling R44).
    private static func afterCourse(_ course: [CriterionResult], _ hasEarlierMRI: Bool) -> Expectation {
        let (rating, reason) = PrintedCourseTable.reading(of: course)
        let contextClass = rating == .insufficientData ? ContextClass.undetermined : .noFlag
        switch rating {
        case .usuallyAppropriate where hasEarlierMRI:
            return Expectation(rule: "A11-REPEAT-PLANNING", rating: .mayBeAppropriate, contextClass: contextClass)
        case .usuallyNotAppropriate where hasEarlierMRI:
            return Expectation(rule: "A11-REPEAT", rating: rating, contextClass: contextClass)
        default: return Expectation(rule: "A10-\(reason)", rating: rating, contextClass: contextClass)
        }
    }

    /// The number of what the tables say to a state; nil where not exactly one row holds.
    func reading(of code: UInt64) -> Int? {
        var found: Row?
        for row in rows where row.holds(code) {
            guard found == nil else { return nil }
            found = row
        }
        guard let found else { return nil }
        if let expectation = found.expectation { return expectation }
        let said = courses[code & earlierMRI == 0 ? 0 : 1][Int(code >> courseShift & 0xFFF)]
        if code & complete == 0 { return unread[said] }
        if code & hint != 0 { return hinted[said] }
        return code & over70 != 0 ? elderly[said] : said
    }

    /// What a row's cells allow, one mask or, for one of two criteria met, two; criteria without a column are free.
    private static func masks(_ cells: [String]) -> [UInt64] {
        let named = Set(columns.joined())
        let free = StateSpace.dimensions.filter { !named.contains($0.id) }.reduce(UInt64(0)) { $0 | $1.mask }
        return zip(columns, cells).reduce([free]) { masks, cell in
            let dimensions = cell.0.map(StateSpace.dimension)
            let any = dimensions.reduce(UInt64(0)) { $0 | $1.mask }
            let allowed =
                cell.1 == "met" && dimensions.count > 1
                ? dimensions.map { any & ~$0.mask { $0.result != .met } }
                : [dimensions.reduce(UInt64(0)) { $0 | $1.mask { allows(cell.1, $0.result) } }]
            return masks.flatMap { mask in allowed.map { mask | $0 } }
        }
    }

    /// The words of the cells; "suspected" is not met (R31), no record includes not retrieved (R17).
    private static func allows(_ cell: String, _ result: CriterionResult) -> Bool {
        switch cell {
        case "-": true
        case "met": result == .met
        case "not met": result == .notMet
        case "nm/u", "no record": result != .met
        case "met/u": result != .notMet
        default: result != .met && result != .notMet
        }
    }
}

/// Gives each different item a number, in the order of first appearance.
private struct Numbering {
    private(set) var items: [Expectation] = []
    private var numbers: [Expectation: Int] = [:]

    subscript(item: Expectation) -> Int {
        mutating get {
            if let number = numbers[item] { return number }
            numbers[item] = items.count
            items.append(item)
            return items.count - 1
        }
    }
}

extension Substring {
    /// Without blanks at either end.
    var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
