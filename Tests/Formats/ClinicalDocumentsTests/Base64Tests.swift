import Foundation
import Testing

@testable import ClinicalDocuments

@Suite("Base64")
struct Base64Tests {
    static let rows: [(text: String, bytes: String?, because: String)] = [
        ("", "", "nothing"), ("QQ==", "A", "one byte"), ("QUI=", "AB", "two bytes"), ("QUJD", "ABC", "three bytes"),
        ("QU\nJD\r\n", "ABC", "broken into lines"), (" Q Q = = ", "A", "blanks everywhere"),
        ("QQ", nil, "no padding"), ("QQ=", nil, "too little padding"), ("QUJD=", nil, "padding for nothing"),
        ("Q", nil, "a lone letter"), ("QQ==QQ==", nil, "letters behind the padding"),
        ("Q-_=", nil, "the alphabet of URLs"),
        ("data:text/xml;base64,QUJD", nil, "a data URL"), ("QUÄD", nil, "no ASCII"),
    ]

    @Test("by RFC 4648", arguments: rows)
    func row(_ text: String, _ bytes: String?, _ because: String) {
        #expect(Base64.decoded(text) == bytes.map { Array($0.utf8) }, "\(because)")
    }

    @Test("every length and every byte, as Foundation encodes them")
    func agreement() {
        for count in 0..<260 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) }
            #expect(Base64.decoded(Data(bytes).base64EncodedString()) == bytes)
        }
    }
}
