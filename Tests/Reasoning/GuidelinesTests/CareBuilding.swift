import ClinicalModel

/// A drug on record, taken from so many days ago to so many days ago, and still taken where no end is given.
func drug(
    _ concept: Concept, _ from: Int?, _ to: Int? = nil, kind: MedicationUse.Kind = .statement,
    standing: MedicationUse.Standing = .counts, isActive: Bool? = nil, route: MedicationUse.Route = .systemic,
    authored: Int? = nil, supply: Int? = nil, dose: Double? = nil
) -> MedicationUse {
    MedicationUse(
        provenance: place("Medication/\(from.map(String.init) ?? "undated")"), kind: kind, concepts: [concept],
        standing: standing, isActive: isActive ?? (to == nil), route: route, authored: authored.map(daysAgo),
        start: from.map(daysAgo), end: to.map(daysAgo), supplyDays: supply,
        dailyDose: dose.map { Quantity(literal: "\($0)", value: $0, unit: "mg") })
}

/// A procedure from so many days ago to so many days ago.
func procedure(
    _ concept: Concept, _ from: Int?, _ to: Int? = nil, state: ClinicalModel.Procedure.State = .completed
) -> ClinicalModel.Procedure {
    ClinicalModel.Procedure(
        provenance: place("Procedure/\(from.map(String.init) ?? "undated")"), concepts: [concept], state: state,
        start: from.map(daysAgo), end: to.map(daysAgo))
}

/// Sessions of physical therapy, or one session.
func session(_ from: Int, _ to: Int? = nil, state: ClinicalModel.Procedure.State = .completed)
    -> ClinicalModel.Procedure
{
    procedure(.therapy, from, to ?? from, state: state)
}

/// A laminectomy.
func operated(_ ago: Int, state: ClinicalModel.Procedure.State = .completed) -> ClinicalModel.Procedure {
    procedure(.laminectomy, ago, ago, state: state)
}

/// An imaging examination that was done.
func examined(
    _ date: PartialDate?, _ modality: Modality = .mriWithout, sites: [BodySite] = [],
    region: ImagingTest.Region = .lumbar
) -> ImagingExamination {
    ImagingExamination(
        provenance: place("ImagingStudy/\(date?.literal ?? "undated")"),
        test: ImagingTest(modality: modality, region: region), bodySites: sites, date: date)
}

/// An imaging order on record beside the one under review.
func activeOrder(
    _ modality: Modality = .mriWithout, priority: Priority? = nil, ago: Int = 0,
    status: ServiceRequest.Status = .active, isOrder: Bool = true
) -> ServiceRequest {
    var order = imagingOrder(modality, priority: priority)
    order.provenance = place("ServiceRequest/other")
    order.status = status
    order.authored = daysAgo(ago)
    order.isOrder = isOrder
    return order
}

/// A request of a service on record.
func request(_ concept: Concept, status: ServiceRequest.Status = .active, ago: Int = 4, isOrder: Bool = true)
    -> ServiceRequest
{
    var request = ServiceRequest(
        provenance: place("ServiceRequest/r"), concepts: [concept], status: status, authored: daysAgo(ago))
    request.isOrder = isOrder
    return request
}
