import TerminalCore

extension Payment {
    /// A payment of 12.50 yuan by card `001`, made at the wire page's example moment.
    static func sample(
        _ state: PaymentState = .pending, reason: Reason? = nil, offline: Bool = false,
        attempts: Int = 0, unresolved: Int = 0, inFlight: Bool = false, sentAt: Timestamp? = nil,
        trade: Trade = Trade(), revision: Int = 1
    ) throws -> Payment {
        Payment(
            id: 1, seq: "K0011700000000000", state: state, reason: reason,
            amount: Money(fen: 1_250), title: "Lunch", card: try CardNumber("001"),
            offline: offline, createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            updatedAt: Timestamp(milliseconds: 1_700_000_000_000),
            expiresAt: Timestamp(milliseconds: 1_700_000_060_000),
            platform: PlatformIdentity(host: "pass.sovell.com", clientID: "client"),
            order: "K0011700000000000", attempts: attempts, unresolved: unresolved,
            inFlight: inFlight, sentAt: sentAt, tradeID: trade.id, paidAmount: trade.paid,
            balance: trade.balance, revision: revision)
    }
}
