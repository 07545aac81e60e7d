/// Templates of procedures, plans, results, history, devices, encounters and notes beside those that the table of sections
/// names.
extension Template {
    public static let deceased = Template(entry: "79")
    public static let advanceDirective = Template(entry: "48")
    public static let coverage = Template(entry: "60")
    public static let policy = Template(entry: "61")
    public static let seriesAct = Template(entry: "63")
    public static let assessmentScaleItem = Template(entry: "86")
    public static let progressTowardGoal = Template(entry: "110")
    public static let sensoryStatus = Template(entry: "127")
    public static let selfCare = Template(entry: "128")
    public static let plannedCoverage = Template(entry: "129")
    public static let nutritionRecommendation = Template(entry: "130")
    public static let intervention = Template(entry: "131")
    public static let handoff = Template(entry: "141")
    public static let priorityPreference = Template(entry: "143")
    public static let outcome = Template(entry: "144")
    public static let plannedIntervention = Template(entry: "146")
    public static let birthSex = Template(entry: "200")
    public static let sex = Template(entry: "507")
    public static let disabilityStatus = Template(entry: "505")
    public static let careTeamOrganizer = Template(entry: "500")
    public static let specimenCollection = Template(entry: "415")
    /// Estimated Date of Delivery
    public static let estimatedDelivery = Template(rawValue: "2.16.840.1.113883.10.20.15.3.1")
    public static let pregnancy = Template(rawValue: "2.16.840.1.113883.10.20.15.3.8")
    /// Gender Identity Observation
    public static let genderIdentity = Template(rawValue: "2.16.840.1.113883.10.20.34.3.45")
    /// Reason (V2), why something was done or not; a template of QRDA.
    public static let reason = Template(rawValue: "2.16.840.1.113883.10.20.24.3.88")
}

/// Unique Device Identifier Organizer and the observations in it.
extension Template {
    public static let udiOrganizer = Template(entry: "311")
    public static let brandName = Template(entry: "301")
    public static let catalogNumber = Template(entry: "302")
    public static let companyName = Template(entry: "303")
    public static let deviceIdentifier = Template(entry: "304")
    public static let implantableDeviceStatus = Template(entry: "305")
    public static let distinctIdentificationCode = Template(entry: "308")
    public static let expirationDate = Template(entry: "309")
    public static let latexSafety = Template(entry: "314")
    public static let lotNumber = Template(entry: "315")
    public static let manufacturingDate = Template(entry: "316")
    public static let modelNumber = Template(entry: "317")
    public static let mriSafety = Template(entry: "318")
    public static let serialNumber = Template(entry: "319")
}

/// Imaging reports (DIR).
extension Template {
    public static let procedureContext = Template(rawValue: "2.16.840.1.113883.10.20.6.2.5")
    public static let studyAct = Template(rawValue: "2.16.840.1.113883.10.20.6.2.6")
    public static let sopInstance = Template(rawValue: "2.16.840.1.113883.10.20.6.2.8")
    public static let purposeOfReference = Template(rawValue: "2.16.840.1.113883.10.20.6.2.9")
    public static let textObservation = Template(rawValue: "2.16.840.1.113883.10.20.6.2.12")
    public static let codeObservation = Template(rawValue: "2.16.840.1.113883.10.20.6.2.13")
    public static let quantityMeasurement = Template(rawValue: "2.16.840.1.113883.10.20.6.2.14")
}

/// Templates of the CCD of 2007 that R1.1 documents still state beside others; each only qualifies the statement around it.
extension Template {
    public static let statusOf2007 = ["37", "39", "41", "44", "46", "47", "50", "54", "55", "56", "57"].map {
        Template(rawValue: "2.16.840.1.113883.10.20.1." + $0)
    }
    public static let instructionsOf2007 = ["43", "49"].map {
        Template(rawValue: "2.16.840.1.113883.10.20.1." + $0)
    }
}
