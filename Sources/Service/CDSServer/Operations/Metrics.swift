import Synchronization

/// Counters of the service, written as Prometheus text. They hold routes, statuses, rules and ratings, nothing of patients.
final class Metrics: Sendable {
    /// Upper bounds of the duration histogram, in seconds.
    private static let buckets: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    private struct State {
        var requests: [RequestKey: Int] = [:]
        var durations: [String: Histogram] = [:]
        var outcomes: [OutcomeCount: Int] = [:]
    }

    private struct RequestKey: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private struct Histogram {
        var counts = [Int](repeating: 0, count: Metrics.buckets.count)
        var count = 0
        var sum = 0.0
    }

    private let state = Mutex(State())

    /// Counts a request that was answered.
    ///
    /// - Parameters:
    ///   - route: The pattern of the route, never the path as sent.
    ///   - seconds: From the request's head to its answer.
    func count(route: String, method: String, status: Int, seconds: Double, outcomes: [OutcomeCount]) {
        state.withLock { state in
            state.requests[RequestKey(route: route, method: method, status: status), default: 0] += 1
            var histogram = state.durations[route] ?? Histogram()
            for (index, bound) in Self.buckets.enumerated() where seconds <= bound { histogram.counts[index] += 1 }
            histogram.count += 1
            histogram.sum += seconds
            state.durations[route] = histogram
            for outcome in outcomes { state.outcomes[outcome, default: 0] += 1 }
        }
    }

    /// All counters in the text format of Prometheus, the same order every time.
    func text(version: String, knowledge: String) -> String {
        let state = state.withLock { $0 }
        var lines = [
            "# HELP spinehook_build_info Version of the program and of its knowledge.",
            "# TYPE spinehook_build_info gauge",
            "spinehook_build_info{version=\"\(version)\",knowledge=\"\(knowledge)\"} 1",
            "# HELP spinehook_http_requests_total Requests answered.",
            "# TYPE spinehook_http_requests_total counter",
        ]
        lines += state.requests.map { key, count in
            "spinehook_http_requests_total{route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\"} \(count)"
        }.sorted()
        lines += [
            "# HELP spinehook_http_request_duration_seconds Time from a request to its answer.",
            "# TYPE spinehook_http_request_duration_seconds histogram",
        ]
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            let name = "spinehook_http_request_duration_seconds"
            for (bound, count) in zip(Self.buckets, histogram.counts) {
                lines.append("\(name)_bucket{route=\"\(route)\",le=\"\(bound)\"} \(count)")
            }
            lines.append("\(name)_bucket{route=\"\(route)\",le=\"+Inf\"} \(histogram.count)")
            lines.append("\(name)_sum{route=\"\(route)\"} \(histogram.sum)")
            lines.append("\(name)_count{route=\"\(route)\"} \(histogram.count)")
        }
        lines += [
            "# HELP spinehook_decisions_total Decisions by rule, rating and card; none where the tables are silent.",
            "# TYPE spinehook_decisions_total counter",
        ]
        lines += state.outcomes.map { outcome, count in
            "spinehook_decisions_total{rule=\"\(outcome.rule)\",rating=\"\(outcome.rating)\",card=\"\(outcome.card)\"} \(count)"
        }.sorted()
        return lines.joined(separator: "\n") + "\n"
    }
}

/// What a decision came to, as far as it is counted.
struct OutcomeCount: Sendable, Hashable {
    let rule: String
    let rating: String
    let card: String
}
