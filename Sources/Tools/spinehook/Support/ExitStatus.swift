/// Exit codes of the contract.
enum ExitStatus: Int32 {
    /// All inputs were used.
    case success = 0
    /// Some or all inputs could not be used; they are listed.
    case inputRefused = 1
    /// The call itself was wrong.
    case wrongCall = 2
    /// Nothing could be done for a reason outside the input.
    case environment = 3
}

/// Ends the program with a message and an exit code.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
