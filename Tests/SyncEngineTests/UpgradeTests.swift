import Foundation
import GRDB
import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("An upgrade with a full queue", .timeLimit(.minutes(1)))
struct UpgradeTests {
    /// The ledger that program 0.1 left, from its text in `Tests/Fixtures/ledger`.
    private func fixture() throws -> TemporaryLedger {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/ledger/0.1.sql")
        let text = try String(contentsOf: file, encoding: .utf8)
        let files = try TemporaryLedger()
        let queue = try DatabaseQueue(path: files.path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: text) }
        try queue.close()
        return files
    }

    @Test("everything that a 0.1 ledger owes is delivered, nothing else is touched")
    func forwards() async throws {
        let bench = try EngineBench(files: fixture())
        let recovery = try await bench.ledger.recover(now: bench.clock.now())
        #expect((recovery.cancelled, recovery.interrupted) == (1, 1))
        let before = try await bench.ledger.payments(PaymentFilter(limit: 500))
        let owed = before.filter { $0.state == .accepted }
        #expect(owed.count == 13)
        try await bench.running {
            for payment in owed { try await bench.wait(for: payment.seq, in: .settled) }
        }
        for payment in before where payment.state != .accepted && payment.state != .reversing {
            #expect(try await bench.ledger.payment(payment.seq) == payment)
        }
        #expect(try await bench.ledger.verify().isSound)
    }
}
