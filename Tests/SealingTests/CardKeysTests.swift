import Sealing
import TerminalCore
import Testing

@Suite("The key for another terminal's cards")
struct CardKeysTests {
    private static let seal = CardSealTests.seal
    private static let other = CardSeal(dataKey: "another data key")

    private static func secret(_ first: UInt8) throws -> RecoverySecret {
        try #require(RecoverySecret(bytes: Array(first...first + 31)))
    }

    private func note() throws -> CardKeyNote {
        CardKeyNote(Self.seal, for: try Self.secret(1).publicKey)
    }

    @Test("this machine's own key opens them when it is the same")
    func own() throws {
        let note = CardKeyNote(Self.seal, for: nil)
        #expect(note == CardKeyNote(fingerprint: "c6350199df8aecf7", recovery: nil, wrapped: nil))
        let keys = CardKeys(seal: CardSeal(dataKey: "0123456789abcdef"))
        #expect(try keys.seal(for: note).fingerprint == Self.seal.fingerprint)
    }

    @Test("the private key of the recovery opens them, whatever this machine's own key is")
    func recovery() throws {
        let keys = CardKeys(seal: Self.other, secret: try Self.secret(1))
        let opened = try keys.seal(for: try note())
        let card = try CardNumber("CARD0001")
        #expect(try opened.number(of: Self.seal.text(of: card)) == card)
    }

    @Test("who has no key hears which one is wanted")
    func missing() throws {
        let wrapped = try note()
        let alone = CardKeyNote(Self.seal, for: nil)
        let (right, wrong) = (try Self.secret(1), try Self.secret(2))
        var damaged = wrapped
        damaged.wrapped = right.publicKey.wrap(Self.other)
        let rows: [(CardKeys, CardKeyNote, CardKeyError)] = [
            (CardKeys(), wrapped, .missing), (CardKeys(seal: Self.other), wrapped, .missing),
            (CardKeys(secret: wrong), wrapped, .otherKey),
            (CardKeys(secret: right), alone, .notWrapped),
            (CardKeys(secret: right), damaged, .damaged),
        ]
        for (keys, note, error) in rows {
            #expect(throws: error) { try keys.seal(for: note) }
            #expect(error.description.split(separator: " — ").count == 3)
        }
    }
}
