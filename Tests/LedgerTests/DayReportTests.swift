import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("The day's totals of the ledger")
struct LedgerReportTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    /// Pays by a random way, at a random moment of five days around the sample's.
    private func pay(_ random: inout SeededGenerator) async throws {
        let hour = Duration.seconds(3_600)
        let now =
            Sample.start + hour * Int.random(in: -48...48, using: &random)
            + .milliseconds(Int.random(in: 0..<3_600_000, using: &random))
        if Int.random(in: 0..<8, using: &random) == 0 {
            _ = try await ledger.open(Sample.draft(), now: now)
            return
        }
        let policy = OfflinePolicy(
            cardLimit: Money(fen: 20_000), totalLimit: Money(fen: 200_000),
            maxAge: .seconds(1 << 40))
        let payment = try await ledger.recordTap(
            Sample.draft(Int64.random(in: 1...6_000, using: &random)),
            card: Sample.card(Int.random(in: 1...40, using: &random)),
            rules: Sample.tapRules(up: Bool.random(using: &random), policy: policy), now: now)
        try await move(payment, now, &random)
    }

    /// Some legal steps on, with what the platform took.
    private func move(
        _ payment: Payment, _ now: Timestamp, _ random: inout SeededGenerator
    ) async throws {
        var state = payment.state
        if state == .pending { state = .accepted } else if Bool.random(using: &random) { return }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            _ = try await ledger.update(payment.seq, now: now) { _ in
                PaymentUpdate(state, reason: .interrupted)
            }
            guard
                let next = state.successors.sorted(by: { $0.rawValue < $1.rawValue })
                    .randomElement(using: &random)
            else { return }
            let taken = Int64.random(in: 0...payment.amount.fen, using: &random)
            let paid = Bool.random(using: &random) ? Money(fen: taken) : nil
            _ = try await ledger.update(payment.seq, now: now) { _ in
                PaymentUpdate(next, trade: Trade(paid: paid))
            }
            state = next
        }
    }

    /// One number by plain SQL over the rows that SQLite itself puts on this day.
    private func plain(_ what: String, _ day: LocalDate, _ condition: String) async throws -> Int {
        let sql = """
            SELECT coalesce(\(what), 0) FROM payments
            WHERE date(created_at / 1000.0, 'unixepoch', 'localtime') = '\(day)' AND \(condition)
            """
        return try await bench.number(sql) ?? 0
    }

    private func expect(
        _ line: DayReport.Line, _ day: LocalDate, _ condition: String
    ) async throws {
        #expect(try await plain("count(*)", day, condition) == line.count)
        #expect(try await plain("sum(amount)", day, condition) == Int(line.amount))
        let settled = "state = 'settled' AND \(condition)"
        let paid = try await plain("sum(coalesce(paid_amount, amount))", day, settled)
        #expect(paid == Int(line.paidAmount))
    }

    @Test("the report of every day adds up to the ledger", arguments: 1...8)
    func addsUp(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<120 { do { try await pay(&random) } catch LedgerError.cardIsPaying {} }
        var counted = 0
        for offset in -3...3 {
            let day = LocalDate(Sample.start + .seconds(offset * 86_400))
            let report = try await ledger.report(day)
            counted += report.total.count
            try await expect(report.total, day, "1")
            for line in report.states {
                try await expect(line, day, "state = '\(line.state?.rawValue ?? "")'")
            }
            for line in report.refused {
                let reason = line.reason?.rawValue ?? ""
                try await expect(line, day, "state = 'refused' AND reason = '\(reason)'")
            }
            #expect(report.states.map(\.count).reduce(0, +) == report.total.count)
            #expect(report.states.map(\.amount).reduce(0, +) == report.total.amount)
            let refused = report.states.filter { $0.state == .refused }.map(\.count)
            #expect([report.refused.map(\.count).reduce(0, +)] == refused)
            let approved = "state IN ('settled', 'accepted', 'held', 'rejected', 'written_off')"
            try await expect(report.approved, day, approved)
            try await expect(report.offline, day, "offline = 1 AND \(approved)")
        }
        #expect(try await bench.number("SELECT count(*) FROM payments") == counted)
    }

    @Test("a day begins with its first millisecond and ends before the next one's")
    func bounds() async throws {
        let day = LocalDate(Sample.start)
        let moments = day.moments
        for now in [
            moments.lowerBound + .milliseconds(-1), moments.lowerBound,
            moments.upperBound + .milliseconds(-1), moments.upperBound,
        ] { _ = try await ledger.open(Sample.draft(), now: now) }
        let report = try await ledger.report(day)
        #expect(report.total.count == 2)
        #expect(report.first?.at == moments.lowerBound.milliseconds)
        #expect(report.last?.at == moments.upperBound.milliseconds - 1)
        #expect(report.terminals == ["K001"])
    }

    @Test("a day keeps its totals when its payments go to the archive, and on the way there")
    func archived() async throws {
        for number in 1...6 {
            let payment = try await ledger.recordTap(
                Sample.draft(Int64(number) * 100), card: Sample.card(number),
                rules: Sample.tapRules(up: false), now: Sample.start + .seconds(number))
            if number % 3 == 0 { continue }
            _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
                PaymentUpdate(.settled)
            }
        }
        let (day, limit) = (LocalDate(Sample.start), Sample.start + .seconds(86_400))
        let whole = try await ledger.report(day)
        let (candidates, _) = try ledger.archiver.candidates(after: 0, olderThan: limit)
        _ = try ledger.archiver.copy(candidates)
        #expect(try await ledger.report(day) == whole)
        #expect(try await ledger.archive(after: 0, olderThan: limit).moved == 4)
        #expect(try await ledger.report(day) == whole)
        let copy = try LedgerCopy(of: bench.files.path, acceptsMissingWAL: false)
        #expect(try await copy.reader.report(day) == whole)
        #expect(try await bench.number("SELECT count(*) FROM payments") == 2)
    }

    @Test("a payment of a clock that ran wrong counts on the day that the clock showed")
    func wrongClock() async throws {
        _ = try await ledger.open(Sample.draft(), now: Sample.start)
        _ = try await ledger.open(Sample.draft(), now: Timestamp(milliseconds: 86_400_000))
        _ = try await ledger.open(Sample.draft(), now: Sample.start + .seconds(1))
        #expect(try await ledger.report(LocalDate(Sample.start)).total.count == 2)
        let early = LocalDate(Timestamp(milliseconds: 86_400_000))
        #expect(try await ledger.report(early).total.count == 1)
    }

    @Test("a day is found by its index, not by looking at a million rows")
    func plan() async throws {
        let pool = await ledger.pool
        let plan = try await pool.read { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN " + DayGroups.statement, arguments: [0, 1]
            ).map { $0["detail"] as String }
        }
        #expect(plan.first?.hasPrefix("SEARCH payments USING INDEX payments_created") == true)
        #expect(!plan.contains { $0.hasPrefix("SCAN") })
    }
}
