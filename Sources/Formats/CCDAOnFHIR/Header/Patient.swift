import CCDA
import JSONTree
import XMLTree

extension DocumentMapper {
    /// Makes the Patient of the document.
    mutating func mapPatient() {
        let role = document.patientRole
        let ids = role.elements("id").map { InstanceIdentifier($0) }
        patient = sink.add(
            "Patient", from: role, key: ids.compactMap(\.key),
            [("identifier", ids.compactMap(\.json).nonEmptyArray)])
    }
}

extension [JSONValue] {
    /// The values as an array; nil when there are none, for FHIR has no empty arrays.
    var nonEmptyArray: JSONValue? { isEmpty ? nil : .array(self) }
}
