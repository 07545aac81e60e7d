import ClinicalModel
import Diagnostics
import FHIR
import JSONTree
import Testing

/// Bundles that a conversion made: where their facts come from, what it lost, which of their orders are planned.
@Suite("Bundles made from documents")
struct ConvertedBundleTests {
    static func builder(_ text: String, _ elements: SourceElements?) throws -> RecordBuilder {
        var builder = RecordBuilder(terminology: Small.terminology)
        let document = try JSONDocument(Array(text.utf8))
        if let elements { builder.add(document, from: elements) } else { builder.add(document) }
        return builder
    }

    @Test("facts, reasons and issues name the element and no line of the Bundle")
    func paths() throws {
        let order = JoiningTests.order(
            #""status":"active","priority":"now","reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]}],"authoredOn":"tomorrow""#,
            tag: "RQO")
        var builder = try Self.builder(
            Small.bundle(order),
            SourceElements(
                root: "/ClinicalDocument", entries: ["/ClinicalDocument/recordTarget", "/ClinicalDocument/x[2]"]))
        let record = try #require(builder.finish().first)
        #expect(record.record.patient?.at == "/ClinicalDocument/recordTarget")
        let request = try #require(record.record.serviceRequests.first)
        #expect(request.provenance.at == "/ClinicalDocument/x[2]")
        #expect(request.reasons.map(\.at) == ["/ClinicalDocument/x[2]"])
        let issues = record.issues.filter { $0.code == .fhirUnknownCode || $0.code == .fhirNotADate }
        #expect(issues.map(\.location) == Array(repeating: SourceLocation(path: "/ClinicalDocument/x[2]"), count: 2))
    }

    @Test("an entry that nobody knows the element of stands for the document")
    func unknownEntry() throws {
        var builder = try Self.builder(
            Small.bundle(JoiningTests.condition("")), SourceElements(root: "/ClinicalDocument", entries: []))
        #expect(builder.finish().first?.record.conditions.first?.provenance.at == "/ClinicalDocument")
    }

    struct Loss: CustomTestStringConvertible {
        let codes: [String]
        var system = "https://spinehook.example/fhir/CodeSystem/conversion-loss"
        var severity = "error"
        let refused: Set<RecordPart>
        /// Parts of which only words are there.
        var inWords: [RecordPart] = []
        /// Whether everything is taken as not retrieved.
        let isLost: Bool
        let because: String
        var testDescription: String { because }
    }

    static let losses = [
        Loss(codes: ["Condition"], refused: [.conditions], isLost: false, because: "a problem"),
        Loss(
            codes: ["Procedure", "Observation", "Procedure"], refused: [.procedures, .observations], isLost: false,
            because: "several"),
        Loss(
            codes: ["MedicationAdministration"], refused: [.medicationStatements], isLost: false,
            because: "a type that no search asks for"),
        Loss(
            codes: ["Condition"], severity: "warning", refused: [], inWords: [.conditions], isLost: false,
            because: "a list of problems in words"),
        Loss(codes: ["Immunization"], refused: [], isLost: false, because: "a type without facts"),
        Loss(codes: ["Condition", "Disease"], refused: [], isLost: true, because: "a type that is unknown"),
        Loss(codes: [], refused: [], isLost: true, because: "no issue"),
        Loss(codes: ["Condition"], system: "urn:x", refused: [], isLost: true, because: "codes of another system"),
    ]

    @Test("what a conversion lost is refused in that part of the record alone", arguments: losses)
    func checkLosses(_ row: Loss) throws {
        let issues = row.codes.map {
            #"{"severity":"\#(row.severity)","code":"not-supported","details":{"coding":[{"system":"\#(row.system)","code":"\#($0)"}]}}"#
        }
        let outcome = #""resourceType":"OperationOutcome","issue":[\#(issues.joined(separator: ","))]"#
        let record = try #require(Small.record(outcome))
        #expect(record.record.refused == row.refused)
        #expect(record.record.unreadTexts.map(\.part) == row.inWords)
        #expect(record.record.notRetrieved.isEmpty == !row.isLost)
        #expect(record.issues.map(\.code) == [row.isLost ? .fhirOperationOutcome : .fhirConversionLoss])
    }

    struct Planned: CustomTestStringConvertible {
        let order: String
        let planned: Int
        let drafts: Int
        let because: String
        var testDescription: String { because }
    }

    static let planned = [
        Planned(
            order: JoiningTests.order(#""status":"active""#, tag: "RQO"), planned: 1, drafts: 0, because: "ordered"),
        Planned(
            order: JoiningTests.order(#""status":"active""#, tag: "INT"), planned: 1, drafts: 0, because: "intended"),
        Planned(
            order: JoiningTests.order(#""status":"draft""#, tag: "INT"), planned: 1, drafts: 0,
            because: "a planned draft is no draft of FHIR"),
        Planned(
            order: JoiningTests.order(#""status":"completed""#, tag: "RQO"), planned: 0, drafts: 0,
            because: "completed"),
        Planned(
            order: JoiningTests.order(#""status":"on-hold""#, tag: "RQO"), planned: 0, drafts: 0, because: "on hold"),
        Planned(
            order: JoiningTests.order(#""status":"active","doNotPerform":true"#, tag: "RQO"), planned: 0, drafts: 0,
            because: "not to be done"),
        Planned(
            order: JoiningTests.order(#""status":"active""#, tag: "PRP"), planned: 0, drafts: 0, because: "proposed"),
        Planned(order: JoiningTests.order(#""status":"active""#), planned: 0, drafts: 0, because: "not of a document"),
        Planned(order: JoiningTests.order(#""status":"draft""#), planned: 0, drafts: 1, because: "a draft of FHIR"),
    ]

    @Test("orders of a document come under review by mood and status", arguments: planned)
    func checkPlanned(_ row: Planned) throws {
        let record = try #require(Small.record(row.order))
        #expect(record.planned.count == row.planned)
        #expect(record.drafts.count == row.drafts)
    }

    @Test("a planned drug is neither a draft nor taken")
    func plannedDrug() throws {
        let tag = #""meta":{"tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActMood","code":"INT"}]}"#
        let record = try #require(
            Small.record(
                #""resourceType":"MedicationRequest",\#(tag),"status":"draft","intent":"plan",\#(Small.ibuprofen),\#(Small.subject)"#
            ))
        #expect(record.drafts.isEmpty && record.record.medications.isEmpty && record.passedOver.isEmpty)
    }
}
