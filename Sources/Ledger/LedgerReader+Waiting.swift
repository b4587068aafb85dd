internal import GRDB
public import TerminalCore

extension LedgerReader {
    /// Count and fen of each state in which money waits; see ``PaymentState/waiting``.
    public func waiting() async throws(LedgerError) -> [PaymentState: StateTotal] {
        let words = PaymentState.waiting.map { "'\($0.rawValue)'" }.sorted()
            .joined(separator: ", ")
        return try await read { db in try Ledger.totals(db, where: "state IN (\(words))") }
    }
}
