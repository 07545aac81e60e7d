import Testing
import XMLTree

@Suite("Large documents")
struct ScaleTests {
    @Test("a million siblings: read, walked and named in linear time", .timeLimit(.minutes(1)))
    func wide() throws {
        let count = 1_000_000
        let document = try XMLDocument(
            Array("<a>".utf8) + Array(repeating: Array("<b/>".utf8), count: count).joined() + Array("</a>".utf8))
        #expect(document.elementCount == count + 1)
        #expect(document.root.childCount == count)
        var length = 0
        for element in document.root.elements { length += element.path.utf8.count }
        // "/a/b[" and "]" around 1 to 1,000,000.
        #expect(length == 6 * count + 5_888_896)
        #expect(document.memory <= 36 * count + 1_000)
    }

    @Test("rows of a table: texts and paths of every cell in linear time", .timeLimit(.minutes(1)))
    func table() throws {
        let rows = 20_000
        let text = "<t>" + String(repeating: "<r><c>1</c> <c>2</c></r>\n", count: rows) + "</t>"
        let document = try read(text)
        var (paths, texts, last) = (0, "", "")
        for row in document.root.elements {
            for cell in row.elements("c") {
                last = cell.path
                paths += 1
                texts += cell.ownText
            }
        }
        #expect(paths == 2 * rows)
        #expect(texts.utf8.count == 2 * rows)
        #expect(last == "/t/r[20000]/c[2]")
        #expect(document.root.elements("r").last?.line == rows)
        #expect(document.root.ownText.utf8.count == rows)
    }

    @Test("lines and errors beyond 65,535 have their number")
    func lines() throws {
        let lines = 200_000
        let text = "<a>" + String(repeating: "\n", count: lines) + "<b\n c='1'/>"
        #expect(try read(text + "</a>").root.first("b")?.line == lines + 1)
        #expect(refusal(text + "\n</b>")?.line == lines + 3)
    }

    @Test("long tags of one length, which libxml2's buffer is slow to give way to, are read to the end")
    func longTags() throws {
        let tag = "<b c='" + String(repeating: "x", count: 7_991) + "'/>"
        #expect(tag.utf8.count == 8_000)
        let count = 2_000
        let document = try read("<a>" + String(repeating: tag, count: count) + "</a>")
        #expect(document.root.childCount == count)
    }

    @Test("256 levels: every path, and the way back up")
    func deep() throws {
        let document = try read(
            String(repeating: "<a>", count: 256) + "x" + String(repeating: "</a>", count: 256))
        let last = try #require(document.root.descendants().map { $0 }.last)
        #expect(last.path == String(repeating: "/a", count: 256))
        #expect(last.ownText == "x")
        var (element, levels) = (last, 1)
        while let parent = element.parent { (element, levels) = (parent, levels + 1) }
        #expect(levels == 256)
        #expect(element == document.root)
    }

    @Test("very many names: each is found, by what it is and not by where it stands")
    func names() throws {
        let count = 20_000
        let text = "<a>" + (0..<count).map { "<n\($0) k\($0)='\($0)'/>" }.joined() + "</a>"
        let document = try read(text)
        for (number, element) in document.root.elements.enumerated() where number % 997 == 0 {
            #expect(element.name == "n\(number)")
            #expect(element["k\(number)"] == "\(number)")
            #expect(element.path == "/a/n\(number)")
        }
        #expect(document.elementCount == count + 1)
    }

    @Test("the tree of a document like a clinical one takes less than twice its bytes")
    func memory() throws {
        let entry = """
                  <entry typeCode="DRIV">
                    <observation classCode="OBS" moodCode="EVN">
                      <templateId root="2.16.840.1.113883.10.20.22.4.2" extension="2015-08-01"/>
                      <code code="8302-2" codeSystem="2.16.840.1.113883.6.1" displayName="Body height"/>
                      <statusCode code="completed"/>
                      <value xsi:type="PQ" value="177" unit="cm"/>
                    </observation>
                  </entry>

            """
        let text =
            "<section xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + String(repeating: entry, count: 5_000) + "</section>"
        #expect(try read(text).memory < 2 * text.utf8.count)
    }

    @Test("documents read at the same time do not disturb each other")
    func concurrent() async throws {
        let texts = (0..<8).map { number in
            "<a n='\(number)'>" + String(repeating: "<b\(number)>\(number)</b\(number)>", count: 2_000) + "</a>"
        }
        await withTaskGroup(of: Bool.self) { group in
            for round in 0..<64 {
                group.addTask {
                    let number = round % 8
                    guard let document = try? read(texts[number]), refusal(texts[number] + "x") != nil else {
                        return false
                    }
                    return document.root["n"] == "\(number)"
                        && document.root.elements.allSatisfy { $0.name == "b\(number)" && $0.ownText == "\(number)" }
                }
            }
            for await isSound in group { #expect(isSound) }
        }
    }

    @Test("an element keeps its document, and tasks may share it")
    func lifetime() async throws {
        let element = try #require(try read("<a><b>text</b></a>").root.first("b"))
        let texts = await withTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { element.ownText + element.path } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == ["text/a/b"])
    }
}
