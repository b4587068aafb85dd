internal import GRDB
public import TerminalCore

/// The imported list that is in force.
public struct LostList: Hashable, Sendable {
    /// As its file names it.
    public var version: String?
    public var cards: Int
    public var importedAt: Timestamp
}

extension Ledger {
    /// Cards in one transaction of an import or of its clearing up: payments go on in between.
    static let listStep = 5_000

    /// Replaces the imported list by what is staged, all at once.
    ///
    /// The cards are written beside the old list, which stays in force until one last small
    /// transaction; a stop before it changes nothing. Throws
    /// ``LedgerError/importing`` while another
    /// import is under way.
    public func importLostList(
        _ stage: LostListStage, version: String?, now: Timestamp
    ) async throws(LedgerError) -> LostList {
        guard !isImporting else { throw .importing }
        isImporting = true
        defer { isImporting = false }
        try await clearLists()
        try await stage.sort()
        var list = LostList(version: version, cards: 0, importedAt: now)
        let id = try begin(list)
        var last = ""
        while let end = try await copy(stage, after: last, to: id, &list.cards) { last = end }
        try putInForce(id, list)
        // The new list is in force: what is left of the old one is removed with the next import.
        try? await clearLists()
        return list
    }

    /// The imported list in force; nil when none ever was.
    public nonisolated func lostList() async throws(LedgerError) -> LostList? {
        try await read { db in
            try Row.fetchOne(
                db, sql: "SELECT version, cards, imported_at FROM lost_lists WHERE in_force = 1"
            ).map { row in
                try LostList(
                    version: row.value(0), cards: row.value(1),
                    importedAt: PaymentRow.moment(row.value(2)))
            }
        }
    }

    private func begin(_ list: LostList) throws(LedgerError) -> Int64 {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO lost_lists (version, imported_at, cards, in_force)
                    VALUES (?, ?, 0, 0)
                    """, arguments: [list.version, list.importedAt.milliseconds])
            return db.lastInsertedRowID
        }
    }

    /// Writes the next step; returns its last card, nil when there was nothing left.
    private func copy(
        _ stage: LostListStage, after last: String, to list: Int64, _ count: inout Int
    ) async throws(LedgerError) -> String? {
        let cards = try await stage.cards(after: last, limit: Self.listStep)
        guard let end = cards.last else { return nil }
        try write { db in
            let statement = try db.cachedStatement(
                sql: "INSERT INTO listed_cards (list, card) VALUES (?, ?)")
            for card in cards { try statement.execute(arguments: [list, card]) }
        }
        count += cards.count
        return end
    }

    private func putInForce(_ id: Int64, _ list: LostList) throws(LedgerError) {
        try write { db in
            try db.execute(sql: "UPDATE lost_lists SET in_force = 0 WHERE in_force = 1")
            try db.execute(
                sql: "UPDATE lost_lists SET in_force = 1, cards = ? WHERE id = ?",
                arguments: [list.cards, id])
        }
    }

    /// Removes the lists that are not in force: an old one, or one whose import was cut off.
    private func clearLists() async throws(LedgerError) {
        while try clearStep() { await Task.yield() }
    }

    /// Removes some cards of a list that is not in force; false when there is no such list.
    private func clearStep() throws(LedgerError) -> Bool {
        try write { db in
            guard
                let list = try Int64.fetchOne(
                    db, sql: "SELECT id FROM lost_lists WHERE in_force = 0 LIMIT 1")
            else { return false }
            let end = try String.fetchOne(
                db,
                sql: "SELECT card FROM listed_cards WHERE list = ? ORDER BY card LIMIT 1 OFFSET ?",
                arguments: [list, Self.listStep])
            guard let end else {
                try db.execute(sql: "DELETE FROM listed_cards WHERE list = ?", arguments: [list])
                try db.execute(sql: "DELETE FROM lost_lists WHERE id = ?", arguments: [list])
                return true
            }
            try db.execute(
                sql: "DELETE FROM listed_cards WHERE list = ? AND card < ?", arguments: [list, end])
            return true
        }
    }
}
