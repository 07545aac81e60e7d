/// Reads many documents one after another with the same buffers.
///
/// A document may be kept: its buffers then stay with it and the next one gets new ones. For one task at a time.
public final class JSONParser {
    private let limits: JSONLimits
    private var buffers = TreeBuffers()

    /// A parser for documents within `limits`.
    public init(limits: JSONLimits = JSONLimits()) {
        self.limits = limits
    }

    /// Reads one document, as ``JSONDocument/init(_:in:firstLine:limits:)``.
    public func parse(
        _ bytes: [UInt8], in range: Range<Int>? = nil, firstLine: Int = 1
    ) throws(JSONError) -> JSONDocument {
        if !isKnownUniquelyReferenced(&buffers) { buffers = TreeBuffers() }
        let reading = JSONReading(bytes, range: range, firstLine: firstLine, limits: limits)
        return JSONDocument(try reading.run(in: buffers))
    }
}
