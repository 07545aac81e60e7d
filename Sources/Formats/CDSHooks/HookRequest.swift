import ClinicalModel
public import Diagnostics
public import FHIR

/// A call of a CDS service, read. It holds nothing of `fhirAuthorization`.
public struct HookRequest: Sendable {
    /// The hook that fired.
    public var hook: Hook
    /// Names this firing of the hook.
    public var hookInstance: String
    /// Base of the client's FHIR server; nil when it gives none.
    public var fhirServer: String?
    /// The members of the hook.
    public var context: HookContext
    /// The patient's record out of prefetch and context, drafts under review included.
    public var record: PatientRecord
}

/// A hook, by its name on the wire.
public struct Hook: RawRepresentable, Sendable, Hashable {
    /// The name on the wire.
    public let rawValue: String
    /// Names a hook.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The user selected an order and has not signed it.
    public static let orderSelect = Hook(rawValue: "order-select")
    /// The user is about to sign orders.
    public static let orderSign = Hook(rawValue: "order-sign")
    /// The user opened a patient's record.
    public static let patientView = Hook(rawValue: "patient-view")

    /// Whether it carries draft orders.
    public var carriesDraftOrders: Bool { self == .orderSelect || self == .orderSign }
}

/// The context of a hook.
public enum HookContext: Sendable {
    case orderSelect(OrderSelectContext)
    case orderSign(OrderSignContext)
    case patientView(PatientViewContext)
}

extension HookContext {
    /// Whom the call is about: a bare id.
    public var patientId: String {
        switch self {
        case .orderSelect(let context): context.patientId
        case .orderSign(let context): context.patientId
        case .patientView(let context): context.patientId
        }
    }

    /// Who works, as `Practitioner/id` or alike; nil when the client left it out.
    public var userId: String? {
        switch self {
        case .orderSelect(let context): context.userId
        case .orderSign(let context): context.userId
        case .patientView(let context): context.userId
        }
    }

    /// The encounter in which the user works: a bare id; nil outside of one.
    public var encounterId: String? {
        switch self {
        case .orderSelect(let context): context.encounterId
        case .orderSign(let context): context.encounterId
        case .patientView(let context): context.encounterId
        }
    }
}

/// Why a request was refused.
public struct HookRequestError: Error, Sendable {
    /// What is wrong, at least one.
    public let issues: [Issue]
    /// Whether the request is well formed and only lacks data that it must carry (HTTP status 412, ruling R4).
    public let lacksData: Bool

    init(_ issues: [Issue], lacksData: Bool = false) {
        self.issues = issues
        self.lacksData = lacksData
    }
}
