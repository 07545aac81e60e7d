import ClinicalModel
import Guidelines
import JSONTree

/// Value sets that the profiles bind to: unions of the sets that the logic reads, and the questions and answers of the
/// product's own input codes.
struct BindingValueSets {
    private let source: ArtefactSource
    /// What the codes of each set do.
    private let uses: [ValueSetName: Set<CodeUse>]

    init(_ source: ArtefactSource) {
        self.source = source
        uses = Dictionary(
            uniqueKeysWithValues: ValueSetName.all.map { name in
                let uses = source.terminology.members(of: name).flatMap { source.terminology.concept($0).uses }
                return (name, Set(uses.filter { $0.set == name }))
            })
    }

    /// A value set by its id; `…/ValueSet/` and the name is its canonical URL.
    enum Name: String, CaseIterable {
        case radiculopathyConditions = "radiculopathy-conditions"
        case redFlagConditions = "red-flag-conditions"
        case measurements = "measurements"
        case painScores = "pain-scores"
        case lumbarImagingTests = "lumbar-imaging-tests"
        case deliveredCare = "delivered-care"
        case drugs = "guideline-drugs"
        case restAndProcedures = "rest-and-procedure-orders"
        case yesNoQuestions = "yes-no-questions"
        case gradedQuestions = "graded-questions"
        case codedQuestions = "coded-questions"
        case codedAnswers = "coded-answers"

        var url: String { ArtefactHead.url("ValueSet", rawValue) }

        fileprivate var title: String {
            switch self {
            case .radiculopathyConditions: "Lumbosacral radiculopathy"
            case .redFlagConditions: "Findings that bear on red flags"
            case .measurements: "Measurements that the guideline reads"
            case .painScores: "Pain and function scores"
            case .lumbarImagingTests: "Imaging of the lumbar spine"
            case .deliveredCare: "Conservative care that was delivered"
            case .drugs: "Drugs that the guideline reads"
            case .restAndProcedures: "Bed rest, epidural injections and spine surgery"
            case .yesNoQuestions: "Questions answered by yes or no"
            case .gradedQuestions: "Questions answered by a number"
            case .codedQuestions: "Questions answered by a code"
            case .codedAnswers: "Answers that are codes"
            }
        }
    }

    var artefacts: [GuidelineArtefact] { Name.allCases.map(artefact) }

    private func artefact(_ name: Name) -> GuidelineArtefact {
        let sets = sets(of: name)
        let include: [JSONValue] =
            sets.isEmpty
            ? [
                [
                    "system": .string(CodeSystem.findings),
                    "concept": .array(
                        findings(of: name).map { ["code": .string($0.code), "display": .string($0.display)] }),
                ]
            ]
            : source.files(of: sets).map { ["valueSet": [.string($0.url)]] }
        return source.head(
            "ValueSet", name.rawValue, name.title, "\(name.title): what the profiles of the guideline bind to.",
            in: "ValueSets/bindings"
        ).artefact([("compose", ["include": .array(include)])])
    }

    /// The sets of the logic that a union holds; empty for the product's own input codes.
    private func sets(of name: Name) -> [ValueSetName] {
        switch name {
        case .radiculopathyConditions:
            named { $0.criterion == CriterionID.radiculopathy.rawValue && $0.role == "finding" }
        case .redFlagConditions:
            [.hints]
                + named { use in
                    use.criterion?.hasPrefix("redflag.") == true
                        && ["finding", "with-osteoporosis-or-age"].contains(use.role.rawValue)
                }.filter { name in !uses[name, default: []].contains { $0.role == "measurement" } }
        case .measurements: named { $0.role == "measurement" }
        case .painScores: [.painAndFunctionScores]
        case .lumbarImagingTests: named { $0.criterion == CriterionID.duplicate.rawValue && $0.role == "order" }
        case .deliveredCare: named { $0.role == "delivered-care" }
        case .drugs:
            [.anticoagulants]
                + named { use in
                    ["course", "medication"].contains(use.role.rawValue)
                        || use.role == "order" && use.criterion?.hasPrefix("drug.") == true
                }
        case .restAndProcedures: [.bedRestOrder, .epiduralSteroidInjection, .spineSurgery]
        case .yesNoQuestions, .gradedQuestions, .codedQuestions, .codedAnswers: []
        }
    }

    /// The sets in which a code does what the role table says of the whole set.
    private func named(_ does: (CodeUse) -> Bool) -> [ValueSetName] {
        ValueSetName.all.filter { name in uses[name, default: []].contains(where: does) }
    }

    /// The product's own input codes of a set.
    func findings(of name: Name) -> [FindingDefinition] {
        source.terminology.findings.filter { finding in
            switch name {
            case .yesNoQuestions: finding.values.contains(.boolean)
            case .gradedQuestions: finding.values.contains(.quantity)
            case .codedQuestions: finding.values.contains(.codeableConcept)
            case .codedAnswers: finding.isAnswer
            default: false
            }
        }
    }
}
