internal import GRDB
public import TerminalCore

/// The starts of the machine that this ledger has seen, as small numbers.
enum Boots {
    /// The number of the start that `clock` runs in: its own, or the next one.
    static func number(_ clock: any TerminalClock, _ db: Database) throws -> Int64 {
        let known = try Int64.fetchOne(
            db, sql: "SELECT id FROM boots WHERE boot_id = ?", arguments: [clock.bootID])
        if let known { return known }
        return (try Int64.fetchOne(db, sql: "SELECT max(id) FROM boots") ?? 0) + 1
    }

    /// Writes that number down; once is enough.
    static func note(_ boot: Int64, _ clock: any TerminalClock, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO boots (id, boot_id, first_at) VALUES (?, ?, ?)
                ON CONFLICT (boot_id) DO NOTHING
                """, arguments: [boot, clock.bootID, clock.now().milliseconds])
    }
}

extension Ledger {
    /// `now` with the clock that never jumps beside it.
    public nonisolated func moment(_ now: Timestamp) -> Moment {
        Moment(wall: now, bootTime: bootTime, isSynchronised: clock.isSynchronised)
    }

    /// The present moment of the clock that never jumps.
    nonisolated var bootTime: BootTime { BootTime(boot: boot, uptime: clock.uptime()) }
}
