import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

/// What each card offers to do with one click: the table of guideline section 3.5 with its column "never".
///
/// An order is only updated or deleted when it has an id; nothing is created without a patient; an imaging order is never
/// deleted without another in its place, save where ruling R35 allows the removal.
struct SuggestionTable {
    let decision: Decision
    let draft: DraftOrder?
    let codes: RequestCodes
    let thresholds: Thresholds

    private var make: RequestFactory {
        RequestFactory(decision: decision, draft: draft, codes: codes, thresholds: thresholds)
    }
    private var preferred: PreferredTest { PreferredTest(for: decision) }
    private var recording: RecordingOffers {
        RecordingOffers(decision: decision, make: make, thresholds: thresholds)
    }

    /// A suggestion before it has its uuid.
    struct Offer {
        let label: String
        var isRecommended = false
        /// Whether it records an answer to a question of the red flags, which any other offer may go along with.
        var isRedFlagAnswer = false
        let actions: [Action]
    }

    /// The offers of a card, the most useful first: what its course needs, "no" to the open red flags, what to do, and
    /// "yes" to each open red flag.
    func offers(of card: CardID) -> [Offer] {
        recording.course(of: card) + [recording.noRedFlag(on: card)].compactMap { $0 } + doing(on: card)
            + recording.redFlags(on: card)
    }

    private func doing(on card: CardID) -> [Offer] {
        switch card {
        case .k01, .k02: emergency
        case .k03, .k04: urgent
        case .k05, .k06, .k08, .k10, .k17: conservative
        case .k15, .k16: replacement
        case .k19: withoutMRI
        case .k22: protocolWithoutContrast
        case .k23: missingOrder
        case .k24: activityInstead
        case .k26, .k27: shorterSupply
        case .k30: [CarePlanPart.rehabilitationReferral, .patientEducation].compactMap { make.offer(of: $0) }
        case .k34: imagingFirst
        case .k07, .k09, .k11, .k12, .k13, .k14, .k18, .k20, .k21, .k25, .k28, .k29, .k31, .k32, .k33: []
        }
    }

    /// Whether the offers of a card exclude each other: another test in place of the order or beside it, or the answers
    /// to the one question of a card.
    static func behavior(of card: CardID, _ offers: [Offer]) -> Card.SelectionBehavior {
        switch card {
        case .k15, .k16: .atMostOne
        case .k07, .k09, .k11, .k12:
            offers.isEmpty || offers.contains(where: \.isRedFlagAnswer) ? .any : .atMostOne
        default: .any
        }
    }

    // MARK: Red flags

    private var emergency: [Offer] {
        let raise = testIsRight ? raising(to: .stat) : nil
        let imaging = raise ?? adding(preferred.mriIsContraindicated ? preferred.modality : .mriWithout, .stat)
        let referral = make.spineSurgeryReferral.map {
            Offer(
                label: "Refer to spine surgery as an emergency",
                actions: [
                    Action(.create($0), description: "Create an emergency referral to spine surgery")
                ])
        }
        return [imaging, referral].compactMap { $0 }.map { offer in
            var offer = offer
            offer.isRecommended = true
            return offer
        }
    }

    private var urgent: [Offer] {
        var offers: [Offer?] = []
        if decision.outcome.fit != .noRole && decision.outcome.fit != .verify { offers.append(raising(to: .urgent)) }
        if testIsRight {
            offers.append(urgentWithContrast)
        } else {
            offers.append(adding(preferred.modality, .urgent))
        }
        offers.append(laboratory)
        return offers.compactMap { $0 }
    }

    /// For infection and malignancy the protocol with contrast, where nothing speaks against gadolinium.
    private var urgentWithContrast: Offer? {
        guard decision.order?.modality == .mriWithout, preferred.mri == .mriWithoutAndWith,
            !preferred.mriIsContraindicated, let draft, draft.reference != nil
        else { return nil }
        let resource = draft.changingTest(
            to: make.code(of: .mriWithoutAndWith), and: [("priority", .string(Priority.urgent.rawValue))])
        return Offer(
            label: "Raise to urgent and image without and with contrast",
            actions: [
                Action(.update(resource), description: "Set priority urgent and the protocol without and with contrast")
            ])
    }

    private var laboratory: Offer? {
        guard decision.criterion(.infection).result == .met else { return nil }
        let actions = make.infectionLaboratory.map { request in
            Action(.create(request), description: "Order \(Self.text(of: request))")
        }
        return actions.isEmpty ? nil : Offer(label: "Order ESR, CRP and blood cultures", actions: actions)
    }

    private static func text(of request: JSONValue) -> String {
        guard case .string(let text)? = request["code"]?["text"] else { return "laboratory test" }
        return text
    }

    private var missingOrder: [Offer] {
        let priority: Priority = decision.presentingFlags.isEmpty ? .routine : .urgent
        return [adding(preferred.modality, priority), decision.presentingFlags.isEmpty ? nil : laboratory].compactMap {
            $0
        }
    }

    // MARK: The other test

    private var replacement: [Offer] {
        let test = preferred.modality
        guard let order = decision.order, order.modality != test else { return [] }
        if decision.outcome.rating == .insufficientData { return [changingTest(to: test)].compactMap { $0 } }
        let replacing = keepsTheOrder ? nil : replacing(with: test, order.priority)
        let alsoAdds = decision.hasFlag || replacing == nil
        return [replacing, alsoAdds ? adding(test, order.priority) : nil].compactMap { $0 }
    }

    /// Whether the ordered test stays: a suspected fracture (R47), or a CT while the MR safety of a device is open (R48).
    private var keepsTheOrder: Bool {
        decision.outcome.contextClass == .fracture || decision.outcome.contextClass == .emergency
            || (preferred.needsSafetyLine && preferred.modality.isMRI && decision.order?.modality?.isMRI != true)
    }

    private func replacing(with test: Modality, _ priority: Priority) -> Offer? {
        guard let reference = draft?.reference, let created = imaging(test, priority) else { return nil }
        return Offer(
            label: "Replace by \(test.name)",
            actions: [
                Action(.create(created), description: "Order \(test.name) of the lumbar spine"),
                Action(.delete(reference), description: "Remove the current order, which this one replaces"),
            ])
    }

    /// The same order with another test: for an order whose indication is open nothing is created and nothing deleted.
    private func changingTest(to test: Modality) -> Offer? {
        guard let draft, draft.reference != nil else { return nil }
        var changes: [(String, JSONValue)] = []
        if test.isMRI, preferred.needsSafetyLine {
            changes.append(
                ("note", .array(draft.elements(of: "note") + [["text": .string(RequestFactory.safetyNote)]])))
        }
        return Offer(
            label: "Change the test to \(test.name)",
            actions: [
                Action(
                    .update(draft.changingTest(to: make.code(of: test), and: changes)),
                    description: "Change the ordered test to \(test.name)")
            ])
    }

    private var withoutMRI: [Offer] {
        let note = draft.flatMap { draft -> Offer? in
            guard draft.reference != nil else { return nil }
            let text = "MR safety to be confirmed before scanning: device or implant on record."
            return Offer(
                label: "Note on the order: confirm MR safety",
                actions: [
                    Action(
                        .update(draft.appending(["text": .string(text)], to: "note")),
                        description: "Add a note to confirm the MR-conditional status")
                ])
        }
        let priority = decision.order?.priority ?? .routine
        return [note].compactMap { $0 } + preferred.alternatives.compactMap { adding($0, priority) }
    }

    private var protocolWithoutContrast: [Offer] {
        guard decision.order?.modality?.usesGadolinium == true, let draft, draft.reference != nil else { return [] }
        return [
            Offer(
                label: "Change to MRI without contrast",
                actions: [
                    Action(
                        .update(draft.changingTest(to: make.code(of: .mriWithout))),
                        description: "Change the protocol to MRI without contrast")
                ])
        ]
    }

    // MARK: No imaging now

    private var conservative: [Offer] {
        let parts: [CarePlanPart] = [.rehabilitationReferral, .patientEducation]
        return (parts.map { make.offer(of: $0) } + [removal]).compactMap { $0 }
    }

    /// The removal of the order, never recommended, only where every red flag was asked and denied (I6, R35).
    private var removal: Offer? {
        let denied = CriterionID.redFlags.allSatisfy { decision.criterion($0).result == .notMet }
        guard decision.outcome.removeSuggestionAllowed, decision.outcome.rating == .usuallyNotAppropriate, denied,
            let reference = draft?.reference
        else { return nil }
        return Offer(
            label: "Remove this imaging order",
            actions: [
                Action(.delete(reference), description: "Remove the lumbar imaging order")
            ])
    }

    // MARK: Drugs, rest, procedures

    /// Activity advice in the place of bed rest, as one step.
    private var activityInstead: [Offer] {
        guard let advice = make.offer(of: .activityAdvice), let reference = draft?.reference else { return [] }
        let removal = Action(.delete(reference), description: "Remove the order of bed rest, which the advice replaces")
        return [Offer(label: "Replace by activity advice", actions: advice.actions + [removal])]
    }

    /// The same order for fewer days; only where nothing but the supply itself says how long it lasts.
    private var shorterSupply: [Offer] {
        guard decision.criterion(.supply).result == .met, let draft, draft.reference != nil,
            let supply = draft.supply(days: thresholds.opioidMaxDays)
        else { return [] }
        let days = "\(thresholds.opioidMaxDays.shortened) days"
        return [
            Offer(
                label: "Limit the supply to \(days)",
                actions: [
                    Action(
                        .update(draft.setting("dispenseRequest", to: supply)),
                        description:
                            "Set the expected supply to \(days) without refills; the quantity is left to be set")
                ])
        ]
    }

    /// What answers a red flag before an injection.
    private var imagingFirst: [Offer] {
        let isEmergency = [CriterionID.caudaEquina, .progressiveDeficit].contains {
            decision.criterion($0).result == .met
        }
        return [adding(preferred.modality, isEmergency ? .stat : .urgent)].compactMap { $0 }
    }

    // MARK: Parts

    /// Whether the ordered test may stand, cautions included.
    private var testIsRight: Bool {
        switch decision.outcome.fit {
        case .preferred, .acceptable, .device, .pregnancy: true
        case .notPreferred, .noRole, .inadequate, .verify, nil: false
        }
    }

    private func raising(to priority: Priority) -> Offer? {
        guard let draft, draft.reference != nil, let order = decision.order, order.priority < priority else {
            return nil
        }
        return Offer(
            label: "Raise the priority to \(priority.words)",
            actions: [
                Action(
                    .update(draft.setting("priority", to: .string(priority.rawValue))),
                    description: "Set the priority of the order to \(priority.words)")
            ])
    }

    private func adding(_ test: Modality, _ priority: Priority) -> Offer? {
        guard let created = imaging(test, priority) else { return nil }
        let urgency = priority == .routine ? "" : ", \(priority.words)"
        let current = decision.order == nil ? "" : "; keep the current order"
        return Offer(
            label: "Order \(test.name)\(urgency)\(current)",
            actions: [
                Action(.create(created), description: "Order \(test.name) of the lumbar spine\(urgency)")
            ])
    }

    private func imaging(_ test: Modality, _ priority: Priority) -> JSONValue? {
        make.imaging(test, priority: priority, safetyLine: preferred.needsSafetyLine)
    }
}
