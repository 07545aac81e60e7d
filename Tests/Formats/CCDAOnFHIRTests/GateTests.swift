import CCDAOnFHIR
import JSONTree
import Testing

/// Whose a statement is and whether it is said at all comes before its code (sections 4.6 to 4.8 and 7.11).
@Suite("What is asked of a statement before its code")
struct GateTests {
    /// A disease that is a red flag, as observation of a problem.
    static func problem(_ attributes: String = "", inside: String = "", status: String = "completed") -> String {
        """
        <observation classCode='OBS' moodCode='EVN'\(attributes)>\(Sample.template("4"))\(inside)
        <code code='55607006' codeSystem='2.16.840.1.113883.6.96'/><statusCode code='\(status)'/>
        <value xsi:type='CD' code='363346000' codeSystem='2.16.840.1.113883.6.96' displayName='Malignant neoplastic disease'/>
        </observation>
        """
    }
    static func act(_ attributes: String = " moodCode='EVN'", inside: String = "", status: String = "active") -> String
    {
        """
        <act classCode='ACT'\(attributes)>\(Sample.template("3"))<code code='CONC' codeSystem='2.16.840.1.113883.5.6'/>
        <statusCode code='\(status)'/>\(inside)
        <entryRelationship typeCode='SUBJ'>\(problem())</entryRelationship></act>
        """
    }
    static let mother = """
        <subject><relatedSubject classCode='PRS'><code code='MTH' codeSystem='2.16.840.1.113883.5.111'/></relatedSubject></subject>
        """
    static let oneself = """
        <subject><relatedSubject classCode='PRS'><code code='ONESELF' codeSystem='2.16.840.1.113883.5.111'/></relatedSubject>\
        </subject>
        """

    /// What becomes of the disease as a fact of the patient.
    enum Fact: Sendable { case stated, denied, inError, none }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let section: String
        let entry: String
        var inside = ""
        let fact: Fact
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "plain", section: "11450-4", entry: act(), fact: .stated),
        Row(name: "observation negated", section: "11450-4", entry: problem(" negationInd='true'"), fact: .denied),
        Row(name: "negationInd 1", section: "11450-4", entry: problem(" negationInd='1'"), fact: .denied),
        Row(name: "negationInd false", section: "11450-4", entry: problem(" negationInd='false'"), fact: .stated),
        Row(name: "negationInd maybe", section: "11450-4", entry: problem(" negationInd='maybe'"), fact: .none),
        Row(
            name: "concern negated", section: "11450-4", entry: act(" moodCode='EVN' negationInd='true'"), fact: .denied
        ),
        Row(
            name: "link negated", section: "11450-4",
            entry: act().replacing("typeCode='SUBJ'", with: "typeCode='SUBJ' negationInd='true'"), fact: .denied),
        Row(name: "observation nullified", section: "11450-4", entry: problem(status: "nullified"), fact: .inError),
        Row(name: "concern nullified", section: "11450-4", entry: act(status: "nullified"), fact: .inError),
        Row(name: "concern obsolete", section: "11450-4", entry: act(status: "obsolete"), fact: .none),
        Row(name: "observation obsolete", section: "11450-4", entry: problem(status: "obsolete"), fact: .none),
        Row(name: "concern intended", section: "11450-4", entry: act(" moodCode='INT'"), fact: .none),
        Row(name: "concern as goal", section: "61146-7", entry: act(" moodCode='GOL'"), fact: .none),
        Row(name: "concern as definition", section: "11450-4", entry: act(" moodCode='DEF'"), fact: .none),
        Row(name: "mood not known", section: "11450-4", entry: act(" moodCode='XYZ'"), fact: .none),
        Row(name: "mood missing", section: "11450-4", entry: act(""), fact: .stated),
        Row(
            name: "mood of the problem missing", section: "11450-4",
            entry: problem().replacing(" moodCode='EVN'", with: ""), fact: .none),
        Row(name: "a null statement with a value", section: "11450-4", entry: problem(" nullFlavor='NI'"), fact: .none),
        Row(
            name: "subject in another code system", section: "11450-4",
            entry: problem(inside: mother.replacing("5.111", with: "6.96")), fact: .none),
        Row(name: "family section", section: "10157-6", entry: act(), fact: .none),
        Row(name: "subject is the mother", section: "11450-4", entry: problem(inside: mother), fact: .none),
        Row(name: "subject of the concern is the mother", section: "11450-4", entry: act(inside: mother), fact: .none),
        Row(
            name: "subject of the section is the mother", section: "11450-4", entry: act(), inside: mother, fact: .none),
        Row(name: "subject is oneself", section: "11450-4", entry: problem(inside: oneself), fact: .stated),
        Row(name: "subject without a code", section: "11450-4", entry: problem(inside: "<subject/>"), fact: .none),
        Row(
            name: "inside a family organizer", section: "11450-4",
            entry: """
                <organizer classCode='CLUSTER' moodCode='EVN'>\(Sample.template("45"))<component>\(problem())</component></organizer>
                """, fact: .none),
        Row(
            name: "inside an old family organizer", section: "11450-4",
            entry: """
                <organizer classCode='CLUSTER' moodCode='EVN'><templateId root='2.16.840.1.113883.10.20.1.23'/>\
                <component>\(problem())</component></organizer>
                """, fact: .none),
        Row(
            name: "inside an organizer without a mood", section: "11450-4",
            entry: "<organizer classCode='CLUSTER'><component>\(problem())</component></organizer>", fact: .stated),
    ]

    @Test("comes before the code", arguments: rows)
    func gate(_ row: Row) throws {
        let converted = try Sample.convert(row.section, row.entry, inside: row.inside)
        let conditions = converted.all("Condition").filter { $0.text("code.coding.0.code") == "363346000" }
        let stated = conditions.filter { condition in
            let verification = condition.text("verificationStatus.coding.0.code")
            return verification != "refuted" && verification != "entered-in-error"
        }
        #expect(stated.count == (row.fact == .stated ? 1 : 0))
        let states = conditions.compactMap { $0.text("verificationStatus.coding.0.code") }
        switch row.fact {
        case .stated, .none: #expect(!states.contains("refuted") && !states.contains("entered-in-error"))
        case .denied: #expect(states == ["refuted"])
        case .inError: #expect(states == ["entered-in-error"])
        }
        let loss = converted.document.loss.total
        #expect(loss.statements == row.entry.split(separator: "<").filter(Self.opensStatement).count)
    }

    private static func opensStatement(_ tag: Substring) -> Bool {
        ["act ", "observation ", "organizer "].contains { tag.hasPrefix($0) }
    }

    struct Open: Sendable, CustomTestStringConvertible {
        let name: String
        let section: String
        let entry: String
        var inside = ""
        let types: [String]
        var testDescription: String { name }
    }

    static func drug(_ attributes: String = " moodCode='EVN'", inside: String = "") -> String {
        """
        <substanceAdministration classCode='SBADM'\(attributes)>\(Sample.template("16"))<statusCode code='active'/>\(inside)
        <consumable><manufacturedProduct><manufacturedMaterial>
        <code code='312617' codeSystem='2.16.840.1.113883.6.88' displayName='prednisone'/>
        </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>
        """
    }

    static let open = [
        Open(
            name: "a problem that is intended", section: "18776-5", entry: act(" moodCode='INT'"), types: ["Condition"]),
        Open(
            name: "a problem without a mood", section: "11450-4",
            entry: problem().replacing(" moodCode='EVN'", with: ""), types: ["Condition"]),
        Open(
            name: "a problem of nobody", section: "11450-4", entry: problem(inside: "<subject/>"), types: ["Condition"]),
        Open(
            name: "a subject without a code system", section: "11450-4",
            entry: problem(inside: mother.replacing("codeSystem='2.16.840.1.113883.5.111'", with: "")),
            types: ["Condition"]),
        Open(
            name: "a section of nobody", section: "11450-4", entry: problem(), inside: "<subject nullFlavor='UNK'/>",
            types: ["Condition"]),
        Open(name: "a problem of the mother", section: "11450-4", entry: problem(inside: mother), types: []),
        Open(
            name: "a negation that cannot be read", section: "11450-4", entry: problem(" negationInd='maybe'"),
            types: ["Condition"]),
        Open(
            name: "a null statement with a drug", section: "10160-0", entry: drug(" moodCode='EVN' nullFlavor='NI'"),
            types: ["MedicationRequest"]),
        Open(name: "a drug without a mood", section: "10160-0", entry: drug(""), types: ["MedicationRequest"]),
        Open(
            name: "a drug inside an intended act", section: "10160-0",
            entry: """
                <act classCode='ACT' moodCode='INT'>\(Sample.template("35"))<code code='10183-2' codeSystem='2.16.840.1.113883.6.1'/>
                <entryRelationship typeCode='SUBJ'>\(drug())</entryRelationship></act>
                """, types: ["MedicationRequest"]),
        Open(
            name: "an order to supply a drug", section: "10160-0",
            entry: """
                <supply classCode='SPLY' moodCode='INT'>\(Sample.template("17"))<statusCode code='active'/><product>
                <manufacturedProduct><manufacturedMaterial><code code='312617' codeSystem='2.16.840.1.113883.6.88'/>
                </manufacturedMaterial></manufacturedProduct></product></supply>
                """, types: ["MedicationRequest"]),
        Open(name: "a drug that is taken", section: "10160-0", entry: drug(), types: []),
    ]

    @Test("what may be a fact and cannot be told leaves its part of the record open", arguments: open)
    func leftOpen(_ row: Open) throws {
        let converted = try Sample.convert(row.section, row.entry, inside: row.inside)
        let issues = converted.all("OperationOutcome").flatMap { $0["issue"]?.items ?? [] }
        #expect(issues.map { $0.text("details.coding.0.code") } == row.types)
        #expect(issues.allSatisfy { $0.text("severity") == "error" })
        if !row.types.isEmpty {
            #expect(converted.all("Condition").isEmpty && converted.all("MedicationRequest").isEmpty)
        }
    }

    @Test(
        "the diagnosis of a visit is a problem, also where it is written as its reason",
        arguments: [("SUBJ", "19"), ("RSON", "80"), ("RSON", "19"), ("SUBJ", "80")])
    func diagnosis(_ link: String, _ template: String) throws {
        let converted = try Sample.convert(
            "46240-8",
            """
            <encounter classCode='ENC' moodCode='EVN'>\(Sample.template("49"))
            <code code='99213' codeSystem='2.16.840.1.113883.6.12'/><effectiveTime value='20250610'/>
            <entryRelationship typeCode='\(link)'><act classCode='ACT' moodCode='EVN'>\(Sample.template("80"))
            \(Sample.template(template))<code code='29308-4' codeSystem='2.16.840.1.113883.6.1'/>
            <entryRelationship typeCode='SUBJ'>\(Self.problem())</entryRelationship></act></entryRelationship></encounter>
            """)
        let conditions = converted.all("Condition")
        #expect(conditions.map { $0.text("code.coding.0.code") } == ["363346000"])
        #expect(conditions.first?.text("category.0.coding.0.code") == "encounter-diagnosis")
        #expect(converted.losses.isEmpty)
    }

    struct Words: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        var text: String? = "<paragraph>Words.</paragraph>"
        var attributes = ""
        var entries: [String] = []
        let isUnread: Bool
        var testDescription: String { name }
    }

    static let words = [
        Words(name: "problems in words", code: "11450-4", isUnread: true),
        Words(name: "past problems in words", code: "11348-0", isUnread: true),
        Words(name: "problems with an entry", code: "11450-4", entries: [act()], isUnread: false),
        Words(name: "no information", code: "11450-4", attributes: " nullFlavor='NI'", isUnread: false),
        Words(name: "no words", code: "11450-4", text: "<paragraph> </paragraph>", isUnread: false),
        Words(name: "no narrative", code: "11450-4", text: nil, isUnread: false),
        Words(name: "a plan in words", code: "18776-5", isUnread: false),
        Words(name: "family history in words", code: "10157-6", isUnread: false),
    ]

    @Test("a list of problems in words alone is said to be unread", arguments: words)
    func inWords(_ row: Words) throws {
        let section = Sample.section(row.code, text: row.text, attributes: row.attributes, entries: row.entries)
        let converted = try Sample.convert([section])
        let issues = converted.all("OperationOutcome").flatMap { $0["issue"]?.items ?? [] }
        #expect(issues.map { $0.text("severity") } == (row.isUnread ? ["warning"] : []))
        #expect(issues.allSatisfy { $0.text("details.coding.0.code") == "Condition" })
    }
}
