import Synchronization
import Testing

@testable import Conversion

@Suite("Work in order")
struct InOrderTests {
    @Test("results come in the order of the items, however many jobs there are", arguments: [1, 2, 5])
    func order(_ jobs: Int) async throws {
        var next = 0
        var results: [Int] = []
        try await inOrder(jobs: jobs) {
            next += 1
            return next <= 500 ? next : nil
        } work: { item in
            // Uneven work, so that later items finish first.
            (0..<(item % 7) * 2_000).reduce(item) { sum, _ in sum }
        } emit: {
            results.append($0)
        }
        #expect(results == Array(1...500))
    }

    @Test("items wait while twice as many as jobs are under way: memory does not grow with their number")
    func bounded() async throws {
        let inFlight = Mutex((now: 0, most: 0))
        var next = 0
        try await inOrder(jobs: 3) {
            next += 1
            guard next <= 200 else { return nil }
            inFlight.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            return next
        } work: { item in
            (0..<(item % 11) * 1_000).reduce(item) { sum, _ in sum }
        } emit: { _ in
            inFlight.withLock { $0.now -= 1 }
        }
        #expect(inFlight.withLock { $0.most } <= 6)
    }

    @Test("what the output throws ends the run")
    func failure() async {
        struct Full: Error {}
        var next = 0
        await #expect(throws: Full.self) {
            try await inOrder(jobs: 2) {
                next += 1
                return next
            } work: { item in
                item
            } emit: { item in
                if item == 10 { throw Full() }
            }
        }
        #expect(next < 20)
    }
}
