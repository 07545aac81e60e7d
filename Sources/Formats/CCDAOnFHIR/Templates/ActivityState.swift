import CCDA
import JSONTree
import XMLTree

/// What the mapping of activities remembers from one statement to another.
struct ActivityState {
    /// What a statement shares with those inside it.
    struct Shared {
        var time: TimeExpression?
        /// Planned Coverage: all inside it is about payment.
        var isCoverage: Bool
        /// `specimenRole`
        var specimen: XMLElement?
    }
    /// By the rank of the statement's element.
    var shared: [Int: Shared] = [:]
    /// Devices by their unique identifier: one that two statements name is one device.
    var devices: [String: String] = [:]
    /// Specimens by their identifier.
    var specimens: [String: String] = [:]
    /// The last value of a test by its code and time, and by its code and identifier.
    var results: [String: JSONValue] = [:]
    /// Places of care by what names them.
    var locations: [String: String] = [:]
    /// Resources that belong to an encounter which is mapped later, with its identifier.
    var awaitedEncounters: [(resource: String, encounter: InstanceIdentifier)] = []
    /// Orders, and when they were written as far as they say so themselves.
    var orders: [(request: String, authored: Timestamp?)] = []
    /// Identifiers of the encounters that the document describes; nil until they are asked for.
    var encounterKeys: Set<String>?
}
