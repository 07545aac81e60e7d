import CCDA
import JSONTree
import XMLTree

/// Planned Supply (`.4.43`) → DeviceRequest.
extension DocumentMapper {
    /// What the patient is to be given. Drugs are planned in other templates; here they stay in words.
    mutating func plannedSupply(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let material = statement.element.first("product")?.first("manufacturedProduct")?.first("manufacturedMaterial")
        let playing = statement.element.elements("participant").lazy
            .compactMap { $0.first("participantRole")?.first("playingDevice") }.first
        let coded = (playing?.first("code") ?? material?.first("code")).map { CodedValue($0, in: context) }
        if coded?.codings.contains(where: { Self.drugSystems.contains($0.system ?? "") }) == true {
            // An order that was filled may be all that is left of a drug that is taken.
            return statement.has(.supplyOrder) && statement.negation == .no
                ? .refused("an order to supply a drug, without the drug's own statement", type: "MedicationRequest")
                : .asText("a drug to be supplied")
        }
        guard let code = concept(coded ?? statement.code, text: words(of: statement)) else {
            return .refused("neither code nor text", type: nil)
        }
        let denied = statement.negation == .yes
        if denied { return .asText("a supply that is not wanted") }
        let author = author(of: statement, around)
        let time = statement.effectiveTime?.members("occurrence") ?? []
        let made = sink.add(
            "DeviceRequest", from: statement.element, key: key(of: statement, coded), tag: statement.mood.tag,
            [
                ("identifier", identifiers(of: statement)), ("status", .string(requestStatus(statement))),
                ("intent", .string(statement.mood.intent)),
                ("priority", priority(of: statement).map { .string($0) }), ("codeCodeableConcept", code),
                ("subject", subject), ("encounter", encounter(around)),
            ] + time + [
                ("authoredOn", author.earliest.map { .string($0.fhir) }),
                ("requester", author.isInherited ? nil : author.reference),
                ("reasonCode", statement.isNullified ? nil : reasons(of: statement)),
                ("note", notes(of: statement, with: instructions(of: statement))),
            ])
        link(made, in: around)
        return .mapped(made)
    }

    /// RxNorm and NDC
    static let drugSystems: Set = ["2.16.840.1.113883.6.88", "2.16.840.1.113883.6.69"]
}
