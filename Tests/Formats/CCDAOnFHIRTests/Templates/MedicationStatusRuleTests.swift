import CCDA
import Testing

@testable import CCDAOnFHIR

/// The lines of the status table of section 7.3.
@Suite("Whether a drug is taken, by its evidence")
struct MedicationStatusRuleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let evidence: MedicationEvidence
        let state: MedicationEvidence.State
        let status: String
        var isDoubtful = false
        var testDescription: String { name }

        init(
            _ mood: MedicationEvidence.Mood, _ status: Statement.ActStatus?, _ end: MedicationEvidence.End,
            isAhead: Bool = false, isNullified: Bool = false, _ state: MedicationEvidence.State,
            _ requestStatus: String,
            isDoubtful: Bool = false
        ) {
            let code = status?.rawValue ?? "no status"
            let start = isAhead ? ", begins later" : ""
            name = "\(mood), \(code), end \(end)\(start)\(isNullified ? ", in error" : "")"
            evidence = MedicationEvidence(
                mood: mood, isNullified: isNullified, status: status, isAhead: isAhead, end: end)
            self.state = state
            self.status = requestStatus
            self.isDoubtful = isDoubtful
        }
    }

    static let rows = [
        Row(.reported, .nullified, .open, isNullified: true, .error, "entered-in-error"),
        Row(.ordered, .active, .open, isAhead: true, isNullified: true, .error, "entered-in-error"),
        Row(.reported, .aborted, .open, .stopped, "stopped"),
        Row(.ordered, .aborted, .unknown, isAhead: true, .stopped, "stopped"),
        Row(.reported, .cancelled, .open, .cancelled, "cancelled"),
        Row(.reported, .suspended, .open, .onHold, "on-hold"),
        Row(.ordered, .held, .unknown, .onHold, "on-hold"),
        Row(.reported, .active, .unknown, .current, "active"),
        Row(.ordered, .active, .open, .current, "active"),
        Row(.reported, .active, .past, .endedFlagged, "active", isDoubtful: true),
        Row(.ordered, .active, .past, .endedFlagged, "active", isDoubtful: true),
        Row(.reported, .completed, .open, .current, "active"),
        Row(.ordered, .completed, .open, .current, "active"),
        Row(.reported, .completed, .past, .ended, "completed"),
        Row(.ordered, .completed, .past, .ended, "completed"),
        Row(.reported, .completed, .unknown, .possiblyCurrent, "completed", isDoubtful: true),
        Row(.ordered, .completed, .unknown, .possiblyCurrent, "completed", isDoubtful: true),
        Row(.ordered, .active, .unknown, isAhead: true, .planned, "active"),
        Row(.ordered, .completed, .open, isAhead: true, .planned, "active"),
        Row(.reported, .active, .unknown, isAhead: true, .current, "active"),
        Row(.reported, nil, .open, .current, "active"),
        Row(.reported, nil, .past, .ended, "completed"),
        Row(.reported, nil, .unknown, .unknown, "unknown", isDoubtful: true),
        Row(.reported, .new, .unknown, .unknown, "unknown", isDoubtful: true),
        Row(.requested, .active, .unknown, .unknown, "unknown", isDoubtful: true),
        Row(.requested, .active, .open, .current, "active"),
        Row(.requested, .active, .past, .ended, "completed"),
    ]

    @Test("the first line that applies", arguments: rows)
    func state(_ row: Row) {
        #expect(row.evidence.state == row.state)
        #expect(row.evidence.requestStatus == row.status)
        #expect((row.evidence.doubt != nil) == row.isDoubtful)
    }
}
