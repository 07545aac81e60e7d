import ClinicalModel
import DecisionSupport
import Foundation
import Guidelines
import JSONTree
import KnowledgeBase
import Testing

@Suite("The package of artefacts")
struct PackageTests {
    static let base = "https://spinehook.example/fhir"

    @Test("Guide and manifest list every artefact of Profiles/, the program's and the others")
    func listed() throws {
        let there = try Shipped.engine.get().knowledge.artefacts
        let guide = try #require(try Shipped.content("ImplementationGuides/lumbosacral-radiculopathy.json"))
        let references = guide.texts(under: ["reference"])
        let expected = there.filter { $0.type != "ImplementationGuide" }.map { "\($0.type)/\($0.id)" }
        #expect(references.sorted() == expected.sorted())
        let manifest = try #require(try Shipped.content("package/package.json"))
        let files = manifest["files"]?.elements.compactMap(\.text)
        #expect(files == there.map(\.path))
        #expect(manifest["version"]?.text == LumbosacralRadiculopathy.version)
        #expect(manifest["canonical"]?.text == Self.base)
        #expect(manifest["dependencies"]?["hl7.fhir.us.core"]?.text == "6.1.0")
    }

    @Test("Every canonical URL of the product that an artefact uses is that of an artefact")
    func canonicals() throws {
        let known = Set(try Shipped.engine.get().knowledge.artefacts.map(\.url))
        let names: Set = [
            "baseDefinition", "valueSet", "supportedProfile", "definitionCanonical", "implementationGuide", "system",
        ]
        for file in try Shipped.artefacts.get().files {
            for url in file.content.texts(under: names) where url.hasPrefix(Self.base) {
                #expect(known.contains(url), "\(file.path): \(url)")
            }
        }
    }

    @Test("No artefact holds a null or an empty list or object")
    func empties() throws {
        for file in try Shipped.artefacts.get().files {
            let text = String(decoding: file.content.encoded(), as: UTF8.self)
            for empty in [":null", "[null", ",null", "[]", "{}"] {
                #expect(!text.contains(empty), "\(file.path): \(empty)")
            }
        }
    }

    @Test("Files read back as what they were made from")
    func readable() throws {
        for file in try Shipped.artefacts.get().files {
            let document = try JSONDocument(file.bytes)
            #expect(document.read { JSONValue($0) } == file.content, "\(file.path)")
        }
    }

    @Test("Ids of actions are unique in their plan, and FHIR accepts them")
    func actionIDs() throws {
        for file in try Shipped.artefacts.get().files where file.path.hasPrefix("PlanDefinitions/") {
            let ids = try #require(file.content["action"]).texts(under: ["id"])
            #expect(ids.count == Set(ids).count, "\(file.path)")
            for id in ids { #expect(id.wholeMatch(of: /[A-Za-z0-9\-.]{1,64}/) != nil, "\(id)") }
        }
    }

    @Test(
        "An artefact with codes of another body prints its terms",
        arguments: [
            ("lumbar-mri-without-contrast", ["American Medical Association", "loinc.org", "SNOMED International"]),
            ("rehabilitation-referral", ["SNOMED International"]), ("heat-or-cold", []),
        ] as [(String, [String])])
    func notices(_ id: String, _ bodies: [String]) throws {
        let activity = try #require(try Shipped.content("ActivityDefinitions/\(id).json"))
        let copyright = try #require(activity["copyright"]?.text)
        for body in ["American Medical Association", "loinc.org", "SNOMED International"] {
            #expect(copyright.contains(body) == bodies.contains(body), "\(body)")
        }
    }

    @Test("A site without CPT exports none of it, under a version of its own")
    func exclusion() throws {
        let knowledge = try KnowledgeBase(profiles: Shipped.folder, excluding: [.cpt])
        let artefacts = GuidelineArtefacts(Engine(knowledge: knowledge))
        for file in artefacts.files {
            let text = String(decoding: file.content.encoded(), as: UTF8.self)
            #expect(!text.contains("ama-assn") && !text.contains("-cpt"), "\(file.path)")
        }
        let manifest = try #require(try Shipped.content("package/package.json", of: artefacts))
        #expect(manifest["version"]?.text?.hasPrefix("1.0.0-site.") == true)
    }

    @Test("Every prefetch template has its resource type in the CapabilityStatement")
    func capabilities() throws {
        let statement = try #require(try Shipped.content("CapabilityStatements/spinehook.json"))
        let resources = statement["rest"]?.elements.first?["resource"]?.elements ?? []
        let types = resources.compactMap { $0["type"]?.text }
        #expect(types.contains("QuestionnaireResponse"))
        for resource in resources {
            let type = resource["type"]?.text ?? ""
            let isRead = resource["interaction"]?.elements.first?["code"]?.text == "read"
            #expect(isRead == (type == "Patient"), "\(type)")
            #expect((resource["searchParam"] == nil) == isRead, "\(type)")
        }
    }

    @Test(
        "Unions hold what the role table says",
        arguments: [
            ("radiculopathy-conditions", "lumbosacral-radiculopathy-snomed", "malignancy"),
            ("red-flag-conditions", "hints", "vitals-labs"), ("guideline-drugs", "opioids-outpatient", "mri-lumbar"),
            ("delivered-care", "physical-therapy-cpt", "nsaids"),
            ("lumbar-imaging-tests", "ct-myelography-snomed", "imaging-region-not-stated"),
        ])
    func unions(_ id: String, _ member: String, _ other: String) throws {
        let set = try #require(try Shipped.content("ValueSets/bindings/\(id).json"))
        let members = set.texts(under: ["valueSet"])
        #expect(members.contains("\(Self.base)/ValueSet/\(member)"))
        #expect(!members.contains("\(Self.base)/ValueSet/\(other)"))
        #expect(members.count == Set(members).count)
    }
}
