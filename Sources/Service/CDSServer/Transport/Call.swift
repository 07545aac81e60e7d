/// A request as routes see it, free of sockets.
public struct Call: Sendable {
    /// For example `POST`.
    public var method: String
    /// The path without query, for example `/cds-services`.
    public var path: String
    /// `Content-Type` as sent; nil without one.
    public var contentType: String?
    /// `Accept` as sent; nil without one.
    public var accept: String?
    /// The whole body; empty without one.
    public var body: [UInt8]

    /// Puts a request together.
    public init(
        _ method: String, _ path: String, contentType: String? = nil, accept: String? = nil, body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.contentType = contentType
        self.accept = accept
        self.body = body
    }

    /// The media type of the body in lower case, parameters left out; nil without one.
    var mediaType: String? {
        contentType?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
    }

    /// Whether the client would rather have JSON than HTML, by the weights of `Accept`; with equal weights, whether it
    /// names JSON first.
    var prefersJSON: Bool {
        guard let accept else { return false }
        let ranges = MediaRange.ranges(of: accept)
        let json = MediaRange.best(
            of: ranges, for: [["application/json", "application/fhir+json"], ["application/*"], ["*/*"]])
        let html = MediaRange.best(of: ranges, for: [["text/html"], ["text/*"], ["*/*"]])
        guard let json, json.weight > 0 else { return false }
        guard let html else { return true }
        return json.weight == html.weight ? json.place < html.place : json.weight > html.weight
    }
}

/// What a route answers.
public struct Answer: Sendable {
    /// HTTP status.
    public var status: Int
    /// Media type of the body.
    public var contentType: String
    /// Empty where there is nothing to say.
    public var body: [UInt8]
    /// Further headers.
    public var headers: [(name: String, value: String)] = []
    /// What the decisions of the answer came to, for the counters.
    var outcomes: [OutcomeCount] = []

    init(_ status: Int, _ contentType: String, _ body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    static func json(_ body: [UInt8], status: Int = 200) -> Answer { Answer(status, "application/json", body) }
    static func html(_ text: String) -> Answer { Answer(200, "text/html; charset=utf-8", Array(text.utf8)) }
    static func text(_ text: String, status: Int = 200) -> Answer {
        Answer(status, "text/plain; charset=utf-8", Array(text.utf8))
    }
}
