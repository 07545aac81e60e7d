import ClinicalModel
import Guidelines

/// The fit table of section 3.4 as it is printed, and its modifiers in the order of ruling R47.
enum PrintedFitTable {
    private static let columns = ["C1", "C2", "C3", "C4", "C5", "C0"]
    private static let text = """
        MRI-WO   | pref    | pref       | ok      | pref    | ok      | pref
        MRI-WWO  | notpref | ok         | pref    | ok      | pref    | notpref
        MRI-W    | notpref | notpref    | notpref | notpref | notpref | notpref
        CT-WO    | norole  | notpref    | notpref | notpref | ok      | norole
        CT-W     | norole  | notpref    | notpref | notpref | notpref | norole
        CT-MYELO | norole  | notpref    | notpref | notpref | ok      | norole
        BONE     | norole  | norole     | norole  | norole  | norole  | norole
        PET      | norole  | norole     | norole  | norole  | norole  | norole
        XR       | notpref | inadequate | notpref | notpref | ok      | notpref
        """
    /// What stands in where MRI is contraindicated: in every class, then the cells that C3 has of its own (R47).
    private static let standIns = ["CT-WO": "pref", "CT-MYELO": "pref"]
    private static let standInsC3 = [
        "CT-W": "pref", "CT-WO": "ok", "BONE": "ok", "PET": "ok", "CT-MYELO": "verify",
    ]
    private static let magnetic = ["MRI-WO", "MRI-WWO", "MRI-W"]

    private static let cells: [String: [String: String]] = {
        var cells: [String: [String: String]] = [:]
        for line in text.split(separator: "\n") {
            let row = line.split(separator: "|").map(\.trimmed)
            cells[row[0]] = Dictionary(uniqueKeysWithValues: zip(columns, row.dropFirst()))
        }
        return cells
    }()

    /// The fit of a test in a class; nil where the guideline does not judge it.
    static func reading(_ card: CardState, _ expected: Expectation) -> Fit? {
        guard let test = card.modality?.rawValue, !["A3", "A4", "A7", "A8"].contains(expected.rule) else { return nil }
        let column = expected.contextClass.rawValue
        var fit = cells[test]?[column] ?? "no cell"
        if card.mriContraindicated == .met {
            if magnetic.contains(test) { return .verify }
            fit = (column == "C3" ? standInsC3[test] : nil) ?? standIns[test] ?? fit
        }
        let isGood = fit == "pref" || fit == "ok"
        if card.mrDevice == .met && magnetic.contains(test) && isGood { return .device }
        if card.pregnant == .met && isGood { fit = test == "MRI-WO" ? "pref" : "preg" }
        return Fit(rawValue: fit)
    }
}
