internal import Ledger
internal import TerminalCore

/// A ledger file that is read on a private copy, whoever wrote it.
struct ForeignLedger {
    private let copy: LedgerCopy
    private let ledger: Ledger

    /// The first bytes of every SQLite file.
    static let mark = Array("SQLite format 3\0".utf8)
    private static let pageSize = 500

    init(_ path: String, withoutWAL: Bool) throws {
        do {
            copy = try LedgerCopy(of: path, acceptsMissingWAL: withoutWAL)
            ledger = try Ledger(
                LedgerSettings(
                    path: copy.path, sequence: Sequence(terminal: "0"),
                    platform: PlatformIdentity(host: "", clientID: ""), auditKey: .passing))
        } catch {
            throw error.failure
        }
    }

    /// The payments after row `id` with their lines of history.
    func page(
        after id: Int64, states: Set<PaymentState>
    ) async throws -> [(payment: Payment, change: Int64)] {
        try await ledger.exported(after: id, states: states, limit: Self.pageSize)
            .map { ($0.payment, $0.id) }
    }

    /// The newest payment tells whose ledger it is.
    func newest() async throws -> Payment? {
        try await ledger.payments(PaymentFilter(limit: 1)).first
    }
}

extension AuditKey {
    /// For a copy that is thrown away: nobody checks what it signs.
    fileprivate static var passing: AuditKey {
        AuditKey((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }
}
