import Foundation
import FoundationNetworking
import Testing

@Suite("spinehook serve")
struct ServeTests {
    @Test("says once that it listens, answers, ends on SIGTERM with 0")
    func life() async throws {
        let service = try RunningProgram(["serve", "--port", "0", "--as-of", "2025-06-16"])
        let base = try service.address()
        let (body, response) = try await URLSession.shared.data(from: base.appending(path: "health/ready"))
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        #expect(String(decoding: body, as: UTF8.self) == #"{"status":"ready"}"#)
        let (status, messages) = try service.end()
        #expect(status == 0)
        #expect(messages == "listening on \(base)\n")
    }

    @Test("a taken port ends the start with 3 and a clear message")
    func taken() async throws {
        let service = try RunningProgram(["serve", "--port", "0"])
        let port = String(try #require(try service.address().port))
        let second = try await Program.run(["serve", "--port", port])
        #expect(second.status == 3)
        #expect(second.messages.contains("127.0.0.1:\(port): the port is taken"))
        _ = try service.end()
    }

    @Test("the most talkative log holds neither token nor patient, and no path as sent")
    func log() async throws {
        let service = try RunningProgram(["serve", "--port", "0", "--log-level", "trace"])
        let base = try service.address()
        for path in ["cds-services/lumbar-imaging", "cds-services/Quillfeather", "Quillfeather?name=Quillfeather"] {
            var request = URLRequest(url: try #require(URL(string: "\(base)/\(path)")))
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.setValue("Bearer s3ntinel", forHTTPHeaderField: "Authorization")
            let text =
                #"{"fhirAuthorization":{"access_token":"s3ntinel"},"name":"Quillfeather","birthDate":"1977-11-20"}"#
            request.httpBody = Data(text.utf8)
            _ = try await URLSession.shared.data(for: request)
        }
        let (_, messages) = try service.end()
        #expect(messages.contains("/cds-services/{id}"))
        for secret in ["s3ntinel", "Quillfeather", "1977"] { #expect(!messages.contains(secret)) }
    }
}

/// The program while it runs.
private final class RunningProgram {
    private let process = Process()
    private let messages = Pipe()
    private var said = Data()

    init(_ arguments: [String]) throws {
        process.executableURL = Program.url
        process.arguments = arguments
        process.environment = [:]
        process.standardError = messages
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Waits for the line that says where it listens.
    func address() throws -> URL {
        while true {
            let text = String(decoding: said, as: UTF8.self)
            if let line = text.firstMatch(of: /listening on (http:\S+)\n/), let url = URL(string: String(line.1)) {
                return url
            }
            let more = messages.fileHandleForReading.availableData
            if more.isEmpty { throw Ended(messages: text) }
            said += more
        }
    }

    /// Sends SIGTERM and waits for the end; gives all that it said.
    func end() throws -> (status: Int32, messages: String) {
        process.terminate()
        said += try messages.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    struct Ended: Error {
        let messages: String
    }
}
