import CCDA
import JSONTree

extension CodedValue {
    /// CodeableConcept with every coding and the text; nil when there is neither (section 4.4).
    ///
    /// - Parameter text: What the statement's own text says, for a code that has no text of its own.
    func codeableConcept(text: String? = nil, in context: DocumentContext) -> JSONValue? { nil }
}

extension CodedValue.Coding {
    /// Coding, the system as the URI that FHIR has for it.
    var json: JSONValue { nil }
}

extension TimeExpression {
    /// Period; nil when neither end is known.
    var period: JSONValue? { nil }
}

extension PhysicalQuantity {
    /// Quantity
    var json: JSONValue { nil }
}

extension ObservationValue {
    /// The choice for `value[x]`: the type's name with a capital, for example `CodeableConcept`, and the value; nil for none.
    func choice(in context: DocumentContext) -> (type: String, value: JSONValue)? { nil }
}

extension NullFlavor {
    /// Code of data-absent-reason (section 4.1).
    var dataAbsentReason: String { "unknown" }
}

extension InstanceIdentifier {
    /// Identifier; nil when there is nothing to say.
    var json: JSONValue? { nil }
}

/// `{"reference": …}`
func reference(_ url: String) -> JSONValue { ["reference": .string(url)] }
