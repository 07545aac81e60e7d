import ClinicalModel
import Guidelines
import Testing

private let esr = concept("vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:esr"])
private let cd4 = concept("vitals-labs", .infection, "immunosuppression", .risk, "measurement", .no)
private let chills = concept("fever-systemic-infection", .infection, "fever")
private let bacteraemia = concept("fever-systemic-infection", .infection, "bacteraemia")
private let culture = concept("vitals-labs", .infection, "bacteraemia", .presenting, "measurement", .no)

private func resulted(_ value: Concept) -> Observation {
    Observation(
        provenance: place("Observation/c"), concepts: [culture], value: .concepts([value]), effective: daysAgo(10))
}

@Suite("Infection: what was measured (G30, R36)")
struct InfectionMeasurementTests {
    static let temperatures = [
        CriterionRow("38.0 Cel", .infection, .met, with([measurement(.temperature, 38.0, "Cel")])),
        CriterionRow("37.9 Cel", .infection, .unknown, with([measurement(.temperature, 37.9, "Cel")])),
        CriterionRow("100.4 [degF] is 38.0 Cel", .infection, .met, with([measurement(.temperature, 100.4, "[degF]")])),
        CriterionRow("100.3 [degF] is not", .infection, .unknown, with([measurement(.temperature, 100.3, "[degF]")])),
        CriterionRow(
            "38.5 without a unit may be a fever", .infection, .suspected, with([measurement(.temperature, 38.5, nil)])),
        CriterionRow(
            "fever 14 days ago", .infection, .met, with([measurement(.temperature, 38.5, "Cel", daysAgo(14))])),
        CriterionRow(
            "fever 15 days ago", .infection, .unknown, with([measurement(.temperature, 38.5, "Cel", daysAgo(15))])),
        CriterionRow(
            "a fever stays, whatever was measured later (R36)", .infection, .met,
            with(
                [measurement(.temperature, 38.5, "Cel", daysAgo(3)), measurement(.temperature, 36.8, "Cel")]
                    + screenDenied())),
        CriterionRow("37.95 Cel", .infection, .unknown, with([measurement(.temperature, 37.95, "Cel")])),
        CriterionRow(
            "a fever measured tomorrow, as the record has it", .infection, .met,
            with([measurement(.temperature, 38.5, "Cel", daysAgo(-1))])),
        CriterionRow("a temperature by another name", .infection, .unknown, with([measurement(chills, 39, "Cel")])),
        CriterionRow(
            "a pulse of 39", .infection, .unknown,
            with([measurement(concept("vitals-labs", nil, "pulse", .presenting, "measurement", .no), 39, "Cel")])),
        CriterionRow(
            "temperature at most 38.0 may be 38.0", .infection, .unknown,
            with(screenDenied() + [measurement(.temperature, 38, "Cel", comparator: .lessOrEqual)])),
        CriterionRow(
            "temperature under 38.0 is none", .infection, .notMet,
            with(screenDenied() + [measurement(.temperature, 38, "Cel", comparator: .less)])),
        CriterionRow(
            "39.2 Cel without a date", .infection, .unknown,
            deniedBeside(measurement(.temperature, 39.2, "Cel", nil))),
        CriterionRow("39.5 without a unit", .infection, .suspected, deniedBeside(measurement(.temperature, 39.5, nil))),
        CriterionRow("36.8 without a unit", .infection, .notMet, deniedBeside(measurement(.temperature, 36.8, nil))),
        CriterionRow(
            "386 Cel is no temperature", .infection, .unknown,
            deniedBeside(measurement(.temperature, 386, "Cel"))),
    ]

    static let inflammation = [
        CriterionRow("CRP 10 mg/L is no hint", .infection, .unknown, with([measurement(.crp, 10, "mg/L")])),
        CriterionRow("CRP 11 mg/L hints", .infection, .suspected, with([measurement(.crp, 11, "mg/L")])),
        CriterionRow("CRP 5 mg/dL is 50 mg/L", .infection, .met, with([measurement(.crp, 5, "mg/dL")])),
        CriterionRow("ESR 31 mm/h hints", .infection, .suspected, with([measurement(esr, 31, "mm/h")])),
        CriterionRow("ESR 50 mm/h", .infection, .met, with([measurement(esr, 50, "mm/h")])),
        CriterionRow("CRP 31 days old", .infection, .unknown, with([measurement(.crp, 80, "mg/L", daysAgo(31))])),
        CriterionRow(
            "a bounded value is no value", .infection, .unknown,
            with([measurement(.crp, 10, "mg/L", comparator: .less)])
        ),
        CriterionRow("CRP 10.05", .infection, .suspected, with([measurement(.crp, 10.05, "mg/L")])),
        CriterionRow("CRP 49.95", .infection, .suspected, with([measurement(.crp, 49.95, "mg/L")])),
        CriterionRow("CRP 50, 30 days old", .infection, .met, with([measurement(.crp, 50, "mg/L", daysAgo(30))])),
        CriterionRow("ESR 30", .infection, .unknown, with([measurement(esr, 30, "mm/h")])),
        CriterionRow("ESR 30.05", .infection, .suspected, with([measurement(esr, 30.05, "mm/h")])),
        CriterionRow("ESR 49.95", .infection, .suspected, with([measurement(esr, 49.95, "mm/h")])),
        CriterionRow(
            "an ESR by another name", .infection, .unknown,
            with([
                measurement(
                    concept("vitals-labs", .infection, "pulse", .hint, "measurement", .no, qualifiers: ["measure:esr"]),
                    80, "mm/h")
            ])),
        CriterionRow("CRP 80 without a date", .infection, .suspected, deniedBeside(measurement(.crp, 80, "mg/L", nil))),
    ]

    static let bounds = [
        CriterionRow(
            "CRP at least 50", .infection, .met, with([measurement(.crp, 50, "mg/L", comparator: .greaterOrEqual)])),
        CriterionRow("CRP over 50", .infection, .met, with([measurement(.crp, 50, "mg/L", comparator: .greater)])),
        CriterionRow(
            "CRP at least 10 may be more", .infection, .suspected,
            with([measurement(.crp, 10, "mg/L", comparator: .greaterOrEqual)])),
        CriterionRow(
            "CRP over 10", .infection, .suspected, with([measurement(.crp, 10, "mg/L", comparator: .greater)])),
        CriterionRow(
            "CRP at most 10", .infection, .unknown, with([measurement(.crp, 10, "mg/L", comparator: .lessOrEqual)])),
        CriterionRow(
            "CRP under 11 may be 10.5", .infection, .suspected,
            with([measurement(.crp, 11, "mg/L", comparator: .less)])),
    ]

    static let cellCounts = [
        CriterionRow("CD4 199", .infection, .met, with([measurement(cd4, 199, "/uL")])),
        CriterionRow("CD4 200", .infection, .unknown, with([measurement(cd4, 200, "/uL")])),
        CriterionRow("CD4 199.95", .infection, .met, with([measurement(cd4, 199.95, "/uL")])),
        CriterionRow(
            "a CD4 count by another name", .infection, .unknown,
            with([measurement(concept("vitals-labs", .infection, "pulse", .risk, "measurement", .no), 100, "/uL")])),
    ]

    static let cultures = [
        CriterionRow("a growth in a blood culture", .infection, .met, with([observed(culture, true, 90)])),
        CriterionRow("a growth of 91 days ago", .infection, .unknown, with([observed(culture, true, 91)])),
        CriterionRow("no growth", .infection, .unknown, with([observed(culture, false, 5)])),
        CriterionRow("bacteraemia as the result of a culture", .infection, .met, with([resulted(bacteraemia)])),
        CriterionRow("another result of a culture", .infection, .suspected, with([resulted(.pain)])),
    ]

    static let rows = temperatures + inflammation + bounds + cellCounts + cultures

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("CRP over the lower limit is met where a site wants that, and only if it surely is")
    func crpMet() {
        var thresholds = Thresholds()
        thresholds.inflammation = .met
        for (comparator, expected) in [
            (nil, .unknown), (.greaterOrEqual, .suspected), (.greater, .met),
        ] as [(Quantity.Comparator?, CriterionResult)] {
            let record = with([measurement(.crp, 10, "mg/L", comparator: comparator)])
            #expect(result(.infection, record, thresholds: thresholds) == expected)
        }
    }

    @Test("a normal temperature is shown for 7 days")
    func normalTemperature() {
        for (ago, isShown) in [(7, true), (8, false)] {
            let record = with([measurement(.temperature, 36.8, "Cel", daysAgo(ago))])
            #expect(criterion(.infection, record).evidence.isEmpty == !isShown)
        }
    }
}
