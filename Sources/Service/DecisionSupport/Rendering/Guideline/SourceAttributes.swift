import ClinicalModel
import Guidelines

/// The 13 source attributes that 45 CFR 170.315(b)(11) asks of evidence-based interventions (guideline section 6.3).
enum SourceAttributes {
    static func table(softwareVersion: String, terminology: Terminology) -> PublishedTable {
        let dates = terminology.valueSets.map(\.date).max().map { ", value sets of \($0)" } ?? ""
        let rows: [(String, String)] = [
            (
                "Bibliographic citation of the intervention",
                """
                Source text: "What is the initial management for patients with lumbosacral radiculopathy?", \
                droracle.ai, 
                """
                    + """
                    updated 6 November 2025 [S01]: an unreviewed secondary summary, references 1 to 4 not \
                    identified. 
                    """
                    + "Public sources by tag, each with its use, are listed under Sources."
            ), ("Developer of the intervention", "The SpineHook project, which translated the text into rules."),
            ("Funding of the technical implementation", "None."),
            (
                "Release and revision dates",
                "Knowledge \(LumbosacralRadiculopathy.version)\(dates); software \(softwareVersion)."
            ), ("Use of race", "No."), ("Use of ethnicity", "No."), ("Use of language", "No."),
            ("Use of sexual orientation", "No."), ("Use of gender identity", "No."),
            ("Use of sex", "No rule uses it; pregnancy is read from pregnancy data only."),
            (
                "Use of date of birth",
                """
                Yes: adults only, the soft flag of older age, minor trauma in older adults; the values are under \
                Thresholds.
                """
            ), ("Use of social determinants of health data", "No; substance use is read as a clinical risk."),
            (
                "Use of health status assessments",
                "Yes: pain scores and pregnancy status; functional status only as evidence that is shown."
            ),
        ]
        return PublishedTable(
            "sourceAttributes", "Source attributes",
            "An evidence-based intervention: nothing was learned from data.",
            columns: [("number", "no."), ("attribute", "attribute"), ("value", "value")],
            rows: rows.enumerated().map { [.text(String($0 + 1)), .text($1.0), .text($1.1)] })
    }
}
