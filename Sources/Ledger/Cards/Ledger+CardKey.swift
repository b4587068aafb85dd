internal import GRDB

extension Ledger {
    /// Whether the ledger at `path` says that a key seals its card numbers, whatever wrote it.
    ///
    /// False also for a file that is absent, or that cannot be read. Nothing is written to it, and
    /// an agent may go on with it meanwhile.
    public static func isSealed(at path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
            return false
        }
        return (try? queue.read { db in try CardKeyRow.read(db) != nil }) ?? false
    }
}
