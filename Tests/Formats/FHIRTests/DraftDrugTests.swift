import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Dose and supply of drugs that are being ordered, from `dosageInstruction` and `dispenseRequest`.
@Suite("Drafts of drugs")
struct DraftDrugTests {
    /// Products by invented codes.
    enum Product: String {
        case tablet = "5"
        case solution = "5-in-5"
        case combination = "5-325"
        case elixir = "combined-elixir"
        case patch = "25-an-hour"
        case ingredient = "7804"
    }

    static let terminology: Terminology = {
        var content = TerminologyContent()
        func product(_ strength: Strength, _ route: DrugForm.Route, isCombination: Bool = false) -> DrugProduct {
            DrugProduct(
                ingredients: [Ingredient(rxNorm: "7804", strength: strength)],
                form: DrugForm(route: route, isCombination: isCombination))
        }
        let products: [Product: DrugProduct] = [
            .tablet: product(Strength(value: 5, unit: "mg"), .oral),
            .solution: product(Strength(value: 1, unit: "mg/mL"), .oral),
            .combination: product(Strength(value: 5, unit: "mg"), .oral, isCombination: true),
            .elixir: product(Strength(value: 0.5, unit: "mg/mL"), .oral, isCombination: true),
            .patch: product(Strength(value: 0.025, unit: "mg/h"), .transdermal),
        ]
        for (code, product) in products { content.products[code.rawValue] = product }
        let codes = ["5", "5-in-5", "5-325", "combined-elixir", "25-an-hour", "7804"]
        content.valueSets = [
            ValueSetContent(
                description: ValueSetDescription(
                    name: .opioidsOutpatient, url: "", version: "1", title: "opioids", date: "", copyright: ""),
                groups: [.init(system: CodeSystem.rxNorm, members: codes.map { (code: $0, display: $0) })])
        ]
        content.roles = [
            RoleRow(
                set: .opioidsOutpatient,
                use: CodeUse(
                    set: .opioidsOutpatient, criterion: "drug.overlappingOpioid", component: nil, part: .order,
                    role: "order", alone: .yes))
        ]
        return Terminology(content)
    }()

    /// The record of a patient and the draft of a drug with some members, read from a Bundle.
    static func record(_ product: Product, _ members: String) -> PatientRecord? {
        let code = #"{"coding":[{"system":"\#(CodeSystem.rxNorm)","code":"\#(product.rawValue)"}]}"#
        let resource =
            #""resourceType":"MedicationRequest","id":"m1","status":"draft","intent":"order",\#(Small.subject),"#
            + #""medicationCodeableConcept":\#(code),\#(members)"#
        return RecordReader(terminology: terminology).read(Array(Small.bundle(resource).utf8), asOf: nil).records.first
    }

    static func draft(_ product: Product, _ members: String) -> MedicationUse? {
        guard case .medication(let drug)? = record(product, members)?.drafts.first?.order else { return nil }
        return drug
    }

    static func ucum(_ value: String, _ code: String) -> String {
        #"{"value":\#(value),"system":"http://unitsofmeasure.org","code":"\#(code)"}"#
    }

    /// `dosageInstruction` of one dose so often.
    static func dosage(_ dose: String, _ timing: String, _ more: String = "") -> String {
        #""dosageInstruction":[\#(instruction(dose, timing, more))]"#
    }

    static func instruction(_ dose: String, _ timing: String, _ more: String = "") -> String {
        #"{"timing":{"repeat":{\#(timing)}},"doseAndRate":[{"doseQuantity":\#(dose)}]\#(more)}"#
    }

    /// `dosageInstruction` of several doses every six hours, as calculated and as ordered; of nil only the type.
    static func doses(_ doses: String?...) -> String {
        let each = doses.map { dose in
            #"{"type":{"coding":[{"code":"calculated"}]}\#(dose.map { #","doseQuantity":\#($0)"# } ?? "")}"#
        }
        return
            #""dosageInstruction":[{"timing":{"repeat":{\#(sixHourly)}},"doseAndRate":[\#(each.joined(separator: ","))]}]"#
    }

    /// `dosageInstruction` of 5 mg by a code, and by what else the timing says.
    static func coded(_ code: String, _ timing: String? = nil) -> String {
        let also = timing.map { #""repeat":{\#($0)},"# } ?? ""
        return
            #""dosageInstruction":[{"timing":{\#(also)"code":{"coding":[{"code":"\#(code)"}]}},"doseAndRate":[{"doseQuantity":\#(mg5)}]}]"#
    }

    static let sixHourly = #""frequency":1,"period":6,"periodUnit":"h""#
    static let mg5 = ucum("5", "mg")
    static let one = #"{"value":1,"unit":"tablet"}"#

    struct Row: CustomTestStringConvertible {
        let because: String
        let product: Product
        let members: String
        /// A day, with its unit; nil when it must not be told.
        var dose: (Double, String?)?
        var shortest: Double?
        var longest: Double?
        var testDescription: String { because }

        init(
            _ because: String, _ product: Product, _ members: String, dose: (Double, String?)? = nil,
            days: ClosedRange<Double>? = nil, atLeast least: Double? = nil
        ) {
            self.because = because
            self.product = product
            self.members = members
            self.dose = dose
            shortest = days?.lowerBound ?? least
            longest = days?.upperBound
        }

        /// Of the tablet.
        init(
            _ because: String, _ members: String, dose: (Double, String?)? = nil, days: ClosedRange<Double>? = nil,
            atLeast least: Double? = nil
        ) {
            self.init(because, .tablet, members, dose: dose, days: days, atLeast: least)
        }
    }

    static let units = [
        Row("milligrams", dosage(mg5, sixHourly), dose: (20, "mg")),
        Row("micrograms", dosage(ucum("5000", "ug"), sixHourly), dose: (20, "mg")),
        Row("grams", dosage(ucum("0.005", "g"), sixHourly), dose: (20, "mg")),
        Row("a volume of one ingredient", .solution, dosage(ucum("5", "mL"), sixHourly), dose: (20, "mg")),
        Row(
            "a volume of several ingredients stays one", .elixir, dosage(ucum("15", "mL"), sixHourly), dose: (60, "mL")),
        Row("a volume without a concentration", .ingredient, dosage(ucum("5", "mL"), sixHourly)),
        Row("tablets", dosage(one, sixHourly), dose: (4, nil)),
        Row("tablets of a bare ingredient", .ingredient, dosage(one, sixHourly), dose: (4, nil)),
        Row("tablets as UCUM annotation", dosage(ucum("1", "{tablet}"), sixHourly), dose: (4, nil)),
        Row("tablets as UCUM 1", dosage(ucum("1", "1"), sixHourly), dose: (4, nil)),
        Row(
            "tablets by the codes of HL7",
            dosage(
                #"{"value":1,"unit":"TAB","system":"http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm","code":"TAB"}"#,
                sixHourly), dose: (4, nil)),
        Row("several doses, the last the highest", doses(mg5, ucum("30", "mg")), dose: (120, "mg")),
        Row("several doses, the first the highest", doses(ucum("30", "mg"), mg5), dose: (120, "mg")),
        Row("several doses, one of them in words", doses(mg5, #"{"value":30,"unit":"mg"}"#)),
        Row("several doses, one of them a bare type", doses(mg5, nil)),
        Row("several doses in several units", doses(mg5, one)),
        Row("a number without a unit counts units", dosage(#"{"value":2}"#, sixHourly), dose: (8, nil)),
        Row("mg in words are no five tablets", dosage(#"{"value":5,"unit":"mg"}"#, sixHourly)),
        Row("a strength in words is no count", dosage(#"{"value":1,"unit":"100 mg"}"#, sixHourly)),
        Row("a code without its system", dosage(#"{"value":5,"unit":"mg","code":"mg"}"#, sixHourly)),
        Row("a unit that is no amount", dosage(ucum("5", "mg/kg"), sixHourly)),
        Row(
            "a bounded dose",
            dosage(
                #"{"value":5,"comparator":"<","system":"http://unitsofmeasure.org","code":"mg"}"#, sixHourly)),
        Row(
            "a patch every three days", .patch,
            dosage(#"{"value":1,"unit":"patch"}"#, #""frequency":1,"period":72,"periodUnit":"h""#), dose: (1.0 / 3, nil)
        ),
        Row("text is no dose", #""dosageInstruction":[{"text":"one every 6 hours"}]"#),
        Row(
            "a rate is no dose",
            #""dosageInstruction":[{"timing":{"repeat":{\#(sixHourly)}},"doseAndRate":[{"rateQuantity":\#(ucum("25", "ug/h"))}]}]"#
        ),
    ]

    static let timings = [
        Row("once a day", dosage(mg5, #""frequency":1,"period":1,"periodUnit":"d""#), dose: (5, "mg")),
        Row(
            "once a week, on the day on which it is taken",
            dosage(ucum("7", "mg"), #""frequency":1,"period":1,"periodUnit":"wk""#), dose: (7, "mg")),
        Row(
            "twelve on two days of the week",
            dosage(mg5, #""frequency":12,"period":1,"periodUnit":"d","dayOfWeek":["mon","thu"]"#), dose: (60, "mg")),
        Row("days of the week alone", dosage(mg5, #""dayOfWeek":["mon","thu"]"#), dose: (5, "mg")),
        Row(
            "two a week, on two days",
            dosage(mg5, #""frequency":2,"period":1,"periodUnit":"wk","dayOfWeek":["mon","thu"]"#),
            dose: (5, "mg")),
        Row(
            "times of the day every other day",
            dosage(mg5, #""period":2,"periodUnit":"d","timeOfDay":["08:00:00","20:00:00"]"#), dose: (10, "mg")),
        Row(
            "a patch on two days of the week", .patch, dosage(one, #""dayOfWeek":["mon","thu"]"#), dose: (2.0 / 7, nil)),
        Row("with each meal", dosage(mg5, #""when":["PC"]"#), dose: (15, "mg")),
        Row(
            "more often than moments are named",
            dosage(mg5, #""frequency":4,"period":1,"periodUnit":"d","when":["MORN"]"#),
            dose: (20, "mg")),
        Row("a frequency as text", dosage(mg5, #""frequency":"4","period":1,"periodUnit":"d""#)),
        Row("a frequency of none", dosage(mg5, #""frequency":0,"period":1,"periodUnit":"d""#)),
        Row(
            "a highest frequency as text", dosage(mg5, #""frequency":1,"frequencyMax":"4","period":1,"periodUnit":"d""#)
        ),
        Row("a period of nothing", dosage(mg5, #""frequency":1,"period":0,"periodUnit":"h""#)),
        Row("a unit of time in words", dosage(mg5, #""frequency":1,"period":6,"periodUnit":"hours""#)),
        Row(
            "a range of frequencies in the wrong order",
            dosage(mg5, #""frequency":6,"frequencyMax":4,"period":1,"periodUnit":"d""#), dose: (30, "mg")),
        Row(
            "a code that says more than the frequency", coded("Q4H", #""frequency":1,"period":24,"periodUnit":"h""#),
            dose: (30, "mg")),
        Row("a code that says less than the frequency", coded("QD", sixHourly), dose: (20, "mg")),
        Row("a code that says the same", coded("Q6H", sixHourly), dose: (20, "mg")),
        Row(
            "a code beside a frequency that cannot be read",
            coded("QD", #""frequency":"6","period":1,"periodUnit":"d""#)),
        Row(
            "up to six times", dosage(mg5, #""frequency":4,"frequencyMax":6,"period":1,"periodUnit":"d""#),
            dose: (30, "mg")),
        Row(
            "every four to six hours", dosage(mg5, #""frequency":1,"period":4,"periodMax":6,"periodUnit":"h""#),
            dose: (30, "mg")),
        Row("as needed counts like fixed", dosage(mg5, sixHourly, #","asNeededBoolean":true"#), dose: (20, "mg")),
        Row(
            "a code for four times a day",
            #""dosageInstruction":[{"timing":{"code":{"coding":[{"code":"QID"}]}},"doseAndRate":[{"doseQuantity":\#(mg5)}]}]"#,
            dose: (20, "mg")),
        Row(
            "a code beside bounds",
            #""dosageInstruction":[{"timing":{"repeat":{"boundsDuration":\#(ucum("3", "d"))},"code":{"coding":[{"code":"Q6H"}]}},"doseAndRate":[{"doseQuantity":\#(mg5)}]}]"#,
            dose: (20, "mg"), days: 3...3),
        Row(
            "a code that nobody knows",
            #""dosageInstruction":[{"timing":{"code":{"coding":[{"code":"X6"}]}},"doseAndRate":[{"doseQuantity":\#(mg5)}]}]"#
        ),
        Row("no frequency", dosage(mg5, #""boundsDuration":\#(ucum("3", "d"))"#), days: 3...3),
        Row(
            "of a range the higher dose",
            #""dosageInstruction":[{"timing":{"repeat":{\#(sixHourly)}},"doseAndRate":[{"doseRange":{"low":\#(mg5),"high":\#(ucum("10", "mg"))}}]}]"#,
            dose: (40, "mg")),
        Row(
            "of a range in the wrong order the higher dose",
            #""dosageInstruction":[{"timing":{"repeat":{\#(sixHourly)}},"doseAndRate":[{"doseRange":{"low":\#(ucum("10", "mg")),"high":\#(mg5)}}]}]"#,
            dose: (40, "mg")),
        Row(
            "a range without a high end",
            #""dosageInstruction":[{"timing":{"repeat":{\#(sixHourly)}},"doseAndRate":[{"doseRange":{"low":\#(mg5)}}]}]"#
        ),
        Row(
            "an upper limit of nothing is none",
            dosage(
                mg5, sixHourly,
                #","maxDosePerPeriod":{"numerator":\#(ucum("0", "mg")),"denominator":\#(ucum("1", "d"))}"#),
            dose: (20, "mg")),
        Row(
            "an upper limit a day alone",
            #""dosageInstruction":[{"asNeededBoolean":true,"maxDosePerPeriod":{"numerator":\#(ucum("30", "mg")),"denominator":\#(ucum("1", "d"))}}]"#,
            dose: (30, "mg")),
        Row(
            "an upper limit below dose and frequency",
            dosage(
                ucum("10", "mg"), #""frequency":1,"period":4,"periodUnit":"h""#,
                #","maxDosePerPeriod":{"numerator":\#(ucum("30", "mg")),"denominator":\#(ucum("24", "h"))}"#),
            dose: (30, "mg")),
        Row(
            "an upper limit above dose and frequency",
            dosage(
                mg5, sixHourly,
                #","maxDosePerPeriod":{"numerator":\#(ucum("60", "mg")),"denominator":\#(ucum("1", "d"))}"#),
            dose: (20, "mg")),
        Row(
            "an upper limit in another unit",
            dosage(mg5, sixHourly, #","maxDosePerPeriod":{"numerator":{"value":2},"denominator":\#(ucum("1", "d"))}"#),
            dose: (20, "mg")),
        Row(
            "morning and evening together",
            #""dosageInstruction":[\#(instruction(mg5, #""when":["MORN"]"#)),\#(instruction(ucum("10", "mg"), #""when":["HS"]"#))]"#,
            dose: (15, "mg")),
        Row(
            "together with an amount that is not known",
            #""dosageInstruction":[\#(instruction(mg5, sixHourly)),{"text":"and one more if needed"}]"#),
        Row(
            "of a taper the highest day",
            #""dosageInstruction":[\#(instruction(mg5, sixHourly, #","sequence":1"#)),\#(instruction(mg5, #""frequency":2,"period":1,"periodUnit":"d""#, #","sequence":2"#))]"#,
            dose: (20, "mg")),
        Row(
            "of a taper with a phase that is not known",
            #""dosageInstruction":[\#(instruction(mg5, sixHourly, #","sequence":1"#)),{"sequence":2,"text":"then less"}]"#
        ),
    ]

    static func supply(_ days: String, _ more: String = "") -> String {
        #""dispenseRequest":{"expectedSupplyDuration":\#(days)\#(more)}"#
    }
    static func quantity(_ quantity: String, _ more: String = "") -> String {
        #""dispenseRequest":{"quantity":\#(quantity)\#(more)}"#
    }
    static func bounded(_ days: Int, _ sequence: Int? = nil) -> String {
        instruction(
            mg5, sixHourly + #","boundsDuration":\#(ucum("\(days)", "d"))"#,
            sequence.map { #","sequence":\#($0)"# } ?? "")
    }
    static let range =
        #""dosageInstruction":[{"timing":{"repeat":{\#(sixHourly)}},"doseAndRate":[{"doseRange":{"low":{"value":1},"high":{"value":2}}}]}]"#

    static let supplies = [
        Row("expected duration", supply(ucum("7", "d")), days: 7...7),
        Row("half days", supply(ucum("7.5", "d")), days: 7.5...7.5),
        Row("hours", supply(ucum("180", "h")), days: 7.5...7.5),
        Row("weeks in words", supply(#"{"value":2,"unit":"weeks"}"#), days: 14...14),
        Row("refills", supply(ucum("3", "d"), #","numberOfRepeatsAllowed":2"#), days: 9...9),
        Row("as many refills as can be", supply(ucum("3", "d"), #","numberOfRepeatsAllowed":999"#), days: 3000...3000),
        Row("more refills than can be", supply(ucum("3", "d"), #","numberOfRepeatsAllowed":1000"#), atLeast: 3),
        Row("refills as text", supply(ucum("3", "d"), #","numberOfRepeatsAllowed":"2""#), atLeast: 3),
        Row("refills as a fraction", supply(ucum("3", "d"), #","numberOfRepeatsAllowed":2.5"#), atLeast: 3),
        Row(
            "refills as text of a quantity",
            dosage(one, sixHourly) + "," + quantity(#"{"value":28}"#, #","numberOfRepeatsAllowed":"3""#),
            dose: (4, nil),
            atLeast: 7),
        Row(
            "a duration without a unit beside a quantity",
            dosage(one, sixHourly) + "," + supply(#"{"value":30}"#, #","quantity":{"value":28}"#), dose: (4, nil),
            atLeast: 7),
        Row(
            "units over the average of days of the week",
            dosage(one, #""frequency":7,"period":1,"periodUnit":"d","dayOfWeek":["mon","thu"]"#) + ","
                + quantity(#"{"value":12}"#), dose: (7, nil), days: 6...6),
        Row(
            "units over a code and a frequency that differ", coded("QD", sixHourly) + "," + quantity(#"{"value":12}"#),
            dose: (20, "mg"), days: 3...12),
        Row(
            "units over several doses", doses(mg5, ucum("30", "mg")) + "," + quantity(#"{"value":12}"#),
            dose: (120, "mg"), days: 0.5...3),
        Row(
            "units over the daily units", dosage(one, sixHourly) + "," + quantity(#"{"value":30}"#), dose: (4, nil),
            days: 7.5...7.5),
        Row(
            "units over daily milligrams", dosage(mg5, sixHourly) + "," + quantity(ucum("12", "{tbl}")),
            dose: (20, "mg"),
            days: 3...3),
        Row(
            "units of a bare ingredient over daily milligrams", .ingredient,
            dosage(mg5, sixHourly) + "," + quantity(#"{"value":12}"#), dose: (20, "mg")),
        Row(
            "units of a combination over daily milligrams", .combination,
            dosage(ucum("650", "mg"), sixHourly) + "," + quantity(#"{"value":12}"#), dose: (2600, "mg")),
        Row(
            "units of a combination over daily units", .combination,
            dosage(one, sixHourly) + "," + quantity(#"{"value":12}"#), dose: (4, nil), days: 3...3),
        Row(
            "a volume over daily milligrams", .solution,
            dosage(mg5, sixHourly) + "," + quantity(ucum("60", "mL")), dose: (20, "mg"), days: 3...3),
        Row(
            "a volume over a daily volume", .elixir,
            dosage(ucum("15", "mL"), sixHourly) + "," + quantity(ucum("120", "mL")), dose: (60, "mL"), days: 2...2),
        Row("a quantity without a dose", quantity(#"{"value":12}"#)),
        Row(
            "quantity and refills",
            dosage(one, sixHourly) + "," + quantity(#"{"value":12}"#, #","numberOfRepeatsAllowed":1"#), dose: (4, nil),
            days: 6...6),
        Row(
            "of a range from the highest to the lowest dose", range + "," + quantity(#"{"value":40}"#), dose: (8, nil),
            days: 5...10),
        Row(
            "a stated duration settles a range",
            range + "," + #""dispenseRequest":{"quantity":{"value":40},"expectedSupplyDuration":\#(ucum("5", "d"))}"#,
            dose: (8, nil), days: 5...5),
        Row(
            "more handed out than the duration says",
            dosage(one, sixHourly) + ","
                + #""dispenseRequest":{"quantity":{"value":40},"expectedSupplyDuration":\#(ucum("5", "d"))}"#,
            dose: (4, nil), days: 10...10),
        Row(
            "bounds of the course", dosage(mg5, sixHourly + #","boundsDuration":\#(ucum("5", "d"))"#), dose: (20, "mg"),
            days: 5...5),
        Row(
            "the high end of bounds",
            dosage(mg5, sixHourly + #","boundsRange":{"low":\#(ucum("5", "d")),"high":\#(ucum("8", "d"))}"#),
            dose: (20, "mg"), days: 8...8),
        Row(
            "from a day to a day",
            dosage(mg5, sixHourly + #","boundsPeriod":{"start":"2025-06-16","end":"2025-06-23"}"#), dose: (20, "mg"),
            days: 8...8),
        Row("a count of doses", dosage(mg5, sixHourly + #","count":12"#), dose: (20, "mg"), days: 3...3),
        Row(
            "the highest count of doses", dosage(mg5, sixHourly + #","count":12,"countMax":32"#), dose: (20, "mg"),
            days: 8...8),
        Row(
            "a taper by durations", #""dosageInstruction":[\#(bounded(5, 1)),\#(bounded(4, 2))]"#, dose: (20, "mg"),
            days: 9...9),
        Row(
            "a taper by periods",
            #""dosageInstruction":[\#(instruction(mg5, sixHourly + #","boundsPeriod":{"start":"2025-06-16","end":"2025-06-20"}"#, #","sequence":1"#)),\#(instruction(mg5, sixHourly + #","boundsPeriod":{"start":"2025-06-21","end":"2025-06-25"}"#, #","sequence":2"#))]"#,
            dose: (20, "mg"), days: 10...10),
        Row(
            "a taper whose last phase is open",
            #""dosageInstruction":[\#(bounded(5, 1)),\#(instruction(mg5, sixHourly, #","sequence":2"#))]"#,
            dose: (20, "mg")),
        Row(
            "two courses side by side", #""dosageInstruction":[\#(bounded(5)),\#(bounded(9))]"#, dose: (40, "mg"),
            days: 9...9),
        Row(
            "a course beside an open one", #""dosageInstruction":[\#(bounded(5)),\#(instruction(mg5, sixHourly))]"#,
            dose: (40, "mg")),
        Row(
            "a period of validity is no supply",
            #""dispenseRequest":{"validityPeriod":{"start":"2025-06-16","end":"2026-06-15"}}"#),
    ]

    /// Numbers that no prescription has must not stop the reader.
    static let extremes = [
        Row(
            "as many repeats as there are numbers",
            supply(ucum("3", "d"), #","numberOfRepeatsAllowed":9223372036854775807"#), atLeast: 3),
        Row("negative repeats", supply(ucum("3", "d"), #","numberOfRepeatsAllowed":-5"#), atLeast: 3),
        Row("an endless duration", supply(ucum("1e30", "d"))),
        Row(
            "an endless course", dosage(mg5, sixHourly + #","boundsDuration":\#(ucum("1e300", "a"))"#), dose: (20, "mg")
        ),
        Row("a negative course", dosage(mg5, sixHourly + #","boundsDuration":\#(ucum("-3", "d"))"#), dose: (20, "mg")),
        Row("endless doses", dosage(mg5, sixHourly + #","count":1e30"#), dose: (20, "mg")),
        Row("more than a ton", dosage(ucum("1e19", "mg"), sixHourly)),
        Row("more than any number", dosage(ucum("1e300", "mg"), sixHourly)),
        Row("more often than every second", dosage(mg5, #""frequency":1e18,"period":1,"periodUnit":"d""#)),
        Row("no dose at all", dosage(ucum("0", "mg"), sixHourly) + "," + quantity(#"{"value":12}"#)),
        Row("less than no dose", dosage(ucum("-5", "mg"), sixHourly) + "," + quantity(#"{"value":12}"#)),
    ]

    @Test("dose a day and length of supply", arguments: units + timings + supplies + extremes)
    func reading(_ row: Row) throws {
        let drug = try #require(Self.draft(row.product, row.members))
        #expect(drug.dailyDose.map { ($0.value * 1e6).rounded() } == row.dose.map { ($0.0 * 1e6).rounded() })
        #expect(drug.dailyDose?.unit == row.dose?.1)
        #expect(drug.shortestSupply.map { ($0 * 1e6).rounded() } == row.shortest.map { ($0 * 1e6).rounded() })
        #expect(drug.longestSupply.map { ($0 * 1e6).rounded() } == row.longest.map { ($0 * 1e6).rounded() })
    }

    struct Said: CustomTestStringConvertible {
        let members: String
        /// Nil when nothing is to be said.
        let code: IssueCode?
        var member = ""
        var testDescription: String { "\(code?.rawValue ?? "nothing") \(member)" }
    }

    static let dose = "dosageInstruction[0].doseAndRate[0].doseQuantity"
    static let repetition = "dosageInstruction[0].timing.repeat"
    static let said = [
        Said(members: dosage(mg5, sixHourly), code: nil),
        Said(members: dosage(one, sixHourly), code: nil),
        Said(members: #""dosageInstruction":[{"text":"one every 6 hours"}]"#, code: nil),
        Said(members: dosage(#"{"value":null}"#, sixHourly), code: .fhirWrongType, member: dose + ".value"),
        Said(members: dosage(#"{"unit":"mg"}"#, sixHourly), code: .fhirMissingElement, member: dose + ".value"),
        Said(members: dosage(ucum("0", "mg"), sixHourly), code: .fhirWrongType, member: dose),
        Said(members: dosage(ucum("-5", "mg"), sixHourly), code: .fhirWrongType, member: dose),
        Said(members: dosage(ucum("1e7", "mg"), sixHourly), code: .fhirWrongType, member: dose),
        Said(members: dosage(#"{"value":30,"unit":"mg"}"#, sixHourly), code: .fhirNoUnit, member: dose),
        Said(members: dosage(ucum("5", "mg/kg"), sixHourly), code: .fhirUnreadKind, member: dose),
        Said(
            members: dosage(#"{"value":5,"comparator":"<","unit":"tablet"}"#, sixHourly), code: .fhirUnreadKind,
            member: dose),
        Said(
            members: doses(mg5, #"{"value":30,"unit":"mg"}"#), code: .fhirNoUnit,
            member: "dosageInstruction[0].doseAndRate[1].doseQuantity"),
        Said(members: doses(mg5, nil), code: .fhirUnreadKind, member: "dosageInstruction[0].doseAndRate[1]"),
        Said(members: doses(mg5, one), code: .fhirContradiction, member: "dosageInstruction[0].doseAndRate"),
        Said(
            members: coded("Q4H", #""frequency":1,"period":24,"periodUnit":"h""#), code: .fhirContradiction,
            member: "dosageInstruction[0].timing"),
        Said(members: coded("Q6H", sixHourly), code: nil),
        Said(members: coded("Q4H", #""frequency":1,"period":4,"periodMax":6,"periodUnit":"h""#), code: nil),
        Said(
            members: dosage(mg5, #""frequency":"4","period":1,"periodUnit":"d""#), code: .fhirWrongType,
            member: repetition + ".frequency"),
        Said(
            members: dosage(mg5, #""frequency":1,"period":0,"periodUnit":"h""#), code: .fhirWrongType,
            member: repetition + ".period"),
        Said(
            members: dosage(mg5, #""frequency":1,"period":6,"periodUnit":"hours""#), code: .fhirUnknownCode,
            member: repetition + ".periodUnit"),
        Said(
            members: dosage(mg5, sixHourly, #","maxDosePerPeriod":{"numerator":\#(mg5),"denominator":{"value":0}}"#),
            code: .fhirUnreadKind, member: "dosageInstruction[0].maxDosePerPeriod.denominator"),
        Said(members: supply(ucum("3", "d"), #","numberOfRepeatsAllowed":0"#), code: nil),
        Said(
            members: supply(ucum("3", "d"), #","numberOfRepeatsAllowed":"3""#), code: .fhirWrongType,
            member: "dispenseRequest.numberOfRepeatsAllowed"),
        Said(
            members: supply(ucum("3", "d"), #","numberOfRepeatsAllowed":-1"#), code: .fhirWrongType,
            member: "dispenseRequest.numberOfRepeatsAllowed"),
        Said(
            members: supply(#"{"value":30}"#), code: .fhirUnreadKind, member: "dispenseRequest.expectedSupplyDuration"),
        Said(members: quantity(ucum("0", "{tbl}")), code: .fhirWrongType, member: "dispenseRequest.quantity"),
        Said(members: quantity(#"{"value":1,"unit":"box"}"#), code: .fhirNoUnit, member: "dispenseRequest.quantity"),
    ]

    @Test("what cannot be read of dose and supply is said, with its place", arguments: said)
    func issue(_ row: Said) throws {
        let issues = try #require(Self.record(.tablet, row.members)).issues
        #expect(issues.map(\.code) == [row.code].compactMap { $0 })
        let paths = issues.map(\.location.path)
        #expect(paths == (row.code == nil ? [] : ["$.entry[1].resource.\(row.member)"]))
    }

    @Test("a draft keeps its coded reason, and says of another that it was not read")
    func reasons() throws {
        let coded = try #require(
            Self.draft(.tablet, #""reasonCode":[{"coding":[{"system":"\#(CodeSystem.icd10CM)","code":"M54.16"}]}]"#))
        #expect(coded.reasons.flatMap(\.concepts).map(\.code.code) == ["M54.16"])
        #expect(!coded.hasReasonText)
        let text = try #require(Self.draft(.tablet, #""reasonCode":[{"text":"sciatica"}]"#))
        #expect(text.reasons.isEmpty && text.hasReasonText)
        let dangling = try #require(Self.draft(.tablet, #""reasonReference":[{"reference":"Condition/gone"}]"#))
        #expect(dangling.reasons.isEmpty && dangling.hasReasonText)
    }

    @Test(
        "supplies of drugs that were handed over never stop the reader",
        arguments: [#"{"value":1e30}"#, #"{"value":-4}"#, #"{"value":1e30,"unit":"days"}"#])
    func dispensed(_ daysSupply: String) throws {
        let resource =
            #""resourceType":"MedicationDispense","id":"m1","status":"completed",\#(Small.ibuprofen),\#(Small.subject),"daysSupply":\#(daysSupply)"#
        let record = try #require(Small.record(resource)?.record)
        #expect(record.medications.count == 1)
        #expect(record.medications.first?.supplyDays == nil)
    }
}
