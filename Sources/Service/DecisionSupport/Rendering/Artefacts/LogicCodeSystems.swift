import ClinicalModel
import FHIR
import Guidelines
import JSONTree

/// The words of the logic as code systems: statements, rules, criteria, and what decisions say of a test.
struct LogicCodeSystems {
    let source: ArtefactSource

    var artefacts: [GuidelineArtefact] { [statements, rules, criteria, results, fits, losses, issues] }

    /// A concept before it is written.
    private struct Concept {
        let code: String
        let display: String
        var definition: String?
        var properties: [(name: String, value: String)] = []

        var json: JSONValue {
            .object([
                ("code", .string(code)), ("display", .string(display)),
                ("definition", definition.map(JSONValue.string)),
                (
                    "property",
                    properties.isEmpty
                        ? nil
                        : .array(
                            properties.map { ["code": .string($0.name), "valueString": .string($0.value)] })
                ),
            ])
        }
    }

    private func codeSystem(
        _ id: String, _ title: String, _ description: String, properties: [(name: String, meaning: String)] = [],
        _ concepts: [Concept]
    ) -> GuidelineArtefact {
        source.head("CodeSystem", id, title, description).artefact([
            ("caseSensitive", true), ("content", "complete"), ("count", .number(concepts.count)),
            (
                "property",
                properties.isEmpty
                    ? nil
                    : .array(
                        properties.map { property in
                            [
                                "code": .string(property.name), "description": .string(property.meaning),
                                "type": "string",
                            ]
                        })
            ), ("concept", .array(concepts.map(\.json))),
        ])
    }

    private var statements: GuidelineArtefact {
        codeSystem(
            "statements", "Statements of the guideline",
            "What the source text says, in the project's own words. The last one is a gap: no action refers to it.",
            properties: [("reference", "Mark that the source text prints"), ("topic", "What the statement is about")],
            Statement.all.map { statement in
                Concept(
                    code: statement.id, display: statement.text,
                    properties: statement.marks.map { ("reference", "ref-\($0)") }
                        + statement.topics.map { ("topic", $0.rawValue) })
            })
    }

    private var rules: GuidelineArtefact {
        codeSystem(
            "rules", "Rules of the guideline",
            "The rules that decide, by the ids that decisions print. (x) stands for the rule that would have decided.",
            properties: [
                ("rating", "The rating that goes with the rule, in words"),
                ("order", "Kind of order that it is read for"),
            ],
            RuleWords.inReadingOrder.map(\.words).map { rule in
                Concept(code: rule.shownID, display: rule.condition, properties: [("rating", rule.rating)])
            }
                + TherapyWords.all.map { words in
                    Concept(
                        code: words.rule.rawValue, display: words.words,
                        properties: words.rule.orderClasses.map { ("order", $0.rawValue) })
                })
    }

    private var criteria: GuidelineArtefact {
        codeSystem(
            "criteria", "Criteria of the guideline",
            "What is read from a record before the rules decide, by the ids that decisions print.",
            properties: [("default", "What the criterion comes to when nobody says anything about it")],
            CriterionID.allCases.map { id in
                Concept(code: id.rawValue, display: id.title, properties: [("default", id.defaultResult.rawValue)])
            })
    }

    private var results: GuidelineArtefact {
        codeSystem(
            "criterion-result", "Results of criteria",
            "What a criterion came to. Unknown is never no: it names what would settle it.",
            CriterionResult.allCases.map { Concept(code: $0.rawValue, display: $0.words) })
    }

    private var losses: GuidelineArtefact {
        codeSystem(
            "conversion-loss", "Losses of a conversion",
            "Which resource a statement of a C-CDA document would have become that the conversion refused: names of R4 resource "
                + "types, in `details` of the OperationOutcome that ends the Bundle.",
            ConversionLossCodes.all.map { Concept(code: $0, display: $0) })
    }

    /// Each module has codes of its own, and lists them with their meaning; they are permanent.
    private var issues: GuidelineArtefact {
        source.head(
            "CodeSystem", "issues", "Issues of inputs",
            "What is wrong with an input, for example FHIR-204, in `details` of an OperationOutcome. The codes are permanent; "
                + "the text beside a code says what to change."
        ).artefact([("caseSensitive", true), ("content", "not-present")])
    }

    private var fits: GuidelineArtefact {
        codeSystem(
            "fit", "Fit of the ordered test", "Is the ordered test the right one? The ordered test …",
            Fit.allCases.map { Concept(code: $0.rawValue, display: $0.words.capitalizedFirst) })
    }
}

extension CriterionResult {
    /// The result for people.
    var words: String {
        switch self {
        case .met: "Met"
        case .notMet: "Not met"
        case .suspected: "Hinted at, to be clarified"
        case .unknown: "Not known"
        case .noneOnRecord: "Nothing on record"
        }
    }
}
