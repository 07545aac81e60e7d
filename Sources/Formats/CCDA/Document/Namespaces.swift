public import XMLTree

extension XMLNamespace {
    /// CDA itself.
    public static let cda = XMLNamespace(uri: "urn:hl7-org:v3", prefix: "cda")
    /// HL7's extensions to CDA.
    public static let sdtc = XMLNamespace(uri: "urn:hl7-org:sdtc", prefix: "sdtc")
    /// `xsi:type`
    public static let xsi = XMLNamespace(uri: "http://www.w3.org/2001/XMLSchema-instance", prefix: "xsi")
}
