import ClinicalModel
import Foundation
import JSONTree
import KnowledgeBase
import Testing

@Suite("The artefacts of Profiles/")
struct ArtefactTests {
    @Test("SNOMED CT identifiers pass the Verhoeff check")
    func verhoeff() {
        let codes = Profiles.codes.filter { $0.system == CodeSystem.snomedCT }
        #expect(codes.count > 7_000)
        for listed in codes { #expect(CheckDigits.isVerhoeff(listed.code), "\(listed.code) in \(listed.file)") }
        #expect(!CheckDigits.isVerhoeff("22253001"), "a made-up identifier known to fail")
    }

    @Test("LOINC codes pass the check digit")
    func loinc() {
        let codes = Profiles.codes.filter { $0.system == CodeSystem.loinc }
        #expect(codes.count > 100)
        for listed in codes { #expect(CheckDigits.isLOINC(listed.code), "\(listed.code) in \(listed.file)") }
        #expect(!CheckDigits.isLOINC("24968-4"), "a wrong number known to fail")
    }

    static let formsOfSystems: [(system: String, form: String)] = [
        (CodeSystem.icd10CM, "[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?"),
        (CodeSystem.icd9CM, "[0-9]{3}(\\.[0-9]{1,2})?"),
        (CodeSystem.rxNorm, "[1-9][0-9]{0,7}"),
        (CodeSystem.cpt, "[0-9]{4}[0-9A-Z]"),
        (CodeSystem.hcpcs, "[A-Z][0-9]{4}"),
        (CodeSystem.nciThesaurus, "C[0-9]+"),
    ]

    @Test("Codes have the form of their system", arguments: formsOfSystems)
    func forms(_ system: String, _ form: String) throws {
        let expression = try Regex("^(\(form))$")
        let codes = Profiles.codes.filter { $0.system == system }
        #expect(!codes.isEmpty)
        for listed in codes {
            #expect(listed.code.wholeMatch(of: expression) != nil, "\(listed.code) in \(listed.file)")
        }
    }

    @Test("Every code has a display, free of blanks at its ends and of line ends")
    func displays() {
        for listed in Profiles.codes {
            let display = listed.display
            #expect(!display.isEmpty && !display.contains("\n"), "\(listed.code) in \(listed.file)")
            #expect(display.first?.isWhitespace == false && display.last?.isWhitespace == false, "\(listed.code)")
        }
    }

    @Test("CPT and SNOMED CT stand in their own folders only, and nothing else stands there")
    func licensedSystems() {
        for listed in Profiles.codes {
            let folder = listed.file.split(separator: "/").dropFirst().dropLast().first.map(String.init)
            let expected =
                switch listed.system {
                case CodeSystem.cpt: "cpt"
                case CodeSystem.snomedCT: "snomed"
                default: String?.none
                }
            #expect(folder == expected, "\(listed.code) in \(listed.file)")
        }
    }

    @Test("Every file with codes carries the notice of their systems")
    func notices() throws {
        let needed = [
            CodeSystem.snomedCT: "SNOMED International", CodeSystem.loinc: "loinc.org/license",
            CodeSystem.cpt: "American Medical Association", CodeSystem.rxNorm: "National Library of Medicine",
        ]
        let sets = try Profiles.loaded.get().terminology.valueSets
        let notices = Dictionary(sets.map { ($0.url, $0.copyright) }, uniquingKeysWith: { first, _ in first })
        for listed in Set(Profiles.codes.map { ListedCode(file: $0.file, system: $0.system, code: "", display: "") }) {
            let name = listed.file.split(separator: "/").last?.dropLast(".json".count) ?? ""
            let notice = try #require(notices["https://spinehook.example/fhir/ValueSet/\(name)"])
            #expect(!notice.isEmpty, "\(listed.file)")
            if let words = needed[listed.system] { #expect(notice.contains(words), "\(listed.file)") }
        }
    }

    @Test("One concept stands on one line")
    func lines() throws {
        for file in Profiles.files(in: "ValueSets") {
            let codes = Profiles.codes.filter { $0.file == file }.count
            let lines = try Profiles.text(file).split(separator: "\n").filter { $0.hasPrefix("{\"code\":") }.count
            #expect(lines == codes, "\(file)")
        }
    }

    /// A row of a table of the guideline that names a code.
    private func rows(of table: String) throws -> [(set: String, system: String, code: String)] {
        let text = try Profiles.text("Guidelines/lumbosacral-radiculopathy/\(table).json")
        let document = try JSONDocument(Array(text.utf8))
        return document.read { root in
            (root["rows"]?.elements).map(Array.init)?.map { row in
                (row["set"]?.string ?? "", row["system"]?.string ?? "", row["code"]?.string ?? "")
            } ?? []
        }
    }

    @Test("Every row of the role table names a set, and a code of that set")
    func roles() throws {
        let terminology = try Profiles.loaded.get().terminology
        let rows = try rows(of: "roles")
        #expect(rows.count > 500)
        for row in rows {
            let set = ValueSetName(rawValue: row.set)
            #expect(ValueSetName.all.contains(set), "\(row.set)")
            guard !row.code.isEmpty else { continue }
            let listed = terminology.members(of: set).contains { $0 == Code(system: row.system, code: row.code) }
            #expect(listed, "\(row.code) of \(row.set)")
        }
    }

    @Test("Every code of the modality map is in a set, and every code of an imaging set is in the map")
    func imagingTests() throws {
        let terminology = try Profiles.loaded.get().terminology
        for row in try rows(of: "imaging-tests") {
            #expect(terminology.concept(Code(system: row.system, code: row.code)).test != nil, "\(row.code)")
        }
        let sets: [ValueSetName] = [
            .mriLumbar, .ctLumbar, .ctMyelography, .xrayLumbar, .boneScanSpect, .pet, .discography,
            .imagingRegionNotStated,
        ]
        for code in sets.flatMap(terminology.members) {
            #expect(terminology.concept(code).test != nil, "\(code.code)")
        }
    }

    @Test("Every ingredient of a factor table is a drug of a set")
    func factors() throws {
        let terminology = try Profiles.loaded.get().terminology
        for code in terminology.members(of: .opioidsOutpatient) where terminology.concept(code).form == nil {
            #expect(terminology.concept(code).ingredients.first?.morphineFactor != nil, "\(code.code)")
        }
        for code in terminology.members(of: .systemicCorticosteroids) where terminology.concept(code).form == nil {
            #expect(terminology.concept(code).ingredients.first?.prednisoneEquivalent != nil, "\(code.code)")
        }
    }

    @Test("Override reasons: unique, short, and some add facts")
    func overrideReasons() throws {
        let knowledge = try Profiles.loaded.get()
        #expect(Set(knowledge.overrideReasons.map(\.code)).count == knowledge.overrideReasons.count)
        #expect(knowledge.overrideReasons.allSatisfy { $0.display.count < 60 })
        let addsFact = Set(knowledge.overrideReasons.filter(\.addsFact).map(\.code))
        #expect(
            addsFact.isSuperset(of: ["red-flag-present-not-coded", "candidate-after-all", "duration-over-six-weeks"]))
        #expect(!addsFact.contains("patient-preference-after-discussion"))
        let numbered = (1...34).map { $0 < 10 ? "K0\($0)" : "K\($0)" }
        #expect(knowledge.cards.map(\.code) == numbered + ["care-plan"])
    }
}

/// Check digits of code systems.
enum CheckDigits {
    private static let dihedral: [[Int]] = (0..<10).map { left in
        (0..<10).map { right in
            switch (left < 5, right < 5) {
            case (true, true): (left + right) % 5
            case (true, false): 5 + (left + right - 5) % 5
            case (false, true): 5 + (left - 5 + 5 - right) % 5
            case (false, false): (left - right + 5) % 5
            }
        }
    }
    private static let step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

    /// Whether a SNOMED CT identifier ends in its Verhoeff digit (SNOMED CT, Identifier specification).
    static func isVerhoeff(_ code: String) -> Bool {
        let digits = code.compactMap(\.wholeNumberValue)
        guard digits.count == code.count, (6...18).contains(digits.count) else { return false }
        var check = 0
        for (place, digit) in digits.reversed().enumerated() {
            var permuted = digit
            for _ in 0..<(place % 8) { permuted = step[permuted] }
            check = dihedral[check][permuted]
        }
        return check == 0
    }

    /// Whether a LOINC code ends in its mod 10 digit (LOINC Users' Guide, appendix C).
    static func isLOINC(_ code: String) -> Bool {
        let parts = code.split(separator: "-")
        guard parts.count == 2, let check = Int(parts[1]), parts[1].count == 1 else { return false }
        var sum = 0
        for (place, digit) in parts[0].reversed().compactMap(\.wholeNumberValue).enumerated() {
            let weighted = place.isMultiple(of: 2) ? digit * 2 : digit
            sum += weighted / 10 + weighted % 10
        }
        return (10 - sum % 10) % 10 == check
    }
}
