import ClinicalModel
import KnowledgeBase

// How long the knowledge takes to load, and one look-up of each kind.
//
//     knowledge-speed Profiles

guard let folder = CommandLine.arguments.dropFirst().first else { fatalError("usage: knowledge-speed FOLDER") }

let clock = ContinuousClock()
let terminology = try KnowledgeBase(profiles: folder).terminology
let loads = try (0..<9).map { _ in try clock.measure { _ = try KnowledgeBase(profiles: folder) } }.sorted()
print("load and index: \(loads[4]) (median of 9; \(loads[0]) to \(loads[8]))")

/// Nanoseconds a look-up, and whether it finds something.
@MainActor
func lookUp(_ what: String, _ system: String, _ code: String, times: Int = 200_000) {
    let system = Array(system.utf8)
    let code = Array(code.utf8)
    var found = 0
    let time = clock.measure {
        for _ in 0..<times where terminology.match(system: system.span, code: code.span).concept != nil {
            found += 1
        }
    }
    let nanoseconds = time / times / .nanoseconds(1)
    print("\(what): \(Int(nanoseconds)) ns, \(found == 0 ? "not found" : "found")")
}
lookUp("SNOMED CT", CodeSystem.snomedCT, "128196005")
lookUp("SNOMED CT of no set", CodeSystem.snomedCT, "999999999")
lookUp("ICD-10-CM", CodeSystem.icd10CM, "M54.16")
lookUp("ICD-10-CM, misspelled", CodeSystem.icd10CM, "m5416")
lookUp("ICD-10-CM by header", CodeSystem.icd10CM, "W17.89XA")
lookUp("LOINC", CodeSystem.loinc, "30679-5")
lookUp("RxNorm", CodeSystem.rxNorm, "197806")
lookUp("unknown system", "http://local.example/codes", "197806")
