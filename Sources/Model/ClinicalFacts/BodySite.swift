/// What a body site code or modifier says, as far as the guideline needs it.
public enum BodySite: String, Sendable, Hashable {
    case lumbarOrSacral
    /// Perineum, saddle, perianal region, genitals.
    case saddle
    case left
    case right
    case bilateral
    /// Any other or unmapped site.
    case other
}
