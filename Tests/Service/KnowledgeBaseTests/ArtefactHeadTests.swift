import Diagnostics
import Foundation
import KnowledgeBase
import Testing

@Suite("Artefacts that are published and not read")
struct ArtefactHeadTests {
    @Test("Every FHIR artefact of the folder is listed with its head")
    func all() throws {
        let listed = try Profiles.loaded.get().artefacts
        let files = try FileManager.default.subpathsOfDirectory(atPath: Profiles.folder).filter { file in
            file.hasSuffix(".json") && !file.hasPrefix("Guidelines/") && !file.hasPrefix("package/")
        }
        #expect(listed.map(\.path) == files.sorted())
        for artefact in listed {
            #expect(!artefact.title.isEmpty && !artefact.version.isEmpty, "\(artefact.path)")
            #expect(artefact.url.hasSuffix("/\(artefact.type)/\(artefact.id)"), "\(artefact.path)")
        }
        #expect(listed.contains { $0.path == "ValueSets/snomed/malignancy-snomed.json" && $0.type == "ValueSet" })
    }

    struct Row: CustomTestStringConvertible {
        let file: String
        let text: String
        /// Nil: the folder is taken as it is.
        let code: KnowledgeError.Code?
        let because: String
        var testDescription: String { because }
    }

    static let url = "https://spinehook.example/fhir"
    static let rows = [
        Row(
            file: "PlanDefinitions/mine.json",
            text:
                #"{"resourceType":"PlanDefinition","url":"\#(url)/PlanDefinition/mine","version":"1","title":"Mine"}"#,
            code: nil, because: "a plan of its own"),
        Row(
            file: "PlanDefinitions/mine.json",
            text:
                #"{"resourceType":"PlanDefinition","url":"\#(url)/PlanDefinition/other","version":"1","title":"Mine"}"#,
            code: .nameDiffers, because: "a plan under another name"),
        Row(
            file: "PlanDefinitions/mine.json",
            text:
                #"{"resourceType":"ActivityDefinition","url":"\#(url)/ActivityDefinition/mine","version":"1","title":"Mine"}"#,
            code: .valueUnknown, because: "an activity among the plans"),
        Row(
            file: "Questionnaires/mine.json", text: #"{"resourceType":"Questionnaire""#, code: .notJSON,
            because: "a questionnaire that is no JSON"),
        Row(
            file: "StructureDefinitions/mine.json", text: #"{"resourceType":"StructureDefinition"}"#,
            code: .memberMissing, because: "a profile without URL"),
        Row(
            file: "ValueSets/bindings/mine.json",
            text: #"{"resourceType":"ValueSet","url":"\#(url)/ValueSet/mine","version":"1","title":"Mine"}"#,
            code: nil, because: "a value set that profiles bind to"),
        Row(file: "Notes/mine.json", text: "{", code: nil, because: "a folder that is none of the product's"),
    ]

    @Test(arguments: rows)
    func added(_ row: Row) throws {
        try Profiles.copy { place in
            let file = place.appending(path: row.file)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(row.text.utf8).write(to: file)
            do {
                let loaded = try KnowledgeBase(profiles: place.path)
                #expect(row.code == nil)
                #expect(try loaded.digest == Profiles.loaded.get().digest, "what is not read decides nothing")
            } catch let error as KnowledgeError {
                #expect(error.issues.map(\.code.rawValue) == [row.code?.rawValue])
                #expect(error.issues.first?.location.source == row.file)
            }
        }
    }
}
