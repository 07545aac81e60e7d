public import ClinicalModel
import Diagnostics
import JSONTree

/// A patient for whom a record is made.
private struct Target {
    /// Index among the Patient resources; nil when there is none.
    let patient: Int?
    /// `Patient/id`, else the fullUrl or the reference as written.
    let name: String?
}

extension RecordBuilder {
    /// Settles identities and references and gives one record for each patient.
    ///
    /// Without any Patient resource there is one record for each subject that the resources name, else one without.
    ///
    /// - Parameters:
    ///   - patientId: Only this patient (`context.patientId` of a hook); what is about others is left out and counted.
    ///   - asOf: The evaluation day, so that findings dated after it are reported; nil takes the record's own time.
    public mutating func finish(patientId: String? = nil, asOf: Day? = nil) -> [PatientRecord] {
        reportSelections()
        let targets = targets(patientId)
        let owners = owners(among: targets, patientId)
        resolveDrugsAndOrders()
        return targets.indices.map { record(of: $0, targets[$0], owners, targets.count, asOf) }
    }

    private mutating func reportSelections() {
        for (_, isFound) in selections ?? [:] where !isFound {
            let issue = Issue(
                .hookUnknownSelection, .warning, at: SourceLocation(source: source, path: "$.context.selections"),
                expected: "selections that name draft orders", found: "one that names none")
            log.note(issue, code: issue.code, subject: nil)
        }
    }

    // MARK: Who is who

    private func livePatients() -> [Int] {
        patients.indices.filter { !registry[patients[$0].entry].isSuperseded }
    }

    private func targets(_ patientId: String?) -> [Target] {
        let live = livePatients()
        if let patientId {
            let match = live.first { patients[$0].id == patientId && patients[$0].containedFor == nil }
            return [Target(patient: match, name: "Patient/\(patientId)")]
        }
        if !live.isEmpty { return live.map { Target(patient: $0, name: name(of: patients[$0])) } }
        var names: [String] = []
        for subject in subjects.subjects {
            guard case .reference(let key) = subject.naming, key.type == .patient || key.form == .urn,
                let text = subject.text, !names.contains(text)
            else { continue }
            names.append(text)
        }
        return names.isEmpty ? [Target(patient: nil, name: nil)] : names.map { Target(patient: nil, name: $0) }
    }

    private func name(of patient: PatientEntry) -> String? { patient.id.map { "Patient/\($0)" } ?? patient.fullUrl }

    /// Whom each subject of the table is.
    private enum Owner: Equatable {
        case target(Int)
        /// Somebody else.
        case other
        /// It cannot be told.
        case nobody
    }

    private func owners(among targets: [Target], _ patientId: String?) -> [Owner] {
        subjects.subjects.indices.map { index in
            switch subjects[index].naming {
            case .reference(let key): return owner(of: key, subjects[index].text, targets, patientId)
            case .identifier(let identifier):
                let holders = targets.indices.filter { target in
                    targets[target].patient.map { patients[$0].identifiers.contains(identifier) } ?? false
                }
                return holders.count == 1 ? .target(holders[0]) : .nobody
            case .containedPatient(let patient):
                if let target = targets.firstIndex(where: { $0.patient == patient }) { return .target(target) }
                return patientId != nil ? .other : .nobody
            case .unresolvable: return .nobody
            case .missing: return targets.count == 1 && targets[0].name == nil ? .target(0) : .nobody
            }
        }
    }

    private func owner(
        of key: ReferenceKey, _ text: String?, _ targets: [Target], _ patientId: String?
    ) -> Owner {
        if let entry = registry.target(of: key) {
            guard let target = targets.firstIndex(where: { $0.patient.map { patients[$0].entry == entry } ?? false })
            else { return .other }
            return .target(target)
        }
        guard targets.allSatisfy({ $0.patient == nil }) else { return .other }
        if let patientId {
            let name = "Patient/\(patientId)"
            return text == name || text?.hasSuffix("/\(name)") == true ? .target(0) : .other
        }
        return targets.firstIndex { $0.name == text }.map { .target($0) } ?? .other
    }

    // MARK: Putting a record together

    private mutating func record(
        of index: Int, _ target: Target, _ owners: [Owner], _ targetCount: Int, _ asOf: Day?
    ) -> PatientRecord {
        var clinical = ClinicalRecord()
        clinical.subject = target.name
        if let patient = target.patient.map({ patients[$0] }) {
            clinical.birthDate = patient.birthDate
            clinical.isDeceased = patient.isDeceased
            clinical.patient = Provenance(
                resource: target.name ?? "Patient", at: patient.path, source: source)
        }
        var result = PatientRecord(record: clinical)
        result.recordTime = recordTimes.max { ($0.latest ?? Day(.min)) < ($1.latest ?? Day(.min)) }
        result.names = target.patient.map { patients[$0].names } ?? PersonNames()
        result.identifiers = target.patient.map { patients[$0].identifiers } ?? []
        result.counts = namedCounts()
        let sorter = Sorter(owners: owners, target: index, isHook: isHook, missing: missingSubject)
        fill(&result, sorter, asOf: asOf ?? result.recordTime?.latest)
        finishIssues(of: &result, index, target, owners)
        return result
    }

    private var missingSubject: Int? {
        subjects.subjects.firstIndex { if case .missing = $0.naming { true } else { false } }
    }

    /// Tells which facts are whose.
    private struct Sorter {
        let owners: [Owner]
        let target: Int
        let isHook: Bool
        let missing: Int?

        func isMine(_ subject: Int) -> Bool { owners[subject] == .target(target) }
        func isOthers(_ subject: Int) -> Bool { owners[subject] == .other }
        /// A draft of a hook without a subject is the patient's of the hook.
        func isMyDraft(_ subject: Int) -> Bool { isMine(subject) || (isHook && subject == missing) }
    }

    private func counts<Fact>(_ item: Pending<Fact>) -> Bool { !registry[item.entry].isSuperseded }

    private mutating func fill(_ result: inout PatientRecord, _ sorter: Sorter, asOf: Day?) {
        func mine<Fact>(_ items: [Pending<Fact>], _ part: RecordPart) -> [Fact] {
            var own: [Fact] = []
            for item in items where counts(item) {
                if sorter.isMine(item.subject) {
                    own.append(item.fact)
                } else if sorter.isOthers(item.subject) {
                    result.otherPatientsItems += 1
                } else if sorter.owners[item.subject] == .nobody {
                    let entry = registry[item.entry]
                    leftOut.append((entry.type.part ?? part, entry.place, entry.type.name))
                }
            }
            return own
        }
        var leftOut: [(part: RecordPart, place: Place, type: String)] = []
        let conditions = mine(facts.conditions, .conditions)
        result.record.observations = mine(facts.observations, .observations)
        // Drafts are told apart with the other orders.
        let medications = mine(facts.medications.filter { $0.fact.draft == nil }, .medicationRequests)
        result.record.procedures = mine(facts.procedures, .procedures)
        result.record.examinations = mine(facts.examinations, .imagingStudies)
        result.record.devices = mine(facts.devices, .devices)
        result.record.statements = mine(facts.statements, .allergyIntolerances)
        result.record.unreadTexts = mine(facts.unreadTexts, .conditions)
        result.record.unreadTexts += partsInWords.map { part, place in
            UnreadText(
                provenance: Provenance(resource: "OperationOutcome", at: place.path, source: source), part: part)
        }
        result.attachments = mine(facts.attachments, .documentReferences).map(attachedDocument)
        let encounters = facts.encounters.values.filter { counts($0) && sorter.isMine($0.subject) }.map(\.fact)
        settle(conditions, in: &result)
        settleOrders(medications, sorter, in: &result)
        if result.record.setting == .notStated {
            let settings = encounters.filter(\.isInProgress).map(\.setting)
            for setting in [ServiceRequest.Setting.emergency, .inpatient, .other] where settings.contains(setting) {
                result.record.setting = setting
                break
            }
        }
        for item in leftOut { leaveOut(item, in: &result) }
        if let asOf { close(&result.record.medications, before: asOf) }
        reportFuture(&result, asOf: asOf)
    }

    /// A drug whose last day has passed is not active, whatever its status still says.
    private func close(_ medications: inout [MedicationUse], before asOf: Day) {
        for index in medications.indices {
            if let end = medications[index].end?.latest, end < asOf { medications[index].isActive = false }
        }
    }

    /// An item that names nobody is nobody's; that it is there keeps its families unknown.
    private func leaveOut(_ item: (part: RecordPart, place: Place, type: String), in result: inout PatientRecord) {
        result.record.unreadTexts.append(
            UnreadText(
                provenance: Provenance(resource: item.type, at: item.place.path, source: source), part: item.part))
        result.record.refused.insert(item.part)
        result.issues.append(
            Issue(
                .fhirUnresolvedSubject, .warning,
                at: SourceLocation(source: source, path: item.place.path(of: "subject")),
                expected: "a subject that can be resolved", found: "none; the item is not used"))
    }

    // MARK: Conditions

    private func settle(_ conditions: [PendingCondition], in result: inout PatientRecord) {
        let birth = result.record.birthDate
        for pending in conditions {
            var condition = pending.condition
            if condition.onset == nil, let age = pending.onsetAge { condition.onset = birth?.adding(years: age) }
            if condition.abatement == nil, let age = pending.abatementAge {
                condition.abatement = birth?.adding(years: age)
            }
            if let onset = condition.onset?.latest, let first = birth?.earliest, onset < first {
                condition.onset = nil
                result.issues.append(
                    Issue(
                        .fhirImpossibleDate, .warning,
                        at: SourceLocation(source: source, path: condition.provenance.at),
                        expected: "an onset after birth", found: "one before; onset not known"))
            }
            result.record.conditions.append(condition)
        }
    }

    private func reportFuture(_ result: inout PatientRecord, asOf: Day?) {
        guard let limit = asOf.map({ $0 + 1 }) else { return }
        var places: [String] = []
        func check(_ date: PartialDate?, _ provenance: Provenance) {
            if let first = date?.earliest, first > limit { places.append(provenance.at) }
        }
        for condition in result.record.conditions { check(condition.onset, condition.provenance) }
        for observation in result.record.observations { check(observation.effective, observation.provenance) }
        for examination in result.record.examinations { check(examination.date, examination.provenance) }
        for procedure in result.record.procedures where procedure.state != .planned {
            check(procedure.start, procedure.provenance)
        }
        for path in places.prefix(IssueLog.limit) {
            result.issues.append(
                Issue(
                    .fhirImpossibleDate, .warning, at: SourceLocation(source: source, path: path),
                    expected: "what has happened dated up to the evaluation day", found: "a date after it"))
        }
    }

    // MARK: Orders

    private func settleOrders(
        _ medications: [PendingMedication], _ sorter: Sorter, in result: inout PatientRecord
    ) {
        var drafts: [(rank: Int, draft: DraftOrder)] = []
        var planned: [DraftOrder] = []
        for pending in medications {
            if pending.use.concepts.contains(where: \.isKnownDrug) {
                result.record.medications.append(pending.use)
            } else if pending.isTextOnly {
                let part = pending.use.kind.part
                result.record.unreadTexts.append(UnreadText(provenance: pending.use.provenance, part: part))
            }
        }
        for item in facts.medications where counts(item) {
            guard let seed = item.fact.draft else { continue }
            guard sorter.isMyDraft(item.subject) else {
                leaveOrder(item, isDraft: true, .medicationRequests, sorter, in: &result)
                continue
            }
            if isHook, !registry[item.entry].isDraft { continue }
            drafts.append((seed.rank, draft(.medication(item.fact.use), seed, item.fact.use.provenance)))
        }
        for item in facts.serviceRequests where counts(item) {
            guard sorter.isMyDraft(item.subject) else {
                leaveOrder(item, isDraft: item.fact.draft != nil, .serviceRequests, sorter, in: &result)
                continue
            }
            let request = item.fact.request
            result.record.serviceRequests.append(request)
            if let seed = item.fact.planned, !isHook {
                planned.append(draft(.service(request), seed, request.provenance))
            }
            guard let seed = item.fact.draft, !(isHook && !registry[item.entry].isDraft) else { continue }
            drafts.append((seed.rank, draft(.service(request), seed, request.provenance)))
        }
        result.planned = planned
        result.drafts = drafts.sorted { $0.rank < $1.rank }.map(\.draft)
        for item in facts.passedOver where counts(item) && sorter.isMyDraft(item.subject) {
            result.passedOver[item.fact, default: 0] += 1
        }
        if otherDrafts > 0 { result.passedOver[.otherType, default: 0] += otherDrafts }
        if let encounterID {
            let named = facts.encounters.first { documentID(of: $0.key) == encounterID }
            result.record.setting = named?.value.fact.setting ?? .notStated
        }
    }

    /// Counts an order of another patient; of nobody who can be told it is left out, and a draft could not be read.
    private func leaveOrder<Fact>(
        _ item: Pending<Fact>, isDraft: Bool, _ part: RecordPart, _ sorter: Sorter, in result: inout PatientRecord
    ) {
        if sorter.isOthers(item.subject) {
            result.otherPatientsItems += 1
        } else if sorter.owners[item.subject] == .nobody {
            let entry = registry[item.entry]
            leaveOut((part, entry.place, entry.type.name), in: &result)
            if isDraft { result.passedOver[.refused, default: 0] += 1 }
        }
    }

    private func draft(_ order: DraftOrder.Order, _ seed: DraftSeed, _ provenance: Provenance) -> DraftOrder {
        DraftOrder(
            order: order, reference: seed.reference, fullUrl: seed.fullUrl, provenance: provenance,
            status: seed.status, identifiers: seed.identifiers, resource: seed.resource)
    }

    private func documentID(of entry: Int) -> String? {
        (try? JSONDocument(bytes(of: registry[entry])))?.read { $0["id"]?.string }
    }

    // MARK: What is missing, what was wrong

    private mutating func finishIssues(
        of result: inout PatientRecord, _ index: Int, _ target: Target, _ owners: [Owner]
    ) {
        result.record.notRetrieved = notRetrieved
        result.record.refused.formUnion(refusedParts)
        for type in ResourceType.allCases where counts[Int(type.rawValue)].refused > 0 {
            if let part = type.part { result.record.refused.insert(part) }
        }
        if lostSomething {
            var lost = Set(RecordPart.allCases).subtracting(retrieved)
            if target.patient != nil { lost.remove(.patient) }
            result.record.notRetrieved.formUnion(lost)
        }
        var issues = log.entries.filter { entry in
            guard let subject = entry.subject, case .target(let owner) = owners[subject] else { return true }
            return owner == index
        }.map(\.issue)
        issues += log.overflow(source: source)
        func add(
            _ code: IssueCode, at path: String, _ expected: String, _ found: String, _ severity: Severity = .warning
        ) {
            issues.append(
                Issue(
                    code, severity, at: SourceLocation(source: source, path: path), expected: expected, found: found))
        }
        if target.patient == nil, !registry.entries.isEmpty {
            // Searches, changes and single resources need not carry the Patient; a record should.
            add(
                .fhirNoPatient, at: rootPath, "a Patient", "none; age not known",
                isWholeRecord ? .warning : .information)
        }
        if result.otherPatientsItems > 0 {
            add(
                .fhirOtherPatient, at: rootPath, "items of one patient",
                "\(result.otherPatientsItems) of others, left out")
        }
        if otherAttachments > 0 {
            add(
                .fhirOtherAttachment, at: rootPath, "documents in XML", "\(otherAttachments) of other kinds, not read",
                .information)
        }
        if result.record.isDeceased {
            add(.fhirDeceased, at: result.record.patient?.at ?? rootPath, "a living patient", "a record of death")
        }
        result.issues = issues + result.issues
    }

    private func namedCounts() -> [String: ReadCount] {
        var named: [String: ReadCount] = [:]
        for type in ResourceType.allCases where counts[Int(type.rawValue)].total > 0 {
            named[type.name] = counts[Int(type.rawValue)]
        }
        if otherTypesCount.total > 0 { named[""] = otherTypesCount }
        return named
    }
}

extension MedicationUse.Kind {
    /// The part of a record that holds such resources.
    fileprivate var part: RecordPart {
        switch self {
        case .request, .administration: .medicationRequests
        case .statement: .medicationStatements
        case .dispense: .medicationDispenses
        }
    }
}

extension PartialDate {
    /// The days on which somebody born on this date was of an age; nil when the birth date has no bounds.
    func adding(years age: ClosedRange<Double>) -> PartialDate? {
        guard let earliest, let latest else { return nil }
        func day(_ start: Day, _ years: Double) -> Day {
            years == years.rounded() ? start.adding(months: Int(years) * 12) : start + Int(years * 365.25)
        }
        return PartialDate(
            literal: "at age \(Int(age.lowerBound))", earliest: day(earliest, age.lowerBound),
            latest: day(latest, age.upperBound) - 1)
    }
}
