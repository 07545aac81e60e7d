import CCDA
import JSONTree
import XMLTree

/// Organizations and places.
extension DocumentMapper {
    /// Reference of the Organization behind an element with id and name; nil when it has neither.
    ///
    /// Nesting (`asOrganizationPartOf`) is limited by the tree.
    mutating func organization(_ element: XMLElement) -> String? {
        let name = (element.first("name") ?? element.first("desc"))?.words
        let identifiers = element.identifiersJSON
        guard name != nil || identifiers != nil else { return nil }
        let whole = element.first("asOrganizationPartOf")?.first("wholeOrganization").flatMap { organization($0) }
        // An organization has no home (org-2, org-3).
        let isHome: (JSONValue) -> Bool = { $0 == "home" }
        let telecoms = element.elements("telecom").compactMap { Telecom($0).json?.without("use", where: isHome) }
        let addresses = element.elements("addr").compactMap { PostalAddress($0).json?.without("use", where: isHome) }
        return once(
            "Organization", from: element, known: signature(of: element, name: name),
            [
                ("identifier", identifiers),
                ("type", context.concept(element.first("standardIndustryClassCode")).map { [$0] }),
                ("name", name.map { .string($0) }), ("telecom", telecoms.nonEmptyArray),
                ("address", addresses.nonEmptyArray),
                ("partOf", whole.map { reference($0) }),
            ]
        ).reference
    }

    /// Reference of the Location of a healthCareFacility or a service delivery location; nil when nothing describes it.
    mutating func place(_ facility: XMLElement, _ place: XMLElement?, owner: XMLElement?) -> String? {
        let name = place?.first("name")?.words
        let address = (place?.first("addr") ?? facility.first("addr")).flatMap { PostalAddress($0).json }
        let type = context.concept(facility.first("code"))
        let identifiers = facility.identifiersJSON
        guard name != nil || address != nil || type != nil || identifiers != nil else { return nil }
        let manager = owner.flatMap { organization($0) }
        return once(
            "Location", from: facility,
            known: signature(of: facility, name: name) + [place?.first("addr")?.words ?? ""],
            [
                ("identifier", identifiers), ("name", name.map { .string($0) }), ("mode", "instance"),
                ("type", type.map { [$0] }), ("telecom", facility.telecomsJSON), ("address", address),
                ("managingOrganization", manager.map { reference($0) }),
            ]
        ).reference
    }
}
