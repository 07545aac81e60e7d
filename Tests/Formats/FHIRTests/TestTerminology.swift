import ClinicalModel
import FHIR
import JSONTree

/// A small set of code lists for inline cases; the codes are those of the project's own lists.
enum Small {
    static let terminology: Terminology = {
        var content = TerminologyContent()
        func set(_ name: ValueSetName, _ system: String, _ codes: [String], _ use: (String, String?, CodeUse.Part)) {
            let description = ValueSetDescription(
                name: name, url: "", version: "1", title: name.rawValue, date: "", copyright: "")
            let members = codes.map { (code: $0, display: name.rawValue) }
            content.valueSets.append(
                ValueSetContent(description: description, groups: [.init(system: system, members: members)]))
            content.roles.append(
                RoleRow(
                    set: name,
                    use: CodeUse(
                        set: name, criterion: use.0, component: use.1, part: use.2, role: "finding", alone: .yes)))
        }
        set(.lumbosacralRadiculopathy, CodeSystem.icd10CM, ["M54.16"], ("radiculopathy", nil, .presenting))
        set(.malignancy, CodeSystem.icd10CM, ["C50.911"], ("redflag.malignancy", "personal-cancer", .risk))
        set(.nsaids, CodeSystem.rxNorm, ["5640", "310965"], ("course.trialDocumented", nil, .treatment))
        set(.vitalsLabs, CodeSystem.loinc, ["8310-5", "29463-7"], ("redflag.infection", "fever", .presenting))
        set(.mriLumbar, CodeSystem.cpt, ["72148"], ("order.duplicate", nil, .order))
        set(.physicalTherapy, CodeSystem.cpt, ["97110"], ("course.trialDocumented", nil, .treatment))
        content.imagingTests = [
            ImagingTestRow(
                code: Code(system: CodeSystem.cpt, code: "72148"),
                test: ImagingTest(modality: .mriWithout, region: .lumbar))
        ]
        return Terminology(content)
    }()

    static let patient = #"{"resource":{"resourceType":"Patient","id":"p1","birthDate":"1970-01-01"}}"#
    static let radiculopathy =
        #""code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]}"#
    static let cancer = #""code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C50.911"}]}"#
    static let ibuprofen =
        #""medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"310965"}]}"#
    static let subject = #""subject":{"reference":"Patient/p1"}"#
    static let mri = #""code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72148"}]}"#

    /// A collection of the patient and some resources, each given without its braces.
    static func bundle(_ resources: String...) -> String {
        let entries = [patient] + resources.map { #"{"resource":{\#($0)}}"# }
        return #"{"resourceType":"Bundle","type":"collection","entry":[\#(entries.joined(separator: ","))]}"#
    }

    /// The records of a text.
    static func read(_ text: String, asOf: Day? = nil) -> RecordReader.Result {
        RecordReader(terminology: terminology).read(Array(text.utf8), asOf: asOf)
    }

    /// The record of the patient and some resources.
    static func record(_ resources: String...) -> PatientRecord? {
        let entries = [patient] + resources.map { #"{"resource":{\#($0)}}"# }
        return read(#"{"resourceType":"Bundle","type":"collection","entry":[\#(entries.joined(separator: ","))]}"#)
            .records.first
    }
}
