import CCDA

/// Templates of procedures, plans, results, history, devices, encounters and notes beside those that the table of sections
/// names.
extension Template {
    /// By the end of its OID below that of C-CDA's entry templates.
    static func entry(_ end: String) -> Template {
        Template(rawValue: "2.16.840.1.113883.10.20.22.4." + end)
    }

    static let seriesAct = entry("63")
    static let assessmentScaleItem = entry("86")
    static let sensoryStatus = entry("127")
    static let selfCare = entry("128")
    static let plannedCoverage = entry("129")
    static let nutritionRecommendation = entry("130")
    static let intervention = entry("131")
    static let priorityPreference = entry("143")
    static let plannedIntervention = entry("146")
    static let birthSex = entry("200")
    static let disabilityStatus = entry("505")
    static let specimenCollection = entry("415")
    /// Estimated Date of Delivery
    static let estimatedDelivery = Template(rawValue: "2.16.840.1.113883.10.20.15.3.1")
    static let pregnancy = Template(rawValue: "2.16.840.1.113883.10.20.15.3.8")
    /// Gender Identity Observation
    static let genderIdentity = Template(rawValue: "2.16.840.1.113883.10.20.34.3.45")
    /// Reason (V2), why something was done or not; a template of QRDA.
    static let reason = Template(rawValue: "2.16.840.1.113883.10.20.24.3.88")
}

/// Unique Device Identifier Organizer and the observations in it.
extension Template {
    static let udiOrganizer = entry("311")
    static let brandName = entry("301")
    static let catalogNumber = entry("302")
    static let companyName = entry("303")
    static let deviceIdentifier = entry("304")
    static let implantableDeviceStatus = entry("305")
    static let distinctIdentificationCode = entry("308")
    static let expirationDate = entry("309")
    static let latexSafety = entry("314")
    static let lotNumber = entry("315")
    static let manufacturingDate = entry("316")
    static let modelNumber = entry("317")
    static let mriSafety = entry("318")
    static let serialNumber = entry("319")
}

/// Imaging reports (DIR).
extension Template {
    static let procedureContext = Template(rawValue: "2.16.840.1.113883.10.20.6.2.5")
    static let studyAct = Template(rawValue: "2.16.840.1.113883.10.20.6.2.6")
    static let sopInstance = Template(rawValue: "2.16.840.1.113883.10.20.6.2.8")
    static let purposeOfReference = Template(rawValue: "2.16.840.1.113883.10.20.6.2.9")
    static let textObservation = Template(rawValue: "2.16.840.1.113883.10.20.6.2.12")
    static let codeObservation = Template(rawValue: "2.16.840.1.113883.10.20.6.2.13")
    static let quantityMeasurement = Template(rawValue: "2.16.840.1.113883.10.20.6.2.14")
}

/// Templates of the CCD of 2007 that R1.1 documents still state beside others; each only qualifies the statement around it.
extension Template {
    static let statusOf2007 = ["37", "39", "41", "44", "46", "47", "50", "54", "55", "56", "57"].map {
        Template(rawValue: "2.16.840.1.113883.10.20.1." + $0)
    }
    static let instructionsOf2007 = ["43", "49"].map {
        Template(rawValue: "2.16.840.1.113883.10.20.1." + $0)
    }
}
