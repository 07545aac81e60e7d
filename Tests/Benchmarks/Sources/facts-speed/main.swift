// How fast bytes become facts: the whole document validated, the resources in use read into the clinical model, against
// simdjson's DOM parse of the same bytes in the same run.
//
//     facts-speed [--rounds N] FILE...
//
// Each way is run in turn, N rounds (default 100); the fastest round counts. One thread. The code lists are loaded before.

import CSimdjsonDOM
import ClinicalModel
import FHIR
import Foundation
import JSONTree
import KnowledgeBase

func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func nanoseconds(_ work: () throws -> Void) rethrows -> Double {
    let start = now()
    try work()
    return Double(now() - start)
}

func column(_ text: String, _ width: Int = 15) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

func gigabytes(_ bytes: Int, _ nanoseconds: Double) -> String { String(format: "%.2f", Double(bytes) / nanoseconds) }

func row(_ bytes: Int, _ dom: Double, _ tree: Double, _ facts: Double, _ count: Int) {
    let cells = [
        "\(bytes)", gigabytes(bytes, dom), gigabytes(bytes, tree), gigabytes(bytes, facts),
        String(format: "%.3f", dom / facts), "\(count)",
    ]
    print(cells.map { column($0) }.joined())
}

var files = Array(CommandLine.arguments.dropFirst())
var rounds = 100
if files.count >= 2, files[0] == "--rounds", let count = Int(files[1]) {
    rounds = count
    files.removeFirst(2)
}
let profiles = ProcessInfo.processInfo.environment["SPINEHOOK_PROFILES"]
let terminology = try KnowledgeBase(profiles: profiles).terminology
let reader = RecordReader(terminology: terminology)
let parser = JSONParser()
print(["bytes", "DOM GB/s", "tree GB/s", "facts GB/s", "facts/DOM", "facts"].map { column($0) }.joined())
var total = (bytes: 0, dom: 0.0, tree: 0.0, facts: 0.0, count: 0)
for file in files {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let dom = csimdjson_dom_create(bytes, bytes.count)
    defer { csimdjson_dom_destroy(dom) }
    var best = (dom: Double.infinity, tree: Double.infinity, facts: Double.infinity)
    var count = 0
    for _ in 0..<rounds {
        best.dom = min(best.dom, nanoseconds { precondition(csimdjson_dom_parse(dom) == 0) })
        best.tree = min(best.tree, try nanoseconds { _ = try parser.parse(bytes) })
        best.facts = min(
            best.facts,
            try nanoseconds {
                let result = reader.read(try parser.parse(bytes))
                count = result.records.reduce(0) { sum, item in
                    sum + item.record.conditions.count + item.record.observations.count
                        + item.record.medications.count + item.record.procedures.count
                }
            })
    }
    row(bytes.count, best.dom, best.tree, best.facts, count)
    total = (
        total.bytes + bytes.count, total.dom + best.dom, total.tree + best.tree, total.facts + best.facts,
        total.count + count
    )
}
row(total.bytes, total.dom, total.tree, total.facts, total.count)
