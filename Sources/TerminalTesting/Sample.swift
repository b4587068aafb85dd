public import Ledger
public import SyncEngine
public import TerminalCore

/// Values that tests begin with.
///
/// Nothing here is a real card or a real terminal.
public enum Sample {
    /// 2026-01-05 12:00:00 UTC, a Monday at lunch.
    public static let start = Timestamp(milliseconds: 1_767_614_400_000)
    public static let terminal = SeqGenerator(terminal: "K001")
    public static let platform = PlatformIdentity(host: "pass.example.com", clientID: "test")
    public static let auditKey = AuditKey(Array("not a secret, for tests only".utf8))
    public static let rules = DeliveryRules()

    /// What a ledger at `path` is opened with.
    public static func settings(_ path: String) -> LedgerSettings {
        LedgerSettings(
            path: path, sequence: terminal, platform: platform, auditKey: auditKey)
    }

    /// Card number `n`, for example `CARD0001`.
    public static func card(_ number: Int = 1) -> CardNumber {
        let digits = String(number)
        let text = "CARD" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        guard let card = try? CardNumber(text) else { preconditionFailure("\(number)") }
        return card
    }

    /// A lunch of `fen` that waits a minute for its tap.
    public static func draft(
        _ fen: Int64 = 1_500, reference: String? = nil, expiresIn: Duration = .seconds(60)
    ) -> PaymentDraft {
        PaymentDraft(
            amount: Money(fen: fen), title: "Lunch", reference: reference, expiresIn: expiresIn)
    }

    /// The contract's default rules while the platform is `up` or known to be down.
    public static func tapRules(
        up: Bool = true, policy: OfflinePolicy = OfflinePolicy(), perPeriod: Int = 0,
        periodStart: Timestamp? = nil
    ) -> TapRules {
        TapRules(
            policy: policy, platformIsUp: up, perPeriod: perPeriod, periodStart: periodStart)
    }

    /// A payment that was tapped: sent `sends` times without an answer, the last one under way.
    public static func payment(
        _ state: PaymentState = .pending, sends: Int = 1, decision: OfflineDecision? = .approve
    ) -> Payment {
        var payment = Payment(
            id: 1, seq: "K0011767614400000", state: state, amount: Money(fen: 1_500),
            title: "Lunch", card: card(), decision: decision, createdAt: start, updatedAt: start,
            expiresAt: start + .seconds(60), platform: platform, order: "K0011767614400000",
            attempts: sends, unresolved: sends, inFlight: sends > 0,
            sentAt: sends > 1 ? start : nil, revision: 2)
        payment.createdBootTime = moment(after: 0).bootTime
        payment.sentBootTime = moment(after: 0).bootTime
        payment.clockWasSynchronised = true
        return payment
    }

    /// So many seconds after ``start``, by both clocks.
    public static func moment(after seconds: Int) -> Moment {
        Moment(
            wall: start + .seconds(seconds),
            bootTime: BootTime(boot: 1, uptime: .seconds(seconds)), isSynchronised: true)
    }
}
