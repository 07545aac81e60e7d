import Foundation
import FoundationNetworking
import RunningServer
import Testing

@Suite("Examples over a socket")
struct SocketTests {
    @Test("every request at once, each answered with its own decision")
    func requests() async throws {
        let day = try #require(Example.requests.first).expected.asOf
        let routes = try ExampleTests.routes(asOf: day)
        try await withServer(routes) { base in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for example in Example.requests {
                    group.addTask {
                        var request = URLRequest(url: base.appending(path: "cds-services/\(example.service)"))
                        request.httpMethod = "POST"
                        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
                        request.httpBody = try Data(contentsOf: example.input)
                        let (body, response) = try await URLSession.shared.data(for: request)
                        #expect((response as? HTTPURLResponse)?.statusCode == 200)
                        try JSONDecoder().decode(ResponseBody.self, from: body).check(against: example)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
