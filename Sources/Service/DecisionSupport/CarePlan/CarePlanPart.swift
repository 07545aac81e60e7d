public import Guidelines

/// A part of the conservative plan (guideline statements G01–G21): the one source of the resources that the plan creates
/// and of the definitions that they are instances of.
///
/// Nothing here prompts for muscle relaxants, opioids or drugs for nerve pain; nothing rests on the gap G45.
public enum CarePlanPart: String, Sendable, Hashable, CaseIterable {
    case rehabilitationReferral = "rehabilitation-referral"
    case activityAdvice = "activity-advice"
    case heatOrCold = "heat-or-cold"
    case patientEducation = "patient-education"
    /// Only where its guards hold (invariant I17, ruling R49).
    case nsaid
    case sixWeekRecheck = "six-week-recheck"
    case returnAdvice = "return-advice"

    /// The type of FHIR resource that carries a part.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case serviceRequest = "ServiceRequest"
        case medicationRequest = "MedicationRequest"
        case communication = "Communication"

        /// The code of `ActivityDefinition.kind`, whose list knows requests only.
        public var definitionKind: String { self == .communication ? "CommunicationRequest" : rawValue }
    }

    /// Id of the part and of its ActivityDefinition, for example `heat-or-cold`.
    public var id: String { rawValue }

    /// Canonical URL of the ActivityDefinition that a resource of the plan is an instance of.
    public var definition: String { "https://spinehook.example/fhir/ActivityDefinition/\(id)" }

    /// Id of the plan as a whole and of its PlanDefinition.
    public static let planID = "conservative-plan"

    /// Canonical URL of the PlanDefinition that CarePlan and RequestGroup are instances of.
    public static let planDefinition = "https://spinehook.example/fhir/PlanDefinition/\(planID)"

    /// Name of the plan as a whole.
    public static let planTitle = "Conservative plan for lumbosacral radiculopathy"

    /// What the part is, as the label of a suggestion and the title of an action; under 80 characters.
    public var title: String {
        switch self {
        case .rehabilitationReferral: "Refer to rehabilitation"
        case .activityAdvice: "Advise to stay active, no bed rest"
        case .heatOrCold: "Heat or cold as needed"
        case .patientEducation: "Give patient education"
        case .nsaid: "NSAID, lowest dose, short time"
        case .sixWeekRecheck: "Plan a dated re-check"
        case .returnAdvice: "Tell when to come back at once"
        }
    }

    /// Ids of the guideline statements that the part carries out.
    public var statements: [String] {
        switch self {
        case .rehabilitationReferral: ["G17", "G21"]
        case .activityAdvice: ["G04", "G13", "G14", "G42"]
        case .heatOrCold: ["G15"]
        case .patientEducation: ["G05", "G06", "G16", "G18", "G21"]
        case .nsaid: ["G03", "G07"]
        case .sixWeekRecheck: ["G01", "G02", "G19", "G20"]
        case .returnAdvice: ["G28", "G30", "G32"]
        }
    }

    /// The statements of the plan as a whole: those of its parts in ascending order, each once.
    public static var planStatements: [String] { Array(Set(allCases.flatMap(\.statements))).sorted() }

    /// The resource that carries it.
    public var kind: Kind {
        switch self {
        case .rehabilitationReferral, .activityAdvice, .heatOrCold, .sixWeekRecheck: .serviceRequest
        case .nsaid: .medicationRequest
        case .patientEducation, .returnAdvice: .communication
        }
    }

    /// What is to be done or said, complete sentences.
    ///
    /// - Parameter thresholds: The numbers in force; the re-check names the time before imaging is considered.
    public func text(_ thresholds: Thresholds) -> String {
        switch self {
        case .rehabilitationReferral:
            "Please include: (a) core stabilisation, (b) postural training, (c) re-activation of weak muscles, "
                + "(d) correction of flexibility and strength deficits. No bed rest."
        case .activityAdvice:
            "Stay active and keep to everyday life as far as the pain allows; adapt or pause what makes it worse. Bed rest "
                + "is not part of the treatment."
        case .heatOrCold: "Heat or cold on the painful region as needed, whichever helps."
        case .patientEducation: Self.education
        case .nsaid:
            "NSAID as the first medication against the pain, where it suits the patient: lowest effective dose, shortest "
                + "time. Drug, dose and duration are for the prescriber to choose."
        case .sixWeekRecheck:
            "Re-check \(SpokenDays(thresholds.imagingAfterDays).quantity) after the onset: pain score, strength, sensation, "
                + "bladder and bowel, what was done so far. Imaging or a procedure is considered only then, and at once "
                + "with any red flag."
        case .returnAdvice:
            "Come back at once or go to an emergency department for: \(Self.returnSigns)."
        }
    }

    /// What the patient comes back for at once (ruling R52).
    static let returnSigns =
        "trouble passing or holding urine (bladder), loss of control or feeling of the bowel, numbness around the saddle "
        + "area, new or growing weakness of a leg, or fever"

    private static let education =
        "Leg pain from an irritated nerve root usually gets better within weeks without surgery; most slipped discs shrink "
        + "by themselves within about eight weeks. Stay active and adapt what hurts; do not rest in bed. Heat or cold may "
        + "help. Exercise and physiotherapy support recovery. Pictures of the back rarely change treatment in the first "
        + "weeks. Come back at once or go to an emergency department if you cannot pass or hold urine, lose control of "
        + "your bowel, feel numb around the saddle area, if a leg becomes weak or weaker, or if you have a fever."
}
