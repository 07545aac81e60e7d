import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Facts of several sources of one patient: what both state counts once, what contradicts is kept.
@Suite("Joined records")
struct JoiningTests {
    struct Pair: CustomTestStringConvertible {
        let first: String
        let second: String
        /// How many facts the joined record has.
        let count: Int
        /// The date that is kept of the first fact; nil when it is not looked at.
        var date: String?
        let because: String
        var testDescription: String { because }
    }

    static func condition(_ more: String, status: String = "active", code: String = Small.radiculopathy) -> String {
        #""resourceType":"Condition",\#(code),\#(Small.subject),"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"\#(status)"}]}\#(more)"#
    }

    static let conditions = [
        Pair(
            first: condition(#","onsetDateTime":"2025-05-28""#), second: condition(#","onsetDateTime":"2025-05-28""#),
            count: 1, date: "2025-05-28", because: "the same"),
        Pair(
            first: condition(#","onsetDateTime":"2025-05""#), second: condition(#","onsetDateTime":"2025-05-28""#),
            count: 1, date: "2025-05-28", because: "the finer date is kept"),
        Pair(
            first: condition(#","onsetDateTime":"2025-05-28""#), second: condition(#","onsetDateTime":"2025""#),
            count: 1, date: "2025-05-28", because: "the finer date is kept, given first"),
        Pair(
            first: condition(#","onsetDateTime":"2025-05-28""#), second: condition(#","onsetDateTime":"2025-06""#),
            count: 2, because: "other months"),
        Pair(
            first: condition(#","onsetDateTime":"2025-05-28""#), second: condition(""), count: 2,
            because: "with and without a date"),
        Pair(first: condition(""), second: condition(""), count: 1, because: "both without a date"),
        Pair(
            first: condition(""), second: condition("", status: "resolved"), count: 2,
            because: "active and resolved contradict"),
        Pair(
            first: condition(""), second: condition("", code: Small.cancer), count: 2, because: "other codes"),
        Pair(
            first: condition(""), second: condition(",\(ConditionTests.verification("confirmed"))"), count: 1,
            because: "confirmed by one source alone"),
        Pair(
            first: condition(""), second: condition(",\(ConditionTests.verification("provisional"))"), count: 2,
            because: "suspected by one source"),
        Pair(
            first: condition(",\(ConditionTests.verification("confirmed"))"),
            second: condition(",\(ConditionTests.verification("refuted"))"), count: 2, because: "confirmed and refuted"),
        Pair(
            first: condition(""),
            second: condition(
                "",
                code:
                    #""code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C50.911"},{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]}"#
            ),
            count: 1, because: "one code in common"),
        Pair(
            first: condition(#","onsetDateTime":"2025-05-28","recordedDate":"2025-06-01""#),
            second: condition(#","onsetDateTime":"2025-05-28""#), count: 1, because: "only one says when it was written"
        ),
        Pair(
            first: condition(#","onsetDateTime":"2025-05-28","recordedDate":"2025-06-01""#),
            second: condition(#","onsetDateTime":"2025-05-28","recordedDate":"2025-06-02""#), count: 2,
            because: "written on other days"),
        Pair(
            first: condition(#","bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"1"}]}]"#),
            second: condition(""), count: 2, because: "with and without a site"),
    ]

    @Test("conditions", arguments: conditions)
    func joinConditions(_ row: Pair) throws {
        let joined = try Self.join(row.first, row.second).record.conditions
        #expect(joined.count == row.count)
        if let date = row.date { #expect(joined[0].onset?.literal == date) }
    }

    static func temperature(_ value: String, _ date: String) -> String {
        #""resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},\#(Small.subject),"effectiveDateTime":"\#(date)","valueQuantity":{"value":\#(value),"system":"http://unitsofmeasure.org","code":"Cel"}"#
    }

    static let observations = [
        Pair(
            first: temperature("38.0", "2025-06-16T08:40:00-05:00"),
            second: temperature("38", "2025-06-16T08:40:00-05:00"), count: 1, because: "one measurement"),
        Pair(
            first: temperature("38", "2025-06-16T08:40:00-05:00"), second: temperature("38", "2025-06-16"), count: 1,
            date: "2025-06-16T08:40:00-05:00", because: "one with its time"),
        Pair(
            first: temperature("38", "2025-06-16T08:40:00-05:00"),
            second: temperature("38", "2025-06-16T09:40:00-05:00"), count: 2, because: "two times of one day"),
        Pair(
            first: temperature("38", "2025-06-16T08:40:00-05:00"),
            second: temperature("38", "2025-06-16T14:40:00+01:00"), count: 1, because: "one moment in two offsets"),
        Pair(
            first: temperature("38", "2025-06-16"), second: temperature("38.1", "2025-06-16"), count: 2,
            because: "other values"),
    ]

    @Test("observations", arguments: observations)
    func joinObservations(_ row: Pair) throws {
        let joined = try Self.join(row.first, row.second).record.observations
        #expect(joined.count == row.count)
        if let date = row.date { #expect(joined[0].effective?.literal == date) }
    }

    static func order(_ members: String, tag: String? = nil, code: String = Small.mri, id: String = "s1") -> String {
        let meta =
            tag.map {
                #""meta":{"tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActMood","code":"\#($0)"}]},"#
            } ?? ""
        return
            #""resourceType":"ServiceRequest","id":"\#(id)",\#(meta)"intent":"order",\#(code),\#(Small.subject),\#(members)"#
    }

    struct Orders: CustomTestStringConvertible {
        let first: String
        let second: String
        var joining = PatientRecord.OrdersOfOther.reviewed
        /// Drafts, planned orders and requests on record after joining.
        let counts: [Int]
        let because: String
        var testDescription: String { because }
    }

    static let orders = [
        Orders(
            first: order(#""status":"active","authoredOn":"2025-06-16""#, tag: "RQO"),
            second: order(#""status":"active","authoredOn":"2025-06-16T09:00:00-05:00""#, tag: "INT", id: "s2"),
            counts: [0, 1, 1], because: "one planned order in two documents"),
        Orders(
            first: order(#""status":"active","authoredOn":"2025-06-16""#, tag: "RQO"),
            second: order(#""status":"active","authoredOn":"2025-06-01""#, tag: "RQO", id: "s2"), counts: [0, 2, 2],
            because: "two planned orders"),
        Orders(
            first: order(#""status":"draft","authoredOn":"2025-06-16""#),
            second: order(#""status":"active","authoredOn":"2025-06-16""#, tag: "RQO", id: "s2"), counts: [1, 0, 1],
            because: "a draft and the same order in a document"),
        Orders(
            first: order(#""status":"active","authoredOn":"2025-06-16""#, tag: "RQO", id: "s2"),
            second: order(#""status":"draft","authoredOn":"2025-06-16""#), counts: [1, 0, 1],
            because: "the document first"),
        Orders(
            first: order(#""status":"draft","authoredOn":"2025-06-16""#),
            second: order(#""status":"active","authoredOn":"2025-06-15""#, tag: "RQO", id: "s2"), counts: [1, 1, 2],
            because: "a draft and an older order in a document"),
        Orders(
            first: order(#""status":"draft","authoredOn":"2025-06-16""#),
            second: order(#""status":"active","authoredOn":"2025-06-15""#, tag: "RQO", id: "s2"),
            joining: .onRecordOnly, counts: [1, 0, 2], because: "an attached document brings no order under review"),
        Orders(
            first: order(#""status":"draft","authoredOn":"2025-06-16""#),
            second: order(#""status":"active","authoredOn":"2025-06-16""#, tag: "RQO", id: "s2"),
            joining: .onRecordOnly, counts: [1, 0, 1], because: "an attached document repeats the draft"),
        Orders(
            first: order(#""status":"draft","authoredOn":"2025-06-16""#),
            second: order(#""status":"active","authoredOn":"2025-06-16""#, id: "s2"), counts: [1, 0, 2],
            because: "an active order of FHIR is another order"),
        Orders(
            first: order(#""status":"active","authoredOn":"2025-06-16""#),
            second: order(#""status":"active","authoredOn":"2025-06-16""#, id: "s2"), counts: [0, 0, 1],
            because: "one active order in two Bundles"),
        Orders(
            first: order(#""status":"active","authoredOn":"2025-06-16""#, code: #""code":{"text":"MRI"}"#),
            second: order(#""status":"active","authoredOn":"2025-06-16""#, code: #""code":{"text":"MRI"}"#, id: "s2"),
            counts: [0, 0, 2], because: "orders by text: nobody knows whether they are one"),
    ]

    @Test("orders", arguments: orders)
    func joinOrders(_ row: Orders) throws {
        let joined = try Self.join(row.first, row.second, row.joining)
        #expect(
            [joined.drafts.count, joined.planned.count, joined.record.serviceRequests.count] == row.counts)
        for draft in joined.drafts + joined.planned {
            #expect(joined.record.serviceRequests.contains { $0.provenance == draft.provenance })
        }
    }

    @Test("the reasons of a document's copy of a draft are not lost, its priority is not taken over")
    func reasons() throws {
        let reason = #""reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C50.911"}]}]"#
        let joined = try Self.join(
            Self.order(#""status":"draft","authoredOn":"2025-06-16""#),
            Self.order(
                #""status":"active","priority":"stat","authoredOn":"2025-06-16",\#(reason)"#, tag: "RQO", id: "s2"))
        guard case .service(let order)? = joined.drafts.first?.order else {
            Issue.record("no draft")
            return
        }
        #expect(order.reasons.map(\.concepts.first?.code.code) == ["C50.911"])
        #expect(order.priority == nil)
    }

    @Test("a source joined with itself stays as it is, doubled facts of its own included")
    func twice() throws {
        let therapy =
            #""resourceType":"Procedure","status":"completed","code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"97110"}]},\#(Small.subject),"performedDateTime":"2025-06-01""#
        let ibuprofen =
            #""resourceType":"MedicationStatement","status":"active",\#(Small.ibuprofen),\#(Small.subject),"effectivePeriod":{"start":"2025-05-01"}"#
        let examination =
            #""resourceType":"DiagnosticReport","id":"r1","status":"final",\#(Small.mri),\#(Small.subject),"effectiveDateTime":"2025-01-01""#
        let text = #""resourceType":"Condition","id":"c9","code":{"text":"?"},\#(Small.subject)"#
        let resources = [
            therapy, therapy, ibuprofen, examination, text, Self.condition(""), Self.temperature("38", "2025-06-16"),
            Self.order(#""status":"draft""#),
        ]
        let record = try Self.record(resources)
        let joined = record.joined(with: record)
        func counts(_ record: PatientRecord) -> [Int] {
            let facts = record.record
            return [
                facts.procedures.count, facts.medications.count, facts.examinations.count, facts.unreadTexts.count,
                facts.conditions.count, facts.observations.count, facts.serviceRequests.count, record.drafts.count,
            ]
        }
        #expect(counts(record) == [2, 1, 1, 1, 1, 1, 1, 1])
        #expect(counts(joined) == counts(record))
    }

    @Test("what a source could not read stays unread")
    func refused() throws {
        let broken = #""resourceType":"Condition",\#(Small.cancer),\#(Small.subject),"verificationStatus":{"text":"?"}"#
        #expect(try Self.join(Self.condition(""), broken).record.refused == [.conditions])
    }

    struct Births: CustomTestStringConvertible {
        let dates: [String?]
        let birthDate: String?
        let differ: Bool
        let because: String
        var testDescription: String { because }
    }

    static let births = [
        Births(dates: ["1970-01-01", "1970-01-01"], birthDate: "1970-01-01", differ: false, because: "one date"),
        Births(dates: ["1970", "1970-01-01"], birthDate: "1970-01-01", differ: false, because: "the finer one"),
        Births(dates: [nil, "1970-01-01"], birthDate: "1970-01-01", differ: false, because: "one that is known"),
        Births(dates: ["1970-01-01", "1971-01-01"], birthDate: nil, differ: true, because: "two dates"),
        Births(
            dates: ["1970-01-01", "1971-01-01", "1970-01-01"], birthDate: nil, differ: true,
            because: "a third does not settle it"),
    ]

    @Test("birth dates that differ leave none", arguments: births)
    func joinBirths(_ row: Births) throws {
        let records = row.dates.map { date in
            var record = PatientRecord(record: ClinicalRecord())
            record.record.birthDate = date.flatMap(PartialDate.init)
            return record
        }
        let joined = records.dropFirst().reduce(records[0]) { $0.joined(with: $1) }
        #expect(joined.record.birthDate?.literal == row.birthDate)
        #expect(joined.record.birthDatesDiffer == row.differ)
        #expect(joined.issues.map(\.code) == (row.differ ? [.fhirContradiction] : []))
    }

    static func record(_ resources: [String]) throws -> PatientRecord {
        let entries = [Small.patient] + resources.map { #"{"resource":{\#($0)}}"# }
        let text = #"{"resourceType":"Bundle","type":"collection","entry":[\#(entries.joined(separator: ","))]}"#
        return try #require(Small.read(text).records.first)
    }

    static func join(
        _ first: String, _ second: String, _ orders: PatientRecord.OrdersOfOther = .reviewed
    ) throws -> PatientRecord {
        try record([first]).joined(with: record([second]), orders: orders)
    }
}
