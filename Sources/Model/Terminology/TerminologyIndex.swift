/// The content arranged for look-up: every code that stands in a file has its concept ready.
final class TerminologyIndex: Sendable {
    /// Names of the code systems.
    let systems: CodeSystemTable
    private let icdNumber: UInt8
    private let icdCodes: ICD10CMTable
    private let icdConcepts: [Concept]
    private let otherCodes: ByteTable
    private let otherConcepts: [Concept]
    private let headers: ICD10CMTable
    private let headerGroups: [[Int]]
    private let groups: [GroupRoles]

    init(_ content: TerminologyContent) {
        let builder = TerminologyBuilder(content)
        systems = builder.systems
        icdNumber = builder.icdNumber
        icdCodes = builder.icdCodes
        otherCodes = builder.otherCodes
        headers = builder.headers
        headerGroups = builder.headerGroups
        groups = builder.groups
        (icdConcepts, otherConcepts) = builder.concepts()
    }

    /// The answer for a coding as written.
    func match(system: Span<UInt8>, code: Span<UInt8>) -> CodingMatch {
        guard let (number, systemRepairs) = systems.find(system) else { return CodingMatch(concept: nil, system: nil) }
        var repairs = systemRepairs
        let range = code.rangeWithoutBlanks
        if range.count != code.count { repairs.insert(.blanks) }
        let uri = systems.uris[Int(number)]
        guard !range.isEmpty else { return CodingMatch(concept: nil, system: uri, repairs: repairs) }
        let trimmed = code.extracting(range)
        guard number == icdNumber else {
            let concept = otherCodes.find(trimmed, tag: number).map { otherConcepts[$0] }
            return CodingMatch(concept: concept, system: uri, repairs: repairs)
        }
        var isRepaired = false
        guard let icd = ICD10CMCode(trimmed, isRepaired: &isRepaired) else {
            return CodingMatch(concept: nil, system: uri, repairs: repairs)
        }
        if isRepaired { repairs.insert(.codeSpelling) }
        return CodingMatch(concept: concept(icd), system: uri, repairs: repairs)
    }

    /// The concept of an ICD-10-CM code: its own, else the one that its headers make.
    private func concept(_ code: ICD10CMCode) -> Concept? {
        if let position = icdCodes.find(code) { return icdConcepts[position] }
        let uses = inherited(code, beside: []).hintsSettled()
        guard !uses.isEmpty else { return nil }
        return Concept(Code(system: CodeSystem.icd10CM, code: code.text), uses: uses, encounter: code.encounter)
    }

    private func inherited(_ code: ICD10CMCode, beside uses: [CodeUse]) -> [CodeUse] {
        headers.uses(inheritedBy: code, beside: uses, headerGroups: headerGroups, groups: groups)
    }
}

extension ICD10CMTable {
    /// What a code may do by the headers that it begins with: of each set the longest, sets in `uses` left out.
    func uses(
        inheritedBy code: ICD10CMCode, beside uses: [CodeUse], headerGroups: [[Int]], groups: [GroupRoles]
    ) -> [CodeUse] {
        var result: [CodeUse] = []
        for length in stride(from: code.count, through: 3, by: -1) {
            guard let header = find(code.prefix(length)) else { continue }
            for group in headerGroups[header] {
                let set = groups[group].set
                guard !uses.contains(where: { $0.set == set }), !result.contains(where: { $0.set == set }) else {
                    continue
                }
                result += groups[group].uses(of: code)
            }
        }
        return result
    }
}
