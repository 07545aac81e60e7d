import ClinicalModel
import DecisionSupport
import Foundation
import Guidelines
import JSONTree
import KnowledgeBase
import Testing

@Suite("The guideline as FHIR artefacts")
struct ArtefactTests {
    @Test("Profiles/ holds what the program makes of the logic, byte for byte")
    func shipped() throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: Shipped.folder)
        let drift = try Shipped.artefacts.get().drift(from: paths) { path in
            FileManager.default.contents(atPath: "\(Shipped.folder)/\(path)").map { [UInt8]($0) }
        }
        #expect(drift.isEmpty, "write them anew with `spinehook guideline export`")
    }

    @Test("Every statement G01 to G44 is referred to by an artefact, the gap G45 by none")
    func statements() throws {
        var labels: Set<String> = []
        for file in try Shipped.artefacts.get().files {
            labels.formUnion(file.content.texts(under: ["label"]).filter { $0.wholeMatch(of: /G\d\d/) != nil })
        }
        let all = (1...44).map { $0 < 10 ? "G0\($0)" : "G\($0)" }
        #expect(labels.sorted() == all)
    }

    struct Row: CustomTestStringConvertible {
        let because: String
        let change: @Sendable (inout [String: [UInt8]]) -> Void
        let expected: [String]
        var testDescription: String { because }
    }

    static let plan = "PlanDefinitions/lumbar-imaging.json"
    static let rows = [
        Row(because: "nothing changed", change: { _ in }, expected: []),
        Row(because: "a byte more", change: { $0[plan]?.append(10) }, expected: ["differs: \(plan)"]),
        Row(because: "a file is gone", change: { $0[plan] = nil }, expected: ["missing: \(plan)"]),
        Row(
            because: "an old plan is still there", change: { $0["PlanDefinitions/old.json"] = [] },
            expected: ["left over: PlanDefinitions/old.json"]),
        Row(
            because: "what the program does not make is none of its business",
            change: { $0["ValueSets/mine.json"] = [] }, expected: []),
    ]

    @Test("What drifts is named", arguments: rows)
    func drift(_ row: Row) throws {
        let artefacts = try Shipped.artefacts.get()
        var folder = Dictionary(uniqueKeysWithValues: artefacts.files.map { ($0.path, $0.bytes) })
        row.change(&folder)
        let drift = artefacts.drift(from: folder.keys) { folder[$0] }
        #expect(drift.map { "\($0.kind.rawValue): \($0.path)" } == row.expected)
    }

    @Test("A number of a site stands in the plan, under a version of its own")
    func thresholds() throws {
        var numbers = Thresholds()
        numbers.imagingAfterDays = 28
        let engine = Engine(knowledge: try Shipped.engine.get().knowledge, thresholds: numbers)
        let plans = try [GuidelineArtefacts(engine), Shipped.artefacts.get()].map { artefacts in
            try #require(try Shipped.content(Self.plan, of: artefacts))
        }
        let values = plans.map { plan in
            plan["extension"]?.elements.first { threshold in
                threshold.texts(under: ["valueString"]).contains("course.imagingAfterDays")
            }?["extension"]?.elements.first { $0["url"]?.text == "value" }?["valueString"]?.text
        }
        #expect(values == ["28", "42"])
        #expect(plans[1]["version"]?.text == "1.0.0")
        let version = try #require(plans[0]["version"]?.text)
        #expect(version.wholeMatch(of: /1\.0\.0-site\.[0-9a-f]{8}/) != nil)
    }

    @Test("A card that a site does not show is marked, under a version of its own")
    func suppressed() throws {
        var adaptation = CardAdaptation()
        adaptation.suppressed = [.k25]
        let artefacts = GuidelineArtefacts(
            Engine(knowledge: try Shipped.engine.get().knowledge, adaptation: adaptation))
        let plan = try #require(try Shipped.content("PlanDefinitions/radiculopathy-orders.json", of: artefacts))
        let texts = plan.texts(under: ["textEquivalent"]).filter { $0.hasSuffix("Not shown at this site.") }
        #expect(texts == ["Card K25, info: Neuropathic agent for radiculopathy. Not shown at this site."])
        #expect(plan["version"]?.text?.hasPrefix("1.0.0-site.") == true)
    }

    @Test("Each action carries the statements of its rule")
    func rules() throws {
        let plans = try ["lumbar-imaging", "radiculopathy-orders"].map { plan in
            try #require(try Shipped.content("PlanDefinitions/\(plan).json"))
        }
        let actions = plans.flatMap(\.objects).filter { $0["prefix"] != nil }
        for (rule, expected) in [
            ("A1", ["G27", "G28", "G34"]), ("A10-EARLY", ["G01", "G02", "G19"]), ("A9", []),
            ("A11-REPEAT", ["G44"]), ("D-BR1", ["G04", "G13", "G14", "G42"]), ("D-OP0", []), ("D-IV1", ["G20"]),
        ] as [(String, [String])] {
            let action = try #require(actions.first { $0["prefix"]?.text == rule })
            #expect(action["documentation"]?.elements.compactMap { $0["label"]?.text } ?? [] == expected, "\(rule)")
        }
    }
}
