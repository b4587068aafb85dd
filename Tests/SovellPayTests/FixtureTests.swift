import Foundation
import OAuth
import TerminalCore
import Testing

@testable import SovellPay

@Suite("What the platform's answers of Tests/Fixtures/sovell mean")
struct FixtureTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/sovell")

    /// Each trade after a POST or a GET, and after a DELETE.
    private static let answers: [(String, asked: PlatformAnswer, reversed: PlatformAnswer)] = [
        ("trade-accepted.json", .processing, .processing),
        ("trade-normal.json", charged(1_250, balance: 3_750), .processing),
        ("trade-vouchers.json", charged(1_000, balance: 4_000), .processing),
        ("trade-code.json", charged(1_250, balance: 3_750), .processing),
        ("trade-channel.json", charged(1_250), .processing),
        ("trade-fail.json", .dead, .processing),
        ("trade-refunding.json", .processing, .processing),
        ("trade-refund.json", charged(1_000, balance: 4_000), .processing),
        ("trade-closed.json", .dead, .dead),
    ]

    private static func charged(_ paid: Int64, balance: Int64? = nil) -> PlatformAnswer {
        .charged(
            Trade(
                id: "5f1e8c2ab7d94036a1c2e4f6", paid: Money(fen: paid),
                balance: balance.map(Money.init(fen:))))
    }

    private static func response(_ name: String) throws -> WireResponse {
        WireResponse(
            status: 200, body: Array(try Data(contentsOf: folder.appending(path: name))))
    }

    @Test("each trade is classified by its status", arguments: answers)
    func trade(_ name: String, asked: PlatformAnswer, reversed: PlatformAnswer) throws {
        let response = try Self.response(name)
        let classification = Classification(refusalReasons: [:])
        #expect(try classification.posted(response, of: .sample()) == asked)
        #expect(try classification.asked(response, of: .sample()) == asked)
        #expect(try classification.reversed(response, of: .sample()) == reversed)
    }

    @Test("an order that a code has paid names no card, and is ours")
    func code() throws {
        var payment = try Payment.sample()
        payment.card = nil
        let response = try Self.response("trade-code.json")
        let classification = Classification(refusalReasons: [:])
        let paid = Self.charged(1_250, balance: 3_750)
        #expect(classification.posted(response, of: payment) == paid)
        #expect(classification.asked(response, of: payment) == paid)
        #expect(classification.reversed(response, of: payment) == .processing)
    }

    @Test(
        "what belongs to a holder is asked for with his token, and comes as it was told",
        arguments: [
            (SovellPay.accounts("https://p"), "accounts.json", "accounts"),
            (
                SovellPay.vouchers("https://p", skip: 4, limit: 2), "props.json",
                "props?skip=4&limit=2"
            ),
        ])
    func holdings(request: WireRequest, name: String, path: String) async throws {
        let response = try Self.response(name)
        let wire = ScriptedWire([.success(response)])
        let tokens = TokenClient(
            platform: SovellOAuth(
                baseURL: "https://p", clientID: "id", clientSecret: Secret("secret")),
            wire: wire, timeout: .seconds(3), uptime: { .seconds(1) })
        #expect(try await tokens.call(request, with: Secret("t")) == response)
        #expect(await wire.lines == ["GET https://p/sovellpay/v2/" + path])
        #expect(await wire.requests[0].headers == [.init("Authorization", "Bearer t")])
    }

    @Test("each trade of the folder is here, and the README there names each file's source")
    func complete() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let trades = names.filter { $0.hasPrefix("trade-") }
        #expect(Set(trades) == Set(Self.answers.map(\.0)))
        let readme = try String(
            contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        let named = readme.matches(of: /\n\| `([a-z-]+\.json)` \|/).map { String($0.1) }
        #expect(named.sorted() == names.filter { $0 != "README.md" }.sorted())
    }
}
