import ClinicalModel
import JSONTree

extension RecordBuilder {
    /// The sites of a CodeableConcept or a list of them; text alone names no site.
    func bodySites(_ node: JSONNode?) -> [BodySite] { node.map { Self.sites(codes($0, .all)) } ?? [] }

    /// The sites of a Coding, as ImagingStudy has them.
    func bodySites(coding node: JSONNode?) -> [BodySite] { node.map { Self.sites(coding($0)) } ?? [] }

    private static func sites(_ reading: CodeReading) -> [BodySite] {
        var sites: [BodySite] = []
        for concept in reading.concepts {
            let site = concept.bodySite ?? .other
            if !sites.contains(site) { sites.append(site) }
        }
        // Several codings of one site: a recognised one says more than an unmapped one beside it.
        if sites.count > 1, sites.contains(.lumbarOrSacral) || sites.contains(.saddle) {
            sites.removeAll { $0 == .other }
        }
        return sites
    }
}
