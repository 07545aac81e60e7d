import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Procedure Activity Procedure (`.4.14`) and Act (`.4.12`) → Procedure.
extension DocumentMapper {
    /// What was done, what was not, and the devices that it left in the patient.
    mutating func procedureActivity(_ statement: Statement, _ around: Surroundings) -> Outcome {
        procedureActivity(statement, around, procedureStatus(statement))
    }

    /// The same with a status that was found already.
    mutating func procedureActivity(
        _ statement: Statement, _ around: Surroundings, _ status: ProcedureStatus
    ) -> Outcome {
        if status == .notDone, statement.negation == .yes, namesNoProcedure(statement, around) {
            return nothingDone(statement, around)
        }
        let devices = status.leavesDevices ? devices(of: statement, isCertain: status == .completed) : []
        guard let code = code(of: statement) else {
            // In Medical Equipment the procedure often says nothing and the device everything.
            if let device = devices.first { return .mapped(device) }
            return .refused("neither code nor text", type: "Procedure")
        }
        return .mapped(procedure(statement, around, status, code, devices))
    }

    /// Makes the Procedure.
    private mutating func procedure(
        _ statement: Statement, _ around: Surroundings, _ status: ProcedureStatus, _ code: JSONValue,
        _ devices: [String]
    ) -> String {
        let time = procedureTime(of: statement)?.members("performed") ?? []
        let performers = performers(of: statement).map { JSONValue.object([("actor", $0)]) }
        let others = instructions(of: statement) + reactions(to: statement) + statement.manner
        let made = sink.add(
            "Procedure", from: statement.element, key: key(of: statement, statement.code),
            [
                ("identifier", identifiers(of: statement)), ("status", .string(status.rawValue)),
                ("statusReason", statusReason(of: statement, status)),
                ("category", statedCategories(of: statement).first), ("code", code), ("subject", subject),
                ("encounter", encounter(around)),
            ] + (time.isEmpty ? [("_performedDateTime", .absent())] : time) + [
                ("recorder", ownAuthor(of: statement, around)?.person), ("performer", performers.nonEmptyArray),
                ("location", places(of: statement).first),
                // A reason of what was not done is no reason of the patient's.
                ("reasonCode", status.isDenial ? nil : reasons(of: statement)),
                ("bodySite", bodySites(of: statement).nonEmptyArray), ("note", notes(of: statement, with: others)),
                ("focalDevice", devices.map { ["manipulated": reference($0)] }.nonEmptyArray),
            ])
        link(made, in: around)
        return made
    }

    /// Why it was not done: the Reason of a statement that says so, which is consumed.
    private mutating func statusReason(of statement: Statement, _ status: ProcedureStatus) -> JSONValue? {
        guard status == .notDone || status == .stopped, let reason = statement.related(.reason),
            let value = reason.values.lazy.compactMap(\.coded).first, let concept = concept(value)
        else { return nil }
        consume([reason])
        return concept
    }

    /// Reactions and complications that only qualify the procedure, in words; they are consumed.
    private mutating func reactions(to statement: Statement) -> [String] {
        statement.allRelated(.reaction).compactMap { reaction in
            guard reaction.negation == .no, !namesOther(reaction),
                let text = reaction.values.lazy.compactMap(\.coded?.text).first ?? reaction.text
            else { return nil }
            consume([reaction])
            return text
        }
    }
}

extension Statement {
    /// How it was done and by what way, which R4 has no place for, in words.
    fileprivate var manner: [String] {
        ["methodCode", "approachSiteCode"].flatMap { allCoded($0).compactMap(\.text) }
    }
}

// MARK: Status

/// Procedure.status
enum ProcedureStatus: String {
    case preparation, completed, stopped, unknown
    case inProgress = "in-progress"
    case notDone = "not-done"
    case onHold = "on-hold"
    case enteredInError = "entered-in-error"

    /// Whether it says that nothing was done.
    var isDenial: Bool { self == .notDone || self == .enteredInError }
    /// Whether a device that it speaks of may be in the patient.
    var leavesDevices: Bool { [.completed, .inProgress, .stopped, .unknown].contains(self) }
}

extension DocumentMapper {
    /// When it was done. A Procedure Context, which says in place of the document's service event what was done, and has
    /// no status, is of the time of that event.
    private func procedureTime(of statement: Statement) -> TimeExpression? {
        if let time = statement.effectiveTime, !time.isEmpty { return time }
        guard statement.has(.procedureContext) else { return nil }
        let event = document.root.elements("documentationOf").lazy.compactMap { $0.first("serviceEvent") }.first
        return event?.first("effectiveTime").map { TimeExpression($0, in: context) }
    }

    /// How far a procedure is: negation first, then status and dates against the document's (section 7.5).
    func procedureStatus(_ statement: Statement) -> ProcedureStatus {
        if statement.isNullified { return .enteredInError }
        if statement.negation == .yes { return .notDone }
        switch statement.status {
        case .cancelled: return .notDone
        case .aborted: return .stopped
        case .held, .suspended: return .onHold
        case .active, .completed, .new, .normal, .nullified, .obsolete, nil: break
        }
        let time = procedureTime(of: statement)
        if isFuture(time?.start) {
            context.note(
                .ccdaContradiction, at: statement.element,
                expected: "what has happened, dated up to the document's day",
                found: "a later date; it is taken for scheduled")
            return .preparation
        }
        switch statement.status {
        case _ where statement.nullFlavor != nil: return .unknown
        case .completed: return .completed
        case nil where statement.has(.procedureContext): return .completed
        case .active:
            guard isPast(time?.end ?? time?.start) else { return .inProgress }
            context.note(
                .ccdaContradiction, at: statement.element, expected: "a completed procedure, since its date has passed",
                found: "an active one; it is taken for done")
            return .completed
        default:
            context.note(
                .ccdaStatus, at: statement.element, expected: "completed, active, aborted or cancelled",
                found: statement.element.first("statusCode") == nil ? "no statusCode" : "another status")
            return .unknown
        }
    }
}

// MARK: "No procedures", "no implants"

extension DocumentMapper {
    /// SNOMED CT "Procedure": any at all.
    private static let anyProcedure = "71388002"

    /// Whether a denied procedure names none, so that it denies all (section 4.6).
    private func namesNoProcedure(_ statement: Statement, _ around: Surroundings) -> Bool {
        guard let code = statement.code, !code.codings.isEmpty else {
            return around.section.role == .medicalEquipment || code(of: statement) == nil
        }
        return code.has(Self.anyProcedure, CodeSystemOID.snomed)
    }

    /// No implants, no procedures; a device that is named was not implanted.
    private mutating func nothingDone(_ statement: Statement, _ around: Surroundings) -> Outcome {
        guard !namesDevice(statement) else { return .asText("a device that was not implanted") }
        nilKnown.insert(around.section.index)
        return .covered
    }
}
