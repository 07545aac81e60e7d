import Diagnostics
import XMLTree

extension DocumentContext {
    /// Notes what is odd about the elements of the whole document that are read without a context, identifiers and telecoms:
    /// each kind once, with its count.
    func notePlainElements() {
        var roots: (count: Int, first: XMLElement)?
        var telecoms: (count: Int, first: XMLElement)?
        for element in tree.root.descendants() {
            if element.has(name: "id"), InstanceIdentifier(element).hasOddRoot {
                roots = ((roots?.count ?? 0) + 1, roots?.first ?? element)
            } else if element.has(name: "telecom"), Telecom(element).lacksScheme {
                telecoms = ((telecoms?.count ?? 0) + 1, telecoms?.first ?? element)
            }
        }
        if let roots {
            note(
                .ccdaIdentifier, at: roots.first, expected: "an OID or UUID as root",
                found: "\(roots.count) identifiers with another, which is not used; the first of them here")
        }
        if let telecoms {
            note(
                .ccdaDemographics, at: telecoms.first, expected: "a scheme such as tel:",
                found: "\(telecoms.count) telecoms without one that is known; the first of them here")
        }
    }
}
