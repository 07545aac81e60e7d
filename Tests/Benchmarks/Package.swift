// swift-tools-version: 6.2
import PackageDescription

// Measures the product from outside, so that the product depends on no benchmark code.
//
//     swift run -c release --package-path Tests/Benchmarks json-speed FILE...
//     swift run -c release --package-path Tests/Benchmarks xml-speed [--grow BYTES] FILE...
//     swift run -c release --package-path Tests/Benchmarks knowledge-speed FOLDER
//     swift run -c release --package-path Tests/Benchmarks facts-speed FILE...

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "SpineHook", path: "../..")],
    targets: [
        .target(name: "CSimdjsonDOM", linkerSettings: [.linkedLibrary("simdjson")]),
        .executableTarget(
            name: "json-speed",
            dependencies: ["CSimdjsonDOM", .product(name: "JSONTree", package: "SpineHook")]),
        .systemLibrary(
            name: "CLibXML2Tree", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .executableTarget(
            name: "xml-speed",
            dependencies: ["CLibXML2Tree", .product(name: "XMLTree", package: "SpineHook")]),
        .executableTarget(
            name: "knowledge-speed", dependencies: [.product(name: "KnowledgeBase", package: "SpineHook")]),
        .executableTarget(
            name: "facts-speed",
            dependencies: [
                "CSimdjsonDOM", .product(name: "FHIR", package: "SpineHook"),
                .product(name: "JSONTree", package: "SpineHook"),
                .product(name: "KnowledgeBase", package: "SpineHook"),
            ]),
    ],
    cxxLanguageStandard: .cxx17
)
