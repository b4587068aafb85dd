internal import GRDB
public import TerminalCore

/// A lost list on its way in, kept aside on disk in any order and given back in order, each card
/// once.
///
/// It is a temporary database that SQLite removes by itself, so that neither memory nor the ledger
/// bears a list that is not whole yet. Its cards stand as those of the ledger do: sealed, and in
/// that order, if there is a key.
public final class LostListStage: Sendable {
    private let queue: DatabaseQueue
    private let column: CardColumn

    /// One for ``Ledger/importLostList(_:version:now:)`` of `ledger`.
    public init(for ledger: Ledger) throws(LedgerError) {
        column = ledger.cards
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        do {
            queue = try DatabaseQueue(path: "", configuration: configuration)
            try queue.write { db in try db.execute(sql: "CREATE TABLE staged (card TEXT) STRICT") }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Keeps some more cards.
    public func add(_ cards: [CardNumber]) async throws(LedgerError) {
        try await run { [column] db in
            let statement = try db.cachedStatement(sql: "INSERT INTO staged (card) VALUES (?)")
            for card in cards { try statement.execute(arguments: [column.stored(card).text]) }
        }
    }

    /// Sorts what was added: once, before ``cards(after:limit:)``.
    func sort() async throws(LedgerError) {
        try await run { db in try db.execute(sql: "CREATE INDEX staged_card ON staged (card)") }
    }

    /// The texts of the next cards in order, each once.
    func cards(after card: String, limit: Int) async throws(LedgerError) -> [String] {
        try await run { db in
            try String.fetchAll(
                db,
                sql: "SELECT DISTINCT card FROM staged WHERE card > ? ORDER BY card LIMIT ?",
                arguments: [card, limit])
        }
    }

    private func run<T: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(LedgerError) -> T {
        do {
            return try await queue.write(work)
        } catch {
            throw LedgerError(error)
        }
    }
}
