import Sealing
import TerminalCore
import Testing

@Suite("A key that outlives its board")
struct RecoveryKeyTests {
    static let bytes = Array(UInt8(1)...32)
    static let text = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9_AsrhtHHw"
    static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VuAyEAB6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=
        -----END PUBLIC KEY-----
        """
    static let privatePEM = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VuBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g
        -----END PRIVATE KEY-----

        """
    /// The key of ``CardSealTests/seal``, wrapped by another program (Python's cryptography 48).
    static let wrapped =
        "qLqN8CwZRZTu7Tdgn1E+cTFkMnpFF8IIsRqaUHHcuBtsMQeYfb/0wyL2oB1CzFskrcsjHRetX6DoESZ/wFbQ"
        + "nfYpitO3r5Mtps1QJ5+DtN4="

    private static func secret(_ bytes: [UInt8] = bytes) throws -> RecoverySecret {
        try #require(RecoverySecret(bytes: bytes))
    }

    @Test("the texts of a pair are those that other programs write and read")
    func texts() throws {
        let secret = try Self.secret()
        #expect(secret.publicKey.text == Self.text)
        #expect(secret.pem == Self.privatePEM)
        #expect(RecoverySecret(pem: Self.privatePEM)?.publicKey == secret.publicKey)
        #expect("\(secret)" == "****")
    }

    @Test(
        "a public key is read as base64 of either alphabet and as PEM",
        arguments: [
            text, text + "\n", text.replacing("_", with: "/") + "=", publicPEM, publicPEM + "\n",
        ])
    func publicKey(text: String) {
        #expect(RecoveryKey(text)?.text == Self.text)
    }

    @Test(
        "what is no public key of X25519 is none",
        arguments: ["", "abc", text + "AAAA", String(text.dropLast(2)), privatePEM, "ä"])
    func noPublicKey(text: String) {
        #expect(RecoveryKey(text) == nil)
    }

    @Test(
        "what is no private key of X25519 is none",
        arguments: ["", text, publicPEM, String(privatePEM.dropFirst()), "secret of K001"])
    func noPrivateKey(text: String) {
        #expect(RecoverySecret(pem: text) == nil)
    }

    @Test("a key that another program wrapped opens the cards")
    func vector() throws {
        let seal = try Self.secret().open(Self.wrapped)
        #expect(seal.fingerprint == CardSealTests.seal.fingerprint)
    }

    @Test("a wrapped key opens the cards, for its own private key alone")
    func roundTrip() throws {
        let secret = try Self.secret()
        let wrapped = secret.publicKey.wrap(CardSealTests.seal)
        let card = try CardNumber("CARD0001")
        let opened = try secret.open(wrapped)
        #expect(try opened.number(of: CardSealTests.seal.text(of: card)) == card)
        let stranger = try Self.secret(Array(UInt8(2)...33))
        #expect(throws: CardSealError.unreadable) { try stranger.open(wrapped) }
    }

    @Test("a wrapped key that was changed anywhere opens nothing")
    func tampering() throws {
        let (secret, wrapped) = (try Self.secret(), Array(Self.wrapped))
        for index in wrapped.indices.dropLast(2) {
            var changed = wrapped
            changed[index] = wrapped[index] == "A" ? "B" : "A"
            #expect(throws: CardSealError.unreadable) { try secret.open(String(changed)) }
        }
        #expect(throws: CardSealError.unreadable) { try secret.open("") }
    }

    @Test("a point that gives everybody the same secret is no key")
    func lowOrder() {
        #expect(RecoveryKey(String(repeating: "A", count: 43)) == nil)
    }
}
