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
        ("trade-fail.json", .dead, .processing),
        ("trade-refunding.json", .processing, .processing),
        ("trade-refund.json", charged(1_000, balance: 4_000), .processing),
        ("trade-closed.json", .dead, .dead),
    ]

    private static func charged(_ paid: Int64, balance: Int64) -> PlatformAnswer {
        .charged(
            Trade(
                id: "5f1e8c2ab7d94036a1c2e4f6", paid: Money(fen: paid),
                balance: Money(fen: balance)))
    }

    @Test("each trade is classified by its status", arguments: answers)
    func trade(_ name: String, asked: PlatformAnswer, reversed: PlatformAnswer) throws {
        let body = try Data(contentsOf: Self.folder.appending(path: name))
        let response = WireResponse(status: 200, body: Array(body))
        let classification = Classification(refusalReasons: [:])
        #expect(try classification.posted(response, of: .sample()) == asked)
        #expect(try classification.asked(response, of: .sample()) == asked)
        #expect(try classification.reversed(response, of: .sample()) == reversed)
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
