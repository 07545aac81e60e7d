import CDSServer
import Foundation
import FoundationNetworking
import Logging
import RunningServer
import Testing

@Suite("Service on a socket")
struct SocketTests {
    @Test("a 100 MB body is refused, and the service goes on")
    func tooLarge() async throws {
        try await withServer(try RoutesTests.routes()) { base in
            let (body, status) = try await Self.post(Data(count: 100_000_000), to: base)
            #expect(status == 413)
            #expect(String(decoding: body, as: UTF8.self).contains("OperationOutcome"))
            let (_, next) = try await Self.post(Data(RoutesTests.request().utf8), to: base)
            #expect(next == 200)
        }
    }

    @Test("the limit of the body", arguments: [(0, 200), (-1, 413)])
    func limit(_ room: Int, _ status: Int) async throws {
        let request = Data(RoutesTests.request().utf8)
        try await withServer(try RoutesTests.routes(), bodyLimit: request.count + room) { base in
            let answer = try await Self.post(request, to: base)
            #expect(answer.status == status)
        }
    }

    @Test("a body without declared length is held to the limit too")
    func streamed() async throws {
        let request = Data(RoutesTests.request().utf8)
        try await withServer(try RoutesTests.routes(), bodyLimit: request.count - 1) { base in
            var call = Self.call(to: base)
            call.httpBodyStream = InputStream(data: request)
            let (_, response) = try await URLSession.shared.data(for: call)
            #expect((response as? HTTPURLResponse)?.statusCode == 413)
        }
    }

    @Test("requests and decisions are counted by route, never by what a client put into the path")
    func metrics() async throws {
        try await withServer(try RoutesTests.routes()) { base in
            _ = try await Self.post(Data(RoutesTests.request().utf8), to: base)
            _ = try await URLSession.shared.data(from: base.appending(path: "Quillfeather"))
            let (body, _) = try await URLSession.shared.data(from: base.appending(path: "metrics"))
            let lines = String(decoding: body, as: UTF8.self).split(separator: "\n")
            let expected = [
                #"spinehook_http_requests_total{route="/cds-services/{id}",method="POST",status="200"} 1"#,
                #"spinehook_http_requests_total{route="none",method="GET",status="404"} 1"#,
                #"spinehook_http_request_duration_seconds_count{route="/cds-services/{id}"} 1"#,
                #"spinehook_http_request_duration_seconds_bucket{route="/cds-services/{id}",le="+Inf"} 1"#,
                #"spinehook_decisions_total{rule="A10-EARLY",rating="UNA",card="K05"} 1"#,
            ]
            for line in expected { #expect(lines.contains(Substring(line)), "\(line)") }
            #expect(!lines.contains { $0.contains("Quillfeather") })
        }
    }

    @Test("HEAD has the headers of GET and no body")
    func head() async throws {
        try await withServer(try RoutesTests.routes()) { base in
            var call = URLRequest(url: base.appending(path: "cds-services"))
            call.httpMethod = "HEAD"
            let (body, response) = try await URLSession.shared.data(for: call)
            #expect(body.isEmpty)
            #expect((response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Content-Type") == "application/json")
        }
    }

    @Test("a taken port is said so")
    func taken() async throws {
        let routes = try RoutesTests.routes()
        try await withServer(routes) { base in
            let port = try #require(base.port)
            let second = CDSServer(
                host: "127.0.0.1", port: port, bodyLimit: 1_024,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            let failure = await #expect(throws: ServerFailure.self) { try await second.run { _ in routes } }
            #expect(failure?.description == "cannot listen on 127.0.0.1:\(port): the port is taken by another program")
        }
    }

    static func call(to base: URL) -> URLRequest {
        var call = URLRequest(url: base.appending(path: "cds-services/lumbar-imaging"))
        call.httpMethod = "POST"
        call.setValue("application/json", forHTTPHeaderField: "Content-Type")
        return call
    }

    static func post(_ body: Data, to base: URL) async throws -> (body: Data, status: Int?) {
        var call = call(to: base)
        call.httpBody = body
        let (body, response) = try await URLSession.shared.data(for: call)
        return (body, (response as? HTTPURLResponse)?.statusCode)
    }
}
