import CCDA
import JSONTree
import XMLTree

/// Non-Medicinal Supply (`.4.50`) and Medical Equipment Organizer (`.4.135`) → Device and SupplyDelivery.
extension DocumentMapper {
    /// What was given to the patient: the device, and that and when it was handed over.
    mutating func nonMedicinalSupply(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes { return nothingSupplied(statement, around) }
        switch statement.status {
        case .nullified: return .asText("a supply entered in error")
        case .cancelled, .aborted: return .asText("a supply that was not carried out")
        default: break
        }
        let time = statement.effectiveTime ?? around.around.last.flatMap { shared(by: $0).time }
        if isFuture(time?.start) { return .asText("a supply that is still to come") }
        var made = devices(of: statement, isCertain: statement.status == .completed)
        if made.isEmpty, let device = productDevice(statement) { made = [device] }
        guard let device = made.first else { return .refused("neither code, identifier nor text", type: "Device") }
        deliver(statement, around, made, time)
        return .mapped(device)
    }

    /// SupplyDelivery of devices, which have no date of their own.
    private mutating func deliver(
        _ statement: Statement, _ around: Surroundings, _ devices: [String], _ time: TimeExpression?
    ) {
        guard let occurrence = time?.members("occurrence"), !occurrence.isEmpty else { return }
        let quantity = statement.element.first("quantity").flatMap { Self.count($0) }
        for (index, device) in devices.enumerated() {
            let supplier = performers(of: statement).first
            let made = sink.add(
                "SupplyDelivery", from: statement.element, role: String(index), key: key(of: statement, statement.code),
                [
                    ("identifier", identifiers(of: statement)),
                    ("status", statement.status == .completed ? "completed" : "in-progress"),
                    ("patient", subject),
                    ("suppliedItem", .object([("quantity", quantity), ("itemReference", reference(device))])),
                ] + occurrence + [("supplier", supplier)])
            list(made, around)
        }
    }

    /// A count without a unit, as Quantity.
    private static func count(_ element: XMLElement) -> JSONValue? {
        guard element["unit"] == nil || element["unit"] == "1", let text = element["value"], let count = Int(text)
        else {
            return nil
        }
        return ["value": .number(count)]
    }

    /// The device of a supply that names it as a product.
    private mutating func productDevice(_ statement: Statement) -> String? {
        let material = statement.element.first("product")?.first("manufacturedProduct")?.first("manufacturedMaterial")
        let code = material?.first("code").map { CodedValue($0, in: context) } ?? statement.code
        guard let type = concept(code, text: words(of: statement)) else { return nil }
        return sink.add(
            "Device", from: statement.element, key: key(of: statement, code), [("type", type), ("patient", subject)])
    }

    /// "No implanted devices", or a device that the patient was not given (section 4.6).
    private mutating func nothingSupplied(_ statement: Statement, _ around: Surroundings) -> Outcome {
        guard !namesDevice(statement) else { return .asText("a device that was not supplied") }
        nilKnown.insert(around.section.index)
        return .covered
    }

    /// A group of supplies and procedures: they are mapped by themselves.
    mutating func equipmentOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes {
            nilKnown.insert(around.section.index)
            return .covered
        }
        return statement.related.isEmpty ? .asText("an organizer with nothing in it") : .covered
    }

    /// A UDI Organizer that no procedure or supply holds: the device that it describes.
    mutating func udiOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        guard statement.negation == .no, !statement.isNullified else { return .asText("a device that is denied") }
        guard let device = device(describedBy: statement) else {
            return .refused("neither code, identifier nor text", type: "Device")
        }
        return .mapped(device)
    }
}
