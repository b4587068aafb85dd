internal import GRDB
internal import TerminalCore

/// The numbers that only grow.
enum Marks {
    static func read(_ name: String, _ db: Database) throws -> Int64? {
        try Execution("SELECT value FROM marks WHERE name = ?", db, binding: name)
            .first { try $0.value(0) }
    }

    /// Raises the mark; a lower value changes nothing.
    static func raise(_ name: String, to value: Int64, _ db: Database) throws {
        let execution = try Execution(
            """
            INSERT INTO marks (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
            """, db, binding: name, value)
        try execution.run()
    }

    /// A fresh order number, its mark raised in the same transaction.
    static func nextSeq(_ sequence: SeqGenerator, now: Timestamp, _ db: Database) throws -> String {
        let mark = sequence.next(now: now, highWater: try read("sequence", db) ?? 0)
        try raise("sequence", to: mark, db)
        return sequence.seq(of: mark)
    }
}
