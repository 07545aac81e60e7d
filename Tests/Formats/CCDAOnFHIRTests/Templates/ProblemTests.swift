import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Problems and diagnoses as Conditions (sections 4.6, 7.1 and 7.2).
@Suite("Problems")
struct ProblemTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var section = "11450-4"
        let entry: String
        /// Values by their path in the only Condition; `-` for what must not be there.
        let expected: [String: String]
        var testDescription: String { name }

        init(_ name: String, section: String = "11450-4", _ entry: String, _ expected: [String: String]) {
            self.name = name
            self.section = section
            self.entry = entry
            self.expected = expected
        }
    }
    static let clinical = "clinicalStatus.coding.0.code"
    static let verification = "verificationStatus.coding.0.code"

    // MARK: Status and dates

    static func ended(_ high: String, status: String = "active") -> String {
        Entries.concern(Entries.problem(time: "<low value='20200105'/><high \(high)/>"), status: status)
    }

    static let dates = [
        Row(
            "end on the document's day", ended("value='20250616'"),
            [clinical: "resolved", "abatementDateTime": "2025-06-16", "onsetDateTime": "2020-01-05", "note": "-"]),
        Row(
            "end a day later", ended("value='20250617'"),
            [clinical: "active", "abatementDateTime": "-", "note.0.text": "End as written: 2025-06-17"]),
        Row(
            "end in the document's month", ended("value='202506'"),
            [clinical: "resolved", "abatementDateTime": "2025-06"]),
        Row("end in the next month", ended("value='202507'"), [clinical: "active", "abatementDateTime": "-"]),
        Row("end in the document's year", ended("value='2025'"), [clinical: "resolved", "abatementDateTime": "2025"]),
        Row("end in the next year", ended("value='2026'"), [clinical: "active", "abatementDateTime": "-"]),
        Row(
            "null end under an active concern", ended("nullFlavor='UNK'"),
            [clinical: "active", "_abatementDateTime": "-", "abatementDateTime": "-"]),
        Row(
            "null end under a completed concern", ended("nullFlavor='UNK'", status: "completed"),
            [
                clinical: "inactive", "_abatementDateTime.extension.0.valueCode": "unknown",
                "abatementDateTime": "-",
            ]),
        Row(
            "null end of another kind under a completed concern", ended("nullFlavor='NI'", status: "completed"),
            [clinical: "inactive", "_abatementDateTime": "-"]),
        Row(
            "an end at infinity is none", ended("nullFlavor='PINF'", status: "completed"),
            [clinical: "inactive", "_abatementDateTime": "-"]),
        Row(
            "an end that cannot be read is unknown", ended("value='soon'"),
            [clinical: "active", "abatementDateTime": "-"]),
        Row(
            "an end before the beginning is not trusted", ended("value='20180101'"),
            [
                clinical: "resolved", "onsetDateTime": "-", "abatementDateTime": "-",
                "note.0.text": "Dates as written: 2020-01-05 to 2018-01-01",
            ]),
        Row(
            "concern Active with a capital", Entries.concern(Entries.problem(), status: "Active"), [clinical: "active"]),
        Row("concern completed", Entries.concern(Entries.problem(), status: "completed"), [clinical: "inactive"]),
        Row("concern aborted", Entries.concern(Entries.problem(), status: "aborted"), [clinical: "inactive"]),
        Row("concern suspended", Entries.concern(Entries.problem(), status: "suspended"), [clinical: "inactive"]),
        Row("concern cancelled", Entries.concern(Entries.problem(), status: "cancelled"), [clinical: "-"]),
        Row("concern without a status", Entries.concern(Entries.problem(), status: nil), [clinical: "-"]),
        Row(
            "no concern: the observation's own status says nothing", Entries.problem(status: "active"), [clinical: "-"]),
        Row(
            "one point is the onset",
            Entries.concern(
                Entries.problem(time: "", inside: "").replacing(
                    "<value ", with: "<effectiveTime value='20200105'/><value ")),
            [clinical: "active", "onsetDateTime": "2020-01-05", "abatementDateTime": "-"]),
        Row(
            "the concern's time is no onset", Entries.concern(Entries.problem(time: "")),
            [clinical: "active", "onsetDateTime": "-"]),
        Row(
            "a time of zeros is unknown, and the problem stays",
            Entries.concern(Entries.problem(time: "<low value='000000'/>")),
            [clinical: "active", "onsetDateTime": "-"]),
    ]

    static let statuses = [
        Row("active", statused("55561003"), [clinical: "active"]),
        Row("recurrence", statused("246455001"), [clinical: "recurrence"]),
        Row("relapse", statused("263855007"), [clinical: "relapse"]),
        Row("remission", statused("277022003"), [clinical: "remission"]),
        Row("resolved", statused("413322009"), [clinical: "resolved"]),
        Row("inactive", statused("73425007"), [clinical: "inactive"]),
        Row("in words only", statused("9", "Resolved"), [clinical: "resolved"]),
        Row("of another kind: the concern decides", statused("90734009", "Chronic"), [clinical: "active"]),
        Row(
            "withdrawn: the concern decides",
            Entries.concern(
                Entries.problem(
                    inside: Entries.part(
                        "6", "", Entries.value("413322009", "Resolved"), status: "nullified", type: "REFR"))),
            [clinical: "active"]),
        Row(
            "by its LOINC code without a template",
            Entries.concern(
                Entries.problem(
                    inside: Entries.part(
                        "999", "<code code='33999-4' codeSystem='2.16.840.1.113883.6.1'/>",
                        Entries.value("413322009", "Resolved"), type: "REFR"))), [clinical: "resolved"]),
        Row(
            "Health Status is none",
            Entries.concern(
                Entries.problem(inside: Entries.part("5", "", Entries.value("413322009", "Resolved"), type: "REFR"))),
            [clinical: "active", "note.0.text": "Health status: Resolved"]),
        Row(
            "active and an end in the past",
            Entries.concern(
                Entries.problem(time: "<low value='2019'/><high value='2020'/>", inside: Entries.status("55561003"))),
            [clinical: "active", "abatementDateTime": "-"]),
    ]

    static func statused(_ code: String, _ display: String = "Status") -> String {
        Entries.concern(Entries.problem(inside: Entries.status(code, display)))
    }

    // MARK: Truth

    static let masked = Entries.null("MSK")
    static let truths = [
        Row(
            "denied", Entries.concern(Entries.problem(" negationInd='true'")),
            [verification: "refuted", clinical: "-", "code.coding.0.code": "64859006", "onsetDateTime": "2020-01-05"]),
        Row(
            "denied with an end has no abatement",
            Entries.concern(Entries.problem(" negationInd='true'", time: "<low value='2019'/><high value='2020'/>")),
            [
                verification: "refuted", clinical: "-", "abatementDateTime": "-",
                "note.0.text": "End as written: 2020",
            ]),
        Row(
            "denied by its concern", Entries.concern(Entries.problem(), attributes: " negationInd='true'"),
            [verification: "refuted", clinical: "-"]),
        Row(
            "denied by its link",
            "<act classCode='ACT' moodCode='EVN'>\(Sample.template("3"))<statusCode code='active'/>"
                + Entries.related(Entries.problem(), "SUBJ", " negationInd='true'") + "</act>",
            [verification: "refuted", clinical: "-"]),
        Row(
            "denied twice", Entries.concern(Entries.problem(" negationInd='true'"), attributes: " negationInd='true'"),
            [verification: "refuted", clinical: "-"]),
        Row(
            "denied, named by a translation",
            Entries.problem(
                " negationInd='true'",
                value: Entries.null("OTH", "<translation code='C61' codeSystem='2.16.840.1.113883.6.90'/>")),
            [verification: "refuted", "code.coding.0.code": "C61", "code.coding.1.code": "-"]),
        Row(
            "denied, named by words",
            Entries.problem(
                " negationInd='true'", value: Entries.null("UNK", "<originalText>Melanoma</originalText>")),
            [verification: "refuted", "code.text": "Melanoma", "code.coding": "-"]),
        Row(
            "entered in error", Entries.concern(Entries.problem(status: "nullified")),
            [verification: "entered-in-error", clinical: "-"]),
        Row(
            "entered in error with its concern", Entries.concern(Entries.problem(), status: "nullified"),
            [verification: "entered-in-error", clinical: "-"]),
        Row(
            "in error and denied is in error", Entries.problem(" negationInd='true'", status: "nullified"),
            [verification: "entered-in-error", clinical: "-"]),
        Row("plain has no verification", Entries.concern(Entries.problem()), [verification: "-", clinical: "active"]),
    ]

    static let noneKnown: [String: String] = [
        "code.coding.0.code": "160245001", "code.coding.0.system": "http://snomed.info/sct",
        "code.coding.0.display": "No current problems or disability", verification: "confirmed", clinical: "active",
        "onsetDateTime": "-", "recordedDate": "2020-01-05",
    ]
    static let nones =
        ["55607006", "64572001", "404684003", "282291009", "418799008", "409586006", "248536006", "373930000"].map {
            Row(
                "denied kind \($0)",
                Entries.concern(Entries.problem(" negationInd='true'", value: Entries.value($0, "Kind"))), noneKnown)
        } + [
            Row(
                "denied kind with words about it",
                Entries.concern(
                    Entries.problem(
                        " negationInd='true'",
                        value: Entries.value("55607006", "Problem", inside: "<originalText>None</originalText>"))),
                noneKnown),
            Row(
                "denied null value", Entries.concern(Entries.problem(" negationInd='true'", value: Entries.null("NI"))),
                noneKnown),
            Row(
                "denied null value beside words of the statement",
                Entries.concern(
                    Entries.problem(" negationInd='true'", value: Entries.null("NI"), text: "<text>None.</text>")),
                noneKnown),
            Row(
                "no value at all, denied", Entries.concern(Entries.problem(" negationInd='true'", value: "")),
                noneKnown),
            Row(
                "kind denied by its concern",
                Entries.concern(
                    Entries.problem(value: Entries.value("55607006", "Problem")), attributes: " negationInd='true'"),
                noneKnown),
            Row(
                "said by a code, the concern completed",
                Entries.concern(
                    Entries.problem(value: Entries.value("160245001", "No current problems or disability")),
                    status: "completed"), noneKnown),
            Row(
                "said by a code and denied: no double negation",
                Entries.concern(
                    Entries.problem(
                        " negationInd='true'", value: Entries.value("160245001", "No current problems or disability"))),
                noneKnown),
            Row(
                "among health concerns", section: "75310-3",
                Entries.problem(" negationInd='true'", value: Entries.value("55607006", "Problem")),
                [
                    "code.coding.0.code": "160245001",
                    "category.0.coding.0.code": "health-concern",
                ]),
        ]

    // MARK: Names

    static let names = [
        Row(
            "code and translation",
            Entries.concern(
                Entries.problem(
                    value: Entries.value(
                        "64859006", "Osteoporosis",
                        inside: "<translation code='M81.0' codeSystem='2.16.840.1.113883.6.90'/>"))),
            ["code.coding.0.code": "64859006", "code.coding.1.code": "M81.0", "code.coding.2.code": "-"]),
        Row(
            "null with a translation",
            Entries.concern(
                Entries.problem(
                    value: Entries.null("UNK", "<translation code='M81.0' codeSystem='2.16.840.1.113883.6.90'/>"))),
            ["code.coding.0.code": "M81.0", "code.coding.0.system": "http://hl7.org/fhir/sid/icd-10-cm"]),
        Row(
            "null with words",
            Entries.concern(Entries.problem(value: Entries.null("OTH", "<originalText>Sore hip</originalText>"))),
            ["code.text": "Sore hip", "code.coding": "-", clinical: "active"]),
        Row(
            "null, the words in the statement",
            Entries.concern(Entries.problem(value: Entries.null("UNK"), text: "<text>Sore hip</text>")),
            ["code.text": "Sore hip", clinical: "active"]),
        Row(
            "no value, the words in the statement",
            Entries.concern(Entries.problem(value: "", text: "<text>Sore hip</text>")),
            ["code.text": "Sore hip"]),
        Row(
            "words as value", Entries.concern(Entries.problem(value: "<value xsi:type='ST'>Sore hip</value>")),
            ["code.text": "Sore hip", "code.coding": "-"]),
        Row(
            "a kind that is not denied is a problem",
            Entries.concern(
                Entries.problem(
                    value: Entries.value("55607006", "Problem", inside: "<originalText>Sore hip</originalText>"))),
            ["code.coding.0.code": "55607006", "code.text": "Sore hip", clinical: "active", verification: "-"]),
    ]

    // MARK: Where it stands

    static func diagnosis(_ template: String, status: String? = nil, problem: String = Entries.problem()) -> String {
        Entries.concern(
            problem, status: status, template: template,
            code: "<code code='29308-4' codeSystem='2.16.840.1.113883.6.1'/>")
    }
    static let category = "category.0.coding.0.code"
    static let places =
        [("80", "46240-8"), ("34", "46241-6"), ("33", "11535-2"), ("65", "10219-4"), ("51", "59769-0")].map {
            Row(
                "diagnosis act .4.\($0.0), its status active", section: $0.1, diagnosis($0.0, status: "active"),
                [category: "encounter-diagnosis", "category.1": "-", clinical: "-"])
        } + [
            Row(
                "diagnosis act under a root that lacks a part", section: "46240-8",
                diagnosis("80", status: "active").replacing(
                    "2.16.840.1.113883.10.20.22.4.80", with: "2.16.840.1.113883.10.20.22.80"),
                [category: "encounter-diagnosis", clinical: "-"]),
            Row(
                "diagnosis with an end", section: "46240-8",
                diagnosis("80", problem: Entries.problem(time: "<low value='2019'/><high value='2020'/>")),
                [category: "encounter-diagnosis", clinical: "resolved", "abatementDateTime": "2020"]),
            Row(
                "diagnosis with a Problem Status", section: "46240-8",
                diagnosis("80", problem: Entries.problem(inside: Entries.status("55561003"))),
                [category: "encounter-diagnosis", clinical: "active"]),
            Row(
                "diagnosis denied", section: "46240-8",
                diagnosis("80", problem: Entries.problem(" negationInd='true'")),
                [verification: "refuted", clinical: "-"]),
            Row(
                "diagnosis act inside an encounter", section: "46240-8",
                """
                <encounter classCode='ENC' moodCode='EVN'>\(Sample.template("49"))<code code='99213' codeSystem='2.16.840.1.113883.6.12'/>
                <effectiveTime value='20250610'/>\(Entries.related(diagnosis("80", status: "active"), "COMP"))</encounter>
                """, [category: "encounter-diagnosis", clinical: "-", "encounter.reference": "*"]),
            Row(
                "bare in the section of encounters", section: "46240-8", Entries.problem(),
                [category: "encounter-diagnosis", clinical: "-"]),
            Row(
                "diagnosis act in the plan", section: "18776-5", diagnosis("80", status: "active"),
                [category: "encounter-diagnosis", clinical: "-"]),
            Row(
                "bare in functional status", section: "47420-5", Entries.problem(),
                [category: "problem-list-item", clinical: "-"]),
            Row(
                "bare in complications", section: "55109-3", Entries.problem(),
                [category: "problem-list-item", clinical: "-"]),
            Row(
                "bare in the past history", section: "11348-0", Entries.problem(),
                [category: "problem-list-item", clinical: "-"]),
            Row(
                "past history under an active concern is not known to go on", section: "11348-0",
                Entries.concern(Entries.problem()), [clinical: "-"]),
            Row(
                "past history under a completed concern", section: "11348-0",
                Entries.concern(Entries.problem(), status: "completed"), [clinical: "inactive"]),
            Row(
                "past history with a Problem Status", section: "11348-0",
                Entries.concern(Entries.problem(inside: Entries.status("55561003"))), [clinical: "active"]),
            Row(
                "in a health concern", section: "75310-3",
                Entries.concern(
                    Entries.problem(), template: "132",
                    code: "<code code='75310-3' codeSystem='2.16.840.1.113883.6.1'/>"),
                [
                    category: "health-concern", clinical: "active",
                    "category.0.coding.0.system": "http://hl7.org/fhir/us/core/CodeSystem/condition-category",
                ]),
            Row(
                "a concern without a template", Entries.concern(Entries.problem(), template: "999"),
                [clinical: "active"]),
        ]

    // MARK: Parts

    static let parts = [
        Row(
            "severity",
            Entries.concern(
                Entries.problem(inside: Entries.part("8", "", Entries.value("24484000", "Severe")))),
            ["severity.coding.0.code": "24484000"]),
        Row(
            "severity that is withdrawn",
            Entries.concern(
                Entries.problem(
                    inside: Entries.part("8", "", Entries.value("24484000", "Severe"), status: "nullified"))),
            ["severity": "-"]),
        Row(
            "age at onset without a date",
            Entries.concern(
                Entries.problem(
                    time: "",
                    inside: Entries.part(
                        "31", "<code code='445518008' codeSystem='\(Entries.snomed)'/>",
                        "<value xsi:type='PQ' value='45' unit='a'/>"))),
            ["onsetAge.value": "45", "onsetAge.code": "a", "onsetAge.system": "http://unitsofmeasure.org"]),
        Row(
            "age at onset beside a date",
            Entries.concern(
                Entries.problem(inside: Entries.part("31", "", "<value xsi:type='PQ' value='45' unit='a'/>"))),
            ["onsetAge": "-", "onsetDateTime": "2020-01-05"]),
        Row(
            "age in a unit that is no time",
            Entries.concern(
                Entries.problem(time: "", inside: Entries.part("31", "", "<value xsi:type='PQ' value='45' unit='kg'/>"))
            ),
            ["onsetAge": "-"]),
        Row(
            "date of diagnosis",
            Entries.concern(
                Entries.problem(
                    inside: Entries.related(
                        """
                        <act classCode='ACT' moodCode='EVN'>\(Sample.template("502"))\
                        <code code='77975-1' codeSystem='2.16.840.1.113883.6.1'/><effectiveTime value='20200203'/></act>
                        """, "COMP"))),
            [
                "extension.0.url": "http://hl7.org/fhir/StructureDefinition/condition-assertedDate",
                "extension.0.valueDateTime": "2020-02-03", "onsetDateTime": "2020-01-05",
            ]),
        Row(
            "site with its side",
            Entries.concern(
                Entries.problem(
                    inside: """
                        <targetSiteCode code='29836001' codeSystem='\(Entries.snomed)' displayName='Hip'><qualifier>\
                        <name code='272741003' codeSystem='\(Entries.snomed)'/>\
                        <value code='7771000' codeSystem='\(Entries.snomed)' displayName='Left'/></qualifier></targetSiteCode>
                        """)),
            [
                "bodySite.0.coding.0.code": "29836001", "bodySite.0.text": "Hip", "bodySite.1.coding.0.code": "7771000",
                "bodySite.2": "-",
            ]),
        Row(
            "side of the value",
            Entries.concern(
                Entries.problem(
                    value: Entries.value(
                        "23056005", "Sciatica",
                        inside: """
                            <qualifier><name code='272741003' codeSystem='\(Entries.snomed)'/>\
                            <value code='24028007' codeSystem='\(Entries.snomed)' displayName='Right'/></qualifier>
                            """))),
            ["bodySite.0.coding.0.code": "24028007", "code.text": "Sciatica"]),
        Row(
            "comments, prognosis and priority",
            Entries.concern(
                Entries.problem(
                    inside: Entries.part("113", "", Entries.value("170968001", "Good prognosis"), type: "REFR")
                        + Entries.comment("Worse in winter")),
                inside: Entries.part("143", "", Entries.value("394849002", "High priority"), type: "REFR")),
            [
                "note.0.text": "Prognosis: Good prognosis", "note.1.text": "Worse in winter",
                "note.2.text": "Priority: High priority", "note.3": "-",
            ]),
        Row(
            "who wrote it down, and when",
            Entries.concern(
                Entries.problem(inside: Entries.author("20240203") + Entries.author("20230102", "Early"))),
            ["recordedDate": "2023-01-02", "recorder.reference": "*"]),
        Row("the document's author gives no date", Entries.concern(Entries.problem()), ["recordedDate": "-"]),
        Row(
            "identifier", Entries.concern(Entries.problem(id: "p1")),
            ["identifier.0.value": "p1", "identifier.0.system": "urn:oid:2.16.840.1.113883.19.5.99999.7"]),
    ]

    @Test("one Condition", arguments: dates + statuses + truths + nones + names + places + parts)
    func one(_ row: Row) throws {
        let converted = try Sample.convert(row.section, row.entry)
        let conditions = converted.all("Condition")
        try #require(conditions.count == 1)
        #expect(
            conditions[0].text("subject.reference")
                == converted.all("Patient").first.flatMap { $0.text("id") }.map { "urn:uuid:" + $0 })
        for (path, value) in row.expected { conditions[0].expect(path, value) }
        #expect(converted.all("OperationOutcome").isEmpty)
    }

    // MARK: No Condition

    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        var section = "11450-4"
        let entry: String
        let losses: [String]
        /// Whether the problems of the record are open after it.
        var isOpen = false
        /// Whether the section says that there is nothing to list.
        var isNilKnown = false
        var testDescription: String { name }
    }
    static let refusals = [
        Refusal(
            name: "neither code nor words", entry: Entries.concern(Entries.problem(value: Entries.null("UNK"))),
            losses: ["refused: a problem without a code or words"], isOpen: true),
        Refusal(
            name: "masked", entry: Entries.concern(Entries.problem(value: masked)),
            losses: ["refused: a problem without a code or words"], isOpen: true),
        Refusal(
            name: "masked and denied is not none",
            entry: Entries.concern(Entries.problem(" negationInd='true'", value: masked)),
            losses: ["refused: a problem without a code or words"], isOpen: true),
        Refusal(
            name: "in error, without a name",
            entry: Entries.concern(Entries.problem(value: Entries.null("UNK"), status: "nullified")),
            losses: ["asText: entered in error, and without a code"]),
        Refusal(
            name: "intended",
            entry: Entries.problem().replacing("moodCode='EVN'", with: "moodCode='INT'"),
            losses: ["refused: a problem in mood INT"], isOpen: true),
        Refusal(
            name: "a goal", entry: Entries.problem().replacing("moodCode='EVN'", with: "moodCode='GOL'"),
            losses: ["refused: a problem in mood GOL"], isOpen: true),
        Refusal(
            name: "a risk", section: "75310-3",
            entry: Entries.concern(
                Entries.problem(), template: "136", code: "<code code='281694009' codeSystem='\(Entries.snomed)'/>"),
            losses: ["asText: a risk, which is no disease", "asText: part of a risk, which is no disease"]),
        Refusal(
            name: "an empty concern", entry: Entries.concern(), losses: ["asText: an act that holds no problem"]),
        Refusal(
            name: "no diagnosis", section: "46240-8",
            entry: diagnosis(
                "80", problem: Entries.problem(" negationInd='true'", value: Entries.value("282291009", "Diagnosis"))),
            losses: [], isNilKnown: true),
        Refusal(
            name: "no past history", section: "11348-0",
            entry: Entries.problem(" negationInd='true'", value: Entries.value("55607006", "Problem")), losses: [],
            isNilKnown: true),
        Refusal(
            name: "an indication alone", section: "18776-5",
            entry:
                "<observation classCode='OBS' moodCode='EVN'>\(Sample.template("19"))\(Entries.value("64859006", "Osteoporosis"))</observation>",
            losses: ["asText: a reason, not a finding of its own"]),
    ]

    @Test("no Condition", arguments: refusals)
    func none(_ row: Refusal) throws {
        let converted = try Sample.convert(row.section, row.entry)
        #expect(converted.all("Condition").isEmpty)
        #expect(converted.losses == row.losses)
        let open = converted.all("OperationOutcome").flatMap { $0["issue"]?.items ?? [] }.compactMap {
            $0.text("details.coding.0.code")
        }
        #expect(open.contains("Condition") == row.isOpen)
        let empty = converted.all("Composition").first?.text("section.0.emptyReason.coding.0.code")
        #expect((empty == "nilknown") == row.isNilKnown)
    }

    // MARK: Several

    @Test("every observation of an act is a Condition of its own")
    func several() throws {
        let act = Entries.concern(
            Entries.problem(), Entries.problem(value: Entries.value("38341003", "Hypertension")),
            Entries.problem(" negationInd='true'", value: Entries.value("44054006", "Diabetes")))
        let conditions = try Sample.convert("11450-4", act).all("Condition")
        #expect(conditions.map { $0.text("code.coding.0.code") } == ["64859006", "38341003", "44054006"])
        #expect(conditions.map { $0.text(Self.clinical) } == ["active", "active", nil])
        #expect(conditions.map { $0.text(Self.verification) } == [nil, nil, "refuted"])
    }

    @Test("an observation inside a problem supports it")
    func evidence() throws {
        let scale = """
            <observation classCode='OBS' moodCode='EVN'>\(Sample.template("69"))\
            <code code='72514-3' codeSystem='2.16.840.1.113883.6.1'/><statusCode code='completed'/>\
            <effectiveTime value='20250601'/><value xsi:type='INT' value='7'/></observation>
            """
        let converted = try Sample.convert(
            "11450-4",
            Entries.concern(Entries.problem(inside: Entries.related(scale, "SPRT") + Entries.related(scale, "COMP"))))
        let observations = converted.all("Observation").compactMap { $0.text("id") }
        let condition = try #require(converted.all("Condition").first)
        #expect(observations.count == 2)
        #expect(
            condition["evidence"]?.items.compactMap { $0.text("detail.0.reference") }
                == observations.map { "urn:uuid:" + $0 })
    }

    @Test("what only qualifies a problem counts as mapped with it")
    func consumed() throws {
        let parts =
            Entries.status("55561003") + Entries.comment("Note")
            + Entries.part("8", "", Entries.value("24484000", "Severe"))
            + Entries.part("31", "", "<value xsi:type='PQ' value='45' unit='a'/>")
        let converted = try Sample.convert("11450-4", Entries.concern(Entries.problem(inside: parts)))
        #expect(converted.document.loss.total.mapped == 6)
        #expect(converted.losses.isEmpty)
    }

    @Test("status and dates that disagree are said, and name no value of the patient")
    func doubts() throws {
        for (entry, code) in [
            (Self.ended("nullFlavor='UNK'"), "CCDA-219"), (Entries.problem(), "CCDA-218"),
            (Entries.concern(Entries.problem(inside: Entries.status("55561003")), status: "completed"), "CCDA-219"),
            (Entries.concern(Entries.problem(), attributes: " negationInd='true'"), "CCDA-219"),
            (Self.statused("90734009", "Chronic"), "CCDA-218"),
        ] {
            let issues = try Sample.convert("11450-4", entry).document.issues
            #expect(issues.contains { $0.code.rawValue == code })
            #expect(!issues.contains { $0.description.contains("Osteoporosis") || $0.description.contains("2020") })
        }
        for plain in [Entries.concern(Entries.problem()), Self.ended("nullFlavor='PINF'")] {
            let issues = try Sample.convert("11450-4", plain).document.issues
            #expect(!issues.contains { ["CCDA-218", "CCDA-219"].contains($0.code.rawValue) })
        }
    }

    // MARK: Entry references

    @Test("an entry reference leads to one statement, or is kept in words")
    func entryReferences() throws {
        func pointer(_ id: String) -> String {
            Entries.related(
                """
                <act classCode='ACT' moodCode='EVN'>\(Sample.template("122"))\(Entries.id(id))<code nullFlavor='NP'/>\
                <statusCode code='completed'/></act>
                """, "REFR")
        }
        let concern = Entries.concern(
            template: "132", code: "<code code='75310-3' codeSystem='2.16.840.1.113883.6.1'/>",
            inside: pointer("one") + pointer("two") + pointer("nobody"))
        let problems = [
            Entries.problem(id: "one"), Entries.problem(id: "two", value: Entries.value("73211009", "Diabetes")),
            Entries.problem(id: "two", value: Entries.value("38341003", "Hypertension")),
        ]
        let converted = try Sample.convert([
            Sample.section("75310-3", entries: [concern]),
            Sample.section("11450-4", entries: problems.map { Entries.concern($0) }),
        ])
        #expect(converted.all("Condition").count == 3)
        #expect(
            converted.losses == Array(repeating: "asText: refers to no single statement of the document", count: 2))
    }
}
