import ClinicalModel
import JSONTree

extension RecordBuilder {
    /// The sites of a CodeableConcept or a list of them; text alone names no site.
    func bodySites(_ node: JSONNode?) -> [BodySite] {
        guard let node else { return [] }
        return sites(codes(node, .all))
    }

    /// The sites of a Coding, as ImagingStudy has them.
    func bodySites(coding node: JSONNode?) -> [BodySite] {
        guard let node else { return [] }
        return sites(coding(node))
    }

    private func sites(_ reading: CodeReading) -> [BodySite] {
        var sites: [BodySite] = []
        for concept in reading.concepts {
            for site in BodySiteCodes.sites(concept.code) where !sites.contains(site) { sites.append(site) }
        }
        // Several codings of one site: a recognised one says more than an unmapped one beside it.
        if sites.contains(.lumbarOrSacral) || sites.contains(.saddle) { sites.removeAll { $0 == .other } }
        return sites
    }
}
