import CCDA

/// Templates of procedures, plans, results, history, devices, encounters and notes beside those that the table of sections
/// names.
extension Template {
    /// By the end of its OID below that of C-CDA's entry templates.
    fileprivate static func ccda(_ end: String) -> Template {
        Template(rawValue: "2.16.840.1.113883.10.20.22.4." + end)
    }

    static let deceased = ccda("79")
    static let advanceDirective = ccda("48")
    static let coverage = ccda("60")
    static let policy = ccda("61")
    static let seriesAct = ccda("63")
    static let assessmentScaleItem = ccda("86")
    static let progressTowardGoal = ccda("110")
    static let sensoryStatus = ccda("127")
    static let selfCare = ccda("128")
    static let plannedCoverage = ccda("129")
    static let nutritionRecommendation = ccda("130")
    static let intervention = ccda("131")
    static let handoff = ccda("141")
    static let priorityPreference = ccda("143")
    static let outcome = ccda("144")
    static let plannedIntervention = ccda("146")
    static let birthSex = ccda("200")
    static let sex = ccda("507")
    static let disabilityStatus = ccda("505")
    static let careTeamOrganizer = ccda("500")
    static let specimenCollection = ccda("415")
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
    static let udiOrganizer = ccda("311")
    static let brandName = ccda("301")
    static let catalogNumber = ccda("302")
    static let companyName = ccda("303")
    static let deviceIdentifier = ccda("304")
    static let implantableDeviceStatus = ccda("305")
    static let distinctIdentificationCode = ccda("308")
    static let expirationDate = ccda("309")
    static let latexSafety = ccda("314")
    static let lotNumber = ccda("315")
    static let manufacturingDate = ccda("316")
    static let modelNumber = ccda("317")
    static let mriSafety = ccda("318")
    static let serialNumber = ccda("319")
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
