import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Product Instance (`.4.37`) with its UDI Organizer (`.4.311`) → Device.
extension DocumentMapper {
    /// SNOMED CT "Implant": a device of no particular kind.
    private static let anyImplant = "40388003"
    /// Identifier system of unique device identifiers.
    private static let udi = "2.16.840.1.113883.3.3719"

    /// The devices of a procedure or supply, in order. UDI organizers in it are consumed.
    ///
    /// - Parameter isCertain: Whether the patient surely has them; if not, their status is unknown.
    mutating func devices(of statement: Statement, isCertain: Bool) -> [String] {
        let roles = Self.deviceRoles(in: statement)
        let organizers = statement.related.map(\.statement).filter { $0.has(.udiOrganizer) && isPlain($0) }
        var unused = organizers
        var made: [String] = []
        for role in roles {
            let keys = role.elements("id").compactMap { InstanceIdentifier($0).extensionText }
            let match = unused.firstIndex { $0.ids.contains { $0.extensionText.map(keys.contains) == true } }
            let index = match ?? (roles.count == 1 && unused.count == 1 ? 0 : nil)
            let details = index.map { UDIDetails(unused.remove(at: $0)) }
            if let device = device(role, details, of: statement, isCertain: isCertain) { made.append(device) }
        }
        if roles.isEmpty {
            for organizer in unused {
                if let device = device(nil, UDIDetails(organizer), of: statement, isCertain: isCertain) {
                    made.append(device)
                }
            }
        }
        if !made.isEmpty { consume(organizers) }
        return made
    }

    /// The device that an organizer alone describes; what stands in it is consumed.
    mutating func device(describedBy organizer: Statement) -> String? {
        let made = device(nil, UDIDetails(organizer), of: organizer, isCertain: true)
        if made != nil { consume(organizer.inner) }
        return made
    }

    /// A statement that holds, about the patient.
    private func isPlain(_ statement: Statement) -> Bool {
        statement.negation == .no && !statement.isNullified && !statement.isSuperseded && statement.mood == .event
            && !namesOther(statement)
    }

    /// Whether a statement names a device, rather than implants of any kind or none.
    func namesDevice(_ statement: Statement) -> Bool {
        Self.deviceRoles(in: statement).contains { role in
            guard let code = deviceCode(role) else { return false }
            return !code.codings.isEmpty && !code.has(Self.anyImplant, CodeSystemOID.snomed)
        }
    }

    private static func deviceRoles(in statement: Statement) -> [XMLElement] {
        statement.element.elements("participant").compactMap { $0.first("participantRole") }.filter { role in
            role.first("playingDevice") != nil || isProductInstance(role)
        }
    }

    /// Whether a participantRole is a Product Instance, whatever the participant's typeCode.
    static func isProductInstance(_ role: XMLElement) -> Bool {
        role.elements("templateId").contains { $0.hasAttribute("root", equalTo: Template.productInstance.rawValue) }
    }

    /// What the device is: the code of the device, else of the role that it plays.
    private func deviceCode(_ role: XMLElement?) -> CodedValue? {
        (role?.first("playingDevice")?.first("code") ?? role?.first("code")).map { CodedValue($0, in: context) }
    }

    // MARK: Device

    /// One device; nil when nothing says what it is. A device that another statement named by its UDI is the same one.
    private mutating func device(
        _ role: XMLElement?, _ details: UDIDetails?, of statement: Statement, isCertain: Bool
    ) -> String? {
        let ids = role?.elements("id").map { InstanceIdentifier($0) } ?? []
        let udi = (ids.filter { $0.root == Self.udi && $0.key != nil } + (details?.ids ?? []))
            .lazy.compactMap(\.extensionText).first
        let playing = role?.first("playingDevice")
        let code = deviceCode(role)
        let model = context.text(of: playing?.first("manufacturerModelName"))
        let type = concept(code) ?? words(of: statement).map { .text($0) }
        guard type != nil || udi != nil || model != nil || details?.saysSomething == true else { return nil }
        if let udi, let known = activityState.devices[udi] {
            complete(known, type: type, details)
            return known
        }
        let others = ids.filter { $0.root != Self.udi }
        let made = sink.add(
            "Device", from: role ?? statement.element, key: key(of: statement, code) + [udi ?? ""],
            [
                ("identifier", others.compactMap(\.json).nonEmptyArray),
                ("udiCarrier", carrier(udi, details).map { [$0] }),
                ("status", (details?.status ?? (isCertain ? nil : "unknown")).map { .string($0) }),
                ("distinctIdentifier", details?.text(.distinctIdentificationCode)),
                ("manufacturer", details?.text(.companyName) ?? manufacturer(role).map { .string($0) }),
                ("manufactureDate", details?.time(.manufacturingDate)),
                ("expirationDate", details?.time(.expirationDate)), ("lotNumber", details?.text(.lotNumber)),
                ("serialNumber", details?.text(.serialNumber)), ("deviceName", details?.name.map { [$0] }),
                ("modelNumber", details?.text(.modelNumber) ?? model.map { .string($0) }),
                ("partNumber", details?.text(.catalogNumber)), ("type", type), ("patient", subject),
                ("safety", (details.map { safety($0) } ?? []).nonEmptyArray),
            ])
        if let udi { activityState.devices[udi] = made }
        return made
    }

    /// Adds what a further statement says of a device that is known by its UDI.
    private mutating func complete(_ device: String, type: JSONValue?, _ details: UDIDetails?) {
        let safety = (details.map { self.safety($0) } ?? []).nonEmptyArray
        sink.change(device) { members in
            for (name, value) in [("type", type), ("safety", safety)] where value != nil {
                guard let index = members.firstIndex(where: { $0.0 == name }), members[index].1 == nil else { continue }
                members[index].1 = value
            }
        }
    }

    /// The unique identifier as people read it, and the part of it that tells the model.
    private func carrier(_ udi: String?, _ details: UDIDetails?) -> JSONValue? {
        let model = details?.deviceIdentifier ?? udi.flatMap(Self.gtin)
        guard udi != nil || model != nil else { return nil }
        return .object([
            ("deviceIdentifier", model.map { .string($0) }), ("carrierHRF", udi.map { .string($0) }),
        ])
    }

    /// The GTIN of a UDI in the form of GS1: fourteen digits behind `(01)`.
    private static func gtin(_ udi: String) -> String? {
        guard udi.hasPrefix("(01)") else { return nil }
        let digits = udi.dropFirst(4).prefix(14)
        return digits.utf8.count == 14 && digits.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            ? String(digits) : nil
    }

    private func manufacturer(_ role: XMLElement?) -> String? {
        context.text(of: role?.first("scopingEntity")?.first("desc"))
    }

    /// MRI and latex safety.
    private func safety(_ details: UDIDetails) -> [JSONValue] {
        details.coded([.mriSafety, .latexSafety]).compactMap { concept($0) }
    }
}
