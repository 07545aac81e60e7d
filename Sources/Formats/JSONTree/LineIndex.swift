import Synchronization

/// Finds lines and columns without counting from the start each time: it remembers the position of every 64 KiB, up to
/// the furthest place asked for. Nothing is counted before somebody asks.
@usableFromInline
final class LineIndex: Sendable {
    private static let step = 65_536
    private let start: JSONPosition
    /// The positions of the bytes `step`, `2 * step` and so on.
    private let known = Mutex<[JSONPosition]>([])

    /// - Parameter firstLine: The number of the line on which the text begins.
    init(firstLine: Int) {
        start = JSONPosition(line: firstLine, column: 1)
    }

    /// The place of a byte; one beyond the end has the place behind the last byte.
    func position(of offset: Int, in text: UnsafeBufferPointer<UInt8>) -> JSONPosition {
        let offset = max(0, min(offset, text.count))
        let steps = offset / Self.step
        let nearest = known.withLock { known in
            var last = known.last ?? start
            while known.count < steps {
                let place = known.count * Self.step
                last = unsafe last.advanced(over: UnsafeBufferPointer(rebasing: text[place..<place + Self.step]))
                known.append(last)
            }
            return steps == 0 ? start : known[steps - 1]
        }
        return unsafe nearest.advanced(over: UnsafeBufferPointer(rebasing: text[steps * Self.step..<offset]))
    }
}
