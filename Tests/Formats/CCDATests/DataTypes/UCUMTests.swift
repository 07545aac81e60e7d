import Testing

@testable import CCDA

@Suite("UCUM")
struct UCUMTests {
    @Test(
        "Units in use",
        arguments: [
            "mm[Hg]", "mg/dL", "%", "/min", "10*3/uL", "10*3/ul", "10*6/uL", "10*9/L", "10^3/uL", "10*-3", "kg",
            "kg/m2", "h", "cm",
            "g/dL", "g/dl", "mmol/L", "a", "fL", "fl", "pg", "Cel", "[degF]", "[pH]", "U", "U/L", "d", "mg", "[lb_av]",
            "[in_i]", "[in_us]",
            "mL/min", "mL/min/{1.73_m2}", "mL/min/1.73.m2", "ng/mL", "ug", "[arb'U]", "[arb'U]/mL", "{score}", "{INR}",
            "{cells}/uL",
            "m[IU]/L", "u[IU]/mL", "[IU]/mL", "k[IU]/L", "meq/L", "mosm/kg", "ug/(kg.min)", "mg/(24.h)", "/[HPF]",
            "mg/mg{creat}",
            "mo", "wk", "mo_j", "dB[SPL]", "s-1", "m.s-2", "[in_i'Hg]", "((m))", "10.uN.s/(cm5.m2)",
            "4.[pi].10*-7.N/A2",
            "dag", "daL", "bit", "Gibit", "%[slope]", "''", "1", "10", "B[10.nV]", "[m/s2/Hz^0.5]", "cm[H2O]", "g%",
            "/100{WBC}", "U/(10.g){feces}", "Ao", "mg{a}/dL{b}",
        ])
    func valid(_ code: String) { #expect(UCUM.isValid(code)) }

    @Test(
        "Texts that are no units",
        arguments: [
            "", " ", "mmHg", "10+3/ul", "x10E3/uL", "gm/dL", "lb", "lbs", "in", "mcg", "mEq/L", "MG/DL", "mm/hr", "hr",
            "sec", "IU/mL",
            "cel", "ml/min/1.73m2", "kg/m²", "µg", "°F", "mg / dL", "mg/dL ", "mg/", "/", "//min", "mg//dL", ".mg",
            "mg.", "(mg", "mg)",
            "()", "{", "{a", "a}", "{a b}", "{{a}}", "mg{", "10{a", "(mg){a", "10*{", "k", "dam ", "kmo", "k%",
            "m[degF]", "k[arb'U]", "[degf]",
            "[lb_av", "lb_av]", "tablet", "unit", "bpm", "HPF", "/hpf", "Intl_units/L", "10*3.", "m2-", "m--2",
            "(mg/dL)2", "/(HPF)", "Ki",
        ])
    func invalid(_ code: String) { #expect(!UCUM.isValid(code)) }

    @Test(
        "Units by chance that mean something else in clinical documents",
        arguments: ["K/uL", "K/mm3", "F", "C", "ft", "pH", "AU/mL", "EU/dL"])
    func misunderstood(_ code: String) { #expect(!UCUM.isValid(code)) }

    @Test("A long text is no unit, and does not take long")
    func long() {
        #expect(UCUM.isValid(Array(repeating: "m", count: 64).joined(separator: ".")))
        #expect(!UCUM.isValid(Array(repeating: "m", count: 100_000).joined(separator: ".")))
        #expect(!UCUM.isValid(String(repeating: "(", count: 100_000)))
    }
}
