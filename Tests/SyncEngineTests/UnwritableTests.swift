import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger
@testable import SyncEngine

@Suite("The ledger cannot be written", .timeLimit(.minutes(1)))
struct UnwritableTests {
    @Test("what is owed waits for the next try, nothing is sent, and it is delivered afterwards")
    func backlog() async throws {
        let bench = try EngineBench()
        let payment = try await bench.accepted()
        try await bench.makeReadOnly(true)
        try await bench.running {
            await bench.clock.waitForSleepers(1)
            #expect(await bench.engine.status.backingOff == 1)
            #expect(await bench.platform.story == [])
            try await bench.makeReadOnly(false)
            try await bench.wait(for: payment.seq, in: .settled)
        }
        #expect(await bench.platform.story == ["deliver"])
    }
}

extension EngineBench {
    /// Makes every commit fail, as a full disk does, until it is undone.
    fileprivate func makeReadOnly(_ isReadOnly: Bool) async throws {
        let pool = await ledger.pool
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA query_only = \(isReadOnly ? 1 : 0)")
        }
    }
}
