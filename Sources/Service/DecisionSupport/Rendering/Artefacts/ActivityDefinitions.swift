import ClinicalModel
import Guidelines
import JSONTree

/// The activities of the guideline: what the service suggests to order, each read off the resource that it creates.
struct ActivityDefinitions {
    private let source: ArtefactSource
    private let activities: [Activity]

    init(_ source: ArtefactSource) {
        self.source = source
        activities = Self.activities(
            SampleReview(source, .ofAdultWithRadiculopathy).make, source.guideline.thresholds)
    }

    /// An activity before it is written.
    private struct Activity {
        let id: String
        let title: String
        let text: String
        /// `ActivityDefinition.kind`.
        let kind: String
        let statements: [String]
        /// The resource that the service creates.
        let resource: JSONValue
    }

    var artefacts: [GuidelineArtefact] { activities.map(artefact) }

    private static func activities(_ make: RequestFactory, _ thresholds: Thresholds) -> [Activity] {
        [mri(make), referral(make)].compactMap { $0 }
            + CarePlanPart.allCases.compactMap { part in
                make.resource(of: part).map { resource in
                    Activity(
                        id: part.id, title: part.title, text: part.text(thresholds),
                        kind: part.kind.definitionKind, statements: part.statements, resource: resource)
                }
            }
    }

    private static func mri(_ make: RequestFactory) -> Activity? {
        make.imaging(.mriWithout, priority: .routine, safetyLine: false).map { resource in
            Activity(
                id: "lumbar-mri-without-contrast", title: "\(Modality.mriWithout.name), lumbar spine",
                text: "The preferred test where imaging is indicated. The plan says when that is, and how urgently.",
                kind: "ServiceRequest", statements: ["G27", "G33", "G34"], resource: resource)
        }
    }

    private static func referral(_ make: RequestFactory) -> Activity? {
        make.spineSurgeryReferral.map { resource in
            Activity(
                id: "emergency-spine-surgery-referral", title: "Emergency referral to spine surgery",
                text:
                    "For suspected cauda equina syndrome and severe or progressive weakness, beside the emergency MRI.",
                kind: "ServiceRequest", statements: ["G27", "G28", "G32"], resource: resource)
        }
    }

    private func artefact(_ activity: Activity) -> GuidelineArtefact {
        let resource = activity.resource
        let code = resource["code"] ?? resource["topic"]
        return source.head(
            "ActivityDefinition", activity.id, activity.title, activity.text, isRecommendation: true,
            notices: source.notices(of: code?["coding"])
        ).artefact([
            ("subjectCodeableConcept", PlanFrame.patient), ("topic", [PlanFrame.hl7("definition-topic", "treatment")]),
            ("purpose", .string(GuidelinePublication.notice)),
            ("relatedArtifact", PlanPart.documentation(activity.statements)), ("kind", .string(activity.kind)),
            ("code", code), ("intent", resource["intent"]),
            ("priority", resource["priority"] == "routine" ? nil : resource["priority"]),
            ("productCodeableConcept", resource["medicationCodeableConcept"]),
        ])
    }

    /// Canonical URL of the activity that a created resource is an instance of; nil when there is none.
    func definition(of resource: JSONValue) -> String? {
        if case .array(let canonicals)? = resource["instantiatesCanonical"], case .string(let url)? = canonicals.first {
            return url
        }
        guard let code = resource["code"] else { return nil }
        return activities.first { $0.resource["code"] == code }
            .map { ArtefactHead.url("ActivityDefinition", $0.id) }
    }
}
