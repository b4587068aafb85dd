import Foundation
import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Old payments go to the archive")
struct ArchiveTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }
    private static let year = Duration.seconds(365 * 86_400)
    /// What is owed may be as much and as old as it likes.
    private static let rules = Sample.tapRules(
        up: false,
        policy: OfflinePolicy(
            totalLimit: Money(fen: 100_000_000), maxAge: .seconds(10 * 365 * 86_400)))

    init() throws { bench = try LedgerBench() }

    /// Settled payments, one each day from `start`; every fifth waits for its delivery.
    private func fill(_ count: Int, from start: Timestamp = Sample.start) async throws {
        for number in 0..<count {
            let now = start + .seconds(number * 86_400)
            let payment = try await ledger.recordTap(
                Sample.draft(), card: Sample.card(number), rules: Self.rules, now: now)
            if number % 5 == 0 { continue }
            _ = try await ledger.update(payment.seq, now: now) { _ in PaymentUpdate(.settled) }
        }
    }

    private func sweep(olderThan limit: Timestamp) async throws -> Int {
        var (moved, next): (Int, Int64?) = (0, 0)
        while let id = next {
            let step = try await ledger.archive(after: id, olderThan: limit)
            (moved, next) = (moved + step.moved, step.next)
        }
        return moved
    }

    private func archives() throws -> [String] {
        try ArchiveFile.paths(beside: bench.files.path).map { String($0.suffix(19)) }
    }

    @Test("what was made under a clock that nobody kept right stays, however old it looks")
    func doubtfulClock() async throws {
        bench.clock.setSynchronised(false)
        try await fill(5)
        bench.clock.setSynchronised(true)
        #expect(try await sweep(olderThan: Sample.start + Self.year) == 0)
    }

    @Test("what is closed and old moves to the file of its year; what is owed stays for ever")
    func moves() async throws {
        try await fill(400)
        let before = try await ledger.payments(PaymentFilter(limit: 500))
        #expect(try await sweep(olderThan: Sample.start + Self.year + Self.year) == 319)
        let left = try await ledger.payments(PaymentFilter(limit: 500))
        #expect(left.count { $0.state == .accepted } == 80)
        #expect(left.count { $0.state == .settled } == 1)
        #expect(left.allSatisfy { before.contains($0) })
        #expect(try archives() == ["ledger-2026.sqlite", "ledger-2027.sqlite"].map { "/" + $0 })
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect((result.lines, result.archivedLines) == (720, 638))
        #expect(result.uncheckedLines == 0)
        #expect(try await sweep(olderThan: Sample.start + Self.year + Self.year) == 0)
    }

    @Test("the archive holds every column of each payment and line")
    func content() async throws {
        try await fill(10)
        let rows = try await contents(of: bench.ledger.pool)
        _ = try await sweep(olderThan: Sample.start + Self.year)
        let archive = try #require(ArchiveFile.all(beside: bench.files.path).first)
        let (left, moved) = (
            try await contents(of: bench.ledger.pool), try await contents(of: archive)
        )
        #expect(left + moved == rows || Set(left + moved) == Set(rows))
        #expect(left.count + moved.count == rows.count)
        #expect(try bench.files.mode(of: "ledger-2026.sqlite") == 0o600)
    }

    private func contents(of file: any DatabaseReader) async throws -> [String] {
        try await file.read { db in
            try ["payments", "history"].flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
            }
        }
    }

    @Test("the payments of some time are read from the files of each year that it touches")
    func archivedTime() async throws {
        // 2026-12-29 23:59:59 UTC.
        let start = Timestamp(milliseconds: 1_798_588_799_000)
        try await fill(6, from: start)
        let (candidates, _) = try ledger.archiver.candidates(after: 0, olderThan: start + Self.year)
        _ = try ledger.archiver.copy(candidates)
        let time = start..<(start + .seconds(10 * 86_400))
        #expect(try await ledger.count(madeWithin: time) == 6)
        #expect(try await sweep(olderThan: start + Self.year) == 4)
        #expect(try archives() == ["ledger-2026.sqlite", "ledger-2027.sqlite"].map { "/" + $0 })
        #expect(try await ledger.count(madeWithin: time) == 6)
        let first = try await ledger.archivedPayments(madeWithin: time, after: 0, limit: 3)
        #expect(first.map(\.payment.id) == [2, 3, 4])
        #expect(first.allSatisfy { $0.payment.state == .settled && $0.earlierOrders == [] })
        let rest = try await ledger.archivedPayments(madeWithin: time, after: 4, limit: 3)
        #expect(rest.map(\.payment.id) == [5])
        let nothing = try await ledger.archivedPayments(
            madeWithin: start..<start, after: 0, limit: 3)
        #expect(nothing == [])
    }

    @Test("an archive that cannot be read is an error with its name, not a smaller sum")
    func unreadable() async throws {
        try await fill(2)
        let path = ArchiveFile.path(year: "2026", beside: bench.files.path)
        try Data(repeating: 7, count: 4_096).write(to: URL(filePath: path))
        let day = LocalDate(Sample.start)
        let error = await #expect(throws: LedgerError.self) {
            _ = try await ledger.report(day)
        }
        #expect(error?.description.contains(path) == true)
        await #expect(throws: LedgerError.self) {
            _ = try await ledger.count(madeWithin: day.moments)
        }
        #expect(ledger.health.trouble == nil)
    }

    @Test("young payments stay")
    func young() async throws {
        try await fill(20)
        #expect(try await sweep(olderThan: Sample.start + .seconds(10 * 86_400)) == 8)
        #expect(try await bench.number("SELECT count(*) FROM payments") == 12)
    }

    @Test("a stop between the steps loses nothing and moves nothing twice")
    func stops() async throws {
        try await fill(30)
        let limit = Sample.start + Self.year
        let (candidates, _) = try ledger.archiver.candidates(after: 0, olderThan: limit)
        let entries = try ledger.archiver.copy(candidates)
        #expect(entries.count == 23)
        var result = try await ledger.verify()
        #expect(result.isSound)
        #expect((result.lines, result.archivedLines) == (54, 0))
        _ = try ledger.archiver.copy(candidates)
        #expect(try await sweep(olderThan: limit) == 23)
        result = try await ledger.verify()
        #expect(result.isSound)
        #expect((result.lines, result.archivedLines) == (54, 46))
        #expect(try await ledger.removeArchived(entries) == 0)
    }

    @Test("a payment that is refunded between copy and delete stays, and goes later as it is then")
    func changedMeanwhile() async throws {
        try await fill(4)
        let limit = Sample.start + Self.year
        let (candidates, _) = try ledger.archiver.candidates(after: 0, olderThan: limit)
        let entries = try ledger.archiver.copy(candidates)
        let payment = try #require(
            try await ledger.payments(PaymentFilter(states: [.settled])).last)
        _ = try await ledger.update(payment.seq, now: limit) { _ in PaymentUpdate(.reversing) }
        #expect(try await ledger.removeArchived(entries) == entries.count - 1)
        #expect(try await ledger.payment(payment.seq)?.state == .reversing)
        #expect(try await ledger.verify().isSound)
        _ = try await ledger.update(payment.seq, now: limit) { _ in PaymentUpdate(.reversed) }
        try await fill(1, from: limit)
        #expect(try await sweep(olderThan: limit + .seconds(1)) == 2)
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect(result.archivedLines == 8)
    }

    @Test("numbers go on after everything was archived and the ledger was opened again")
    func numbers() async throws {
        let files = try TemporaryLedger()
        var ids: [Int64] = []
        var seqs: [String] = []
        for _ in 0..<3 {
            let ledger = try files.open()
            for _ in 0..<3 {
                let payment = try await ledger.recordTap(
                    Sample.draft(), card: Sample.card(), rules: Self.rules, now: Sample.start)
                _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
                    PaymentUpdate(.settled)
                }
                ids.append(payment.id)
                seqs.append(payment.seq)
            }
            let step = try await ledger.archive(after: 0, olderThan: Sample.start + Self.year)
            #expect(step.moved >= 2)
            let newest = try await ledger.changes(after: Int64(ids.count * 2), limit: 1)
            #expect(newest == [])
        }
        #expect(ids == Array(1...9))
        #expect(Set(seqs).count == 9)
        #expect(try await files.open().verify().isSound)
    }

    @Test("an archived payment is not found, and its reference is free again")
    func gone() async throws {
        let opened = try await ledger.open(Sample.draft(reference: "bill 1"), now: Sample.start)
        guard case .created(let payment) = opened else { return }
        _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.cancelled)
        }
        try await fill(1)
        #expect(try await sweep(olderThan: Sample.start + Self.year) == 1)
        #expect(try await ledger.payment(payment.seq) == nil)
        #expect(try await ledger.existing(Sample.draft(reference: "bill 1")) == nil)
    }

    @Test("without its archive the checkpoint vouches for the lines that went there")
    func absent() async throws {
        try await fill(20)
        _ = try await sweep(olderThan: Sample.start + Self.year)
        try bench.files.remove("ledger-2026.sqlite")
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect((result.absentLines, result.uncheckedLines) == (30, 0))
    }

    @Test(
        "an archive or a checkpoint that was changed is found",
        arguments: [
            "UPDATE archive.history SET by = 'me' WHERE id = 3",
            "UPDATE archive.history SET hash = zeroblob(16) WHERE id = 9",
            "DELETE FROM archive.payments WHERE id = 3",
            "UPDATE archive.payments SET amount = 1 WHERE id = 3",
            "UPDATE archived SET last_history = 100",
            "UPDATE archived SET hash = zeroblob(16)",
            "INSERT INTO archived VALUES (500, 501, zeroblob(16), zeroblob(16))",
        ])
    func tampered(statement: String) async throws {
        try await fill(20)
        _ = try await sweep(olderThan: Sample.start + Self.year)
        let pool = await ledger.pool
        let archive = try #require(ArchiveFile.paths(beside: bench.files.path).first)
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "DROP TRIGGER archived_only_grows")
            try db.execute(literal: "ATTACH \(archive) AS archive")
            try db.execute(sql: statement)
            try db.execute(sql: "DETACH archive")
        }
        #expect(try await !ledger.verify().isSound)
    }

    @Test(
        "only the archiver gets past the guards",
        arguments: [
            "DELETE FROM history WHERE id = 36", "DELETE FROM payments WHERE id = 20",
            "DELETE FROM archived", "UPDATE archived SET last_history = first_history",
            "UPDATE archived SET first_history = 0", "DELETE FROM audit_keys",
            "UPDATE audit_keys SET fingerprint = zeroblob(8)",
        ])
    func guards(statement: String) async throws {
        try await fill(20)
        _ = try await sweep(olderThan: Sample.start + Self.year)
        await #expect(throws: DatabaseError.self) { try await bench.run(statement) }
    }

    @Test("the checkpoints survive a new key")
    func newKey() async throws {
        let files = try TemporaryLedger()
        for number in UInt8(1)...2 {
            let ledger = try files.open(auditKey: AuditKey(Array(repeating: number, count: 16)))
            for _ in 0..<3 {
                let opened = try await ledger.open(Sample.draft(), now: Sample.start)
                guard case .created(let payment) = opened else { continue }
                _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
                    PaymentUpdate(.cancelled)
                }
            }
            _ = try await ledger.archive(after: 0, olderThan: Sample.start + Self.year)
            #expect(try await ledger.verify().isSound)
        }
    }
}
