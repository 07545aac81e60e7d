/// Codes, templates and titles by which a section says what it is about (section 6).
enum SectionRoles {
    /// The role of a LOINC or DICOM code; nil when it is none of the table. A code without a system is taken for one.
    static func role(ofCode code: String, system: String?) -> Section.Role? {
        switch system {
        case nil, "", CodeSystemOID.loinc, dicom: byCode[code]
        default: nil
        }
    }

    /// DICOM Controlled Terminology
    private static let dicom = "1.2.840.10008.2.16.4"

    /// LOINC; 121070 and 121181 are DICOM.
    static let byCode: [String: Section.Role] = [
        "11450-4": .problems, "75310-3": .healthConcerns, "11348-0": .pastMedicalHistory, "11329-0": .medicalHistory,
        "46240-8": .encounters, "46241-6": .admissionDiagnosis, "11535-2": .dischargeDiagnosis,
        "10219-4": .operationDiagnosis, "10218-6": .operationDiagnosis, "59769-0": .operationDiagnosis,
        "10160-0": .medications, "42346-7": .admissionMedications, "10183-2": .dischargeMedications,
        "75311-1": .dischargeMedications, "29549-3": .medicationsAdministered, "48765-2": .allergies,
        "47519-4": .procedures, "30954-2": .results, "11493-4": .dischargeStudies, "8716-3": .vitalSigns,
        "29762-2": .socialHistory, "47420-5": .functionalStatus, "10190-7": .mentalStatus, "29545-1": .physicalExam,
        "18776-5": .planOfTreatment, "51848-0": .assessment, "51847-2": .assessment, "59772-4": .plannedProcedure,
        "29299-5": .reason, "10154-3": .reason, "46239-0": .reason, "42349-1": .reason, "10164-2": .presentIllness,
        "10187-3": .presentIllness, "8648-8": .hospitalCourse, "8653-8": .instructions, "69730-0": .instructions,
        "10157-6": .familyHistory, "10157-2": .familyHistory, "46264-8": .medicalEquipment,
        "59771-6": .medicalEquipment, "61146-7": .goals, "62387-6": .interventions, "11383-7": .outcomes,
        "11369-6": .immunizations, "34109-9": .notes, "18782-3": .imagingFindings, "121070": .imagingFindings,
        "121181": .imagingCatalog, "55111-9": .imagingNarrative, "55115-0": .imagingNarrative,
        "18785-6": .imagingNarrative, "18834-2": .imagingNarrative, "19005-8": .imagingNarrative,
        "55110-1": .imagingNarrative, "18783-0": .imagingNarrative, "55109-3": .imagingNarrative,
        "55113-5": .imagingNarrative, "55112-7": .imagingNarrative, "55107-7": .imagingNarrative,
        "29554-3": .operationNarrative, "59776-5": .operationNarrative, "59768-2": .operationNarrative,
        "59774-0": .operationNarrative, "48768-6": .payers, "42348-3": .advanceDirectives, "85847-2": .careTeams,
    ]

    /// Section templates, entries required and optional.
    static let byTemplate: [String: Section.Role] = {
        let ends: [(String, Section.Role)] = [
            ("5.1", .problems), ("5", .problems), ("58", .healthConcerns), ("20", .pastMedicalHistory),
            ("39", .medicalHistory), ("22.1", .encounters), ("22", .encounters), ("43", .admissionDiagnosis),
            ("24", .dischargeDiagnosis), ("34", .operationDiagnosis), ("35", .operationDiagnosis),
            ("36", .operationDiagnosis), ("1.1", .medications), ("1", .medications), ("44", .admissionMedications),
            ("11.1", .dischargeMedications), ("11", .dischargeMedications), ("38", .medicationsAdministered),
            ("6.1", .allergies), ("6", .allergies), ("7.1", .procedures), ("7", .procedures), ("3.1", .results),
            ("3", .results), ("16", .dischargeStudies), ("4.1", .vitalSigns), ("4", .vitalSigns),
            ("17", .socialHistory), ("14", .functionalStatus), ("56", .mentalStatus), ("10", .planOfTreatment),
            ("8", .assessment), ("9", .assessment), ("30", .plannedProcedure), ("12", .reason), ("13", .reason),
            ("41", .instructions), ("45", .instructions), ("15", .familyHistory), ("23", .medicalEquipment),
            ("40", .medicalEquipment), ("60", .goals), ("61", .outcomes), ("2.1", .immunizations),
            ("2", .immunizations), ("65", .notes), ("27", .operationNarrative), ("28", .operationNarrative),
            ("29", .operationNarrative), ("25", .operationNarrative), ("18", .payers), ("21.1", .advanceDirectives),
            ("21", .advanceDirectives), ("500", .careTeams),
        ]
        var table: [String: Section.Role] = [
            "2.16.840.1.113883.10.20.2.10": .physicalExam, "2.16.840.1.113883.10.20.21.2.3": .interventions,
            "2.16.840.1.113883.10.20.6.1.1": .imagingCatalog, "2.16.840.1.113883.10.20.6.1.2": .imagingFindings,
            "1.3.6.1.4.1.19376.1.5.3.1.1.13.2.1": .reason, "1.3.6.1.4.1.19376.1.5.3.1.3.1": .reason,
            "1.3.6.1.4.1.19376.1.5.3.1.3.4": .presentIllness, "1.3.6.1.4.1.19376.1.5.3.1.3.18": .presentIllness,
            "1.3.6.1.4.1.19376.1.5.3.1.3.5": .hospitalCourse,
        ]
        for (end, role) in ends { table["2.16.840.1.113883.10.20.22.2." + end] = role }
        return table
    }()

    /// The role that the words of a title mean; nil when they are none of the table or could be several.
    static func role(ofTitle title: String) -> Section.Role? {
        let words = title.lowercased().split { !$0.isLetter }.joined(separator: " ")
        return titles.first { words == $0.words || words.hasPrefix($0.words + " ") }?.role
    }

    /// First words of titles; the longer before the shorter.
    private static let titles: [(words: String, role: Section.Role)] = [
        ("family history", .familyHistory), ("family medical history", .familyHistory),
        ("past medical history", .pastMedicalHistory), ("history of past illness", .pastMedicalHistory),
        ("social history", .socialHistory), ("health concerns", .healthConcerns), ("problem list", .problems),
        ("problems", .problems), ("active problems", .problems), ("medications administered", .medicationsAdministered),
        ("discharge medications", .dischargeMedications), ("hospital discharge medications", .dischargeMedications),
        ("admission medications", .admissionMedications), ("medications", .medications),
        ("current medications", .medications), ("allergies", .allergies), ("procedures", .procedures),
        ("results", .results), ("vital signs", .vitalSigns), ("functional status", .functionalStatus),
        ("mental status", .mentalStatus), ("physical exam", .physicalExam),
        ("physical examination", .physicalExam), ("plan of treatment", .planOfTreatment),
        ("plan of care", .planOfTreatment), ("treatment plan", .planOfTreatment), ("care plan", .planOfTreatment),
        ("assessment", .assessment), ("reason for visit", .reason), ("reason for referral", .reason),
        ("chief complaint", .reason), ("history of present illness", .presentIllness),
        ("hospital course", .hospitalCourse), ("instructions", .instructions), ("encounters", .encounters),
        ("immunizations", .immunizations), ("medical equipment", .medicalEquipment), ("goals", .goals),
        ("interventions", .interventions), ("payers", .payers), ("advance directives", .advanceDirectives),
        ("care teams", .careTeams),
    ]
}
