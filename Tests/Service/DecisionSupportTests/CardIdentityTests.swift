import CDSHooks
import ClinicalModel
import Digests
import Guidelines
import Testing

@testable import DecisionSupport

@Suite("Identity and order of cards")
struct CardIdentityTests {
    static let early = Case(
        card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate, results: Case.denied,
        removal: true)

    @Test("makes the UUID of RFC 9562, appendix A.4")
    func knownUUID() {
        let dns: [UInt8] = [
            0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
        ]
        #expect(
            NameBasedUUID.text(NameBasedUUID.bytes(name: "www.example.com", in: dns))
                == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }

    @Test(
        "makes the SHA-1 digests of FIPS 180-4",
        arguments: [
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ), ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ])
    func knownDigest(_ text: String, _ expected: String) {
        let digest = SHA1.digest(Array(text.utf8)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        #expect(digest.joined() == expected)
    }

    @Test("keeps the uuid for the same order, rule, facts and configuration, whatever the day")
    func stable() throws {
        let first = try #require(Self.early.card()).card
        var later = Self.early.decision
        later.asOf = Day(20_256)
        let second = try #require(Case.builder.card(for: .init(later, draft: Case.draft)))
        #expect(first.uuid == second.uuid)
        #expect(first.suggestions.map(\.uuid) == second.suggestions.map(\.uuid))
    }

    @Test("changes the uuid with the order, the rule, a fact or the configuration")
    func sensitive() throws {
        var decisions = [Self.early.decision]
        func add(_ change: (inout Decision) -> Void) {
            var decision = Self.early.decision
            change(&decision)
            decisions.append(decision)
        }
        add {
            $0.order = OrderUnderReview(
                reference: "ServiceRequest/o2", at: nil, modality: .mriWithout, priority: .routine)
        }
        add { $0.configuration = "other" }
        add { $0.subject = "Patient/p2" }
        add { $0.criteria[9] = Criterion($0.criteria[9].id, .met) }
        var other = Self.early
        other.rule = "A10-NOTRIAL"
        decisions.append(other.decision)
        let uuids = decisions.compactMap { Case.builder.card(for: .init($0))?.uuid }
        #expect(Set(uuids).count == decisions.count)
    }

    @Test("gives every card and suggestion of a response its own uuid, also two orders without a name")
    func unique() {
        var twin = Self.early.decision
        twin.order = OrderUnderReview(reference: nil, at: nil, modality: .mriWithout, priority: .routine)
        let cards = Case.builder.cards(for: [
            .init(twin, draft: Case.draft), .init(twin, draft: Case.draft), Self.early.review(),
        ])
        let uuids = cards.flatMap { [$0.uuid] + $0.suggestions.map(\.uuid) }.compactMap { $0 }
        #expect(cards.count == 3)
        #expect(uuids.count == 3 + cards.map(\.suggestions.count).reduce(0, +))
        #expect(Set(uuids).count == uuids.count)
    }

    @Test("sorts critical, warning, info, then by rule; silent decisions give no card")
    func order() {
        let silent = Case(
            card: .k05, indicator: .info, rule: "A10-INDICATED", rating: .usuallyAppropriate)
        var quiet = silent.decision
        quiet.outcome = Outcome(
            rule: "A10-INDICATED", rating: .usuallyAppropriate, contextClass: .noFlag, fit: .preferred,
            provisional: false, card: nil, indicator: nil, removeSuggestionAllowed: false)
        let reviews = [
            Case(card: .k13, indicator: .info, rule: "A8", rating: .insufficientData),
            Case(card: .k17, indicator: .warning, rule: "A11-REPEAT", rating: .usuallyNotAppropriate), Self.early,
            Case(
                card: .k02, indicator: .critical, rule: "A2", rating: .usuallyAppropriate,
                results: [.progressiveDeficit: .met]),
            Case(card: .k03, indicator: .warning, rule: "A5", rating: .usuallyAppropriate, results: [.infection: .met]),
        ].map { $0.review() }
        let cards = Case.builder.cards(for: [.init(quiet)] + reviews)
        #expect(cards.compactMap(\.source.topic?.code) == ["K02", "K03", "K05", "K17", "K13"])
    }

    @Test("links only under a public address, and never to a patient")
    func links() throws {
        #expect(try #require(Self.early.card()).card.links.isEmpty)
        let builder = CardBuilder(CardConfiguration(publicURL: "https://cds.example.org/"))
        let card = try #require(builder.card(for: Self.early.review()))
        #expect(card.links.map(\.url) == ["https://cds.example.org/guideline#G19"])
        #expect(card.source.url == "https://cds.example.org/guideline")
        #expect(card.source.label == LumbosacralRadiculopathy.title)
    }
}
