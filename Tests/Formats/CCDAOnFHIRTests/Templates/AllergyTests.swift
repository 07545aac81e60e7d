import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Allergies and intolerances, and what is said not to be one (sections 4.6 and 7.4).
@Suite("Allergies")
struct AllergyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let entry: String
        /// Values by their path in the only AllergyIntolerance; `-` for what must not be there.
        let expected: [String: String]
        var testDescription: String { name }

        init(_ name: String, _ entry: String, _ expected: [String: String]) {
            self.name = name
            self.entry = entry
            self.expected = expected
        }
    }
    static let clinical = "clinicalStatus.coding.0.code"
    static let verification = "verificationStatus.coding.0.code"
    static let penicillin =
        "<code code='7980' codeSystem='2.16.840.1.113883.6.88' displayName='penicillin G'/>"

    static func allergy(
        _ attributes: String = "", agent: String? = penicillin, kind: String = "416098002",
        status: String = "completed",
        template: String = "<templateId root='2.16.840.1.113883.10.20.22.4.7'/>",
        time: String = "<effectiveTime><low value='20120506'/></effectiveTime>", text: String = "",
        value: String? = nil,
        inside: String = ""
    ) -> String {
        let participant = agent.map {
            """
            <participant typeCode='CSM'><participantRole classCode='MANU'><playingEntity classCode='MMAT'>\($0)\
            </playingEntity></participantRole></participant>
            """
        }
        return """
            <observation classCode='OBS' moodCode='EVN'\(attributes)>\(template)\
            <code code='ASSERTION' codeSystem='2.16.840.1.113883.5.4'/>\(text)<statusCode code='\(status)'/>\(time)\
            \(value ?? Entries.value(kind, "Kind"))\(participant ?? "")\(inside)</observation>
            """
    }
    static func concern(_ allergy: String, status: String? = "active", attributes: String = "") -> String {
        Entries.concern(allergy, status: status, attributes: attributes, template: "30")
    }
    static func status(_ code: String, _ display: String = "Status") -> String {
        Entries.part("28", "<code code='33999-4' codeSystem='2.16.840.1.113883.6.1'/>", Entries.value(code, display))
    }

    // MARK: Status

    static let statuses = [
        Row("concern active", concern(allergy()), [clinical: "active", verification: "-"]),
        Row("concern completed", concern(allergy(), status: "completed"), [clinical: "resolved"]),
        Row("concern aborted", concern(allergy(), status: "aborted"), [clinical: "resolved"]),
        Row("concern suspended", concern(allergy(), status: "suspended"), [clinical: "inactive"]),
        Row("no evidence: R4 wants a status, and active is the safe one", allergy(), [clinical: "active"]),
        Row("concern without a status", concern(allergy(), status: nil), [clinical: "active"]),
        Row(
            "Allergy Status active beats a completed concern",
            concern(allergy(inside: status("55561003")), status: "completed"), [clinical: "active"]),
        Row("Allergy Status inactive", concern(allergy(inside: status("73425007"))), [clinical: "inactive"]),
        Row("Allergy Status resolved", concern(allergy(inside: status("413322009"))), [clinical: "resolved"]),
        Row("Allergy Status in words", concern(allergy(inside: status("9", "Inactive"))), [clinical: "inactive"]),
        Row(
            "Allergy Status of another kind", concern(allergy(inside: status("9", "Chronic")), status: "suspended"),
            [clinical: "inactive"]),
        Row(
            "entered in error", concern(allergy(status: "nullified")),
            [clinical: "-", verification: "entered-in-error"]),
        Row(
            "entered in error with its concern", concern(allergy(), status: "nullified"),
            [clinical: "-", verification: "entered-in-error"]),
        Row(
            "denied", concern(allergy(" negationInd='true'")),
            [verification: "refuted", clinical: "inactive", "code.coding.0.code": "7980"]),
        Row(
            "denied by its concern", concern(allergy(), attributes: " negationInd='true'"),
            [verification: "refuted", clinical: "inactive"]),
        Row(
            "denied, the substance in words",
            concern(
                allergy(" negationInd='true'", agent: "<code nullFlavor='OTH'><originalText>Nuts</originalText></code>")
            ),
            [verification: "refuted", "code.text": "Nuts"]),
        Row(
            "denied, the substance by its name",
            concern(allergy(" negationInd='true'", agent: "<code nullFlavor='UNK'/><name>Nuts</name>")),
            [verification: "refuted", "code.text": "Nuts"]),
    ]

    // MARK: None known

    static let nobody = "<code nullFlavor='NA'/>"
    static let nones =
        [
            ("416098002", "409137002", "No known drug allergy"), ("419199007", "716186003", "No known allergy"),
            ("414285001", "429625007", "No known food allergy"),
        ].map { kind, code, display in
            Row(
                "no known allergy of kind \(kind)", concern(allergy(" negationInd='true'", agent: nobody, kind: kind)),
                [
                    "code.coding.0.code": code, "code.coding.0.display": display,
                    "code.coding.0.system": "http://snomed.info/sct", clinical: "active", verification: "confirmed",
                    "onsetDateTime": "-", "recordedDate": "2012-05-06",
                ])
        }
        + [
            Row(
                "of a kind without a code for it",
                concern(allergy(" negationInd='true'", agent: nobody, kind: "419511003")),
                ["code.coding": "-", "code.text": "No known kind", verification: "confirmed", clinical: "active"]),
            Row(
                "no substance at all", concern(allergy(" negationInd='true'", agent: nil)),
                ["code.coding.0.code": "409137002", verification: "confirmed"]),
            Row(
                "null substance of another reason",
                concern(allergy(" negationInd='true'", agent: "<code nullFlavor='UNK'/>")),
                ["code.coding.0.code": "409137002", verification: "confirmed"]),
            Row(
                "a name beside a code that does not apply",
                concern(allergy(" negationInd='true'", agent: nobody + "<name>No Known Drug Allergies</name>")),
                ["code.coding.0.code": "409137002", "code.text": "-", verification: "confirmed"]),
            Row(
                "denied by its link",
                "<act classCode='ACT' moodCode='EVN'>\(Sample.template("30"))<statusCode code='active'/>"
                    + Entries.related(allergy(agent: nobody, kind: "419199007"), "SUBJ", " negationInd='true'")
                    + "</act>",
                ["code.coding.0.code": "716186003", verification: "confirmed"]),
            Row(
                "said by a code of its own",
                concern(
                    allergy(
                        agent: "<code code='716186003' codeSystem='\(Entries.snomed)' displayName='No known allergy'/>"),
                    status: "completed"),
                ["code.coding.0.code": "716186003", verification: "confirmed", clinical: "active"]),
            Row(
                "said by a code and denied: no double negation",
                concern(
                    allergy(
                        " negationInd='true'",
                        agent: "<code code='716186003' codeSystem='\(Entries.snomed)' displayName='No known allergy'/>")
                ),
                ["code.coding.0.code": "716186003", verification: "confirmed"]),
        ]

    // MARK: What it is

    static let kinds = [
        ("416098002", "allergy", "medication"), ("59037007", "intolerance", "medication"),
        ("414285001", "allergy", "food"), ("235719002", "intolerance", "food"), ("419511003", "-", "medication"),
        ("418471000", "-", "food"), ("418038007", "-", "-"), ("419199007", "allergy", "-"), ("420134006", "-", "-"),
    ].map { Row("kind \($0.0)", concern(allergy(kind: $0.0)), ["type": $0.1, "category.0": $0.2, "category.1": "-"]) }

    static let names = [
        Row(
            "code and translation",
            concern(
                allergy(
                    agent: """
                        <code code='7980' codeSystem='2.16.840.1.113883.6.88'><translation code='91936005' codeSystem='\(Entries.snomed)'/></code>
                        """)),
            ["code.coding.0.code": "7980", "code.coding.1.code": "91936005", "onsetDateTime": "2012-05-06"]),
        Row(
            "words", concern(allergy(agent: "<code nullFlavor='OTH'><originalText>Contrast</originalText></code>")),
            ["code.text": "Contrast", "code.coding": "-", clinical: "active"]),
        Row("name", concern(allergy(agent: "<name>Latex</name>")), ["code.text": "Latex"]),
        Row(
            "null code and a name", concern(allergy(agent: "<code nullFlavor='NA'/><name>Latex</name>")),
            ["code.text": "Latex"]),
        Row(
            "no substance, the allergy is the value", concern(allergy(agent: nil, kind: "91936005")),
            ["code.coding.0.code": "91936005"]),
        Row(
            "no substance, a kind, and words", concern(allergy(agent: nil, text: "<text>Bee stings</text>")),
            ["code.text": "Bee stings", "code.coding": "-"]),
        Row(
            "the template for devices and substances",
            concern(allergy(template: "<templateId root='2.16.840.1.113883.10.20.24.3.90'/>")),
            ["code.coding.0.code": "7980"]),
    ]

    // MARK: Parts

    static func reaction(
        _ attributes: String = "", value: String = Entries.value("247472004", "Hives"), severity: String = "",
        time: String = "<effectiveTime><low value='20120507'/></effectiveTime>"
    ) -> String {
        Entries.part(
            "9", "<code code='ASSERTION' codeSystem='2.16.840.1.113883.5.4'/>", time + value, attributes: attributes,
            inside: severity, type: "MFST")
    }
    static func severity(_ code: String, _ display: String = "Degree") -> String {
        Entries.part("8", "<code code='SEV' codeSystem='2.16.840.1.113883.5.4'/>", Entries.value(code, display))
    }
    static let parts =
        [
            ("255604002", "mild"), ("6736007", "moderate"), ("24484000", "severe"), ("371923003", "moderate"),
            ("371924009", "severe"), ("399166001", "severe"),
        ].map {
            Row(
                "severity \($0.0)", concern(allergy(inside: reaction(severity: severity($0.0)))),
                ["reaction.0.severity": $0.1, "note.0.text": $0.0 == "399166001" ? "Severity: fatal" : "-"])
        }
        + [
            Row(
                "reaction", concern(allergy(inside: reaction())),
                [
                    "reaction.0.manifestation.0.coding.0.code": "247472004", "reaction.0.onset": "2012-05-07",
                    "reaction.0.severity": "-", "reaction.1": "-",
                ]),
            Row(
                "the allergy's severity where the reaction has none",
                concern(allergy(inside: reaction() + severity("255604002"))), ["reaction.0.severity": "mild"]),
            Row(
                "the reaction's severity before the allergy's",
                concern(allergy(inside: severity("255604002") + reaction(severity: severity("24484000")))),
                ["reaction.0.severity": "severe"]),
            Row(
                "severity without a reaction", concern(allergy(inside: severity("24484000"))),
                ["reaction": "-", "note.0.text": "Severity: severe"]),
            Row(
                "severity in a word that R4 lacks",
                concern(allergy(inside: reaction(severity: severity("9", "Awful")))),
                ["reaction.0.severity": "-", "note.0.text": "Severity: Awful"]),
            Row(
                "reaction in words",
                concern(allergy(inside: reaction(value: Entries.null("OTH", "<originalText>Itch</originalText>")))),
                ["reaction.0.manifestation.0.text": "Itch"]),
            Row(
                "reaction that does not say what it was",
                concern(allergy(inside: reaction(value: Entries.null("UNK"), severity: severity("24484000")))),
                ["reaction": "-", "note.0.text": "Severity of a reaction: severe"]),
            Row(
                "reaction that did not occur", concern(allergy(inside: reaction(" negationInd='true'"))),
                ["reaction": "-"]),
            Row("criticality high", concern(allergy(inside: criticality("CRITH"))), ["criticality": "high"]),
            Row("criticality low", concern(allergy(inside: criticality("CRITL"))), ["criticality": "low"]),
            Row(
                "criticality not assessed", concern(allergy(inside: criticality("CRITU"))),
                ["criticality": "unable-to-assess"]),
            Row("comment", concern(allergy(inside: Entries.comment("As a child"))), ["note.0.text": "As a child"]),
            Row(
                "author", concern(allergy(inside: Entries.author("20130102"))),
                ["recordedDate": "2013-01-02", "recorder.reference": "*"]),
        ]
    static func criticality(_ code: String) -> String {
        Entries.part(
            "145", "<code code='82606-5' codeSystem='2.16.840.1.113883.6.1'/>",
            Entries.value(code, "Criticality", "2.16.840.1.113883.5.1063"))
    }

    @Test("one AllergyIntolerance", arguments: statuses + nones + kinds + names + parts)
    func one(_ row: Row) throws {
        let converted = try Sample.convert("48765-2", row.entry)
        let allergies = converted.all("AllergyIntolerance")
        try #require(allergies.count == 1)
        #expect(allergies[0].at("patient.reference") != nil)
        for (path, value) in row.expected { allergies[0].expect(path, value) }
        #expect(converted.all("OperationOutcome").isEmpty)
    }

    static let unnamed = [
        allergy(agent: nobody), allergy(agent: nil), allergy(agent: "<code nullFlavor='MSK'/>"),
        allergy(" negationInd='true'", agent: "<code nullFlavor='MSK'/>"),
        allergy().replacing("moodCode='EVN'", with: "moodCode='INT'"), allergy(" negationInd='maybe'"),
    ]

    @Test("no AllergyIntolerance of a substance that is not known", arguments: unnamed)
    func none(_ entry: String) throws {
        let converted = try Sample.convert("48765-2", Self.concern(entry))
        #expect(converted.all("AllergyIntolerance").isEmpty)
        #expect(converted.losses.count == 1 && converted.losses[0].hasPrefix("refused"))
    }

    @Test("what is done about a reaction is mapped by itself")
    func treatment() throws {
        let drug = Entries.related(Entries.drug(), "RSON")
        let converted = try Sample.convert(
            "48765-2", Self.concern(Self.allergy(inside: Self.reaction(severity: drug))))
        #expect(converted.all("AllergyIntolerance").count == 1)
        #expect(converted.all("MedicationRequest").count == 1)
        #expect(converted.losses.isEmpty)
    }

    @Test("a status that nobody states is said")
    func doubts() throws {
        func codes(_ entry: String) throws -> [String] {
            try Sample.convert("48765-2", entry).document.issues.map(\.code.rawValue)
        }
        #expect(try codes(Self.allergy()).contains("CCDA-218"))
        #expect(
            try codes(Self.concern(Self.allergy(inside: Self.status("55561003")), status: "completed")).contains(
                "CCDA-219"))
        #expect(try !codes(Self.concern(Self.allergy())).contains { $0 == "CCDA-218" || $0 == "CCDA-219" })
    }
}
