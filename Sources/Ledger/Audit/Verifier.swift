internal import FoundationEssentials
internal import GRDB
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
        var (walk, last) = try ledger.read { db in
            (
                ChainWalk(
                    keys: keys, segments: try segments(db), runs: try ArchivedRuns.all(db),
                    result: result), try AuditChain.end(db).next - 1
            )
        }
        var lines = MergedLines(ledger: ledger, archives: archives)
        while let line = try lines.next() {
            walk.take(line)
            if walk.result.lines % Self.progressStep == 0 {
                progress(VerificationProgress(done: walk.result.lines, total: last))
            }
        }
        walk.end(at: last)
        return walk.result
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

    private func segments(_ db: Database) throws -> [AuditSegment] {
        try Row.fetchAll(
            db, sql: "SELECT first_history, fingerprint FROM audit_keys ORDER BY first_history"
        ).map { AuditSegment(first: $0[0], fingerprint: $0[1]) }
    }

    /// What the rows say of each other.
    private func checkPayments(_ db: Database, _ result: inout Verification) throws {
        for (text, sql) in Self.crossChecks {
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() { result.add(text, line: row[1], seq: row[0]) }
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
                (SELECT value FROM marks WHERE name = 'sequence'), 0) AND \(Sequence.believedMax)
            """
        ),
    ]

    private func countPayments(_ db: Database, _ result: inout Verification) throws {
        result.totals = try Ledger.totals(db, where: "1")
        result.payments = result.totals.values.map(\.count).reduce(0, +)
    }
}
