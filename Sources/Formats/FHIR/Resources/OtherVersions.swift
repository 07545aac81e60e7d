import JSONTree

/// How resources of other FHIR versions are told: the version is not stated in the data, only the shape shows it.
enum OtherVersions {
    /// Type names that R4 does not have and another version does.
    static func hasType(_ name: JSONBytes) -> Bool { types.contains(String(name)) }

    /// DSTU2, STU3, R4B and R5. Source: the resource lists of those versions.
    private static let types: Set<String> = [
        // DSTU2 and STU3
        "BodySite", "Conformance", "DataElement", "DeviceComponent", "DeviceUseRequest", "DiagnosticOrder",
        "EligibilityRequest", "EligibilityResponse", "ExpansionProfile", "ImagingManifest", "ImagingObjectSelection",
        "MedicationOrder", "Order", "OrderResponse", "ProcedureRequest", "ProcessRequest", "ProcessResponse",
        "ReferralRequest", "Sequence", "ServiceDefinition",
        // R4B and R5
        "ActorDefinition", "AdministrableProductDefinition", "ArtifactAssessment", "BiologicallyDerivedProductDispense",
        "Citation", "ClinicalUseDefinition", "ConditionDefinition", "DeviceAssociation", "DeviceDispense",
        "DeviceUsage",
        "EncounterHistory", "EvidenceReport", "FormularyItem", "GenomicStudy", "ImagingSelection", "Ingredient",
        "InventoryItem", "InventoryReport", "ManufacturedItemDefinition", "MedicinalProductDefinition",
        "NutritionIntake", "NutritionProduct", "PackagedProductDefinition", "Permission", "RegulatedAuthorization",
        "RequestOrchestration", "Requirements", "SubscriptionStatus", "SubscriptionTopic", "SubstanceDefinition",
        "TestPlan", "Transport",
    ]
}
