// How fast an XML document is read into the tree and how much memory that takes, against libxml2's own tree of the same
// bytes in the same run, and as whole processes against `xmllint --noout`.
//
//     xml-speed [--rounds N] [--grow BYTES] FILE...
//
// Each way reads and frees N times (default 20) in a process of its own; the fastest round counts. Memory is the peak
// of the first round beyond the bytes of the file. `--grow` adds the last file with the sections of its body repeated
// up to that size. One thread. Without Foundation, whose start would count in the whole process.

import CLibXML2Tree
import Glibc
import XMLTree

func nanoseconds(_ work: () throws -> Void) rethrows -> Double {
    let start = now()
    try work()
    return Double(now() - start)
}

func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fatalError("cannot open \(path)") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { $1 = fread($0.baseAddress, 1, size, file) }
}

// MARK: The two ways

func readLibXML2(_ bytes: [UInt8]) {
    let tree = clibxml2tree_read(bytes, bytes.count)
    precondition(tree != nil)
    clibxml2tree_free(tree)
}

func readOurs(_ bytes: [UInt8]) throws {
    _ = try XMLDocument(bytes, namespaces: [])
}

// MARK: Processes

/// What a run of one process came to.
struct Run {
    var milliseconds = Double.infinity
    /// The numbers that it printed.
    var numbers: [Double] = []
}

/// One number from `/proc/self/status`, in bytes.
func status(_ name: String) -> Int {
    let text = String(decoding: statusFile(), as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
        return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
    }
    return 0
}

func statusFile() -> [UInt8] {
    guard let file = fopen("/proc/self/status", "r") else { return [] }
    defer { fclose(file) }
    return [UInt8](unsafeUninitializedCapacity: 8_192) { $1 = fread($0.baseAddress, 1, 8_192, file) }
}

/// The child's part: reads the file one way again and again; prints the peak of memory beyond what there was with the
/// bytes alone, and the nanoseconds of the fastest round.
///
/// A process of its own for each way: what one leaves behind in the allocator would cost the other.
func runChild(_ way: String, _ path: String, rounds: Int) throws {
    let bytes = contents(of: path)
    let smallest = Array("<a/>".utf8)
    // What the library takes once, whatever the document.
    if way == "libxml2" { readLibXML2(smallest) } else { try readOurs(smallest) }
    // Pages of the program's own code, which come in as they are first run, are no memory of the tree.
    let before = status("VmRSS") - status("RssFile")
    var fastest = Double.infinity
    var memory = 0
    for round in 0..<rounds {
        fastest = min(
            fastest, try nanoseconds { if way == "libxml2" { readLibXML2(bytes) } else { try readOurs(bytes) } })
        if round == 0 { memory = max(0, status("VmHWM") - status("RssFile") - before) }
    }
    print(memory, Int(fastest))
}

/// Runs a program to its end.
func run(_ arguments: [String]) -> Run {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let start = now()
    guard posix_spawnp(&process, arguments[0], &actions, nil, &words, environ) == 0 else { return Run() }
    close(ends[1])
    var output = [UInt8](repeating: 0, count: 64)
    let length = read(ends[0], &output, output.count)
    close(ends[0])
    var code: Int32 = 0
    waitpid(process, &code, 0)
    let time = Double(now() - start) / 1e6
    let text = String(decoding: output.prefix(max(0, length)), as: UTF8.self)
    return code == 0
        ? Run(milliseconds: time, numbers: text.split { " \n".contains($0) }.compactMap { Double($0) }) : Run()
}

func fastest(of rounds: Int, _ arguments: [String]) -> Run {
    (0..<rounds).map { _ in run(arguments) }.min { $0.milliseconds < $1.milliseconds } ?? Run()
}

// MARK: Input

/// A document whose body holds its sections again and again, up to about `size` bytes.
func grown(_ bytes: [UInt8], to size: Int) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let open = text.firstRange(of: "<structuredBody>"), let close = text.firstRange(of: "</structuredBody>")
    else {
        fatalError("no body to repeat")
    }
    let body = Array(text[open.upperBound..<close.lowerBound].utf8)
    var result = Array(text[..<open.upperBound].utf8)
    while result.count < size { result += body }
    return result + Array(text[close.lowerBound...].utf8)
}

func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "wb") else { fatalError("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
}

// MARK: The table

func column(_ text: String, _ width: Int = 14) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

func decimal(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let rest = "\(hundredths % 100)"
    return "\(hundredths / 100).\(rest.count < 2 ? "0" : "")\(rest)"
}

func row(_ path: String, rounds: Int, program: String) throws {
    let size = Double(contents(of: path).count)
    let numbers = ["libxml2", "ours"].map { run([program, "--child", $0, path, "\(rounds)"]).numbers }
    guard numbers.allSatisfy({ $0.count == 2 }) else { return print("not read: \(path)") }
    let xmllint = fastest(of: 5, ["xmllint", "--noout", path]).milliseconds
    let process = fastest(of: 5, [program, "--child", "ours", path, "1"]).milliseconds
    let (theirs, ours) = (numbers[0][1], numbers[1][1])
    let cells = [
        "\(Int(size))", decimal(theirs / 1e6), decimal(ours / 1e6), decimal(ours / theirs),
        decimal(numbers[0][0] / size), decimal(numbers[1][0] / size), decimal(xmllint), decimal(process),
        decimal(process / xmllint),
    ]
    print(cells.map { column($0) }.joined())
}

var arguments = Array(CommandLine.arguments.dropFirst())
if arguments.count == 4, arguments[0] == "--child", let rounds = Int(arguments[3]) {
    try runChild(arguments[1], arguments[2], rounds: rounds)
    exit(0)
}
var rounds = 20
var growth = 0
while arguments.count >= 2, let number = Int(arguments[1]), arguments[0].hasPrefix("--") {
    if arguments[0] == "--rounds" { rounds = number } else { growth = number }
    arguments.removeFirst(2)
}
if growth > 0, let last = arguments.last {
    let path = "/tmp/xml-speed-grown.xml"
    write(grown(contents(of: last), to: growth), to: path)
    arguments.append(path)
}
print("\(rounds) rounds, fastest of each; ms, and memory as a multiple of the file")
let heads = [
    "bytes", "libxml2 ms", "ours ms", "ours/libxml2", "libxml2 memory", "our memory", "xmllint ms", "our process",
    "ours/xmllint",
]
print(heads.map { column($0, 15) }.joined())
for path in arguments { try row(path, rounds: rounds, program: CommandLine.arguments[0]) }
