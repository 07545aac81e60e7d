public import CDSServer
public import Foundation
import Logging

/// Runs a server on a free port for as long as `body` runs; `body` gets its address.
public func withServer(_ routes: Routes, bodyLimit: Int = 10 << 20, _ body: (URL) async throws -> Void) async throws {
    let server = CDSServer(
        host: "127.0.0.1", port: 0, bodyLimit: bodyLimit,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { continuation.finish() }
            try await server.run { port in
                continuation.yield(port)
                return routes
            }
        }
        var iterator = ports.makeAsyncIterator()
        let port = try require(await iterator.next())
        try await body(try require(URL(string: "http://127.0.0.1:\(port)")))
        group.cancelAll()
    }
}

/// The server ended before it listened.
struct ServerDidNotStart: Error {}

private func require<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw ServerDidNotStart() }
    return value
}
