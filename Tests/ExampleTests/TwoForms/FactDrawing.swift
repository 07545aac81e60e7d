import ClinicalModel
import SeededGenerator

/// Draws facts with codes of the knowledge.
struct FactDrawing {
    let terminology: Terminology
    var random: SeededGenerator

    mutating func fact() -> StatedFact {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3: problem()
        case 3..<5: answer()
        case 5: measurement()
        case 6..<8: drug()
        default: procedure()
        }
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    /// A code of one of some sets, in a system that both formats carry.
    private mutating func code(_ sets: [ValueSetName], _ systems: Set<String>) -> Code {
        let set = pick(sets)
        return pick(terminology.members(of: set).filter { systems.contains($0.system) })
    }

    private mutating func date(_ days: ClosedRange<Int>) -> (date: StatedDate, days: Int) {
        let ago = number(days)
        return (StatedDate(daysAgo: ago, precision: pick([10, 10, 10, 7, 4])), ago)
    }

    // MARK: Problems

    mutating func problem(_ sets: [ValueSetName]? = nil, mayBeDenied: Bool = true) -> StatedFact {
        let code = code(
            sets ?? [
                .malignancy, .osteoporosisFragilityFracture, .spinalInfection, .caudaEquinaSyndrome,
                .caudaEquinaComponents, .neurologicDeficit, .traumaSignificant, .traumaMinor, .immunocompromisedState,
                .feverSystemicInfection, .unexplainedWeightLoss, .pregnancy, .diabetes, .substanceUseProxy, .hints,
                .lowBackPain, .otherCauseBladderBowel, .spineSurgery,
            ], [CodeSystem.icd10CM, CodeSystem.snomedCT])
        let onset = number(0...5) == 0 ? nil : date(1...900)
        let isDenied = mayBeDenied && number(0...4) == 0
        let end = onset.flatMap { onset in
            !isDenied && number(0...3) == 0 ? StatedDate(daysAgo: number(0...max(0, onset.days - 1))) : nil
        }
        let recorded = StatedDate(daysAgo: number(0...min(20, onset?.days ?? 20)))
        let status = end == nil ? "active" : "resolved"
        let state = isDenied ? "refuted" : "confirmed"
        let dates =
            (onset.map { #","onsetDateTime":"\#($0.date.fhir)""# } ?? "")
            + (end.map { #","abatementDateTime":"\#($0.fhir)""# } ?? "")
        let resource = """
            {"resourceType":"Condition","id":"#","subject":{"reference":"Patient/p"},
            \(isDenied ? "" : Self.status("clinicalStatus", "condition-clinical", status) + ",")
            \(Self.status("verificationStatus", "condition-ver-status", state)),
            "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category",
            "code":"problem-list-item"}]}],
            "code":{"coding":[\(code.coding)]}\(dates),"recordedDate":"\(recorded.fhir)"}
            """
        let low = onset.map { #"<low value="\#($0.date.cda)"/>"# } ?? #"<low nullFlavor="UNK"/>"#
        let high = end.map { #"<high value="\#($0.cda)"/>"# } ?? ""
        let entry = """
            <act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.3"/>
            <id root="2.16.840.1.113883.19.5.1" extension="c#"/><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
            <statusCode code="\(end == nil ? "active" : "completed")"/>
            <effectiveTime><low value="\(recorded.cda)"/></effectiveTime>
            <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"\
            \(isDenied ? #" negationInd="true""# : "")>
            <templateId root="2.16.840.1.113883.10.20.22.4.4"/>
            <templateId root="2.16.840.1.113883.10.20.22.4.4" extension="2015-08-01"/>
            <id root="2.16.840.1.113883.19.5.1" extension="#"/>
            <code code="64572001" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/>
            <effectiveTime>\(low)\(high)</effectiveTime><value xsi:type="CD" \(code.attributes)/>
            \(Self.author(recorded))</observation></entryRelationship></act>
            """
        let began = onset.map { " since \($0.date.fhir)" } ?? ", undated"
        return StatedFact(
            words:
                "\(isDenied ? "no " : "")\(code.system)|\(code.code)\(began)\(end.map { " until \($0.fhir)" } ?? "")",
            section: .problems, resource: resource, entry: entry)
    }

    private static func status(_ member: String, _ system: String, _ code: String) -> String {
        #""\#(member)":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/\#(system)","code":"\#(code)"}]}"#
    }

    private static func author(_ date: StatedDate) -> String {
        """
        <author><templateId root="2.16.840.1.113883.10.20.22.4.119"/><time value="\(date.cda)"/>
        <assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1245319599"/></assignedAuthor></author>
        """
    }

    // MARK: Answers and measurements

    private mutating func answer() -> StatedFact {
        let question = pick(terminology.findings.filter { $0.values == [.boolean] })
        let isYes = number(0...3) == 0
        let code = Code(system: CodeSystem.findings, code: question.code)
        return observation(
            code, words: "\(question.code) \(isYes ? "yes" : "no")", date: StatedDate(daysAgo: number(0...20)),
            fhir: #""valueBoolean":\#(isYes)"#, cda: #"<value xsi:type="BL" value="\#(isYes)"/>"#, in: .results)
    }

    private mutating func measurement() -> StatedFact {
        let kinds: [(code: String, unit: String, values: ClosedRange<Int>, section: Section)] = [
            ("8310-5", "Cel", 36...40, .vitals), ("29463-7", "kg", 60...90, .vitals),
            ("1988-5", "mg/L", 2...90, .results),
            ("4537-7", "mm/h", 5...80, .results), ("24467-3", "/uL", 100...500, .results),
            ("72514-3", "{score}", 0...10, .results),
        ]
        let kind = pick(kinds)
        let value = number(kind.values)
        return observation(
            Code(system: CodeSystem.loinc, code: kind.code), words: "\(kind.code) \(value) \(kind.unit)",
            date: StatedDate(daysAgo: number(0...400)),
            fhir: #""valueQuantity":{"value":\#(value),"system":"http://unitsofmeasure.org","code":"\#(kind.unit)"}"#,
            cda: #"<value xsi:type="PQ" value="\#(value)" unit="\#(kind.unit)"/>"#, in: kind.section)
    }

    private func observation(
        _ code: Code, words: String, date: StatedDate, fhir: String, cda: String, in section: Section
    ) -> StatedFact {
        let template = section == .vitals ? "2.16.840.1.113883.10.20.22.4.27" : "2.16.840.1.113883.10.20.22.4.2"
        let body = """
            <observation classCode="OBS" moodCode="EVN"><templateId root="\(template)"/>
            <id root="2.16.840.1.113883.19.5.1" extension="#"/><code \(code.attributes)/><statusCode code="completed"/>
            <effectiveTime value="\(date.cda)"/>\(cda)</observation>
            """
        let vitals = """
            <organizer classCode="CLUSTER" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.26"/>
            <id root="2.16.840.1.113883.19.5.1" extension="o#"/><code code="46680005" codeSystem="2.16.840.1.113883.6.96"/>
            <statusCode code="completed"/><effectiveTime value="\(date.cda)"/><component>\(body)</component></organizer>
            """
        return StatedFact(
            words: "\(words) on \(date.fhir)", section: section,
            resource: """
                {"resourceType":"Observation","id":"#","status":"final","subject":{"reference":"Patient/p"},
                "code":{"coding":[\(code.coding)]},"effectiveDateTime":"\(date.fhir)",\(fhir)}
                """,
            entry: section == .vitals ? vitals : body)
    }

    // MARK: Drugs and procedures

    private mutating func drug() -> StatedFact {
        let code = code(
            [.nsaids, .systemicCorticosteroids, .immunosuppressantMedications, .anticoagulants, .opioidsOutpatient],
            [CodeSystem.rxNorm])
        let start = number(1...400)
        let end = number(0...1) == 0 ? nil : StatedDate(daysAgo: number(0...start))
        let first = StatedDate(daysAgo: start)
        let high = end.map { #"<high value="\#($0.cda)"/>"# } ?? ""
        let stop = end.map { #","end":"\#($0.fhir)""# } ?? ""
        return StatedFact(
            words: "\(code.code) \(code.name) from \(first.fhir)\(end.map { " to \($0.fhir)" } ?? ", open")",
            section: .medications,
            resource: """
                {"resourceType":"MedicationStatement","id":"#","status":"\(end == nil ? "active" : "completed")",
                "subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"coding":[\(code.coding)]},
                "effectivePeriod":{"start":"\(first.fhir)"\(stop)}}
                """,
            entry: """
                <substanceAdministration classCode="SBADM" moodCode="EVN">
                <templateId root="2.16.840.1.113883.10.20.22.4.16"/>
                <id root="2.16.840.1.113883.19.5.1" extension="#"/>
                <statusCode code="\(end == nil ? "active" : "completed")"/>
                <effectiveTime xsi:type="IVL_TS"><low value="\(first.cda)"/>\(high)</effectiveTime>
                <consumable><manufacturedProduct classCode="MANU"><templateId root="2.16.840.1.113883.10.20.22.4.23"/>
                <manufacturedMaterial><code \(code.attributes)/></manufacturedMaterial></manufacturedProduct></consumable>
                </substanceAdministration>
                """)
    }

    private mutating func procedure() -> StatedFact {
        let code = code(
            [.physicalTherapy, .exerciseTherapy, .spineSurgery, .epiduralSteroidInjection, .mriLumbar],
            [CodeSystem.cpt, CodeSystem.snomedCT])
        let day = StatedDate(daysAgo: number(1...800))
        let isDone = number(0...5) > 0
        return StatedFact(
            words: "\(isDone ? "" : "not done: ")\(code.code) \(code.name) on \(day.fhir)", section: .procedures,
            resource: """
                {"resourceType":"Procedure","id":"#","status":"\(isDone ? "completed" : "not-done")",
                "subject":{"reference":"Patient/p"},"code":{"coding":[\(code.coding)]},
                "performedDateTime":"\(day.fhir)"}
                """,
            entry: """
                <procedure classCode="PROC" moodCode="EVN"\(isDone ? "" : #" negationInd="true""#)>
                <templateId root="2.16.840.1.113883.10.20.22.4.14"/>
                <id root="2.16.840.1.113883.19.5.1" extension="#"/><code \(code.attributes)/>
                <statusCode code="completed"/><effectiveTime value="\(day.cda)"/></procedure>
                """)
    }
}
