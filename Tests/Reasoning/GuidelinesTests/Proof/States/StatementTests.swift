import Guidelines
import Testing

@Suite("Statements behind the rules (section 1)")
struct StatementTests {
    /// What each rule carries out, by the inventory's column "goes to"; G34 where the fit table is read for an indication.
    static let rows: [(rule: Rule, statements: [String])] = [
        (.caudaEquina, ["G27", "G28", "G34"]), (.progressiveDeficit, ["G27", "G32", "G34"]),
        (.infectionOrMalignancy, ["G27", "G29", "G30", "G34"]), (.fracture, ["G27", "G31", "G34"]),
        (.underAge, []), (.otherIndication, []), (.ageUnknown, []), (.radiculopathyNotEstablished, []),
        (.priorSurgery, []), (.course(.early), ["G01", "G02", "G19"]),
        (.course(.noTrial), ["G01", "G03", "G17", "G19"]), (.course(.improving), ["G19", "G21", "G33"]),
        (.course(.notCandidate), ["G33"]), (.course(.indicated), ["G19", "G33", "G34"]),
        (.course(.askOnset), ["G19"]), (.course(.askTrial), ["G01", "G19"]),
        (.course(.askResponse), ["G19", "G33"]), (.course(.askCandidate), ["G19", "G33"]),
        (.repeated, ["G44"]), (.repeatedForPlanning, ["G44"]),
        (.elderly(.course(.early)), ["G01", "G02", "G19"]), (.hint(.repeated), ["G44"]),
        (.unread(.course(.notCandidate)), ["G33"]),
    ]

    @Test("by rule", arguments: rows)
    func statements(_ rule: Rule, _ statements: [String]) { #expect(rule.statements == statements) }
}
