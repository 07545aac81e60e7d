import CCDA
import JSONTree

extension NullFlavor {
    /// Code of data-absent-reason (section 4.1).
    var dataAbsentReason: String {
        switch rawValue.uppercased() {
        case "ASKU": "asked-unknown"
        case "NASK": "not-asked"
        case "NAV": "temp-unknown"
        case "MSK": "masked"
        case "NA": "not-applicable"
        case "NINF": "negative-infinity"
        case "PINF": "positive-infinity"
        case "OTH", "UNC", "QS", "TRC", "DER": "unsupported"
        default: "unknown"
        }
    }

    /// An element without a value that says why: an object with the extension data-absent-reason.
    var dataAbsentReasonElement: JSONValue {
        [
            "extension": [
                [
                    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                    "valueCode": .string(dataAbsentReason),
                ]
            ]
        ]
    }
}
