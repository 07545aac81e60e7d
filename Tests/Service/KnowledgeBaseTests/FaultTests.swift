import Diagnostics
import Foundation
import KnowledgeBase
import Testing

@Suite("Faults in the knowledge stop the start and are named")
struct FaultTests {
    struct Row: CustomTestStringConvertible {
        let file: String
        /// Text of the file and what stands in its place; nil deletes the file.
        let change: (of: String, to: String)?
        let code: KnowledgeError.Code
        /// Line of the fault; nil where the whole file is meant.
        let line: Int?
        let because: String
        var testDescription: String { "\(file): \(because)" }
    }

    static let set = "ValueSets/iv-drug-use.json"
    static let roles = "Guidelines/lumbosacral-radiculopathy/roles.json"
    static let rows = [
        Row(file: "ValueSets/malignancy.json", change: nil, code: .fileMissing, line: nil, because: "a set is gone"),
        Row(file: roles, change: nil, code: .fileMissing, line: nil, because: "the role table is gone"),
        Row(
            file: "CodeSystems/override-reasons.json", change: nil, code: .fileMissing, line: nil,
            because: "a code system is gone"),
        Row(
            file: "ValueSets/malignancy.json", change: ("\"title\":", "\"title\""), code: .notJSON, line: 7,
            because: "not JSON"),
        Row(
            file: "ValueSets/malignancy.json", change: ("\"status\":", "\"title\":"), code: .notJSON, line: 8,
            because: "the same member twice"),
        Row(
            file: "ValueSets/malignancy.json", change: ("\"ValueSet\"", "\"Questionnaire\""), code: .valueUnknown,
            line: 1, because: "another resource"),
        Row(
            file: "ValueSets/malignancy.json", change: ("\"version\":\"0.1.0\",", ""), code: .memberMissing, line: 1,
            because: "no version"),
        Row(
            file: "ValueSets/malignancy.json", change: ("ValueSet/malignancy\"", "ValueSet/cancer\""),
            code: .nameDiffers, line: 4, because: "the URL is of another set"),
        Row(
            file: "ValueSets/units.json", change: ("\"code\":\"Cel\"", "\"code\":\"mL\""), code: .codeTwice, line: 20,
            because: "a code twice"),
        Row(
            file: "ValueSets/units.json", change: ("\"code\":\"Cel\",", ""), code: .memberMissing, line: 18,
            because: "a concept without code"),
        Row(
            file: "ValueSets/units.json", change: ("\"system\":\"http://unitsofmeasure.org\",", ""),
            code: .memberMissing, line: 16, because: "codes without system"),
        Row(
            file: "ValueSets/units.json", change: ("http://unitsofmeasure.org\",", "http://www.ama-assn.org/go/cpt\","),
            code: .systemMisplaced, line: nil, because: "CPT where leaving it out would miss it"),
        Row(
            file: "ValueSets/diabetes.json", change: ("\"op\":\"is-a\"", "\"op\":\"regex\""), code: .valueUnknown,
            line: nil, because: "a filter that is not followed"),
        Row(
            file: "ValueSets/units.json", change: ("\"compose\":{", "\"compose\":{\"exclude\":[],"),
            code: .valueUnknown, line: 15, because: "exclusions are not followed"),
        Row(
            file: "ValueSets/cpt/pet-cpt.json", change: ("ValueSet/pet\"", "ValueSet/scan\""), code: .setUnknown,
            line: nil, because: "it completes a set that is not there"),
        Row(
            file: roles, change: ("\"set\":\"ckd\"", "\"set\":\"kidney\""), code: .setUnknown, line: nil,
            because: "a role of a set that is not there"),
        Row(
            file: roles, change: ("\"alone\":\"needs-site\"", "\"alone\":\"maybe\""), code: .valueUnknown, line: nil,
            because: "a word that no logic reads"),
        Row(
            file: roles, change: ("{\"set\":\"acetaminophen\",", "{\"set\":\"nsaids\","), code: .roleMissing,
            line: nil, because: "a set without default"),
        Row(
            file: "Guidelines/lumbosacral-radiculopathy/imaging-tests.json",
            change: ("\"test\":\"MRI-WO\"", "\"test\":\"MRI\""), code: .valueUnknown, line: 10,
            because: "a test that the fit table does not have"),
        Row(
            file: "Guidelines/lumbosacral-radiculopathy/prednisone-equivalents.json",
            change: ("\"milligrams\":5,", "\"milligrams\":\"5\","), code: .memberMissing, line: 10,
            because: "a number as text"),
        Row(
            file: "CodeSystems/cards.json", change: ("\"valueCode\":\"critical\"", "\"valueCode\":\"loud\""),
            code: .valueUnknown, line: nil, because: "an indicator that CDS Hooks does not have"),
        Row(
            file: "CodeSystems/lumbosacral-findings.json",
            change: ("\"valueCode\":\"boolean\"", "\"valueCode\":\"flag\""),
            code: .valueUnknown, line: nil, because: "a kind of value that is not read"),
        Row(
            file: "Questionnaires/red-flags-and-course.json",
            change: ("\"linkId\":\"saddle-sensory-loss\",", "\"linkId\":\"saddle-numbness\","), code: .valueUnknown,
            line: nil, because: "a question that is no input code"),
        Row(
            file: "Questionnaires/red-flags-and-course.json",
            change: ("\"linkId\":\"bowel-dysfunction-new\",", "\"linkId\":\"bladder-dysfunction-new\","),
            code: .codeTwice, line: nil, because: "a question that is asked twice"),
        Row(
            file: "Questionnaires/red-flags-and-course.json",
            change: (
                "\"text\":\"When did the present leg symptoms begin?\",\"type\":\"date\"",
                "\"text\":\"When did the present leg symptoms begin?\",\"type\":\"string\""
            ), code: .valueUnknown, line: nil, because: "a date asked for as text"),
        Row(
            file: "Questionnaires/red-flags-and-course.json",
            change: ("\"code\":\"not-improved\"", "\"code\":\"unchanged\""), code: .valueUnknown, line: nil,
            because: "an answer that its input code does not have"),
        Row(
            file: "Questionnaires/red-flags-and-course.json",
            change: ("\"resourceType\":\"Questionnaire\"", "\"resourceType\":\"Library\""), code: .valueUnknown,
            line: nil, because: "another resource in its place"),
    ]

    @Test("each with file, line and code", arguments: rows)
    func fault(_ row: Row) throws {
        let error = try Profiles.copy { place in
            let file = place.appending(path: row.file)
            if let change = row.change {
                let text = try String(contentsOf: file, encoding: .utf8)
                try #require(text.contains(change.of))
                try text.replacing(change.of, with: change.to, maxReplacements: 1)
                    .write(to: file, atomically: true, encoding: .utf8)
            } else {
                try FileManager.default.removeItem(at: file)
            }
            return #expect(throws: KnowledgeError.self) { try KnowledgeBase(profiles: place.path) }
        }
        let issues = try #require(error).issues
        #expect(issues.allSatisfy { $0.severity == .fatal })
        let issue = try #require(issues.first { $0.code.rawValue == row.code.rawValue })
        #expect(issue.location.source == row.file)
        if let line = row.line { #expect(issue.location.line == line) }
        #expect(issues.contains { $0.location.source == row.file })
    }

    @Test("A folder that is not there")
    func noFolder() throws {
        let error = #expect(throws: KnowledgeError.self) { try KnowledgeBase(profiles: "/nowhere/at/all") }
        #expect(error?.issues.map(\.code.rawValue) == ["KB-101"])
        #expect(error?.description.contains("/nowhere/at/all") == true)
    }

    @Test("An empty folder names every file that it should hold")
    func emptyFolder() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "empty-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let error = #expect(throws: KnowledgeError.self) { try KnowledgeBase(profiles: place.path) }
        let files = 85 + 4 + 4 + 1
        #expect(error?.issues.count == files)
        #expect(error?.issues.allSatisfy { $0.code.rawValue == "KB-102" } == true)
    }

    @Test("Faults of several files are named together")
    func severalFaults() throws {
        let error = try Profiles.copy { place in
            for file in ["ValueSets/units.json", "ValueSets/pet.json"] {
                try "{".write(to: place.appending(path: file), atomically: true, encoding: .utf8)
            }
            return #expect(throws: KnowledgeError.self) { try KnowledgeBase(profiles: place.path) }
        }
        #expect(error?.issues.map(\.location.source) == ["ValueSets/pet.json", "ValueSets/units.json"])
    }
}
