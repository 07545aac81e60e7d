/// Works items off on several tasks and hands the results on in the order of the items.
///
/// - Parameters:
///   - jobs: How many items are worked on at the same time.
///   - next: Gives the items; called by one task only. Items wait while `2 * jobs` of them are under way or not handed
///     on yet, so memory stays bounded by the largest items and not by their number.
///   - work: Makes the result of an item; runs on several tasks at once.
///   - emit: Takes the results in order; called by one task only. What it throws ends the run.
func inOrder<Item: Sendable, Output: Sendable>(
    jobs: Int, next: () async throws -> Item?, work: @escaping @Sendable (Item) -> Output,
    emit: (Output) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: (index: Int, output: Output).self) { group in
        var started = 0
        var handedOn = 0
        var finished: [Int: Output] = [:]
        var isAtEnd = false
        while true {
            while !isAtEnd, started - handedOn < 2 * jobs, started - handedOn - finished.count < jobs {
                guard let item = try await next() else {
                    isAtEnd = true
                    break
                }
                let index = started
                started += 1
                group.addTask { (index, work(item)) }
            }
            guard let result = try await group.next() else { break }
            finished[result.index] = result.output
            while let output = finished.removeValue(forKey: handedOn) {
                handedOn += 1
                try await emit(output)
            }
        }
    }
}
