import CCDAOnFHIR
import JSONTree
import Testing

/// Diseases of relatives, and of anybody else (section 7.11): never a fact of the patient.
@Suite("Family history")
struct FamilyHistoryTests {
    static let cancer = Entries.value("363346000", "Malignant neoplastic disease")
    static let generic = Entries.value("64572001", "Condition")

    static func observation(
        _ attributes: String = "", template: String = "46", value: String = cancer, status: String = "completed",
        inside: String = ""
    ) -> String {
        """
        <observation classCode='OBS' moodCode='EVN'\(attributes)>\(Sample.template(template))\(Entries.id("o"))\
        <code code='64572001' codeSystem='\(Entries.snomed)'/><statusCode code='\(status)'/>\
        <effectiveTime value='1999'/>\(value)\(inside)</observation>
        """
    }
    static func organizer(
        _ observations: String..., attributes: String = "", template: String = Sample.template("45"),
        subject: String = Entries.subject("MTH"), status: String = "completed"
    ) -> String {
        """
        <organizer classCode='CLUSTER' moodCode='EVN'\(attributes)>\(template)<statusCode code='\(status)'/>\(subject)\
        \(observations.map { "<component>\($0)</component>" }.joined())</organizer>
        """
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var section: String? = "10157-6"
        /// What stands in the section beside its entries.
        var inside = ""
        let entry: String
        /// Values by their path in the only FamilyMemberHistory.
        let expected: [String: String]
        var losses: [String] = []
        var testDescription: String { name }

        init(
            _ name: String, section: String? = "10157-6", inside: String = "", _ entry: String,
            _ expected: [String: String], losses: [String] = []
        ) {
            self.name = name
            self.section = section
            self.inside = inside
            self.entry = entry
            self.expected = expected
            self.losses = losses
        }
    }
    static let disease = "condition.0.code.coding.0.code"
    static let relation = "relationship.coding.0.code"
    static let ofMother = [disease: "363346000", relation: "MTH", "status": "completed", "condition.1": "-"]

    static let nestings = [
        Row("as the guide has it", organizer(observation()), ofMother),
        Row("organizer without a template", organizer(observation(), template: ""), ofMother),
        Row("observation without a template", organizer(observation(template: "999")), ofMother),
        Row("neither has a template", organizer(observation(template: "999"), template: ""), ofMother),
        Row(
            "templates of 2007",
            organizer(
                observation().replacing("2.16.840.1.113883.10.20.22.4.46", with: "2.16.840.1.113883.10.20.1.22"),
                template: "<templateId root='2.16.840.1.113883.10.20.1.23'/>"), ofMother),
        Row(
            "templates of 2007, in another section", section: "11450-4",
            organizer(
                observation().replacing("2.16.840.1.113883.10.20.22.4.46", with: "2.16.840.1.113883.10.20.1.22"),
                template: "<templateId root='2.16.840.1.113883.10.20.1.23'/>"), ofMother),
        Row("in a section without a code", section: nil, organizer(observation()), ofMother),
        Row("in the problem list", section: "11450-4", organizer(observation()), ofMother),
        Row("a Problem Observation in the organizer", organizer(Entries.problem(value: cancer)), ofMother),
        Row("a Problem Concern in the organizer", organizer(Entries.concern(Entries.problem(value: cancer))), ofMother),
        Row(
            "a problem in the section, nobody named", Entries.concern(Entries.problem(value: cancer)),
            [disease: "363346000", relation: "FAMMEMB"]),
        Row(
            "an observation alone, its own subject", section: "11450-4", observation(inside: Entries.subject("FTH")),
            [disease: "363346000", relation: "FTH"]),
        Row(
            "a problem whose subject is the mother", section: "11450-4",
            Entries.concern(Entries.problem(value: cancer, inside: Entries.subject("MTH"))),
            [disease: "363346000", relation: "MTH"]),
        Row(
            "a concern whose subject is the mother", section: "11450-4",
            Entries.concern(Entries.problem(value: cancer), inside: Entries.subject("MTH")),
            [disease: "363346000", relation: "MTH"]),
        Row(
            "a section whose subject is the mother", section: "11450-4", inside: Entries.subject("MTH"),
            Entries.concern(Entries.problem(value: cancer)), [disease: "363346000", relation: "MTH"]),
        Row("no subject at all", organizer(observation(), subject: ""), [disease: "363346000", relation: "FAMMEMB"]),
        Row(
            "several diseases", organizer(observation(), observation(value: Entries.value("23056005", "Sciatica"))),
            [disease: "363346000", "condition.1.code.coding.0.code": "23056005", relation: "MTH"]),
    ]

    static let truths = [
        Row(
            "one denied",
            organizer(observation(), observation(" negationInd='true'", value: Entries.value("44054006", "Diabetes"))),
            [disease: "363346000", "condition.1": "-", "note.0.text": "Denied: Diabetes"]),
        Row(
            "all denied by the organizer", organizer(observation(), attributes: " negationInd='true'"),
            ["condition": "-", "note.0.text": "Denied: Malignant neoplastic disease"]),
        Row(
            "one in error",
            organizer(observation(), observation(value: Entries.value("44054006", "Diabetes"), status: "nullified")),
            [disease: "363346000", "condition.1": "-", "note": "-"],
            losses: ["asText: said of a relative, not used"]),
        Row("the organizer in error", organizer(observation(), status: "nullified"), ["status": "entered-in-error"]),
        Row("the organizer not completed", organizer(observation(), status: "active"), ["status": "partial"]),
        Row(
            "one that is intended",
            organizer(observation(), observation().replacing("moodCode='EVN'", with: "moodCode='INT'")),
            [disease: "363346000", "condition.1": "-"], losses: ["asText: said of a relative, not used"]),
        Row(
            "one with a negation that cannot be read", organizer(observation(), observation(" negationInd='maybe'")),
            [disease: "363346000", "condition.1": "-"], losses: ["asText: said of a relative, not used"]),
        Row(
            "a number is no disease",
            organizer(observation(), observation(value: "<value xsi:type='PQ' value='180' unit='cm'/>")),
            [disease: "363346000", "condition.1": "-"], losses: ["asText: no disease of a relative"]),
        Row(
            "in words", organizer(observation(value: Entries.null("OTH", "<originalText>Weak hips</originalText>"))),
            ["condition.0.code.text": "Weak hips", "condition.0.code.coding": "-"]),
        Row(
            "the disease in the code",
            organizer(
                observation(value: "").replacing("<code code='64572001'", with: "<code code='363346000'")),
            [disease: "363346000"]),
    ]

    static let age = "<value xsi:type='PQ' value='57' unit='a'/>"
    static let details = [
        Row(
            "age at onset", organizer(observation(inside: Entries.part("31", "", age))),
            ["condition.0.onsetAge.value": "57", "condition.0.onsetAge.code": "a", "deceasedBoolean": "-"]),
        Row(
            "cause of death",
            organizer(
                observation(
                    inside: Entries.part(
                        "47", "", Entries.value("419099009", "Dead"), inside: Entries.part("31", "", age),
                        type: "CAUS"))),
            [
                "condition.0.contributedToDeath": "true", "deceasedAge.value": "57", "condition.0.onsetAge": "-",
                "condition.1": "-",
            ]),
        Row(
            "death beside the disease",
            organizer(observation(), observation(template: "47", value: Entries.value("419099009", "Dead"))),
            ["condition.0.contributedToDeath": "-", "deceasedBoolean": "true", "condition.1": "-"]),
        Row(
            "the person",
            organizer(
                observation(),
                subject: Entries.subject(
                    "FTH",
                    inside: """
                        <subject><sdtc:deceasedInd value='true'/><sdtc:deceasedTime value='20100102'/>\
                        <administrativeGenderCode code='M' codeSystem='2.16.840.1.113883.5.1'/><birthTime value='1940'/></subject>
                        """)),
            [
                relation: "FTH", "sex.coding.0.code": "male", "bornDate": "1940", "deceasedDate": "2010-01-02",
                "deceasedBoolean": "-",
            ]),
        Row(
            "comment", organizer(observation(inside: Entries.comment("On the father's side"))),
            ["note.0.text": "On the father's side"]),
        Row(
            "a status inside is no disease",
            organizer(observation(inside: Entries.status("55561003", "Active"))),
            ["condition.1": "-", disease: "363346000"], losses: ["asText: qualifies a relative's disease"]),
    ]

    @Test("one FamilyMemberHistory, and nothing of the patient", arguments: nestings + truths + details)
    func one(_ row: Row) throws {
        let converted = try Sample.convert(row.section, row.entry, inside: row.inside)
        let made = converted.all("FamilyMemberHistory")
        try #require(made.count == 1)
        #expect(made[0].at("patient.reference") != nil)
        for (path, value) in row.expected { made[0].expect(path, value) }
        for type in Self.ofPatient { #expect(converted.all(type).isEmpty) }
        #expect(converted.losses == row.losses)
    }

    /// Types that say something of the patient.
    static let ofPatient = [
        "Condition", "Observation", "Procedure", "MedicationRequest", "MedicationAdministration", "AllergyIntolerance",
        "Immunization", "ServiceRequest", "DiagnosticReport",
    ]

    // MARK: Nothing

    struct Nothing: Sendable, CustomTestStringConvertible {
        let name: String
        var section = "10157-6"
        let entry: String
        var losses: [String] = []
        var isNilKnown = false
        var testDescription: String { name }
    }
    static let nothings = [
        Nothing(
            name: "no disease in the family", entry: organizer(observation(" negationInd='true'", value: generic)),
            isNilKnown: true),
        Nothing(
            name: "no disease in the family, and words about it",
            entry: organizer(
                observation(" negationInd='true'", value: "")
                    .replacing("<statusCode", with: "<text>None.</text><statusCode")), isNilKnown: true),
        Nothing(
            name: "the patient's own, in the history of the family",
            entry: organizer(observation(), subject: Entries.subject("SELF")),
            losses: ["asText: about the patient, in the history of the family"]),
        Nothing(
            name: "an organizer of nothing", entry: organizer(), losses: ["asText: no disease of a relative"]),
        Nothing(
            name: "an intention",
            entry: observation().replacing("moodCode='EVN'", with: "moodCode='INT'"),
            losses: ["asText: about somebody else than the patient"]),
        Nothing(name: "a drug", entry: Entries.drug(), losses: ["asText: about somebody else than the patient"]),
        Nothing(
            name: "a drug of the mother", section: "10160-0",
            entry: Entries.drug(inside: Entries.subject("MTH")),
            losses: ["asText: about somebody else than the patient"]),
        Nothing(
            name: "an allergy of the child", section: "48765-2",
            entry: AllergyTests.concern(AllergyTests.allergy(inside: Entries.subject("CHILD"))),
            losses: ["asText: about somebody else than the patient"]),
        Nothing(
            name: "a result of the child", section: "30954-2",
            entry: """
                <observation classCode='OBS' moodCode='EVN'>\(Sample.template("2"))\
                <code code='1988-5' codeSystem='2.16.840.1.113883.6.1'/><statusCode code='completed'/>\
                <value xsi:type='PQ' value='4' unit='mg/L'/>\(Entries.subject("CHILD"))</observation>
                """, losses: ["asText: about somebody else than the patient"]),
        Nothing(
            name: "a procedure in the family section",
            entry: """
                <procedure classCode='PROC' moodCode='EVN'>\(Sample.template("14"))\
                <code code='63030' codeSystem='2.16.840.1.113883.6.12'/><statusCode code='completed'/></procedure>
                """, losses: ["asText: about somebody else than the patient"]),
    ]

    @Test("nothing at all", arguments: nothings)
    func nothing(_ row: Nothing) throws {
        let converted = try Sample.convert(row.section, row.entry)
        #expect(converted.all("FamilyMemberHistory").isEmpty)
        for type in Self.ofPatient { #expect(converted.all(type).isEmpty) }
        #expect(Set(converted.losses).isSuperset(of: row.losses))
        #expect(converted.losses.isEmpty == row.losses.isEmpty)
        let empty = converted.all("Composition").first?.text("section.0.emptyReason.coding.0.code")
        #expect((empty == "nilknown") == row.isNilKnown)
    }

    @Test("two relatives in one organizer are two")
    func two() throws {
        let entry = Self.organizer(
            Self.observation(),
            Self.observation(value: Entries.value("23056005", "Sciatica"), inside: Entries.subject("FTH")))
        let made = try Sample.convert("10157-6", entry).all("FamilyMemberHistory")
        #expect(made.map { $0.text(Self.relation) } == ["MTH", "FTH"])
        #expect(made.map { $0.text(Self.disease) } == ["363346000", "23056005"])
        #expect(made.allSatisfy { $0["condition"]?.items.count == 1 })
    }

    @Test("the patient by another name is the patient")
    func oneself() throws {
        let entry = Entries.concern(Entries.problem(inside: Entries.subject("SELF")))
        let converted = try Sample.convert("11450-4", entry)
        #expect(converted.all("Condition").count == 1)
        #expect(converted.all("FamilyMemberHistory").isEmpty)
    }
}
