import CCDA

extension DocumentMapper {
    /// Procedures, plans, results, vital signs, history, devices, encounters, notes: templates and what maps them. The
    /// element often is another than the template asks for, so each stands for all that may bear it.
    static let activities: [Row] = done + planned + told + measured + equipment

    /// Links what could only be linked once every entry was mapped. To be called once, behind the last section.
    ///
    /// - Parameter encounter: The Encounter that the document is about; nil when it names none.
    mutating func finishActivities(during encounter: String?) {
        linkAwaitedEncounters(encompassing: encounter)
        if let encounter { placeOrders(in: encounter) }
        mapImagingReport(during: encounter)
    }

    // MARK: Tables

    private static let done: [Row] =
        rows([.procedure, .act], [.procedure, .procedureAct, .procedureContext, .specimenCollection], .event) {
            $0.procedureActivity($1, $2)
        }
        + rows([.observation], [.procedure, .procedureAct], .event) { $0.procedureActivity($1, $2) }
        + rows([.observation, .procedure, .act], [.procedureObservation], .event) { $0.procedureObservation($1, $2) }
        + rows([.encounter], [.encounterActivity], .any) { $0.encounterActivity($1, $2) }
        + rows([.act], [.noteActivity], .event) { $0.noteActivity($1, $2) }
        + rows([.act], [.studyAct], .event) { $0.studyAct($1, $2) }
        + rows([.act, .observation], [.seriesAct, .sopInstance], .event) { $0.looseImagingPart($1, $2) }

    private static let planned: [Row] =
        rows([.act, .encounter, .observation, .procedure], plans, .plan) { $0.plannedActivity($1, $2) }
        + rows([.supply], [.plannedSupply, .nonMedicinalSupply], .plan) { $0.plannedSupply($1, $2) }
        + rows([.act, .observation, .procedure], plans + [.goal], .goal) { $0.goal($1, $2) }

    private static let plans: [Template] = [
        .plannedAct, .plannedEncounter, .plannedProcedure, .plannedObservation, .patientReferral, .procedure,
        .procedureAct, .procedureObservation, .nutritionRecommendation, .plannedIntervention, .intervention,
        .plannedCoverage, .instruction, .resultObservation, .vitalSign, .functionalStatus, .socialHistory,
    ]

    private static let measured: [Row] =
        rows([.organizer], [.resultOrganizer], .event) { $0.resultOrganizer($1, $2) }
        + rows([.observation], [.resultObservation], .event) { $0.resultObservation($1, $2) }
        + rows([.procedure, .act], [.resultObservation], .event) { $0.procedureActivity($1, $2) }
        + rows([.organizer], [.vitalSignsOrganizer], .event) { $0.vitalSignsOrganizer($1, $2) }
        + rows([.observation], [.vitalSign], .event) { $0.vitalSign($1, $2) }
        + rows([.observation], [.textObservation, .codeObservation, .quantityMeasurement], .event) {
            $0.imagingObservation($1, $2)
        }

    private static let told: [Row] =
        rows([.observation], [.smokingStatus, .smokingStatus2024], .event) { $0.smokingStatus($1, $2) }
        + rows([.observation], [.tobaccoUse], .event) { $0.tobaccoUse($1, $2) }
        + rows([.observation], [.pregnancy], .event) { $0.pregnancy($1, $2) }
        + rows([.observation], [.estimatedDelivery], .event) { $0.estimatedDelivery($1, $2) }
        + rows([.observation], [.birthSex], .event) { $0.birthSex($1, $2) }
        + rows([.observation], [.socialHistory, .genderIdentity], .event) { $0.socialHistory($1, $2) }
        + rows(
            [.observation], [.functionalStatus, .functionalProblem, .selfCare, .sensoryStatus, .disabilityStatus],
            .event
        ) { $0.functionalStatus($1, $2) }
        + rows([.organizer], [.functionalStatusOrganizer], .event) { $0.functionalOrganizer($1, $2) }
        + rows([.observation], [.mentalStatus, .cognitiveProblem], .event) { $0.mentalStatus($1, $2) }
        + rows([.organizer], [.mentalStatusOrganizer], .event) { $0.mentalOrganizer($1, $2) }
        + rows([.observation], [.assessmentScale, .assessmentScaleItem], .event) { $0.assessment($1, $2) }

    private static let equipment: [Row] =
        rows([.supply], [.nonMedicinalSupply], .event) { $0.nonMedicinalSupply($1, $2) }
        + rows([.organizer], [.medicalEquipmentOrganizer], .event) { $0.equipmentOrganizer($1, $2) }
        + rows([.organizer], [.udiOrganizer], .event) { $0.udiOrganizer($1, $2) }

    /// A row for each element and template.
    private static func rows(
        _ kinds: [Statement.Kind], _ templates: [Template], _ moods: Moods, _ handler: @escaping Handler
    ) -> [Row] {
        kinds.flatMap { kind in
            templates.map { Row(kind: kind, template: $0, moods: moods, handler: handler) }
        }
    }
}
