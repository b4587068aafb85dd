internal import GRDB
public import Sealing

/// Reads a ledger that nobody writes, of any released schema, without changing it.
public final class LedgerReader: Sendable {
    let queue: DatabaseQueue
    /// The file that is meant, beside which the archives are.
    let original: String

    /// Reads the file at `path`, a copy of `original`, which errors name.
    init(path: String, copyOf original: String) throws(LedgerError) {
        self.original = original
        var configuration = Configuration()
        configuration.readonly = true
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { db in
                guard try db.tableExists("payments"), try db.tableExists("history") else {
                    throw LedgerError.unusable(
                        "\(original): it holds no payments; it is no ledger, "
                            + "or its -wal is missing")
                }
                guard try !Schema.isTooNew(db) else { throw LedgerError.tooNew }
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .unusable("\(original): \(LedgerError(error))")
        }
    }

    /// What the file says of the key of its cards; nil when none was ever sealed.
    public func cardKey() throws(LedgerError) -> CardKeyNote? {
        do {
            return try queue.read { db in try CardKeyRow.read(db) }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Runs `work` on the one connection.
    func read<T: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(LedgerError) -> T {
        do {
            return try await queue.read(work)
        } catch {
            throw LedgerError(error)
        }
    }

    func close() { try? queue.close() }
}
