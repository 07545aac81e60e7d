import ClinicalModel
import Foundation
import KnowledgeBase
import Testing

@Suite("Loading the knowledge")
struct LoadingTests {
    @Test("The copy that was built with the product is the folder of the repository")
    func bundle() throws {
        let built = try KnowledgeBase()
        let repository = try Profiles.loaded.get()
        #expect(built.digest == repository.digest)
        #expect(built.folder != repository.folder)
    }

    @Test("Every value set of the folder has a constant, and the reverse")
    func constants() throws {
        let named = Profiles.files(in: "ValueSets").filter { $0.split(separator: "/").count == 2 }
            .map { String($0.dropFirst("ValueSets/".count).dropLast(".json".count)) }
        #expect(ValueSetName.all.map(\.rawValue).sorted() == named.sorted())
        #expect(named.count == 85)
    }

    @Test("Every set has members; the descriptions say version, date and terms")
    func descriptions() throws {
        let terminology = try Profiles.loaded.get().terminology
        for name in ValueSetName.all { #expect(!terminology.members(of: name).isEmpty, "\(name)") }
        for set in terminology.valueSets {
            #expect(!set.version.isEmpty && set.date.count == 10 && !set.title.isEmpty, "\(set.url)")
        }
        #expect(terminology.valueSets.count == Profiles.files(in: "ValueSets").count)
    }

    @Test(
        "Without CPT or SNOMED CT their codes are unknown and the rest stays",
        arguments: KnowledgeBase.LicensedSystem.allCases)
    func exclusion(_ excluded: KnowledgeBase.LicensedSystem) throws {
        let all = try Profiles.loaded.get()
        let less = try KnowledgeBase(profiles: Profiles.folder, excluding: [excluded])
        let system = excluded == .cpt ? CodeSystem.cpt : CodeSystem.snomedCT
        for listed in Profiles.codes {
            let code = Code(system: listed.system, code: listed.code)
            let (before, after) = (all.terminology.concept(code), less.terminology.concept(code))
            if listed.system == system {
                #expect(after == Concept(code))
            } else {
                #expect(after == before, "\(listed.code) of \(listed.file)")
            }
        }
        #expect(less.digest != all.digest)
        #expect(less.terminology.match(system: Array(system.utf8).span, code: Array("1".utf8).span).systemIsKnown)
    }

    @Test("Deleting the files of a code system is the same as leaving it out")
    func deletion() throws {
        let excluded = try KnowledgeBase(profiles: Profiles.folder, excluding: [.cpt, .snomed])
        let deleted = try Profiles.copy { place in
            for system in ["cpt", "snomed"] {
                try FileManager.default.removeItem(at: place.appending(path: "ValueSets/\(system)"))
            }
            return try KnowledgeBase(profiles: place.path)
        }
        #expect(deleted.digest == excluded.digest)
        #expect(deleted.terminology.valueSets == excluded.terminology.valueSets)
        #expect(deleted.terminology.preferredCodes(of: .mriWithout).map(\.system) == [CodeSystem.loinc])
    }

    @Test("The digest does not depend on the place, and every byte counts")
    func digest() throws {
        let (same, changed) = try Profiles.copy { place in
            let same = try KnowledgeBase(profiles: place.path).digest
            let file = place.appending(path: "ValueSets/malignancy.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacing("\"date\":\"2026-11-23\"", with: "\"date\":\"2026-11-24\"", maxReplacements: 1)
                .write(to: file, atomically: true, encoding: .utf8)
            return (same, try KnowledgeBase(profiles: place.path).digest)
        }
        let original = try Profiles.loaded.get().digest
        #expect(same == original)
        #expect(changed != original)
        #expect(original.count == 32 && original.allSatisfy(\.isHexDigit))
    }
}
