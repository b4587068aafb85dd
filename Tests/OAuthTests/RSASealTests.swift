import Foundation
import TerminalTesting
import Testing

@testable import OAuth

/// The keys of `Tests/Fixtures/chainup`.
enum ChainUpKeys {
    static func text(_ name: String) throws -> String {
        String(decoding: try fixture(name + ".pem", of: "chainup"), as: UTF8.self)
    }

    static func seal(ours: String = "ours", theirs: String = "platform-public") throws -> RSASeal {
        try RSASeal(
            theirKey: text(theirs), theirName: "their key", ourKey: Secret(text(ours)),
            ourName: "our key")
    }

    /// The same from the platform's side.
    static func platform() throws -> RSASeal {
        try seal(ours: "platform", theirs: "ours-public")
    }
}

@Suite("A sealed message")
struct RSASealTests {
    private struct Vector: Decodable {
        var bytes: Int
        var plain: String
        var data: String
        var platform_sign: String
        var our_sign: String

        var text: [UInt8] { Base64Text.decode(plain) ?? [] }
        var sealed: RSASeal.Sealed { .init(data: data, sign: platform_sign) }
    }

    private static func vectors() throws -> [Vector] {
        try JSONDecoder().decode(
            [Vector].self, from: Data(try fixture("vectors.json", of: "chainup")))
    }

    @Test("what OpenSSL encrypted and signed is opened, whatever its count of blocks")
    func opened() throws {
        let seal = try ChainUpKeys.seal()
        let vectors = try Self.vectors()
        #expect(vectors.map(\.bytes) == [1, 244, 245, 246, 490, 491, 735, 1_000])
        for vector in vectors {
            #expect(vector.text.count == vector.bytes)
            #expect(try seal.open(vector.sealed) == vector.text, "\(vector.bytes)")
        }
    }

    @Test("a signature is OpenSSL's, bit for bit")
    func signature() throws {
        let seal = try ChainUpKeys.seal()
        for vector in try Self.vectors() {
            #expect(try seal.seal(vector.text).sign == vector.our_sign, "\(vector.bytes)")
        }
    }

    @Test(
        "a text is cut into blocks of 245 bytes, without an empty one at the end",
        arguments: [
            (1, 1), (244, 1), (245, 1), (246, 2), (490, 2), (491, 3), (735, 3),
        ])
    func blocks(bytes: Int, blocks: Int) throws {
        let plain = (0..<bytes).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try ChainUpKeys.seal().seal(plain)
        #expect(Base64Text.decode(sealed.data)?.count == blocks * 256)
        #expect(!sealed.data.contains { "+/=".contains($0) })
        #expect(try ChainUpKeys.platform().open(sealed) == plain)
    }

    @Test("a message that was changed, is cut off or is somebody else's is refused")
    func forged() throws {
        let seal = try ChainUpKeys.seal()
        let good = try Self.vectors()[3]
        let other = try Self.vectors()[2]
        let half = String(good.data.prefix(good.data.count / 2))
        let forgeries: [RSASeal.Sealed] = [
            .init(data: good.data, sign: other.platform_sign),
            .init(data: good.data, sign: good.our_sign),
            .init(data: other.data, sign: good.platform_sign),
            .init(data: half, sign: good.platform_sign), .init(data: good.data, sign: ""),
            .init(data: "", sign: good.platform_sign), .init(data: "!", sign: "!"),
            .init(data: good.data + "AAAA", sign: good.platform_sign),
        ]
        for forgery in forgeries {
            #expect(throws: TokenError.badSignature) { try seal.open(forgery) }
        }
    }

    @Test("both alphabets of base64 are read, with padding and without")
    func alphabets() throws {
        let seal = try ChainUpKeys.seal()
        let vector = try Self.vectors()[0]
        let standard = { (text: String) in
            text.replacing("-", with: "+").replacing("_", with: "/")
                + String(repeating: "=", count: (4 - text.count % 4) % 4)
        }
        let sealed = RSASeal.Sealed(
            data: standard(vector.data), sign: standard(vector.platform_sign))
        #expect(try seal.open(sealed) == vector.text)
    }

    @Test("keys may come without armour, on one line or on several")
    func bareKeys() throws {
        let bare = { (name: String) throws -> String in
            try ChainUpKeys.text(name).split(separator: "\n").dropFirst().dropLast().joined()
        }
        let urlSafe = try bare("ours").replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
        let seal = try RSASeal(
            theirKey: bare("platform-public"), theirName: "t", ourKey: Secret(urlSafe),
            ourName: "o")
        let vector = try Self.vectors()[1]
        #expect(try seal.open(vector.sealed) == vector.text)
    }

    @Test("what is no key is named")
    func badKeys() throws {
        let (ours, theirs) = (try ChainUpKeys.text("ours"), try ChainUpKeys.text("ours-public"))
        let damaged = theirs.replacing("M", with: "N")
        for bad in ["", "x", "AAAA", "-----BEGIN PUBLIC KEY-----", damaged] {
            #expect(throws: TokenError.badKey("t")) {
                try RSASeal(theirKey: bad, theirName: "t", ourKey: Secret(ours), ourName: "o")
            }
        }
        for bad in ["", "x", theirs, "-----BEGIN PRIVATE KEY-----\nAAAA"] {
            #expect(throws: TokenError.badKey("o")) {
                try RSASeal(theirKey: theirs, theirName: "t", ourKey: Secret(bad), ourName: "o")
            }
        }
    }

    @Test("foreign bytes never crash it", arguments: UInt64(0)..<20)
    func anything(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let seal = try ChainUpKeys.seal()
        for count in [0, 1, 255, 256, 257, 512] {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let text = Base64Text.encodeURLSafe(bytes)
            #expect(Base64Text.decode(text) == bytes)
            #expect(throws: TokenError.badSignature) {
                try seal.open(.init(data: text, sign: text))
            }
        }
    }
}
