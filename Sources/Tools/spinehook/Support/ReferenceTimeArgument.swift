import ArgumentParser
import ClinicalModel
import Foundation

/// The value of `--as-of`.
struct ReferenceTimeArgument {
    let time: ReferenceTime

    init(_ text: String) throws {
        guard let time = ReferenceTime(text) else {
            throw ValidationError("'\(text)' is not a day (YYYY-MM-DD) or a moment (YYYY-MM-DDThh:mm:ss±hh:mm)")
        }
        self.time = time
    }
}

extension ReferenceTime {
    /// The clock of this machine, in its time zone.
    static var now: ReferenceTime {
        let now = Date()
        return .instant(
            seconds: Int(now.timeIntervalSince1970.rounded(.down)),
            offset: TimeZone.current.secondsFromGMT(for: now))
    }
}
