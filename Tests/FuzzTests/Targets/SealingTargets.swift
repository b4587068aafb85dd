import Sealing
import TerminalCore

extension FuzzTarget {
    /// Sealed cards and wrapped keys as a foreign file has them, and keys as people give them.
    static let sealing = [
        FuzzTarget(
            name: "sealed cards", share: 20,
            samples: ["1", "CARD0001", String(repeating: "a", count: 64)].map(sealed)
        ) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let card = try? seal.number(of: text) else { return .refused }
            return seal.text(of: card) == text ? .taken : .broken("a second text of a card")
        },
        FuzzTarget(name: "wrapped keys", share: 5, samples: [Array(wrapped.utf8)]) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let opened = try? secret?.open(text) else { return .refused }
            return opened.fingerprint == seal.fingerprint ? .taken : .broken("another key")
        },
        FuzzTarget(
            name: "public keys of a recovery", share: 5,
            samples: [publicKey, publicPEM].map { Array($0.utf8) }
        ) { bytes in
            guard let key = RecoveryKey(String(decoding: bytes, as: UTF8.self)) else {
                return .refused
            }
            return RecoveryKey(key.text) == key ? .taken : .broken(key.text)
        },
        FuzzTarget(
            name: "private keys of a recovery", share: 5,
            samples: [Array((secret?.pem ?? "").utf8)]
        ) { bytes in
            guard let secret = RecoverySecret(pem: String(decoding: bytes, as: UTF8.self)) else {
                return .refused
            }
            let again = RecoverySecret(pem: secret.pem)?.publicKey
            return again == secret.publicKey ? .taken : .broken("it reads back otherwise")
        },
    ]

    private static let seal = CardSeal(dataKey: "0123456789abcdef")
    private static let secret = RecoverySecret(bytes: Array(1...32))

    /// The key of ``seal``, wrapped to the public part of ``secret``.
    private static let wrapped =
        "qLqN8CwZRZTu7Tdgn1E+cTFkMnpFF8IIsRqaUHHcuBtsMQeYfb/0wyL2oB1CzFskrcsjHRetX6DoESZ/wFbQ"
        + "nfYpitO3r5Mtps1QJ5+DtN4="
    private static let publicKey = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9_AsrhtHHw"
    private static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VuAyEAB6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=
        -----END PUBLIC KEY-----
        """

    private static func sealed(_ number: String) -> [UInt8] {
        (try? CardNumber(number)).map { Array(seal.text(of: $0).utf8) } ?? []
    }
}
