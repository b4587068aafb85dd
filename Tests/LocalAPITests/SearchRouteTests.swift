import Ledger
import NIOHTTP1
import SyncEngine
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("Searching by the API") struct SearchRouteTests {
    /// Approved offline, and then brought to `state` by the platform's word.
    private func payment(
        _ api: APIBench, _ card: Int, _ state: PaymentState, _ reference: String = "r-1"
    ) async throws -> Payment {
        if state == .held { await api.platform.lose(Sample.card(card)) }
        if state == .rejected { await api.platform.impoverish(Sample.card(card)) }
        let changes = api.ledger.changes()
        let payment = try await api.ledger.recordTap(
            Sample.draft(1_000, reference: reference), card: Sample.card(card),
            rules: Sample.tapRules(up: false), now: api.clock.now())
        await api.engine.wake()
        for await change in changes where change.payment.state == state { break }
        return payment
    }

    private func seqs(_ api: APIBench, _ query: String) async throws -> [String] {
        let answer = try await api.asOperator(.GET, "/v1/payments?" + query)
        #expect(answer.status == 200, "\(query): \(answer.text)")
        let payments = answer.json["payments"] as? [[String: Any]] ?? []
        return payments.compactMap { $0["seq"] as? String }
    }

    @Test("an operator finds a payment by card, reference, reason, approval and time")
    func search() async throws {
        try await withAPI { api in
            let first = try await payment(api, 1, .rejected, "till 1/7")
            let second = try await payment(api, 2, .held, "单号 8")
            #expect(try await seqs(api, "card=0002") == [second.seq])
            #expect(try await seqs(api, "card=d0001") == [first.seq])
            #expect(try await seqs(api, "reference=till%201%2F7") == [first.seq])
            #expect(try await seqs(api, "reference=%E5%8D%95%E5%8F%B7%208") == [second.seq])
            #expect(try await seqs(api, "reason=card_lost") == [second.seq])
            #expect(try await seqs(api, "offline=true&state=rejected,held").count == 2)
            #expect(try await seqs(api, "offline=false") == [])
            #expect(try await seqs(api, "sent=true&paid=false") == [first.seq])
            // A lost card is known before anything is posted.
            #expect(try await seqs(api, "sent=false") == [second.seq])
            #expect(try await seqs(api, "paid=true") == [])
            let now = api.clock.now().milliseconds
            #expect(try await seqs(api, "since=\(now)&until=\(now + 1)").count == 2)
            #expect(try await seqs(api, "until=\(now)") == [])
        }
    }

    @Test("a search for a card says how many payments were looked at, another list does not")
    func lookedAt() async throws {
        try await withAPI { api in
            _ = try await payment(api, 1, .settled)
            let byCard = try await api.asOperator(.GET, "/v1/payments?card=0009")
            #expect(byCard.text == #"{"looked_at":1,"next":null,"payments":[]}"#)
            let all = try await api.asOperator(.GET, "/v1/payments")
            #expect(all.json["looked_at"] == nil)
        }
    }

    @Test("a waiting payment says why, to operators alone")
    func waiting() async throws {
        try await withAPI { api in
            let payment = try await payment(api, 1, .held)
            let list = try await api.asOperator(.GET, "/v1/payments?state=held")
            #expect(list.text.contains(#""waiting":{"why":"decision"}"#), "\(list.text)")
            let one = try await api.asOperator(.GET, "/v1/payments/\(payment.seq)")
            #expect(one.text.contains(#""waiting":{"why":"decision"}"#), "\(one.text)")
            let pos = try await api.call(.GET, "/v1/payments/\(payment.seq)")
            #expect(pos.json["waiting"] == nil && pos.json["state"] as? String == "held")
        }
    }

    static let wrong = [
        "card=", "card=123456789", "card=%20", "card=%27", "card=0%25", "card=%E5%8D%A1",
        "reference=", "reference=a%0Ab", "reason=lost", "offline=1", "offline=", "sent=1", "paid=",
        "until=now",
        "until=-1",
    ]

    @Test("a wrong word in a search is refused, and named", arguments: wrong)
    func wrongWords(_ query: String) async throws {
        try await withAPI { api in
            let answer = try await api.asOperator(.GET, "/v1/payments?" + query)
            #expect(answer.status == 400 && answer.problem == "invalid")
            let name = query.split(separator: "=")[0]
            let detail = answer.json["detail"] as? String ?? ""
            #expect(detail.contains(name), "\(detail)")
        }
    }
}
