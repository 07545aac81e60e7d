public import Diagnostics

/// Why a line of criteria could not be decided.
public enum DecideCode {
    /// The line is no JSON object.
    public static let notAnObject = IssueCode(rawValue: "DECIDE-101")
    /// A member that the line may not have.
    public static let unknownMember = IssueCode(rawValue: "DECIDE-102")
    /// A slot that is not decided by this version, or none at all.
    public static let slot = IssueCode(rawValue: "DECIDE-103")
    /// An id that is no criterion.
    public static let unknownCriterion = IssueCode(rawValue: "DECIDE-104")
    /// A value that is no result, or not one that the criterion can have.
    public static let notAResult = IssueCode(rawValue: "DECIDE-105")
    /// A presenting flag that is none of the three families that know one.
    public static let presentingFlag = IssueCode(rawValue: "DECIDE-106")
    /// An order without a known modality or priority.
    public static let order = IssueCode(rawValue: "DECIDE-107")
    /// A string, number or object of the line that is defective.
    public static let defect = IssueCode(rawValue: "DECIDE-108")

    /// Every code of `guideline decide`.
    public static let all = [
        notAnObject, unknownMember, slot, unknownCriterion, notAResult, presentingFlag, order, defect,
    ]
}
