import CLibXML2
import Diagnostics
import Glibc
import Synchronization
import Testing
import XMLTree

/// An allocator that runs dry on one thread.
private enum DryAllocator {
    /// The thread that runs dry; 0 for none.
    static let thread = Atomic<UInt>(0)
    /// How many more allocations that thread gets.
    static let left = Atomic<Int>(0)
    static let refused = Atomic<Int>(0)

    static func refuses() -> Bool {
        guard thread.load(ordering: .relaxed) == UInt(pthread_self()) else { return false }
        if left.subtract(1, ordering: .relaxed).oldValue > 0 { return false }
        refused.add(1, ordering: .relaxed)
        return true
    }

    /// Gives it to libxml2, and with it to the tree, for as long as the process lives; other threads do not notice.
    static let installed: Void = {
        unsafe xmlMemSetup(
            { unsafe free($0) },
            { DryAllocator.refuses() ? nil : unsafe malloc($0) },
            { DryAllocator.refuses() ? nil : unsafe realloc($0, $1) },
            { text in
                guard !DryAllocator.refuses(), let text = unsafe text else { return nil }
                return unsafe strdup(text)
            })
    }()
}

@Suite("No memory left", .serialized)
struct MemoryTests {
    static let text =
        "<a xmlns='urn:hl7-org:v3' xmlns:x='urn:x'>"
        + (0..<400).map { "<n\($0) k\($0)='\($0) &amp;'>text &lt;</n\($0)>" }.joined()
        + "<x:b x:c='1'/><sdtc:b/></a>"

    @Test("at whichever allocation it ends, the document is refused or read whole", arguments: [text, CutTests.text])
    func exhausted(_ text: String) throws {
        _ = DryAllocator.installed
        let bytes = Array(text.utf8)
        let whole = NodeCount(try XMLDocument(bytes, namespaces: [.sdtc]))
        var codes: Set<String> = []
        var allocations = 0
        var isRead = false
        while !isRead {
            DryAllocator.refused.store(0, ordering: .relaxed)
            DryAllocator.left.store(allocations, ordering: .relaxed)
            DryAllocator.thread.store(UInt(pthread_self()), ordering: .relaxed)
            let result = Result { () throws(XMLError) in try XMLDocument(bytes, namespaces: [.sdtc]) }
            DryAllocator.thread.store(0, ordering: .relaxed)
            switch result {
            case .success(let document):
                #expect(NodeCount(document) == whole, "\(allocations) allocations")
                isRead = DryAllocator.refused.load(ordering: .relaxed) == 0
            case .failure(let error): codes.insert(error.code.rawValue)
            }
            allocations += 1
        }
        print("\(allocations) allocations, codes \(codes.sorted())")
        #expect(codes.contains("XML-130"))
    }
}
