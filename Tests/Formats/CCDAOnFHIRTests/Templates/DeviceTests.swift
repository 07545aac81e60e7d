import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Devices of procedures and supplies, unique device identifiers, MRI safety (sections 4.6 and 7.12).
@Suite("Devices")
struct DeviceTests {
    static let negated = " negationInd='true'"
    static let implantation = Entries.code("175135009", Entries.snomed, "Introduction of cardiac pacemaker system")
    static let udi = "(01)00643169007222(17)160128(21)TEST1"
    static let generic = Entries.code("40388003", Entries.snomed, "Implant")
    static let anyProcedure = Entries.code("71388002", Entries.snomed, "Procedure")
    static let nothing = "<code nullFlavor='NA'/>"

    static func procedure(
        _ attributes: String = "", code: String = implantation, status: String? = "completed",
        at time: String = "20111005",
        inside: String = Entries.device(udi: udi)
    ) -> String {
        Entries.statement(
            "procedure", ["14"], attributes: attributes, code: code, status: status, at: time, inside: inside)
    }
    static func supply(
        _ attributes: String = "", template: String = "50", status: String? = "completed", at time: String = "20190918",
        inside: String = Entries.device(udi: udi, type: "PRD")
    ) -> String {
        Entries.statement(
            "supply", [template], attributes: attributes, code: "", status: status, at: time, inside: inside)
    }
    /// An observation of a UDI Organizer.
    static func detail(_ template: String, _ value: String, attributes: String = "") -> String {
        Entries.statement(
            "observation", [template], attributes: attributes, code: Entries.code("C", Entries.ncit), status: nil,
            at: "",
            inside: value)
    }
    static func organizer(_ details: String..., udi: String = udi, attributes: String = "") -> String {
        Entries.statement(
            "organizer", ["311"], attributes: attributes, code: Entries.code("74711-3", Entries.loinc), at: "",
            inside: "<id root='2.16.840.1.113883.3.3719' extension='\(udi)'/>"
                + details.map { "<component>\($0)</component>" }.joined())
    }
    static func safety(_ code: String, attributes: String = "") -> String {
        detail("318", Entries.value(code, "MRI safety", Entries.ncit), attributes: attributes)
    }
    static func row(
        _ name: String, _ entry: String, _ made: [String], _ expected: [String: String] = [:], losses: [String] = []
    ) -> ActivityRow {
        ActivityRow(name, section: "46264-8", entry, made, expected, losses: losses)
    }

    // MARK: Carriers

    static let carriers = [
        row(
            "procedure with a device", procedure(), ["Procedure", "Device"],
            [
                "Device.type.coding.0.code": "14106009", "Device.udiCarrier.0.deviceIdentifier": "00643169007222",
                "Device.udiCarrier.0.carrierHRF": udi, "Device.patient.reference": "*", "Device.status": "-",
                "Procedure.focalDevice.0.manipulated.reference": "*", "Procedure.performedDateTime": "2011-10-05",
            ]),
        row(
            "procedure without a code", procedure(code: nothing), ["Device"], ["Device.type.coding.0.code": "14106009"]),
        row(
            "supply", supply(), ["SupplyDelivery", "Device"],
            [
                "Device.type.coding.0.code": "14106009", "SupplyDelivery.status": "completed",
                "SupplyDelivery.occurrenceDateTime": "2019-09-18",
                "SupplyDelivery.suppliedItem.itemReference.reference": "*",
            ]),
        row("supply without a date", supply(at: ""), ["Device"]),
        row(
            "supply without a template", supply(template: "99999"), ["SupplyDelivery", "Device"]),
        row(
            "organizer of supplies",
            Entries.statement(
                "organizer", ["135"], code: generic, at: "20070103", inside: Entries.components(supply(at: ""))),
            ["SupplyDelivery", "Device"], ["SupplyDelivery.occurrenceDateTime": "2007-01-03"]),
        row(
            "null code and UDI", procedure(inside: Entries.device("<code nullFlavor='UNK'/>", udi: udi)),
            ["Procedure", "Device"], ["Device.type": "-", "Device.udiCarrier.0.carrierHRF": udi]),
        row(
            "null code and text",
            procedure(
                inside: Entries.device(
                    "<code nullFlavor='UNK'><originalText>Spinal cord stimulator</originalText></code>")),
            ["Procedure", "Device"], ["Device.type.text": "Spinal cord stimulator", "Device.udiCarrier": "-"]),
        row(
            "neither code, identifier nor text", supply(inside: Entries.device("<code nullFlavor='UNK'/>")), [],
            losses: ["refused: neither code, identifier nor text"]),
        row(
            "UDI of another form", procedure(inside: Entries.device(udi: "+H123ABC01234567890")),
            ["Procedure", "Device"],
            ["Device.udiCarrier.0.deviceIdentifier": "-", "Device.udiCarrier.0.carrierHRF": "+H123ABC01234567890"]),
        row(
            "an implant of no kind is an implant", procedure(inside: Entries.device(generic)), ["Procedure", "Device"],
            ["Device.type.coding.0.code": "40388003"]),
        row(
            "null code, the statement's words",
            supply(at: "", inside: "<text>Insulin pump</text>" + Entries.device("<code nullFlavor='UNK'/>", udi: udi)),
            ["Device"], ["Device.type.text": "Insulin pump"]),
        row(
            "the template decides, not the kind of participant",
            procedure(
                inside: """
                    <participant typeCode='LOC'><participantRole classCode='SDLOC'>\(Sample.template("37"))\
                    \(Entries.code("90412006", Entries.snomed, "Colonoscope"))</participantRole></participant>
                    """), ["Procedure", "Device"],
            ["Device.type.coding.0.code": "90412006", "Procedure.location": "-"]),
        row(
            "two devices", procedure(inside: Entries.device(udi: udi) + Entries.device(udi: "(01)00643169007223(21)B")),
            ["Procedure", "Device", "Device"], ["Procedure.focalDevice.1.manipulated.reference": "*"]),
        row(
            "one device in two statements", procedure() + "</entry><entry>" + supply(),
            ["Procedure", "Device", "SupplyDelivery"]),
        row(
            "a later statement adds what was missing",
            procedure(inside: Entries.device("<code nullFlavor='UNK'/>", udi: udi)) + "</entry><entry>"
                + supply(at: ""),
            ["Procedure", "Device"], ["Device.type.coding.0.code": "14106009"]),
    ]

    @Test("Carriers", arguments: carriers)
    func carrier(_ row: ActivityRow) throws { try row.check() }

    // MARK: Devices that are not there

    static let absent = [
        row("no implanted devices", procedure(negated, code: anyProcedure, inside: Entries.device(generic)), []),
        row("no implanted devices, null codes", procedure(negated, code: nothing, inside: Entries.device(nothing)), []),
        row("no implanted devices as a supply", supply(negated, inside: Entries.device(generic, type: "PRD")), []),
        row(
            "a device that was not implanted", procedure(negated, code: anyProcedure), [],
            losses: ["asText: a device that was not implanted"]),
        row(
            "an implantation that did not happen", procedure(negated), ["Procedure"],
            ["Procedure.status": "not-done", "Procedure.focalDevice": "-"]),
        row("a device that was not supplied", supply(negated), [], losses: ["asText: a device that was not supplied"]),
        row("implantation cancelled", procedure(status: "cancelled"), ["Procedure"], ["Procedure.focalDevice": "-"]),
        row("implantation entered in error", procedure(status: "nullified"), ["Procedure"]),
        row("implantation to come", procedure(at: "20250617"), ["Procedure"], ["Procedure.status": "preparation"]),
        row("implantation held", procedure(status: "held"), ["Procedure"]),
        row(
            "implantation broken off: it may be there", procedure(status: "aborted"), ["Procedure", "Device"],
            ["Device.status": "unknown"]),
        row(
            "implantation of unknown status", procedure(status: nil), ["Procedure", "Device"],
            ["Device.status": "unknown"]),
        row("supply cancelled", supply(status: "cancelled"), [], losses: ["asText: a supply that was not carried out"]),
        row("supply entered in error", supply(status: "nullified"), [], losses: ["asText: a supply entered in error"]),
        row("supply to come", supply(at: "20250617"), [], losses: ["asText: a supply that is still to come"]),
        row(
            "planned implantation",
            procedure().replacing("moodCode='EVN'", with: "moodCode='INT'"), ["ServiceRequest"]),
    ]

    @Test("Not there", arguments: absent)
    func missing(_ row: ActivityRow) throws { try row.check() }

    @Test(
        "No implanted devices leaves the section empty, and says so",
        arguments: [
            procedure(negated, code: anyProcedure, inside: Entries.device(generic)),
            supply(negated, inside: Entries.device(generic, type: "PRD")),
        ])
    func emptySection(_ entry: String) throws {
        let converted = try Sample.convert("46264-8", entry)
        #expect(converted.losses == [])
        #expect(converted.all("Composition").first?.text("section.0.emptyReason.coding.0.code") == "nilknown")
    }

    // MARK: Details

    static func inSupply(_ organizers: String...) -> String {
        supply(
            at: "",
            inside: Entries.device(udi: udi, type: "PRD") + organizers.map { Entries.related($0, "COMP") }.joined())
    }
    static let details = [
        row(
            "MR unsafe", inSupply(organizer(safety("C106047"))), ["Device"],
            [
                "Device.safety.0.coding.0.code": "C106047", "Device.safety.1": "-",
                "Device.safety.0.coding.0.system": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
            ]),
        row(
            "MR conditional", inSupply(organizer(safety("C106046"))), ["Device"],
            ["Device.safety.0.coding.0.code": "C106046"]),
        row(
            "MRI safety denied says nothing", inSupply(organizer(safety("C106045", attributes: negated))), ["Device"],
            ["Device.safety": "-"]),
        row(
            "MRI safety null", inSupply(organizer(safety("C106045", attributes: " nullFlavor='UNK'"))), ["Device"],
            ["Device.safety": "-"]),
        row(
            "denied organizer says nothing", inSupply(organizer(safety("C106045"), attributes: negated)), ["Device"],
            ["Device.safety": "-"],
            losses: ["asText: a device that is denied", "asText: inside a negated statement"]),
        row(
            "safety of the device that it names",
            supply(
                at: "",
                inside: Entries.device(udi: "(01)00000000000001(21)A", type: "PRD")
                    + Entries.device(
                        Entries.code("72506001", Entries.snomed), udi: "(01)00000000000002(21)B", type: "PRD")
                    + Entries.related(organizer(safety("C106047"), udi: "(01)00000000000002(21)B"), "COMP")),
            ["Device", "Device"], ["Device.safety": "-", "Device#2.safety.0.coding.0.code": "C106047"]),
        row(
            "parts of the identifier",
            inSupply(
                organizer(
                    detail("304", "<value xsi:type='II' root='1.3.160' extension='99994328998989'/>"),
                    detail("315", Entries.text("LOT1")), detail("319", Entries.text("SER1")),
                    detail("316", "<value xsi:type='TS' value='20181015'/>"),
                    detail("309", "<value xsi:type='TS' value='20221015'/>"), detail("308", Entries.text("DIC1")),
                    detail("301", Entries.text("Brand")), detail("317", Entries.text("Model")),
                    detail("302", Entries.text("Catalog")), detail("303", Entries.text("Maker")))), ["Device"],
            [
                "Device.udiCarrier.0.deviceIdentifier": "99994328998989", "Device.lotNumber": "LOT1",
                "Device.serialNumber": "SER1", "Device.manufactureDate": "2018-10-15",
                "Device.expirationDate": "2022-10-15", "Device.distinctIdentifier": "DIC1",
                "Device.deviceName.0.name": "Brand", "Device.modelNumber": "Model", "Device.partNumber": "Catalog",
                "Device.manufacturer": "Maker",
            ]),
        row(
            "status active", inSupply(organizer(detail("305", Entries.value("C45329", "Active", Entries.ncit)))),
            ["Device"],
            ["Device.status": "active"]),
        row(
            "another status", inSupply(organizer(detail("305", Entries.value("C160942", "Reduced", Entries.ncit)))),
            ["Device"], ["Device.status": "unknown"]),
        row(
            "organizer alone", organizer(safety("C106047")), ["Device"],
            ["Device.safety.0.coding.0.code": "C106047", "Device.udiCarrier.0.carrierHRF": udi]),
        row(
            "in a procedure",
            procedure(inside: Entries.device(udi: udi) + Entries.related(organizer(safety("C106047")), "COMP")),
            ["Procedure", "Device"], ["Device.safety.0.coding.0.code": "C106047"]),
    ]

    @Test("Details", arguments: details)
    func detailed(_ row: ActivityRow) throws { try row.check() }
}
