/// Makes the tables of a ``TerminologyIndex``; used once at start.
struct TerminologyBuilder {
    private(set) var systems = CodeSystemTable()
    private(set) var icdCodes = ICD10CMTable(capacity: 16_384)
    private(set) var otherCodes = ByteTable(capacity: 16_384)
    private(set) var headers = ICD10CMTable(capacity: 512)
    private(set) var headerGroups: [[Int]] = []
    private(set) var groups: [GroupRoles] = []
    let icdNumber: UInt8

    fileprivate var icdEntries: [Entry] = []
    fileprivate var otherEntries: [Entry] = []
    private let content: TerminologyContent
    private let morphineFactors: [String: MorphineFactor]

    fileprivate struct Entry {
        var code: Code
        var uses: [CodeUse]
        var finding: String?
    }

    /// Reads every set; what a code inherits from headers of other sets is added last.
    init(_ content: TerminologyContent) {
        self.content = content
        morphineFactors = Dictionary(
            content.morphineFactors.map { ($0.ingredient, $0) }, uniquingKeysWith: { first, _ in first })
        icdNumber = systems.add(CodeSystem.icd10CM)
        let roles = RoleTable(content.roles)
        for set in content.valueSets {
            for group in set.groups { add(group, of: set.description.name, roles: roles) }
        }
        for finding in content.findings {
            let number = systems.add(CodeSystem.findings)
            add(finding.code, display: finding.display, system: (CodeSystem.findings, number), uses: { _ in [] })
        }
        for (code, finding) in content.localFindings {
            let system = (code.system, systems.add(code.system))
            add(code.code, display: code.name, system: system, uses: { _ in [] }, finding: finding)
        }
        addInherited()
    }

    private mutating func add(_ group: ValueSetContent.Group, of set: ValueSetName, roles: RoleTable) {
        let found = roles.group(set, qualifiers: group.qualifiers)
        groups.append(found)
        if group.system == CodeSystem.icd10CM {
            for member in group.members { add(member.code, display: member.display, roles: found) }
            for header in group.headers { add(header: header) }
        } else {
            let number = systems.add(group.system)
            for member in group.members {
                add(member.code, display: member.display, system: (group.system, number), uses: found.uses)
            }
        }
    }

    private mutating func add(header: String) {
        guard let code = ICD10CMCode(header) else { return }
        let (position, isNew) = headers.intern(code)
        if isNew { headerGroups.append([]) }
        headerGroups[position].append(groups.count - 1)
    }

    private mutating func add(_ code: String, display: String, roles: GroupRoles) {
        guard let icd = ICD10CMCode(code) else { return }
        let (position, isNew) = icdCodes.intern(icd)
        if isNew {
            let code = Code(system: CodeSystem.icd10CM, code: icd.text, display: display)
            icdEntries.append(Entry(code: code, uses: roles.uses(of: icd)))
        } else {
            icdEntries[position].add(roles.uses(of: icd))
        }
    }

    private mutating func add(
        _ code: String, display: String, system: (uri: String, number: UInt8), uses: (Code) -> [CodeUse],
        finding: String? = nil
    ) {
        let (position, isNew) = otherCodes.intern(Array(code.utf8).span, tag: system.number)
        if isNew {
            let code = Code(system: system.uri, code: code, display: display)
            otherEntries.append(Entry(code: code, uses: uses(code), finding: finding))
        } else {
            otherEntries[position].add(uses(otherEntries[position].code))
        }
    }

    private mutating func addInherited() {
        for position in icdEntries.indices {
            let inherited = headers.uses(
                inheritedBy: icdCodes.codes[position], beside: icdEntries[position].uses, headerGroups: headerGroups,
                groups: groups)
            icdEntries[position].add(inherited)
        }
    }

    /// The concepts in the order of ``icdCodes`` and ``otherCodes``.
    func concepts() -> (icd: [Concept], other: [Concept]) {
        let tests = Dictionary(content.imagingTests.map { ($0.code, $0.test) }, uniquingKeysWith: { first, _ in first })
        let icd = zip(icdCodes.codes, icdEntries).map { code, entry in
            Concept(entry.code, uses: entry.uses.hintsSettled(), encounter: code.encounter)
        }
        let other = otherEntries.map { entry in
            let drug = entry.code.system == CodeSystem.rxNorm ? drug(entry.code.code) : (ingredients: [], form: nil)
            return Concept(
                entry.code, uses: entry.uses.hintsSettled(), test: tests[entry.code], ingredients: drug.ingredients,
                form: drug.form, bodySite: entry.uses.lazy.compactMap { BodySite($0.set) }.first, finding: entry.finding
            )
        }
        return (icd, other)
    }

    /// A product's ingredients and form; a code that is no product of the knowledge is an ingredient itself.
    private func drug(_ code: String) -> (ingredients: [Ingredient], form: DrugForm?) {
        guard let product = content.products[code] else { return ([known(Ingredient(rxNorm: code))], nil) }
        return (product.ingredients.map(known), product.form)
    }

    private func known(_ ingredient: Ingredient) -> Ingredient {
        Ingredient(
            rxNorm: ingredient.rxNorm, strength: ingredient.strength,
            prednisoneEquivalent: content.prednisoneEquivalents[ingredient.rxNorm],
            morphineFactor: morphineFactors[ingredient.rxNorm])
    }
}

extension TerminologyBuilder.Entry {
    fileprivate mutating func add(_ more: [CodeUse]) {
        guard !more.isEmpty else { return }
        for use in more where !uses.contains(use) { uses.append(use) }
    }
}

extension BodySite {
    /// The site that membership in a set means; nil for sets that are no site.
    fileprivate init?(_ set: ValueSetName) {
        switch set {
        case .bodySiteLumbarOrSacral: self = .lumbarOrSacral
        case .bodySiteSaddle: self = .saddle
        case .sideLeft: self = .left
        case .sideRight: self = .right
        case .sideBilateral: self = .bilateral
        default: return nil
        }
    }
}
