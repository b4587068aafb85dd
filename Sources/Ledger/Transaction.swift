internal import GRDB

/// One durable transaction of the ledger's writer.
///
/// GRDB's own has `BEGIN` and `COMMIT` parsed anew each time, which took a twentieth of a tap. It
/// knows nothing of this one: its `transactionDate` is of no use here.
enum Transaction {
    /// Commits what `work` did and returns what it returned; rolls back when anything fails.
    ///
    /// `work` lets each error out: SQLite rolls back by itself after some, and what was done after
    /// that would be kept.
    static func run<T>(_ db: Database, _ work: () throws -> T) throws -> T {
        try Execution("BEGIN IMMEDIATE TRANSACTION", db).run()
        do {
            let result = try work()
            // SQLite refuses it when it has rolled back by itself.
            try Execution("COMMIT TRANSACTION", db).run()
            return result
        } catch {
            // What failed first says more than what a rollback says after it.
            try? db.rollback()
            throw error
        }
    }
}
