import OAuth
import TerminalCore

@testable import SovellPay

extension FuzzTarget {
    /// The answers of the trade endpoint.
    static let trades = [
        trade(
            "trades", 110, ["normal", "vouchers", "refund", "accepted", "closed"],
            of: payment(by: try? CardNumber("001"), attempts: 2)),
        // A code is sent once.
        trade(
            "trades by code", 30, ["code", "channel", "accepted", "closed"],
            of: payment(by: nil, attempts: 1)),
    ]

    private static let asked: Int64 = 1_250

    private static func payment(by card: CardNumber?, attempts: Int) -> Payment {
        Payment(
            id: 1, seq: "K0011700000000000", state: .pending, amount: Money(fen: asked),
            title: "Lunch", card: card,
            createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            updatedAt: Timestamp(milliseconds: 1_700_000_000_000),
            expiresAt: Timestamp(milliseconds: 1_700_000_060_000),
            platform: PlatformIdentity(host: "pre.sovell.com", clientID: "id"),
            order: "K0011700000000000", attempts: attempts, unresolved: 1, inFlight: true)
    }

    private static func trade(
        _ name: String, _ share: Int, _ samples: [String], of payment: Payment
    ) -> FuzzTarget {
        FuzzTarget(
            name: name, share: share, samples: samples.map { fixture("sovell/trade-\($0).json") }
        ) { classified($0, payment) }
    }

    private static func classified(_ bytes: [UInt8], _ payment: Payment) -> Verdict {
        let classification = Classification(refusalReasons: [402: .balanceTooLow])
        let success = WireResponse(status: 200, body: bytes)
        let answers = [
            classification.posted(success, of: payment),
            classification.asked(success, of: payment),
            classification.alreadyPaid(success, of: payment),
            classification.reversed(success, of: payment),
        ]
        if let wrong = answers.compactMap(fault).first { return .broken(wrong) }
        let refusal = classification.posted(WireResponse(status: 402, body: bytes), of: payment)
        if case .refused = refusal, !bytes.contains(UInt8(ascii: "{")) {
            return .broken("a no that is no JSON")
        }
        return answers[0] == .unknown ? .refused : .taken
    }

    /// What an answer with the status 200 must never say.
    private static func fault(_ answer: PlatformAnswer) -> String? {
        switch answer {
        case .charged(let trade):
            let paid = trade.paid?.fen ?? 0
            return (0...asked).contains(paid) ? nil : "charged with \(paid)"
        case .overcharged(let trade):
            let paid = trade.paid?.fen ?? asked + 1
            let isMore = paid > asked && paid <= Money.paymentMax.fen
            return isMore ? nil : "overcharged with \(paid)"
        case .dead, .processing, .conflict, .collision, .unknown: return nil
        default: return "it means \(answer)"
        }
    }
}
