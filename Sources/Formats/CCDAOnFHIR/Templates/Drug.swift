import CCDA
import JSONTree
import XMLTree

/// Which drug or vaccine a statement is about: `consumable`, or `product` of a supply.
struct Drug {
    /// `manufacturedMaterial/code`; nil when there is no such element.
    let code: CodedValue?
    /// `manufacturedMaterial/name`
    let name: String?
    let lot: String?
    let manufacturer: String?

    init?(_ statement: Statement) {
        let holder = statement.element.first("consumable") ?? statement.element.first("product")
        guard let product = holder?.first("manufacturedProduct") else { return nil }
        let context = statement.context
        let material = product.first("manufacturedMaterial") ?? product.first("manufacturedLabeledDrug")
        func text(_ element: XMLElement?) -> String? {
            let text = context.text(of: element)?.trimmingBlanks()
            return text?.isEmpty == false ? text : nil
        }
        code = material?.first("code").map { CodedValue($0, in: context) }
        name = text(material?.first("name"))
        lot = text(material?.first("lotNumberText"))
        manufacturer = text(product.first("manufacturerOrganization")?.first("name"))
    }

    /// Whether it names no drug: the code is null, without translation and text, or it is 410942007, any drug at all. A name
    /// beside a code that does not apply is none. What is masked is a drug.
    var namesNone: Bool {
        guard let code else { return name == nil }
        if code.has("410942007", CodeSystemOID.snomed) { return true }
        if code.nullFlavor?.isMasked == true { return false }
        return code.isEmpty && (name == nil || code.nullFlavor?.rawValue == "NA")
    }

    /// CodeableConcept; nil when neither code nor words name it.
    func concept(words: String?, in context: DocumentContext) -> JSONValue? {
        code?.codeableConcept(text: name, in: context) ?? (name ?? words).map { .text($0) }
    }
}

extension DocumentMapper {
    /// `medicationCodeableConcept`, or `medicationReference` to a Medication where maker or lot say more than the code.
    mutating func medication(
        _ drug: Drug, _ concept: JSONValue, of statement: Statement
    ) -> (String, JSONValue?) {
        guard drug.lot != nil || drug.manufacturer != nil else { return ("medicationCodeableConcept", concept) }
        let medication = sink.add(
            "Medication", from: statement.element, key: key(of: statement, drug.code),
            [
                ("code", concept), ("manufacturer", drug.manufacturer.map { ["display": .string($0)] }),
                ("batch", drug.lot.map { ["lotNumber": .string($0)] }),
            ])
        return ("medicationReference", reference(medication))
    }
}
