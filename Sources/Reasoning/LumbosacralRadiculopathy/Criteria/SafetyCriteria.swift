import ClinicalModel

extension Reading {
    /// Documented as not MR-safe: a device, a condition or the clinician says so (rulings R12, R47).
    func mriContraindicated() -> Criterion {
        var evidence: [Evidence] = []
        var isOpen = false
        for device in record.devices {
            if let concept = device.safety.first(where: { $0.speaks(to: .mriContraindicated) }) {
                evidence.append(
                    Evidence(device.provenance, code: concept.code, because: "\(device.shownName): not MR-safe"))
            }
        }
        for item in signs(of: .mriContraindicated) where item.use.role == "not-mr-safe" && !item.finding.isRefuted {
            guard !item.finding.status.hasEnded, item.finding.abatement == nil else { continue }
            if item.use.alone == .yes {
                evidence.append(item.evidence(because: "not MR-safe"))
            } else {
                isOpen = true
            }
        }
        if let answer = safetyAnswer, answer.choice == "unsafe" {
            evidence.append(answer.evidence(because: "MRI safety: unsafe"))
        }
        if !evidence.isEmpty { return Criterion(.mriContraindicated, .met, evidence: evidence) }
        if let answer = safetyAnswer, answer.choice == "safe" || answer.choice == "conditional" {
            return Criterion(
                .mriContraindicated, .noneOnRecord,
                evidence: [answer.evidence(because: "MRI safety: \(answer.choice ?? "")")])
        }
        if isOpen || lacks(.devices, .conditions) {
            return Criterion(
                .mriContraindicated, .unknown, missing: [DataGap("MRI safety", isOpen ? .notRecorded : .notRetrieved)])
        }
        return Criterion(.mriContraindicated, .noneOnRecord)
    }

    /// A device or metal of unknown MR status (ruling R12); a documented status of any kind clears it.
    func mrDevice() -> Criterion {
        let cleared = safetyAnswer.flatMap { $0.choice == "unknown" ? nil : $0 }
        var evidence: [Evidence] = []
        var isOpen = false
        var hasKnownDevice = false
        for device in record.devices {
            if device.safety.contains(where: {
                $0.uses.contains { $0.role == "denies" } || $0.speaks(to: .mriContraindicated)
            }) {
                // The status of one implant says nothing of another; of an implant coded as a condition it speaks.
                hasKnownDevice = hasKnownDevice || device.types.contains { $0.speaks(to: .mrDevice) }
                continue
            }
            let uses = device.types.flatMap(\.uses).filter {
                $0.criterion == CriterionID.mrDevice.rawValue && $0.part == .presenting
            }
            let isNamed = uses.contains { $0.alone == .yes } || device.safety.contains { $0.speaks(to: .mrDevice) }
            if cleared != nil { continue }
            if isNamed || device.isImplant == .yes && !uses.contains(where: { $0.alone == .no }) {
                evidence.append(
                    Evidence(
                        device.provenance, code: device.types.first?.code,
                        because: "\(device.shownName): MR status not documented"))
            } else if uses.contains(where: { $0.alone == .review }) || uses.isEmpty && device.isImplant != .no {
                // A device of a type that the knowledge does not know may be an implant.
                isOpen = true
            }
        }
        for item in signs(of: .mrDevice)
        where item.use.part == .presenting && !item.finding.isRefuted && !hasKnownDevice {
            guard !item.finding.status.hasEnded, item.finding.abatement == nil,
                !(cleared?.holds(after: item.finding) ?? false)
            else { continue }
            if item.use.alone == .yes {
                evidence.append(
                    item.evidence(because: "device or metal, MR status not documented"))
            } else if item.use.alone == .review {
                isOpen = true
            }
        }
        if !evidence.isEmpty { return Criterion(.mrDevice, .met, evidence: evidence) }
        if let cleared, let choice = cleared.choice {
            return Criterion(.mrDevice, .noneOnRecord, evidence: [cleared.evidence(because: "MRI safety: \(choice)")])
        }
        if isOpen || safetyAnswer != nil || lacks(.devices, .conditions) {
            let reason: DataGap.Reason = isOpen || safetyAnswer != nil ? .notRecorded : .notRetrieved
            return Criterion(.mrDevice, .unknown, missing: [DataGap("MR status of an implant", reason)])
        }
        return Criterion(.mrDevice, .noneOnRecord)
    }

    /// The newest answer on MRI safety; "unsafe" holds for good, any other as long as an answer to a risk factor.
    private var safetyAnswer: Answer? {
        answers["mri-safety"]?.last { answer in
            guard let choice = answer.choice else { return false }
            return choice == "unsafe" || isWithin(thresholds.riskValidDays, answer.date) != .no
        }
    }
}

extension Answer {
    /// Whether the answer was given when a finding was known: on its day or later.
    fileprivate func holds(after finding: Finding) -> Bool {
        guard let given = date?.earliest else { return false }
        return finding.date?.latest.map { given >= $0 } ?? true
    }
}

extension Device {
    /// Name for evidence lines.
    var shownName: String { name ?? types.first?.code.display ?? "device" }
}

extension Concept {
    fileprivate func speaks(to criterion: CriterionID) -> Bool {
        uses.contains { $0.criterion == criterion.rawValue && $0.part == .presenting && $0.alone == .yes }
    }
}
