import OAuth
import SovellPay
import TerminalCore

/// Bodies of the trade endpoint.
enum Bodies {
    static let detail = #"[{"card":"001","amount":1250,"balance":900}]"#

    /// A trade of the sample payment, with what differs.
    static func trade(
        _ status: String, seq: String = "K0011700000000000", detail: String = detail,
        created: Int64 = 1_700_000_000_500
    ) -> String {
        #"{"id":"I1","seq":"\#(seq)","trade_id":"T1","status":"\#(status)","revision":1,"#
            + #""create_time":\#(created),"detail":\#(detail)}"#
    }

    /// What a captive portal says to everything.
    static let portal = "<html><body>Sign in to the WiFi</body></html>"
    static let error = #"{"code":17,"message":"no"}"#
}

extension Trade {
    /// What ``Bodies/trade(_:seq:detail:created:)`` tells.
    static let sample = Trade(id: "T1", paid: Money(fen: 1_250), balance: Money(fen: 900))
}

extension Payment {
    /// 12.50 yuan by card `001`; its present send is marked, as at each delivery.
    static func sample(
        order: String = "K0011700000000000", title: String = "Lunch", attempts: Int = 1,
        unresolved: Int = 1
    ) throws -> Payment {
        Payment(
            id: 1, seq: "K0011700000000000", state: .pending, amount: Money(fen: 1_250),
            title: title, card: try CardNumber("001"),
            createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            updatedAt: Timestamp(milliseconds: 1_700_000_000_000),
            expiresAt: Timestamp(milliseconds: 1_700_000_060_000),
            platform: PlatformIdentity(host: "pre.sovell.com", clientID: "id"), order: order,
            attempts: attempts, unresolved: unresolved, inFlight: true)
    }
}

/// The room under test over a scripted wire, with the published test client's secret.
func sovellPay(_ wire: ScriptedWire) -> SovellPay {
    let base = "https://pre.sovell.com"
    let secret = Secret("q1LQuI8C4CI")
    let oauth = SovellOAuth(baseURL: base, clientID: "id", clientSecret: secret)
    let tokens = TokenClient(
        platform: oauth, wire: wire, timeout: .seconds(3), uptime: { .seconds(1) })
    return SovellPay(
        baseURL: base, clientSecret: secret, app: "wallet",
        refusalReasons: [402: .balanceTooLow], tokens: tokens, wire: wire, timeout: .seconds(3))
}

extension SovellPay {
    /// Delivers a payment that nobody withdraws.
    func deliver(_ payment: Payment, despiteLoss: Bool) async -> Delivery {
        await deliver(payment, despiteLoss: { despiteLoss }, clearance: { payment })
    }
}

/// The lines of ``ScriptedWire/lines``.
enum Line {
    static let token = "POST https://pre.sovell.com/oauth/v2/token"
    static let post = "POST https://pre.sovell.com/sovellpay/v2/trade"
    static let get = "GET https://pre.sovell.com/sovellpay/v2/trade/K0011700000000000"
    static let delete =
        "DELETE https://pre.sovell.com/sovellpay/v2/trade/K0011700000000000"
        + "?sign=1a20685893f30195bb17d9d325aa3794"
}
