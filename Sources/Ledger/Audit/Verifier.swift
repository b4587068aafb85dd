internal import FoundationEssentials
internal import GRDB
internal import Sealing
internal import TerminalCore

/// How far a check has come.
public struct VerificationProgress: Hashable, Sendable {
    /// Lines of history that were checked.
    public var done: Int64
    public var total: Int64

    public init(done: Int64, total: Int64) {
        self.done = done
        self.total = total
    }
}

/// Checks a ledger that nobody changes meanwhile, and its archives.
struct Verifier {
    let ledger: any DatabaseReader
    let archives: [any DatabaseReader]
    let keys: [AuditKey]
    /// Opens the cards of a file that it has the key of.
    let seal: CardSeal?
    let progress: @Sendable (VerificationProgress) -> Void

    /// Progress is told after so many lines.
    private static let progressStep: Int64 = 1_000

    func run() throws -> Verification {
        var result = Verification()
        try ledger.read { db in
            try checkFile(db, &result)
            guard try isSigned(db, &result) else { return }
            try checkPayments(db, &result)
            try countPayments(db, &result)
        }
        guard result.payments > 0 || result.isSound else { return result }
        return try walk(result)
    }

    private func walk(_ result: Verification) throws -> Verification {
        var (walk, last, cards) = try ledger.read { db in
            var result = result
            let segments = readable(try segmentRows(db), "an audit key", &result) { row in
                AuditSegment(first: try row.value(0), fingerprint: try row.value(1))
            }
            let runs = readable(try ArchivedRuns.rows(db), "archived lines", &result) { row in
                try ArchivedRun(row)
            }
            let last = readable(try lastRows(db), "the number of lines", &result) { row in
                min(try row.value(0), Int64.max - 1)
            }
            let walk = ChainWalk(keys: keys, segments: segments, runs: runs, result: result)
            return (walk, last.first ?? 0, try column(db))
        }
        var lines = MergedLines(ledger: ledger, archives: archives, cards: cards)
        while let line = try lines.next() {
            walk.take(line)
            if walk.result.lines % Self.progressStep == 0 {
                progress(VerificationProgress(done: walk.result.lines, total: last))
            }
        }
        walk.end(at: last)
        return walk.result
    }

    /// With the key only if the file says that it is its own.
    private func column(_ db: Database) throws -> CardColumn {
        let isOwn = try CardKeyRow.read(db)?.fingerprint == seal?.fingerprint
        return CardColumn(seal: isOwn ? seal : nil)
    }

    private func checkFile(_ db: Database, _ result: inout Verification) throws {
        for text in try Ledger.integrityProblems(db) { result.add(text) }
    }

    /// A ledger of program 0.1 has no chain yet.
    private func isSigned(_ db: Database, _ result: inout Verification) throws -> Bool {
        let isSigned = try db.columns(in: "history").contains { $0.name == "hash" }
        if !isSigned {
            result.add(
                "the ledger has no audit chain: program 0.1 wrote it — start the agent with it once"
            )
        }
        return isSigned
    }

    private func segmentRows(_ db: Database) throws -> [Row] {
        try Row.fetchAll(
            db, sql: "SELECT first_history, fingerprint FROM audit_keys ORDER BY first_history")
    }

    /// The highest number that was ever given; SQLite remembers it for the lines of history.
    private func lastRows(_ db: Database) throws -> [Row] {
        try Row.fetchAll(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'history'")
    }

    /// The values of `rows`; a row that cannot be read is a problem, not an end.
    private func readable<Value>(
        _ rows: [Row], _ subject: String, _ result: inout Verification,
        _ read: (Row) throws -> Value
    ) -> [Value] {
        rows.compactMap { row in
            let value = try? read(row)
            if value == nil {
                result.add("the note of \(subject) holds what the agent never writes")
            }
            return value
        }
    }

    /// What the rows say of each other.
    private func checkPayments(_ db: Database, _ result: inout Verification) throws {
        for (text, sql) in Self.crossChecks {
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() {
                result.add(text, line: try? row.value(1), seq: try? row.value(0))
            }
        }
    }

    private static let crossChecks = [
        (
            "the payment does not stand as its history says",
            """
            SELECT seq, history.id FROM payments LEFT JOIN history
                ON history.payment = payments.id AND history.revision = payments.revision
            WHERE history.id IS NULL OR history.to_state <> payments.state
                OR history.order_number <> payments.order_number
            """
        ),
        (
            "the history of the payment does not begin where the line before ended",
            """
            SELECT seq, later.id FROM history AS later JOIN payments ON payments.id = later.payment
            LEFT JOIN history AS earlier
                ON earlier.payment = later.payment AND earlier.revision = later.revision - 1
            WHERE earlier.to_state IS NOT later.from_state
            """
        ),
        (
            "the mark of order numbers is behind this payment",
            """
            SELECT seq, NULL FROM payments
            WHERE CAST(substr(seq, -13) AS INTEGER) BETWEEN 1 + coalesce(
                (SELECT value FROM marks WHERE name = 'sequence'), 0)
                AND \(SeqGenerator.believedMax)
            """
        ),
    ]

    private func countPayments(_ db: Database, _ result: inout Verification) throws {
        result.payments = try Int.fetchOne(db, sql: "SELECT count(*) FROM payments") ?? 0
        do {
            result.totals = try Ledger.totals(db, where: "1")
        } catch  where !(error is DatabaseError) {
            result.add("the totals cannot be reckoned: a payment holds what the agent never writes")
        }
    }
}
