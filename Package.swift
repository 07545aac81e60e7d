// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order of Sources/: what crosses the border as bytes, what is known of a patient,
// the medicine, the service, the tools. Tests/LayoutTests holds who may import whom.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

func module(_ group: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(group)/\(name)", swiftSettings: strict)
}

func tests(_ group: String, _ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(group)/\(name)Tests", swiftSettings: strict)
}

let package = Package(
    name: "SpineHook",
    platforms: [.macOS(.v15)],
    targets: [
        // Formats
        module("Formats", "Diagnostics"),
        .target(
            name: "CSimdjson", path: "Sources/Formats/CSimdjson",
            linkerSettings: [.linkedLibrary("simdjson")]),
        module("Formats", "JSONTree", ["CSimdjson", "Diagnostics"]),
        tests("Formats", "JSONTree", ["JSONTree", "Diagnostics"]),

        // Model
        .target(name: "ClinicalModel", dependencies: ["Diagnostics"], path: "Sources/Model", swiftSettings: strict),

        // Reasoning
        .target(
            name: "Guidelines", dependencies: ["ClinicalModel", "Diagnostics"], path: "Sources/Reasoning",
            swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
