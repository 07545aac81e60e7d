import Testing

@Suite("Layout of the repository")
struct RepositoryTests {
    @Test("nothing stands at the top but what belongs there")
    func top() throws {
        let allowed: Set = [
            "Package.swift", "Package.resolved", "Sources", "Tests", "Profiles", "Examples", "README.md", "LICENSE",
        ]
        let others = try Repository.names(in: ".").filter { !$0.hasPrefix(".") && !allowed.contains($0) }
        #expect(others.isEmpty)
    }

    @Test("every hook is named, has the members of its context in a file of its own, and is called by a service")
    func hooks() throws {
        let named = try Repository.text("Sources/Formats/CDSHooks/HookRequest.swift")
            .matches(of: /static let (\w+) = Hook\(rawValue: "([a-z-]+)"\)/).map { (String($0.1), String($0.2)) }
        let files = named.map { $0.0.prefix(1).uppercased() + $0.0.dropFirst() + "Context.swift" }
        #expect(files.sorted() == (try Repository.names(in: "Sources/Formats/CDSHooks/Contexts")))
        let catalog = try Repository.text("Sources/Service/DecisionSupport/Hooks/HookCatalog.swift")
        for (name, _) in named { #expect(catalog.contains(".\(name)"), "no service answers \(name)") }
        let examples = try Repository.names(in: "Examples/hooks")
        #expect(Set(examples).isSubset(of: named.map(\.1)))
    }
}
