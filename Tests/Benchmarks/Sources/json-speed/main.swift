// How fast a JSON document is indexed and validated, against simdjson's DOM parse of the same bytes in the same run.
//
//     json-speed [--rounds N] FILE...
//
// Each way is run in turn, N rounds (default 200); the fastest round counts. One thread.

import CSimdjsonDOM
import Foundation
import JSONTree

/// What the rounds of one file came to, in nanoseconds of the fastest.
struct Measurement {
    var dom = Double.infinity
    var tree = Double.infinity
    var visit = Double.infinity
    var nodes = 0
}

func nanoseconds(_ work: () throws -> Void) rethrows -> Double {
    let start = clock_gettime_nsec()
    try work()
    return Double(clock_gettime_nsec() - start)
}

func clock_gettime_nsec() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Some names that readers of resources switch on.
enum Member: String, CaseIterable {
    case resourceType, id, meta, text, identifier, status, category, code, coding, system, display, value, unit
    case subject, encounter, reference, type, entry, resource, fullUrl, clinicalStatus, verificationStatus, url
    case effectiveDateTime, recordedDate, onsetDateTime, abatementDateTime, issued, period, start, end, name
}

let memberNames = JSONNames<Member>()

/// Goes through all nodes, looks up every name in a table and goes over the inside of every value.
func visit(_ node: JSONNode, _ names: JSONNames<Member>) -> Int {
    var count = 1
    if node.isObject {
        for (name, value) in node.members { count += visit(value, names) + (names[name] == nil ? 0 : 1) }
    } else if node.isArray {
        for element in node.elements { count += visit(element, names) }
    }
    return count
}

func measure(_ bytes: [UInt8], rounds: Int) throws -> Measurement {
    let dom = csimdjson_dom_create(bytes, bytes.count)
    defer { csimdjson_dom_destroy(dom) }
    let parser = JSONParser()
    var result = Measurement()
    for _ in 0..<rounds {
        result.dom = min(result.dom, nanoseconds { precondition(csimdjson_dom_parse(dom) == 0) })
        result.tree = min(result.tree, try nanoseconds { _ = try parser.parse(bytes) })
        let document = try parser.parse(bytes)
        result.visit = min(result.visit, nanoseconds { result.nodes = document.read { visit($0, memberNames) } })
    }
    return result
}

func column(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

func gigabytes(_ bytes: Int, _ nanoseconds: Double) -> String { String(format: "%.2f", Double(bytes) / nanoseconds) }

var files = Array(CommandLine.arguments.dropFirst())
var rounds = 200
if files.count >= 2, files[0] == "--rounds", let count = Int(files[1]) {
    rounds = count
    files.removeFirst(2)
}
print("simdjson \(String(cString: csimdjson_implementation())), \(rounds) rounds, fastest of each")
let heads = ["bytes", "DOM ns", "DOM GB/s", "tree ns", "tree GB/s", "tree/DOM speed", "all nodes ns"]
print(heads.map { column($0, 15) }.joined())
var total = (bytes: 0, dom: 0.0, tree: 0.0, visit: 0.0)
func row(_ bytes: Int, _ dom: Double, _ tree: Double, _ visit: Double) {
    let cells = [
        "\(bytes)", "\(Int(dom))", gigabytes(bytes, dom), "\(Int(tree))", gigabytes(bytes, tree),
        String(format: "%.3f", dom / tree), "\(Int(visit))",
    ]
    print(cells.map { column($0, 15) }.joined())
}
for file in files {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let result = try measure(bytes, rounds: rounds)
    row(bytes.count, result.dom, result.tree, result.visit)
    total = (
        total.bytes + bytes.count, total.dom + result.dom, total.tree + result.tree, total.visit + result.visit
    )
}
row(total.bytes, total.dom, total.tree, total.visit)
