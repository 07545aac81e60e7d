import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

/// The services that discovery lists: one entry for each hook of a service.
struct HookCatalog {
    /// A service under its id.
    enum ServiceID: String, CaseIterable {
        case lumbarImaging = "lumbar-imaging"
        case orders = "radiculopathy-orders"
        case redFlags = "radiculopathy-red-flags"
        case carePlan = "radiculopathy-care-plan"

        /// Hooks that call it.
        var hooks: [Hook] {
            switch self {
            case .lumbarImaging, .orders: [.orderSelect, .orderSign]
            case .redFlags, .carePlan: [.patientView]
            }
        }

        /// Kinds of orders that it decides on.
        var slots: Set<Slot> {
            switch self {
            case .lumbarImaging, .redFlags, .carePlan: [.imaging]
            case .orders: [.drug, .activity, .procedure]
            }
        }

        var title: String {
            switch self {
            case .lumbarImaging: "Lumbar spine imaging in radiculopathy"
            case .orders: "Drugs, rest and procedures in lumbosacral radiculopathy"
            case .redFlags: "Red flags of lumbosacral radiculopathy"
            case .carePlan: "Conservative plan for lumbosacral radiculopathy"
            }
        }

        var description: String {
            switch self {
            case .lumbarImaging:
                "Reviews orders of lumbar spine imaging for sciatica: whether imaging is indicated now, whether the ordered "
                    + "test is the right one, and what speaks for doing it at once. Appropriate orders get no card."
            case .orders:
                "Reviews orders of opioids, gabapentinoids, tricyclics, NSAIDs and muscle relaxants, of bed rest, and of "
                    + "epidural injections and spine surgery for sciatica. Orders within the guideline get no card."
            case .redFlags:
                "Tells when the record shows a red flag of lumbosacral radiculopathy and no imaging order answers it."
            case .carePlan:
                "Offers the conservative plan for an adult with lumbosacral radiculopathy and no red flag on record: "
                    + "rehabilitation, activity, heat or cold, education, an NSAID where its guards hold, a dated re-check "
                    + "and return advice. For sites that want it."
            }
        }
    }

    /// What is asked for in advance. Resources are taken from any key by their type; these keys decide only what counts as
    /// not retrieved.
    static let prefetch: [(part: RecordPart, template: String)] = [
        (.patient, "Patient/{{context.patientId}}"),
        (.conditions, "Condition?patient={{context.patientId}}"),
        (.observations, "Observation?patient={{context.patientId}}"),
        (.medicationRequests, "MedicationRequest?patient={{context.patientId}}"),
        (.medicationStatements, "MedicationStatement?patient={{context.patientId}}"),
        (.medicationDispenses, "MedicationDispense?patient={{context.patientId}}"),
        (.procedures, "Procedure?patient={{context.patientId}}"),
        (.serviceRequests, "ServiceRequest?patient={{context.patientId}}"),
        (.diagnosticReports, "DiagnosticReport?patient={{context.patientId}}"),
        (.imagingStudies, "ImagingStudy?patient={{context.patientId}}"),
        (.devices, "Device?patient={{context.patientId}}"),
        (.allergyIntolerances, "AllergyIntolerance?patient={{context.patientId}}"),
        (.encounters, "Encounter?patient={{context.patientId}}"),
        (.questionnaireResponses, "QuestionnaireResponse?patient={{context.patientId}}"),
        (.documentReferences, "DocumentReference?patient={{context.patientId}}"),
    ]

    /// The answer of `GET /cds-services`.
    static let discovery: JSONValue = {
        let entries = ServiceID.allCases.flatMap { service in
            service.hooks.map { hook -> JSONValue in
                [
                    "hook": .string(hook.rawValue), "title": .string(service.title),
                    "description": .string(service.description), "id": .string(service.rawValue),
                    "prefetch": .object(prefetch.map { ($0.part.rawValue, .string($0.template)) }),
                    "usageRequirements": .string(
                        "Without prefetch results the criteria that need them are unknown, and the answer says so. C-CDA "
                            + "documents are read where a DocumentReference holds them inline, or names a Binary that is "
                            + "sent along under any key."),
                ]
            }
        }
        return ["services": .array(entries)]
    }()
}
