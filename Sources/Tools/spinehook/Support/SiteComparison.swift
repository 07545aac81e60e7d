import Conversion
import DecisionSupport
import Settings

/// `evaluate --compare`: the configuration in force beside a site file over the shipped guideline.
struct SiteComparison {
    private let engine: Engine
    private let site: Engine
    private let differences: [ConfigurationDifference]

    /// Reads the site file and sets the guideline up with it.
    ///
    /// - Throws: ``Failure`` naming all that is wrong with it.
    init(_ path: String, _ common: CommonOptions, _ configuration: Configuration, _ engine: Engine) throws(Failure) {
        let other: Configuration
        do {
            other = try Configuration(file: try CommonOptions.file(path))
        } catch let failure as Failure {
            throw failure
        } catch let problems as ConfigurationProblems {
            throw Failure(.environment, problems.all.map(\.description).joined(separator: "\n"))
        } catch {
            throw Failure(.environment, "\(path.printable): not a readable configuration file")
        }
        self.engine = engine
        site = try common.engine(other)
        differences = other.differences(from: configuration)
    }

    /// The run that writes what differs.
    func applied(
        to run: EvaluateRun, format: EvaluateRun.Format?, joinsRecords: Bool
    ) throws(Failure) -> EvaluateRun {
        guard format == nil || format == .decisions || format == .text else {
            throw Failure(.wrongCall, "--compare writes decisions or text, not --format \(format?.rawValue ?? "")")
        }
        guard !joinsRecords || EvaluateRun.readsAlike(engine, site) else {
            throw Failure(
                .wrongCall, "--compare with --merge needs the same code lists in both configurations (terminology.*)")
        }
        return run.comparing(engine, with: site)
    }

    /// The closing summary: what was read and what differs, then what differs between the configurations.
    func words(_ summary: EvaluateRun.Summary) -> String {
        let kinds = ["rule", "rating", "card", "other"].compactMap { kind in
            summary.changes[kind].map { "\($0) \(kind)" }
        }
        let changed =
            summary.changed == 0
            ? "nothing changes" : "\(summary.changed) changed: " + kinds.joined(separator: ", ")
        let head = EvaluateCommand.words(summary) + "; " + changed
        let lines = differences.map { item in
            let unit = item.unit.isEmpty ? "" : " \(item.unit)"
            return "  \(item.key): \(shown(item.shipped)) → \(shown(item.inForce))\(unit)"
        }
        let title = lines.isEmpty ? "the configurations do not differ" : "differences of the configurations:"
        return ([head, title] + lines).joined(separator: "\n")
    }

    private func shown(_ value: String) -> String { value.isEmpty ? "none" : value }
}
