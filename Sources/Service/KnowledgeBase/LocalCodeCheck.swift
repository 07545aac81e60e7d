import ClinicalModel

/// Checks the codes of a site against the knowledge as shipped and adds them to it.
struct LocalCodeCheck {
    private let content: TerminologyContent
    private let shipped: Terminology
    private let excluded: Set<KnowledgeBase.LicensedSystem>
    /// Value sets that say which test was ordered, with the tests that they hold.
    private static let imaging: [ValueSetName: [Modality]] = [
        .mriLumbar: [.mriWithout, .mriWithoutAndWith, .mriWith], .ctLumbar: [.ctWithout, .ctWith],
        .ctMyelography: [.ctMyelography], .xrayLumbar: [.radiograph], .boneScanSpect: [.boneScan], .pet: [.pet],
    ]
    private var seen: Set<Code> = []
    private(set) var problems: [LocalCodeProblem] = []

    init(_ content: TerminologyContent, excluding excluded: Set<KnowledgeBase.LicensedSystem>) {
        self.content = content
        self.excluded = excluded
        shipped = Terminology(content)
    }

    /// The knowledge with the codes that are right; those that are not stand in ``problems``.
    mutating func content(with local: LocalCodes) -> TerminologyContent {
        var content = content
        if local.added.count + local.mapped.count > LocalCodes.most {
            let entry: LocalCodes.Entry = local.added.isEmpty ? .mapped(0) : .added(0)
            problems.append(
                LocalCodeProblem(entry: entry, problem: "at most \(LocalCodes.most) codes of a site are read"))
            return content
        }
        for (index, added) in local.added.enumerated() {
            switch row(of: added) {
            case .success(let row): row.add(to: &content)
            case .failure(let refusal):
                problems.append(LocalCodeProblem(entry: .added(index), problem: refusal.problem))
            }
        }
        for (index, mapped) in local.mapped.enumerated() {
            switch code(of: mapped) {
            case .success(let code): content.localFindings.append((code, mapped.finding))
            case .failure(let refusal):
                problems.append(LocalCodeProblem(entry: .mapped(index), problem: refusal.problem))
            }
        }
        return content
    }

    // MARK: One code

    private struct Refusal: Error {
        let problem: String

        init(_ problem: String) { self.problem = problem }
    }

    /// What one added code brings.
    private struct Row {
        let description: ValueSetDescription
        let code: Code
        let qualifiers: [String]
        let test: ImagingTest?

        func add(to content: inout TerminologyContent) {
            let group = ValueSetContent.Group(
                system: code.system, qualifiers: qualifiers, members: [(code.code, code.name)])
            if let index = content.valueSets.firstIndex(where: { $0.description == description }) {
                content.valueSets[index].groups.append(group)
            } else {
                content.valueSets.append(ValueSetContent(description: description, groups: [group]))
            }
            if let test { content.imagingTests.append(ImagingTestRow(code: code, test: test)) }
        }
    }

    private mutating func row(of added: LocalCodes.AddedCode) -> Result<Row, Refusal> {
        Result { () throws(Refusal) in
            let name = ValueSetName(rawValue: added.set)
            guard let set = content.valueSets.first(where: { $0.description.name == name }) else {
                throw Refusal("there is no value set \(added.set); codes can only be added to those of the guideline")
            }
            guard Self.isLine(added.display, 200) else {
                throw Refusal("needs a display of 1 to 200 characters on a line")
            }
            let code = try newCode(added.system, added.code, display: added.display, set: name)
            let known = Set(
                content.valueSets.filter { $0.description.name == name }.flatMap(\.groups).flatMap(\.qualifiers))
            if let other = added.qualifiers.first(where: { !known.contains($0) }) {
                let offer = known.isEmpty ? "the set has none" : "the set has " + known.sorted().joined(separator: ", ")
                throw Refusal("has an unknown qualifier \(other); \(offer)")
            }
            try checkMeasure(added.qualifiers, of: name)
            let description = ValueSetDescription(
                name: name, url: set.description.url, version: set.description.version,
                title: "\(set.description.title) (added by the site)", date: set.description.date, copyright: "")
            return Row(
                description: description, code: code, qualifiers: added.qualifiers,
                test: try test(added.test, of: name))
        }
    }

    /// In a set of measurements alone a code without its measure would be read as nothing.
    private func checkMeasure(_ qualifiers: [String], of set: ValueSetName) throws(Refusal) {
        let groups = content.valueSets.filter { $0.description.name == set }.flatMap(\.groups)
        let measures = groups.map { group in group.qualifiers.filter { $0.hasPrefix("measure:") } }
        guard !groups.isEmpty, measures.allSatisfy({ !$0.isEmpty }),
            !qualifiers.contains(where: { $0.hasPrefix("measure:") })
        else { return }
        throw Refusal("needs a qualifier: " + Set(measures.joined()).sorted().joined(separator: " or "))
    }

    private func test(_ word: String?, of set: ValueSetName) throws(Refusal) -> ImagingTest? {
        guard let tests = Self.imaging[set] else {
            if word != nil { throw Refusal("names a test, which only value sets of imaging have") }
            return nil
        }
        guard let test = tests.first(where: { $0.rawValue == word }) else {
            throw Refusal("needs a test: " + tests.map(\.rawValue).joined(separator: " or "))
        }
        return ImagingTest(modality: test, region: .lumbar, needsPainReason: test == .boneScan || test == .pet)
    }

    private mutating func code(of mapped: LocalCodes.MappedCode) -> Result<Code, Refusal> {
        Result { () throws(Refusal) in
            guard shipped.finding(mapped.finding) != nil else {
                throw Refusal("there is no input code \(mapped.finding)")
            }
            let code = try newCode(mapped.system, mapped.code, display: nil, set: nil)
            if code.system == CodeSystem.icd10CM { throw Refusal("an ICD-10-CM code is no local code") }
            return code
        }
    }

    /// The code under the canonical name of its system, when nothing of the guideline speaks of it yet.
    private mutating func newCode(
        _ system: String, _ code: String, display: String?, set: ValueSetName?
    ) throws(Refusal) -> Code {
        guard Self.isWord(system, 200), system.contains(":"), system.first != ":" else {
            throw Refusal("needs a system that is a URI, without blanks")
        }
        guard Self.isWord(code, 100) else { throw Refusal("needs a code of 1 to 100 characters without blanks") }
        let match = shipped.match(system: Array(system.utf8).span, code: Array(code.utf8).span)
        let new = Code(system: match.system ?? system, code: code, display: display)
        if new.system == CodeSystem.findings { throw Refusal("codes of the product's own system are fixed") }
        if let left = excluded.first(where: { $0.uri == new.system }) {
            throw Refusal("is a code of \(left.rawValue), which terminology.exclude leaves out")
        }
        guard shipped.canHold(new) else { throw Refusal("is not written as a code of its system") }
        if let concept = match.concept, !concept.uses.isEmpty || concept.test != nil {
            let sets = Set(concept.uses.map(\.set))
            if let set, sets.contains(set) { throw Refusal("stands in \(set) already") }
            let names = sets.map(\.rawValue).sorted().joined(separator: ", ")
            throw Refusal("has a meaning in the guideline already (\(names)), which cannot be changed")
        }
        guard seen.insert(new).inserted else { throw Refusal("stands twice among the codes of the site") }
        return new
    }

    private static func isLine(_ text: String, _ most: Int) -> Bool {
        !text.isEmpty && text.utf16.count <= most && text.first != " " && text.last != " "
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    private static func isWord(_ text: String, _ most: Int) -> Bool { isLine(text, most) && !text.contains(" ") }
}

extension LocalCodes {
    /// The codes as texts in one order, whatever that of the file.
    var parts: [String] {
        added.map { code in
            (["add", code.set, code.system, code.code, code.display, code.test ?? ""] + code.qualifiers.sorted())
                .map { "\($0.utf8.count):\($0)" }.joined()
        }.sorted()
            + mapped.map { code in
                ["map", code.system, code.code, code.finding].map { "\($0.utf8.count):\($0)" }.joined()
            }.sorted()
    }
}
