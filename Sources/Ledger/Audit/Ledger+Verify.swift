internal import GRDB
public import Sealing

extension Ledger {
    /// Checks the whole file, the audit chain and the archives, while payments go on.
    ///
    /// Works on the ledger as it is at the beginning. ``LedgerSettings/formerAuditKeys`` check what
    /// was signed before the present key. `progress` is called now and then.
    public nonisolated func verify(
        progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) async throws(LedgerError) -> Verification {
        let (pool, path, seal, keys) = (pool, path, cards.seal, [audit.key] + formerAuditKeys)
        return try await LedgerThread.run { () throws(LedgerError) in
            try Self.verify(path, keys, seal, progress) { try pool.makeSnapshot() }
        }
    }

    /// Checks the ledger file at `path`, of which a private copy is made; its archives are looked
    /// for beside the original.
    ///
    /// Without `keys` only the order of the lines is checked, not their hashes; without the `seal`
    /// of its card numbers, if they are sealed, not those of payments with a card.
    public static func verify(
        file path: String, keys: [AuditKey], seal: CardSeal? = nil, acceptsMissingWAL: Bool,
        progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) async throws(LedgerError) -> Verification {
        let copy = try LedgerCopy(of: path, acceptsMissingWAL: acceptsMissingWAL)
        return try await LedgerThread.run { () throws(LedgerError) in
            try verify(path, keys, seal, progress) { copy.reader.queue }
        }
    }

    private static func verify(
        _ path: String, _ keys: [AuditKey], _ seal: CardSeal?,
        _ progress: @escaping @Sendable (VerificationProgress) -> Void,
        _ ledger: () throws -> any DatabaseReader
    ) throws(LedgerError) -> Verification {
        do {
            return try Verifier(
                ledger: try ledger(), archives: try ArchiveFile.all(beside: path), keys: keys,
                seal: seal, progress: progress
            ).run()
        } catch {
            throw LedgerError(error)
        }
    }
}
