import Conversion
import Foundation

/// Refuses outputs that would overwrite what is read or one another, before anything is opened for writing.
struct OutputPlaces {
    private let outputs: [Output]

    private struct Output {
        let option: String
        let path: String
        let place: FilePlace

        /// What to call it in a message.
        var words: String { "\(option) \(path.printable)" }
    }

    /// - Parameter outputs: Options with their values; nil and `-` are streams, which overwrite nothing.
    init(_ outputs: [(option: String, path: String?)]) {
        self.outputs = outputs.compactMap { option, path in
            guard let path, path != "-", let place = FilePlace(path) else { return nil }
            return Output(option: option, path: path, place: place)
        }
    }

    /// Looks at the outputs beside each other and beside the inputs.
    ///
    /// - Parameters:
    ///   - files: Every file that is read; walked only when an output exists already.
    ///   - arguments: Inputs as named, for outputs that a folder would hold once they are made.
    /// - Throws: ``Failure`` naming the first that cannot be.
    func check(files: some Sequence<InputFile>, arguments: [String]) throws(Failure) {
        for (index, output) in outputs.enumerated() {
            guard let other = outputs[..<index].first(where: { $0.place == output.place }) else { continue }
            throw Failure(
                .wrongCall, "\(other.option) and \(output.option) are the same file: \(other.path.printable)")
        }
        for output in outputs {
            guard case .new(let path) = output.place else { continue }
            for folder in arguments where FilePlace.isWalked(path, from: folder) {
                throw Failure(.wrongCall, "\(output.words) lies in the input \(folder.printable) and would be read too")
            }
        }
        guard outputs.contains(where: \.place.exists) else { return }
        for file in files {
            guard let place = FilePlace(file.path ?? "/dev/stdin") else { continue }
            for output in outputs where output.place == place {
                throw Failure(
                    .wrongCall, "\(output.words) is the input \(file.name.printable): it would be overwritten")
            }
        }
    }
}

/// Where a path leads, links followed: the same for every name of one file.
enum FilePlace: Hashable {
    /// A file by its device and number.
    case existing(device: UInt64, number: UInt64)
    /// A file that is not there yet, by its path with the links of its folder followed.
    case new(String)

    /// Nil for what is no file: a folder, a terminal, a device, a pipe.
    init?(_ path: String) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target.path) else {
            let folder = target.deletingLastPathComponent().resolvingSymlinksInPath()
            self = .new(folder.appending(path: target.lastPathComponent).path)
            return
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular,
            let device = (attributes[.systemNumber] as? NSNumber)?.uint64Value,
            let number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value
        else { return nil }
        self = .existing(device: device, number: number)
    }

    /// Whether the file is there.
    var exists: Bool { if case .existing = self { true } else { false } }

    /// Whether a new file would be met on the walk through a folder, which passes over names that begin with a dot.
    static func isWalked(_ path: String, from folder: String) -> Bool {
        let top = URL(fileURLWithPath: folder).resolvingSymlinksInPath().pathComponents
        let parts = URL(fileURLWithPath: path).pathComponents
        return folder != "-" && parts.count > top.count && parts.starts(with: top)
            && !parts.dropFirst(top.count).contains { $0.hasPrefix(".") }
    }
}
