import ClinicalModel
import Guidelines
import Testing

private let conditional = concept("device-mr-safety", .mrDevice, "device", .exclusion, "denies", .no)

private func deviceCode(_ alone: CodeUse.Alone) -> Concept {
    concept("mri-contraindications", .mrDevice, "device", .presenting, "device", alone)
}
private func notSafe(_ alone: CodeUse.Alone = .yes, role: CodeUse.Role = "not-mr-safe") -> Concept {
    concept("device-mr-safety", .mriContraindicated, "not-mr-safe", .presenting, role, alone)
}
private func device(_ types: [Concept] = [.pacemaker], safety: [Concept] = [], implant: Truth = .unknown) -> Device {
    Device(provenance: place("Device/d"), types: types, safety: safety, isImplant: implant)
}
private func with(_ device: Device, observations: [Observation] = []) -> ClinicalRecord {
    record {
        $0.devices = [device]
        $0.observations = observations
    }
}
private func safety(_ word: String, _ ago: Int = 0) -> Observation {
    answer("mri-safety", choice(word), daysAgo(ago))
}
/// A pacemaker coded as a problem five days ago, and an answer that it is safe.
private func cleared(_ ago: Int) -> ClinicalRecord {
    with(condition(.pacemaker, onset: daysAgo(5)), observations: [safety("safe", ago)])
}

@Suite("MRI safety (R12, R29)")
struct MRISafetyTests {
    static let devices = [
        CriterionRow("no device", .mriContraindicated, .noneOnRecord, record()),
        CriterionRow("device without a label", .mrDevice, .met, with(device())),
        CriterionRow("that is no contraindication", .mriContraindicated, .noneOnRecord, with(device())),
        CriterionRow("an unknown implant", .mrDevice, .met, with(device([], implant: .yes))),
        CriterionRow("an unknown thing, a walking stick for all one knows", .mrDevice, .unknown, with(device([]))),
        CriterionRow("a thing known to be no implant", .mrDevice, .noneOnRecord, with(device([], implant: .no))),
        CriterionRow("a type that speaks of something else", .mrDevice, .unknown, with(device([notSafe()]))),
        CriterionRow(
            "an implant of a type that is none", .mrDevice, .noneOnRecord,
            with(device([deviceCode(.no)], implant: .yes))),
        CriterionRow("a device of such a type", .mrDevice, .noneOnRecord, with(device([deviceCode(.no)]))),
        CriterionRow("a device to be looked at", .mrDevice, .unknown, with(device([deviceCode(.review)]))),
        CriterionRow(
            "an implant of an unknown type", .mrDevice, .met, with(device([concept("other", nil)], implant: .yes))),
    ]

    static let labels = [
        CriterionRow("device labelled unsafe", .mriContraindicated, .met, with(device(safety: [notSafe()]))),
        CriterionRow(
            "that is no device of unknown status", .mrDevice, .noneOnRecord, with(device(safety: [notSafe()]))),
        CriterionRow("device labelled conditional", .mrDevice, .noneOnRecord, with(device(safety: [conditional]))),
        CriterionRow(
            "a label that says something else", .mriContraindicated, .noneOnRecord,
            with(device([.pacemaker], safety: [.pacemaker]))),
        CriterionRow(
            "a label that is never enough", .mriContraindicated, .noneOnRecord,
            with(device([.pacemaker], safety: [notSafe(.no)]))),
        CriterionRow(
            "a safe device says nothing of a coded pacemaker", .mrDevice, .met,
            record {
                $0.conditions.append(condition(.pacemaker))
                $0.devices = [device([], safety: [conditional])]
            }),
        CriterionRow(
            "a conditional pacemaker speaks for the coded one", .mrDevice, .noneOnRecord,
            record {
                $0.conditions.append(condition(.pacemaker))
                $0.devices = [device([.pacemaker], safety: [conditional])]
            }),
    ]

    static let problems = [
        CriterionRow("coded as not safe", .mriContraindicated, .met, with(condition(notSafe()))),
        CriterionRow(
            "coded so, ruled out", .mriContraindicated, .noneOnRecord, with(condition(notSafe(), certainty: .refuted))
        ),
        CriterionRow(
            "coded so, over", .mriContraindicated, .noneOnRecord, with(condition(notSafe(), status: .resolved))),
        CriterionRow(
            "coded so, with an end", .mriContraindicated, .noneOnRecord,
            with(condition(notSafe(), abatement: daysAgo(5)))),
        CriterionRow("a code to be looked at", .mriContraindicated, .unknown, with(condition(notSafe(.review)))),
        CriterionRow(
            "a code in another role", .mriContraindicated, .noneOnRecord, with(condition(notSafe(role: "context")))),
        CriterionRow("coded as a problem", .mrDevice, .met, with(condition(.pacemaker))),
        CriterionRow("coded so, ruled out", .mrDevice, .noneOnRecord, with(condition(.pacemaker, certainty: .refuted))),
        CriterionRow("a problem to be looked at", .mrDevice, .unknown, with(condition(deviceCode(.review)))),
        CriterionRow("a problem that is never enough", .mrDevice, .noneOnRecord, with(condition(deviceCode(.no)))),
    ]

    static let answers = [
        CriterionRow("attested unsafe", .mriContraindicated, .met, with([safety("unsafe")])),
        CriterionRow(
            "attested conditional clears the device", .mrDevice, .noneOnRecord,
            with(device(), observations: [safety("conditional")])),
        CriterionRow(
            "attested unknown beside a device", .mrDevice, .met,
            with(device(), observations: [safety("unknown")])),
        CriterionRow("attested unknown without one", .mrDevice, .unknown, with([safety("unknown")])),
        CriterionRow("called safe on its day", .mrDevice, .noneOnRecord, cleared(5)),
        CriterionRow("called safe the day before", .mrDevice, .met, cleared(6)),
        CriterionRow(
            "an answer older than the pacemaker", .mrDevice, .met,
            record {
                $0.conditions.append(condition(.pacemaker, onset: daysAgo(20)))
                $0.observations = [safety("safe", 100)]
            }),
        CriterionRow(
            "an answer of long ago no longer clears", .mrDevice, .met,
            record {
                $0.conditions.append(condition(.pacemaker))
                $0.observations = [safety("safe", 366)]
            }),
    ]

    static let retrieval = [
        CriterionRow("devices not retrieved", .mrDevice, .unknown, record { $0.notRetrieved = [.devices] }),
        CriterionRow("devices not retrieved", .mriContraindicated, .unknown, record { $0.notRetrieved = [.devices] }),
    ]

    static let rows = devices + labels + problems + answers + retrieval

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    static let gaps = [
        ("a device to be looked at", with(device([deviceCode(.review)])), DataGap.Reason.notRecorded),
        ("attested unknown", with([safety("unknown")]), .notRecorded),
        ("not retrieved", record { $0.notRetrieved = [.devices] }, .notRetrieved),
    ]

    @Test("why the status of a device is not known", arguments: gaps)
    func gap(_ because: String, _ record: ClinicalRecord, _ reason: DataGap.Reason) {
        #expect(criterion(.mrDevice, record).missing.map(\.reason) == [reason])
    }

    @Test(
        "an answer on MRI safety is cited where it settles it",
        arguments: [("safe", 1), ("conditional", 1), ("unknown", 0)])
    func evidence(_ word: String, _ count: Int) {
        let criterion = criterion(.mriContraindicated, with([safety(word)]))
        #expect(criterion.result == .noneOnRecord)
        #expect(criterion.evidence.count == count)
    }
}
