import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Drugs that are taken, prescribed, planned or given (section 7.3). The document's day is 2025-06-16.
@Suite("Drugs")
struct MedicationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var section: String
        let entry: String
        /// Values by their path in the only MedicationRequest; `-` for what must not be there.
        let expected: [String: String]
        var testDescription: String { name }

        init(_ name: String, section: String = "10160-0", _ entry: String, _ expected: [String: String]) {
            self.name = name
            self.section = section
            self.entry = entry
            self.expected = expected
        }
    }

    static func course(_ inside: String) -> String { "<effectiveTime xsi:type='IVL_TS'>\(inside)</effectiveTime>" }
    static let possibly = "https://spinehook.example/fhir/StructureDefinition/possibly-current"
    static let bounds = "dosageInstruction.0.timing.repeat.boundsPeriod"

    // MARK: Status

    static func ended(_ high: String, mood: String = "EVN", status: String? = "completed") -> String {
        Entries.drug(mood: mood, status: status, time: course("<low value='20250101'/><high \(high)/>"))
    }
    static let statuses = [
        Row(
            "reported, active", Entries.drug(),
            [
                "status": "active", "intent": "plan", "reportedBoolean": "true", "doNotPerform": "-",
                "\(bounds).start": "2025-01-01", "\(bounds).end": "-", "extension": "-",
                "medicationCodeableConcept.coding.0.code": "197806",
                "medicationCodeableConcept.coding.0.system": "http://www.nlm.nih.gov/research/umls/rxnorm",
            ]),
        Row(
            "prescribed, active", Entries.drug(mood: "INT"),
            ["status": "active", "intent": "order", "reportedBoolean": "-"]),
        Row(
            "asked for", Entries.drug(mood: "RQO"), ["status": "unknown", "intent": "order", "reportedBoolean": "-"]),
        Row("completed, ends today", ended("value='20250616'"), ["status": "active", "extension": "-"]),
        Row("completed, ended yesterday", ended("value='20250615'"), ["status": "completed", "extension": "-"]),
        Row("completed, ends in this month", ended("value='202506'"), ["status": "active"]),
        Row("completed, ended last month", ended("value='202505'"), ["status": "completed"]),
        Row(
            "completed, end null", ended("nullFlavor='UNK'"),
            ["status": "completed", "extension.0.url": possibly, "extension.0.valueBoolean": "true"]),
        Row(
            "completed, no end", Entries.drug(status: "completed"),
            ["status": "completed", "extension.0.url": possibly]),
        Row(
            "prescribed, completed, no end", Entries.drug(mood: "INT", status: "completed"),
            ["status": "completed", "intent": "order", "extension.0.url": possibly]),
        Row(
            "active, ended yesterday", ended("value='20250615'", status: "active"),
            ["status": "active", "\(bounds).end": "2025-06-15"]),
        Row(
            "active, the end before the start: neither is trusted", ended("value='20240101'", status: "active"),
            [
                "status": "active", "dosageInstruction": "-",
                "note.0.text": "Dates as written: 2025-01-01 to 2024-01-01",
            ]),
        Row("suspended", Entries.drug(status: "suspended"), ["status": "on-hold"]),
        Row("held", Entries.drug(status: "held"), ["status": "on-hold"]),
        Row("aborted", Entries.drug(status: "aborted"), ["status": "stopped"]),
        Row("cancelled", Entries.drug(status: "cancelled"), ["status": "cancelled"]),
        Row("in error", Entries.drug(status: "nullified"), ["status": "entered-in-error", "extension": "-"]),
        Row("no status, no end", Entries.drug(status: nil), ["status": "unknown"]),
        Row("no status, ends today", ended("value='20250616'", status: nil), ["status": "active"]),
        Row("no status, ended yesterday", ended("value='20250615'", status: nil), ["status": "completed"]),
        Row(
            "prescribed, begins tomorrow",
            Entries.drug(mood: "INT", status: "completed", time: course("<low value='20250617'/>")),
            ["status": "active", "intent": "order", "\(bounds).start": "2025-06-17", "extension": "-"]),
        Row(
            "prescribed, begins today",
            Entries.drug(mood: "INT", status: "completed", time: course("<low value='20250616'/>")),
            ["status": "completed", "extension.0.url": possibly]),
        Row(
            "not taken", Entries.drug(" negationInd='true'", status: "completed"),
            ["status": "completed", "doNotPerform": "true", "extension": "-"]),
        Row(
            "not taken, the drug in words",
            Entries.drug(
                " negationInd='true'", code: "<code nullFlavor='OTH'><originalText>Aspirin</originalText></code>"),
            ["doNotPerform": "true", "medicationCodeableConcept.text": "Aspirin"]),
        Row(
            "inside the act of a discharge", section: "10183-2",
            "<act classCode='ACT' moodCode='EVN'>\(Sample.template("35"))\(Entries.related(Entries.drug()))</act>",
            ["status": "active", "reportedBoolean": "true"]),
        Row(
            "inside the act of an admission", section: "42346-7",
            "<act classCode='ACT' moodCode='EVN'>\(Sample.template("36"))\(Entries.related(Entries.drug()))</act>",
            ["status": "active", "reportedBoolean": "true"]),
        Row("without a template", Entries.drug(template: "999"), ["status": "active", "reportedBoolean": "true"]),
        Row(
            "within an encounter", section: "46240-8",
            """
            <encounter classCode='ENC' moodCode='EVN'>\(Sample.template("49"))<code code='99213' codeSystem='2.16.840.1.113883.6.12'/>\
            <effectiveTime value='20250610'/>\(Entries.related(Entries.drug(), "COMP"))</encounter>
            """, ["status": "active", "encounter.reference": "*"]),
    ]

    // MARK: The drug

    static let names = [
        Row(
            "null with a translation",
            Entries.drug(
                code: "<code nullFlavor='OTH'><translation code='197806' codeSystem='2.16.840.1.113883.6.88'/></code>"),
            ["medicationCodeableConcept.coding.0.code": "197806"]),
        Row(
            "null with words",
            Entries.drug(code: "<code nullFlavor='UNK'><originalText>Turmeric</originalText></code>"),
            ["medicationCodeableConcept.text": "Turmeric", "medicationCodeableConcept.coding": "-"]),
        Row(
            "null with a name", Entries.drug(code: "<code nullFlavor='UNK'/>", material: "<name>Turmeric</name>"),
            ["medicationCodeableConcept.text": "Turmeric"]),
        Row(
            "null, the words in the statement",
            Entries.drug(code: "<code nullFlavor='UNK'/>").replacing(
                "<statusCode", with: "<text>Turmeric daily</text><statusCode"),
            ["medicationCodeableConcept.text": "Turmeric daily", "status": "active"]),
        Row(
            "any drug at all, not denied",
            Entries.drug(code: "<code code='410942007' codeSystem='\(Entries.snomed)'/>"),
            ["medicationCodeableConcept.coding.0.code": "410942007", "doNotPerform": "-"]),
    ]

    // MARK: Dosage

    static let twice =
        "<effectiveTime xsi:type='PIVL_TS' operator='A' institutionSpecified='true'><period value='12' unit='h'/></effectiveTime>"
    static func timed(_ time: String) -> String { Entries.drug(time: course("<low value='20250101'/>") + time) }
    static let rate = "dosageInstruction.0.doseAndRate.0"
    static let timings = [
        Row(
            "times a day", timed(twice),
            [
                "dosageInstruction.0.timing.repeat.frequency": "2", "dosageInstruction.0.timing.repeat.period": "1",
                "dosageInstruction.0.timing.repeat.periodUnit": "d", "\(bounds).start": "2025-01-01",
                "dosageInstruction.1": "-",
            ]),
        Row(
            "every so many hours", timed(twice.replacing("true", with: "false")),
            [
                "dosageInstruction.0.timing.repeat.frequency": "1", "dosageInstruction.0.timing.repeat.period": "12",
                "dosageInstruction.0.timing.repeat.periodUnit": "h",
            ]),
        Row(
            "no part of a day", timed(twice.replacing("12", with: "36")),
            ["dosageInstruction.0.timing.repeat.frequency": "1", "dosageInstruction.0.timing.repeat.period": "36"]),
        Row(
            "range of hours",
            timed(
                "<effectiveTime xsi:type='PIVL_TS' operator='A'><period><low value='4' unit='h'/><high value='6' unit='h'/></period></effectiveTime>"
            ),
            ["dosageInstruction.0.timing.repeat.period": "4", "dosageInstruction.0.timing.repeat.periodMax": "6"]),
        Row(
            "period without a number",
            timed("<effectiveTime xsi:type='PIVL_TS' operator='A'><period nullFlavor='UNK'/></effectiveTime>"),
            ["dosageInstruction.0.timing.repeat.frequency": "-", "\(bounds).start": "2025-01-01"]),
        Row(
            "at an event", timed("<effectiveTime xsi:type='EIVL_TS' operator='A'><event code='HS'/></effectiveTime>"),
            ["dosageInstruction.0.timing.repeat.when.0": "HS", "dosageInstruction.0.timing.repeat.offset": "-"]),
        Row(
            "after an event",
            timed(
                "<effectiveTime xsi:type='EIVL_TS' operator='A'><event code='PCM'/><offset><low value='30' unit='min'/></offset></effectiveTime>"
            ),
            ["dosageInstruction.0.timing.repeat.when.0": "PCM", "dosageInstruction.0.timing.repeat.offset": "30"]),
        Row(
            "a meal has no offset (tim-9)",
            timed(
                "<effectiveTime xsi:type='EIVL_TS' operator='A'><event code='CM'/><offset><low value='30' unit='min'/></offset></effectiveTime>"
            ),
            ["dosageInstruction.0.timing.repeat.when.0": "CM", "dosageInstruction.0.timing.repeat.offset": "-"]),
        Row(
            "two periods hold together", timed(twice + twice.replacing("12", with: "24")),
            [
                "dosageInstruction.0.timing.repeat.frequency": "2", "dosageInstruction.1.timing.repeat.frequency": "1",
                "dosageInstruction.1.timing.repeat.boundsPeriod.start": "2025-01-01",
                "dosageInstruction.0.sequence": "-", "dosageInstruction.2": "-",
            ]),
        Row(
            "without xsi:type, in another order",
            Entries.drug(
                time:
                    "<effectiveTime><period value='24' unit='h'/></effectiveTime><effectiveTime><low value='20250101'/></effectiveTime>"
            ),
            ["dosageInstruction.0.timing.repeat.period": "24", "\(bounds).start": "2025-01-01", "status": "active"]),
        Row(
            "one point", Entries.drug(status: "completed", time: "<effectiveTime value='20250109'/>"),
            [
                "dosageInstruction.0.timing.event.0": "2025-01-09", "dosageInstruction.0.timing.repeat": "-",
                "status": "completed", "extension": "-",
            ]),
        Row(
            "time wholly null", Entries.drug(time: "<effectiveTime nullFlavor='UNK'/>"),
            ["status": "active", "dosageInstruction": "-"]),
        Row(
            "end only", Entries.drug(time: course("<high value='20260101'/>")),
            ["\(bounds).start": "-", "\(bounds).end": "2026-01-01", "status": "active"]),
    ]
    static let dosages = [
        Row(
            "dose in a unit", Entries.drug(inside: "<doseQuantity value='600' unit='mg'/>"),
            ["\(rate).doseQuantity.value": "600", "\(rate).doseQuantity.code": "mg"]),
        Row(
            "dose that counts tablets",
            Entries.drug(
                inside:
                    "<doseQuantity value='2'/><administrationUnitCode code='C48542' codeSystem='2.16.840.1.113883.3.26.1.1' displayName='Tablet'/>"
            ),
            [
                "\(rate).doseQuantity.value": "2", "\(rate).doseQuantity.unit": "Tablet",
                "\(rate).doseQuantity.code": "-",
                "\(rate).doseQuantity.system": "-",
            ]),
        Row(
            "range of doses",
            Entries.drug(inside: "<doseQuantity><low value='1' unit='mg'/><high value='2' unit='mg'/></doseQuantity>"),
            ["\(rate).doseRange.low.value": "1", "\(rate).doseRange.high.value": "2", "\(rate).doseQuantity": "-"]),
        Row(
            "dose with a comparator, which R4 does not have there",
            Entries.drug(inside: "<doseQuantity value='&lt;5' unit='mg'/>"),
            ["dosageInstruction.0.doseAndRate": "-"]),
        Row(
            "dose null", Entries.drug(inside: "<doseQuantity nullFlavor='UNK'/>"),
            ["dosageInstruction.0.doseAndRate": "-"]),
        Row(
            "rate and maximum",
            Entries.drug(
                inside: """
                    <rateQuantity value='2' unit='mL/h'/><maxDoseQuantity><numerator value='1500' unit='mg'/>\
                    <denominator value='1' unit='d'/></maxDoseQuantity>
                    """),
            [
                "\(rate).rateQuantity.value": "2", "dosageInstruction.0.maxDosePerPeriod.numerator.value": "1500",
                "dosageInstruction.0.maxDosePerPeriod.denominator.code": "d",
            ]),
        Row(
            "maximum that is null",
            Entries.drug(
                inside:
                    "<maxDoseQuantity nullFlavor='UNK'><numerator nullFlavor='UNK'/><denominator nullFlavor='UNK'/></maxDoseQuantity>"
            ),
            ["dosageInstruction.0.maxDosePerPeriod": "-"]),
        Row(
            "route and site",
            Entries.drug(
                inside: """
                    <routeCode code='C38288' codeSystem='2.16.840.1.113883.3.26.1.1' displayName='ORAL'>\
                    <translation code='26643006' codeSystem='\(Entries.snomed)'/></routeCode>\
                    <approachSiteCode code='368208006' codeSystem='\(Entries.snomed)'/>
                    """),
            [
                "dosageInstruction.0.route.coding.0.code": "C38288",
                "dosageInstruction.0.route.coding.1.code": "26643006",
                "dosageInstruction.0.site.coding.0.code": "368208006",
            ]),
        Row(
            "as needed for something",
            Entries.drug(
                inside: """
                    <precondition typeCode='PRCN'><criterion><templateId root='2.16.840.1.113883.10.20.22.4.25'/>\
                    <code code='ASSERTION' codeSystem='2.16.840.1.113883.5.4'/>\(Entries.value("22253000", "Pain"))</criterion></precondition>
                    """),
            [
                "dosageInstruction.0.asNeededCodeableConcept.coding.0.code": "22253000",
                "dosageInstruction.0.asNeededBoolean": "-",
            ]),
        Row(
            "as needed",
            Entries.drug(
                inside: "<precondition><criterion><value xsi:type='CD' nullFlavor='UNK'/></criterion></precondition>"),
            ["dosageInstruction.0.asNeededBoolean": "true", "dosageInstruction.0.asNeededCodeableConcept": "-"]),
        Row(
            "sig and instruction",
            Entries.drug(
                inside: Entries.related(
                    """
                    <substanceAdministration classCode='SBADM' moodCode='INT'>\(Sample.template("147"))\
                    <code code='76662-6' codeSystem='2.16.840.1.113883.6.1'/><text>One tablet twice a day</text><consumable>\
                    <manufacturedProduct><manufacturedLabeledDrug nullFlavor='NA'/></manufacturedProduct></consumable></substanceAdministration>
                    """, "COMP")
                    + Entries.related(
                        """
                        <act classCode='ACT' moodCode='INT'>\(Sample.template("20"))\
                        <code code='311401005' codeSystem='\(Entries.snomed)'/><text>Take with food</text></act>
                        """, "SUBJ", " inversionInd='true'")),
            [
                "dosageInstruction.0.text": "One tablet twice a day",
                "dosageInstruction.0.patientInstruction": "Take with food", "dosageInstruction.1": "-",
            ]),
    ]

    // MARK: Around it

    static func supply(
        _ inside: String, mood: String = "INT", template: String = "17", status: String = "completed",
        attributes: String = ""
    ) -> String {
        Entries.related(
            "<supply classCode='SPLY' moodCode='\(mood)'\(attributes)>\(Sample.template(template))<statusCode code='\(status)'/>\(inside)</supply>",
            "REFR")
    }
    static let around = [
        Row(
            "order of supply",
            Entries.drug(
                inside: supply(
                    "<effectiveTime xsi:type='IVL_TS'><low value='20250101'/><high value='20251231'/></effectiveTime><repeatNumber value='3'/><quantity value='60'/>"
                )),
            [
                "dispenseRequest.numberOfRepeatsAllowed": "2", "dispenseRequest.quantity.value": "60",
                "dispenseRequest.validityPeriod.end": "2025-12-31",
            ]),
        Row(
            "one supply", Entries.drug(inside: supply("<repeatNumber value='1'/>")),
            ["dispenseRequest.numberOfRepeatsAllowed": "0"]),
        Row(
            "no supply", Entries.drug(inside: supply("<repeatNumber value='0'/>")),
            ["dispenseRequest.numberOfRepeatsAllowed": "0"]),
        Row(
            "order of supply without anything", Entries.drug(inside: supply("<repeatNumber nullFlavor='UNK'/>")),
            ["dispenseRequest": "-"]),
        Row(
            "adherence and comment",
            Entries.drug(
                inside: Entries.part("508", "", Entries.value("1", "Takes as directed"), type: "REFR")
                    + Entries.comment("Since spring")),
            ["note.0.text": "Adherence: Takes as directed", "note.1.text": "Since spring"]),
        Row(
            "who wrote it, and when",
            Entries.drug(inside: Entries.author("20250110") + Entries.author("20250105", "Early")),
            ["authoredOn": "2025-01-05", "requester.reference": "*"]),
        Row(
            "reason", Entries.drug(inside: Entries.indication()), ["reasonCode.0.coding.0.code": "279039007"]),
    ]

    @Test("one MedicationRequest", arguments: statuses + names + timings + dosages + around)
    func one(_ row: Row) throws {
        let converted = try Sample.convert(row.section, row.entry)
        let requests = converted.all("MedicationRequest")
        try #require(requests.count == 1)
        #expect(requests[0].at("subject.reference") != nil)
        for (path, value) in row.expected { requests[0].expect(path, value) }
        #expect(converted.losses.isEmpty)
    }

    @Test("maker and lot make a Medication of its own")
    func medication() throws {
        let entry = Entries.drug(
            material: "<lotNumberText>L-1</lotNumberText>",
            product: "<manufacturerOrganization><name>Example Drugs</name></manufacturerOrganization>")
        let converted = try Sample.convert("10160-0", entry)
        let medication = try #require(converted.all("Medication").first)
        medication.expect("code.coding.0.code", "197806")
        medication.expect("manufacturer.display", "Example Drugs")
        medication.expect("batch.lotNumber", "L-1")
        let request = try #require(converted.all("MedicationRequest").first)
        request.expect("medicationReference.reference", "urn:uuid:" + (medication.text("id") ?? ""))
        request.expect("medicationCodeableConcept", "-")
    }

    // MARK: Supplies

    @Test("what was handed out is a fact, also beside a prescription", arguments: ["EVN", "INT"])
    func dispense(_ mood: String) throws {
        let dispense = Self.supply(
            "<effectiveTime value='20250110'/><repeatNumber value='1'/><quantity value='30'/>", mood: "EVN",
            template: "18")
        let converted = try Sample.convert("10160-0", Entries.drug(mood: mood, inside: dispense))
        let made = try #require(converted.all("MedicationDispense").first)
        let request = try #require(converted.all("MedicationRequest").first?.text("id"))
        for (path, value) in [
            "status": "completed", "medicationCodeableConcept.coding.0.code": "197806", "quantity.value": "30",
            "whenHandedOver": "2025-01-10", "authorizingPrescription.0.reference": "urn:uuid:" + request,
        ] { made.expect(path, value) }
        #expect(converted.losses.isEmpty)
    }

    struct Supply: Sendable, CustomTestStringConvertible {
        let name: String
        let supply: String
        let dispenses: [String]
        var losses: [String] = []
        var testDescription: String { name }
    }
    static let handed = "<effectiveTime value='20250110'/>"
    static let handovers = [
        Supply(
            name: "active", supply: supply(handed, mood: "EVN", template: "18", status: "active"),
            dispenses: ["in-progress"]),
        Supply(
            name: "aborted", supply: supply(handed, mood: "EVN", template: "18", status: "aborted"),
            dispenses: ["stopped"]),
        Supply(
            name: "in error", supply: supply(handed, mood: "EVN", template: "18", status: "nullified"),
            dispenses: ["entered-in-error"]),
        Supply(
            name: "of no known status", supply: supply(handed, mood: "EVN", template: "18", status: "odd"),
            dispenses: ["unknown"]),
        Supply(
            name: "not handed out",
            supply: supply(handed, mood: "EVN", template: "18", attributes: " negationInd='true'"),
            dispenses: [], losses: ["asText: a drug that was not handed out"]),
        Supply(
            name: "obsolete", supply: supply(handed, mood: "EVN", template: "18", status: "obsolete"), dispenses: [],
            losses: ["asText: superseded by a later statement (obsolete)"]),
        Supply(
            name: "two orders", supply: supply("<quantity value='30'/>") + supply("<quantity value='60'/>"),
            dispenses: [],
            losses: ["asText: a further order of supply"]),
    ]

    @Test("supplies", arguments: handovers)
    func supplies(_ row: Supply) throws {
        let converted = try Sample.convert("10160-0", Entries.drug(inside: row.supply))
        #expect(converted.all("MedicationDispense").map { $0.text("status") } == row.dispenses)
        #expect(converted.losses == row.losses)
    }

    @Test("a dispense inside a drug in error is none")
    func dispenseInError() throws {
        let dispense = Self.supply(Self.handed, mood: "EVN", template: "18")
        let converted = try Sample.convert("10160-0", Entries.drug(status: "nullified", inside: dispense))
        #expect(converted.all("MedicationDispense").isEmpty)
        #expect(converted.losses == ["asText: inside a statement entered in error"])
    }

    // MARK: No drug

    static let nones = [
        Entries.drug(" negationInd='true'", code: "<code code='410942007' codeSystem='\(Entries.snomed)'/>"),
        Entries.drug(
            " negationInd='true'",
            code: "<code nullFlavor='OTH'><translation code='410942007' codeSystem='\(Entries.snomed)'/></code>"),
        Entries.drug(
            " negationInd='true'",
            code:
                "<code nullFlavor='OTH'><originalText>No medications</originalText><translation code='410942007' codeSystem='\(Entries.snomed)'/></code>"
        ),
        Entries.drug(" negationInd='true'", code: "<code nullFlavor='NI'/>"),
        Entries.drug(" negationInd='true'", code: "<code nullFlavor='NA'/>", material: "<name>No medications</name>"),
        Entries.drug(" negationInd='true'", code: ""),
        Entries.drug(" negationInd='true'", code: "<code nullFlavor='UNK'/>")
            .replacing("<statusCode", with: "<text>No medications</text><statusCode"),
    ]

    @Test("no medications: nothing but a section with nothing to list", arguments: nones)
    func none(_ entry: String) throws {
        let converted = try Sample.convert("10160-0", entry)
        #expect(converted.all("MedicationRequest").isEmpty)
        #expect(converted.losses.isEmpty)
        #expect(converted.document.loss.total.mapped == 1)
        converted.all("Composition").first?.expect("section.0.emptyReason.coding.0.code", "nilknown")
    }

    @Test("a drug without a name is refused, and the drugs stay open")
    func unnamed() throws {
        for entry in [
            Entries.drug(code: "<code nullFlavor='UNK'/>"), Entries.drug(code: ""),
            Entries.drug(code: "<code nullFlavor='MSK'/>"),
            Entries.drug(" negationInd='true'", code: "<code nullFlavor='MSK'/>"),
        ] {
            let converted = try Sample.convert("10160-0", entry)
            #expect(converted.all("MedicationRequest").isEmpty)
            #expect(converted.losses == ["refused: a drug without a code or name"])
            converted.all("OperationOutcome").first?.expect("issue.0.details.coding.0.code", "MedicationRequest")
        }
    }

    // MARK: Planned

    static let plans = [
        Row(
            "intended", section: "18776-5", Entries.drug(mood: "INT", template: "42"),
            ["intent": "plan", "status": "active", "reportedBoolean": "-"]),
        Row(
            "ordered", section: "18776-5", Entries.drug(mood: "RQO", template: "42"),
            ["intent": "plan", "status": "active", "reportedBoolean": "-"]),
        Row(
            "proposed", section: "18776-5", Entries.drug(mood: "PRP", template: "42"),
            ["intent": "proposal", "reportedBoolean": "-"]),
        Row("new", section: "18776-5", Entries.drug(mood: "INT", template: "42", status: "new"), ["status": "active"]),
        Row(
            "held", section: "18776-5", Entries.drug(mood: "INT", template: "42", status: "held"), ["status": "on-hold"]
        ),
        Row(
            "aborted", section: "18776-5", Entries.drug(mood: "INT", template: "42", status: "aborted"),
            ["status": "stopped"]),
        Row(
            "cancelled", section: "18776-5", Entries.drug(mood: "INT", template: "42", status: "cancelled"),
            ["status": "cancelled"]),
        Row(
            "in error", section: "18776-5", Entries.drug(mood: "INT", template: "42", status: "nullified"),
            ["status": "entered-in-error"]),
        Row(
            "without a status", section: "18776-5", Entries.drug(mood: "INT", template: "42", status: nil),
            ["status": "unknown"]),
        Row(
            "not to be given", section: "18776-5", Entries.drug(" negationInd='true'", mood: "INT", template: "42"),
            ["doNotPerform": "true", "intent": "plan"]),
        Row(
            "in the list of drugs", Entries.drug(mood: "INT", template: "42", time: course("<low value='20240101'/>")),
            ["intent": "plan", "reportedBoolean": "-"]),
        Row(
            "a Medication Activity in the plan", section: "18776-5", Entries.drug(mood: "INT"),
            ["intent": "plan", "reportedBoolean": "-", "status": "active"]),
        Row(
            "a Medication Activity that is proposed", Entries.drug(mood: "PRP"),
            ["intent": "proposal", "reportedBoolean": "-"]),
        Row(
            "intended in the section of what was given", section: "29549-3", Entries.drug(mood: "INT"),
            ["intent": "plan", "reportedBoolean": "-"]),
        Row(
            "what happened is no plan, whatever its template", section: "18776-5", Entries.drug(template: "42"),
            ["intent": "plan", "reportedBoolean": "true", "status": "active"]),
        Row(
            "vaccine", section: "18776-5",
            Entries.drug(
                mood: "INT", template: "120", time: "<effectiveTime value='20251015'/>",
                code: "<code code='88' codeSystem='2.16.840.1.113883.12.292'/>"),
            [
                "intent": "plan", "dosageInstruction.0.timing.event.0": "2025-10-15",
                "medicationCodeableConcept.coding.0.system": "http://hl7.org/fhir/sid/cvx",
            ]),
    ]

    @Test("planned drugs are neither ordered nor taken", arguments: plans)
    func planned(_ row: Row) throws { try one(row) }

    @Test("no planned drugs: nothing")
    func nothingPlanned() throws {
        let entry = Entries.drug(" negationInd='true'", mood: "INT", template: "42", code: "<code nullFlavor='NI'/>")
        let converted = try Sample.convert("18776-5", entry)
        #expect(converted.all("MedicationRequest").isEmpty && converted.losses.isEmpty)
    }

    @Test("a goal, a definition and a drug inside a negated one are no drugs")
    func nothing() throws {
        for entry in [
            Entries.drug(mood: "GOL"), Entries.drug(mood: "DEF"), Entries.drug(mood: "XXX"),
            Entries.drug(status: "obsolete"),
            "<act classCode='ACT' moodCode='EVN' negationInd='true'>\(Sample.template("35"))\(Entries.related(Entries.drug()))</act>",
            "<act classCode='ACT' moodCode='INT'>\(Sample.template("35"))\(Entries.related(Entries.drug()))</act>",
        ] {
            let converted = try Sample.convert("10183-2", entry)
            let taken = converted.all("MedicationRequest").filter { $0.text("doNotPerform") == nil }
            #expect(
                taken.allSatisfy { $0.text("intent") == "plan" && $0["reportedBoolean"] == nil }, "\(entry.prefix(90))")
        }
    }

    // MARK: Given

    static let given = [
        Row(
            "given at a time", section: "29549-3",
            Entries.drug(
                status: "completed", time: "<effectiveTime value='20250610'/>",
                inside:
                    "<routeCode code='C38276' codeSystem='2.16.840.1.113883.3.26.1.1'/><doseQuantity value='4' unit='mg'/>"
            ),
            [
                "status": "completed", "effectiveDateTime": "2025-06-10", "dosage.dose.value": "4",
                "dosage.route.coding.0.code": "C38276", "medicationCodeableConcept.coding.0.code": "197806",
            ]),
        Row(
            "given over a time", section: "29549-3",
            Entries.drug(status: "completed", time: course("<low value='20250609'/><high value='20250610'/>")),
            ["effectivePeriod.start": "2025-06-09", "effectivePeriod.end": "2025-06-10", "dosage": "-"]),
        Row(
            "given at an unknown time", section: "29549-3", Entries.drug(status: "completed", time: ""),
            ["_effectiveDateTime.extension.0.valueCode": "unknown"]),
        Row("being given", section: "29549-3", Entries.drug(), ["status": "in-progress"]),
        Row("broken off", section: "29549-3", Entries.drug(status: "aborted"), ["status": "stopped"]),
        Row("cancelled", section: "29549-3", Entries.drug(status: "cancelled"), ["status": "not-done"]),
        Row("held", section: "29549-3", Entries.drug(status: "held"), ["status": "on-hold"]),
        Row("of no known status", section: "29549-3", Entries.drug(status: nil), ["status": "unknown"]),
        Row("in error", section: "29549-3", Entries.drug(status: "nullified"), ["status": "entered-in-error"]),
        Row(
            "not given", section: "29549-3", Entries.drug(" negationInd='true'", status: "completed"),
            ["status": "not-done"]),
        Row("anesthetic", section: "59774-0", Entries.drug(status: "completed"), ["status": "completed"]),
    ]

    @Test("given during the encounter", arguments: given)
    func administered(_ row: Row) throws {
        let converted = try Sample.convert(row.section, row.entry)
        #expect(converted.all("MedicationRequest").isEmpty)
        let made = converted.all("MedicationAdministration")
        try #require(made.count == 1)
        for (path, value) in row.expected { made[0].expect(path, value) }
        #expect(converted.losses.isEmpty)
    }

    @Test("status and end that disagree are said")
    func doubts() throws {
        func codes(_ entry: String) throws -> [String] {
            try Sample.convert("10160-0", entry).document.issues.map(\.code.rawValue)
        }
        #expect(try codes(Self.ended("value='20250615'", status: "active")).contains("CCDA-219"))
        #expect(try codes(Entries.drug(status: "completed")).contains("CCDA-218"))
        #expect(try !codes(Entries.drug()).contains { $0 == "CCDA-218" || $0 == "CCDA-219" })
    }
}
