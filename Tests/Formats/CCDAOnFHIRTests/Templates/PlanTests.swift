import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Plans, orders and goals (sections 4.6, 4.7 and 7.6).
@Suite("Plans")
struct PlanTests {
    static func plan(
        _ attributes: String = "", element: String = "procedure", template: String = "41", mood: String = "RQO",
        code: String = Entries.mri, status: String? = "active", at time: String = "20250620", inside: String = ""
    ) -> String {
        Entries.statement(
            element, [template], mood: mood, attributes: attributes, code: code, status: status, at: time,
            inside: inside)
    }
    static func row(_ name: String, _ entry: String, _ expected: [String: String], issue: IssueCode? = nil)
        -> ActivityRow
    {
        ActivityRow(
            name, section: "18776-5", entry, ["ServiceRequest"],
            Dictionary(uniqueKeysWithValues: expected.map { ("ServiceRequest." + $0, $1) }), issue: issue)
    }

    // MARK: Moods

    static let intents = [
        "RQO": "order", "INT": "plan", "PRMS": "plan", "PRP": "proposal", "PERM": "proposal", "ARQ": "proposal",
        "APT": "order",
    ]
    static let templates = [
        ("procedure", "41"), ("observation", "44"), ("act", "39"), ("act", "140"), ("encounter", "40"),
        ("act", "44"), ("observation", "39"), ("procedure", "14"), ("act", "12"), ("observation", "13"),
        ("observation", "2"), ("observation", "99999"), ("procedure", "99999"), ("act", "99999"),
        ("encounter", "99999"),
    ]
    /// Every mood of every element and template is a request and never a fact, and says in what mood it is.
    static let moods = templates.flatMap { element, template in
        intents.sorted { $0.key < $1.key }.map { mood, intent in
            row(
                "\(element) .\(template) in mood \(mood)", plan(element: element, template: template, mood: mood),
                [
                    "intent": intent, "status": "active", "meta.tag.0.code": mood,
                    "meta.tag.0.system": "http://terminology.hl7.org/CodeSystem/v3-ActMood", "meta.tag.1": "-",
                    "code.coding.0.code": "72148",
                ])
        }
    }

    @Test("Moods", arguments: moods)
    func mood(_ row: ActivityRow) throws { try row.check() }

    // MARK: Status and negation

    static let negated = " negationInd='true'"
    static let states = [
        row("active", plan(), ["status": "active", "doNotPerform": "-"]),
        row("new", plan(status: "new"), ["status": "active"]),
        row("completed", plan(status: "completed"), ["status": "completed"]),
        row("held", plan(status: "held"), ["status": "on-hold"]),
        row("suspended", plan(status: "suspended"), ["status": "on-hold"]),
        row("aborted", plan(status: "aborted"), ["status": "revoked"]),
        row("cancelled", plan(status: "cancelled"), ["status": "revoked"]),
        row("nullified", plan(status: "nullified"), ["status": "entered-in-error"]),
        row("no status", plan(status: nil), ["status": "unknown"], issue: .ccdaStatus),
        row("normal", plan(status: "normal"), ["status": "unknown"], issue: .ccdaStatus),
        row("null as a whole", plan(" nullFlavor='NI'"), ["status": "unknown"]),
        row("not to be done", plan(negated), ["status": "active", "doNotPerform": "true"]),
        row(
            "completed long ago is no proof", plan(status: "completed", at: "20240101"),
            ["status": "completed", "occurrenceDateTime": "2024-01-01"]),
        ActivityRow(
            "no planned tests", section: "18776-5",
            plan(negated, code: "<code nullFlavor='OTH'><originalText>No planned tests</originalText></code>"),
            losses: ["asText: denies plans without naming one"]),
        ActivityRow(
            "neither code nor text", section: "18776-5", plan(code: "<code nullFlavor='NI'/>"),
            losses: ["refused: neither code nor text"]),
    ]

    @Test("Status", arguments: states)
    func status(_ row: ActivityRow) throws { try row.check() }

    // MARK: Members

    static func priority(_ code: String) -> String {
        "<priorityCode code='\(code)' codeSystem='2.16.840.1.113883.5.7'/>"
    }
    static func preference(_ code: String) -> String {
        Entries.related(
            Entries.statement(
                "observation", ["143"], code: Entries.code("225773000", Entries.snomed),
                inside: Entries.value(code, "Priority")), "REFR")
    }
    static let members = [
        row(
            "time, author, reason, site, performer",
            plan(
                inside: """
                    <targetSiteCode code='122496007' codeSystem='\(Entries.snomed)'/>\
                    <performer><assignedEntity><id root='2.16.840.1.113883.4.6' extension='7'/><assignedPerson><name>\
                    <family>Doer</family></name></assignedPerson></assignedEntity></performer>\
                    \(Entries.author("20250616085500-0500"))\(Entries.indication())
                    """),
            [
                "occurrenceDateTime": "2025-06-20", "authoredOn": "2025-06-16T08:55:00-05:00",
                "requester.reference": "*",
                "performer.0.reference": "*", "reasonCode.0.coding.0.code": "279039007",
                "bodySite.0.coding.0.code": "122496007",
            ]),
        row("no author of its own", plan(), ["authoredOn": "-", "requester": "-"]),
        row("start only", plan(at: "<low value='20250620'/>"), ["occurrenceDateTime": "2025-06-20"]),
        row(
            "start and end", plan(at: "<low value='20250620'/><high value='20250720'/>"),
            ["occurrencePeriod.start": "2025-06-20", "occurrencePeriod.end": "2025-07-20", "occurrenceDateTime": "-"]),
        row("routine", plan(inside: priority("R")), ["priority": "routine"]),
        row("elective", plan(inside: priority("EL")), ["priority": "routine"]),
        row("urgent", plan(inside: priority("UR")), ["priority": "urgent"]),
        row("as soon as possible", plan(inside: priority("A")), ["priority": "asap"]),
        row("stat", plan(inside: priority("S")), ["priority": "stat"]),
        row("emergency", plan(inside: priority("EM")), ["priority": "stat"]),
        row("call back is no priority", plan(inside: priority("CR")), ["priority": "-"]),
        row("no priority", plan(), ["priority": "-"]),
        row("preference high", plan(inside: preference("394849002")), ["priority": "urgent"]),
        row("preference normal", plan(inside: preference("394848005")), ["priority": "routine"]),
        row(
            "the statement's priority before a preference", plan(inside: priority("R")),
            ["priority": "routine"]),
        row(
            "instruction and comment",
            plan(
                inside: Entries.related(
                    "<act classCode='ACT' moodCode='INT'>\(Sample.template("20"))<text>Bring old films</text></act>")
                    + Entries.comment("Left leg")),
            ["patientInstruction": "Bring old films", "note.0.text": "Left leg"]),
        row("imaging by its code", plan(), ["category.0.coding.0.code": "363679005"]),
        row(
            "no imaging by its code", plan(code: Entries.code("97161", Entries.cpt)), ["category": "-"]),
        row("the first code of imaging", plan(code: Entries.code("70010", Entries.cpt)), ["category": "*"]),
        row("the code before", plan(code: Entries.code("70009", Entries.cpt)), ["category": "-"]),
        row("the last code of imaging", plan(code: Entries.code("76499", Entries.cpt)), ["category": "*"]),
        row("the code behind", plan(code: Entries.code("76500", Entries.cpt)), ["category": "-"]),
        row(
            "the same number of another system", plan(code: Entries.code("72148", Entries.snomed)), ["category": "-"]),
        row("imaging by LOINC", plan(code: Entries.code("24968-0", Entries.loinc)), ["category": "*"]),
        row("reason of what is not to be done", plan(), ["reasonCode": "-"]),
    ]

    @Test("Members", arguments: members)
    func member(_ row: ActivityRow) throws { try row.check() }

    // MARK: Plans that are no orders of services

    static let others = [
        ActivityRow(
            "instruction", section: "69730-0",
            "<act classCode='ACT' moodCode='INT'>\(Sample.template("20"))\(Entries.code("409073007", Entries.snomed))</act>",
            losses: ["asText: an instruction"]),
        ActivityRow(
            "planned coverage", section: "18776-5",
            plan(
                inside: Entries.related(
                    Entries.statement(
                        "act", ["129"], mood: "INT", code: Entries.code("48768-6", Entries.loinc),
                        inside: Entries.related(Entries.statement("act", [], mood: "INT"))), "COMP")),
            ["ServiceRequest"], losses: ["asText: who is to pay", "asText: who is to pay"]),
        ActivityRow(
            "a promise of the payer", section: "48768-6", Entries.statement("procedure", [], mood: "PRMS"),
            losses: ["asText: who is to pay"]),
        ActivityRow(
            "what happened inside a plan is no fact", section: "18776-5",
            plan(inside: Entries.related(Entries.statement("procedure", ["14"]), "REFR")), ["ServiceRequest"],
            losses: ["asText: inside a statement in mood RQO"]),
        ActivityRow(
            "a plan inside a plan", section: "62387-6",
            Entries.statement(
                "act", ["146"], mood: "INT", code: Entries.code("362956003", Entries.snomed),
                inside: Entries.related(plan(), "REFR")), ["ServiceRequest"],
            losses: ["asText: groups plans, which are mapped by themselves"]),
        ActivityRow(
            "an order based on another", section: "18776-5", plan(inside: Entries.related(plan(mood: "INT"), "COMP")),
            ["ServiceRequest", "ServiceRequest"],
            ["ServiceRequest.basedOn": "-", "ServiceRequest#2.basedOn.0.reference": "*"]),
        ActivityRow(
            "supply", section: "18776-5",
            Entries.statement(
                "supply", ["43"], mood: "RQO", code: "", status: "active",
                inside: Entries.device(Entries.code("58938008", Entries.snomed, "Wheelchair"))), ["DeviceRequest"],
            [
                "DeviceRequest.codeCodeableConcept.coding.0.code": "58938008", "DeviceRequest.intent": "order",
                "DeviceRequest.meta.tag.0.code": "RQO", "DeviceRequest.status": "active",
            ]),
        ActivityRow(
            "supply that is not wanted", section: "18776-5",
            Entries.statement(
                "supply", ["43"], mood: "INT", attributes: negated, code: "",
                inside: Entries.device(Entries.code("58938008", Entries.snomed))),
            losses: ["asText: a supply that is not wanted"]),
        ActivityRow(
            "a drug to be supplied", section: "18776-5",
            Entries.statement(
                "supply", ["43"], mood: "INT", code: "",
                inside: """
                    <product><manufacturedProduct><manufacturedMaterial>\
                    \(Entries.code("197806", "2.16.840.1.113883.6.88"))</manufacturedMaterial></manufacturedProduct></product>
                    """), losses: ["asText: a drug to be supplied"]),
        ActivityRow(
            "visit", section: "46240-8", Entries.statement("encounter", ["49"], mood: "INT", at: "20250801"),
            ["Encounter"], ["Encounter.status": "planned"]),
    ]

    @Test("Others", arguments: others)
    func other(_ row: ActivityRow) throws { try row.check() }

    // MARK: Goals

    static func goal(
        _ attributes: String = "", element: String = "observation", template: String = "121",
        status: String? = "active",
        code: String = Entries.code("72514-3", Entries.loinc, "Pain severity"), inside: String = ""
    ) -> String {
        Entries.statement(
            element, [template], mood: "GOL", attributes: attributes, code: code, status: status,
            at: "<low value='20250601'/><high value='20250901'/>", inside: inside)
    }
    static let goals = [
        ActivityRow(
            "value wanted", section: "61146-7", goal(inside: Entries.quantity("3", "{score}")), ["Goal"],
            [
                "Goal.lifecycleStatus": "active", "Goal.description.coding.0.code": "72514-3",
                "Goal.startDate": "2025-06-01", "Goal.target.0.dueDate": "2025-09-01",
                "Goal.target.0.measure.coding.0.code": "72514-3", "Goal.target.0.detailQuantity.value": "3",
            ]),
        ActivityRow(
            "no value", section: "61146-7", goal(), ["Goal"],
            ["Goal.target.0.measure": "-", "Goal.target.0.dueDate": "2025-09-01"]),
        ActivityRow("of a planned observation", section: "18776-5", goal(template: "44"), ["Goal"]),
        ActivityRow("of an unknown template", section: "18776-5", goal(template: "99999"), ["Goal"]),
        ActivityRow("as an act", section: "61146-7", goal(element: "act", template: "99999"), ["Goal"]),
        ActivityRow(
            "completed", section: "61146-7", goal(status: "completed"), ["Goal"], ["Goal.lifecycleStatus": "completed"]),
        ActivityRow("held", section: "61146-7", goal(status: "held"), ["Goal"], ["Goal.lifecycleStatus": "on-hold"]),
        ActivityRow(
            "cancelled", section: "61146-7", goal(status: "cancelled"), ["Goal"], ["Goal.lifecycleStatus": "cancelled"]),
        ActivityRow(
            "nullified", section: "61146-7", goal(status: "nullified"), ["Goal"],
            ["Goal.lifecycleStatus": "entered-in-error"]),
        ActivityRow(
            "no status", section: "61146-7", goal(status: nil), ["Goal"], ["Goal.lifecycleStatus": "proposed"],
            issue: .ccdaStatus),
        ActivityRow(
            "denied", section: "61146-7", goal(negated), losses: ["asText: a goal that is denied"]),
    ]

    @Test("Goals", arguments: goals)
    func wanted(_ row: ActivityRow) throws { try row.check() }

    // MARK: The encounter that the document is about

    @Test(
        "Orders belong to the document's encounter unless they were written at another time",
        arguments: [
            ("", true), ("20250616085500-0500", true), ("20250615", false), ("20250617", false), ("202506", true),
        ])
    func encounter(_ authored: String, isDuring: Bool) throws {
        let section = Sample.section(
            "18776-5", entries: [Self.plan(inside: authored.isEmpty ? "" : Entries.author(authored))])
        let visit = """
            <componentOf><encompassingEncounter><id root='2.16.840.1.113883.19.5.99999.8' extension='E1'/>\
            <code code='EMER' codeSystem='2.16.840.1.113883.5.4'/><effectiveTime><low value='20250616080000-0500'/>\
            <high value='20250616100000-0500'/></effectiveTime></encompassingEncounter></componentOf>
            """
        let bytes = String(decoding: Sample.document([section]), as: UTF8.self)
            .replacing("<component><structuredBody>", with: visit + "<component><structuredBody>")
        let converted = Converted(try DocumentConverter().convert(Array(bytes.utf8)))
        #expect(converted.all("Encounter").count == 1)
        #expect((converted.all("ServiceRequest").first?.at("encounter.reference") != nil) == isDuring)
    }
}
