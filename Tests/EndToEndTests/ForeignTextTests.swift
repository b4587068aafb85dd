import Foundation
import Testing

/// A platform whose texts would colour, clear or retitle the terminal that they reach.
@Suite("texts of a platform that steer terminals") struct ForeignTextTests {
    /// The one character that begins such an order (CSI), and the one that deletes (DEL).
    private static let order = "\u{9B}31mred\u{7F}"

    private static let script: TLSPlatform.Script = { request in
        if request == "POST /oauth/v2/token" {
            return .init(body: #"{"access_token":"t-1","expires_in":7199,"scope":"\#(order)"}"#)
        }
        if request.hasSuffix("/state") { return .init(body: #"{"code":"used"}"#) }
        return .init(body: #"{"code":"\#(order)","active":true}"#)
    }

    private static let commands: [(arguments: [String], shown: String)] = [
        (["--way", "terminal"], "scope         31mred"),
        (["--way", "terminal", "--json"], #""scope":"31mred""#),
        (["--way", "qr"], "show this as a QR code: 31mred"),
        (["--way", "qr", "--json"], "show this as a QR code: 31mred"),
        (["inspect"], #"{"code":"31mred","active":true}"#),
    ]

    @Test("lose their orders, in a pipe, too, as pipes end at terminals", arguments: commands)
    func harmless(arguments: [String], shown: String) async throws {
        try await TLSTests.withPlatform(script: Self.script) { platform, authority in
            let kiosk = try TLSTests.kiosk(platform, trusting: authority.file)
            let (code, text) = try await kiosk.command(["token"] + arguments, typing: ["t-1"])
            #expect(code == 0, "\(text)")
            #expect(text.contains(shown), "\(text)")
            let controls = text.unicodeScalars.filter { scalar in
                scalar.properties.generalCategory == .control && scalar != "\n"
            }
            #expect(controls.isEmpty, "\(text.debugDescription)")
        }
    }
}
