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
    products: [
        // For Tests/Benchmarks, which measures from outside.
        .library(name: "JSONTree", targets: ["JSONTree"]),
        .library(name: "XMLTree", targets: ["XMLTree"]),
        .library(name: "CCDAOnFHIR", targets: ["CCDAOnFHIR"]),
        .library(name: "KnowledgeBase", targets: ["ClinicalModel", "KnowledgeBase"]),
        .library(name: "FHIR", targets: ["FHIR"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Formats
        module("Formats", "Diagnostics"),
        .target(
            name: "CSimdjson", path: "Sources/Formats/CSimdjson",
            linkerSettings: [.linkedLibrary("simdjson")]),
        module("Formats", "Digests"),
        module("Formats", "JSONTree", ["CSimdjson", "Diagnostics"]),
        tests("Formats", "JSONTree", ["JSONTree", "Diagnostics"]),
        .systemLibrary(
            name: "CLibXML2", path: "Sources/Formats/CLibXML2", pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]),
        module("Formats", "XMLTree", ["CLibXML2", "Diagnostics"]),
        tests("Formats", "XMLTree", ["CLibXML2", "Diagnostics", "XMLTree"]),
        module("Formats", "CCDA", ["Diagnostics", "XMLTree"]),
        tests("Formats", "CCDA", ["CCDA", "Diagnostics", "XMLTree"]),
        module("Formats", "CCDAOnFHIR", ["CCDA", "Diagnostics", "Digests", "JSONTree", "XMLTree"]),
        tests(
            "Formats", "CCDAOnFHIR", ["CCDA", "CCDAOnFHIR", "Diagnostics", "Digests", "JSONTree", "XMLTree"]),
        .systemLibrary(name: "CZlib", path: "Sources/Formats/CZlib", providers: [.apt(["zlib1g-dev"])]),
        module("Formats", "Gzip", ["CZlib"]),
        tests("Formats", "Gzip", ["Gzip"]),
        module("Formats", "FHIR", ["ClinicalModel", "Diagnostics", "JSONTree"]),
        module(
            "Formats", "ClinicalDocuments",
            ["CCDA", "CCDAOnFHIR", "ClinicalModel", "Diagnostics", "FHIR", "JSONTree"]),
        tests(
            "Formats", "ClinicalDocuments",
            [
                "CCDA", "ClinicalDocuments", "ClinicalModel", "Diagnostics", "FHIR", "JSONTree", "KnowledgeBase",
                "SampleDocuments",
            ]),
        module(
            "Formats", "CDSHooks", ["ClinicalDocuments", "ClinicalModel", "Diagnostics", "FHIR", "JSONTree"]),
        tests(
            "Formats", "FHIR",
            ["CDSHooks", "ClinicalModel", "Diagnostics", "FHIR", "Gzip", "JSONTree", "KnowledgeBase"]),
        tests(
            "Formats", "CDSHooks", ["CDSHooks", "ClinicalModel", "Diagnostics", "FHIR", "JSONTree", "KnowledgeBase"]),

        // Model
        .target(name: "ClinicalModel", dependencies: ["Diagnostics"], path: "Sources/Model", swiftSettings: strict),
        tests("Model", "ClinicalModel", ["ClinicalModel"]),
        tests("Model", "Terminology", ["ClinicalModel"]),

        // Reasoning
        .target(
            name: "Guidelines", dependencies: ["ClinicalModel", "Diagnostics"], path: "Sources/Reasoning",
            swiftSettings: strict),
        tests("Reasoning", "Guidelines", ["ClinicalModel", "Guidelines", "SeededGenerator"]),

        // Service
        .target(
            name: "KnowledgeBase", dependencies: ["ClinicalModel", "Diagnostics", "JSONTree"],
            path: "Sources/Service/KnowledgeBase", resources: [.copy("../../../Profiles")], swiftSettings: strict),
        tests("Service", "KnowledgeBase", ["ClinicalModel", "Diagnostics", "JSONTree", "KnowledgeBase"]),
        module(
            "Service", "DecisionSupport",
            [
                "CDSHooks", "ClinicalModel", "Diagnostics", "Digests", "FHIR", "Guidelines", "JSONTree",
                "KnowledgeBase",
            ]),
        tests(
            "Service", "DecisionSupport",
            [
                "CDSHooks", "ClinicalModel", "DecisionSupport", "Diagnostics", "Digests", "FHIR", "Guidelines",
                "JSONTree", "KnowledgeBase",
            ]),
        module(
            "Service", "Settings",
            ["DecisionSupport", "Guidelines", "KnowledgeBase", .product(name: "Yams", package: "Yams")]),
        tests("Service", "Settings", ["DecisionSupport", "Guidelines", "KnowledgeBase", "Settings"]),
        module(
            "Service", "CDSServer",
            [
                "DecisionSupport", "Diagnostics", "Guidelines", "JSONTree",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        tests(
            "Service", "CDSServer",
            [
                "CDSServer", "ClinicalModel", "DecisionSupport", "KnowledgeBase", "RunningServer", "SampleDocuments",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Tools
        module(
            "Tools", "Conversion",
            [
                "CCDA", "CCDAOnFHIR", "CDSHooks", "ClinicalDocuments", "ClinicalModel", "DecisionSupport",
                "Diagnostics", "FHIR", "Guidelines", "Gzip", "JSONTree",
                "KnowledgeBase",
            ]),
        tests(
            "Tools", "Conversion",
            ["ClinicalModel", "Conversion", "DecisionSupport", "Diagnostics", "Guidelines", "JSONTree"]),
        .executableTarget(
            name: "spinehook",
            dependencies: [
                "CDSServer", "ClinicalModel", "Conversion", "DecisionSupport", "Diagnostics", "Guidelines", "JSONTree",
                "KnowledgeBase", "Settings",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Sources/Tools/spinehook", swiftSettings: strict),
        .testTarget(
            name: "SpinehookTests", dependencies: ["SampleDocuments", "spinehook"], path: "Tests/Tools/SpinehookTests",
            swiftSettings: strict),

        // The whole
        .target(
            name: "RunningServer", dependencies: ["CDSServer", .product(name: "Logging", package: "swift-log")],
            path: "Tests/TestSupport/RunningServer", swiftSettings: strict),
        .target(name: "SeededGenerator", path: "Tests/TestSupport/SeededGenerator", swiftSettings: strict),
        .target(name: "SampleDocuments", path: "Tests/TestSupport/SampleDocuments", swiftSettings: strict),
        .testTarget(
            name: "ExampleTests",
            dependencies: [
                "CDSServer", "ClinicalModel", "Conversion", "DecisionSupport", "Diagnostics", "KnowledgeBase",
                "RunningServer", "SampleDocuments", "SeededGenerator",
            ],
            path: "Tests/ExampleTests", swiftSettings: strict),
        .testTarget(name: "LayoutTests", path: "Tests/LayoutTests", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
