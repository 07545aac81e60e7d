import CCDA
import JSONTree
import XMLTree

/// Race, ethnicity, birth sex, birthplace and religion of the Patient, as US Core and FHIR have them.
extension DocumentMapper {
    /// `Patient.extension`; nil when the document says none of it.
    func patientExtensions(_ person: XMLElement?) -> JSONValue? {
        let categories: Set = ["1002-5", "2028-9", "2054-5", "2076-8", "2106-3"]
        let all: [JSONValue?] = [
            group(person, "raceCode", url: Self.race, categories: categories, most: 5),
            group(person, "ethnicGroupCode", url: Self.ethnicity, categories: ["2135-2", "2186-5"], most: 1),
            birthSex().map { .ext(Self.birthSex, "Code", .string($0)) },
            person?.first("birthplace")?.first("place")?.first("addr").flatMap { PostalAddress($0).json }.map {
                .ext(Self.birthPlace, "Address", $0)
            },
            context.concept(person?.first("religiousAffiliationCode")).map {
                .ext(Self.religion, "CodeableConcept", $0)
            },
        ]
        return all.compactMap { $0 }.nonEmptyArray
    }

    /// Race or ethnicity: categories of the Office of Management and Budget, finer codes of CDC, and always words.
    ///
    /// - Parameter most: The number of categories that US Core admits; what is beyond stands in words.
    private func group(
        _ person: XMLElement?, _ name: String, url: String, categories: Set<String>, most: Int
    ) -> JSONValue? {
        guard let person else { return nil }
        let elements = Array(person.elements(name)) + Array(person.elements(name, in: .sdtc))
        guard !elements.isEmpty else { return nil }
        let values = elements.map { CodedValue($0, in: context) }
        var (category, detailed): ([JSONValue], [JSONValue]) = ([], [])
        var seen: Set<String> = []
        for coding in values.flatMap(\.codings) where coding.system == Self.cdcRace && !seen.contains(coding.code) {
            seen.insert(coding.code)
            if categories.contains(coding.code) { category.append(coding.json) } else { detailed.append(coding.json) }
        }
        if category.isEmpty, detailed.isEmpty, let flavor = values.lazy.compactMap(\.nullFlavor).first {
            // The two flavours that US Core has a code for.
            if ["UNK", "ASKU"].contains(flavor.rawValue) {
                category.append([
                    "system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": .string(flavor.rawValue),
                ])
            }
        }
        var words: [String] = []
        for text in values.compactMap(\.text) where !words.contains(text) { words.append(text) }
        let parts =
            category.prefix(most).map { JSONValue.ext("ombCategory", "Coding", $0) }
            + detailed.map { .ext("detailed", "Coding", $0) }
            + [.ext("text", "String", .string(words.isEmpty ? "Unknown" : words.joined(separator: ", ")))]
        return .object([("extension", .array(parts)), ("url", .string(url))])
    }

    /// The value of the Birth Sex observation: `M`, `F` or `UNK`; nil without one, or where several disagree.
    private func birthSex() -> String? {
        var found: Set<String> = []
        for section in document.sections where !namesOther(section) {
            for entry in section.entries {
                for statement in Statement.topmost(below: entry, in: context) where statement.has(.birthSex) {
                    guard statement.mood == .event, statement.negation == .no, !statement.isNullified,
                        !statement.isSuperseded, !namesOther(statement),
                        let value = statement.element.first("value")
                    else { continue }
                    let code = value["nullFlavor"] == nil ? value["code"]?.trimmingBlanks() : "UNK"
                    if let code, ["M", "F", "UNK"].contains(code) { found.insert(code) }
                }
            }
        }
        if found.count > 1 { found.remove("UNK") }
        guard found.count < 2 else {
            context.note(
                .ccdaContradiction, at: document.patientRole, expected: "one birth sex", found: "several; none is used")
            return nil
        }
        return found.first
    }

    /// CDC race and ethnicity
    private static let cdcRace = "2.16.840.1.113883.6.238"
    private static let race = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
    private static let ethnicity = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity"
    private static let birthSex = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
    private static let birthPlace = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
    private static let religion = "http://hl7.org/fhir/StructureDefinition/patient-religion"
}
